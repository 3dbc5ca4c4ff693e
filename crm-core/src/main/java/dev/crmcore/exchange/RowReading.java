package dev.crmcore.exchange;

import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.Microseconds;
import dev.crmcore.value.StorableText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the values of one row, and says of a bad one where it stands and why. */
final class RowReading {

    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,100}(\\.[0-9]{1,100})?");
    private static final int DATE_LENGTH = "YYYY-MM-DD".length();

    private final Row row;
    private final ColumnMapping columns;

    RowReading(Row row, ColumnMapping columns) {
        this.row = row;
        this.columns = columns;
    }

    Row row() {
        return row;
    }

    /** The text, which every store can keep. */
    Optional<String> text(String column) {
        Optional<String> text = columns.text(row, column);
        if (text.isPresent() && !StorableText.isStorable(text.get())) {
            throw refuse(column, text.get(), "has a character U+0000 or half of a surrogate pair");
        }
        return text;
    }

    String require(String column) {
        return text(column).orElseThrow(() -> refuse(column, "", "is missing"));
    }

    <V> V require(String column, Function<String, V> parse) {
        return parsed(column, require(column), parse);
    }

    <V> Optional<V> find(String column, Function<String, V> parse) {
        return text(column).map(text -> parsed(column, text, parse));
    }

    private <V> V parsed(String column, String text, Function<String, V> parse) {
        try {
            return parse.apply(text);
        } catch (InvalidValueException e) {
            throw refuse(column, text, e.reason());
        } catch (DateTimeException e) {
            throw refuse(column, text, "is no date such as 2025-03-01 and no instant such as 2025-03-01T10:00:00Z");
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw refuse(column, text, "is not valid");
        }
    }

    Instant requireInstant(String column, ZoneId zone) {
        return require(column, text -> instant(text, zone));
    }

    /** A day that every store can keep. */
    static LocalDate date(String text) {
        LocalDate date = LocalDate.parse(text);
        Instant unused = Microseconds.of(date.atStartOfDay(ZoneOffset.UTC).toInstant());
        return date;
    }

    /** A number of so few digits that reckoning with it costs nothing. */
    static BigDecimal decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new InvalidValueException("number", text, "is not a plain decimal number such as 14.50");
        }
        return new BigDecimal(text);
    }

    /** A day is its first moment in the zone; a time without a zone is one of the zone. */
    static Instant instant(String text, ZoneId zone) {
        return Microseconds.of(anyInstant(text, zone));
    }

    private static Instant anyInstant(String text, ZoneId zone) {
        if (text.length() <= DATE_LENGTH) {
            return LocalDate.parse(text).atStartOfDay(zone).toInstant();
        }
        String iso = text.charAt(DATE_LENGTH) == ' ' ? text.replaceFirst(" ", "T") : text;
        int time = iso.indexOf('T');
        String clock = iso.substring(Math.max(time, 0));
        boolean zoned = clock.endsWith("Z") || clock.indexOf('+') >= 0 || clock.indexOf('-') >= 0;
        return zoned
                ? OffsetDateTime.parse(iso).toInstant()
                : LocalDateTime.parse(iso).atZone(zone).toInstant();
    }

    RejectedRow refuse(String column, String value, String reason) {
        return new RejectedRow(new Reject(row.line(), columns.inFile(column), value, reason));
    }

    /** Carries a reject out of the reading of a row; never leaves the package. */
    static final class RejectedRow extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // thrown and caught within one import, never serialised
        private final Reject reject;

        RejectedRow(Reject reject) {
            super(reject.reason(), null, false, false);
            this.reject = reject;
        }

        Reject reject() {
            return reject;
        }
    }
}
