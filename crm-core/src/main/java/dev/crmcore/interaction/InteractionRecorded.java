package dev.crmcore.interaction;

import dev.crmcore.customer.CustomerId;
import dev.crmcore.event.DomainEvent;
import dev.crmcore.value.JsonObject;
import java.time.Instant;
import java.util.Objects;

/**
 * An interaction was recorded.
 *
 * @param interaction which
 * @param customer whose
 * @param channel by what way
 * @param occurredAt when it began
 */
public record InteractionRecorded(InteractionId interaction, CustomerId customer, Channel channel, Instant occurredAt)
        implements DomainEvent {

    /**
     * Checks the parts.
     *
     * @param interaction which
     * @param customer whose
     * @param channel by what way
     * @param occurredAt when it began
     */
    public InteractionRecorded {
        Objects.requireNonNull(interaction, "interaction");
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(occurredAt, "occurredAt");
    }

    static InteractionRecorded of(Interaction interaction) {
        return new InteractionRecorded(
                interaction.id(), interaction.customer(), interaction.channel(), interaction.occurredAt());
    }

    @Override
    public String type() {
        return "interaction.recorded";
    }

    @Override
    public String subjectType() {
        return Interaction.TYPE.name();
    }

    @Override
    public InteractionId subjectId() {
        return interaction;
    }

    @Override
    public JsonObject data() {
        return JsonObject.builder()
                .put("customer", customer.value().toString())
                .put("channel", channel.name())
                .put("occurredAt", occurredAt)
                .build();
    }
}
