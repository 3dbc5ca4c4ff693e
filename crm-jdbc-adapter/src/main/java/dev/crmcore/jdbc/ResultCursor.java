package dev.crmcore.jdbc;

import dev.crmcore.query.ScalarKind;
import dev.crmcore.store.RowCursor;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows that a database sends as they are read. */
final class ResultCursor implements RowCursor {

    /**
     * A column of the result.
     *
     * @param kind what its values are read as
     * @param wideSum whether it is a sum of whole numbers, which the database may have worked out beyond their range
     */
    record Shape(ScalarKind kind, boolean wideSum) {}

    private final Statement statement;
    private final ResultSet rows;
    private final Shape[] shapes;
    private final Failures failures;
    private final Runnable onClose;
    /** Values of the row that were read to see whether they are absent. */
    private final @Nullable Object[] read;

    private final boolean[] isRead;
    private boolean onRow;
    private boolean closed;

    ResultCursor(Statement statement, ResultSet rows, List<Shape> shapes, Failures failures, Runnable onClose) {
        this.statement = statement;
        this.rows = rows;
        this.shapes = shapes.toArray(Shape[]::new);
        this.failures = failures;
        this.onClose = onClose;
        this.read = new @Nullable Object[this.shapes.length];
        this.isRead = new boolean[this.shapes.length];
    }

    @Override
    public boolean next() {
        requireOpen();
        try {
            onRow = rows.next();
        } catch (SQLException e) {
            throw failures.of("read rows", e);
        }
        Arrays.fill(isRead, false);
        return onRow;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the cursor is closed");
        }
    }

    private void requireKind(int column, ScalarKind kind) {
        ScalarKind actual = shapes[column].kind();
        if (actual != kind) {
            throw new ClassCastException("column " + column + " is " + actual + ", not " + kind);
        }
    }

    private void requireRow() {
        requireOpen();
        if (!onRow) {
            throw new IllegalStateException("the cursor is not on a row");
        }
    }

    private static IllegalStateException absent(int column) {
        return new IllegalStateException("the value of column " + column + " is absent");
    }

    /** Reads a value once, so that it can be asked whether it is absent and then be read. */
    private @Nullable Object value(int column) {
        requireRow();
        if (!isRead[column]) {
            try {
                read[column] = load(column);
            } catch (SQLException e) {
                throw failures.of("read a value", e);
            }
            isRead[column] = true;
        }
        return read[column];
    }

    private @Nullable Object load(int column) throws SQLException {
        if (shapes[column].wideSum()) {
            BigDecimal sum = rows.getBigDecimal(column + 1);
            return sum == null ? null : sum.longValueExact();
        }
        return Dialect.read(rows, column + 1, shapes[column].kind());
    }

    private Object present(int column, ScalarKind kind) {
        requireKind(column, kind);
        Object value = value(column);
        if (value == null) {
            throw absent(column);
        }
        return value;
    }

    @Override
    public boolean isNull(int column) {
        return value(column) == null;
    }

    @Override
    public long getLong(int column) {
        requireKind(column, ScalarKind.LONG);
        requireRow();
        if (isRead[column] || shapes[column].wideSum()) {
            return (Long) present(column, ScalarKind.LONG);
        }
        try {
            long value = rows.getLong(column + 1);
            if (value == 0 && rows.wasNull()) {
                throw absent(column);
            }
            return value;
        } catch (SQLException e) {
            throw failures.of("read a value", e);
        }
    }

    @Override
    public BigDecimal getDecimal(int column) {
        return (BigDecimal) present(column, ScalarKind.DECIMAL);
    }

    @Override
    public long getScaled(int column, int scale) {
        requireKind(column, ScalarKind.DECIMAL);
        requireRow();
        if (isRead[column]) {
            return scaled(getDecimal(column), scale);
        }
        try {
            BigDecimal value = rows.getBigDecimal(column + 1);
            if (value == null) {
                throw absent(column);
            }
            return scaled(value, scale);
        } catch (SQLException e) {
            throw failures.of("read a value", e);
        }
    }

    private static long scaled(BigDecimal value, int scale) {
        return value.movePointRight(scale).longValueExact();
    }

    @Override
    public String getText(int column) {
        return (String) present(column, ScalarKind.TEXT);
    }

    @Override
    public boolean getBoolean(int column) {
        return (Boolean) present(column, ScalarKind.BOOLEAN);
    }

    @Override
    public Instant getInstant(int column) {
        return (Instant) present(column, ScalarKind.INSTANT);
    }

    @Override
    public long getEpochMicros(int column) {
        Instant instant = getInstant(column);
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    }

    @Override
    public LocalDate getDate(int column) {
        return (LocalDate) present(column, ScalarKind.DATE);
    }

    @Override
    public UUID getId(int column) {
        return (UUID) present(column, ScalarKind.ID);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        onRow = false;
        onClose.run();
        try {
            statement.close();
        } catch (SQLException e) {
            throw failures.of("close a cursor", e);
        }
    }
}
