package dev.crmcore.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.crmcore.bench.Client.ClientId;
import dev.crmcore.context.TenantId;
import dev.crmcore.jdbc.JdbcStore;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.EntityCatalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Clients with their contacts in a database: one in a transaction, a thousand in a transaction, and one read by id, beside JDBC
 * written by hand that leaves the same rows.
 *
 * <p>With a server in another process, each round trip wakes a sleeping processor, and that swings more than the contenders
 * differ: pin client and server to one core ({@code taskset}), as {@link BenchmarkRun} does.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class JdbcStoreBenchmark {

    private static final int BATCH = 1_000;
    private static final int TO_READ = 10_000;
    private static final TenantId TENANT = TenantId.of("bench");

    /** Who writes and reads. */
    public enum Contender {
        JDBC_STORE {
            @Override
            Clients on(DataSource dataSource) {
                return new StoredClients(dataSource);
            }
        },
        HAND_WRITTEN {
            @Override
            Clients on(DataSource dataSource) {
                return new HandWrittenClients(dataSource, false);
            }
        },
        /** Reads without a transaction, which saves PostgreSQL a round trip and gives up what a transaction promises. */
        HAND_WRITTEN_AUTOCOMMIT {
            @Override
            Clients on(DataSource dataSource) {
                return new HandWrittenClients(dataSource, true);
            }
        };

        abstract Clients on(DataSource dataSource);
    }

    /** The job. */
    interface Clients {
        void insert(Client client) throws SQLException;

        void insertAll(List<Client> clients) throws SQLException;

        Client find(ClientId id) throws SQLException;
    }

    private static final class StoredClients implements Clients {

        private final CrmStore store;

        StoredClients(DataSource dataSource) {
            store = open(dataSource);
        }

        @Override
        public void insert(Client client) {
            insertAll(List.of(client));
        }

        @Override
        public void insertAll(List<Client> clients) {
            List<Client> unused = store.inTransaction(TENANT, tx -> tx.insert(Client.TYPE, clients));
        }

        @Override
        public Client find(ClientId id) {
            return store.inTransaction(TENANT, tx -> tx.find(Client.TYPE, id)).orElseThrow();
        }
    }

    private static final class HandWrittenClients implements Clients {

        private final DataSource dataSource;
        private final boolean autocommitReads;
        private final ClientStatements statements = new ClientStatements(TENANT.value());

        HandWrittenClients(DataSource dataSource, boolean autocommitReads) {
            this.dataSource = dataSource;
            this.autocommitReads = autocommitReads;
        }

        @Override
        public void insert(Client client) throws SQLException {
            try (Connection connection = dataSource.getConnection()) {
                statements.insert(connection, client);
                connection.commit();
            }
        }

        @Override
        public void insertAll(List<Client> clients) throws SQLException {
            try (Connection connection = dataSource.getConnection()) {
                statements.insertAll(connection, clients);
                connection.commit();
            }
        }

        @Override
        public Client find(ClientId id) throws SQLException {
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(autocommitReads);
                Client client = statements.find(connection, id);
                if (!autocommitReads) {
                    connection.commit();
                }
                return client;
            }
        }
    }

    private static CrmStore open(DataSource dataSource) {
        return JdbcStore.open(dataSource, EntityCatalog.of(List.of(Client.TYPE)));
    }

    private static void agree(BenchDatabase database) throws SQLException {
        List<List<String>> dumps = new ArrayList<>();
        for (Contender each : Contender.values()) {
            ClientSource source = new ClientSource(20_050_106L);
            List<Client> clients = source.next(BATCH);
            Client single = source.next();
            try (HikariDataSource dataSource = database.open()) {
                open(dataSource).close();
                Clients contender = each.on(dataSource);
                contender.insertAll(clients);
                contender.insert(single);
                for (Client client : clients) {
                    Agreement.same(each + ".find", contender.find(client.id()), inserted(client));
                }
                Agreement.same(each + ".find", contender.find(single.id()), inserted(single));
                try (Connection connection = dataSource.getConnection()) {
                    dumps.add(ClientStatements.dump(connection));
                    connection.commit();
                }
            }
            Agreement.same("the rows of " + each, dumps.get(dumps.size() - 1), dumps.get(0));
        }
    }

    private static Client inserted(Client client) {
        return client.withVersion(ClientStatements.FIRST_VERSION);
    }

    /** What both jobs need. */
    @State(Scope.Benchmark)
    @NullUnmarked // JMH sets the parameters, the setup the rest
    public abstract static class Contest {

        @Param
        public BenchDatabase database;

        @Param
        public Contender contender;

        HikariDataSource dataSource;
        Clients clients;
        ClientSource source;

        @Setup
        public void compareAnswers() throws SQLException {
            agree(database);
        }

        void begin() throws SQLException {
            dataSource = database.open();
            open(dataSource).close();
            clients = contender.on(dataSource);
            source = new ClientSource(20_050_107L);
        }
    }

    /** Empty tables for each iteration. */
    public static class Writing extends Contest {

        @Setup(Level.Iteration)
        public void prepare() throws SQLException {
            begin();
        }

        @TearDown(Level.Iteration)
        public void close() {
            dataSource.close();
        }
    }

    /** Ten thousand clients to be read. */
    @NullUnmarked // the setup sets the fields
    public static class Reading extends Contest {

        private List<ClientId> ids;
        private SkewedKeys keys;

        @Setup
        public void prepare() throws SQLException {
            begin();
            List<Client> all = source.next(TO_READ);
            for (int from = 0; from < TO_READ; from += BATCH) {
                clients.insertAll(all.subList(from, from + BATCH));
            }
            ids = all.stream().map(Client::id).toList();
            keys = new SkewedKeys(TO_READ, 20_050_108L);
        }

        ClientId next() {
            return ids.get(keys.next());
        }

        @TearDown
        public void close() {
            dataSource.close();
        }
    }

    @Benchmark
    public void insert(Writing state) throws SQLException {
        state.clients.insert(state.source.next());
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void insertBatch(Writing state) throws SQLException {
        state.clients.insertAll(state.source.next(BATCH));
    }

    @Benchmark
    public Client find(Reading state) throws SQLException {
        return state.clients.find(state.next());
    }
}
