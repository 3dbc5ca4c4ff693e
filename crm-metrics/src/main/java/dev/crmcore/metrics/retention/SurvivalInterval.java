package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.internal.Normal;
import java.util.Optional;

/**
 * On which scale the interval of a probability p with the standard error s is symmetric; z is the normal quantile.
 *
 * <p>Constants may be added. Immutable and thread-safe.
 */
public enum SurvivalInterval {
    /** p &plusmn; z s, cut to 0 and 1: too optimistic near both. */
    PLAIN("plain") {
        @Override
        double raw(double p, double s, double z) {
            return p + z * s;
        }
    },
    /** p exp(&plusmn; z s / p), cut to 1: what R's {@code survfit} does unless told otherwise. */
    LOG("log") {
        @Override
        double raw(double p, double s, double z) {
            return p * Math.exp(z * s / p);
        }
    },
    /**
     * p<sup>exp(&plusmn; z s / (p ln p))</sup>, which stays within 0 and 1 by itself and keeps its level best in small
     * samples (Borgan and Liest&oslash;l 1990). There is none where p is 1.
     */
    LOG_LOG("log-log") {
        @Override
        double raw(double p, double s, double z) {
            double log = Math.log(p);
            return log == 0 ? Double.NaN : Math.exp(log * Math.exp(z * s / (p * log)));
        }
    };

    private final String word;

    SurvivalInterval(String word) {
        this.word = word;
    }

    /** The scale's name within that of a method. */
    String word() {
        return word;
    }

    /** The bound z standard errors above, or below if z is negative; NaN where p is 0 and where there is none. */
    double bound(double p, double standardError, double z) {
        return p > 0 ? Math.max(0, Math.min(1, raw(p, standardError, z))) : Double.NaN;
    }

    /** The interval, if there is one. */
    Optional<Interval> of(double p, double standardError, double level, String variance) {
        double z = Normal.twoSidedQuantile(level);
        double lower = bound(p, standardError, -z);
        double upper = bound(p, standardError, z);
        return Double.isNaN(lower) || Double.isNaN(upper)
                ? Optional.empty()
                : Optional.of(new Interval(lower, upper, level, variance + " " + word));
    }

    abstract double raw(double p, double s, double z);
}
