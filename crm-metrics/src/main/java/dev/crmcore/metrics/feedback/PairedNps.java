package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.Change;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.TestResult;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.Arrays;
import java.util.stream.Collector;

/**
 * The change of the Net Promoter Score of customers who were asked twice, by the paired t test on each customer's difference
 * of the codes +1, 0, -1.
 *
 * <p>Byte form, version 1: five u64, the numbers of customers whose code changed by -2, -1, 0, 1 and 2.
 *
 * <p>Mutable, not thread-safe. State: five counts.
 */
public final class PairedNps implements Accumulator<PairedNps.Pair, PairedNps, Change> {

    /** What the figure means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("nps-paired-change", 1)
            .name("Change of the Net Promoter Score of the same customers")
            .kind(KpiKind.MERGEABLE)
            .unit("points, -200 to 200")
            .formula("100 * mean of (code after - code before), code +1, 0, -1; paired t with n - 1 degrees of freedom")
            .emptyRule("undefined without a pair; untested with one pair or if all codes changed alike")
            .source("MeasuringU 2021; Student 1908")
            .build();

    /** How to begin, resume and collect. */
    public static final AccumulatorType<Pair, PairedNps, Change> TYPE =
            AccumulatorType.of(DEFINITION, PairedNps::create, PairedNps::fromBytes);

    private static final int FORMAT = 1;
    private static final int MOST = 2;

    private final long[] counts = new long[2 * MOST + 1];

    private PairedNps() {}

    /**
     * One customer's two answers.
     *
     * @param before the earlier answer, 0 to 10
     * @param after the later answer, 0 to 10
     */
    public record Pair(int before, int after) {
        /**
         * Two answers; they are held against the scale when they are counted.
         *
         * @param before the earlier answer, 0 to 10
         * @param after the later answer, 0 to 10
         */
        public Pair {}
    }

    /**
     * Begins.
     *
     * @return an accumulator without pairs
     */
    public static PairedNps create() {
        return new PairedNps();
    }

    /**
     * The change as a collector.
     *
     * @return a collector of pairs
     */
    public static Collector<Pair, ?, Change> collector() {
        return TYPE.collector();
    }

    /**
     * Resumes from a byte form.
     *
     * @param bytes what {@link #toBytes()} returned
     * @return an accumulator with that state
     * @throws IllegalArgumentException if the bytes are not such a state
     */
    public static PairedNps fromBytes(byte[] bytes) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        PairedNps paired = new PairedNps();
        for (int i = 0; i < paired.counts.length; i++) {
            paired.counts[i] = reader.getCount();
        }
        reader.end();
        return paired;
    }

    @Override
    public void add(Pair pair) {
        add(pair.before(), pair.after());
    }

    /**
     * Counts one customer.
     *
     * @param before the earlier answer, 0 to 10
     * @param after the later answer, 0 to 10
     * @throws IllegalArgumentException if an answer is not 0 to 10
     */
    public void add(int before, int after) {
        int change = NpsCategory.of(after).code() - NpsCategory.of(before).code();
        counts[change + MOST]++;
    }

    @Override
    public void merge(PairedNps other) {
        long[] sum = new long[counts.length];
        Arrays.setAll(sum, i -> Math.addExact(counts[i], other.counts[i]));
        System.arraycopy(sum, 0, counts, 0, sum.length);
    }

    @Override
    public Change result() {
        return result(Interval.DEFAULT_LEVEL);
    }

    /**
     * The change with an interval of some level.
     *
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the mean change in points; untested with one pair or if all codes changed alike; undefined without pairs
     * @throws IllegalArgumentException if the level is out of range
     */
    public Change result(double level) {
        SampleMean mean = mean();
        Estimate difference = mean.estimate(level);
        if (mean.n() == 0) {
            return Change.undefined(Undefined.noData("no customer answered twice"));
        }
        if (mean.n() < 2) {
            return Change.untested(difference, Undefined.tooFew("a paired test needs two customers"));
        }
        if (mean.variance() == 0) {
            return Change.untested(
                    difference, new Undefined(Undefined.Reason.NO_VARIATION, "all customers changed alike"));
        }
        double t = difference.value() / Math.sqrt(mean.variance() / mean.n());
        return Change.of(difference, TestResult.ofT("paired t", t, mean.n() - 1.0));
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT);
        for (long count : counts) {
            writer.putLong(count);
        }
        return writer.toBytes();
    }

    private SampleMean mean() {
        long n = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < counts.length; i++) {
            double change = 100.0 * (i - MOST);
            n = Math.addExact(n, counts[i]);
            sum += counts[i] * change;
            squares += counts[i] * change * change;
        }
        // Whole multiples of 10,000: exact up to 2^39 pairs, so that equal changes have variance 0
        double variance = n < 2 ? 0 : Math.max(0, (squares - sum / n * sum) / (n - 1.0));
        return new SampleMean(n, sum, variance);
    }
}
