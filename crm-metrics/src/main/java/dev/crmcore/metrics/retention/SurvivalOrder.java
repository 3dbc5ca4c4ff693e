package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.internal.DoubleSort;

/** The subjects by stratum and, within one, by the time at which they left; and again by the time at which they came in. */
final class SurvivalOrder {

    private final int[] start;
    private final int[] byTime;
    private final int[] byEntry;

    SurvivalOrder(SurvivalTimes times, Labels strata) {
        start = new int[strata.size() + 1];
        for (int i = 0; i < times.size(); i++) {
            start[strata.index(i) + 1]++;
        }
        for (int s = 0; s < strata.size(); s++) {
            start[s + 1] += start[s];
        }
        byTime = byStratum(DoubleSort.positions(times.times()), strata);
        byEntry = times.hasLateEntries() ? byStratum(DoubleSort.positions(times.entries()), strata) : new int[0];
    }

    private int[] byStratum(int[] positions, Labels strata) {
        if (strata.size() == 1) {
            return positions;
        }
        int[] next = start.clone();
        int[] sorted = new int[positions.length];
        for (int position : positions) {
            sorted[next[strata.index(position)]++] = position;
        }
        return sorted;
    }

    int strata() {
        return start.length - 1;
    }

    /** Where a stratum begins in either order; the next one's beginning is its end. */
    int start(int stratum) {
        return start[stratum];
    }

    /** The subject at a place in the order of leaving. */
    int byTime(int place) {
        return byTime[place];
    }

    /** The subject at a place in the order of coming in, if any came in late. */
    int byEntry(int place) {
        return byEntry[place];
    }
}
