package dev.crmcore.metrics.internal;

/** Student's t distribution, through the {@link Beta} distribution of t&sup2;/(df + t&sup2;). */
public final class StudentT {

    private StudentT() {}

    /** P(|T| &ge; |t|) with {@code df} degrees of freedom, positive and not necessarily whole. */
    public static double twoSided(double t, double df) {
        double square = t * t;
        if (Double.isInfinite(square)) {
            return 0;
        }
        return Beta.cdf(df / (df + square), square / (df + square), df / 2, 0.5);
    }

    /** The t of a two-sided interval: P(|T| &le; t) = level. */
    public static double twoSidedQuantile(double level, double df) {
        double y = Beta.quantile(level, 0.5, df / 2);
        if (y <= 0.5) {
            return Math.sqrt(df * y / (1 - y));
        }
        // Near 1 the complement is what carries the digits
        double x = Beta.quantile(1 - level, df / 2, 0.5);
        return Math.sqrt(df * (1 - x) / x);
    }
}
