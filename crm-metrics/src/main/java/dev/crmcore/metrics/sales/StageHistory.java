package dev.crmcore.metrics.sales;

import java.util.List;
import java.util.Objects;

/**
 * Which stages of the pipeline an opportunity has been in, and how it ended.
 *
 * <p>Immutable and thread-safe.
 *
 * @param stages the stages it entered, in any order; repeats count once
 * @param outcome how it ended, if it did
 */
public record StageHistory(List<String> stages, Outcome outcome) {

    /** How an opportunity ended. */
    public enum Outcome {
        /** It is still open. */
        OPEN,
        /** It was won. */
        WON,
        /** It was lost. */
        LOST
    }

    /**
     * Copies the stages.
     *
     * @param stages the stages it entered
     * @param outcome how it ended, if it did
     */
    public StageHistory {
        stages = List.copyOf(stages);
        Objects.requireNonNull(outcome, "outcome");
    }
}
