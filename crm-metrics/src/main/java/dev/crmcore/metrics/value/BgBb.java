package dev.crmcore.metrics.value;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.DiscountedSum;
import dev.crmcore.metrics.internal.GammaFunctions;

/**
 * The BG/BB model of Fader, Hardie and Shang, Customer-Base Analysis in a Discrete-Time Noncontractual Setting,
 * <em>Marketing Science</em> 29(6), 2010: for customers who have one opportunity in each period (a yearly conference, a
 * donation drive, a weekly box) and take it or not.
 *
 * <p>While alive a customer takes an opportunity with probability p, and before each opportunity dies with probability
 * &theta;; over the customers p ~ Beta(&alpha;, &beta;) and &theta; ~ Beta(&gamma;, &delta;), independently. The likelihood
 * of x opportunities taken of n, the last at t<sub>x</sub>, is
 *
 * <pre>
 * L = B(&alpha;+x, &beta;+n-x) / B(&alpha;, &beta;) B(&gamma;, &delta;+n) / B(&gamma;, &delta;)
 *   + &Sigma;_{k=t_x}^{n-1} B(&alpha;+x, &beta;+k-x) / B(&alpha;, &beta;) B(&gamma;+1, &delta;+k) / B(&gamma;, &delta;)
 * </pre>
 *
 * <p>The unit of time is the period of one opportunity. In a {@link PurchaseHistory} x is the frequency, t<sub>x</sub> the
 * recency and n the age, all whole; of a span ahead the whole periods count. Alive means after opportunity n; just before
 * the next one it is {@link #probabilityAlive(PurchaseHistory, dev.crmcore.metrics.TimeSpan)} one period ahead.
 *
 * <pre>{@code
 * BgBb model = BgBb.fit(PurchaseHistories.of(x, lastTaken, opportunities, PeriodUnit.YEAR)).model();
 * PurchaseHistory donor = PurchaseHistory.of(3, 6, 8, PeriodUnit.YEAR);
 * model.expectedPurchases(donor, TimeSpan.of(4, PeriodUnit.YEAR));
 * }</pre>
 *
 * <p>Sums run over the opportunities, of which there may be {@value #MOST_OPPORTUNITIES}; a distribution up to m costs m
 * such sums. All terms are positive; relative errors are below 1e-10. Immutable and thread-safe.
 */
public final class BgBb extends LatentDropout {

    /** The most opportunities in a history or ahead. */
    public static final int MOST_OPPORTUNITIES = 100_000;

    /** What a fit of the model means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("bg-bb-fit", 1)
            .name("BG/BB model of opportunities taken")
            .kind(KpiKind.BATCH)
            .unit("alpha, beta, gamma, delta without unit")
            .formula(
                    "takes an opportunity with p ~ Beta(alpha, beta) while alive; dies before each with theta ~ Beta(gamma,"
                            + " delta)")
            .variant("maximum likelihood over distinct (x, t_x, n)")
            .emptyRule("undefined without a customer, an opportunity or one that was taken")
            .source("Fader, Hardie and Shang 2010, Marketing Science 29(6)")
            .build();

    private static final String[] NAMES = {"alpha", "beta", "gamma", "delta"};

    private static final int[][] RAYS = {{1, 1, 0, 0}, {-1, -1, 0, 0}, {0, 0, 1, 1}, {0, 0, -1, -1}};
    private static final double LARGE = 1e250;
    private static final double NEAR = 1e-6;

    private final double alpha;
    private final double beta;
    private final double gamma;
    private final double delta;

    private BgBb(double alpha, double beta, double gamma, double delta, PeriodUnit unit) {
        super(unit);
        this.alpha = positive(alpha, "alpha");
        this.beta = positive(beta, "beta");
        this.gamma = positive(gamma, "gamma");
        this.delta = positive(delta, "delta");
    }

    /**
     * The model with known parameters.
     *
     * @param alpha the first parameter of the probabilities to take an opportunity
     * @param beta the second parameter of these
     * @param gamma the first parameter of the probabilities to die
     * @param delta the second parameter of these
     * @param unit the period of one opportunity
     * @return the model
     * @throws IllegalArgumentException if a parameter is not positive and finite
     */
    public static BgBb of(double alpha, double beta, double gamma, double delta, PeriodUnit unit) {
        return new BgBb(alpha, beta, gamma, delta, unit);
    }

    /**
     * Fits the model by maximum likelihood, as {@link BgNbd#fit(PurchaseHistories)} does.
     *
     * @param histories the customers' histories, in units of the period of one opportunity
     * @return the fit; refused with a reason if nobody had or took an opportunity
     * @throws IllegalArgumentException if a recency or an age is not whole, there are more than
     *     {@value #MOST_OPPORTUNITIES} opportunities, or more were taken than there were up to the last one
     */
    public static ModelFit<BgBb> fit(PurchaseHistories histories) {
        for (int row = 0; row < histories.size(); row++) {
            check(histories.frequency(row), histories.recency(row), histories.age(row));
        }
        FittedOn fittedOn = FittedOn.of(histories);
        Undefined reason = FittedOn.reasonAgainst(histories);
        if (reason != null) {
            return ModelFit.refused(reason, fittedOn);
        }
        return new MaximumLikelihood(NAMES, new double[4], RAYS)
                .fit(
                        new BgBbLikelihood(histories),
                        BgBbLikelihood.starts(),
                        p -> new BgBb(p[0], p[1], p[2], p[3], histories.unit()),
                        fittedOn);
    }

    /**
     * The first parameter of the probabilities to take an opportunity: their mean is &alpha; / (&alpha; + &beta;).
     *
     * @return &alpha;, positive
     */
    public double alpha() {
        return alpha;
    }

    /**
     * The second parameter of the probabilities to take an opportunity.
     *
     * @return &beta;, positive
     */
    public double beta() {
        return beta;
    }

    /**
     * The first parameter of the probabilities to die: their mean is &gamma; / (&gamma; + &delta;).
     *
     * @return &gamma;, positive
     */
    public double gamma() {
        return gamma;
    }

    /**
     * The second parameter of the probabilities to die.
     *
     * @return &delta;, positive
     */
    public double delta() {
        return delta;
    }

    /**
     * The probability with which a customer takes an opportunity while alive, as far as the history tells.
     *
     * @param history the customer's history
     * @return the posterior mean of p
     * @throws IllegalArgumentException if the history is not one of whole opportunities
     */
    public double expectedTakingProbability(PurchaseHistory history) {
        return posterior(history.in(unit())).taking;
    }

    /**
     * The probability with which a customer dies before an opportunity, as far as the history tells.
     *
     * @param history the customer's history
     * @return the posterior mean of &theta;
     * @throws IllegalArgumentException if the history is not one of whole opportunities
     */
    public double expectedDeathProbability(PurchaseHistory history) {
        return posterior(history.in(unit())).dying;
    }

    @Override
    double alive(long x, double recency, double age) {
        return posterior(new PurchaseHistory(x, recency, age, unit())).alive;
    }

    @Override
    double logLikelihood(long x, double recency, double age) {
        double n = whole(age, "age");
        return GammaFunctions.logRising(alpha, (double) x)
                + GammaFunctions.logRising(beta, n - x)
                - GammaFunctions.logRising(alpha + beta, n)
                + GammaFunctions.logRising(delta, n)
                - GammaFunctions.logRising(gamma + delta, n)
                + posterior(new PurchaseHistory(x, recency, age, unit())).logOneByAlive;
    }

    /** What a history tells: P(alive), -ln P(alive) and the means of both probabilities. */
    private static final class Posterior {
        private double alive;
        private double logOneByAlive;
        private double taking;
        private double dying;
    }

    /** The odds of having died before opportunity k + 1, for k from n - 1 down to t_x, each against being alive. */
    private Posterior posterior(PurchaseHistory h) {
        check(h.frequency(), h.recency(), h.age());
        long x = h.frequency();
        int n = whole(h.age(), "age");
        double term = gamma;
        double logScale = 0.0;
        double sum = 0.0;
        double one = 1.0;
        double taking = (alpha + x) / (alpha + beta + n);
        double dying = gamma / (gamma + delta + n);
        for (int k = n - 1; k >= whole(h.recency(), "recency"); k--) {
            double next = k == n - 1 ? 1.0 : gamma + delta + (k + 1);
            term *= (alpha + beta + k) / (beta + (k - x)) * (next / (delta + k));
            sum += term;
            taking += term * ((alpha + x) / (alpha + beta + k));
            dying += term * ((gamma + 1) / (gamma + delta + (k + 1)));
            if (term > LARGE) {
                logScale += Math.log(term);
                sum /= term;
                one /= term;
                taking /= term;
                dying /= term;
                term = 1.0;
            }
        }
        Posterior posterior = new Posterior();
        double total = one + sum;
        posterior.alive = one / total;
        posterior.logOneByAlive = logScale == 0 ? Math.log1p(sum) : logScale + Math.log(total);
        posterior.taking = taking / total;
        posterior.dying = dying / total;
        return posterior;
    }

    /** Given that the customer is alive after n opportunities, p ~ Beta(alpha+x, beta+n-x), theta ~ Beta(gamma, delta+n). */
    @Override
    AliveCustomer aliveAfter(long x) {
        return new Alive(this, x);
    }

    private static final class Alive implements AliveCustomer {

        private final BgBb model;
        private final long x;

        Alive(BgBb model, long x) {
            this.model = model;
            this.x = x;
        }

        @Override
        public double survival(double age, double t) {
            return Math.exp(model.logSurvival(whole(age, "age"), whole(Math.floor(t + NEAR), "opportunities ahead")));
        }

        @Override
        public double purchases(double age, double t) {
            int n = whole(age, "age");
            int h = whole(Math.floor(t + NEAR), "opportunities ahead");
            double survival = 1.0;
            double sum = 0.0;
            for (int k = 0; k < h; k++) {
                survival *= (model.delta + n + k) / (model.gamma + model.delta + n + k);
                sum += survival;
            }
            return taking(n) * sum;
        }

        /** Of those who die after k more opportunities, or not at all, some take m of these. */
        @Override
        public double[] distribution(double age, double t, int most) {
            int n = whole(age, "age");
            int h = whole(Math.floor(t + NEAR), "opportunities ahead");
            double[] lives = new double[h + 1];
            double survival = 1.0;
            for (int k = 0; k < h; k++) {
                double death = model.gamma / (model.gamma + model.delta + n + k);
                lives[k] = survival * death;
                survival *= (model.delta + n + k) / (model.gamma + model.delta + n + k);
            }
            lives[h] = survival;
            double[] probability = new double[most + 1];
            double a = model.alpha + x;
            double b = model.beta + (n - x);
            for (int m = 0; m <= Math.min(most, h); m++) {
                double taken = Math.exp(GammaFunctions.logRising(a, m) - GammaFunctions.logRising(a + b, m));
                for (int k = m; k <= h; k++) {
                    probability[m] += lives[k] * taken;
                    taken *= (k + 1.0) / (k + 1 - m) * ((b + (k - m)) / (a + b + k));
                }
            }
            return probability;
        }

        @Override
        public double discountedPurchases(double age, double rate) {
            int n = whole(age, "age");
            // the first opportunity ahead is one period away
            return taking(n) * Math.exp(-rate) * DiscountedSum.of((k, logK) -> model.logSurvival(n, k + 1), rate);
        }

        private double taking(double n) {
            return (model.alpha + x) / (model.alpha + model.beta + n);
        }
    }

    /** ln P(alive after k more opportunities), given alive after n. */
    private double logSurvival(double n, double k) {
        return GammaFunctions.logRisingRatio(delta + n, gamma, k);
    }

    private static void check(long x, double recency, double age) {
        int last = whole(recency, "recency");
        whole(age, "age");
        if (x > last) {
            throw new IllegalArgumentException(
                    "frequency must not exceed the opportunities up to the last one taken, " + last + ", not " + x);
        }
    }

    /** The value as a whole number of opportunities; conversions between units may have left some rounding. */
    static int whole(double value, String name) {
        double whole = Math.rint(value);
        if (!(Math.abs(value - whole) <= NEAR) || whole > MOST_OPPORTUNITIES) {
            throw new IllegalArgumentException(name + " must be a whole number of opportunities, at most "
                    + MOST_OPPORTUNITIES + ", not " + value);
        }
        return (int) whole;
    }

    /** The parameters and the unit. */
    @Override
    public String toString() {
        return "BG/BB(alpha=" + alpha + ", beta=" + beta + ", gamma=" + gamma + ", delta=" + delta + ", unit=" + unit()
                + ")";
    }
}
