package dev.crmcore.feedback;

import dev.crmcore.event.DomainEvent;
import dev.crmcore.value.JsonObject;
import java.util.Objects;

/**
 * Something happened to a survey: {@code survey.defined}, {@code survey.published}, {@code survey.revised} or {@code
 * survey.closed}.
 *
 * @param type what
 * @param subjectId to which
 * @param key the survey's key
 * @param edition the number of its latest edition
 */
public record SurveyEvent(String type, SurveyId subjectId, String key, int edition) implements DomainEvent {

    /**
     * Checks the parts.
     *
     * @param type what
     * @param subjectId to which
     * @param key the survey's key
     * @param edition the number of its latest edition
     */
    public SurveyEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(subjectId, "subjectId");
        Objects.requireNonNull(key, "key");
    }

    static SurveyEvent of(String what, Survey survey) {
        return new SurveyEvent("survey." + what, survey.id(), survey.key(), survey.edition());
    }

    @Override
    public String subjectType() {
        return "survey";
    }

    @Override
    public JsonObject data() {
        return JsonObject.builder().put("key", key).put("edition", edition).build();
    }
}
