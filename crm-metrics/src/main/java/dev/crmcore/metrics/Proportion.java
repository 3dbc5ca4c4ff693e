package dev.crmcore.metrics;

import dev.crmcore.metrics.internal.Normal;

/**
 * k successes in n trials: the base of every rate.
 *
 * <pre>{@code
 * Proportion march = Proportion.of(235, 300);
 * march.estimate();                                      // 0.7833 [0.7333, 0.8262], Wilson
 * Proportion.of(271, 322).changeFrom(march).test();      // N-1 z = 1.863
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param successes how many trials succeeded, not negative
 * @param trials how many trials there were, not below {@code successes}
 */
public record Proportion(long successes, long trials) {

    /**
     * Checks the counts.
     *
     * @param successes how many trials succeeded, not negative
     * @param trials how many trials there were, not below {@code successes}
     * @throws IllegalArgumentException if the counts are out of range
     */
    public Proportion {
        if (successes < 0 || successes > trials) {
            throw new IllegalArgumentException(
                    "successes must be 0 to trials, not " + successes + " of " + trials + " trials");
        }
    }

    /**
     * A proportion.
     *
     * @param successes how many trials succeeded, not negative
     * @param trials how many trials there were, not below {@code successes}
     * @return the proportion
     * @throws IllegalArgumentException if the counts are out of range
     */
    public static Proportion of(long successes, long trials) {
        return new Proportion(successes, trials);
    }

    /**
     * The share with its 95 % Wilson interval.
     *
     * @return the share, 0 to 1; undefined without trials
     */
    public Estimate estimate() {
        return estimate(ProportionInterval.WILSON, Interval.DEFAULT_LEVEL);
    }

    /**
     * The share with an interval.
     *
     * @param method the interval's method
     * @param level its nominal coverage, above 0 and below 1
     * @return the share, 0 to 1; undefined without trials
     * @throws IllegalArgumentException if the level is out of range
     */
    public Estimate estimate(ProportionInterval method, double level) {
        Interval interval = method.of(successes, trials, level);
        return trials == 0
                ? Estimate.undefined(Undefined.noData("a share of nothing"))
                : Estimate.ratio((double) successes, (double) trials, trials).withInterval(interval);
    }

    /**
     * The change from an earlier, independent proportion, with a 95 % interval.
     *
     * @param earlier the earlier proportion
     * @return the difference of the shares with Newcombe's interval and the N-1 test; untested if all trials of both
     *     succeeded or all failed; undefined if one side has no trials
     */
    public Change changeFrom(Proportion earlier) {
        return changeFrom(earlier, Interval.DEFAULT_LEVEL);
    }

    /**
     * The change from an earlier, independent proportion: Newcombe's hybrid score interval (1998, method 10) of the difference,
     * and the two-proportion z test with pooled variance and the N-1 correction {@code z sqrt((N-1)/N)} (Campbell 2007).
     *
     * @param earlier the earlier proportion
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the difference of the shares, -1 to 1; untested if all trials of both succeeded or all failed; undefined if one
     *     side has no trials
     * @throws IllegalArgumentException if the level is out of range
     */
    public Change changeFrom(Proportion earlier, double level) {
        Interval.requireLevel(level);
        if (trials == 0 || earlier.trials == 0) {
            return Change.undefined(Undefined.noData("a change needs trials on both sides"));
        }
        double difference = share() - earlier.share();
        Estimate estimate =
                Estimate.of(difference, trials + earlier.trials).withInterval(newcombe(earlier, difference, level));
        double all = (double) trials + earlier.trials;
        double pooled = ((double) successes + earlier.successes) / all;
        double variance = pooled * (1 - pooled) * (1.0 / trials + 1.0 / earlier.trials);
        if (variance == 0) {
            return Change.untested(
                    estimate,
                    new Undefined(Undefined.Reason.NO_VARIATION, "all trials of both sides ended in the same way"));
        }
        double z = difference / Math.sqrt(variance) * Math.sqrt((all - 1) / all);
        return Change.of(estimate, TestResult.ofZ("two-proportion z with N-1 correction", z));
    }

    private Interval newcombe(Proportion earlier, double difference, double level) {
        Interval mine = ProportionInterval.WILSON.of(successes, trials, level);
        Interval theirs = ProportionInterval.WILSON.of(earlier.successes, earlier.trials, level);
        double down = Math.hypot(share() - mine.lower(), theirs.upper() - earlier.share());
        double up = Math.hypot(mine.upper() - share(), earlier.share() - theirs.lower());
        return new Interval(difference - down, difference + up, level, "Newcombe");
    }

    /**
     * The one-sided Wilson lower bound, for ranking by a share without rewarding small samples.
     *
     * @param level how sure the bound is, above 0 and below 1, such as 0.95
     * @return the bound, 0 to 1; 0 without trials or successes
     * @throws IllegalArgumentException if the level is out of range
     */
    public double lowerBound(double level) {
        Interval.requireLevel(level);
        return successes == 0
                ? 0
                : Math.max(0, ProportionInterval.score(share(), (double) trials, -Normal.quantile(level)));
    }

    private double share() {
        return (double) successes / trials;
    }
}
