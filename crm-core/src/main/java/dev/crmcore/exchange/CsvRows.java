package dev.crmcore.exchange;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of a CSV file. */
final class CsvRows implements Rows {

    /** Characters that one field may have; a quote that is never closed takes all that follows for one field. */
    private static final int MAX_FIELD = 1 << 20;

    /** A character that is none. It follows the file as a row of its own, unless a quote was left open. */
    private static final String END = "\uFFFF";

    private final CountingInputStream bytes;
    private final CsvReader<CsvRecord> reader;
    private final CloseableIterator<CsvRecord> records;
    private final Columns columns;
    private boolean ended;

    /** Reads the header too. */
    CsvRows(CountingInputStream bytes) throws IOException {
        this.bytes = bytes;
        this.reader = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .skipEmptyLines(true)
                .maxBufferSize(MAX_FIELD)
                .ofCsvRecord(new Utf8Reader(bytes, "\n" + END));
        this.records = reader.iterator();
        this.columns = readHeader();
    }

    private Columns readHeader() throws IOException {
        CsvRecord header = nextRecord();
        List<String> names = new ArrayList<>();
        if (header != null) {
            Set<String> different = new HashSet<>();
            for (String field : header.getFields()) {
                String name = field.strip();
                names.add(name);
                String fault =
                        name.isEmpty() ? "has no name" : different.add(name) ? "" : "has a name that comes twice";
                if (!fault.isEmpty()) {
                    throw new ImportFormatException("line " + header.getStartingLineNumber() + ": column "
                            + names.size() + " of the header " + fault);
                }
            }
        }
        return Columns.of(names);
    }

    /** Null at the end. */
    private @Nullable CsvRecord nextRecord() throws IOException {
        try {
            if (ended || !records.hasNext()) {
                ended = true;
                return null;
            }
            CsvRecord row = records.next();
            ended = row.getField(row.getFieldCount() - 1).endsWith(END) && !records.hasNext();
            if (!ended) {
                return row;
            }
            if (row.getFieldCount() > 1 || row.getField(0).length() > END.length()) {
                throw new ImportFormatException(
                        "line " + row.getStartingLineNumber() + ": a quote is opened in this row and never closed");
            }
            return null;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            if (e.getCause() instanceof ImportFormatException refused) {
                throw refused;
            }
            throw new ImportFormatException(
                    "the file is no CSV: " + e.getMessage()
                            + ": there is text after a closing quote, or a field of more than " + MAX_FIELD
                            + " characters, such as after a quote that is never closed",
                    e);
        }
    }

    @Override
    public Optional<List<String>> header() {
        return Optional.of(columns.names());
    }

    @Override
    public Optional<Row> next() throws IOException {
        return Optional.ofNullable(nextRecord()).map(this::row);
    }

    private Row row(CsvRecord found) {
        long line = found.getStartingLineNumber();
        int fields = found.getFieldCount();
        return fields == columns.names().size()
                ? Row.of(line, columns, found.getFields())
                : Row.damaged(
                        line,
                        "has " + fields + " fields where the header has "
                                + columns.names().size());
    }

    @Override
    public long bytesRead() {
        return bytes.count();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
