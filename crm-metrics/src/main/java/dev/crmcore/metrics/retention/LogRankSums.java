package dev.crmcore.metrics.retention;

import java.util.Arrays;

/** Sums the observed and expected events of groups over the event times, with the variance of their differences. */
final class LogRankSums {

    private final SurvivalTimes times;
    private final Labels groups;
    private final LogRankWeight weight;
    private final long[] subjects;
    private final double[] observed;
    private final double[] expected;
    private final double[][] variance;

    private final long[] atRisk;
    private final long[] events;

    LogRankSums(SurvivalTimes times, Labels groups, LogRankWeight weight) {
        this.times = times;
        this.groups = groups;
        this.weight = weight;
        int k = groups.size();
        subjects = new long[k];
        observed = new double[k];
        expected = new double[k];
        variance = new double[k][k];
        atRisk = new long[k];
        events = new long[k];
        for (int i = 0; i < times.size(); i++) {
            subjects[groups.index(i)]++;
        }
    }

    void add(SurvivalOrder order) {
        for (int stratum = 0; stratum < order.strata(); stratum++) {
            addStratum(order, order.start(stratum), order.start(stratum + 1));
        }
        for (int g = 0; g < variance.length; g++) {
            for (int h = 0; h < g; h++) {
                variance[h][g] = variance[g][h];
            }
        }
    }

    private void addStratum(SurvivalOrder order, int start, int end) {
        Arrays.fill(atRisk, 0);
        for (int place = start; place < end; place++) {
            int subject = order.byTime(place);
            atRisk[groups.index(subject)] += times.entry(subject) > 0 ? 0 : 1;
        }
        double survival = 1;
        double peto = 1;
        int entered = start;
        for (int place = start; place < end; ) {
            double time = times.time(order.byTime(place));
            entered = enter(order, entered, end, time);
            int next = place;
            while (next < end && times.time(order.byTime(next)) == time) {
                int subject = order.byTime(next++);
                events[groups.index(subject)] += times.event(subject) ? 1 : 0;
            }
            double n = sum(atRisk);
            double d = sum(events);
            if (d > 0) {
                peto *= 1 - d / (n + 1);
                addTime(n, d, weight.at(n, survival, peto));
                survival *= (n - d) / n;
            }
            for (; place < next; place++) {
                atRisk[groups.index(order.byTime(place))]--;
            }
            Arrays.fill(events, 0);
        }
    }

    /** Lets in who came late, but before a time. */
    private int enter(SurvivalOrder order, int from, int end, double time) {
        int entered = from;
        while (times.hasLateEntries() && entered < end && times.entry(order.byEntry(entered)) < time) {
            int subject = order.byEntry(entered++);
            atRisk[groups.index(subject)] += times.entry(subject) > 0 ? 1 : 0;
        }
        return entered;
    }

    private void addTime(double n, double d, double w) {
        double spread = n > 1 ? w * w * d * (n - d) / (n - 1) : 0;
        for (int g = 0; g < atRisk.length; g++) {
            double share = atRisk[g] / n;
            observed[g] += w * events[g];
            expected[g] += w * d * share;
            variance[g][g] += spread * share;
            for (int h = 0; h <= g; h++) {
                variance[g][h] -= spread * share * (atRisk[h] / n);
            }
        }
    }

    private static double sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return (double) sum;
    }

    long[] subjects() {
        return subjects;
    }

    double[] observed() {
        return observed;
    }

    double[] expected() {
        return expected;
    }

    double[][] variance() {
        return variance;
    }
}
