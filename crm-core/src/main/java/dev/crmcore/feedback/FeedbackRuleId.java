package dev.crmcore.feedback;

import dev.crmcore.context.EntityId;
import java.util.Objects;
import java.util.UUID;

/**
 * The id of a rule that opens follow-ups.
 *
 * @param value the UUID
 */
public record FeedbackRuleId(UUID value) implements EntityId {

    /**
     * Checks the value.
     *
     * @param value the UUID
     */
    public FeedbackRuleId {
        Objects.requireNonNull(value, "value");
    }
}
