package dev.crmcore.metrics.churn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known about customers: one row for each, in named columns that are numeric or categorical. Both may have missing
 * values: {@link Double#NaN} in a numeric column, {@code null} in a categorical one.
 *
 * <pre>{@code
 * FeatureTable table = FeatureTable.builder(3)
 *         .numeric("tenure", 1, 34, Double.NaN)
 *         .category("contract", Arrays.asList("monthly", "yearly", null))
 *         .build();
 * }</pre>
 *
 * <p>Rows have no customer id: the caller keeps the order. Immutable and thread-safe; 8 bytes for each numeric value and 4
 * for each categorical one.
 */
public final class FeatureTable {

    private final int rows;
    private final Map<String, Column> columns;

    private FeatureTable(int rows, Map<String, Column> columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * Begins a table.
     *
     * @param rows the number of customers, not negative
     * @return a builder
     * @throws IllegalArgumentException if the number is negative
     */
    public static Builder builder(int rows) {
        return new Builder(rows);
    }

    /**
     * The number of customers.
     *
     * @return the number of rows, not negative
     */
    public int rows() {
        return rows;
    }

    /**
     * The names of the columns, in the order in which they were given.
     *
     * @return the names
     */
    public List<String> names() {
        return List.copyOf(columns.keySet());
    }

    /**
     * Whether a column is numeric.
     *
     * @param name the column's name
     * @return true if it is numeric, false if it is categorical
     * @throws IllegalArgumentException if there is no such column
     */
    public boolean isNumeric(String name) {
        return column(name).numbers != null;
    }

    /**
     * One numeric value.
     *
     * @param name the name of a numeric column
     * @param row the row, from 0
     * @return the value, {@link Double#NaN} if it is missing
     * @throws IllegalArgumentException if there is no such numeric column
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public double number(String name, int row) {
        return numbers(name)[Objects.checkIndex(row, rows)];
    }

    /**
     * One categorical value.
     *
     * @param name the name of a categorical column
     * @param row the row, from 0
     * @return the level, or empty if it is missing
     * @throws IllegalArgumentException if there is no such categorical column
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Optional<String> level(String name, int row) {
        int code = codes(name)[Objects.checkIndex(row, rows)];
        return code < 0 ? Optional.empty() : Optional.of(levels(name).get(code));
    }

    /**
     * A table of some of the rows.
     *
     * @param chosen the rows, from 0; a row may be chosen several times
     * @return a table with the same columns and those rows, in that order
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public FeatureTable select(int... chosen) {
        for (int row : chosen) {
            Objects.checkIndex(row, rows);
        }
        Map<String, Column> selected = new LinkedHashMap<>();
        columns.forEach((name, column) -> selected.put(name, column.select(chosen)));
        return new FeatureTable(chosen.length, selected);
    }

    /** The number of rows and the names of the columns; no values. */
    @Override
    public String toString() {
        return rows + " rows of " + columns.keySet();
    }

    /** The values of a numeric column, not to be changed. */
    double[] numbers(String name) {
        double[] numbers = column(name).numbers;
        if (numbers == null) {
            throw new IllegalArgumentException("column \"" + name + "\" must be numeric, but is categorical");
        }
        return numbers;
    }

    /** The values of a categorical column as positions in {@link #levels}, -1 if missing; not to be changed. */
    int[] codes(String name) {
        int[] codes = column(name).codes;
        if (codes == null) {
            throw new IllegalArgumentException("column \"" + name + "\" must be categorical, but is numeric");
        }
        return codes;
    }

    /** The levels of a categorical column in the order of their first appearance. */
    List<String> levels(String name) {
        return column(name).levels;
    }

    private Column column(String name) {
        Column column = columns.get(Objects.requireNonNull(name, "name"));
        if (column == null) {
            throw new IllegalArgumentException("there is no column \"" + name + "\" among " + columns.keySet());
        }
        return column;
    }

    private static final class Column {

        /** So much below the largest number that no difference of two values overflows. */
        private static final double LARGEST = 1e300;

        private final double @Nullable [] numbers;
        private final int @Nullable [] codes;
        private final List<String> levels;

        private Column(double @Nullable [] numbers, int @Nullable [] codes, List<String> levels) {
            this.numbers = numbers;
            this.codes = codes;
            this.levels = levels;
        }

        private static Column numeric(String name, double[] values) {
            double[] numbers = values.clone();
            for (int row = 0; row < numbers.length; row++) {
                if (Math.abs(numbers[row]) > LARGEST) {
                    throw new IllegalArgumentException("column \"" + name + "\", row " + row + ": must be at most "
                            + LARGEST + " in size, or NaN if it is missing, not " + numbers[row]);
                }
            }
            return new Column(numbers, null, List.of());
        }

        private static Column categorical(List<? extends @Nullable String> values) {
            Map<String, Integer> known = new HashMap<>();
            List<String> levels = new ArrayList<>();
            int[] codes = new int[values.size()];
            int row = 0;
            for (String value : values) {
                if (value == null) {
                    codes[row++] = -1;
                    continue;
                }
                Integer code = known.get(value);
                if (code == null) {
                    code = levels.size();
                    known.put(value, code);
                    levels.add(value);
                }
                codes[row++] = code;
            }
            return new Column(null, codes, Collections.unmodifiableList(levels));
        }

        private Column select(int[] chosen) {
            if (numbers != null) {
                double[] some = new double[chosen.length];
                for (int i = 0; i < chosen.length; i++) {
                    some[i] = numbers[chosen[i]];
                }
                return new Column(some, null, levels);
            }
            int[] all = Objects.requireNonNull(codes);
            int[] some = new int[chosen.length];
            for (int i = 0; i < chosen.length; i++) {
                some[i] = all[chosen[i]];
            }
            return new Column(null, some, levels);
        }
    }

    /** Collects the columns of a table. Not thread-safe. */
    public static final class Builder {

        private final int rows;
        private final Map<String, Column> columns = new LinkedHashMap<>();

        private Builder(int rows) {
            if (rows < 0) {
                throw new IllegalArgumentException("rows must not be negative, not " + rows);
            }
            this.rows = rows;
        }

        /**
         * Adds a numeric column.
         *
         * @param name the column's name, not blank
         * @param values one number of at most 1e300 in size for each row, or {@link Double#NaN} where it is missing; copied
         * @return this builder
         * @throws IllegalArgumentException if the name is blank or taken, there are more or fewer values than rows, or one of
         *     them is above 1e300 in size
         */
        public Builder numeric(String name, double... values) {
            check(name, values.length);
            columns.put(name, Column.numeric(name, values));
            return this;
        }

        /**
         * Adds a numeric column of 1 for true and 0 for false.
         *
         * @param name the column's name, not blank
         * @param values one value for each row; copied
         * @return this builder
         * @throws IllegalArgumentException if the name is blank or taken or there are more or fewer values than rows
         */
        public Builder flag(String name, boolean... values) {
            double[] numbers = new double[values.length];
            for (int row = 0; row < numbers.length; row++) {
                numbers[row] = values[row] ? 1 : 0;
            }
            return numeric(name, numbers);
        }

        /**
         * Adds a categorical column.
         *
         * @param name the column's name, not blank
         * @param values one level for each row, or null where it is missing; copied
         * @return this builder
         * @throws IllegalArgumentException if the name is blank or taken or there are more or fewer values than rows
         */
        public Builder category(String name, List<? extends @Nullable String> values) {
            check(name, values.size());
            columns.put(name, Column.categorical(values));
            return this;
        }

        /**
         * Makes the table.
         *
         * @return the table
         */
        public FeatureTable build() {
            return new FeatureTable(rows, Collections.unmodifiableMap(new LinkedHashMap<>(columns)));
        }

        private void check(String name, int length) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("name of a column must not be blank");
            }
            if (columns.containsKey(name)) {
                throw new IllegalArgumentException("there is already a column \"" + name + "\"");
            }
            if (length != rows) {
                throw new IllegalArgumentException(
                        "column \"" + name + "\" must have " + rows + " values, one for each row, not " + length);
            }
        }
    }
}
