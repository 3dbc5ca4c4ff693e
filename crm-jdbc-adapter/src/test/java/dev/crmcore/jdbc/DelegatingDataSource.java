package dev.crmcore.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A data source that does something to the connections of another. */
final class DelegatingDataSource implements DataSource {

    /** What is done to each connection. */
    @FunctionalInterface
    interface Change {
        Connection apply(Connection connection) throws SQLException;
    }

    private final DataSource target;
    private final Change change;

    DelegatingDataSource(DataSource target, Change change) {
        this.target = target;
        this.change = change;
    }

    static DataSource withoutAutoCommit(DataSource target) {
        return new DelegatingDataSource(target, connection -> {
            connection.setAutoCommit(false);
            return connection;
        });
    }

    static DataSource atIsolation(DataSource target, int level) {
        return new DelegatingDataSource(target, connection -> {
            connection.setTransactionIsolation(level);
            return connection;
        });
    }

    @Override
    public Connection getConnection() throws SQLException {
        return change.apply(target.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return change.apply(target.getConnection(user, password));
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return target.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        target.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        target.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return target.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return target.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return target.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return target.isWrapperFor(type);
    }
}
