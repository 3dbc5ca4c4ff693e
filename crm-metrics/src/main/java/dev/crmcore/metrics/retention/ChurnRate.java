package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.PeriodUnit;
import java.util.Locale;
import java.util.Objects;

/**
 * A churn rate with the period in which it happens: 5 % a month is not 5 % a year, nor is it 60 %.
 *
 * <p>Rates of other periods follow by compounding what is left: 1 &minus; (1 &minus; c)<sup>t'/t</sup>, by the mean lengths of
 * the periods. Immutable and thread-safe.
 *
 * @param rate the share of customers lost in one period, 0 to 1
 * @param per the period
 */
public record ChurnRate(double rate, PeriodUnit per) {

    /** What {@link #annual()} means. */
    public static final KpiDefinition ANNUAL = KpiDefinition.builder("annualised-churn-rate", 1)
            .name("Annualised churn rate")
            .kind(KpiKind.BATCH)
            .unit("share of customers, 0 to 1")
            .formula("1 - (1 - churn rate of a period)^(periods in a year)")
            .variant("compounded, never multiplied")
            .emptyRule("undefined where the rate of the period is")
            .source("usual practice; interval: Wilson 1927, its bounds compounded")
            .build();

    /**
     * Checks the rate.
     *
     * @param rate the share of customers lost in one period, 0 to 1
     * @param per the period
     * @throws IllegalArgumentException if the rate is not 0 to 1
     */
    public ChurnRate {
        Objects.requireNonNull(per, "per");
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate must be 0 to 1, not " + rate);
        }
    }

    /**
     * A churn rate.
     *
     * @param rate the share of customers lost in one period, 0 to 1
     * @param per the period
     * @return the rate
     * @throws IllegalArgumentException if the rate is not 0 to 1
     */
    public static ChurnRate of(double rate, PeriodUnit per) {
        return new ChurnRate(rate, per);
    }

    /**
     * The share lost in another period if the rate stays the same.
     *
     * @param other the other period
     * @return the equivalent rate
     */
    public ChurnRate in(PeriodUnit other) {
        return other == per
                ? this
                : new ChurnRate(0 - Math.expm1(other.days() / per.days() * Math.log1p(-rate)), other);
    }

    /**
     * The share lost in a year if the rate stays the same.
     *
     * @return the equivalent rate of a year
     */
    public ChurnRate annual() {
        return in(PeriodUnit.YEAR);
    }

    /** The rate and its period. */
    @Override
    public String toString() {
        return rate + " a " + per.name().toLowerCase(Locale.ROOT);
    }
}
