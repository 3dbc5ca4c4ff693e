package dev.crmcore.metrics.value;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.Normal;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a maximum-likelihood fit: the model with its parameters, standard errors, log-likelihood and convergence,
 * and what it was fitted on; or the reason why the data cannot be fitted.
 *
 * <pre>{@code
 * ModelFit<BgNbd> fit = BgNbd.fit(histories);
 * if (fit.isDefined()) {
 *     fit.parameter("alpha").standardError();
 *     fit.model().expectedPurchases(ann, TimeSpan.of(39, PeriodUnit.WEEK));
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe if the model is, as all models here are.
 *
 * @param <M> the model
 */
public final class ModelFit<M> {

    /** The step of differences, in standard errors. */
    private static final double STEP = 1e-3;

    private final @Nullable Undefined undefined;
    private final @Nullable M model;
    private final List<FittedParameter> parameters;
    private final double @Nullable [][] covariance;
    private final double logLikelihood;
    private final Convergence convergence;
    private final int evaluations;
    private final double largestGradient;
    private final FittedOn fittedOn;
    private final @Nullable Function<double[], M> rebuild;

    private ModelFit(
            @Nullable Undefined undefined,
            @Nullable M model,
            List<FittedParameter> parameters,
            double @Nullable [][] covariance,
            double logLikelihood,
            Convergence convergence,
            int evaluations,
            double largestGradient,
            FittedOn fittedOn,
            @Nullable Function<double[], M> rebuild) {
        this.undefined = undefined;
        this.model = model;
        this.parameters = List.copyOf(parameters);
        this.covariance = covariance;
        this.logLikelihood = logLikelihood;
        this.convergence = convergence;
        this.evaluations = evaluations;
        this.largestGradient = largestGradient;
        this.fittedOn = fittedOn;
        this.rebuild = rebuild;
    }

    /** The fit at these parameters, whose model {@code build} makes of their values. */
    static <M> ModelFit<M> of(
            Function<double[], M> build,
            List<FittedParameter> parameters,
            double @Nullable [][] covariance,
            double logLikelihood,
            Convergence convergence,
            int evaluations,
            double largestGradient,
            FittedOn fittedOn) {
        double[] values =
                parameters.stream().mapToDouble(FittedParameter::value).toArray();
        return new ModelFit<>(
                null,
                build.apply(values),
                parameters,
                covariance,
                logLikelihood,
                convergence,
                evaluations,
                largestGradient,
                fittedOn,
                build);
    }

    static <M> ModelFit<M> refused(Undefined reason, FittedOn fittedOn) {
        return new ModelFit<>(
                reason, null, List.of(), null, Double.NaN, Convergence.ITERATION_LIMIT, 0, Double.NaN, fittedOn, null);
    }

    /**
     * Whether there is a model.
     *
     * @return whether {@link #model()} answers
     */
    public boolean isDefined() {
        return undefined == null;
    }

    /**
     * Why the data cannot be fitted.
     *
     * @return the reason, or empty if there is a model
     */
    public Optional<Undefined> undefined() {
        return Optional.ofNullable(undefined);
    }

    /**
     * The fitted model.
     *
     * @return the model
     * @throws NoSuchElementException if the data could not be fitted; the message is the reason
     */
    public M model() {
        requireDefined();
        if (model == null) {
            throw new IllegalStateException("a fit that is defined has a model");
        }
        return model;
    }

    /**
     * The parameters in the model's order.
     *
     * @return the parameters, empty if the data could not be fitted
     */
    public List<FittedParameter> parameters() {
        return parameters;
    }

    /**
     * One parameter by its name.
     *
     * @param name the name in the papers, such as "alpha"
     * @return the parameter
     * @throws NoSuchElementException if the data could not be fitted
     * @throws IllegalArgumentException if the model has no parameter of that name
     */
    public FittedParameter parameter(String name) {
        requireDefined();
        for (FittedParameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                return parameter;
            }
        }
        throw new IllegalArgumentException("no parameter is named \"" + name + "\"");
    }

    /**
     * The parameters that ran to a border or that the data says nothing about.
     *
     * @return those parameters, empty if all are between their borders
     */
    public List<FittedParameter> atBorder() {
        return parameters.stream()
                .filter(p -> p.state() != ParameterState.INTERIOR)
                .toList();
    }

    /**
     * The covariance of two parameters' estimates, from the observed information; the variance if both are the same.
     *
     * @param first the name of a parameter
     * @param second the name of a parameter
     * @return the covariance, or empty if one of them is at a border or the information is singular
     * @throws NoSuchElementException if the data could not be fitted
     * @throws IllegalArgumentException if the model has no parameter of such a name
     */
    public OptionalDouble covariance(String first, String second) {
        int i = parameters.indexOf(parameter(first));
        int j = parameters.indexOf(parameter(second));
        return covariance == null || Double.isNaN(covariance[i][j])
                ? OptionalDouble.empty()
                : OptionalDouble.of(covariance[i][j]);
    }

    /**
     * A figure of the fitted model with an interval for the uncertainty of the parameters, by the delta method: value &plusmn;
     * z &middot; se with se&sup2; = g&prime; V g, V the covariance of the parameters and g the slope of the figure in them,
     * by central differences. Parameters at a border are held.
     *
     * <p>The interval is about the figure, such as the expected number of purchases; how many purchases a customer makes
     * scatters about it besides, see {@link RepeatPurchaseModel#purchaseInterval(PurchaseHistory, dev.crmcore.metrics.TimeSpan, double)}.
     *
     * <pre>{@code
     * fit.estimate(0.95, model -> model.expectedPurchases(ann, year));
     * fit.estimate(0.95, model -> model.probabilityAlive(ann)).interval().orElseThrow().clampedTo(0, 1);
     * }</pre>
     *
     * @param level the nominal coverage, above 0 and below 1
     * @param figure what to ask the model for; a smooth function of its parameters
     * @return the figure, n the number of customers; without an interval if there are no standard errors
     * @throws NoSuchElementException if the data could not be fitted
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Estimate estimate(double level, ToDoubleFunction<? super M> figure) {
        Interval.requireLevel(level);
        Estimate estimate = Estimate.of(figure.applyAsDouble(model()), fittedOn.customers());
        OptionalDouble error = standardError(figure);
        if (error.isEmpty()) {
            return estimate;
        }
        double half = Normal.twoSidedQuantile(level) * error.getAsDouble();
        return estimate.withInterval(
                new Interval(estimate.value() - half, estimate.value() + half, level, "delta method"));
    }

    /**
     * The standard error of a figure of the fitted model for the uncertainty of the parameters, by the delta method; see
     * {@link #estimate(double, ToDoubleFunction)}.
     *
     * @param figure what to ask the model for; a smooth function of its parameters
     * @return the standard error, or empty if the parameters have none
     * @throws NoSuchElementException if the data could not be fitted
     */
    public OptionalDouble standardError(ToDoubleFunction<? super M> figure) {
        requireDefined();
        int n = parameters.size();
        if (covariance == null || rebuild == null) {
            return OptionalDouble.empty();
        }
        double[] slope = new double[n];
        for (int i = 0; i < n; i++) {
            if (covariance[i][i] > 0) {
                slope[i] = slope(rebuild, figure, i, STEP * Math.sqrt(covariance[i][i]));
            }
        }
        double variance = 0.0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                variance += covariance[i][i] > 0 && covariance[j][j] > 0 ? slope[i] * covariance[i][j] * slope[j] : 0.0;
            }
        }
        return OptionalDouble.of(Math.sqrt(Math.max(0.0, variance)));
    }

    private double slope(Function<double[], M> build, ToDoubleFunction<? super M> figure, int i, double wanted) {
        double[] values =
                parameters.stream().mapToDouble(FittedParameter::value).toArray();
        double step = parameters.get(i).positive() ? Math.min(wanted, STEP * values[i]) : wanted;
        double at = values[i];
        values[i] = at + step;
        double above = figure.applyAsDouble(build.apply(values.clone()));
        values[i] = at - step;
        double below = figure.applyAsDouble(build.apply(values));
        return (above - below) / (2 * step);
    }

    /**
     * The log-likelihood of the whole data at the maximum, in the data's unit of time or money, with no constant dropped.
     *
     * @return the log-likelihood
     * @throws NoSuchElementException if the data could not be fitted
     */
    public double logLikelihood() {
        requireDefined();
        return logLikelihood;
    }

    /**
     * How the search ended.
     *
     * @return the state
     * @throws NoSuchElementException if the data could not be fitted
     */
    public Convergence convergence() {
        requireDefined();
        return convergence;
    }

    /**
     * Whether a maximum was reached, at a border or not.
     *
     * @return false if the search was stopped at its limit or the data could not be fitted
     */
    public boolean converged() {
        return undefined == null && convergence != Convergence.ITERATION_LIMIT;
    }

    /**
     * How often the likelihood was evaluated.
     *
     * @return the number, 0 if the data could not be fitted
     */
    public int evaluations() {
        return evaluations;
    }

    /**
     * The largest component of the gradient in the logarithms of the parameters where the search ended.
     *
     * @return the absolute value, near 0 at a maximum
     * @throws NoSuchElementException if the data could not be fitted
     */
    public double largestGradient() {
        requireDefined();
        return largestGradient;
    }

    /**
     * What the model was fitted on.
     *
     * @return the size of the data, also if it could not be fitted
     */
    public FittedOn fittedOn() {
        return fittedOn;
    }

    /** The model with its log-likelihood and convergence, or the reason why there is none. */
    @Override
    public String toString() {
        return undefined != null
                ? "undefined: " + undefined.message()
                : model + ", log-likelihood " + logLikelihood + ", " + convergence + ", fitted on " + fittedOn;
    }

    private void requireDefined() {
        if (undefined != null) {
            throw new NoSuchElementException(undefined.message());
        }
    }
}
