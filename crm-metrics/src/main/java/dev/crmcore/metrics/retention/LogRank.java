package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.TestResult;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.SemidefiniteCholesky;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The log-rank test: whether two or more groups have the same survival. At each event time the events of a group are held
 * against the share that it had in those at risk.
 *
 * <pre>{@code
 * LogRank test = LogRank.test(times, plan);          // plan: a number for each subject
 * test.test().pValue();
 * test.observed(1) / test.expected(1);               // above 1: more events than by chance
 * }</pre>
 *
 * <p>With strata, events are held only against subjects of their own stratum, so that a difference between strata is not
 * taken for one between groups.
 *
 * <p>Immutable and thread-safe. Cost: O(n + m k&sup2;) for n subjects, m event times and k groups.
 */
public final class LogRank {

    /** What the test means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("log-rank", 1)
            .name("Log-rank test")
            .kind(KpiKind.BATCH)
            .unit("chi squared")
            .formula(
                    "U' V^-1 U; U = sum over event times of weight * (events of the group - events * share of the group at"
                            + " risk), V its hypergeometric variance")
            .variant("weight, strata")
            .emptyRule("untested if fewer than two groups are ever at risk together with an event")
            .source("Mantel 1966; Harrington and Fleming 1982; Tarone and Ware 1977")
            .build();

    private final LogRankWeight weight;
    private final Labels groups;
    private final long[] subjects;
    private final double[] observed;
    private final double[] expected;
    private final @Nullable TestResult test;

    private LogRank(LogRankWeight weight, Labels groups, LogRankSums sums) {
        this.weight = weight;
        this.groups = groups;
        this.subjects = sums.subjects();
        this.observed = sums.observed();
        this.expected = sums.expected();
        double[] difference = new double[groups.size()];
        for (int g = 0; g < difference.length; g++) {
            difference[g] = observed[g] - expected[g];
        }
        SemidefiniteCholesky variance = new SemidefiniteCholesky(sums.variance());
        test = variance.rank() == 0
                ? null
                : TestResult.ofChiSquared(weight.name(), variance.quadraticForm(difference), variance.rank());
    }

    /**
     * The log-rank test.
     *
     * @param times the survival times
     * @param group the group of each subject, any number
     * @return the test
     * @throws IllegalArgumentException if there are not as many groups as subjects
     */
    public static LogRank test(SurvivalTimes times, int[] group) {
        return test(times, group, LogRankWeight.LOG_RANK);
    }

    /**
     * A weighted log-rank test.
     *
     * @param times the survival times
     * @param group the group of each subject, any number
     * @param weight how much each time counts
     * @return the test
     * @throws IllegalArgumentException if there are not as many groups as subjects
     */
    public static LogRank test(SurvivalTimes times, int[] group, LogRankWeight weight) {
        return test(times, group, Labels.same(times.size()), weight);
    }

    /**
     * A weighted log-rank test within strata.
     *
     * @param times the survival times
     * @param group the group of each subject, any number
     * @param stratum the stratum of each subject, any number
     * @param weight how much each time counts, by the survival in its stratum
     * @return the test
     * @throws IllegalArgumentException if there are not as many groups or strata as subjects
     */
    public static LogRank stratified(SurvivalTimes times, int[] group, int[] stratum, LogRankWeight weight) {
        SurvivalTimes.requireLength(stratum.length, times.size(), "stratum");
        return test(times, group, Labels.of(stratum), weight);
    }

    private static LogRank test(SurvivalTimes times, int[] group, Labels strata, LogRankWeight weight) {
        SurvivalTimes.requireLength(group.length, times.size(), "group");
        Labels groups = Labels.of(group);
        LogRankSums sums = new LogRankSums(times, groups, weight);
        sums.add(new SurvivalOrder(times, strata));
        return new LogRank(weight, groups, sums);
    }

    /**
     * How the times were weighted.
     *
     * @return the weight
     */
    public LogRankWeight weight() {
        return weight;
    }

    /**
     * The groups.
     *
     * @return their numbers, ascending
     */
    public int[] groups() {
        return groups.labels();
    }

    /**
     * How many subjects a group has.
     *
     * @param group the group's number
     * @return the number of subjects
     * @throws IllegalArgumentException if there is no such group
     */
    public long n(int group) {
        return subjects[groups.indexOf(group, "group")];
    }

    /**
     * The events of a group, weighted.
     *
     * @param group the group's number
     * @return the sum of the weights of its events: their number for the log-rank test
     * @throws IllegalArgumentException if there is no such group
     */
    public double observed(int group) {
        return observed[groups.indexOf(group, "group")];
    }

    /**
     * The events that a group would have if all had the same survival, weighted.
     *
     * @param group the group's number
     * @return the expected sum of weights
     * @throws IllegalArgumentException if there is no such group
     */
    public double expected(int group) {
        return expected[groups.indexOf(group, "group")];
    }

    /**
     * Whether there is a test.
     *
     * @return false if no two groups were at risk together at an event
     */
    public boolean isTested() {
        return test != null;
    }

    /**
     * Why there is no test.
     *
     * @return the reason, or empty if there is a test
     */
    public Optional<Undefined> undefined() {
        return test != null
                ? Optional.empty()
                : Optional.of(Undefined.tooFew("no two groups were at risk together when an event happened"));
    }

    /**
     * The test. Its degrees of freedom are one less than the groups, and fewer if some were never at risk together.
     *
     * @return chi squared with its p-value
     * @throws NoSuchElementException if there is no test; the message is the reason
     */
    public TestResult test() {
        if (test == null) {
            throw new NoSuchElementException(undefined().orElseThrow().message());
        }
        return test;
    }

    /** The test, or the reason why there is none. */
    @Override
    public String toString() {
        return test == null ? "untested: " + undefined().orElseThrow() : test.toString();
    }
}
