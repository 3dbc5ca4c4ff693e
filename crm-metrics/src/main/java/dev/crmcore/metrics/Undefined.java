package dev.crmcore.metrics;

import java.util.Objects;

/**
 * Why a figure has no value. A figure without a value is never 0 and never NaN: it says what is missing.
 *
 * <p>Immutable and thread-safe.
 *
 * @param reason the kind of reason, for programs
 * @param message the reason in words, for people; without personal data
 */
public record Undefined(Reason reason, String message) {

    /** The kinds of reasons. Constants may be added. */
    public enum Reason {
        /** There was nothing to count: no answer, no customer, no purchase. */
        NO_DATA,
        /** There was something, but fewer items than the formula needs. */
        TOO_FEW,
        /** The base of a ratio is zero though there was data. */
        ZERO_BASE,
        /** All items are equal, so that nothing can be tested or standardised. */
        NO_VARIATION,
        /** The period lies after the end of the data. */
        NOT_YET_OBSERVED,
        /** The quantity does not exist for these inputs, such as a mean that is infinite. */
        DOES_NOT_EXIST,
        /** A fit did not reach a usable optimum. */
        NOT_CONVERGED
    }

    /**
     * Checks that both parts are given.
     *
     * @param reason the kind of reason
     * @param message the reason in words
     */
    public Undefined {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(message, "message");
    }

    /**
     * There was nothing to count.
     *
     * @param message what there was none of, such as "no valid answer"
     * @return the reason
     */
    public static Undefined noData(String message) {
        return new Undefined(Reason.NO_DATA, message);
    }

    /**
     * There were fewer items than the formula needs.
     *
     * @param message how many there were and how many are needed
     * @return the reason
     */
    public static Undefined tooFew(String message) {
        return new Undefined(Reason.TOO_FEW, message);
    }

    /** The reason in words. */
    @Override
    public String toString() {
        return message;
    }
}
