package dev.crmcore.exchange;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The rows of an open file, read forward once.
 *
 * <p>Not thread-safe.
 */
public interface Rows extends AutoCloseable {

    /**
     * The columns that the file names before its first row.
     *
     * @return their names in order; empty where the format has no header
     */
    Optional<List<String>> header();

    /**
     * Reads the next row. A row that cannot be taken apart is given as a damaged one.
     *
     * @return the row, empty at the end
     * @throws IOException if the file cannot be read
     */
    Optional<Row> next() throws IOException;

    /**
     * How far the reading is.
     *
     * @return the number of bytes taken from the file, which runs ahead of the rows by what is buffered
     */
    long bytesRead();

    @Override
    void close() throws IOException;
}
