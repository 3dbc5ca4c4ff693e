package dev.crmcore.feedback;

import dev.crmcore.customer.CustomerId;
import dev.crmcore.event.DomainEvent;
import dev.crmcore.value.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A response was handed in: {@code survey_response.submitted}. The answers are not in it.
 *
 * @param subjectId which
 * @param survey the survey's key
 * @param customer whose it is, null for an anonymous one
 * @param scale the scale of the score, null where there is no score
 * @param score the score, null where there is none
 */
public record ResponseEvent(
        ResponseId subjectId,
        String survey,
        @Nullable CustomerId customer,
        @Nullable ScoreScale scale,
        @Nullable Integer score)
        implements DomainEvent {

    /**
     * Checks the parts.
     *
     * @param subjectId which
     * @param survey the survey's key
     * @param customer whose it is, null for an anonymous one
     * @param scale the scale of the score, null where there is no score
     * @param score the score, null where there is none
     */
    public ResponseEvent {
        Objects.requireNonNull(subjectId, "subjectId");
        Objects.requireNonNull(survey, "survey");
    }

    static ResponseEvent of(SurveyResponse response) {
        return new ResponseEvent(
                response.id(),
                response.surveyKey(),
                response.customer().orElse(null),
                response.scale().orElse(null),
                response.score().isPresent() ? response.score().getAsInt() : null);
    }

    @Override
    public String type() {
        return "survey_response.submitted";
    }

    @Override
    public String subjectType() {
        return "survey_response";
    }

    @Override
    public JsonObject data() {
        return JsonObject.builder()
                .put("survey", survey)
                .putIfPresent(
                        "customer", customer == null ? null : customer.value().toString())
                .putIfPresent("scale", scale == null ? null : scale.name())
                .putIfPresent("score", score == null ? null : Long.valueOf(score))
                .build();
    }
}
