package dev.crmcore.exchange;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of a file: texts by the name of their column.
 *
 * <p>Immutable and thread-safe. {@code toString} shows the line alone, since the values may be personal.
 */
public final class Row {

    private final long line;
    private final Columns columns;
    private final List<@Nullable String> values;
    private final @Nullable String damage;

    private Row(long line, Columns columns, List<@Nullable String> values, @Nullable String damage) {
        this.line = line;
        this.columns = columns;
        this.values = values;
        this.damage = damage;
    }

    /**
     * A row of a source of the host's own.
     *
     * @param line where it stands, from 1
     * @param values the values by the names of their columns
     * @return the row
     */
    public static Row of(long line, Map<String, String> values) {
        return of(line, Columns.of(List.copyOf(values.keySet())), List.copyOf(values.values()));
    }

    /** The row keeps the list, which does not change. */
    static Row of(long line, Columns columns, List<? extends @Nullable String> values) {
        return new Row(line, columns, Collections.unmodifiableList(values), null);
    }

    /** A row that could not be taken apart. */
    static Row damaged(long line, String why) {
        return new Row(line, Columns.of(List.of()), List.of(), Objects.requireNonNull(why, "why"));
    }

    /**
     * Where it stands.
     *
     * @return the number of its first line in the file, from 1
     */
    public long line() {
        return line;
    }

    /**
     * The columns of the file.
     *
     * @return their names in order
     */
    public List<String> columns() {
        return columns.names();
    }

    /**
     * Reads a value. Space around it is cut off; what is then empty counts as absent.
     *
     * @param column the name of the column
     * @return the value, empty where the file has no such column or the row has nothing in it
     */
    public Optional<String> text(String column) {
        int position = columns.position(column);
        String value = position < 0 ? null : values.get(position);
        String stripped = value == null ? "" : value.strip();
        return stripped.isEmpty() ? Optional.empty() : Optional.of(stripped);
    }

    /**
     * Why the row could not be taken apart.
     *
     * @return the reason, empty for a sound row
     */
    public Optional<String> damage() {
        return Optional.ofNullable(damage);
    }

    @Override
    public String toString() {
        return "Row[line " + line + "]";
    }
}
