package dev.crmcore.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where the store's connections come from, and which transaction of the host is open. A host that has transactions of its
 * own implements it; {@link #of} is enough for one that has none.
 *
 * <p>With Spring, for example, where the store then takes part in {@code @Transactional} methods:
 *
 * <pre>{@code
 * new ConnectionProvider() {
 *     public Connection joined() {
 *         return TransactionSynchronizationManager.isActualTransactionActive()
 *                 ? DataSourceUtils.getConnection(dataSource) : null;
 *     }
 *     public void release(Connection joined) {
 *         DataSourceUtils.releaseConnection(joined, dataSource);
 *     }
 *     public Connection open() throws SQLException {
 *         return dataSource.getConnection();
 *     }
 *     public boolean afterCommit(Runnable action) {
 *         TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
 *             private final Set<Object> younger = new HashSet<>();     // savepoints made after the action was given
 *             private boolean undone;
 *
 *             public void savepoint(Object savepoint) {
 *                 younger.add(savepoint);
 *             }
 *             public void savepointRollback(Object savepoint) {        // of nested transactions; Spring 6.2 or later
 *                 undone |= !younger.contains(savepoint);
 *             }
 *             public void afterCommit() {
 *                 if (!undone) {
 *                     action.run();
 *                 }
 *             }
 *         });
 *         return true;
 *     }
 * }
 * }</pre>
 *
 * <p>Called from any thread, always on the thread on which the store was called. Implementations are thread-safe.
 */
public interface ConnectionProvider {

    /**
     * Connections from a data source, no transaction of the host.
     *
     * @param dataSource the data source, with or without a pool, its connections with autocommit on or off
     * @return the provider
     */
    static ConnectionProvider of(DataSource dataSource) {
        return new DataSourceConnections(dataSource);
    }

    /**
     * Opens a connection that belongs to no transaction of the host, also while one is open on the calling thread. The
     * store commits or rolls back what it did on it, sets autocommit and isolation as they were, and closes it.
     *
     * @return the connection, with no transaction open
     * @throws SQLException if there is none to be had
     */
    Connection open() throws SQLException;

    /**
     * The connection of the host's transaction that is open on the calling thread. The store works on it and never
     * commits, rolls back as a whole, sets or closes it; a savepoint is all that it makes.
     *
     * @return the connection with autocommit off, null where the host has no transaction open on this thread: then the
     *     store opens one of its own
     * @throws SQLException if the connection cannot be had
     */
    default @Nullable Connection joined() throws SQLException {
        return null;
    }

    /**
     * Takes back a connection that {@link #joined} gave; the host's transaction goes on.
     *
     * @param joined the connection
     */
    default void release(Connection joined) {}

    /**
     * Has an action run after the commit of the host's transaction that is open on the calling thread. It must not run
     * after a rollback, be it of the whole or to a savepoint of the host's that is older than the action.
     *
     * @param action the action; it throws nothing
     * @return false where the host has no such hook: the action is then never run
     */
    default boolean afterCommit(Runnable action) {
        return false;
    }
}
