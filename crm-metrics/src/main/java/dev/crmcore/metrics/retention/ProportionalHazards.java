package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.TestResult;
import dev.crmcore.metrics.internal.SemidefiniteCholesky;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The test of whether hazards are proportional, that is, whether coefficients stay the same over time: the score test of a
 * trend of each coefficient along a function of time (Grambsch and Therneau 1994, in the exact form of R's {@code cox.zph}
 * since 3.0). A small p-value says that the covariate's effect grows or fades.
 *
 * <p>Immutable and thread-safe.
 */
public final class ProportionalHazards {

    /** What the test means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("proportional-hazards-test", 1)
            .name("Test of proportional hazards")
            .kind(KpiKind.BATCH)
            .unit("chi squared")
            .formula("score test of coefficient + trend * g(time) against a constant coefficient")
            .variant("the function g of time")
            .emptyRule("untested if all informative events happened at one time")
            .source("Grambsch and Therneau 1994; exact score test")
            .build();

    private final TimeTransform transform;
    private final List<String> covariates;
    private final List<Optional<TestResult>> tests;
    private final Optional<TestResult> global;

    private ProportionalHazards(
            TimeTransform transform,
            List<String> covariates,
            List<Optional<TestResult>> tests,
            Optional<TestResult> global) {
        this.transform = transform;
        this.covariates = covariates;
        this.tests = tests;
        this.global = global;
    }

    /** Tests the covariates of a design, whose names these are, at their fitted coefficients. */
    static ProportionalHazards of(
            TimeTransform transform, CoxData data, CoxDesign design, List<String> names, double[] coefficients) {
        Trend trend = new Trend(data, design, transform.of(data.times()), coefficients);
        int p = names.size();
        Optional<TestResult> global = trend.test(IntStream.range(0, p).toArray());
        List<Optional<TestResult>> tests =
                IntStream.range(0, p).mapToObj(j -> trend.test(new int[] {j})).toList();
        return new ProportionalHazards(transform, names, tests, global);
    }

    /**
     * The function of time.
     *
     * @return the transform
     */
    public TimeTransform transform() {
        return transform;
    }

    /**
     * The covariates that were tested.
     *
     * @return their names, without collinear ones
     */
    public List<String> covariates() {
        return covariates;
    }

    /**
     * The test of one covariate.
     *
     * @param covariate its name
     * @return chi squared with one degree of freedom, or empty if all informative events happened at one time
     * @throws IllegalArgumentException if there is no such covariate, or it is collinear
     */
    public Optional<TestResult> test(String covariate) {
        int at = covariates.indexOf(covariate);
        if (at < 0) {
            throw new IllegalArgumentException("no covariate \"" + covariate + "\" was tested");
        }
        return tests.get(at);
    }

    /**
     * The test of all covariates together.
     *
     * @return chi squared with as many degrees of freedom as covariates, or empty if there is a covariate without a test
     */
    public Optional<TestResult> global() {
        return global;
    }

    /** The transform and the global test. */
    @Override
    public String toString() {
        return "proportional hazards against " + transform + ": "
                + global.map(TestResult::toString).orElse("untested");
    }

    /** Score and information of the model in which each coefficient has a trend, at no trend. */
    private static final class Trend {

        private final CoxDesign design;
        private final TiedEvents ties;
        private final double[] g;
        private final int p;
        private final double[] score;
        private final double[] plain;
        private final double[] once;
        private final double[] twice;

        Trend(CoxData data, CoxDesign design, double[] transformed, double[] coefficients) {
            this.design = design;
            this.ties = data.ties();
            p = design.covariates();
            int size = p * (p + 1) / 2;
            score = new double[p];
            plain = new double[size];
            once = new double[size];
            twice = new double[size];
            g = centred(data, design, transformed);
            new CoxRiskSets(design, design.linearPredictors(coefficients)).visit(this::add);
        }

        /** The transformed time of each row, less its mean over the events. */
        private static double[] centred(CoxData data, CoxDesign design, double[] transformed) {
            SurvivalOrder order = new SurvivalOrder(data.times(), data.strata());
            double[] g = new double[design.n()];
            double sum = 0;
            for (int row = 0; row < g.length; row++) {
                g[row] = transformed[order.byTime(row)];
                sum += design.event(row) ? g[row] : 0;
            }
            double mean = sum / data.events();
            for (int row = 0; row < g.length; row++) {
                g[row] -= mean;
            }
            return g;
        }

        private void add(int stratum, int first, int end, int events, RiskSums all, RiskSums dying) {
            double time = g[first];
            for (int row = first; row < end; row++) {
                for (int i = 0; design.event(row) && i < p; i++) {
                    score[i] += time * design.x()[row * p + i];
                }
            }
            int terms = CoxLikelihood.terms(ties, events);
            double times = (double) events / terms;
            double[] mean = new double[p];
            for (int term = 0; term < terms; term++) {
                double gone = (double) term / events;
                double risk = all.risk() - gone * dying.risk();
                for (int i = 0; i < p; i++) {
                    mean[i] = (all.first(i) - gone * dying.first(i)) / risk;
                    score[i] -= times * time * mean[i];
                }
                int k = 0;
                for (int i = 0; i < p; i++) {
                    for (int j = i; j < p; j++) {
                        double v = times * ((all.second(k) - gone * dying.second(k)) / risk - mean[i] * mean[j]);
                        plain[k] += v;
                        once[k] += time * v;
                        twice[k++] += time * time * v;
                    }
                }
            }
        }

        /** The score test of trends of some coefficients, the others being constant. */
        Optional<TestResult> test(int[] trends) {
            int size = p + trends.length;
            double[][] a = CoxLikelihood.full(plain, p);
            double[][] b = CoxLikelihood.full(once, p);
            double[][] c = CoxLikelihood.full(twice, p);
            double[][] information = new double[size][size];
            double[] u = new double[size];
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    int row = i < p ? i : trends[i - p];
                    int column = j < p ? j : trends[j - p];
                    double[][] part = i < p && j < p ? a : i < p || j < p ? b : c;
                    information[i][j] = part[row][column];
                }
                u[i] = i < p ? 0 : score[trends[i - p]];
            }
            SemidefiniteCholesky cholesky = new SemidefiniteCholesky(information);
            return cholesky.rank() < size
                    ? Optional.empty()
                    : Optional.of(TestResult.ofChiSquared(
                            "Grambsch-Therneau", cholesky.quadraticForm(u), (double) trends.length));
        }
    }
}
