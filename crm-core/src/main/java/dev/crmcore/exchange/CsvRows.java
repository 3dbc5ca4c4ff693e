package dev.crmcore.exchange;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of a CSV file. */
final class CsvRows implements Rows {

    private final CountingInputStream bytes;
    private final CloseableIterator<CsvRecord> records;
    private final List<String> columns;
    private boolean ended;

    CsvRows(CountingInputStream bytes) throws IOException {
        this.bytes = bytes;
        CsvReader<CsvRecord> reader = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .skipEmptyLines(true)
                .detectBomHeader(true)
                .ofCsvRecord(bytes, StandardCharsets.UTF_8);
        this.records = reader.iterator();
        this.columns = readHeader();
    }

    private List<String> readHeader() throws IOException {
        CsvRecord header = nextRecord();
        if (header == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (String name : header.getFields()) {
            names.add(name.strip());
        }
        if (new HashSet<>(names).size() != names.size()) {
            close();
            throw new ImportFormatException("line 1: a column comes twice in the header: " + names);
        }
        return List.copyOf(names);
    }

    private @Nullable CsvRecord nextRecord() throws IOException {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (NoSuchElementException e) {
            return null;
        }
    }

    @Override
    public Optional<List<String>> header() {
        return Optional.of(columns);
    }

    @Override
    public Optional<Row> next() throws IOException {
        if (ended) {
            return Optional.empty();
        }
        try {
            CsvRecord row = nextRecord();
            ended = row == null;
            return Optional.ofNullable(row).map(this::row);
        } catch (CsvParseException e) {
            throw new ImportFormatException("the file is no CSV: " + e.getMessage(), e);
        }
    }

    private Row row(CsvRecord found) {
        long line = found.getStartingLineNumber();
        int fields = found.getFieldCount();
        return fields == columns.size()
                ? Row.of(line, columns, List.copyOf(found.getFields()))
                : Row.damaged(line, "has " + fields + " fields where the header has " + columns.size());
    }

    @Override
    public long bytesRead() {
        return bytes.count();
    }

    @Override
    public void close() throws IOException {
        records.close();
        bytes.close();
    }
}
