package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.SemidefiniteCholesky;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Cox's proportional-hazards regression: how covariates raise or lower the hazard of the event, without an assumption about
 * how the hazard runs over time.
 *
 * <pre>{@code
 * CoxFit fit = CoxRegression.of(times)
 *         .covariate("seats", seats)
 *         .covariate("onboarded", onboarded)
 *         .strata(plan)
 *         .fit();
 * fit.coefficient("onboarded").hazardRatio(0.95);                // with its interval
 * fit.proportionalHazards(TimeTransform.KAPLAN_MEIER).global();  // does the assumption hold?
 * fit.model().predict(new double[] {12, 1}, 2).survivalAt(365);  // share still there after a year
 * }</pre>
 *
 * <p>Newton's method with the analytic Hessian on standardised covariates. Cost: O(n log n) to sort and O(n p&sup2;) for each
 * of about five steps, for n subjects and p covariates; subjects who come in late make it little slower. Memory: the
 * covariates are copied once.
 *
 * <p>Mutable, not thread-safe; the columns are read when {@link #fit()} is called.
 */
public final class CoxRegression {

    /** What the regression means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("cox-regression", 1)
            .name("Cox proportional-hazards regression")
            .kind(KpiKind.BATCH)
            .unit("logarithm of the hazard ratio")
            .formula(
                    "maximises the product over events of the risk of the subject / the sum of the risks of those at risk,"
                            + " risk = exp(coefficients * covariates)")
            .variant("ties by Efron or Breslow; strata")
            .emptyRule("undefined without an event, or if no covariate varies among those at risk")
            .source("Cox 1972; Efron 1977; Breslow 1974")
            .build();

    /** Information about a standardised covariate, as a part of the events, that is no more than rounding. */
    private static final double NO_INFORMATION = 1e-10;

    private final SurvivalTimes times;
    private final List<String> names = new ArrayList<>();
    private final List<double[]> covariates = new ArrayList<>();
    private Labels strata;
    private TiedEvents ties = TiedEvents.EFRON;

    private CoxRegression(SurvivalTimes times) {
        this.times = times;
        this.strata = Labels.same(times.size());
    }

    /**
     * Begins a regression.
     *
     * @param times the survival times of the subjects
     * @return a regression without covariates
     */
    public static CoxRegression of(SurvivalTimes times) {
        return new CoxRegression(Objects.requireNonNull(times, "times"));
    }

    /**
     * Adds a covariate.
     *
     * @param name its name, not yet taken
     * @param values its value for each subject, finite; for categories 0 or 1 in one covariate for each but one of them
     * @return this regression
     * @throws IllegalArgumentException if the name is taken, there are not as many values as subjects, or one is not finite
     */
    public CoxRegression covariate(String name, double[] values) {
        Objects.requireNonNull(name, "name");
        if (names.contains(name)) {
            throw new IllegalArgumentException("there are two covariates of the name \"" + name + "\"");
        }
        SurvivalTimes.requireLength(values.length, times.size(), name);
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(name + " must be finite, not " + values[i] + " for subject " + i);
            }
        }
        names.add(name);
        covariates.add(values);
        return this;
    }

    /**
     * Gives each stratum a baseline hazard of its own; the coefficients are the same in all.
     *
     * @param stratum the stratum of each subject, any number
     * @return this regression
     * @throws IllegalArgumentException if there are not as many strata as subjects
     */
    public CoxRegression strata(int[] stratum) {
        SurvivalTimes.requireLength(stratum.length, times.size(), "stratum");
        strata = Labels.of(stratum);
        return this;
    }

    /**
     * Says how events of the same time are taken; Efron's way if it is not said.
     *
     * @param how the way
     * @return this regression
     */
    public CoxRegression ties(TiedEvents how) {
        ties = Objects.requireNonNull(how, "how");
        return this;
    }

    /**
     * Fits the regression.
     *
     * @return the fit; undefined without an event, or if no covariate varies among those at risk
     * @throws IllegalStateException if there is no covariate
     * @throws ArithmeticException if subjects times covariates exceed 2<sup>31</sup> &minus; 1
     */
    public CoxFit fit() {
        if (names.isEmpty()) {
            throw new IllegalStateException("a regression needs a covariate");
        }
        long events = 0;
        for (boolean event : times.events()) {
            events += event ? 1 : 0;
        }
        CoxData data = new CoxData(times, strata, ties, List.copyOf(names), events);
        if (events == 0) {
            return CoxFit.refused(Undefined.noData("no event among " + times.size() + " subjects"), data);
        }
        CoxDesign design = new CoxDesign(times, strata, covariates.toArray(double[][]::new));
        int[] kept = independent(design, events);
        if (kept.length == 0) {
            return CoxFit.refused(
                    new Undefined(
                            Undefined.Reason.NO_VARIATION, "no covariate of " + names + " varies among those at risk"),
                    data);
        }
        CoxDesign reduced = kept.length == names.size() ? design : design.withColumns(kept);
        return CoxFit.of(data, reduced, kept, new CoxSearch(reduced, ties));
    }

    /** The covariates that are not linear combinations of those before them. */
    private int[] independent(CoxDesign design, long events) {
        int p = design.covariates();
        CoxLikelihood atNull = new CoxLikelihood(design, ties);
        atNull.evaluate(new double[p]);
        double[][] information = atNull.information();
        for (int j = 0; j < p; j++) {
            if (information[j][j] < NO_INFORMATION * events) {
                information[j][j] = 0;
            }
        }
        SemidefiniteCholesky cholesky = new SemidefiniteCholesky(information);
        return IntStream.range(0, p).filter(j -> !cholesky.isDependent(j)).toArray();
    }
}
