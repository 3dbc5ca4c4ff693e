package dev.crmcore.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Typed columns of many rows, read forward only. Columns count from 0.
 *
 * <pre>{@code
 * try (RowCursor rows = tx.scan(query, List.of(Purchase.CUSTOMER, Purchase.PLACED_AT, Purchase.TOTAL.amount()))) {
 *     while (rows.next()) {
 *         summary.add(rows.getId(0), rows.getEpochMicros(1), rows.getDecimal(2));
 *     }
 * }
 * }</pre>
 *
 * <p>Reading an absent value through a getter of a primitive type is an {@code IllegalStateException}, through one of an
 * object type too: ask {@link #isNull} first. Reading a column as another kind than its own is a {@code
 * ClassCastException}. Not thread-safe.
 */
public interface RowCursor extends AutoCloseable {

    /**
     * Moves to the next row.
     *
     * @return whether there is one
     */
    boolean next();

    /**
     * Whether the value is absent.
     *
     * @param column the column
     * @return whether it is
     */
    boolean isNull(int column);

    /**
     * Reads a whole number.
     *
     * @param column the column
     * @return the number
     */
    long getLong(int column);

    /**
     * Reads a decimal.
     *
     * @param column the column
     * @return the decimal in its canonical form, without trailing zeros
     */
    BigDecimal getDecimal(int column);

    /**
     * Reads a decimal as a whole number of its smallest parts, such as cents, without making an object where the store
     * can.
     *
     * @param column the column
     * @param scale how many digits after the point a part is
     * @return the decimal times ten to the power of the scale
     * @throws ArithmeticException if it has more digits after the point or does not fit
     */
    long getScaled(int column, int scale);

    /**
     * Reads a text.
     *
     * @param column the column
     * @return the text
     */
    String getText(int column);

    /**
     * Reads what is true or false.
     *
     * @param column the column
     * @return the value
     */
    boolean getBoolean(int column);

    /**
     * Reads a point in time.
     *
     * @param column the column
     * @return the instant
     */
    Instant getInstant(int column);

    /**
     * Reads a point in time as a number, without making an object where the store can.
     *
     * @param column the column
     * @return microseconds since 1970-01-01T00:00Z
     */
    long getEpochMicros(int column);

    /**
     * Reads a day.
     *
     * @param column the column
     * @return the day
     */
    LocalDate getDate(int column);

    /**
     * Reads an id.
     *
     * @param column the column
     * @return the id
     */
    UUID getId(int column);

    /** Ends the reading; the transaction can go on. Closing twice does nothing. */
    @Override
    void close();
}
