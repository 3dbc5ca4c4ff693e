package dev.crmcore.metrics.value;

import dev.crmcore.metrics.DiscountRate;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.DiscountedSum;
import dev.crmcore.metrics.internal.GammaFunctions;
import java.util.Objects;

/**
 * Retention with S(t) = B(&alpha;, &beta; + &tau;) / B(&alpha;, &beta;) for some power &tau; = t<sup>c</sup> of time: what
 * the shifted beta-geometric (c = 1) and the beta-discrete-Weibull have in common.
 */
abstract class BetaRetention implements ContractModel {

    /** From here on tau only enters by its logarithm; it may not fit into a double. */
    static final double LARGE_LOG = 300.0;

    private final double alpha;
    private final double beta;
    private final double c;
    private final long customers;
    private final PeriodUnit unit;

    BetaRetention(double alpha, double beta, double c, long customers, PeriodUnit unit) {
        this.alpha = LatentDropout.positive(alpha, "alpha");
        this.beta = LatentDropout.positive(beta, "beta");
        this.c = LatentDropout.positive(c, "c");
        this.customers = customers;
        this.unit = Objects.requireNonNull(unit, "unit");
    }

    /**
     * The first parameter of the churn probabilities, whose mean is &alpha; / (&alpha; + &beta;) in the first period.
     *
     * @return &alpha;, positive
     */
    public final double alpha() {
        return alpha;
    }

    /**
     * The second parameter of the churn probabilities.
     *
     * @return &beta;, positive
     */
    public final double beta() {
        return beta;
    }

    final double power() {
        return c;
    }

    @Override
    public final PeriodUnit unit() {
        return unit;
    }

    @Override
    public final double survival(long periods) {
        if (periods < 0) {
            throw new IllegalArgumentException("periods must not be negative, not " + periods);
        }
        return Math.exp(logSurvival(periods));
    }

    @Override
    public final double churnProbability(long period) {
        checkPeriod(period);
        return Math.exp(logSurvival(period - 1)) * (0.0 - Math.expm1(logRetention(period)));
    }

    @Override
    public final double retentionRate(long period) {
        checkPeriod(period);
        return Math.exp(logRetention(period));
    }

    @Override
    public final double logLikelihood(ContractTenure tenure) {
        long t = tenure.periods();
        return tenure.left() ? logSurvival(t - 1) + Math.log(-Math.expm1(logRetention(t))) : logSurvival(t);
    }

    @Override
    public final Estimate expectedLifetime() {
        if (!(alpha * c > 1)) {
            return Estimate.undefined(
                    new Undefined(
                            Undefined.Reason.DOES_NOT_EXIST,
                            "S(t) falls like t^-" + alpha * c + ": the sum over all t is infinite"),
                    customers);
        }
        double sum = c == 1
                ? (alpha + beta - 1) / (alpha - 1)
                : DiscountedSum.of((t, logT) -> logRatio(alpha, beta, c * logT), 0.0);
        return Estimate.of(sum, customers);
    }

    @Override
    public final double discountedLifetime(DiscountRate rate) {
        return DiscountedSum.of((t, logT) -> logRatio(alpha, beta, c * logT), continuous(rate));
    }

    @Override
    public final double discountedResidualLifetime(long renewals, DiscountRate rate) {
        if (renewals < 0) {
            throw new IllegalArgumentException("renewals must not be negative, not " + renewals);
        }
        double m = renewals;
        return DiscountedSum.of((t, logT) -> logBetween(alpha, beta, c, m, m + t + 1), continuous(rate));
    }

    private double continuous(DiscountRate rate) {
        double continuous = rate.continuous(unit);
        if (!(continuous > 0)) {
            throw new IllegalArgumentException(
                    "rate must be above 0: without a discount the lifetime may be infinite, not " + rate.rate());
        }
        return continuous;
    }

    private double logSurvival(long t) {
        return logRatio(alpha, beta, c * Math.log((double) t));
    }

    private double logRetention(long t) {
        return logBetween(alpha, beta, c, t - 1.0, (double) t);
    }

    /** ln S(until) - ln S(from): those there at {@code from} are new customers with a later beta. */
    static double logBetween(double alpha, double beta, double c, double from, double until) {
        double logFrom = c * Math.log(from);
        double logUntil = c * Math.log(until);
        if (logUntil > LARGE_LOG) {
            return logRatio(alpha, beta, logUntil) - logRatio(alpha, beta, logFrom);
        }
        double start = Math.exp(logFrom);
        // tau(until) - tau(from) without cancellation
        double more = from == 0 ? Math.exp(logUntil) : start * Math.expm1(c * Math.log1p((until - from) / from));
        return logRatio(alpha, beta + start, Math.log(more));
    }

    /** ln B(alpha, beta + tau) / B(alpha, beta). */
    static double logRatio(double alpha, double beta, double logTau) {
        if (logTau > LARGE_LOG) {
            return GammaFunctions.logRising(beta, alpha) - alpha * logTau;
        }
        return GammaFunctions.logRisingRatio(beta, alpha, Math.exp(logTau));
    }

    private static void checkPeriod(long period) {
        if (period < 1) {
            throw new IllegalArgumentException("period must be at least 1, not " + period);
        }
    }
}
