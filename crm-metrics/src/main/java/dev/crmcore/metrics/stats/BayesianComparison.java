package dev.crmcore.metrics.stats;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.internal.Beta;
import dev.crmcore.metrics.internal.CompensatedSum;
import dev.crmcore.metrics.internal.GammaFunctions;
import dev.crmcore.metrics.internal.GaussLegendre;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The Bayesian reading of an A/B test or of one with more variants: how probable it is that a variant is the best, and what
 * choosing it would cost on average if it is not.
 *
 * <p>Each variant's share has a beta prior, uniform unless another one is given, and by its counts a beta posterior. The
 * integrals over the posteriors are done by Gauss-Legendre quadrature on the scale of log odds, in pieces as wide as the
 * posteriors; no random numbers are drawn. The absolute error is about 1e-12 + 1e-16 &middot; n.
 *
 * <p>Immutable and thread-safe. Cost of one figure: about 400 k&sup2; values of a beta distribution for k variants, each of
 * which grows with the square root of n: well below a millisecond for two variants with thousands of customers.
 */
public final class BayesianComparison {

    /** How probable it is that a variant is the best. */
    public static final KpiDefinition PROBABILITY_TO_BE_BEST = definition(
            "probability-to-be-best",
            "Probability to be best",
            "P(share of the variant > share of every other)",
            "probability, 0 to 1");

    /** What choosing a variant costs on average. */
    public static final KpiDefinition EXPECTED_LOSS = definition(
            "expected-loss",
            "Expected loss",
            "E[max(largest share of the others - share of the variant, 0)]",
            "difference of shares, 0 to 1");

    private static final GaussLegendre RULE = GaussLegendre.of(20);

    /** How far from a posterior's mean the pieces end, in standard deviations of its log odds. */
    private static final double[] PIECES = {0, 1, 2, 3, 4, 6, 8, 12, 20, 40};

    /** Below this a prior puts so much on shares of nearly 0 and 1 that a double cannot hold their odds. */
    private static final double LEAST_WEIGHT = 0.1;

    private final List<Proportion> variants;
    private final double[] a;
    private final double[] b;

    private BayesianComparison(List<Proportion> variants, double[] a, double[] b) {
        this.variants = variants;
        this.a = a;
        this.b = b;
    }

    /**
     * Compares variants under the uniform prior Beta(1, 1).
     *
     * @param variants the counts of each variant, at least two variants; the first usually is the control
     * @return the comparison
     * @throws IllegalArgumentException if there are fewer than two variants
     */
    public static BayesianComparison of(List<Proportion> variants) {
        return of(variants, 1, 1);
    }

    /**
     * Compares variants under the prior Beta(successes, failures), such as what is known from earlier.
     *
     * @param variants the counts of each variant, at least two variants
     * @param priorSuccesses the prior's weight of success, finite and at least 0.1
     * @param priorFailures the prior's weight of failure, finite and at least 0.1
     * @return the comparison
     * @throws IllegalArgumentException if there are fewer than two variants or a weight is out of range
     */
    public static BayesianComparison of(List<Proportion> variants, double priorSuccesses, double priorFailures) {
        List<Proportion> copy = List.copyOf(variants);
        if (copy.size() < 2) {
            throw new IllegalArgumentException("variants must be at least two, not " + copy.size());
        }
        requireWeight(priorSuccesses, "priorSuccesses");
        requireWeight(priorFailures, "priorFailures");
        return new BayesianComparison(
                copy,
                copy.stream().mapToDouble(v -> priorSuccesses + v.successes()).toArray(),
                copy.stream()
                        .mapToDouble(v -> priorFailures + (v.trials() - v.successes()))
                        .toArray());
    }

    /**
     * How probable it is that a variant has the largest share of all.
     *
     * @param variant its position, from 0
     * @return the probability, 0 to 1; over all variants they add up to 1
     * @throws IndexOutOfBoundsException if there is no such variant
     */
    public double probabilityToBeBest(int variant) {
        Objects.checkIndex(variant, a.length);
        DoubleUnaryOperator integrand = t -> {
            double density = density(variant, t);
            return density == 0 ? 0 : density * othersBelow(variant, t);
        };
        return Math.max(0, Math.min(1, integral(integrand, points(variant, variant + 1))));
    }

    /**
     * How much share is lost on average by choosing a variant: the mean of the best share minus its own.
     *
     * @param variant its position, from 0
     * @return the loss as a difference of shares, 0 to 1; small if the variant is the best or hardly worse
     * @throws IndexOutOfBoundsException if there is no such variant
     */
    public double expectedLoss(int variant) {
        Objects.checkIndex(variant, a.length);
        // The mean of (best other - this) where positive is the integral of P(this <= x < best other)
        DoubleUnaryOperator integrand = t -> {
            double x = share(t);
            double y = share(-t);
            return Beta.cdf(x, y, a[variant], b[variant]) * (1 - othersBelow(variant, t)) * x * y;
        };
        return Math.max(0, integral(integrand, points(0, a.length)));
    }

    /**
     * What is known of a variant's share.
     *
     * @param variant its position, from 0
     * @param level the probability that the share is within the interval, above 0 and below 1
     * @return the posterior mean with the interval that leaves as much below as above
     * @throws IndexOutOfBoundsException if there is no such variant
     * @throws IllegalArgumentException if the level is out of range
     */
    public Estimate posterior(int variant, double level) {
        Objects.checkIndex(variant, a.length);
        Interval.requireLevel(level);
        double tail = (1 - level) / 2;
        double lower = Beta.quantile(tail, a[variant], b[variant]);
        double upper = 1 - Beta.quantile(tail, b[variant], a[variant]);
        return Estimate.ratio(
                        a[variant],
                        a[variant] + b[variant],
                        variants.get(variant).trials())
                .withInterval(new Interval(lower, Math.max(lower, upper), level, "equal-tailed credible"));
    }

    /** The integral over pieces that meet at ascending points. */
    private static double integral(DoubleUnaryOperator f, double[] points) {
        CompensatedSum sum = new CompensatedSum();
        for (int piece = 1; piece < points.length; piece++) {
            double width = points[piece] - points[piece - 1];
            for (int i = 0; i < RULE.size(); i++) {
                sum.add(RULE.weight(i) * width * f.applyAsDouble(points[piece - 1] + RULE.node(i) * width));
            }
        }
        return sum.value();
    }

    private double othersBelow(int variant, double t) {
        double x = share(t);
        double y = share(-t);
        double product = 1;
        for (int other = 0; other < a.length; other++) {
            if (other != variant) {
                product *= Beta.cdf(x, y, a[other], b[other]);
            }
        }
        return product;
    }

    /** The posterior density of a variant's log odds. */
    private double density(int variant, double t) {
        double logBeta = GammaFunctions.logBeta(a[variant], b[variant]);
        return Math.exp(-a[variant] * softPlus(-t) - b[variant] * softPlus(t) - logBeta);
    }

    /** The ends of all pieces that lie where some of the variants have their posteriors. */
    private double[] points(int from, int to) {
        double[] ends = IntStream.range(from, to)
                .boxed()
                .flatMapToDouble(v -> IntStream.of(-1, 1).mapToDouble(side -> end(v, side * PIECES[PIECES.length - 1])))
                .sorted()
                .toArray();
        return IntStream.range(0, a.length)
                .boxed()
                .flatMapToDouble(v ->
                        Arrays.stream(PIECES).flatMap(piece -> DoubleStream.of(end(v, -piece), end(v, piece))))
                .filter(t -> t >= ends[0] && t <= ends[ends.length - 1])
                .sorted()
                .distinct()
                .toArray();
    }

    /** The mean of a variant's log odds, and some standard deviations more. */
    private double end(int variant, double deviations) {
        double mean = GammaFunctions.digamma(a[variant]) - GammaFunctions.digamma(b[variant]);
        double variance = GammaFunctions.trigamma(a[variant]) + GammaFunctions.trigamma(b[variant]);
        return mean + deviations * Math.sqrt(variance);
    }

    /** ln(1 + exp t). */
    private static double softPlus(double t) {
        return Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)));
    }

    private static double share(double t) {
        return 1 / (1 + Math.exp(-t));
    }

    private static void requireWeight(double weight, String name) {
        if (!(weight >= LEAST_WEIGHT && Double.isFinite(weight))) {
            throw new IllegalArgumentException(name + " must be finite and at least 0.1, not " + weight);
        }
    }

    private static KpiDefinition definition(String id, String name, String formula, String unit) {
        return KpiDefinition.builder(id, 1)
                .name(name)
                .kind(KpiKind.BATCH)
                .unit(unit)
                .formula(formula)
                .variant("independent beta posteriors; the prior, uniform by default")
                .emptyRule("the prior alone for a variant without trials")
                .source("beta-binomial model; quadrature")
                .build();
    }
}
