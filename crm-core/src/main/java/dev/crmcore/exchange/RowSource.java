package dev.crmcore.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Something that rows can be read from, as often as needed: a file, an upload that was kept.
 *
 * <p>Text is UTF-8, with or without a byte order mark; anything else is refused with the line where it stands. Hosts may
 * have sources of their own, with rows made by {@link Row#of}.
 */
public interface RowSource {

    /**
     * Opens it at its beginning.
     *
     * @return the rows, to be closed
     * @throws IOException if it cannot be read
     */
    Rows open() throws IOException;

    /**
     * How large it is, for progress.
     *
     * @return the number of bytes, where it is known
     * @throws IOException if it cannot be looked at
     */
    OptionalLong size() throws IOException;

    /**
     * A CSV file after RFC 4180: comma, quotes doubled inside quotes, a header line with the names of the columns, which are
     * not blank and all different. A field has at most 1,048,576 characters. A row with more or fewer fields than the header
     * is damaged. Blank lines are passed over.
     *
     * @param file the file
     * @return the source
     */
    static RowSource csv(Path file) {
        return new FileSource(file, CsvRows::new);
    }

    /**
     * A file with one JSON object on each line, of at most {@value dev.crmcore.value.JsonObject#MAX_LENGTH} characters. The
     * members are the columns; a member that is a list or an object makes its row damaged, and one that is null is absent.
     * Blank lines are passed over.
     *
     * @param file the file
     * @return the source
     */
    static RowSource jsonLines(Path file) {
        return new FileSource(file, JsonLinesRows::new);
    }
}
