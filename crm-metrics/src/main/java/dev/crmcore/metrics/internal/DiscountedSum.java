package dev.crmcore.metrics.internal;

/**
 * The sum &Sigma;<sub>k&ge;0</sub> f(k) e<sup>&minus;&rho;k</sup> of a smooth, positive, falling f, such as a survival
 * function: the first terms one by one, the rest by the Euler&ndash;Maclaurin formula with Gauss&ndash;Legendre panels in
 * ln k. The cost grows with ln(1/&rho;) and not with 1/&rho;. The relative error is about 1e-11.
 */
public final class DiscountedSum {

    private static final int DIRECT = 256;
    private static final double PANEL = 0.5;
    private static final GaussLegendre RULE = GaussLegendre.of(16);
    private static final double NEGLIGIBLE = 1e-17;

    /** Beyond this f is a power of k to double precision, or everything has been discounted away. */
    private static final int MOST_PANELS = 3_000;

    /** A function of real k. */
    public interface LogTerm {

        /** Returns ln f(k), given k (perhaps infinite) and its logarithm. */
        double at(double k, double logK);
    }

    private DiscountedSum() {}

    /** The sum for a positive rate, or for rate 0 of an f that falls faster than 1/k. */
    public static double of(LogTerm logTerm, double rate) {
        double sum = 0;
        for (int k = 0; k < DIRECT; k++) {
            sum += term(logTerm, k, rate);
        }
        double first = term(logTerm, DIRECT, rate);
        if (first <= NEGLIGIBLE * 1e-3 * sum) {
            return sum;
        }
        double slope = 0.5 * (term(logTerm, DIRECT + 1.0, rate) - term(logTerm, DIRECT - 1.0, rate));
        return sum + 0.5 * first - slope / 12 + integral(logTerm, rate, sum);
    }

    private static double term(LogTerm logTerm, double k, double rate) {
        return Math.exp(logTerm.at(k, Math.log(k)) - rate * k);
    }

    private static double integral(LogTerm logTerm, double rate, double sum) {
        double integral = 0;
        double start = Math.log(DIRECT);
        double before = Double.POSITIVE_INFINITY;
        for (int panel = 0; panel < MOST_PANELS; panel++) {
            double part = 0;
            for (int i = 0; i < RULE.size(); i++) {
                double logK = start + (panel + RULE.node(i)) * PANEL;
                double k = Math.exp(logK);
                double discount = rate == 0 ? 0 : rate * k;
                part += RULE.weight(i) * Math.exp(logTerm.at(k, logK) + logK - discount);
            }
            part *= PANEL;
            integral += part;
            if (part < before && part <= NEGLIGIBLE * (sum + integral)) {
                return integral;
            }
            if (panel == MOST_PANELS - 1 && part < before) {
                // a power of k: the panels are a geometric series
                return integral + part * part / (before - part);
            }
            before = part;
        }
        return integral;
    }
}
