package dev.crmcore.metrics.value;

import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TimeSpan;
import java.util.Objects;

/**
 * What a repeat-purchase model needs to know of one customer: how often the customer came back, when last, and for how long
 * we have been looking. Often written (x, t<sub>x</sub>, T).
 *
 * <pre>{@code
 * PurchaseHistory ann = PurchaseHistory.of(2, 30.43, 38.86, PeriodUnit.WEEK);
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param frequency x, the number of repeat purchases: the first one does not count; not negative
 * @param recency t<sub>x</sub>, the time from the first to the last purchase; 0 if and only if there was no repeat purchase
 * @param age T, the time from the first purchase to the end of the observation; at least {@code recency}
 * @param unit the unit of both times
 */
public record PurchaseHistory(long frequency, double recency, double age, PeriodUnit unit) {

    /**
     * Checks that such a history is possible.
     *
     * @param frequency x, the number of repeat purchases
     * @param recency t<sub>x</sub>, the time from the first to the last purchase
     * @param age T, the time from the first purchase to the end of the observation
     * @param unit the unit of both times
     * @throws IllegalArgumentException if the frequency is negative, a time is negative or not finite, the recency exceeds
     *     the age, or exactly one of frequency and recency is 0
     */
    public PurchaseHistory {
        Objects.requireNonNull(unit, "unit");
        check(frequency, recency, age);
    }

    /**
     * A customer's history.
     *
     * @param frequency x, the number of repeat purchases
     * @param recency t<sub>x</sub>, the time from the first to the last purchase
     * @param age T, the time from the first purchase to the end of the observation
     * @param unit the unit of both times
     * @return the history
     * @throws IllegalArgumentException if the frequency is negative, a time is negative or not finite, the recency exceeds
     *     the age, or exactly one of frequency and recency is 0
     */
    public static PurchaseHistory of(long frequency, double recency, double age, PeriodUnit unit) {
        return new PurchaseHistory(frequency, recency, age, unit);
    }

    /**
     * The same history with its times counted in another unit, by the units' mean lengths.
     *
     * @param other the unit to count in
     * @return the history in that unit
     */
    public PurchaseHistory in(PeriodUnit other) {
        if (other == unit) {
            return this;
        }
        double newAge = TimeSpan.of(age, unit).in(other);
        double newRecency = Math.min(TimeSpan.of(recency, unit).in(other), newAge);
        return new PurchaseHistory(frequency, newRecency, newAge, other);
    }

    static void check(long frequency, double recency, double age) {
        if (frequency < 0) {
            throw new IllegalArgumentException("frequency must not be negative, not " + frequency);
        }
        if (!(age >= 0 && Double.isFinite(age))) {
            throw new IllegalArgumentException("age must be finite and not negative, not " + age);
        }
        if (!(recency >= 0 && recency <= age)) {
            throw new IllegalArgumentException("recency must be between 0 and the age " + age + ", not " + recency);
        }
        if ((frequency == 0) != (recency == 0)) {
            throw new IllegalArgumentException(
                    "recency must be 0 for a customer without repeat purchases and positive for" + " all others, not "
                            + recency + " with frequency " + frequency);
        }
    }
}
