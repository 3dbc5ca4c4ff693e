package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Proportion;

/**
 * How the follow-ups with dissatisfied customers ended. One of which the end is not known yet has no part.
 *
 * <pre>{@code
 * Recovery.of(12, 5).rate().estimate();      // 12 of 17, with Wilson's interval
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param recovered follow-ups that ended with the customer won back, not negative
 * @param lost follow-ups that ended without, not negative
 */
public record Recovery(long recovered, long lost) {

    /** What the rate means. */
    public static final KpiDefinition RATE = KpiDefinition.builder("recovery-rate", 1)
            .name("Recovery rate")
            .kind(KpiKind.BATCH)
            .unit("share of follow-ups, 0 to 1")
            .formula("follow-ups that ended with the customer won back / follow-ups that ended")
            .variant("a follow-up of which it is not known yet has no part")
            .emptyRule("undefined while no follow-up has ended")
            .source("usual practice; interval: Wilson 1927")
            .build();

    /**
     * Checks the numbers.
     *
     * @param recovered follow-ups that ended with the customer won back, not negative
     * @param lost follow-ups that ended without, not negative
     * @throws IllegalArgumentException if a number is negative, or the two add up to more than a long holds
     */
    public Recovery {
        if (recovered < 0) {
            throw new IllegalArgumentException("recovered must not be negative, not " + recovered);
        }
        if (lost < 0 || lost > Long.MAX_VALUE - recovered) {
            throw new IllegalArgumentException("lost must not be negative or overflow, not " + lost);
        }
    }

    /**
     * The ends of some follow-ups.
     *
     * @param recovered follow-ups that ended with the customer won back
     * @param lost follow-ups that ended without
     * @return the numbers
     * @throws IllegalArgumentException if a number is negative, or the two add up to more than a long holds
     */
    public static Recovery of(long recovered, long lost) {
        return new Recovery(recovered, lost);
    }

    /**
     * The customers won back, of those of whom it is known.
     *
     * @return the proportion, whose {@code estimate()} has Wilson's interval; undefined while no follow-up has ended
     */
    public Proportion rate() {
        return Proportion.of(recovered, recovered + lost);
    }
}
