package dev.crmcore.metrics;

import dev.crmcore.metrics.internal.Hypergeometric;

/**
 * The two-sided tests of whether two independent proportions differ. The statistic is positive if the later one is larger.
 *
 * <p>{@link #N_MINUS_1} is the default. {@link #FISHER} never refuses too often and is for tables in which an expected count is
 * small; the price is that it finds less.
 *
 * <p>Immutable and thread-safe. Cost: constant, for Fisher's test the square root of the number of trials or, if one outcome is
 * rare, less.
 */
public enum DifferenceTest {

    /** The z test with pooled variance and the correction sqrt((N-1)/N): Campbell 2007. */
    N_MINUS_1("two-proportion z with N-1 correction") {
        @Override
        TestResult test(Proportion later, Proportion earlier) {
            double all = (double) later.trials() + earlier.trials();
            return TestResult.ofZ(title(), pooledZ(later, earlier, 0) * Math.sqrt((all - 1) / all));
        }
    },

    /** The z test with pooled variance; its square is Pearson's chi-squared. */
    POOLED_Z("two-proportion z") {
        @Override
        TestResult test(Proportion later, Proportion earlier) {
            return TestResult.ofZ(title(), pooledZ(later, earlier, 0));
        }
    },

    /** The z test with Yates's continuity correction of a half; its square is the corrected chi-squared. */
    YATES("two-proportion z with Yates's correction") {
        @Override
        TestResult test(Proportion later, Proportion earlier) {
            return TestResult.ofZ(title(), pooledZ(later, earlier, 0.5));
        }
    },

    /**
     * Fisher's exact test: all tables with the same margins that are no more likely than the observed one, where likelihoods
     * within 1e-7 of each other count as equal, as in R. The statistic is the later side's successes minus their expectation. A
     * p-value below 1e-300 is 0.
     */
    FISHER("Fisher's exact test") {
        @Override
        TestResult test(Proportion later, Proportion earlier) {
            Hypergeometric table = new Hypergeometric(
                    later.trials(), earlier.trials(), Math.addExact(later.successes(), earlier.successes()));
            return TestResult.exact(
                    title(), later.successes() - table.mean(), table.noMoreLikelyThan(later.successes()));
        }
    };

    private final String title;

    DifferenceTest(String title) {
        this.title = title;
    }

    /** The test of two sides with trials, not all of which ended in the same way. */
    abstract TestResult test(Proportion later, Proportion earlier);

    final String title() {
        return title;
    }

    /** The statistic, with the distance of the later count from its expectation shortened by a correction. */
    static double pooledZ(Proportion later, Proportion earlier, double correction) {
        double n = (double) later.trials();
        double m = (double) earlier.trials();
        double difference = DifferenceInterval.difference(later, earlier);
        double succeeded = ((double) later.successes() + earlier.successes()) / (n + m);
        double failed =
                ((double) (later.trials() - later.successes()) + (earlier.trials() - earlier.successes())) / (n + m);
        double shortened = Math.max(0, Math.abs(difference) - correction * (1 / n + 1 / m));
        return Math.copySign(shortened, difference) / Math.sqrt(succeeded * failed * (1 / n + 1 / m));
    }
}
