package dev.crmcore.context;

import dev.crmcore.internal.text.Quoted;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a call and why: kept with every change that the call makes.
 *
 * <p>The actor and the reason are business facts that outlive an erasure: an actor is a key of the host's
 * ({@code agent:7}, {@code job:import}), not a person's name, and a reason carries no personal data of a customer.
 *
 * <p>Immutable and thread-safe.
 */
public final class CallContext {

    private static final int MAX_LENGTH = 200;

    private final String actor;
    private final String reason;
    private final @Nullable String correlationId;

    private CallContext(String actor, String reason, @Nullable String correlationId) {
        this.actor = requireShort("actor", actor);
        this.reason = requireShort("reason", reason);
        this.correlationId = correlationId == null ? null : requireShort("correlationId", correlationId);
    }

    /**
     * Makes a context.
     *
     * @param actor the host's key of who calls, 1 to 200 characters
     * @param reason why, 1 to 200 characters
     * @return the context, without a correlation id
     * @throws IllegalArgumentException if one of them is blank or too long, or has U+0000 or an unpaired surrogate
     */
    public static CallContext of(String actor, String reason) {
        return new CallContext(actor, reason, null);
    }

    /**
     * The same context, tied to a request or job of the host.
     *
     * @param id the host's id of the request, 1 to 200 characters
     * @return a copy with that id
     * @throws IllegalArgumentException if the id is blank or too long, or has U+0000 or an unpaired surrogate
     */
    public CallContext correlatedWith(String id) {
        return new CallContext(actor, reason, id);
    }

    /**
     * Who calls.
     *
     * @return the host's key of the actor
     */
    public String actor() {
        return actor;
    }

    /**
     * Why.
     *
     * @return the reason
     */
    public String reason() {
        return reason;
    }

    /**
     * The host's request or job.
     *
     * @return its id, if one was given
     */
    public Optional<String> correlationId() {
        return Optional.ofNullable(correlationId);
    }

    private static String requireShort(String name, String value) {
        Objects.requireNonNull(value, name);
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    name + " must be 1 to " + MAX_LENGTH + " characters: " + Quoted.of(value));
        }
        if (value.codePoints().anyMatch(CallContext::isUnstorable)) {
            throw new IllegalArgumentException(name + " has U+0000 or an unpaired surrogate: " + Quoted.of(value));
        }
        return value;
    }

    /** No store keeps it: see {@code value.StorableText}, which stands above this package. */
    private static boolean isUnstorable(int codePoint) {
        return codePoint == 0 || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallContext that
                && actor.equals(that.actor)
                && reason.equals(that.reason)
                && Objects.equals(correlationId, that.correlationId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(actor, reason, correlationId);
    }

    @Override
    public String toString() {
        return "CallContext[" + actor + ", " + reason + (correlationId == null ? "" : ", " + correlationId) + "]";
    }
}
