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
        return changeFrom(earlier, DifferenceInterval.NEWCOMBE, DifferenceTest.N_MINUS_1, level);
    }

    /**
     * The change from an earlier, independent proportion, by other methods.
     *
     * @param earlier the earlier proportion
     * @param interval the method of the interval
     * @param test the test
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the difference of the shares, -1 to 1; untested if all trials of both succeeded or all failed; undefined if one
     *     side has no trials
     * @throws IllegalArgumentException if the level is out of range
     */
    public Change changeFrom(Proportion earlier, DifferenceInterval interval, DifferenceTest test, double level) {
        Interval bounds = interval.of(this, earlier, level);
        if (trials == 0 || earlier.trials == 0) {
            return Change.undefined(Undefined.noData("a change needs trials on both sides"));
        }
        Estimate difference =
                Estimate.of(share() - earlier.share(), trials + earlier.trials).withInterval(bounds);
        if (endedAlike(earlier)) {
            return Change.untested(
                    difference,
                    new Undefined(Undefined.Reason.NO_VARIATION, "all trials of both sides ended in the same way"));
        }
        return Change.of(difference, test.test(this, earlier));
    }

    /**
     * The share as a multiple of that of an earlier, independent proportion (the risk ratio), with the interval of Katz et al.
     * 1978: the logarithm of the ratio &plusmn; z sqrt(1/k - 1/n + 1/k' - 1/n').
     *
     * @param earlier the earlier proportion
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the ratio, not negative; without an interval if this side has no success; undefined if the earlier side has none,
     *     or this side no trials
     * @throws IllegalArgumentException if the level is out of range
     */
    public Estimate ratioTo(Proportion earlier, double level) {
        Interval.requireLevel(level);
        if (trials == 0 || earlier.trials == 0) {
            return Estimate.undefined(Undefined.noData("a ratio needs trials on both sides"));
        }
        if (earlier.successes == 0) {
            return Estimate.undefined(
                    new Undefined(Undefined.Reason.ZERO_BASE, "the earlier side has no success to compare with"),
                    trials + earlier.trials);
        }
        Estimate ratio = Estimate.ratio(share(), earlier.share(), trials + earlier.trials);
        if (successes == 0) {
            return ratio;
        }
        double error = Math.sqrt(1.0 / successes - 1.0 / trials + (1.0 / earlier.successes - 1.0 / earlier.trials));
        double factor = Math.exp(Normal.twoSidedQuantile(level) * error);
        return ratio.withInterval(new Interval(ratio.value() / factor, ratio.value() * factor, level, "Katz"));
    }

    /**
     * By which part the share rose: {@link #ratioTo} minus 1.
     *
     * @param earlier the earlier proportion
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the lift, 0.25 for a quarter more, -1 if nothing is left; undefined where the ratio is
     * @throws IllegalArgumentException if the level is out of range
     */
    public Estimate liftOver(Proportion earlier, double level) {
        Estimate ratio = ratioTo(earlier, level);
        if (!ratio.isDefined()) {
            return ratio;
        }
        Estimate lift = Estimate.ratio(share() - earlier.share(), earlier.share(), ratio.n());
        return ratio.interval()
                .map(i -> lift.withInterval(new Interval(i.lower() - 1, i.upper() - 1, i.level(), i.method())))
                .orElse(lift);
    }

    /**
     * The odds of success as a multiple of those of another, independent proportion.
     *
     * @param earlier the other proportion
     * @return the ratio of the odds in the samples, not negative, with its 95 % interval on the logarithm (Woolf 1955) where it is
     *     neither 0 nor infinite; infinite if only the other side's odds are 0; undefined if both odds are 0 or both are
     *     infinite, or a side has no trials
     */
    public Estimate oddsRatioTo(Proportion earlier) {
        long n = trials + earlier.trials;
        if (trials == 0 || earlier.trials == 0) {
            return Estimate.undefined(Undefined.noData("a ratio needs trials on both sides"));
        }
        if (endedAlike(earlier)) {
            return Estimate.undefined(
                    new Undefined(Undefined.Reason.NO_VARIATION, "all trials of both sides ended in the same way"), n);
        }
        double top = (double) successes * (earlier.trials - earlier.successes);
        double base = (double) earlier.successes * (trials - successes);
        if (base == 0) {
            return Estimate.of(Double.POSITIVE_INFINITY, n);
        }
        Estimate ratio = Estimate.ratio(top, base, n);
        if (top == 0) {
            return ratio;
        }
        double variance = 1.0 / successes
                + 1.0 / (trials - successes)
                + 1.0 / earlier.successes
                + 1.0 / (earlier.trials - earlier.successes);
        double factor = Math.exp(Normal.twoSidedQuantile(Interval.DEFAULT_LEVEL) * Math.sqrt(variance));
        return ratio.withInterval(
                new Interval(ratio.value() / factor, ratio.value() * factor, Interval.DEFAULT_LEVEL, "Woolf"));
    }

    /**
     * Cohen's h, the difference on the scale on which equal differences are equally hard to find: 2 asin &radic;p - 2 asin &radic;p'.
     * About 0.2 is called small, 0.5 medium, 0.8 large.
     *
     * @param earlier the other proportion
     * @return the effect size, -&pi; to &pi;, with its 95 % normal interval on this scale, where the variance is 1/n + 1/m;
     *     undefined if a side has no trials
     */
    public Estimate effectSizeFrom(Proportion earlier) {
        if (trials == 0 || earlier.trials == 0) {
            return Estimate.undefined(Undefined.noData("an effect needs trials on both sides"));
        }
        double effect = 2 * (Math.asin(Math.sqrt(share())) - Math.asin(Math.sqrt(earlier.share())));
        double half = Normal.twoSidedQuantile(Interval.DEFAULT_LEVEL) * Math.sqrt(1.0 / trials + 1.0 / earlier.trials);
        return Estimate.of(effect, trials + earlier.trials)
                .withInterval(new Interval(effect - half, effect + half, Interval.DEFAULT_LEVEL, "normal")
                        .clampedTo(-Math.PI, Math.PI));
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

    /** k/n, NaN without trials. */
    double share() {
        return (double) successes / trials;
    }

    private boolean endedAlike(Proportion earlier) {
        return (successes == 0 && earlier.successes == 0)
                || (successes == trials && earlier.successes == earlier.trials);
    }
}
