package dev.crmcore.interaction;

import dev.crmcore.store.EntityType;
import java.util.List;

/** The stored types of this package, for the catalog of a store. */
public final class InteractionTypes {

    private InteractionTypes() {}

    /**
     * All of them.
     *
     * @return the types
     */
    public static List<EntityType<?>> all() {
        return List.of(Touchpoint.TYPE, Interaction.TYPE);
    }
}
