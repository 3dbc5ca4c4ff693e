package dev.crmcore.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.crmcore.Crm;
import dev.crmcore.CrmSession;
import dev.crmcore.context.CallContext;
import dev.crmcore.context.TenantId;
import dev.crmcore.exchange.ImportOptions;
import dev.crmcore.exchange.ImportReport;
import dev.crmcore.exchange.PurchaseImport;
import dev.crmcore.exchange.RowSource;
import dev.crmcore.jdbc.JdbcStore;
import dev.crmcore.purchase.Purchase;
import dev.crmcore.query.Aggregate;
import dev.crmcore.query.Query;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.RowCursor;
import dev.crmcore.store.memory.MemoryStore;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The import of a purchase log, a tenth as many customers as rows, into empty stores. The plain contenders are floors and not
 * peers: they only keep what the columns say, and forget who is who, what came twice, what was wrong and that it happened.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
@NullUnmarked // JMH sets the parameters, the setup the rest
public class ImportBenchmark {

    private static final int ROWS_TO_COMPARE = 5_000;
    private static final int CENTS = 2;
    private static final TenantId TENANT = TenantId.of("bench");

    /** How many rows were kept, and what they come to. */
    record Kept(long rows, BigDecimal total) {}

    /** Who takes the file. */
    public enum Contender {
        IMPORT_TO_MEMORY {
            @Override
            Intake empty() {
                return new StoreIntake(MemoryStore.create(), null);
            }
        },
        /** Lines split and parsed into a map of lists. */
        PLAIN_MAP {
            @Override
            Intake empty() {
                return new MapIntake();
            }
        },
        IMPORT_TO_H2 {
            @Override
            Intake empty() throws SQLException {
                HikariDataSource dataSource = BenchDatabase.H2_MEMORY.open();
                return new StoreIntake(JdbcStore.open(dataSource, Crm.catalog()), dataSource);
            }
        },
        /** Lines split and parsed into a table of three columns, in batches of a thousand. */
        PLAIN_JDBC_TO_H2 {
            @Override
            Intake empty() throws SQLException {
                return new TableIntake(BenchDatabase.H2_MEMORY.open());
            }
        };

        abstract Intake empty() throws SQLException;
    }

    /** Takes one file. */
    interface Intake extends AutoCloseable {

        /** Returns the number of rows taken. */
        long take(Path file) throws IOException, SQLException;

        Kept kept() throws SQLException;

        @Override
        void close();
    }

    private static final class StoreIntake implements Intake {

        private final CrmStore store;
        private final HikariDataSource dataSource;

        @NullUnmarked // no data source for a store in memory
        StoreIntake(CrmStore store, HikariDataSource dataSource) {
            this.store = store;
            this.dataSource = dataSource;
        }

        @Override
        public long take(Path file) {
            CrmSession session = Crm.on(store).session(TENANT, CallContext.of("bench", "import"));
            PurchaseImport plan = PurchaseImport.from("shop").currency("EUR").createMissingCustomers();
            ImportReport report = session.imports().run(plan, RowSource.csv(file), ImportOptions.defaults());
            return report.created();
        }

        @Override
        public Kept kept() {
            return store.inTransaction(TENANT, tx -> {
                List<Aggregate<Purchase>> figures = List.of(Aggregate.count(), Aggregate.sum(Purchase.TOTAL));
                try (RowCursor rows = tx.group(Query.of(Purchase.TYPE), List.of(), figures)) {
                    if (!rows.next()) {
                        throw new IllegalStateException("no purchases");
                    }
                    return new Kept(rows.getLong(0), rows.getDecimal(1).setScale(CENTS));
                }
            });
        }

        @Override
        public void close() {
            store.close();
            if (dataSource != null) {
                dataSource.close();
            }
        }
    }

    /** One line of the file. */
    private record Line(String customer, LocalDate day, BigDecimal amount) {

        static Line of(String text) {
            String[] columns = text.split(",", -1);
            return new Line(columns[0], LocalDate.parse(columns[1]), new BigDecimal(columns[2]));
        }
    }

    private static final class MapIntake implements Intake {

        private final Map<String, List<Line>> byCustomer = new HashMap<>();

        @Override
        public long take(Path file) throws IOException {
            long rows = 0;
            try (BufferedReader reader = Files.newBufferedReader(file)) {
                reader.readLine();
                for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                    Line line = Line.of(text);
                    byCustomer
                            .computeIfAbsent(line.customer, customer -> new ArrayList<>())
                            .add(line);
                    rows++;
                }
            }
            return rows;
        }

        @Override
        public Kept kept() {
            long rows = 0;
            BigDecimal total = BigDecimal.ZERO;
            for (List<Line> lines : byCustomer.values()) {
                rows += lines.size();
                for (Line line : lines) {
                    total = total.add(line.amount);
                }
            }
            return new Kept(rows, total);
        }

        @Override
        public void close() {}
    }

    private static final class TableIntake implements Intake {

        private static final int BATCH = 1_000;

        private final HikariDataSource dataSource;

        TableIntake(HikariDataSource dataSource) throws SQLException {
            this.dataSource = dataSource;
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table purchases (customer varchar, bought_on date, amount numeric(38, 10))");
                statement.execute("create index purchases_customer on purchases (customer)");
                connection.commit();
            }
        }

        @Override
        public long take(Path file) throws IOException, SQLException {
            long rows = 0;
            try (BufferedReader reader = Files.newBufferedReader(file);
                    Connection connection = dataSource.getConnection();
                    PreparedStatement statement =
                            connection.prepareStatement("insert into purchases values (?, ?, ?)")) {
                reader.readLine();
                for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                    Line line = Line.of(text);
                    statement.setString(1, line.customer);
                    statement.setObject(2, line.day);
                    statement.setBigDecimal(3, line.amount);
                    statement.addBatch();
                    rows++;
                    if (rows % BATCH == 0) {
                        send(connection, statement);
                    }
                }
                send(connection, statement);
            }
            return rows;
        }

        private static void send(Connection connection, PreparedStatement statement) throws SQLException {
            int[] unused = statement.executeBatch();
            connection.commit();
        }

        @Override
        public Kept kept() throws SQLException {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select count(*), sum(amount) from purchases")) {
                rows.next();
                return new Kept(rows.getLong(1), rows.getBigDecimal(2).setScale(CENTS));
            }
        }

        @Override
        public void close() {
            dataSource.close();
        }
    }

    @Param({"100000", "1000000"})
    public int n;

    @Param
    public Contender contender;

    private Path file;
    private Intake intake;

    @Setup
    public void prepare() throws IOException, SQLException {
        Path sample = write(ROWS_TO_COMPARE);
        Kept expected = kept(Contender.PLAIN_MAP, sample);
        for (Contender each : Contender.values()) {
            Agreement.same(each + " of " + ROWS_TO_COMPARE, kept(each, sample), expected);
        }
        Files.delete(sample);
        file = write(n);
    }

    private static Kept kept(Contender contender, Path sample) throws IOException, SQLException {
        try (Intake intake = contender.empty()) {
            Agreement.same(contender + " of the sample", intake.take(sample), (long) ROWS_TO_COMPARE);
            return intake.kept();
        }
    }

    private static Path write(int rows) throws IOException {
        PurchaseColumns log = new PurchaseColumns(rows, rows / 10, 20_050_109L);
        Path file = Files.createTempFile("purchases", ".csv");
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("customer_id,date,amount\n");
            for (int i = 0; i < rows; i++) {
                writer.write(Long.toUnsignedString(log.customer[i], 36) + "," + LocalDate.ofEpochDay(log.day[i]) + ","
                        + BigDecimal.valueOf(log.cents[i], CENTS) + "\n");
            }
        }
        return file;
    }

    @Setup(Level.Iteration)
    public void empty() throws SQLException {
        intake = contender.empty();
    }

    @Benchmark
    public long take() throws IOException, SQLException {
        return intake.take(file);
    }

    @TearDown(Level.Iteration)
    public void close() throws SQLException {
        Agreement.same("rows kept", intake.kept().rows(), (long) n);
        intake.close();
    }

    @TearDown
    public void delete() throws IOException {
        Files.delete(file);
    }
}
