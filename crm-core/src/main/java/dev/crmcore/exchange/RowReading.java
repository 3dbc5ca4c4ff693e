package dev.crmcore.exchange;

import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.Microseconds;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;

/** Reads the values of one row, and says of a bad one where it stands and why. */
final class RowReading {

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

    Optional<String> text(String column) {
        return columns.text(row, column);
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
        return require(column, text -> Microseconds.of(instant(text, zone)));
    }

    /** A day is its first moment in the zone; a time without a zone is one of the zone. */
    private static Instant instant(String text, ZoneId zone) {
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
