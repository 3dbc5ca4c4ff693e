package dev.crmcore.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A statement in the making: its text and, for each question mark in it, the value. Not thread-safe. */
final class Sql {

    private final StringBuilder text = new StringBuilder(256);
    private final List<Binding> bindings = new ArrayList<>();
    private int aliases;

    Sql add(String more) {
        text.append(more);
        return this;
    }

    /** Adds a question mark and its value. */
    Sql add(Binding value) {
        text.append('?');
        bindings.add(value);
        return this;
    }

    /** A name for a table that no other table of the statement has. */
    String newAlias() {
        return "x" + aliases++;
    }

    String text() {
        return text.toString();
    }

    void bindAll(PreparedStatement statement) throws SQLException {
        int index = 1;
        for (Binding binding : bindings) {
            binding.bind(statement, index++);
        }
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        try {
            bindAll(statement);
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
        return statement;
    }
}
