package dev.crmcore.interaction;

import dev.crmcore.customer.ContactPointId;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.query.ElementType;
import dev.crmcore.query.Field;
import dev.crmcore.value.StorableText;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who took part in an interaction beside the customer whose it is, or that customer in a certain role: a customer,
 * or somebody of the host's by the host's key.
 *
 * <p>Immutable and thread-safe.
 */
public final class Participant {

    /** The customer. */
    public static final Field<Participant, CustomerId> CUSTOMER = Field.<Participant, CustomerId>id(
                    "customer_id", CustomerId::new, p -> p.customer)
            .indexed();

    /** The host's key of somebody who is no customer. */
    public static final Field<Participant, String> ACTOR = Field.text("actor", p -> p.actor);

    /** In which role. */
    public static final Field<Participant, String> ROLE =
            Field.text("role", Participant::role).required();

    /** By which contact point. */
    public static final Field<Participant, ContactPointId> CONTACT_POINT =
            Field.id("contact_point_id", ContactPointId::new, p -> p.contactPoint);

    static final ElementType<Participant> ELEMENT = ElementType.of(
            "participant",
            stored -> new Participant(
                    stored.get(CUSTOMER), stored.get(ACTOR), stored.require(ROLE), stored.get(CONTACT_POINT)),
            CUSTOMER,
            ACTOR,
            ROLE,
            CONTACT_POINT);

    private static final int MAX_KEY = 200;

    private final @Nullable CustomerId customer;
    private final @Nullable String actor;
    private final String role;
    private final @Nullable ContactPointId contactPoint;

    private Participant(
            @Nullable CustomerId customer, @Nullable String actor, String role, @Nullable ContactPointId contactPoint) {
        this.customer = customer;
        this.actor = actor == null ? null : StorableText.requireLine("actor", actor, MAX_KEY);
        this.role = StorableText.requireLine("role", role, MAX_KEY);
        this.contactPoint = contactPoint;
    }

    /**
     * A customer.
     *
     * @param customer who
     * @param role the host's key of the role, such as {@code cc}; 1 to 200 characters
     * @return the participant
     * @throws dev.crmcore.value.InvalidValueException if the role is blank, too long or not storable
     */
    public static Participant of(CustomerId customer, String role) {
        return new Participant(Objects.requireNonNull(customer, "customer"), null, role, null);
    }

    /**
     * Somebody of the host's.
     *
     * @param actor the host's key of who, such as {@code agent:7}; 1 to 200 characters
     * @param role the host's key of the role, such as {@code host}; 1 to 200 characters
     * @return the participant
     * @throws dev.crmcore.value.InvalidValueException if one is blank, too long or not storable
     */
    public static Participant of(String actor, String role) {
        return new Participant(null, Objects.requireNonNull(actor, "actor"), role, null);
    }

    /**
     * The same, by this contact point.
     *
     * @param point one of the customer's contact points
     * @return a copy
     */
    public Participant by(ContactPointId point) {
        return new Participant(customer, actor, role, Objects.requireNonNull(point, "point"));
    }

    /**
     * The customer.
     *
     * @return the id; empty for somebody of the host's
     */
    public Optional<CustomerId> customer() {
        return Optional.ofNullable(customer);
    }

    /**
     * Somebody of the host's.
     *
     * @return the host's key; empty for a customer
     */
    public Optional<String> actor() {
        return Optional.ofNullable(actor);
    }

    /**
     * In which role.
     *
     * @return the host's key of the role
     */
    public String role() {
        return role;
    }

    /**
     * By which contact point.
     *
     * @return its id; empty if not said
     */
    public Optional<ContactPointId> contactPoint() {
        return Optional.ofNullable(contactPoint);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Participant that
                && Objects.equals(customer, that.customer)
                && Objects.equals(actor, that.actor)
                && role.equals(that.role)
                && Objects.equals(contactPoint, that.contactPoint);
    }

    @Override
    public int hashCode() {
        return Objects.hash(customer, actor, role, contactPoint);
    }

    @Override
    public String toString() {
        return "Participant[" + role + "]";
    }
}
