package dev.crmcore.metrics.marketing;

import dev.crmcore.metrics.internal.LongTable;
import java.util.Arrays;

/**
 * The transitions between the states of paths. A state of order k is the last k channels touched so far, from the k-th touch
 * on; a path of no more than k touches is one state. A run of equal states is one state, which changes no probability of
 * absorption.
 */
final class PathChain {

    private final int order;
    private final int base;
    private final LongTable numbers = new LongTable();
    private long[] keys = new long[64];
    private long[] startsIn = {};
    private long[] passages = {};
    private long[] conversionsAfter = {};
    private long[] minorUnitsAfter = {};
    private long[] endsAfter = {};
    private long conversions;
    private long minorUnits;
    private long journeys;

    private PathChain(int order, int channels) {
        this.order = order;
        this.base = channels + 1;
        if (order * Math.log(base) > 62 * Math.log(2)) {
            throw new IllegalArgumentException(channels + " channels are too many for a chain of order " + order);
        }
    }

    static PathChain of(Attribution attribution, int order) {
        PathChain chain = new PathChain(order, attribution.channels().size());
        int[] stateAt = chain.numberStates(attribution);
        chain.allocate();
        PathCounts counts = attribution.counts();
        for (int path = 0; path < attribution.paths(); path++) {
            if (isCounted(attribution, path)) {
                chain.count(attribution, path, counts, stateAt);
            }
        }
        return chain;
    }

    /** The state at every touch that ends one. */
    private int[] numberStates(Attribution attribution) {
        int paths = attribution.paths();
        int[] stateAt = new int[paths == 0 ? 0 : attribution.end(paths - 1)];
        long oldest = 1;
        for (int i = 1; i < order; i++) {
            oldest *= base;
        }
        for (int path = 0; path < paths; path++) {
            if (!isCounted(attribution, path)) {
                continue;
            }
            long key = 0;
            for (int at = attribution.start(path); at < attribution.end(path); at++) {
                key = key % oldest * base + attribution.touch(at) + 1;
                if (at >= firstState(attribution, path)) {
                    stateAt[at] = number(key);
                }
            }
        }
        return stateAt;
    }

    private int firstState(Attribution attribution, int path) {
        return Math.min(attribution.start(path) + order, attribution.end(path)) - 1;
    }

    private static boolean isCounted(Attribution attribution, int path) {
        return attribution.start(path) < attribution.end(path)
                && attribution.counts().conversions(path) + attribution.counts().nonConversions(path) > 0;
    }

    private int number(long key) {
        int known = (int) numbers.get(key);
        if (known > 0) {
            return known - 1;
        }
        int number = numbers.size();
        if (number == MarkovAttribution.MOST_STATES) {
            throw new IllegalArgumentException("a chain of order " + order + " over " + (base - 1)
                    + " channels has more than " + MarkovAttribution.MOST_STATES
                    + " states: take a lower order, or count rare channels as one");
        }
        numbers.put(key, number + 1L);
        if (number == keys.length) {
            keys = Arrays.copyOf(keys, 2 * keys.length);
        }
        keys[number] = key;
        return number;
    }

    private void allocate() {
        int states = states();
        startsIn = new long[states];
        passages = new long[states * states];
        conversionsAfter = new long[states];
        minorUnitsAfter = new long[states];
        endsAfter = new long[states];
    }

    private void count(Attribution attribution, int path, PathCounts counts, int[] stateAt) {
        long times = counts.conversions(path) + counts.nonConversions(path);
        int states = states();
        int first = firstState(attribution, path);
        int state = stateAt[first];
        startsIn[state] += times;
        for (int at = first + 1; at < attribution.end(path); at++) {
            int next = stateAt[at];
            if (next != state) {
                passages[state * states + next] = Math.addExact(passages[state * states + next], times);
                state = next;
            }
        }
        conversionsAfter[state] += counts.conversions(path);
        minorUnitsAfter[state] += counts.minorUnits(path);
        endsAfter[state] += counts.nonConversions(path);
        journeys += times;
        conversions += counts.conversions(path);
        minorUnits += counts.minorUnits(path);
    }

    int order() {
        return order;
    }

    int states() {
        return numbers.size();
    }

    long journeys() {
        return journeys;
    }

    long conversions() {
        return conversions;
    }

    long minorUnits() {
        return minorUnits;
    }

    long startsIn(int state) {
        return startsIn[state];
    }

    long passages(int from, int to) {
        return passages[from * states() + to];
    }

    long conversionsAfter(int state) {
        return conversionsAfter[state];
    }

    long minorUnitsAfter(int state) {
        return minorUnitsAfter[state];
    }

    long endsAfter(int state) {
        return endsAfter[state];
    }

    /** How often a state was left, at least once; a path that goes round may leave it more often than there are journeys. */
    long left(int state) {
        long left = Math.addExact(conversionsAfter[state], endsAfter[state]);
        for (int to = 0; to < states(); to++) {
            left = Math.addExact(left, passages(state, to));
        }
        return left;
    }

    /** The channels of a state in the order of the touches. */
    int[] channelsOf(int state) {
        int[] channels = new int[order];
        int at = order;
        for (long key = keys[state]; key > 0; key /= base) {
            channels[--at] = (int) (key % base) - 1;
        }
        return Arrays.copyOfRange(channels, at, order);
    }
}
