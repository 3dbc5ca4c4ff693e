package dev.crmcore.metrics.sales;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chance to sell, as figures see it: when it was created, whether and how it was closed, and what it is worth.
 *
 * <p>Days are days of the zone in which the business counts. Immutable and thread-safe.
 */
public final class Opportunity {

    private final LocalDate created;
    private final @Nullable LocalDate closed;
    private final boolean won;
    private final long minorUnits;

    private Opportunity(LocalDate created, @Nullable LocalDate closed, boolean won, long minorUnits) {
        Objects.requireNonNull(created, "created");
        if (closed != null && closed.isBefore(created)) {
            throw new IllegalArgumentException("closed must not be before created on " + created + ", not " + closed);
        }
        if (minorUnits < 0) {
            throw new IllegalArgumentException("minorUnits must not be negative, not " + minorUnits);
        }
        this.created = created;
        this.closed = closed;
        this.won = won;
        this.minorUnits = minorUnits;
    }

    /**
     * An opportunity that is still open.
     *
     * @param created the day on which it was created
     * @param minorUnits what it is worth in minor units of the currency, not negative
     * @return the opportunity
     * @throws IllegalArgumentException if the amount is negative
     */
    public static Opportunity open(LocalDate created, long minorUnits) {
        return new Opportunity(created, null, false, minorUnits);
    }

    /**
     * An opportunity that was won.
     *
     * @param created the day on which it was created
     * @param closed the day on which it was won, not before
     * @param minorUnits what it brought in minor units of the currency, not negative
     * @return the opportunity
     * @throws IllegalArgumentException if the days are crossed or the amount is negative
     */
    public static Opportunity won(LocalDate created, LocalDate closed, long minorUnits) {
        return new Opportunity(created, Objects.requireNonNull(closed, "closed"), true, minorUnits);
    }

    /**
     * An opportunity that was lost.
     *
     * @param created the day on which it was created
     * @param closed the day on which it was lost, not before
     * @param minorUnits what it would have brought in minor units of the currency, not negative
     * @return the opportunity
     * @throws IllegalArgumentException if the days are crossed or the amount is negative
     */
    public static Opportunity lost(LocalDate created, LocalDate closed, long minorUnits) {
        return new Opportunity(created, Objects.requireNonNull(closed, "closed"), false, minorUnits);
    }

    /**
     * When it was created.
     *
     * @return the day
     */
    public LocalDate created() {
        return created;
    }

    /**
     * When it was won or lost.
     *
     * @return the day, or empty while it is open
     */
    public Optional<LocalDate> closed() {
        return Optional.ofNullable(closed);
    }

    /**
     * Whether it was won.
     *
     * @return false if it was lost or is open
     */
    public boolean isWon() {
        return won;
    }

    /**
     * What it is worth.
     *
     * @return minor units of the currency, not negative
     */
    public long minorUnits() {
        return minorUnits;
    }

    /** Days and outcome, without the amount. */
    @Override
    public String toString() {
        return "Opportunity[" + created + (closed == null ? ", open" : (won ? ", won " : ", lost ") + closed) + "]";
    }
}
