package dev.crmcore.context;

import java.util.UUID;

/**
 * The id of a stored record, typed by what it identifies: {@code CustomerId}, {@code PurchaseId} and so on.
 *
 * <p>Ids are UUIDs of version 7, made by the library in the order of time. A host's own keys are external ids. An
 * implementation is a record with the single component {@code value}; two ids of one Java type are equal when their
 * values are.
 */
public interface EntityId {

    /**
     * The id itself.
     *
     * @return the UUID
     */
    UUID value();
}
