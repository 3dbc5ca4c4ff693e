package dev.crmcore.feedback;

import dev.crmcore.context.EntityId;
import java.util.Objects;
import java.util.UUID;

/**
 * The id of a survey.
 *
 * @param value the UUID
 */
public record SurveyId(UUID value) implements EntityId {

    /**
     * Checks the value.
     *
     * @param value the UUID
     */
    public SurveyId {
        Objects.requireNonNull(value, "value");
    }
}
