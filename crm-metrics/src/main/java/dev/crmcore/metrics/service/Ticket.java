package dev.crmcore.metrics.service;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request of a customer, as the figures of first-contact resolution see it.
 *
 * <p>Immutable and thread-safe; made by a {@link #builder builder}.
 */
public final class Ticket {

    private final long customer;
    private final Instant createdAt;
    private final @Nullable Instant resolvedAt;
    private final @Nullable Instant reopenedAt;
    private final int agentReplies;

    private Ticket(Builder builder) {
        this.customer = builder.customer;
        this.createdAt = builder.createdAt;
        this.resolvedAt = builder.resolvedAt;
        this.reopenedAt = builder.reopenedAt;
        this.agentReplies = builder.agentReplies;
    }

    /**
     * Begins a ticket.
     *
     * @param customer the customer's number
     * @param createdAt when the ticket was created
     * @return a builder
     */
    public static Builder builder(long customer, Instant createdAt) {
        return new Builder(customer, createdAt);
    }

    /**
     * Whose request it is.
     *
     * @return the customer's number
     */
    public long customer() {
        return customer;
    }

    /**
     * When the ticket was created.
     *
     * @return the instant
     */
    public Instant createdAt() {
        return createdAt;
    }

    /**
     * When it was first resolved.
     *
     * @return the instant, or empty if it was not
     */
    public Optional<Instant> resolvedAt() {
        return Optional.ofNullable(resolvedAt);
    }

    /**
     * When it was first reopened.
     *
     * @return the instant, or empty if it was not
     */
    public Optional<Instant> reopenedAt() {
        return Optional.ofNullable(reopenedAt);
    }

    /**
     * How many replies of agents it took until the first resolution.
     *
     * @return the number of replies, not negative
     */
    public int agentReplies() {
        return agentReplies;
    }

    /** When it was created, and whether it was resolved. */
    @Override
    public String toString() {
        return "Ticket[" + createdAt + (resolvedAt == null ? ", open" : ", resolved") + "]";
    }

    /** Collects the parts of a ticket. Not thread-safe. */
    public static final class Builder {
        private final long customer;
        private final Instant createdAt;
        private @Nullable Instant resolvedAt;
        private @Nullable Instant reopenedAt;
        private int agentReplies;

        private Builder(long customer, Instant createdAt) {
            this.customer = customer;
            this.createdAt = Objects.requireNonNull(createdAt, "createdAt");
        }

        /**
         * Sets when it was first resolved.
         *
         * @param at the instant, not before it was created
         * @param replies how many replies of agents it took, not negative
         * @return this builder
         * @throws IllegalArgumentException if it was created later, or the number is negative
         */
        public Builder resolved(Instant at, int replies) {
            if (at.isBefore(createdAt)) {
                throw new IllegalArgumentException(
                        "at must not be before the creation at " + createdAt + ", not " + at);
            }
            if (replies < 0) {
                throw new IllegalArgumentException("replies must not be negative, not " + replies);
            }
            this.resolvedAt = at;
            this.agentReplies = replies;
            return this;
        }

        /**
         * Sets when it was first reopened.
         *
         * @param at the instant
         * @return this builder
         */
        public Builder reopened(Instant at) {
            this.reopenedAt = Objects.requireNonNull(at, "at");
            return this;
        }

        /**
         * Makes the ticket.
         *
         * @return the ticket
         * @throws IllegalStateException if it was reopened without or before having been resolved
         */
        public Ticket build() {
            if (reopenedAt != null && (resolvedAt == null || reopenedAt.isBefore(resolvedAt))) {
                throw new IllegalStateException("a ticket cannot be reopened before it is resolved");
            }
            return new Ticket(this);
        }
    }
}
