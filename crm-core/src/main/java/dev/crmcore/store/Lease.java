package dev.crmcore.store;

import dev.crmcore.value.StorableText;
import java.time.Instant;
import java.util.Objects;

/**
 * For whom and until when work is taken.
 *
 * @param owner the worker, 1 to 200 characters
 * @param now the moment of taking: leases that ended at or before it are expired
 * @param until the end of the new lease
 */
public record Lease(String owner, Instant now, Instant until) {

    private static final int MAX_LENGTH = 200;

    /**
     * Checks the parts.
     *
     * @param owner the worker, 1 to 200 characters
     * @param now the moment of taking: leases that ended at or before it are expired
     * @param until the end of the new lease
     * @throws IllegalArgumentException if the owner is blank, too long or not storable, or the lease ends before it begins
     */
    public Lease {
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(until, "until");
        StorableText.require("owner", owner);
        if (owner.isBlank() || owner.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("owner must be 1 to " + MAX_LENGTH + " characters: '" + owner + "'");
        }
        if (!until.isAfter(now)) {
            throw new IllegalArgumentException("a lease ends after it begins: " + now + " to " + until);
        }
    }
}
