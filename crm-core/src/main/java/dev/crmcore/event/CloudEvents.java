package dev.crmcore.event;

import dev.crmcore.context.TenantId;
import dev.crmcore.store.EventRecord;
import dev.crmcore.value.JsonObject;

/**
 * Events in the structured JSON form of CloudEvents 1.0, for message brokers and webhooks.
 *
 * <p>{@code source} is {@code /crm/} and the tenant, {@code subject} the record's type and id; actor, reason,
 * correlation and causation travel as extension attributes. Thread-safe.
 */
public final class CloudEvents {

    private CloudEvents() {}

    /**
     * Writes an event.
     *
     * @param tenant whose event it is
     * @param event the event
     * @return a JSON object with {@code specversion} 1.0
     */
    public static String toJson(TenantId tenant, EventRecord event) {
        return JsonObject.builder()
                .put("specversion", "1.0")
                .put("id", event.id().toString())
                .put("source", "/crm/" + tenant.value())
                .put("type", "dev.crmcore." + event.type())
                .put("time", event.time())
                .put("subject", event.subjectType() + "/" + event.subjectId())
                .put("datacontenttype", "application/json")
                .put("tenantid", tenant.value())
                .put("actor", event.actor())
                .put("reason", event.reason())
                .putIfPresent("correlationid", event.correlationId().orElse(null))
                .putIfPresent(
                        "causationid", event.causationId().map(Object::toString).orElse(null))
                .put("data", event.data())
                .build()
                .toJson();
    }
}
