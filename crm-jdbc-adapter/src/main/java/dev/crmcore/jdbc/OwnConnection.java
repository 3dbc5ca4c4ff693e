package dev.crmcore.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that the store opened, with a transaction on it; closed as it was found. */
final class OwnConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnConnection.class);

    private final Connection connection;
    private final @Nullable Failures failures;
    private boolean restoresAutoCommit;
    private int isolationToRestore = Connection.TRANSACTION_NONE;
    private boolean committed;

    private OwnConnection(Connection connection, @Nullable Failures failures) {
        this.connection = connection;
        this.failures = failures;
    }

    static OwnConnection open(ConnectionProvider connections, boolean setsIsolation, @Nullable Failures failures) {
        OwnConnection own;
        try {
            own = new OwnConnection(connections.open(), failures);
        } catch (SQLException e) {
            throw refused("get a connection", e, failures);
        }
        try {
            own.begin(setsIsolation);
            return own;
        } catch (SQLException e) {
            own.close();
            throw refused("begin a transaction", e, failures);
        }
    }

    private static RuntimeException refused(String what, SQLException e, @Nullable Failures failures) {
        return failures == null ? Failures.of(what, e, null) : failures.of(what, e);
    }

    private void begin(boolean setsIsolation) throws SQLException {
        if (setsIsolation) {
            isolationToRestore = connection.getTransactionIsolation();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
        if (connection.getAutoCommit()) {
            connection.setAutoCommit(false);
            restoresAutoCommit = true;
        }
    }

    Connection connection() {
        return connection;
    }

    void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw refused("commit", e, failures);
        }
        committed = true;
    }

    /** Rolls back unless committed, restores and closes. What fails here can change nothing any more. */
    @Override
    public void close() {
        if (!committed) {
            attempt("roll back", connection::rollback);
        }
        if (restoresAutoCommit) {
            attempt("restore autocommit", () -> connection.setAutoCommit(true));
        }
        if (isolationToRestore != Connection.TRANSACTION_NONE) {
            attempt("restore the isolation", () -> connection.setTransactionIsolation(isolationToRestore));
        }
        attempt("close a connection", connection::close);
    }

    @FunctionalInterface
    private interface Step {
        void run() throws SQLException;
    }

    private static void attempt(String what, Step step) {
        try {
            step.run();
        } catch (SQLException e) {
            LOG.debug("could not {}: SQL state {}", what, e.getSQLState());
        }
    }
}
