package dev.crmcore.store.memory;

import dev.crmcore.store.RowCursor;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads stored values; where they come from is said by {@link Rows}. */
final class MemoryCursor implements RowCursor {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    /** Rows, one after the other. */
    interface Rows {

        boolean next();

        /** A value of the row at which {@link #next} has arrived. */
        @Nullable
        Object at(int column);
    }

    private final Rows rows;
    private final Consumer<MemoryCursor> onClose;
    private boolean onRow;
    private boolean closed;

    MemoryCursor(Rows rows, Consumer<MemoryCursor> onClose) {
        this.rows = rows;
        this.onClose = onClose;
    }

    @Override
    public boolean next() {
        requireOpen();
        onRow = rows.next();
        return onRow;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the cursor is closed");
        }
    }

    private @Nullable Object at(int column) {
        requireOpen();
        if (!onRow) {
            throw new IllegalStateException("the cursor is not on a row");
        }
        return rows.at(column);
    }

    private Object require(int column) {
        Object value = at(column);
        if (value == null) {
            throw new IllegalStateException("the value of column " + column + " is absent");
        }
        return value;
    }

    @Override
    public boolean isNull(int column) {
        return at(column) == null;
    }

    @Override
    public long getLong(int column) {
        return (Long) require(column);
    }

    @Override
    public BigDecimal getDecimal(int column) {
        return (BigDecimal) require(column);
    }

    @Override
    public long getScaled(int column, int scale) {
        return getDecimal(column).scaleByPowerOfTen(scale).longValueExact();
    }

    @Override
    public String getText(int column) {
        return (String) require(column);
    }

    @Override
    public boolean getBoolean(int column) {
        return (Boolean) require(column);
    }

    @Override
    public Instant getInstant(int column) {
        return (Instant) require(column);
    }

    @Override
    public long getEpochMicros(int column) {
        Instant instant = getInstant(column);
        return instant.getEpochSecond() * MICROS_PER_SECOND + instant.getNano() / NANOS_PER_MICRO;
    }

    @Override
    public LocalDate getDate(int column) {
        return (LocalDate) require(column);
    }

    @Override
    public UUID getId(int column) {
        return (UUID) require(column);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            onClose.accept(this);
        }
    }
}
