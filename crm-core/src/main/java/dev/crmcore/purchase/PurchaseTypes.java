package dev.crmcore.purchase;

import dev.crmcore.store.EntityType;
import java.util.List;

/** The stored types of this package, for the catalog of a store. */
public final class PurchaseTypes {

    private PurchaseTypes() {}

    /**
     * All of them.
     *
     * @return the types
     */
    public static List<EntityType<?>> all() {
        return List.of(Product.TYPE, Purchase.TYPE, Return.TYPE);
    }
}
