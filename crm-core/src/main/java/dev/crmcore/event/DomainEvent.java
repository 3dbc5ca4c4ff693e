package dev.crmcore.event;

import dev.crmcore.context.EntityId;
import dev.crmcore.value.JsonObject;

/**
 * Something that happened to a record. Open to hosts: their own events go through the same log.
 *
 * <p>An implementation is immutable, usually a record of ids and business facts. It carries no personal data.
 */
public interface DomainEvent {

    /**
     * The stable name of what happened, in the past tense behind the record's type: {@code purchase.recorded}.
     *
     * @return the name; it never changes
     */
    String type();

    /**
     * What kind of record it is about.
     *
     * @return the stored name of the record's type
     */
    String subjectType();

    /**
     * Which record it is about.
     *
     * @return its id
     */
    EntityId subjectId();

    /**
     * The facts.
     *
     * @return the facts, without personal data; empty unless overridden
     */
    default JsonObject data() {
        return JsonObject.empty();
    }
}
