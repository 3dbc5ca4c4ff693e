package dev.crmcore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.crmcore.context.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Numbered scripts")
class SchemaMigrationTest {

    private static final AtomicInteger SHARED = new AtomicInteger();

    private static final SchemaScript FIRST = new SchemaScript(1, "first", """
            create table if not exists a (n integer);
            insert into a values (1);
            create table if not exists b (n integer);
            """);
    private static final SchemaScript SECOND = new SchemaScript(2, "second", "insert into b values (2);");

    private static SchemaMigration migration(DataSource dataSource, SchemaScript... scripts) {
        return SchemaMigration.of(ConnectionProvider.of(dataSource), List.of(scripts));
    }

    private static List<Integer> numbers(DataSource dataSource, String table) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select n from " + table)) {
            List<Integer> numbers = new ArrayList<>();
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
            return numbers;
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("are applied in the order of their numbers, each once")
    void appliedOnce(TestDatabase database) throws SQLException {
        DataSource dataSource = database.create();
        assertThat(migration(dataSource, FIRST).apply()).isEqualTo(1);
        SchemaMigration both = migration(dataSource, SECOND, FIRST);
        assertThat(both.pending()).containsExactly(SECOND);
        assertThat(both.apply()).isEqualTo(1);
        assertThat(both.apply()).isZero();
        assertThat(both.pending()).isEmpty();
        assertThat(numbers(dataSource, "a")).containsExactly(1);
        assertThat(numbers(dataSource, "b")).containsExactly(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("that were changed after they were applied are refused; other ends of lines are no change")
    void changed(TestDatabase database) {
        DataSource dataSource = database.create();
        migration(dataSource, FIRST).apply();
        SchemaScript same = new SchemaScript(1, "first", FIRST.sql().replace("\n", "\r\n"));
        assertThat(migration(dataSource, same).apply()).isZero();
        SchemaScript changed = new SchemaScript(1, "first", FIRST.sql() + "create table c (n integer);");
        assertThatThrownBy(() -> migration(dataSource, changed, SECOND).apply())
                .isInstanceOf(StoreException.class)
                .hasMessage("V001__first.sql was changed after it was applied");
        assertThat(migration(dataSource, FIRST, SECOND).pending()).containsExactly(SECOND);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("can be printed and noted without being run")
    void baseline(TestDatabase database) throws SQLException {
        DataSource dataSource = database.create();
        SchemaMigration migration = migration(dataSource, FIRST, SECOND);
        assertThat(migration.pendingSql())
                .isEqualTo("-- V001__first.sql\n" + FIRST.sql() + "\n-- V002__second.sql\n" + SECOND.sql());
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table b (n integer)");
        }
        assertThat(migration.baseline(1)).isEqualTo(1);
        assertThat(migration.baseline(1)).isZero();
        assertThat(migration.apply()).isEqualTo(1);
        assertThat(numbers(dataSource, "b")).containsExactly(2);
        assertThat(migration.pendingSql()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("that are cut off at any point go on where they stopped, and no statement is lost")
    void cutOff(TestDatabase database) throws SQLException {
        int failures = 0;
        for (int n = 1; ; n++) {
            DataSource dataSource = database.create();
            RecordingDataSource recording = new RecordingDataSource(dataSource);
            recording.failAt(n);
            SchemaMigration failing = migration(recording.dataSource(), FIRST, SECOND);
            boolean failed = fails(failing);
            assertThat(recording.openConnections()).isZero();
            if (!failed) {
                break;
            }
            failures++;
            recording.reset();
            failing.apply();
            assertThat(numbers(dataSource, "a")).as("fault %s", n).containsExactly(1);
            assertThat(numbers(dataSource, "b")).as("fault %s", n).containsExactly(2);
        }
        assertThat(failures).isGreaterThan(8);
    }

    private static boolean fails(SchemaMigration migration) {
        try {
            migration.apply();
            return false;
        } catch (StoreException e) {
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("written from types can be cut off anywhere: each of their statements may be repeated")
    void generatedScriptsCanBeRepeated(TestDatabase database) throws SQLException {
        SchemaScript script = SchemaScript.creating(
                database == TestDatabase.POSTGRESQL ? Database.POSTGRESQL : Database.H2,
                BuyerCases.CATALOG,
                1,
                "buyer");
        DataSource whole = database.create();
        migration(whole, script).apply();
        boolean failed = true;
        for (int n = 1; failed; n += 3) {
            DataSource dataSource = database.create();
            RecordingDataSource recording = new RecordingDataSource(dataSource);
            recording.failAt(n);
            SchemaMigration failing = migration(recording.dataSource(), script);
            failed = fails(failing);
            recording.reset();
            failing.apply();
            assertThat(ShippedScriptsTest.definitions(dataSource))
                    .as("fault %s", n)
                    .isEqualTo(ShippedScriptsTest.definitions(whole));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("are applied once when several nodes start at the same time")
    void severalNodes(TestDatabase database) throws Exception {
        DataSource dataSource = database.create();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> nodes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                nodes.add(threads.submit(
                        () -> migration(dataSource, FIRST, SECOND).apply()));
            }
            int applied = 0;
            for (Future<Integer> node : nodes) {
                applied += node.get();
            }
            assertThat(applied).isEqualTo(2);
        } finally {
            threads.shutdownNow();
        }
        assertThat(numbers(dataSource, "b")).containsExactly(2);
    }

    /** A new database on a server, as several processes share it. */
    private static JdbcDataSource shared(Server server) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:tcp://localhost:" + server.getPort() + "/mem:shared" + SHARED.incrementAndGet()
                + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000");
        return dataSource;
    }

    private static Server startServer() throws SQLException {
        return Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    }

    @Test
    @DisplayName("are applied once when several processes start at the same time, and wait at the database alone")
    void severalProcesses() throws Exception {
        Server server = startServer();
        try {
            for (int round = 0; round < 5; round++) {
                severalProcesses(shared(server));
            }
        } finally {
            server.stop();
        }
        severalProcesses(TestDatabase.POSTGRESQL.create());
    }

    private static void severalProcesses(DataSource dataSource) throws Exception {
        CyclicBarrier line = new CyclicBarrier(4);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> processes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                processes.add(threads.submit(() -> {
                    SchemaMigration process =
                            migration(dataSource, FIRST, SECOND).inOtherProcess();
                    line.await(30, TimeUnit.SECONDS);
                    return process.apply();
                }));
            }
            int applied = 0;
            for (Future<Integer> process : processes) {
                applied += process.get();
            }
            assertThat(applied).isEqualTo(2);
        } finally {
            threads.shutdownNow();
        }
        assertThat(numbers(dataSource, "a")).containsExactly(1);
        assertThat(numbers(dataSource, "b")).containsExactly(2);
    }

    @Test
    @DisplayName("wait as long as another process holds the row, and not when it is gone")
    void theRowIsHeldByTheDatabase() throws Exception {
        Server server = startServer();
        DataSource dataSource = shared(server);
        migration(dataSource, FIRST).apply();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Connection other = dataSource.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.executeQuery(Database.H2.dialect().holdMigrationRow()).close();
            Future<Integer> waiting =
                    threads.submit(() -> migration(dataSource, FIRST, SECOND).apply());
            awaitWaiter(dataSource);
            assertThat(numbers(dataSource, "b")).isEmpty();
            other.rollback();
            assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(numbers(dataSource, "b")).containsExactly(2);
        } finally {
            threads.shutdownNow();
            server.stop();
        }
    }

    @Test
    @DisplayName("wait for another process that has made the table of the row and not yet the row")
    void theRowIsBeingMade() throws Exception {
        Server server = startServer();
        DataSource dataSource = shared(server);
        Dialect h2 = Database.H2.dialect();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Connection other = dataSource.getConnection();
                Statement statement = other.createStatement()) {
            statement.execute(h2.createMigrationTable());
            other.setAutoCommit(false);
            statement.execute(h2.createMigrationRow());
            Future<Integer> waiting =
                    threads.submit(() -> migration(dataSource, FIRST).apply());
            awaitWaiter(dataSource);
            other.commit();
            assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        } finally {
            threads.shutdownNow();
            server.stop();
        }
    }

    /** Until a session of the database waits for another one. */
    private static void awaitWaiter(DataSource dataSource) throws SQLException {
        String sql = "select count(*) from information_schema.sessions where blocker_id is not null";
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 200_000; i++) {
                try (ResultSet rows = statement.executeQuery(sql)) {
                    rows.next();
                    if (rows.getInt(1) > 0) {
                        return;
                    }
                }
            }
        }
        throw new AssertionError("nobody waits");
    }

    @Test
    @DisplayName("take two connections of a pool at the most, however many threads migrate")
    void smallPools() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Server server = startServer();
        try (HikariDataSource pool = TestDatabase.pool(shared(server), true, 2)) {
            List<Future<Boolean>> stores = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                stores.add(threads.submit(() -> {
                    JdbcStore.open(pool).close();
                    return true;
                }));
            }
            for (Future<Boolean> store : stores) {
                assertThat(store.get(60, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            threads.shutdownNow();
            server.stop();
        }
    }

    @Test
    @DisplayName("have different numbers and proper names")
    void slips() {
        DataSource unused = TestDatabase.H2_MEMORY.create();
        assertThatThrownBy(() -> migration(unused, FIRST, new SchemaScript(1, "other", "")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SchemaScript(0, "zero", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SchemaScript(1, "No", "")).isInstanceOf(IllegalArgumentException.class);
        assertThat(FIRST).hasToString("V001__first.sql");
    }
}
