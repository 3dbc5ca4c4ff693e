package dev.crmcore.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** A purchase log in DuckDB, in memory, on two threads. */
final class DuckDbPurchases implements AutoCloseable {

    private static final String SUMMARY = """
            select customer, count(*) - 1, min(day), max(day), cast(sum(amount) as bigint),
                   cast(sum(amount) - arg_min(amount, day) as bigint)
            from (select customer, day, cast(sum(cents) as bigint) as amount from purchases group by customer, day)
            group by customer""";

    private final Connection connection;

    DuckDbPurchases(PurchaseColumns log) throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("set threads = 2");
            statement.execute("create table purchases (customer bigint, day integer, cents bigint)");
        }
        try (DuckDBAppender appender = connection.unwrap(DuckDBConnection.class).createAppender("main", "purchases")) {
            for (int i = 0; i < log.size(); i++) {
                appender.beginRow();
                appender.append(log.customer[i]);
                appender.append(log.day[i]);
                appender.append(log.cents[i]);
                appender.endRow();
            }
        }
    }

    /** The summary with all its rows fetched into columns. */
    RfmRows summarize() throws SQLException {
        Fetched fetched = new Fetched();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SUMMARY)) {
            while (rows.next()) {
                fetched.add(rows);
            }
        }
        return fetched;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static final class Fetched implements RfmRows {

        private static final int COLUMNS = 6;

        private final long[][] columns = new long[COLUMNS][1 << 16];
        private int size;

        void add(ResultSet rows) throws SQLException {
            if (size == columns[0].length) {
                for (int c = 0; c < COLUMNS; c++) {
                    columns[c] = Arrays.copyOf(columns[c], 2 * size);
                }
            }
            for (int c = 0; c < COLUMNS; c++) {
                columns[c][size] = rows.getLong(c + 1);
            }
            size++;
        }

        @Override
        public void read(Reader reader) {
            for (int i = 0; i < size; i++) {
                reader.row(columns[0][i], columns[1][i], columns[2][i], columns[3][i], columns[4][i], columns[5][i]);
            }
        }
    }
}
