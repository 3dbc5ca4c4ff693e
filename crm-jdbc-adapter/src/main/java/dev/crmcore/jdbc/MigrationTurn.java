package dev.crmcore.jdbc;

import dev.crmcore.context.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to change the tables of a database. Where definitions commit by themselves, no lock of their own
 * transaction survives them: at a server of such a database a second connection holds a row until the turn ends, and the
 * server lets the next process in, also when this one dies. The threads of one process wait in it, so that it takes two
 * connections at most, and one where the database runs inside the process.
 */
final class MigrationTurn implements AutoCloseable {

    /** What the threads of this process wait at. */
    static final ReentrantLock IN_PROCESS = new ReentrantLock();

    private final ReentrantLock inProcess;
    private final @Nullable OwnConnection holder;

    private MigrationTurn(ReentrantLock inProcess, @Nullable OwnConnection holder) {
        this.inProcess = inProcess;
        this.holder = holder;
    }

    /** Waits for the turn: before any other connection is opened, so that threads who wait hold none. */
    static MigrationTurn take(ConnectionProvider connections, ReentrantLock inProcess) {
        inProcess.lock();
        OwnConnection holder = null;
        try {
            holder = OwnConnection.open(connections, false, null);
            Dialect dialect = Database.of(holder.connection()).dialect();
            if (!dialect.holdsMigrationRow(
                    String.valueOf(holder.connection().getMetaData().getURL()))) {
                holder.commit();
                holder.close();
                return new MigrationTurn(inProcess, null);
            }
            holdRow(holder, dialect);
            return new MigrationTurn(inProcess, holder);
        } catch (SQLException | RuntimeException e) {
            new MigrationTurn(inProcess, holder).close();
            throw e instanceof SQLException refusal
                    ? Failures.of("wait for other migrations", refusal, null)
                    : (RuntimeException) e;
        }
    }

    private static void holdRow(OwnConnection holder, Dialect dialect) throws SQLException {
        try (Statement statement = holder.connection().createStatement()) {
            statement.execute(dialect.createMigrationTable());
            holder.connection().commit();
            if (!isHeld(statement, dialect)) {
                makeRow(statement, dialect);
                holder.connection().commit();
                if (!isHeld(statement, dialect)) {
                    throw new StoreException("the row that migrations wait for was deleted", false, null);
                }
            }
        }
    }

    private static boolean isHeld(Statement statement, Dialect dialect) throws SQLException {
        try (ResultSet row = statement.executeQuery(dialect.holdMigrationRow())) {
            return row.next();
        }
    }

    /** Of several processes that see no row, one makes it; the others wait for that one's commit, and are told. */
    private static void makeRow(Statement statement, Dialect dialect) throws SQLException {
        try {
            statement.execute(dialect.createMigrationRow());
        } catch (SQLIntegrityConstraintViolationException e) {
            // made by another process in between
        }
    }

    @Override
    public void close() {
        try {
            if (holder != null) {
                holder.close();
            }
        } finally {
            inProcess.unlock();
        }
    }
}
