package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.TestResult;
import dev.crmcore.metrics.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a Cox regression: coefficients with standard errors, log-likelihood, tests and convergence; or the reason why
 * there is none. It keeps the data, from which concordance, the test of proportional hazards and the baseline hazards are made
 * when asked for.
 *
 * <p>Immutable and thread-safe. Memory: the standardised covariates.
 */
public final class CoxFit {

    private final CoxData data;
    private final @Nullable Undefined undefined;
    private final @Nullable Solution solution;
    private final List<CoxCoefficient> coefficients;

    /** What a search found in the covariates that are not collinear. */
    private static final class Solution {

        private final CoxDesign design;
        private final int[] kept;
        private final CoxSearch search;

        Solution(CoxDesign design, int[] kept, CoxSearch search) {
            this.design = design;
            this.kept = kept;
            this.search = search;
        }
    }

    private CoxFit(CoxData data, @Nullable Undefined undefined, @Nullable Solution solution) {
        this.data = data;
        this.undefined = undefined;
        this.solution = solution;
        this.coefficients = solution == null ? List.of() : coefficients(data, solution);
    }

    static CoxFit refused(Undefined reason, CoxData data) {
        return new CoxFit(data, reason, null);
    }

    static CoxFit of(CoxData data, CoxDesign design, int[] kept, CoxSearch search) {
        return new CoxFit(data, null, new Solution(design, kept, search));
    }

    private static List<CoxCoefficient> coefficients(CoxData data, Solution solution) {
        CoxCoefficient[] all = new CoxCoefficient[data.names().size()];
        long n = data.times().size();
        for (int i = 0; i < solution.kept.length; i++) {
            double scale = solution.design.scale(i);
            int j = solution.kept[i];
            all[j] = new CoxCoefficient(
                    data.names().get(j),
                    solution.search.point()[i] / scale,
                    Math.sqrt(solution.search.covariance()[i][i]) / scale,
                    solution.search.isInfinite(i) ? CoefficientState.INFINITE : CoefficientState.FINITE,
                    n);
        }
        for (int j = 0; j < all.length; j++) {
            if (all[j] == null) {
                all[j] = new CoxCoefficient(data.names().get(j), 0, Double.NaN, CoefficientState.COLLINEAR, n);
            }
        }
        return List.of(all);
    }

    /**
     * Whether there are coefficients.
     *
     * @return whether the accessors answer
     */
    public boolean isDefined() {
        return undefined == null;
    }

    /**
     * Why there are none.
     *
     * @return the reason, or empty if there are coefficients
     */
    public Optional<Undefined> undefined() {
        return Optional.ofNullable(undefined);
    }

    /**
     * How many subjects there are.
     *
     * @return the number, not negative
     */
    public int n() {
        return data.times().size();
    }

    /**
     * How many of them had the event.
     *
     * @return the number, not negative
     */
    public long events() {
        return data.events();
    }

    /**
     * How events of the same time were taken.
     *
     * @return the way
     */
    public TiedEvents ties() {
        return data.ties();
    }

    /**
     * The coefficients in the order in which the covariates were added.
     *
     * @return the coefficients, empty if there are none
     */
    public List<CoxCoefficient> coefficients() {
        return coefficients;
    }

    /**
     * The coefficient of a covariate.
     *
     * @param covariate its name
     * @return the coefficient
     * @throws NoSuchElementException if there are no coefficients
     * @throws IllegalArgumentException if there is no such covariate
     */
    public CoxCoefficient coefficient(String covariate) {
        solution();
        return coefficients.get(requireIndex(covariate));
    }

    /**
     * The covariates whose coefficients are not finite: that separate those with the event from the others, or are collinear.
     *
     * @return the coefficients, empty if all are finite
     */
    public List<CoxCoefficient> notFinite() {
        return coefficients.stream()
                .filter(c -> c.state() != CoefficientState.FINITE)
                .toList();
    }

    /**
     * The covariance of two coefficients, from the observed information; the variance if both are the same.
     *
     * @param first the name of a covariate
     * @param second the name of a covariate
     * @return the covariance, or empty if one of them is not finite
     * @throws NoSuchElementException if there are no coefficients
     * @throws IllegalArgumentException if there is no such covariate
     */
    public OptionalDouble covariance(String first, String second) {
        Solution found = solution();
        int i = place(found, requireIndex(first));
        int j = place(found, requireIndex(second));
        return i < 0 || j < 0 || found.search.isInfinite(i) || found.search.isInfinite(j)
                ? OptionalDouble.empty()
                : OptionalDouble.of(found.search.covariance()[i][j] / (found.design.scale(i) * found.design.scale(j)));
    }

    /**
     * Whether the search reached the maximum, or, where it is at infinity, the height that it rises to.
     *
     * @return false if the search was stopped at its limit; the coefficients are the best found then
     */
    public boolean converged() {
        return solution != null && solution.search.converged();
    }

    /**
     * How often the likelihood was evaluated by the search.
     *
     * @return the number, 0 if there are no coefficients
     */
    public int evaluations() {
        return solution == null ? 0 : solution.search.evaluations();
    }

    /**
     * The partial log-likelihood at its maximum, the sum over events of the logarithm of the subject's share of the risk.
     *
     * @return the log-likelihood
     * @throws NoSuchElementException if there are no coefficients
     */
    public double logLikelihood() {
        return solution().search.value();
    }

    /**
     * The partial log-likelihood without covariates.
     *
     * @return the log-likelihood
     * @throws NoSuchElementException if there are no coefficients
     */
    public double nullLogLikelihood() {
        return solution().search.nullValue();
    }

    /**
     * Akaike's information criterion: twice the number of coefficients, without collinear ones, less twice the log-likelihood.
     *
     * @return the criterion; the lower the better
     * @throws NoSuchElementException if there are no coefficients
     */
    public double aic() {
        return 2 * (solution().kept.length - logLikelihood());
    }

    /**
     * The likelihood-ratio test of whether all coefficients are 0; right also where one of them is infinite.
     *
     * @return chi squared with as many degrees of freedom as coefficients that are not collinear
     * @throws NoSuchElementException if there are no coefficients
     */
    public TestResult likelihoodRatioTest() {
        return chiSquared("likelihood ratio", Math.max(0, 2 * (logLikelihood() - nullLogLikelihood())));
    }

    /**
     * The Wald test of whether all coefficients are 0; without meaning where one of them is infinite.
     *
     * @return chi squared with as many degrees of freedom as coefficients that are not collinear
     * @throws NoSuchElementException if there are no coefficients
     */
    public TestResult waldTest() {
        Solution found = solution();
        double[] b = found.search.point();
        double sum = 0;
        for (int i = 0; i < b.length; i++) {
            for (int j = 0; j < b.length; j++) {
                sum += b[i] * found.search.information()[i][j] * b[j];
            }
        }
        return chiSquared("Wald", Math.max(0, sum));
    }

    /**
     * The score test of whether all coefficients are 0; for one covariate of 0 and 1 without ties it is the log-rank test.
     *
     * @return chi squared with as many degrees of freedom as coefficients that are not collinear
     * @throws NoSuchElementException if there are no coefficients
     */
    public TestResult scoreTest() {
        return chiSquared("score", solution().search.scoreStatistic());
    }

    /**
     * How well the fitted risks order the subjects. Costs O(n log n).
     *
     * @return the concordance
     * @throws NoSuchElementException if there are no coefficients
     */
    public Concordance concordance() {
        Solution found = solution();
        return ConcordantPairs.count(found.design, found.design.linearPredictors(found.search.point()));
    }

    /**
     * Tests whether coefficients stay the same over time. Costs O(n p&sup2;).
     *
     * @param transform the function of time along which a trend is looked for
     * @return the tests
     * @throws NoSuchElementException if there are no coefficients
     */
    public ProportionalHazards proportionalHazards(TimeTransform transform) {
        Solution found = solution();
        List<String> names = new ArrayList<>();
        for (int j : found.kept) {
            names.add(data.names().get(j));
        }
        return ProportionalHazards.of(transform, data, found.design, List.copyOf(names), found.search.point());
    }

    /**
     * The model with its baseline hazards, for predictions. Costs O(n p&sup2;); keep it for many predictions.
     *
     * @return the model
     * @throws NoSuchElementException if there are no coefficients
     */
    public CoxModel model() {
        Solution found = solution();
        return new CoxModel(data, found.design, found.kept, found.search);
    }

    private TestResult chiSquared(String method, double statistic) {
        return TestResult.ofChiSquared(method, statistic, (double) solution().kept.length);
    }

    private Solution solution() {
        if (solution == null) {
            throw new NoSuchElementException(String.valueOf(undefined));
        }
        return solution;
    }

    private int requireIndex(String covariate) {
        int index = data.names().indexOf(covariate);
        if (index < 0) {
            throw new IllegalArgumentException("no covariate is named \"" + covariate + "\"");
        }
        return index;
    }

    /** The place of a covariate among those that are not collinear, or -1. */
    private static int place(Solution found, int covariate) {
        return IntStream.range(0, found.kept.length)
                .filter(i -> found.kept[i] == covariate)
                .findFirst()
                .orElse(-1);
    }

    /** The coefficients, or the reason why there are none. */
    @Override
    public String toString() {
        return undefined != null ? "undefined: " + undefined.message() : coefficients.toString();
    }
}
