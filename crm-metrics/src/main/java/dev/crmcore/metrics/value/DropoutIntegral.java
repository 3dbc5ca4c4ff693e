package dev.crmcore.metrics.value;

import java.util.function.DoubleUnaryOperator;

/**
 * Expectations over p ~ Beta(a, b) of what a customer with dropout probability p does, by quadrature: for times so long that
 * the sum of {@link DropoutSeries} would be.
 *
 * <p>In u = logit p all integrands have one peak, and the trapezoidal rule converges exponentially. Where an integrand does
 * not vanish within reach it falls as exp(a u) to the left or exp(&minus;b u) to the right; those tails are summed to
 * infinity as geometric series, so that a tiny a or b costs nothing. The density is not divided by B(a, b), which loses
 * digits when a and b are huge, but by its own integral. The relative error is below 1e-10.
 */
final class DropoutIntegral {

    /** exp(-40) is below the rounding of a sum. */
    private static final double DEPTH = 40.0;

    private static final double GOLDEN = 0.6180339887498949;
    private static final int FIRST_POINTS = 64;
    private static final int HALVINGS = 9;

    private final double a;
    private final double b;
    private final double r;
    private final double tau;
    private final double left;
    private final double right;

    /** The point about which the density is expanded: its own peak. */
    private final double centre;

    private final double centreP;
    private final double centreQ;

    DropoutIntegral(double a, double b, double r, double tau) {
        this.a = a;
        this.b = b;
        this.r = r;
        this.tau = tau;
        this.left = -(DEPTH + Math.log1p(r) + Math.log1p(tau) + Math.log1p(a) + Math.log1p(b));
        this.right = DEPTH + Math.log1p(r) + Math.log1p(a) + Math.log1p(b);
        this.centre = Math.max(left, Math.min(right, Math.log(a) - Math.log(b)));
        this.centreP = 1.0 / (1.0 + Math.exp(-centre));
        this.centreQ = 1.0 / (1.0 + Math.exp(centre));
    }

    /** E[(1 - (1 + p tau)^-r) / p]. */
    double purchases() {
        return Math.exp(logIntegral(u -> logDensity(u) + logPurchases(u)) - logIntegral(this::logDensity));
    }

    /** E[(1 + p tau)^-r]. */
    double alive() {
        double log = logIntegral(u -> logDensity(u) - r * Math.log1p(Math.exp(logP(u)) * tau))
                - logIntegral(this::logDensity);
        return Math.exp(Math.min(0.0, log));
    }

    private double logPurchases(double u) {
        double logP = logP(u);
        double exponent = r * Math.log1p(Math.exp(logP) * tau);
        // (1 - exp(-e)) / p: for small p the quotient of two small numbers, r tau in the limit
        return exponent < 1e-280 ? Math.log(r) + Math.log(tau) : Math.log(-Math.expm1(-exponent)) - logP;
    }

    private static double logP(double u) {
        return u < 0 ? u - Math.log1p(Math.exp(u)) : -Math.log1p(Math.exp(-u));
    }

    /** a ln p + b ln(1 - p) less its value at the centre, without cancellation near it. */
    private double logDensity(double u) {
        double d = u - centre;
        return d >= 0
                ? a * d - (a + b) * Math.log1p(centreP * Math.expm1(d))
                : -b * d - (a + b) * Math.log1p(centreQ * Math.expm1(-d));
    }

    private double logIntegral(DoubleUnaryOperator logIntegrand) {
        double peak = peak(logIntegrand);
        double top = logIntegrand.applyAsDouble(peak);
        DoubleUnaryOperator integrand = u -> Math.exp(logIntegrand.applyAsDouble(u) - top);
        double from = edge(logIntegrand, left, peak, top - DEPTH);
        double to = edge(logIntegrand, right, peak, top - DEPTH);
        int intervals = FIRST_POINTS;
        double width = (to - from) / intervals;
        double sum = 0.0;
        for (int i = 0; i <= intervals; i++) {
            sum += integrand.applyAsDouble(from + i * width);
        }
        double integral = integral(integrand, from, to, width, sum);
        for (int halving = 0; halving < HALVINGS; halving++) {
            for (int i = 0; i < intervals; i++) {
                sum += integrand.applyAsDouble(from + (i + 0.5) * width);
            }
            intervals *= 2;
            width *= 0.5;
            double before = integral;
            integral = integral(integrand, from, to, width, sum);
            if (Math.abs(integral - before) <= 1e-11 * integral) {
                break;
            }
        }
        return top + Math.log(integral);
    }

    private double integral(DoubleUnaryOperator integrand, double from, double to, double width, double sum) {
        double below = from > left ? 0.0 : integrand.applyAsDouble(from) / Math.expm1(a * width);
        double above = to < right ? 0.0 : integrand.applyAsDouble(to) / Math.expm1(b * width);
        return width * (sum + below + above);
    }

    /** The place of the highest value, by golden section: every integrand here rises, then falls. */
    private double peak(DoubleUnaryOperator f) {
        double low = left;
        double high = right;
        double inner = high - GOLDEN * (high - low);
        double outer = low + GOLDEN * (high - low);
        double atInner = f.applyAsDouble(inner);
        double atOuter = f.applyAsDouble(outer);
        for (int i = 0; i < 80; i++) {
            if (atInner >= atOuter) {
                high = outer;
                outer = inner;
                atOuter = atInner;
                inner = high - GOLDEN * (high - low);
                atInner = f.applyAsDouble(inner);
            } else {
                low = inner;
                inner = outer;
                atInner = atOuter;
                outer = low + GOLDEN * (high - low);
                atOuter = f.applyAsDouble(outer);
            }
        }
        return 0.5 * (low + high);
    }

    /** Where the function has fallen to {@code level} on the way from the peak to {@code end}, or the end. */
    private static double edge(DoubleUnaryOperator f, double end, double peak, double level) {
        if (f.applyAsDouble(end) > level) {
            return end;
        }
        double inside = peak;
        double outside = end;
        for (int i = 0; i < 60; i++) {
            double middle = 0.5 * (inside + outside);
            if (f.applyAsDouble(middle) > level) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return outside == end ? Math.nextAfter(end, peak) : outside;
    }
}
