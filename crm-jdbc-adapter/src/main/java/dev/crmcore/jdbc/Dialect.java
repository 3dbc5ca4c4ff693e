package dev.crmcore.jdbc;

import dev.crmcore.query.ScalarKind;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What databases do not agree on. One constant for each database that is understood; stateless and thread-safe. */
abstract class Dialect {

    /** What H2 says in place of a state of class 08. */
    private static final String H2_UNREACHABLE = "90067";

    // Definitions

    /** The name, as the database gives it, in lower case; also the folder of its scripts. */
    abstract String name();

    /** A stored name as an identifier that means the same as without quotes, unless the database reserves it. */
    abstract String quote(String identifier);

    /** The type of values. */
    abstract String typeOf(ScalarKind kind);

    /** The type of a column, and what makes it compare as the contract says. */
    String columnType(ScalarKind kind) {
        return typeOf(kind);
    }

    abstract String bodyType();

    /** The type of a generated number that rises with every row. */
    String sequenceType() {
        return "bigint generated always as identity";
    }

    /** Whether text needs a generated column beside it to be found and sorted by code point through an index. */
    abstract boolean hasTextKeys();

    /** The definition of that generated column. */
    abstract String textKeyDefinition(String column);

    /** What follows an index that holds only events that have no position yet, empty where there is no such thing. */
    abstract String whereNoPosition(String positionColumn);

    /** Whether a script that fails in the middle leaves nothing behind. */
    abstract boolean hasTransactionalDdl();

    // Expressions

    /** The column as an expression that compares and sorts as the contract says. */
    String ordered(Column column, String alias) {
        return column.in(alias);
    }

    /** The column as an expression that is equal when the values are, through an index where there is one. */
    String equal(Column column, String alias) {
        return column.in(alias);
    }

    /** Whether {@link #equal} compares what {@link #bindOrdered} binds. */
    boolean isEqualOrdered(Column column) {
        return true;
    }

    /** The value again from what {@link #ordered} gave, through an aggregate. */
    String fromOrdered(ScalarKind kind, String expression) {
        return expression;
    }

    /** The column of a tenant's row has one of several values. */
    abstract Sql in(Sql sql, ConditionSql.Scope scope, String alias, Column column, List<?> values);

    /** A table's rows of a tenant, those with one of these ids: what follows {@code from}, with its condition. */
    abstract Sql among(Sql sql, ConditionSql.Scope scope, String table, String alias, Column id, List<?> ids);

    /** Whether long lists of values are quicker as {@link #rows} that are joined. */
    abstract boolean joinsLists();

    /** A table of rows of values with columns {@code k0}, {@code k1} and so on. */
    abstract void rows(Sql sql, String alias, List<Column> columns, List<List<Object>> rows);

    /** The update, and the value of a column in the rows that it changed. */
    abstract String returning(String update, String column);

    /** A union in the form in which the database keeps it parsed for the next time. */
    String repeated(String union) {
        return union;
    }

    /** Inserts the tenant, its only parameter, unless it is there. */
    abstract String insertTenant(LogTables log);

    /** Gives the positions after the last one to a tenant's committed events that have none, in their order. */
    abstract void positionEvents(Sql sql, LogTables log, String tenant, long last);

    // What it can do

    /** Whether a row that is skipped because of a limit stays unlocked in {@code for update skip locked}. */
    abstract boolean locksWithinLimit();

    /** Whether a statement that failed leaves the transaction usable. */
    abstract boolean survivesFailure();

    /** Whether {@code on conflict (...) do nothing} is understood. */
    abstract boolean hasOnConflict();

    /**
     * Has others that apply scripts wait until the end of the transaction; null where definitions end it and a row is
     * held instead.
     */
    @Nullable
    String migrationLock() {
        return null;
    }

    /** Whether other processes can be at the database, and only a held row makes them wait. */
    boolean holdsMigrationRow(String url) {
        return false;
    }

    /** Makes the table of the row that {@link MigrationTurn} holds, unless it is there. */
    String createMigrationTable() {
        throw new IllegalStateException(name() + " has a lock in place of a row");
    }

    /** Makes the row; refused where it is there. */
    String createMigrationRow() {
        throw new IllegalStateException(name() + " has a lock in place of a row");
    }

    /** Waits for that row and holds it until the end of the transaction. */
    String holdMigrationRow() {
        throw new IllegalStateException(name() + " has a lock in place of a row");
    }

    // Errors

    /** The name of the index or constraint that refused a duplicate; null where the message does not tell. */
    abstract @Nullable String violated(SQLException refusal);

    boolean isDuplicate(SQLException e) {
        return "23505".equals(e.getSQLState());
    }

    boolean isTransient(SQLException e) {
        return mayPass(e);
    }

    /**
     * What may pass, as far as one can tell before the database is known: a lost connection, a deadlock, a time-out. A
     * wrong password or an unknown database does not. A pool that has run dry may say so by the class alone.
     */
    static boolean mayPass(SQLException e) {
        String state = e.getSQLState();
        return state == null
                ? e instanceof SQLTransientException
                : state.startsWith("08")
                        || state.startsWith("40")
                        || state.startsWith("53")
                        || state.startsWith("HYT")
                        || List.of("55P03", "57014", "57P01", "57P02", "57P03", H2_UNREACHABLE)
                                .contains(state);
    }

    // Values

    void bind(PreparedStatement statement, int index, ScalarKind kind, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, nullType(kind));
            return;
        }
        switch (kind) {
            case TEXT -> statement.setString(index, (String) value);
            case LONG -> statement.setLong(index, (Long) value);
            case DECIMAL -> statement.setBigDecimal(index, (BigDecimal) value);
            case BOOLEAN -> statement.setBoolean(index, (Boolean) value);
            case INSTANT -> statement.setObject(index, utc((Instant) value));
            case DATE, ID -> statement.setObject(index, value);
        }
    }

    /** Binds a value that is compared with what {@link #ordered} gives. */
    void bindOrdered(PreparedStatement statement, int index, ScalarKind kind, Object value) throws SQLException {
        bind(statement, index, kind, value);
    }

    final Binding value(ScalarKind kind, Object value) {
        return (statement, index) -> bind(statement, index, kind, value);
    }

    final Binding ordered(ScalarKind kind, Object value) {
        return (statement, index) -> bindOrdered(statement, index, kind, value);
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static int nullType(ScalarKind kind) {
        return switch (kind) {
            case TEXT -> Types.VARCHAR;
            case LONG -> Types.BIGINT;
            case DECIMAL -> Types.NUMERIC;
            case BOOLEAN -> Types.BOOLEAN;
            case INSTANT -> Types.TIMESTAMP_WITH_TIMEZONE;
            case DATE -> Types.DATE;
            case ID -> Types.OTHER;
        };
    }

    static @Nullable Object read(ResultSet rows, int index, ScalarKind kind) throws SQLException {
        return switch (kind) {
            case TEXT -> rows.getString(index);
            case LONG -> {
                long value = rows.getLong(index);
                yield rows.wasNull() ? null : value;
            }
            case DECIMAL -> canonical(rows.getBigDecimal(index));
            case BOOLEAN -> {
                boolean value = rows.getBoolean(index);
                yield rows.wasNull() ? null : value;
            }
            case INSTANT -> {
                OffsetDateTime value = rows.getObject(index, OffsetDateTime.class);
                yield value == null ? null : value.toInstant();
            }
            case DATE -> rows.getObject(index, LocalDate.class);
            case ID -> rows.getObject(index, UUID.class);
        };
    }

    /** A decimal as the port exchanges it: no trailing zeros, no negative scale. */
    private static @Nullable BigDecimal canonical(@Nullable BigDecimal value) {
        if (value == null || value.signum() == 0) {
            return value == null ? null : BigDecimal.ZERO;
        }
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
