package dev.crmcore.metrics.stats;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.TestResult;
import dev.crmcore.metrics.internal.ChiSquared;
import java.util.Optional;

/**
 * Whether an experiment's groups came out as they were split. A mismatch (SRM) means that something lost or doubled customers
 * of one group, and then no figure of the experiment is to be read.
 *
 * <p>Immutable and thread-safe.
 */
public final class SampleRatio {

    /** What the test means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("sample-ratio-mismatch", 1)
            .name("Sample ratio mismatch (SRM)")
            .kind(KpiKind.BATCH)
            .unit("p-value, 0 to 1")
            .formula("chi-squared test of the sizes of the groups against the planned ratio; a mismatch below 0.001")
            .emptyRule("no test without customers")
            .source("Pearson 1900; Fabijan et al. 2019")
            .build();

    /** Below this p-value the split is taken to be broken. Strict, since a sound experiment should not be thrown away. */
    public static final double MISMATCH_BELOW = 0.001;

    /** Less than that of any planned split, and enough for a finite statistic. */
    private static final double LEAST_PART = 1e-100;

    private final long[] observed;
    private final double[] expected;

    private SampleRatio(long[] observed, double[] expected) {
        this.observed = observed;
        this.expected = expected;
    }

    /**
     * The split of an experiment.
     *
     * @param observed how many customers each group has, not negative; at least two groups
     * @param ratio the planned ratio, one positive and finite number for each group, such as 1, 9
     * @return the split
     * @throws IllegalArgumentException if the lengths differ, there are fewer than two groups, or a number is out of range
     * @throws ArithmeticException if there are more customers than a long holds
     */
    public static SampleRatio of(long[] observed, double... ratio) {
        if (observed.length != ratio.length || observed.length < 2) {
            throw new IllegalArgumentException("observed and ratio must be of the same two or more groups, not "
                    + observed.length + " and " + ratio.length);
        }
        long all = 0;
        double parts = 0;
        for (int i = 0; i < ratio.length; i++) {
            if (observed[i] < 0) {
                throw new IllegalArgumentException("observed[" + i + "] must not be negative, not " + observed[i]);
            }
            if (!(ratio[i] > 0 && Double.isFinite(ratio[i]))) {
                throw new IllegalArgumentException("ratio[" + i + "] must be positive and finite, not " + ratio[i]);
            }
            all = Math.addExact(all, observed[i]);
            parts += ratio[i];
        }
        double[] expected = new double[ratio.length];
        for (int i = 0; i < ratio.length; i++) {
            if (!(ratio[i] / parts >= LEAST_PART)) {
                throw new IllegalArgumentException("ratio[" + i + "] must be at least " + LEAST_PART
                        + " of the sum of all parts, not " + ratio[i] + " of " + parts);
            }
            expected[i] = all * (ratio[i] / parts);
        }
        return new SampleRatio(observed.clone(), expected);
    }

    /**
     * Pearson's chi-squared test of the split.
     *
     * @return the test, or empty if there are no customers
     */
    public Optional<TestResult> test() {
        double statistic = 0;
        for (int i = 0; i < expected.length; i++) {
            if (expected[i] == 0) {
                return Optional.empty();
            }
            double off = observed[i] - expected[i];
            statistic += off * off / expected[i];
        }
        double df = expected.length - 1.0;
        return Optional.of(TestResult.of(
                "chi-squared test of the sample ratio", statistic, df, ChiSquared.upperTail(statistic, df)));
    }

    /**
     * Whether the split is broken.
     *
     * @return whether the p-value is below {@link #MISMATCH_BELOW}
     */
    public boolean isMismatch() {
        return test().map(test -> test.pValue() < MISMATCH_BELOW).orElse(false);
    }
}
