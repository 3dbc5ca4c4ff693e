package dev.crmcore.metrics.marketing;

import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.Arrays;

/**
 * Conversions, their value and non-conversions by path, with their totals. No number is negative, so a total within 64 bits
 * says that every number is.
 */
final class PathCounts {

    private static final int LEAST = 16;

    private long[] conversions = new long[LEAST];
    private long[] minorUnits = new long[LEAST];
    private long[] nonConversions = new long[LEAST];
    private long allConversions;
    private long allMinorUnits;
    private long allNonConversions;

    long conversions(int path) {
        return conversions[path];
    }

    long minorUnits(int path) {
        return minorUnits[path];
    }

    long nonConversions(int path) {
        return nonConversions[path];
    }

    long allConversions() {
        return allConversions;
    }

    long allMinorUnits() {
        return allMinorUnits;
    }

    long allNonConversions() {
        return allNonConversions;
    }

    /** Refuses what would take a total, or the number of journeys, beyond 64 bits. */
    void requireRoom(long moreConversions, long moreMinorUnits, long moreNonConversions) {
        Math.addExact(
                Math.addExact(allConversions, moreConversions), Math.addExact(allNonConversions, moreNonConversions));
        Math.addExact(allMinorUnits, moreMinorUnits);
    }

    void requireRoom(PathCounts other) {
        requireRoom(other.allConversions, other.allMinorUnits, other.allNonConversions);
    }

    void add(int path, long moreConversions, long moreMinorUnits, long moreNonConversions) {
        if (path >= conversions.length) {
            int length = Math.max(path + 1, Math.multiplyExact(2, conversions.length));
            conversions = Arrays.copyOf(conversions, length);
            minorUnits = Arrays.copyOf(minorUnits, length);
            nonConversions = Arrays.copyOf(nonConversions, length);
        }
        conversions[path] += moreConversions;
        minorUnits[path] += moreMinorUnits;
        nonConversions[path] += moreNonConversions;
        allConversions += moreConversions;
        allMinorUnits += moreMinorUnits;
        allNonConversions += moreNonConversions;
    }

    /** Adds another one's paths, which here have other numbers. */
    void add(PathCounts other, int[] pathsHere) {
        for (int i = 0; i < pathsHere.length; i++) {
            add(pathsHere[i], other.conversions[i], other.minorUnits[i], other.nonConversions[i]);
        }
    }

    /** Whether the counts of the first {@code paths} paths are the same. */
    boolean equals(PathCounts other, int paths) {
        return Arrays.equals(conversions, 0, paths, other.conversions, 0, paths)
                && Arrays.equals(minorUnits, 0, paths, other.minorUnits, 0, paths)
                && Arrays.equals(nonConversions, 0, paths, other.nonConversions, 0, paths);
    }

    PathCounts inOrder(int[] order) {
        PathCounts sorted = new PathCounts();
        for (int i = 0; i < order.length; i++) {
            sorted.add(i, conversions[order[i]], minorUnits[order[i]], nonConversions[order[i]]);
        }
        return sorted;
    }

    void write(StateWriter writer, int paths) {
        for (int i = 0; i < paths; i++) {
            writer.putLong(conversions[i]).putLong(minorUnits[i]).putLong(nonConversions[i]);
        }
    }

    static PathCounts read(StateReader reader, int paths) {
        PathCounts counts = new PathCounts();
        for (int i = 0; i < paths; i++) {
            long conversions = reader.getCount();
            long minorUnits = reader.getCount();
            long nonConversions = reader.getCount();
            if (minorUnits > 0 && conversions == 0) {
                throw reader.malformed("a value without a conversion");
            }
            counts.requireRoom(conversions, minorUnits, nonConversions);
            counts.add(i, conversions, minorUnits, nonConversions);
        }
        return counts;
    }
}
