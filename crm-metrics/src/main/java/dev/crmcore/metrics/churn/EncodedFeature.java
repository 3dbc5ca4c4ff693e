package dev.crmcore.metrics.churn;

import dev.crmcore.metrics.internal.Quantiles;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a linear model sees one column, learnt from the customers it was fitted on. A numeric column is one term: missing
 * values become the median, then the column is centred and divided by its population standard deviation. A categorical one
 * is a term of 0 and 1 for each level but the first in ascending order; missing is a level of its own, after the others, if
 * there were missing values. A level that was not seen then counts as each level in its share.
 */
final class EncodedFeature {

    private static final String MISSING = "(missing)";

    private final String name;
    private final boolean numeric;
    private final double median;
    private final double mean;
    private final double deviation;
    private final List<String> levels;
    private final boolean missingIsLevel;
    private final double[] shares;

    private EncodedFeature(
            String name, double @Nullable [] moments, List<String> levels, boolean missingIsLevel, double[] shares) {
        this.name = name;
        this.numeric = moments != null;
        this.median = moments == null ? 0 : moments[0];
        this.mean = moments == null ? 0 : moments[1];
        this.deviation = moments == null ? 1 : moments[2];
        this.levels = levels;
        this.missingIsLevel = missingIsLevel;
        this.shares = shares;
    }

    static EncodedFeature learn(FeatureTable table, String name) {
        return table.isNumeric(name) ? learnNumeric(name, table.numbers(name)) : learnCategory(table, name);
    }

    private static EncodedFeature learnNumeric(String name, double[] values) {
        double[] known =
                Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        double median = known.length == 0 ? 0 : Quantiles.type7(known, 0.5);
        // In units of the largest value, so that no square overflows
        double unit = known.length == 0 ? 1 : Math.max(Math.abs(known[0]), Math.abs(known[known.length - 1]));
        if (unit == 0) {
            unit = 1;
        }
        double mean = 0;
        int seen = 0;
        double squares = 0;
        for (double value : values) {
            double x = (Double.isNaN(value) ? median : value) / unit;
            double off = x - mean;
            mean += off / ++seen;
            squares += off * (x - mean);
        }
        double deviation = Math.sqrt(squares / seen) * unit;
        mean *= unit;
        boolean varies = deviation > 0 && Double.isFinite(deviation);
        return new EncodedFeature(
                name, new double[] {median, mean, varies ? deviation : 1}, List.of(), false, new double[] {0});
    }

    private static EncodedFeature learnCategory(FeatureTable table, String name) {
        int[] codes = table.codes(name);
        List<String> seen = table.levels(name);
        int[] counts = new int[seen.size()];
        int missing = 0;
        for (int code : codes) {
            if (code < 0) {
                missing++;
            } else {
                counts[code]++;
            }
        }
        TreeMap<String, Integer> ascending = new TreeMap<>();
        for (int code = 0; code < counts.length; code++) {
            if (counts[code] > 0) {
                ascending.put(seen.get(code), counts[code]);
            }
        }
        List<String> levels = new ArrayList<>(ascending.keySet());
        double[] shares = new double[levels.size() + (missing > 0 ? 1 : 0)];
        int at = 0;
        for (int count : ascending.values()) {
            shares[at++] = (double) count / codes.length;
        }
        if (missing > 0) {
            shares[at] = (double) missing / codes.length;
        }
        return new EncodedFeature(name, null, List.copyOf(levels), missing > 0, shares);
    }

    String name() {
        return name;
    }

    boolean numeric() {
        return numeric;
    }

    /** How many terms the column becomes. */
    int terms() {
        return numeric ? 1 : shares.length - 1;
    }

    /** The level of a term of a categorical column. */
    String level(int term) {
        return term + 1 < levels.size() ? levels.get(term + 1) : MISSING;
    }

    /** What one unit of the column is in units of the term. */
    double scale() {
        return 1 / deviation;
    }

    double mean() {
        return mean;
    }

    /** The mean of a term over the customers that were learnt from. */
    double termMean(int term) {
        return numeric ? 0 : shares[term + 1];
    }

    /** Writes the terms of all customers into columns. */
    void encode(FeatureTable table, double[][] into, int first) {
        if (numeric) {
            double[] values = table.numbers(name);
            for (int row = 0; row < values.length; row++) {
                into[first][row] = standardised(values[row]);
            }
            return;
        }
        int[] own = ownLevels(table);
        int[] codes = table.codes(name);
        for (int row = 0; row < codes.length; row++) {
            int level = own[codes[row] + 1];
            for (int term = 0; term < terms(); term++) {
                into[first + term][row] = level < 0 ? shares[term + 1] : level == term + 1 ? 1 : 0;
            }
        }
    }

    /** Adds what the column says to each customer's sum. */
    void accumulate(FeatureTable table, double[] weights, int first, double[] sums) {
        if (numeric) {
            double[] values = table.numbers(name);
            for (int row = 0; row < values.length; row++) {
                sums[row] += weights[first] * standardised(values[row]);
            }
            return;
        }
        double[] byCode = byCode(table, weights, first);
        int[] codes = table.codes(name);
        for (int row = 0; row < codes.length; row++) {
            sums[row] += byCode[codes[row] + 1];
        }
    }

    /** What the column says of one customer, beside the mean of the customers that were learnt from. */
    double contribution(FeatureTable table, int row, double[] weights, int first) {
        if (numeric) {
            return weights[first] * standardised(table.numbers(name)[row]);
        }
        double value = byCode(table, weights, first)[table.codes(name)[row] + 1];
        return value - average(weights, first);
    }

    double average(double[] weights, int first) {
        double average = 0;
        for (int term = 0; term < terms(); term++) {
            average += weights[first + term] * termMean(term);
        }
        return average;
    }

    private double[] byCode(FeatureTable table, double[] weights, int first) {
        int[] own = ownLevels(table);
        double[] byCode = new double[own.length];
        for (int i = 0; i < own.length; i++) {
            byCode[i] = own[i] < 0 ? average(weights, first) : own[i] == 0 ? 0 : weights[first + own[i] - 1];
        }
        return byCode;
    }

    /** The own level for missing, at 0, and for each code of the table, at code + 1; -1 if it was never seen. */
    private int[] ownLevels(FeatureTable table) {
        List<String> theirs = table.levels(name);
        int[] own = new int[theirs.size() + 1];
        own[0] = missingIsLevel ? levels.size() : -1;
        TreeMap<String, Integer> known = new TreeMap<>();
        for (int i = 0; i < levels.size(); i++) {
            known.put(levels.get(i), i);
        }
        for (int code = 0; code < theirs.size(); code++) {
            own[code + 1] = known.getOrDefault(theirs.get(code), -1);
        }
        return own;
    }

    private double standardised(double value) {
        return ((Double.isNaN(value) ? median : value) - mean) / deviation;
    }

    void write(StateWriter writer) {
        writer.putString(name).putByte(numeric ? 1 : 0);
        if (numeric) {
            writer.putDouble(median).putDouble(mean).putDouble(deviation);
        } else {
            ModelBytes.writeStrings(writer, levels);
            writer.putByte(missingIsLevel ? 1 : 0);
            ModelBytes.writeDoubles(writer, shares);
        }
    }

    static EncodedFeature read(StateReader reader) {
        String name = reader.getString();
        if (reader.getByte() == 1) {
            double[] moments = {reader.getFinite(), reader.getFinite(), reader.getFinite()};
            if (!(moments[2] > 0)) {
                throw reader.malformed("standard deviation must be positive, not " + moments[2]);
            }
            return new EncodedFeature(name, moments, List.of(), false, new double[] {0});
        }
        List<String> levels = ModelBytes.readStrings(reader);
        boolean missingIsLevel = reader.getByte() == 1;
        double[] shares = ModelBytes.readDoubles(reader);
        if (shares.length == 0 || shares.length != levels.size() + (missingIsLevel ? 1 : 0)) {
            throw reader.malformed(shares.length + " shares of " + levels.size() + " levels");
        }
        return new EncodedFeature(name, null, List.copyOf(levels), missingIsLevel, shares);
    }
}
