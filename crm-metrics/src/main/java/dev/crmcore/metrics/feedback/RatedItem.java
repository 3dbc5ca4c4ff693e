package dev.crmcore.metrics.feedback;

import java.util.Objects;

/**
 * A product, article or agent with its ratings.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id the item's id, which also breaks ties
 * @param ratings how often each rating was given
 */
public record RatedItem(String id, AnswerDistribution ratings) {

    /**
     * Checks that both parts are given.
     *
     * @param id the item's id
     * @param ratings how often each rating was given
     */
    public RatedItem {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(ratings, "ratings");
    }
}
