package dev.crmcore.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A host with a table of its own, that keeps the connection of its open transaction in a field. */
final class JdbcHost implements ConnectionProvider {

    private final DataSource dataSource;
    private Connection current;

    JdbcHost(DataSource dataSource) throws SQLException {
        this.dataSource = dataSource;
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table host (n integer)");
        }
    }

    @Override
    public Connection open() throws SQLException {
        return dataSource.getConnection();
    }

    @Override
    public Connection joined() {
        return current;
    }

    Connection begin() throws SQLException {
        current = dataSource.getConnection();
        current.setAutoCommit(false);
        return current;
    }

    /** Writes a row in the open transaction. */
    void insert(int n) throws SQLException {
        try (Statement statement = current.createStatement()) {
            statement.execute("insert into host values (" + n + ")");
        }
    }

    void end(boolean commit) throws SQLException {
        if (commit) {
            current.commit();
        } else {
            current.rollback();
        }
        current.setAutoCommit(true);
        current.close();
        current = null;
    }

    /** The rows that are committed. */
    List<Integer> rows() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select n from host order by n")) {
            List<Integer> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getInt(1));
            }
            return found;
        }
    }
}
