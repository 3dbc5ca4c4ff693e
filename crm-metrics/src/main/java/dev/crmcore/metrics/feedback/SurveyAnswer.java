package dev.crmcore.metrics.feedback;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * A checked answer with who gave it when, which is what de-duplication needs to know.
 *
 * <p>Immutable and thread-safe. The text form leaves out the customer and the answer.
 *
 * @param id the answer's id, which orders answers of the same instant
 * @param customer the customer's id
 * @param at when it was given
 * @param score the answer
 */
public record SurveyAnswer(String id, String customer, Instant at, int score) {

    /** By time, then by id: the order in which answers are processed. */
    public static final Comparator<SurveyAnswer> BY_TIME =
            Comparator.comparing(SurveyAnswer::at).thenComparing(SurveyAnswer::id);

    /**
     * Checks that all parts are given.
     *
     * @param id the answer's id
     * @param customer the customer's id
     * @param at when it was given
     * @param score the answer
     */
    public SurveyAnswer {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(at, "at");
    }

    /** The id and the instant only. */
    @Override
    public String toString() {
        return "SurveyAnswer[" + id + " at " + at + "]";
    }
}
