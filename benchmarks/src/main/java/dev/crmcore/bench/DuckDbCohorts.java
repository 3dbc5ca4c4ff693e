package dev.crmcore.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** A purchase log in DuckDB, in memory, on two threads, with the number of the month worked out beforehand. */
final class DuckDbCohorts implements AutoCloseable {

    private static final String BIT_MASKS = """
        select months, count(*) from (
            select bit_or(1::bigint << month) as months from purchases group by customer)
        group by months\
        """;
    private static final String TEXTBOOK = """
        with began as (select customer, min(month) as cohort from purchases group by customer),
             active as (select distinct customer, month from purchases)
        select cohort, month - cohort, count(*) from active join began using (customer)
        group by cohort, month - cohort\
        """;

    private final Connection connection;

    DuckDbCohorts(PurchaseColumns log) throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("set threads = 2");
            statement.execute("create table purchases (customer bigint, month integer)");
        }
        try (DuckDBAppender appender = connection.unwrap(DuckDBConnection.class).createAppender("main", "purchases")) {
            for (int i = 0; i < log.size(); i++) {
                appender.beginRow();
                appender.append(log.customer[i]);
                appender.append(month(log.day[i]) - month(PurchaseColumns.FIRST_DAY));
                appender.endRow();
            }
        }
    }

    static int month(int epochDay) {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        return 12 * date.getYear() + date.getMonthValue() - 1;
    }

    /** One word of months for each customer, counted by the database and unfolded here: the best that was found. */
    CohortCells byBitMasks() throws SQLException {
        CohortCells cells = new CohortCells();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(BIT_MASKS)) {
            while (rows.next()) {
                long months = rows.getLong(1);
                int first = Long.numberOfTrailingZeros(months);
                for (long rest = months; rest != 0; rest &= rest - 1) {
                    cells.add(first, Long.numberOfTrailingZeros(rest) - first, rows.getLong(2));
                }
            }
        }
        return cells;
    }

    /** As textbooks have it: the first month of each customer joined to the months in which they were active. */
    CohortCells byJoin() throws SQLException {
        CohortCells cells = new CohortCells();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TEXTBOOK)) {
            while (rows.next()) {
                cells.add(rows.getInt(1), rows.getInt(2), rows.getLong(3));
            }
        }
        return cells;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Active customers by cohort and month after it, both counted from the first month. */
    static final class CohortCells {

        private final TreeMap<Integer, Long> cells = new TreeMap<>();

        void add(int cohort, int k, long customers) {
            if (customers > 0) {
                cells.merge(1_000 * cohort + k, customers, Long::sum);
            }
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof CohortCells that && cells.equals(that.cells);
        }

        @Override
        public int hashCode() {
            return cells.hashCode();
        }

        @Override
        public String toString() {
            return cells.toString();
        }
    }
}
