package dev.crmcore.examples;

import dev.crmcore.exchange.PurchaseImport;
import dev.crmcore.exchange.Row;
import dev.crmcore.exchange.RowSource;
import dev.crmcore.exchange.Rows;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** A purchase log that notes, while it is read by the check, the last day and the currencies that stand in it. */
final class PurchaseFacts implements RowSource {

    private static final int DAY_LENGTH = "YYYY-MM-DD".length();

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT);

    private final RowSource log;
    private final Set<String> currencies = new TreeSet<>();
    private String latestText = "";
    private Optional<LocalDate> lastDay = Optional.empty();

    PurchaseFacts(RowSource log) {
        this.log = log;
    }

    /** The last day on which somebody bought, in UTC. */
    Optional<LocalDate> lastDay() {
        return lastDay;
    }

    /** The currencies of the rows, in the order of the alphabet. */
    List<String> currencies() {
        return List.copyOf(currencies);
    }

    private void note(Row row) {
        currencies.add(row.text(PurchaseImport.CURRENCY).orElse(Inputs.DEFAULT_CURRENCY));
        row.text(PurchaseImport.DATE).ifPresent(this::noteDay);
    }

    private void noteDay(String text) {
        if (text.equals(latestText)) {
            return;
        }
        latestText = text;
        try {
            LocalDate day = day(text);
            if (lastDay.isEmpty() || day.isAfter(lastDay.get())) {
                lastDay = Optional.of(day);
            }
        } catch (DateTimeException e) {
            // the import that reads along rejects the row
        }
    }

    private static LocalDate day(String text) {
        if (text.length() == DAY_LENGTH) {
            return LocalDate.parse(text);
        }
        TemporalAccessor parsed = TIME.parseBest(text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof OffsetDateTime at
                ? at.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate()
                : LocalDate.from(parsed);
    }

    @Override
    public OptionalLong size() throws IOException {
        return log.size();
    }

    @Override
    public Rows open() throws IOException {
        Rows rows = log.open();
        return new Rows() {
            @Override
            public Optional<List<String>> header() {
                return rows.header();
            }

            @Override
            public Optional<Row> next() throws IOException {
                Optional<Row> row = rows.next();
                row.ifPresent(PurchaseFacts.this::note);
                return row;
            }

            @Override
            public long bytesRead() {
                return rows.bytesRead();
            }

            @Override
            public void close() throws IOException {
                rows.close();
            }
        };
    }
}
