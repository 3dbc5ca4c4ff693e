package dev.crmcore.feedback;

import dev.crmcore.customer.CustomerId;
import dev.crmcore.event.DomainEvent;
import dev.crmcore.value.JsonObject;
import java.time.Instant;
import java.util.Objects;

/**
 * Something happened to a follow-up: {@code follow_up.opened}, {@code follow_up.assigned}, {@code follow_up.reasked} or a
 * new status such as {@code follow_up.recovered}.
 *
 * @param type what
 * @param subjectId to which
 * @param customer whom it is about
 * @param dueAt by when the customer must be contacted
 */
public record FollowUpEvent(String type, FollowUpId subjectId, CustomerId customer, Instant dueAt)
        implements DomainEvent {

    /**
     * Checks the parts.
     *
     * @param type what
     * @param subjectId to which
     * @param customer whom it is about
     * @param dueAt by when the customer must be contacted
     */
    public FollowUpEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(subjectId, "subjectId");
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(dueAt, "dueAt");
    }

    static FollowUpEvent of(String what, FollowUp followUp) {
        return new FollowUpEvent("follow_up." + what, followUp.id(), followUp.customer(), followUp.dueAt());
    }

    @Override
    public String subjectType() {
        return "follow_up";
    }

    @Override
    public JsonObject data() {
        return JsonObject.builder()
                .put("customer", customer.value().toString())
                .put("dueAt", dueAt)
                .build();
    }
}
