package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.Change;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.TestResult;
import dev.crmcore.metrics.internal.Normal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Net Promoter Score: the three counts, the score with its intervals, and the tests of change.
 *
 * <p>Immutable and thread-safe.
 */
public final class NpsScore {

    private final long promoters;
    private final long passives;
    private final long detractors;
    private final @Nullable AnswerDistribution answers;

    private NpsScore(long promoters, long passives, long detractors, @Nullable AnswerDistribution answers) {
        if (promoters < 0 || passives < 0 || detractors < 0) {
            throw new IllegalArgumentException(
                    "counts must not be negative, not " + promoters + ", " + passives + ", " + detractors);
        }
        Math.addExact(Math.addExact(promoters, passives), detractors);
        this.promoters = promoters;
        this.passives = passives;
        this.detractors = detractors;
        this.answers = answers;
    }

    /**
     * A score from counted groups, for hosts that have only those or that map another scale deliberately.
     *
     * @param promoters how many answers were 9 or 10, not negative
     * @param passives how many answers were 7 or 8, not negative
     * @param detractors how many answers were 0 to 6, not negative
     * @return the score
     * @throws IllegalArgumentException if a count is negative
     * @throws ArithmeticException if the sum overflows
     */
    public static NpsScore of(long promoters, long passives, long detractors) {
        return new NpsScore(promoters, passives, detractors, null);
    }

    static NpsScore of(AnswerDistribution answers) {
        long promoters = answers.topBox().successes();
        long detractors = answers.bottomBox().successes();
        return new NpsScore(promoters, answers.n() - promoters - detractors, detractors, answers);
    }

    /**
     * How many answers were 9 or 10.
     *
     * @return the number of promoters
     */
    public long promoters() {
        return promoters;
    }

    /**
     * How many answers were 7 or 8.
     *
     * @return the number of passives
     */
    public long passives() {
        return passives;
    }

    /**
     * How many answers were 0 to 6.
     *
     * @return the number of detractors
     */
    public long detractors() {
        return detractors;
    }

    /**
     * How many valid answers there are.
     *
     * @return promoters, passives and detractors together
     */
    public long n() {
        return promoters + passives + detractors;
    }

    /**
     * How often each answer was given, and how many raw answers were rejected.
     *
     * @return the distribution, or empty if the score was made from counted groups
     */
    public Optional<AnswerDistribution> answers() {
        return Optional.ofNullable(answers);
    }

    /**
     * The score with its 95 % interval, for display: Tango's up to 10 answers and adjusted Wald's from 11 on, cut to -100
     * and 100.
     *
     * @return the score in points; undefined without answers
     */
    public Estimate estimate() {
        return net().estimate();
    }

    /**
     * The score with an interval, cut to -100 and 100.
     *
     * @param method the interval's method
     * @param level its nominal coverage, above 0 and below 1
     * @return the score in points; undefined without answers
     * @throws IllegalArgumentException if the level is out of range
     */
    public Estimate estimate(NpsInterval method, double level) {
        return net().estimate(method, level);
    }

    /**
     * The interval as the method gives it, not cut to -100 and 100.
     *
     * @param method the method
     * @param level the nominal coverage, above 0 and below 1
     * @return the interval in points; empty without answers, and for {@link NpsInterval#MEAN_T} with one
     * @throws IllegalArgumentException if the level is out of range
     */
    public Optional<Interval> interval(NpsInterval method, double level) {
        return net().interval(method, level);
    }

    /**
     * The adjusted Wald interval if the answers were drawn from a customer base of known size. The standard error shrinks by
     * sqrt((M-n)/(M-1)), which is the same as asking n (M-1)/(M-n) customers of an endless base; if everybody answered, the
     * interval is the score itself.
     *
     * @param customers the size M of the base, not below n
     * @param level the nominal coverage, above 0 and below 1
     * @return the interval in points, not cut; empty without answers
     * @throws IllegalArgumentException if the base is smaller than the number of answers or the level is out of range
     */
    public Optional<Interval> intervalWithinBase(long customers, double level) {
        Interval.requireLevel(level);
        long n = n();
        if (customers < n) {
            throw new IllegalArgumentException("customers must not be below the " + n + " answers, not " + customers);
        }
        if (n == 0) {
            return Optional.empty();
        }
        if (n == customers) {
            double score = net().score();
            return Optional.of(new Interval(score, score, level, NpsInterval.ADJUSTED_WALD.title()));
        }
        double effectiveN = n * ((customers - 1.0) / (customers - n));
        return net().withN(effectiveN).interval(NpsInterval.ADJUSTED_WALD, level);
    }

    /**
     * The standard error of the score.
     *
     * @return 100 sqrt(v/n) in points; undefined without answers
     */
    public Estimate standardError() {
        return n() == 0
                ? Estimate.undefined(AnswerDistribution.noAnswer())
                : Estimate.of(Math.sqrt(net().squaredError()), n());
    }

    /**
     * The share of one group with an interval that holds for all three groups at once (Goodman 1965).
     *
     * @param category the group
     * @param level the nominal joint coverage, above 0 and below 1
     * @return the share, 0 to 1; undefined without answers
     * @throws IllegalArgumentException if the level is out of range
     */
    public Estimate simultaneousShare(NpsCategory category, double level) {
        Interval.requireLevel(level);
        long n = n();
        if (n == 0) {
            return Estimate.undefined(AnswerDistribution.noAnswer());
        }
        double count = switch (category) {
            case PROMOTER -> promoters;
            case PASSIVE -> passives;
            case DETRACTOR -> detractors;
        };
        double z = Normal.twoSidedQuantile(1 - (1 - level) / NpsCategory.values().length);
        double chi = z * z;
        double root = Math.sqrt(chi * (chi + 4 * count * (n - count) / n));
        double lower = Math.max(0, (chi + 2 * count - root) / (2 * (n + chi)));
        double upper = Math.min(1, (chi + 2 * count + root) / (2 * (n + chi)));
        return Estimate.ratio(count, (double) n, n)
                .withInterval(new Interval(lower, upper, level, "Goodman simultaneous"));
    }

    /**
     * The change from the score of an earlier, independent sample, tested on the adjusted values with a 95 % interval.
     *
     * @param earlier the earlier score
     * @return the difference in points; undefined if one side has no answers
     */
    public Change changeFrom(NpsScore earlier) {
        return changeFrom(earlier, NpsChangeTest.ADJUSTED_WALD, Interval.DEFAULT_LEVEL);
    }

    /**
     * The change from the score of an earlier, independent sample. The same respondents asked twice are not independent:
     * {@link PairedNps}.
     *
     * @param earlier the earlier score
     * @param test the test
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the difference of the scores in points, with the interval as the test gives it; untested if nothing varies;
     *     undefined if one side has no answers
     * @throws IllegalArgumentException if the level is out of range
     */
    public Change changeFrom(NpsScore earlier, NpsChangeTest test, double level) {
        Interval.requireLevel(level);
        if (n() == 0 || earlier.n() == 0) {
            return Change.undefined(AnswerDistribution.noAnswer());
        }
        return switch (test) {
            case WALD -> net().changeFrom(earlier.net(), difference(earlier), test, level);
            case ADJUSTED_WALD ->
                net().adjusted().changeFrom(earlier.net().adjusted(), difference(earlier), test, level);
            case WELCH_T -> codes().changeFrom(earlier.codes(), level);
        };
    }

    /**
     * Whether the three groups are distributed otherwise than before (chi-squared test of the 3 x 2 table). This is another
     * question than whether the score moved: promoters and detractors can grow together.
     *
     * @param earlier the score of an earlier, independent sample
     * @return the test; empty if one side has no answers or all answers of both are in one group
     */
    public Optional<TestResult> distributionShiftFrom(NpsScore earlier) {
        long[][] table = {{promoters, earlier.promoters}, {passives, earlier.passives}, {detractors, earlier.detractors}
        };
        double all = (double) n() + earlier.n();
        double chi = 0;
        int groups = 0;
        for (long[] row : table) {
            double group = (double) row[0] + row[1];
            if (group > 0) {
                groups++;
                chi += cell((double) row[0], group * n() / all) + cell((double) row[1], group * earlier.n() / all);
            }
        }
        if (n() == 0 || earlier.n() == 0 || groups < 2) {
            return Optional.empty();
        }
        int df = groups - 1;
        double p = df == 2 ? Math.exp(-chi / 2) : Normal.twoSided(Math.sqrt(chi));
        return Optional.of(TestResult.of("chi-squared", chi, df, p));
    }

    private Estimate difference(NpsScore earlier) {
        return Estimate.of(net().score() - earlier.net().score(), Math.addExact(n(), earlier.n()));
    }

    private SampleMean codes() {
        double n = n();
        double variance = n < 2 ? 0 : 10_000 * net().variance() * n / (n - 1);
        return new SampleMean(n(), 100.0 * (promoters - detractors), variance);
    }

    private NetShare net() {
        return new NetShare(promoters, detractors, n());
    }

    private static double cell(double observed, double expected) {
        return (observed - expected) * (observed - expected) / expected;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NpsScore that
                && promoters == that.promoters
                && passives == that.passives
                && detractors == that.detractors
                && Objects.equals(answers, that.answers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(promoters, passives, detractors, answers);
    }

    /** The score with its interval and the three counts. */
    @Override
    public String toString() {
        return "NPS " + estimate() + ", " + promoters + " promoters, " + passives + " passives, " + detractors
                + " detractors";
    }
}
