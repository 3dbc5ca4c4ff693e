package dev.crmcore.feedback;

import dev.crmcore.customer.CustomerId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A score that a known customer gave, whatever it was given in: a response (to a survey of a key) or a review (of none).
 */
record Verdict(
        CustomerId customer,
        @Nullable String survey,
        ScoreScale scale,
        int score,
        Instant at,
        @Nullable ResponseId response,
        @Nullable ReviewId review) {

    /** The verdict of a response; none where it is anonymous or has no score: nobody to call, nothing to judge. */
    static Optional<Verdict> of(SurveyResponse response) {
        if (response.customer().isEmpty() || response.score().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Verdict(
                response.customer().get(),
                response.surveyKey(),
                response.scale().orElseThrow(),
                response.score().getAsInt(),
                response.answeredAt(),
                response.id(),
                null));
    }

    static Verdict of(Review review) {
        return new Verdict(
                review.customer(), null, Review.SCALE, review.rating(), review.reviewedAt(), null, review.id());
    }
}
