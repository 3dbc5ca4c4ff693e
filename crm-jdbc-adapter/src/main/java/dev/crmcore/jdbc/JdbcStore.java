package dev.crmcore.jdbc;

import dev.crmcore.Crm;
import dev.crmcore.context.CrmException;
import dev.crmcore.context.TenantId;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.EntityCatalog;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.LoggedEvent;
import dev.crmcore.store.StoreCapabilities;
import dev.crmcore.store.StoreCapabilities.Capability;
import dev.crmcore.store.StoreTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records in a database behind JDBC: one table for each type, with one column for each field, a side table for each
 * set-valued field, and the log of events.
 *
 * <pre>{@code
 * Crm crm = Crm.on(JdbcStore.open(dataSource));
 * }</pre>
 *
 * <p>Connections come from the host and are given back after each transaction as they were found. Where the host has a
 * transaction open on the calling thread, and says so through its {@link ConnectionProvider}, the store works in it and
 * leaves its end to the host.
 *
 * <p>The store's own transactions run at the isolation level {@code READ COMMITTED}; in a joined one the level is the
 * host's, and at a higher one concurrent writers meet serialization failures, which are transient {@link
 * dev.crmcore.context.StoreException}s. How long a lock is waited for is the database's setting.
 *
 * <p>A text that stands in no index may be as long as the database allows: 1,000,000,000 characters on H2, 1 GB on
 * PostgreSQL.
 *
 * <p>Immutable and thread-safe.
 */
public final class JdbcStore implements CrmStore {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);

    private final ConnectionProvider connections;
    private final Tables tables;
    private final Failures failures;
    private final EventLog log;
    private final int fetchSize;
    private final boolean setsIsolation;
    private final StoreCapabilities capabilities;
    private volatile boolean closed;

    private JdbcStore(Builder builder, Tables tables, boolean setsIsolation, boolean durable) {
        this.connections = builder.connections;
        this.tables = tables;
        this.failures = new Failures(tables.dialect());
        this.log = new EventLog(tables.dialect(), tables.log());
        this.fetchSize = builder.fetchSize;
        this.setsIsolation = setsIsolation;
        this.capabilities = durable
                ? StoreCapabilities.of(Capability.DURABLE, Capability.JOINS_HOST_TRANSACTION)
                : StoreCapabilities.of(Capability.JOINS_HOST_TRANSACTION);
    }

    /**
     * Opens a store for the library's own types with the defaults, creating the tables that are missing.
     *
     * @param dataSource where connections come from
     * @return the store
     * @throws dev.crmcore.context.StoreException if the database cannot be reached or refuses the tables
     */
    public static JdbcStore open(DataSource dataSource) {
        return open(dataSource, Crm.catalog());
    }

    /**
     * Opens a store with the defaults, creating the tables that are missing.
     *
     * @param dataSource where connections come from
     * @param catalog the types that are kept
     * @return the store
     * @throws dev.crmcore.context.StoreException if the database cannot be reached or refuses the tables
     * @throws IllegalArgumentException if two types would be kept in one table
     */
    public static JdbcStore open(DataSource dataSource, EntityCatalog catalog) {
        return builder(ConnectionProvider.of(dataSource), catalog).open();
    }

    /**
     * Begins a store with settings.
     *
     * @param connections where connections come from
     * @param catalog the types that are kept
     * @return the builder
     */
    public static Builder builder(ConnectionProvider connections, EntityCatalog catalog) {
        return new Builder(connections, catalog);
    }

    ConnectionProvider connections() {
        return connections;
    }

    Tables tables() {
        return tables;
    }

    Failures failures() {
        return failures;
    }

    EventLog log() {
        return log;
    }

    int fetchSize() {
        return fetchSize;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>A transaction inside the work of another, on the same thread, is a second one on a second connection, unless
     * both join the host's.
     *
     * @throws IllegalStateException if the store is closed, or the host joins a connection with autocommit on, where nothing
     *     could be undone
     */
    @Override
    public <R> R inTransaction(TenantId tenant, Function<? super StoreTransaction, ? extends R> work) {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(work, "work");
        requireOpen();
        Connection joined;
        try {
            joined = connections.joined();
            if (joined != null) {
                requireTransaction(joined);
            }
        } catch (SQLException e) {
            throw failures.of("join the host's transaction", e);
        }
        return joined == null ? inOwn(tenant, work) : inJoined(joined, tenant, work);
    }

    private void requireTransaction(Connection joined) throws SQLException {
        boolean hasTransaction = false;
        try {
            hasTransaction = !joined.getAutoCommit();
        } finally {
            if (!hasTransaction) {
                connections.release(joined);
            }
        }
        if (!hasTransaction) {
            throw new IllegalStateException(
                    "the joined connection has autocommit on: it is in no transaction that the host could roll back");
        }
    }

    private <R> R inJoined(
            Connection connection, TenantId tenant, Function<? super StoreTransaction, ? extends R> work) {
        JdbcTransaction transaction = new JdbcTransaction(this, connection, true, tenant);
        try {
            R result = work.apply(transaction);
            transaction.complete();
            return result;
        } finally {
            transaction.end();
            connections.release(connection);
        }
    }

    private <R> R inOwn(TenantId tenant, Function<? super StoreTransaction, ? extends R> work) {
        JdbcTransaction transaction;
        R result;
        try (OwnConnection own = OwnConnection.open(connections, setsIsolation, failures)) {
            transaction = new JdbcTransaction(this, own.connection(), false, tenant);
            try {
                result = work.apply(transaction);
                transaction.complete();
            } finally {
                transaction.end();
            }
            own.commit();
        }
        transaction.committed();
        transaction.runAfterCommit();
        return result;
    }

    @Override
    public List<LoggedEvent> readLog(TenantId tenant, LogQuery query) {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(query, "query");
        return outside("read the log", connection -> log.read(connection, tenant, query));
    }

    @Override
    public List<TenantId> tenants() {
        return outside("list tenants", log::tenants);
    }

    /** Work with a connection. */
    @FunctionalInterface
    private interface ConnectionWork<R> {
        R apply(Connection connection) throws SQLException;
    }

    private <R> R outside(String what, ConnectionWork<R> work) {
        requireOpen();
        try (OwnConnection own = OwnConnection.open(connections, setsIsolation, failures)) {
            R result = work.apply(own.connection());
            own.commit();
            return result;
        } catch (SQLException e) {
            throw failures.of(what, e);
        }
    }

    @Override
    public StoreCapabilities capabilities() {
        return capabilities;
    }

    /** {@inheritDoc} The host's data source stays open. */
    @Override
    public void close() {
        closed = true;
    }

    /** Opens a {@link JdbcStore}. Not thread-safe. */
    public static final class Builder {

        private static final int DEFAULT_FETCH_SIZE = 1_000;

        private final ConnectionProvider connections;
        private final EntityCatalog catalog;
        private SchemaPolicy schemaPolicy = SchemaPolicy.APPLY;
        private int fetchSize = DEFAULT_FETCH_SIZE;

        private Builder(ConnectionProvider connections, EntityCatalog catalog) {
            this.connections = Objects.requireNonNull(connections, "connections");
            this.catalog = Objects.requireNonNull(catalog, "catalog");
        }

        /**
         * Says what is done with the tables; {@link SchemaPolicy#APPLY} unless said.
         *
         * @param policy the policy
         * @return this builder
         */
        public Builder schemaPolicy(SchemaPolicy policy) {
            this.schemaPolicy = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Says how many rows of a scan the database sends at once; 1,000 unless said.
         *
         * @param rows at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder fetchSize(int rows) {
            if (rows < 1) {
                throw new IllegalArgumentException("fetchSize must be at least 1: " + rows);
            }
            this.fetchSize = rows;
            return this;
        }

        /**
         * Opens the store.
         *
         * @return the store
         * @throws dev.crmcore.context.StoreException if the database cannot be reached, or its tables are refused
         * @throws IllegalArgumentException if two types would be kept in one table
         */
        @SuppressWarnings("try") // the turn is held, not used
        public JdbcStore open() {
            if (schemaPolicy == SchemaPolicy.APPLY && hasLibraryTypes()) {
                SchemaMigration.shipped(connections).apply();
            }
            Dialect dialect = null;
            try (MigrationTurn turn = turn();
                    OwnConnection own = OwnConnection.open(connections, false, null)) {
                Connection connection = own.connection();
                dialect = Database.of(connection).dialect();
                Tables tables = new Tables(dialect, catalog);
                boolean setsIsolation = connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED;
                boolean durable =
                        !String.valueOf(connection.getMetaData().getURL()).startsWith("jdbc:h2:mem:");
                switch (schemaPolicy) {
                    case APPLY -> new Schema(tables).apply(connection);
                    case VALIDATE -> new Schema(tables).validate(connection);
                    case NONE -> LOG.debug("tables are taken as they are");
                }
                own.commit();
                return new JdbcStore(this, tables, setsIsolation, durable);
            } catch (SQLException e) {
                throw refused(e, dialect);
            }
        }

        private @Nullable MigrationTurn turn() {
            return schemaPolicy == SchemaPolicy.APPLY
                    ? MigrationTurn.take(connections, MigrationTurn.IN_PROCESS)
                    : null;
        }

        private boolean hasLibraryTypes() {
            return catalog.types().containsAll(Crm.catalog().types());
        }

        private static CrmException refused(SQLException e, @Nullable Dialect dialect) {
            return Failures.of("open the store", e, dialect);
        }
    }
}
