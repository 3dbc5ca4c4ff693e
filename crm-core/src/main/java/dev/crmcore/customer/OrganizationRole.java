package dev.crmcore.customer;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.query.ElementType;
import dev.crmcore.query.Field;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a customer is in an organization: {@code OrganizationRole.at(acme).as("buyer").withTitle("Head of Purchase")}.
 *
 * <p>Immutable and thread-safe.
 */
public final class OrganizationRole {

    /** The organization. */
    public static final Field<OrganizationRole, OrganizationId> ORGANIZATION =
            Field.<OrganizationRole, OrganizationId>id(
                            "organization_id", OrganizationId::new, OrganizationRole::organization)
                    .required()
                    .indexed();

    /** The role. */
    public static final Field<OrganizationRole, String> ROLE = Field.text("role", role -> role.role);

    /** The title on the card. */
    public static final Field<OrganizationRole, String> TITLE =
            Field.<OrganizationRole>text("title", role -> role.title).personal();

    /** The first day. */
    public static final Field<OrganizationRole, LocalDate> FROM = Field.date("from_day", role -> role.from);

    /** The last day. */
    public static final Field<OrganizationRole, LocalDate> THRU = Field.date("thru_day", role -> role.thru);

    /** What roles are as elements of a customer. */
    public static final ElementType<OrganizationRole> ELEMENT = ElementType.of(
            "organization_role",
            stored -> new OrganizationRole(
                    stored.require(ORGANIZATION),
                    stored.get(ROLE),
                    stored.get(TITLE),
                    stored.get(FROM),
                    stored.get(THRU)),
            ORGANIZATION,
            ROLE,
            TITLE,
            FROM,
            THRU);

    private final OrganizationId organization;
    private final @Nullable String role;
    private final @Nullable String title;
    private final @Nullable LocalDate from;
    private final @Nullable LocalDate thru;

    private OrganizationRole(
            OrganizationId organization,
            @Nullable String role,
            @Nullable String title,
            @Nullable LocalDate from,
            @Nullable LocalDate thru) {
        this.organization = Objects.requireNonNull(organization, "organization");
        this.role = Texts.optionalKey("role", role);
        this.title = Texts.optionalKey("title", title);
        this.from = from;
        this.thru = thru;
        if (from != null && thru != null && thru.isBefore(from)) {
            throw RuleViolationException.of("role.validity", "thru", thru, "is before from '" + from + "'");
        }
    }

    /**
     * Belongs to an organization.
     *
     * @param organization which
     * @return the role, so far without a name
     */
    public static OrganizationRole at(OrganizationId organization) {
        return new OrganizationRole(organization, null, null, null, null);
    }

    /**
     * The same, in this role.
     *
     * @param key the host's key of the role, such as {@code buyer}; 1 to 200 characters
     * @return a copy
     * @throws dev.crmcore.value.InvalidValueException if it is blank, too long or not storable
     */
    public OrganizationRole as(String key) {
        return new OrganizationRole(organization, Objects.requireNonNull(key, "key"), title, from, thru);
    }

    /**
     * The same, with this title.
     *
     * @param text the title on the card, 1 to 200 characters
     * @return a copy
     * @throws dev.crmcore.value.InvalidValueException if it is blank, too long or not storable
     */
    public OrganizationRole withTitle(String text) {
        return new OrganizationRole(organization, role, Objects.requireNonNull(text, "text"), from, thru);
    }

    /**
     * The same, since a day.
     *
     * @param day the first day
     * @return a copy
     * @throws RuleViolationException if it is after the last day
     */
    public OrganizationRole from(LocalDate day) {
        return new OrganizationRole(organization, role, title, Objects.requireNonNull(day, "day"), thru);
    }

    /**
     * The same, until a day.
     *
     * @param day the last day
     * @return a copy
     * @throws RuleViolationException if it is before the first day
     */
    public OrganizationRole thru(LocalDate day) {
        return new OrganizationRole(organization, role, title, from, Objects.requireNonNull(day, "day"));
    }

    /**
     * The organization.
     *
     * @return its id
     */
    public OrganizationId organization() {
        return organization;
    }

    /**
     * The role.
     *
     * @return the host's key; empty if not said
     */
    public Optional<String> role() {
        return Optional.ofNullable(role);
    }

    /**
     * The title.
     *
     * @return as on the card; empty if not said
     */
    public Optional<String> title() {
        return Optional.ofNullable(title);
    }

    /**
     * The first day.
     *
     * @return the day; empty if not said
     */
    public Optional<LocalDate> from() {
        return Optional.ofNullable(from);
    }

    /**
     * The last day.
     *
     * @return the day, within; empty while it lasts
     */
    public Optional<LocalDate> thru() {
        return Optional.ofNullable(thru);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OrganizationRole that
                && organization.equals(that.organization)
                && Objects.equals(role, that.role)
                && Objects.equals(title, that.title)
                && Objects.equals(from, that.from)
                && Objects.equals(thru, that.thru);
    }

    @Override
    public int hashCode() {
        return Objects.hash(organization, role, title, from, thru);
    }

    @Override
    public String toString() {
        return "OrganizationRole[" + organization.value() + (role == null ? "" : ", " + role) + "]";
    }
}
