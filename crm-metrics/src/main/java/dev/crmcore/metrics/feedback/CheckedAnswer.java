package dev.crmcore.metrics.feedback;

import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * A raw answer after it was held against its scale.
 *
 * <p>Immutable and thread-safe.
 *
 * @param state what became of it
 * @param value the answer if it is valid, otherwise 0
 */
public record CheckedAnswer(AnswerState state, int value) {

    /**
     * Checks that the state is given.
     *
     * @param state what became of it
     * @param value the answer if it is valid, otherwise 0
     */
    public CheckedAnswer {
        Objects.requireNonNull(state, "state");
    }

    /**
     * Whether the answer counts.
     *
     * @return whether {@link #score()} answers
     */
    public boolean isValid() {
        return state == AnswerState.VALID;
    }

    /**
     * The answer.
     *
     * @return the value on the scale
     * @throws NoSuchElementException if the answer is not valid
     */
    public int score() {
        if (!isValid()) {
            throw new NoSuchElementException("the answer is " + state);
        }
        return value;
    }
}
