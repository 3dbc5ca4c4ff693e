package dev.crmcore.metrics.stats;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.internal.PairMoments;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;

/**
 * The difference of two means with less noise (CUPED): what customers did before the experiment explains part of what they do
 * in it, and that part is taken away. If the covariate explains half the variance, half the customers are enough.
 *
 * <p>The covariate must be from before the experiment: one that the experiment moves takes the effect away with it.
 *
 * <p>Byte form, version 1: for the treated, then for the others: u64 n, f64 mean covariate, f64 mean outcome, f64 sum of squared
 * deviations of the covariate, f64 of the outcome, f64 of their products.
 *
 * <p>Mutable, not thread-safe. The state has a fixed size; the order of the observations moves the result by some units in the
 * last place.
 */
public final class Cuped implements Accumulator<CupedObservation, Cuped, CupedResult> {

    /** What the adjusted difference means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("cuped-difference", 1)
            .name("CUPED-adjusted difference of means")
            .kind(KpiKind.MERGEABLE)
            .unit("that of the outcome")
            .formula("difference of the means of y - theta (x - mean x), theta = cov(y, x) / var(x)")
            .variant("theta over both groups together")
            .emptyRule("undefined if a group is empty")
            .source("Deng, Xu, Kohavi and Walker 2013; interval: Welch 1947")
            .build();

    /** How to begin, resume and collect. */
    public static final AccumulatorType<CupedObservation, Cuped, CupedResult> TYPE =
            AccumulatorType.of(DEFINITION, Cuped::new, Cuped::fromBytes);

    private static final int FORMAT = 1;

    private final PairMoments treated;
    private final PairMoments others;

    private Cuped() {
        this(new PairMoments(), new PairMoments());
    }

    private Cuped(PairMoments treated, PairMoments others) {
        this.treated = treated;
        this.others = others;
    }

    @Override
    public void add(CupedObservation observation) {
        group(observation.treated()).add(observation.covariate(), observation.outcome());
    }

    /**
     * Counts one customer.
     *
     * @param isTreated whether the customer is in the group with the change
     * @param outcome the figure of the experiment, finite
     * @param covariate a figure from before the experiment, finite
     * @throws IllegalArgumentException if a number is not finite; nothing was counted then
     * @throws ArithmeticException if the spread exceeds the range of a double; nothing was counted then
     */
    public void add(boolean isTreated, double outcome, double covariate) {
        CupedObservation.requireFinite(outcome, "outcome");
        CupedObservation.requireFinite(covariate, "covariate");
        group(isTreated).add(covariate, outcome);
    }

    @Override
    public void merge(Cuped other) {
        // A trial first, so that an overflow of the second group leaves the first as it was
        PairMoments trial = new PairMoments();
        trial.add(others);
        trial.add(other.others);
        treated.add(other.treated);
        others.add(other.others);
    }

    @Override
    public CupedResult result() {
        PairMoments all = new PairMoments();
        all.add(treated);
        all.add(others);
        double theta = all.squaresX() == 0 ? 0 : all.products() / all.squaresX();
        return new CupedResult(
                theta,
                adjusted(treated, theta, all.meanX()),
                adjusted(others, theta, all.meanX()),
                adjusted(treated, 0, 0),
                adjusted(others, 0, 0));
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT);
        treated.write(writer);
        others.write(writer);
        return writer.toBytes();
    }

    private PairMoments group(boolean isTreated) {
        return isTreated ? treated : others;
    }

    /** Mean and variance of y - theta (x - centre). */
    private static SampleMean adjusted(PairMoments group, double theta, double centre) {
        double mean = group.meanY() - theta * (group.meanX() - centre);
        double squares = group.squaresY() - 2 * theta * group.products() + theta * theta * group.squaresX();
        return new SampleMean(group.n(), mean * group.n(), group.n() < 2 ? 0 : Math.max(0, squares) / (group.n() - 1));
    }

    private static Cuped fromBytes(byte[] bytes) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        Cuped cuped = new Cuped(PairMoments.read(reader), PairMoments.read(reader));
        reader.end();
        return cuped;
    }
}
