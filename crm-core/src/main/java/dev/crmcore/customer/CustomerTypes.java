package dev.crmcore.customer;

import dev.crmcore.store.EntityType;
import java.util.List;

/** The stored types of this package, for the catalog of a store. */
public final class CustomerTypes {

    private CustomerTypes() {}

    /**
     * All of them.
     *
     * @return the types
     */
    public static List<EntityType<?>> all() {
        return List.of(Organization.TYPE, Customer.TYPE, AttributeDefinition.TYPE);
    }
}
