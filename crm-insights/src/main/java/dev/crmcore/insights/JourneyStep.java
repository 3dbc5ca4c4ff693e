package dev.crmcore.insights;

import dev.crmcore.interaction.Interaction;
import dev.crmcore.query.Field;

/** What is called a step of a customer's journey. Immutable and thread-safe. */
public enum JourneyStep {
    /** The type of the interaction, such as {@code complaint}. */
    TYPE(Interaction.INTERACTION_TYPE),
    /** The channel, such as {@code EMAIL}. */
    CHANNEL(Interaction.CHANNEL),
    /** The name of the touchpoint. Interactions at no declared touchpoint are no steps. */
    TOUCHPOINT(Interaction.TOUCHPOINT);

    @SuppressWarnings("ImmutableEnumChecker") // fields are
    private final Field<Interaction, ?> field;

    JourneyStep(Field<Interaction, ?> field) {
        this.field = field;
    }

    Field<Interaction, ?> field() {
        return field;
    }
}
