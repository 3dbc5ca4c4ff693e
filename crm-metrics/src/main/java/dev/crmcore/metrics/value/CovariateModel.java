package dev.crmcore.metrics.value;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.TrustRegion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A model of repeat purchases whose parameters depend on what else is known of a customer: Fader and Hardie, Incorporating
 * Time-Invariant Covariates into the Pareto/NBD and BG/NBD Models (note 019, 2007).
 *
 * <p>A covariate multiplies the scale of a distribution by exp(coefficient &middot; z): the purchase rates by
 * exp(purchase), that is &alpha; by exp(&minus;purchase); the death rates of the Pareto/NBD by exp(death), that is &beta; by
 * exp(&minus;death); the parameters a and b of the BG/NBD and MBG/NBD each by their own. The customer's model is an ordinary
 * one, from {@link #forCustomer(double...)}, and answers all questions. Whether the covariates are worth having tells
 * {@link LikelihoodRatio} against the fit without them.
 *
 * <p>Parameters of the fit are named after the effect and the covariate, such as {@code purchase.partner}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <M> the model of one customer
 */
public final class CovariateModel<M extends RepeatPurchaseModel> {

    /** What a fit of the model means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("repeat-purchase-covariates-fit", 1)
            .name("Repeat-purchase model with static covariates")
            .kind(KpiKind.BATCH)
            .unit("coefficients in units of 1 / covariate")
            .formula("alpha exp(-purchase z), beta exp(-death z); a exp(a z), b exp(b z)")
            .variant("maximum likelihood over distinct (x, t_x, T) of each combination of covariates")
            .emptyRule("undefined where the model without covariates is, or if a covariate does not vary")
            .source("Fader and Hardie 2007, note 019")
            .build();

    private static final int BASE = 4;

    /** What a covariate acts on: the name, the parameter and the direction. */
    enum Effect {
        PURCHASE("purchase", 1, -1, true),
        DEATH("death", 3, -1, true),
        A("a", 2, 1, false),
        B("b", 3, 1, false);

        private final String title;
        private final int parameter;
        private final int sign;

        /** Whether the parameter is a time. */
        private final boolean ofTime;

        Effect(String title, int parameter, int sign, boolean ofTime) {
            this.title = title;
            this.parameter = parameter;
            this.sign = sign;
            this.ofTime = ofTime;
        }
    }

    private final List<String> names;
    private final List<Effect> effects;
    private final double[] values;
    private final Function<double[], M> build;

    private CovariateModel(List<String> names, List<Effect> effects, double[] values, Function<double[], M> build) {
        this.names = names;
        this.effects = effects;
        this.values = values;
        this.build = build;
    }

    /**
     * Fits a model in two steps: without covariates, and with them from there.
     *
     * @param effects what the covariates act on
     * @param names the parameters of the model of one customer
     * @param rays their ways to a border, see {@link MaximumLikelihood}
     * @param plain the fit without covariates
     * @param likelihood the log-likelihood of a group, in the logarithms of the parameters
     * @param build the model of one customer, of these parameters
     */
    static <M extends RepeatPurchaseModel> ModelFit<CovariateModel<M>> fit(
            CovariateHistories histories,
            List<Effect> effects,
            String[] names,
            int[][] rays,
            Function<PurchaseHistories, ModelFit<M>> plain,
            Function<PurchaseHistories, TrustRegion.Objective> likelihood,
            Function<double[], M> build) {
        ModelFit<M> without = plain.apply(histories.all());
        FittedOn fittedOn = without.fittedOn();
        if (!without.isDefined()) {
            return ModelFit.refused(without.undefined().orElseThrow(), fittedOn);
        }
        int k = histories.names().size();
        double[] scale = new double[k];
        for (int i = 0; i < k; i++) {
            scale[i] = halfRange(histories, i);
            if (scale[i] == 0) {
                return ModelFit.refused(
                        new Undefined(
                                Undefined.Reason.NO_VARIATION,
                                "covariate " + histories.names().get(i) + " is the same for all customers"),
                        fittedOn);
            }
        }
        int n = BASE + effects.size() * k;
        String[] allNames = Arrays.copyOf(names, n);
        double[] units = new double[n - BASE];
        double[] start = new double[n];
        double[] logScale = new double[n];
        for (int i = 0; i < BASE; i++) {
            start[i] = Math.log(without.parameters().get(i).value());
        }
        for (Effect effect : effects) {
            logScale[effect.parameter] = effect.ofTime ? logMeanAge(histories) : 0.0;
        }
        for (int i = BASE; i < n; i++) {
            int covariate = (i - BASE) % k;
            allNames[i] =
                    effects.get((i - BASE) / k).title + "." + histories.names().get(covariate);
            units[i - BASE] = 1 / scale[covariate];
        }
        int[][] allRays = Arrays.stream(rays).map(ray -> Arrays.copyOf(ray, n)).toArray(int[][]::new);
        return new MaximumLikelihood(allNames, logScale, allRays, units)
                .fit(
                        new Likelihood(histories, effects, units, likelihood),
                        new double[][] {start},
                        p -> new CovariateModel<>(histories.names(), effects, p.clone(), build),
                        fittedOn);
    }

    private static double halfRange(CovariateHistories histories, int covariate) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int g = 0; g < histories.groups(); g++) {
            double z = histories.covariates(g)[covariate];
            least = Math.min(least, z);
            greatest = Math.max(greatest, z);
        }
        return least < greatest ? Math.max(Math.abs(least), Math.abs(greatest)) : 0.0;
    }

    private static double logMeanAge(CovariateHistories histories) {
        double exposure = 0.0;
        double customers = 0.0;
        for (int g = 0; g < histories.groups(); g++) {
            PurchaseHistories group = histories.histories(g);
            for (int row = 0; row < group.size(); row++) {
                exposure += group.age(row) * group.customers(row);
                customers += group.customers(row);
            }
        }
        return Math.log(exposure / customers);
    }

    /** The sum of the groups' log-likelihoods, each at its own parameters, which are linear in all logarithms. */
    static final class Likelihood implements TrustRegion.Objective {

        private final List<Effect> effects;
        private final double[][] scaled;
        private final TrustRegion.Objective[] groups;

        Likelihood(
                CovariateHistories histories,
                List<Effect> effects,
                double[] units,
                Function<PurchaseHistories, TrustRegion.Objective> likelihood) {
            this.effects = effects;
            this.scaled = new double[histories.groups()][];
            this.groups = new TrustRegion.Objective[histories.groups()];
            for (int g = 0; g < groups.length; g++) {
                scaled[g] = histories.covariates(g);
                for (int k = 0; k < scaled[g].length; k++) {
                    scaled[g][k] *= units[k];
                }
                groups[g] = likelihood.apply(histories.histories(g));
            }
        }

        @Override
        public double evaluate(double[] point, double[] gradient, double[][] hessian) {
            int n = point.length;
            Arrays.fill(gradient, 0.0);
            for (double[] row : hessian) {
                Arrays.fill(row, 0.0);
            }
            int[] parameter = new int[n];
            double[] factor = new double[n];
            double[] local = new double[BASE];
            double[] slope = new double[BASE];
            double[][] bend = new double[BASE][BASE];
            double value = 0.0;
            for (int g = 0; g < groups.length; g++) {
                System.arraycopy(point, 0, local, 0, BASE);
                for (int i = 0; i < n; i++) {
                    Effect effect = i < BASE ? null : effects.get((i - BASE) / scaled[g].length);
                    parameter[i] = effect == null ? i : effect.parameter;
                    factor[i] = effect == null ? 1.0 : effect.sign * scaled[g][(i - BASE) % scaled[g].length];
                    if (effect != null) {
                        local[effect.parameter] += factor[i] * point[i];
                    }
                }
                value += groups[g].evaluate(local, slope, bend);
                for (int i = 0; i < n; i++) {
                    gradient[i] += factor[i] * slope[parameter[i]];
                    for (int j = 0; j < n; j++) {
                        hessian[i][j] += factor[i] * factor[j] * bend[parameter[i]][parameter[j]];
                    }
                }
            }
            return value;
        }
    }

    /**
     * The names of the covariates.
     *
     * @return the names in order
     */
    public List<String> names() {
        return names;
    }

    /**
     * The model of a customer.
     *
     * @param covariates the customer's covariates, in the order of the names
     * @return the ordinary model with this customer's parameters
     * @throws IllegalArgumentException if there is not one finite number for each covariate, or the numbers are so extreme
     *     that a parameter is no longer a positive finite number
     */
    public M forCustomer(double... covariates) {
        if (covariates.length != names.size()) {
            throw new IllegalArgumentException(
                    "there must be one number for each of the covariates " + names + ", not " + covariates.length);
        }
        double[] parameters = Arrays.copyOf(values, BASE);
        int at = BASE;
        for (Effect effect : effects) {
            double sum = 0.0;
            for (int k = 0; k < covariates.length; k++) {
                if (!Double.isFinite(covariates[k])) {
                    throw new IllegalArgumentException(
                            "covariate " + names.get(k) + " must be finite, not " + covariates[k]);
                }
                sum += values[at++] * covariates[k];
            }
            parameters[effect.parameter] *= Math.exp(effect.sign * sum);
        }
        return build.apply(parameters);
    }

    /**
     * A figure of many customers, each by the customer's own model.
     *
     * <pre>{@code
     * double[] expected = model.forEach(histories, (m, group) -> m.expectedPurchases(group, quarter));
     * }</pre>
     *
     * @param histories the customers, made of columns, with the covariates of the fit
     * @param figure what to ask a group's model for: one value for each row of the group's histories
     * @return one value for each customer, in the order in which the customers were given
     * @throws IllegalArgumentException if the covariates are others than those of the fit
     * @throws IllegalStateException if the order of the customers is not known, because they were counted
     */
    public double[] forEach(CovariateHistories histories, BiFunction<? super M, PurchaseHistories, double[]> figure) {
        if (!histories.names().equals(names)) {
            throw new IllegalArgumentException("covariates must be " + names + ", not " + histories.names());
        }
        List<double[]> values = new ArrayList<>();
        for (int g = 0; g < histories.groups(); g++) {
            values.add(figure.apply(forCustomer(histories.covariates(g)), histories.histories(g)));
        }
        return histories.spread(values);
    }

    /** The model of a customer whose covariates are 0, and the names of the covariates. */
    @Override
    public String toString() {
        return build.apply(Arrays.copyOf(values, BASE)) + " with covariates " + names;
    }
}
