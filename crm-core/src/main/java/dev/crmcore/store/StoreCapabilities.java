package dev.crmcore.store;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a store can do beyond the contract that all stores pass.
 *
 * <p>Immutable and thread-safe.
 */
public final class StoreCapabilities {

    /** The capabilities. */
    public enum Capability {
        /** What was committed survives the end of the process without further doing. */
        DURABLE,
        /** The host's own transaction can be joined. */
        JOINS_HOST_TRANSACTION
    }

    private final Set<Capability> capabilities;

    private StoreCapabilities(Set<Capability> capabilities) {
        this.capabilities = capabilities;
    }

    /**
     * Lists capabilities.
     *
     * @param capabilities the capabilities
     * @return the list
     */
    public static StoreCapabilities of(Capability... capabilities) {
        EnumSet<Capability> set = EnumSet.noneOf(Capability.class);
        set.addAll(java.util.Arrays.asList(capabilities));
        return new StoreCapabilities(set);
    }

    /**
     * Whether a store can do something.
     *
     * @param capability what
     * @return whether it can
     */
    public boolean has(Capability capability) {
        return capabilities.contains(capability);
    }

    @Override
    public String toString() {
        return capabilities.toString();
    }
}
