package dev.crmcore.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A value on its way into a statement. */
@FunctionalInterface
interface Binding {

    void bind(PreparedStatement statement, int index) throws SQLException;

    static Binding text(String value) {
        return (statement, index) -> statement.setString(index, value);
    }

    static Binding number(long value) {
        return (statement, index) -> statement.setLong(index, value);
    }

    static Binding object(Object value) {
        return (statement, index) -> statement.setObject(index, value);
    }
}
