package dev.crmcore.context;

import dev.crmcore.internal.text.Quoted;
import java.util.Objects;

/**
 * The name of a tenant: records of two tenants never meet, whatever store keeps them.
 *
 * <p>Immutable and thread-safe.
 *
 * @param value 1 to 64 printable ASCII characters without spaces, compared exactly
 */
public record TenantId(String value) implements Comparable<TenantId> {

    private static final int MAX_LENGTH = 64;

    /**
     * Checks the name.
     *
     * @param value the name
     * @throws IllegalArgumentException if the name is empty, too long or has other characters
     */
    public TenantId {
        Objects.requireNonNull(value, "value");
        if (value.isEmpty() || value.length() > MAX_LENGTH || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("tenant must be 1 to " + MAX_LENGTH
                    + " printable ASCII characters without spaces: " + Quoted.of(value));
        }
    }

    /**
     * Names a tenant.
     *
     * @param value the name
     * @return the tenant's id
     * @throws IllegalArgumentException if the name is empty, too long or has other characters
     */
    public static TenantId of(String value) {
        return new TenantId(value);
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
