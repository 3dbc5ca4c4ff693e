package dev.crmcore.metrics.churn;

import dev.crmcore.metrics.internal.IndexSort;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How trees see one column: as a small number. A numeric column is cut at up to 253 places between values of the customers
 * that were learnt from, each bin holding about as many of them; of a categorical one the 254 most frequent levels have a
 * number each. What is missing, and a level that was not seen or is rarer, has the number {@link #MISSING}.
 */
final class Binning {

    static final int MISSING = 255;
    static final int BINS = 254;

    private final String name;
    private final boolean numeric;
    private final double[] cuts;
    private final List<String> levels;

    private Binning(String name, boolean numeric, double[] cuts, List<String> levels) {
        this.name = name;
        this.numeric = numeric;
        this.cuts = cuts;
        this.levels = levels;
    }

    static Binning learn(FeatureTable table, String name) {
        return table.isNumeric(name)
                ? new Binning(name, true, cuts(table.numbers(name)), List.of())
                : new Binning(name, false, new double[0], levels(table, name));
    }

    private static double[] cuts(double[] values) {
        double[] sorted =
                Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        double[] cuts = new double[BINS - 1];
        int count = 0;
        int distinct = distinct(sorted);
        int inBin = 0;
        int left = sorted.length;
        for (int i = 0; i + 1 < sorted.length && count < cuts.length; i++) {
            inBin++;
            boolean full = distinct <= BINS || (long) inBin * (BINS - count) >= left;
            if (sorted[i] < sorted[i + 1] && full) {
                cuts[count++] = between(sorted[i], sorted[i + 1]);
                left -= inBin;
                inBin = 0;
            }
        }
        return Arrays.copyOf(cuts, count);
    }

    private static int distinct(double[] sorted) {
        int distinct = sorted.length == 0 ? 0 : 1;
        for (int i = 1; i < sorted.length; i++) {
            distinct += sorted[i - 1] < sorted[i] ? 1 : 0;
        }
        return distinct;
    }

    /** The middle, at least {@code low} and below {@code high}. */
    private static double between(double low, double high) {
        double middle = low / 2 + high / 2;
        return middle >= low && middle < high ? middle : low;
    }

    private static List<String> levels(FeatureTable table, String name) {
        List<String> seen = table.levels(name);
        int[] counts = new int[seen.size()];
        for (int code : table.codes(name)) {
            if (code >= 0) {
                counts[code]++;
            }
        }
        int[] order = IndexSort.sorted(seen.size(), (i, j) -> {
            int byCount = Integer.compare(counts[j], counts[i]);
            return byCount == 0 ? seen.get(i).compareTo(seen.get(j)) : byCount;
        });
        List<String> levels = new ArrayList<>();
        for (int code : order) {
            if (counts[code] > 0 && levels.size() < BINS) {
                levels.add(seen.get(code));
            }
        }
        return List.copyOf(levels);
    }

    String name() {
        return name;
    }

    boolean numeric() {
        return numeric;
    }

    /** How many bins there are besides the one for what is missing. */
    int bins() {
        return numeric ? cuts.length + 1 : levels.size();
    }

    /** The bin of each customer, as an unsigned byte. */
    byte[] bins(FeatureTable table) {
        byte[] bins = new byte[table.rows()];
        if (numeric) {
            double[] values = table.numbers(name);
            for (int row = 0; row < bins.length; row++) {
                bins[row] = (byte) bin(values[row]);
            }
            return bins;
        }
        Map<String, Integer> own = new HashMap<>();
        for (int i = 0; i < levels.size(); i++) {
            own.put(levels.get(i), i);
        }
        List<String> theirs = table.levels(name);
        byte[] byCode = new byte[theirs.size()];
        for (int code = 0; code < byCode.length; code++) {
            byCode[code] = (byte) own.getOrDefault(theirs.get(code), MISSING).intValue();
        }
        int[] codes = table.codes(name);
        for (int row = 0; row < bins.length; row++) {
            bins[row] = codes[row] < 0 ? (byte) MISSING : byCode[codes[row]];
        }
        return bins;
    }

    private int bin(double value) {
        if (Double.isNaN(value)) {
            return MISSING;
        }
        int low = 0;
        int high = cuts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (value <= cuts[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    void write(StateWriter writer) {
        writer.putString(name).putByte(numeric ? 1 : 0);
        if (numeric) {
            ModelBytes.writeDoubles(writer, cuts);
        } else {
            ModelBytes.writeStrings(writer, levels);
        }
    }

    static Binning read(StateReader reader) {
        String name = reader.getString();
        boolean numeric = reader.getByte() == 1;
        double[] cuts = numeric ? ModelBytes.readDoubles(reader) : new double[0];
        List<String> levels = numeric ? List.of() : List.copyOf(ModelBytes.readStrings(reader));
        for (int i = 1; i < cuts.length; i++) {
            if (!(cuts[i - 1] < cuts[i])) {
                throw reader.malformed("cuts must ascend");
            }
        }
        if (cuts.length >= BINS || levels.size() > BINS) {
            throw reader.malformed("more than " + BINS + " bins");
        }
        return new Binning(name, numeric, cuts, levels);
    }
}
