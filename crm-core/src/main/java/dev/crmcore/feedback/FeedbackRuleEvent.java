package dev.crmcore.feedback;

import dev.crmcore.event.DomainEvent;
import dev.crmcore.value.JsonObject;
import java.util.Objects;

/**
 * Something happened to a rule: {@code feedback_rule.defined} or {@code feedback_rule.retired}.
 *
 * @param type what
 * @param subjectId to which
 * @param scale the scale on which it judges
 * @param alarmAt the best score that is followed up
 */
public record FeedbackRuleEvent(String type, FeedbackRuleId subjectId, ScoreScale scale, int alarmAt)
        implements DomainEvent {

    /**
     * Checks the parts.
     *
     * @param type what
     * @param subjectId to which
     * @param scale the scale on which it judges
     * @param alarmAt the best score that is followed up
     */
    public FeedbackRuleEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(subjectId, "subjectId");
        Objects.requireNonNull(scale, "scale");
    }

    static FeedbackRuleEvent of(String what, FeedbackRule rule) {
        return new FeedbackRuleEvent("feedback_rule." + what, rule.id(), rule.scale(), rule.alarmAt());
    }

    @Override
    public String subjectType() {
        return "feedback_rule";
    }

    @Override
    public JsonObject data() {
        return JsonObject.builder()
                .put("scale", scale.name())
                .put("alarmAt", alarmAt)
                .build();
    }
}
