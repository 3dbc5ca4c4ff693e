package dev.crmcore.exchange;

import java.util.Objects;

/**
 * Why a row was not taken.
 *
 * <p>{@code toString} leaves the value out, because it may be personal; {@link #describe()} shows it.
 *
 * @param line the number of the row's first line in the file
 * @param column the column, as the file calls it; empty where the whole row is damaged
 * @param value the value as it stands there; empty where there is none; of a long one the first 200 characters and
 *     {@code …}
 * @param reason what is wrong with it
 */
public record Reject(long line, String column, String value, String reason) {

    private static final int SHOWN = 200;

    /**
     * Checks the parts and cuts a long value, so that a thousand kept rejects stay small.
     *
     * @param line the number of the row's first line in the file
     * @param column the column, as the file calls it; empty where the whole row is damaged
     * @param value the value as it stands there; empty where there is none; a long one is cut
     * @param reason what is wrong with it
     */
    public Reject {
        Objects.requireNonNull(column, "column");
        value = shortened(Objects.requireNonNull(value, "value"));
        Objects.requireNonNull(reason, "reason");
    }

    private static String shortened(String text) {
        if (text.length() <= SHOWN) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
        return text.substring(0, end) + "…";
    }

    /**
     * The reject for people, with the value.
     *
     * @return such as {@code line 7, column amount: 'abc' is not a number}
     */
    public String describe() {
        return "line " + line + (column.isEmpty() ? "" : ", column " + column) + ": "
                + (column.isEmpty() ? "" : "'" + value + "' ") + reason;
    }

    @Override
    public String toString() {
        return "Reject[line " + line + ", column " + column + ", " + reason + "]";
    }
}
