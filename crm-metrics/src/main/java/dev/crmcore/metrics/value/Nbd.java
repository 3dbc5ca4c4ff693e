package dev.crmcore.metrics.value;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.GammaFunctions;
import dev.crmcore.metrics.internal.RisingFactorialSum;
import dev.crmcore.metrics.internal.TrustRegion;
import java.util.Arrays;

/**
 * The negative binomial model of repeat buying, Ehrenberg 1959: customers buy at Gamma(r, rate &alpha;) rates and nobody ever
 * drops out. The yardstick of the models with dropout, which have to beat it: see {@link LikelihoodRatio}.
 *
 * <pre>
 * L = &Gamma;(r+x) / &Gamma;(r) &alpha;^r (&alpha;+T)^-(r+x)
 * </pre>
 *
 * <p>Every customer is alive with probability 1, that is the model's assumption. Immutable and thread-safe.
 */
public final class Nbd extends LatentDropout {

    /** What a fit of the model means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("nbd-fit", 1)
            .name("Negative binomial model of repeat purchases")
            .kind(KpiKind.BATCH)
            .unit("r without unit; alpha in the unit of time of the histories")
            .formula("buys at a rate ~ Gamma(r, alpha) for ever")
            .variant("maximum likelihood over distinct (x, T)")
            .emptyRule("undefined without a customer, a repeat purchase or any time observed")
            .source("Ehrenberg 1959, Journal of the Royal Statistical Society C 8(1)")
            .build();

    private static final String[] NAMES = {"r", "alpha"};
    private static final int[][] RAYS = {{1, 1}, {-1, -1}};

    private final double r;
    private final double alpha;

    private Nbd(double r, double alpha, PeriodUnit unit) {
        super(unit);
        this.r = positive(r, "r");
        this.alpha = positive(alpha, "alpha");
    }

    /**
     * The model with known parameters.
     *
     * @param r the shape of the purchase rates
     * @param alpha the rate parameter of the purchase rates, in units of time
     * @param unit the unit of time of {@code alpha}
     * @return the model
     * @throws IllegalArgumentException if a parameter is not positive and finite
     */
    public static Nbd of(double r, double alpha, PeriodUnit unit) {
        return new Nbd(r, alpha, unit);
    }

    /**
     * Fits the model by maximum likelihood, as {@link BgNbd#fit(PurchaseHistories)} does.
     *
     * @param histories the customers' histories; the model is in their unit of time
     * @return the fit
     */
    public static ModelFit<Nbd> fit(PurchaseHistories histories) {
        FittedOn fittedOn = FittedOn.of(histories);
        Undefined reason = FittedOn.reasonAgainst(histories);
        if (reason != null) {
            return ModelFit.refused(reason, fittedOn);
        }
        Likelihood likelihood = new Likelihood(histories);
        double logTime = Math.log(likelihood.meanAge);
        double logRate = Math.log(fittedOn.purchases() / (likelihood.meanAge * fittedOn.customers()));
        return new MaximumLikelihood(NAMES, new double[] {0.0, logTime}, RAYS)
                .fit(
                        likelihood,
                        new double[][] {{0.0, -logRate}, {Math.log(0.3), Math.log(0.3) - logRate}},
                        p -> new Nbd(p[0], p[1], histories.unit()),
                        fittedOn);
    }

    /** ln L with its derivatives; r and alpha are 0 and 1. */
    private static final class Likelihood implements TrustRegion.Objective {

        private final double[] ages;
        private final double[] weight;
        private final double[] purchases;
        private final RisingFactorialSum rising;
        private final double meanAge;

        Likelihood(PurchaseHistories histories) {
            int rows = histories.size();
            double[] all = new double[rows];
            long[] counts = new long[rows];
            double[] weights = new double[rows];
            int distinct = 0;
            double exposure = 0.0;
            for (int row = 0; row < rows; row++) {
                all[row] = histories.age(row);
                exposure += all[row] * histories.customers(row);
                if (row == 0 || histories.frequency(row) != histories.frequency(row - 1)) {
                    counts[distinct++] = histories.frequency(row);
                }
                weights[distinct - 1] += histories.customers(row);
            }
            ages = Arrays.stream(all).sorted().distinct().toArray();
            weight = new double[ages.length];
            purchases = new double[ages.length];
            for (int row = 0; row < rows; row++) {
                int age = Arrays.binarySearch(ages, all[row]);
                weight[age] += histories.customers(row);
                purchases[age] += (double) histories.customers(row) * histories.frequency(row);
            }
            rising = new RisingFactorialSum(Arrays.copyOf(counts, distinct), Arrays.copyOf(weights, distinct));
            meanAge = exposure / histories.customers();
        }

        @Override
        public double evaluate(double[] point, double[] gradient, double[][] hessian) {
            double r = Math.exp(point[0]);
            double alpha = Math.exp(point[1]);
            rising.evaluate(r);
            double value = rising.value();
            double slopeR = rising.first();
            double slopeAlpha = 0.0;
            double bend = 0.0;
            double mixed = 0.0;
            for (int i = 0; i < ages.length; i++) {
                double log = Math.log1p(ages[i] / alpha);
                double inverse = 1.0 / (alpha + ages[i]);
                double share = ages[i] / alpha * inverse;
                value -= (r * weight[i] + purchases[i]) * log + purchases[i] * point[1];
                slopeR -= weight[i] * log;
                slopeAlpha += r * weight[i] * share - purchases[i] * inverse;
                mixed += weight[i] * share;
                bend += purchases[i] * inverse * inverse - r * weight[i] * share * (1.0 / alpha + inverse);
            }
            gradient[0] = slopeR;
            gradient[1] = slopeAlpha;
            hessian[0][0] = rising.second();
            hessian[0][1] = mixed;
            hessian[1][1] = bend;
            MaximumLikelihood.toLogarithms(new double[] {r, alpha}, gradient, hessian);
            return value;
        }
    }

    /**
     * The shape of the purchase rates.
     *
     * @return r, positive
     */
    public double r() {
        return r;
    }

    /**
     * The rate parameter of the purchase rates: the mean rate is r / &alpha;.
     *
     * @return &alpha;, positive, in the model's unit of time
     */
    public double alpha() {
        return alpha;
    }

    @Override
    double alive(long x, double recency, double age) {
        return 1.0;
    }

    @Override
    double logLikelihood(long x, double recency, double age) {
        return GammaFunctions.logRising(r, (double) x) - r * Math.log1p(age / alpha) - x * Math.log(alpha + age);
    }

    @Override
    AliveCustomer aliveAfter(long x) {
        return new Alive(r + x, alpha);
    }

    private static final class Alive implements AliveCustomer {

        private final double shape;
        private final double alpha;

        Alive(double shape, double alpha) {
            this.shape = shape;
            this.alpha = alpha;
        }

        @Override
        public double survival(double age, double t) {
            return 1.0;
        }

        @Override
        public double purchases(double age, double t) {
            return shape * (t / (alpha + age));
        }

        @Override
        public double[] distribution(double age, double t, int most) {
            double[] probability = new double[most + 1];
            ParetoNbdCounts.addNegativeBinomial(probability, shape, t / (alpha + age), 0.0);
            return probability;
        }

        @Override
        public double discountedPurchases(double age, double rate) {
            return shape / (alpha + age) / rate;
        }
    }

    /** The parameters and the unit. */
    @Override
    public String toString() {
        return "NBD(r=" + r + ", alpha=" + alpha + ", unit=" + unit() + ")";
    }
}
