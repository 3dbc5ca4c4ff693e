package dev.crmcore.customer;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.query.Field;
import dev.crmcore.query.SetField;
import dev.crmcore.store.EntityRecord;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.Reference;
import dev.crmcore.store.Reference.OnMerge;
import dev.crmcore.store.UniqueKey;
import dev.crmcore.value.ExternalId;
import dev.crmcore.value.Microseconds;
import dev.crmcore.value.SearchKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A company, authority or association in which customers have {@linkplain OrganizationRole roles}.
 *
 * <pre>{@code
 * Organization acme = organizations.register(Organization.named("Acme GmbH")
 *         .vatId("DE123456789").industry("retail").employees(250)
 *         .contactPoint(ContactPoint.email("office@acme.example")));
 * customers.update(ann, customer -> customer.withRole(OrganizationRole.at(acme.id()).as("buyer")));
 * }</pre>
 *
 * <p>What always holds: no contact point twice, at most one preferred for each type and purpose, no external id twice. That
 * no organization is above itself is checked when it is registered or saved.
 *
 * <p>Immutable and thread-safe.
 */
public final class Organization {

    /** The name in the register. */
    public static final Field<Organization, String> LEGAL_NAME =
            Field.text("legal_name", Organization::legalName).required();

    /** The name without case and accents; its first 400 characters. */
    public static final Field<Organization, String> NAME_KEY = Field.<Organization>text(
                    "name_key", o -> Texts.indexable(SearchKey.of(o.legalName)))
            .required()
            .indexed();

    /** The number in the register. */
    public static final Field<Organization, String> REGISTRATION_ID =
            Field.<Organization>text("registration_id", o -> o.registrationId).indexed();

    /** The number for value-added tax. */
    public static final Field<Organization, String> VAT_ID =
            Field.<Organization>text("vat_id", o -> o.vatId).indexed();

    /** What it does. */
    public static final Field<Organization, String> INDUSTRY =
            Field.<Organization>text("industry", o -> o.industry).indexed();

    /** How many people work there. */
    public static final Field<Organization, Long> EMPLOYEES = Field.number("employees", o -> o.employees);

    /** The organization to which it belongs. */
    public static final Field<Organization, OrganizationId> PARENT = Field.<Organization, OrganizationId>id(
                    "parent_id", OrganizationId::new, o -> o.parent)
            .indexed();

    /** Who looks after it. */
    public static final Field<Organization, String> OWNER =
            Field.<Organization>text("owner", o -> o.owner).indexed();

    /** When it was registered. */
    public static final Field<Organization, Instant> CREATED_AT =
            Field.instant("created_at", Organization::createdAt).required().indexed();

    /** When it was last changed. */
    public static final Field<Organization, Instant> UPDATED_AT =
            Field.instant("updated_at", Organization::updatedAt).required();

    /** How it is reached. */
    public static final SetField<Organization, ContactPoint> CONTACT_POINTS =
            SetField.of("contact_points", ContactPoint.ELEMENT, Organization::contactPoints);

    /** What other systems call it. */
    public static final SetField<Organization, ExternalId> EXTERNAL_IDS =
            SetField.of("external_ids", ExternalIds.ELEMENT, Organization::externalIds);

    /** Words that it is sorted by. */
    public static final SetField<Organization, String> TAGS = SetField.of("tags", Tags.ELEMENT, Organization::tags);

    /** What the host keeps of it beyond what the library knows. */
    public static final SetField<Organization, Attribute> ATTRIBUTES =
            SetField.of("attributes", Attribute.ELEMENT, o -> o.attributes().elements());

    /** No two organizations have one external id. */
    public static final UniqueKey<Organization> EXTERNAL_ID_KEY =
            UniqueKey.ofElements("organization_external_id", EXTERNAL_IDS, ExternalIds.SYSTEM, ExternalIds.VALUE);

    /** How organizations are kept. */
    public static final EntityType<Organization> TYPE = EntityType.define("organization", Organization.class)
            .id(Organization::id)
            .version(Organization::version, Organization::withVersion)
            .fields(LEGAL_NAME, NAME_KEY, REGISTRATION_ID, VAT_ID, INDUSTRY, EMPLOYEES, PARENT, OWNER)
            .fields(CREATED_AT, UPDATED_AT)
            .sets(CONTACT_POINTS, EXTERNAL_IDS, TAGS, ATTRIBUTES)
            .unique(EXTERNAL_ID_KEY)
            .references(Reference.of(PARENT, "organization", OnMerge.FOLLOW))
            .onErasure(EntityType.OnErasure.KEEP)
            .readBy(Organization::read);

    private final OrganizationId id;
    private final long version;
    private final String legalName;
    private final @Nullable String registrationId;
    private final @Nullable String vatId;
    private final @Nullable String industry;
    private final @Nullable Long employees;
    private final @Nullable OrganizationId parent;
    private final @Nullable String owner;
    private final List<ContactPoint> contactPoints;
    private final Set<ExternalId> externalIds;
    private final Attributes attributes;
    private final Set<String> tags;
    private final Instant createdAt;
    private final Instant updatedAt;

    private Organization(Builder builder, OrganizationId id, Instant createdAt, Instant updatedAt) {
        this.id = Objects.requireNonNull(id, "id");
        this.version = builder.version;
        this.legalName = Texts.line("legalName", builder.legalName);
        this.registrationId = Texts.optionalKey("registrationId", builder.registrationId);
        this.vatId = Texts.optionalKey("vatId", builder.vatId);
        this.industry = Texts.optionalKey("industry", builder.industry);
        this.employees = builder.employees;
        if (employees != null && employees < 0) {
            throw RuleViolationException.of("organization.employees", "employees", employees, "is negative");
        }
        this.parent = builder.parent;
        if (id.equals(parent)) {
            throw RuleViolationException.of("organization.parent.cycle", "parent", id.value(), "is itself");
        }
        this.owner = Texts.optionalKey("owner", builder.owner);
        this.contactPoints = ContactPoint.checked(builder.contactPoints());
        this.externalIds = Collections.unmodifiableSet(new LinkedHashSet<>(builder.externalIds()));
        this.attributes = builder.attributes();
        this.tags = Tags.checked(builder.tags());
        this.createdAt = Microseconds.of(createdAt);
        this.updatedAt = Microseconds.of(updatedAt);
    }

    /**
     * Begins the draft of an organization.
     *
     * @param legalName its name in the register, 1 to 1,000 characters
     * @return the draft
     */
    public static Builder named(String legalName) {
        return new Builder(legalName);
    }

    /**
     * One attribute, to make conditions of.
     *
     * @param key the attribute's key
     * @return the attribute
     * @throws dev.crmcore.value.InvalidValueException if the key has not the form of one
     */
    public static AttributeField<Organization> attribute(String key) {
        return new AttributeField<>(ATTRIBUTES, key);
    }

    /**
     * Begins a changed copy.
     *
     * @return a builder with all that this organization has, its id and version included
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * The id.
     *
     * @return the id
     */
    public OrganizationId id() {
        return id;
    }

    /**
     * How often the record was written.
     *
     * @return the version at which this was read, from 1
     */
    public long version() {
        return version;
    }

    /**
     * The name in the register.
     *
     * @return the name
     */
    public String legalName() {
        return legalName;
    }

    /**
     * The number in the register.
     *
     * @return the number as given; empty if it is not known
     */
    public Optional<String> registrationId() {
        return Optional.ofNullable(registrationId);
    }

    /**
     * The number for value-added tax.
     *
     * @return the number as given; empty if it is not known
     */
    public Optional<String> vatId() {
        return Optional.ofNullable(vatId);
    }

    /**
     * What it does.
     *
     * @return the host's key of the industry; empty if it is not known
     */
    public Optional<String> industry() {
        return Optional.ofNullable(industry);
    }

    /**
     * Its size.
     *
     * @return how many people work there; empty if it is not known
     */
    public Optional<Long> employees() {
        return Optional.ofNullable(employees);
    }

    /**
     * The organization to which it belongs.
     *
     * @return its id; empty if it stands on its own
     */
    public Optional<OrganizationId> parent() {
        return Optional.ofNullable(parent);
    }

    /**
     * Who looks after it.
     *
     * @return the host's key; empty for nobody
     */
    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    /**
     * All ways to reach it, its addresses included.
     *
     * @return the contact points in the order in which they were given, unmodifiable
     */
    public List<ContactPoint> contactPoints() {
        return contactPoints;
    }

    /**
     * What other systems call it.
     *
     * @return the external ids, unmodifiable
     */
    public Set<ExternalId> externalIds() {
        return externalIds;
    }

    /**
     * What the host keeps of it beyond what the library knows.
     *
     * @return the attributes
     */
    public Attributes attributes() {
        return attributes;
    }

    /**
     * The words that it is sorted by.
     *
     * @return the tags, unmodifiable
     */
    public Set<String> tags() {
        return tags;
    }

    /**
     * When it was registered.
     *
     * @return the instant, exact to the microsecond
     */
    public Instant createdAt() {
        return createdAt;
    }

    /**
     * When it was last changed.
     *
     * @return the instant, exact to the microsecond
     */
    public Instant updatedAt() {
        return updatedAt;
    }

    Organization identified(Supplier<UUID> ids) {
        return contactPoints.stream().allMatch(ContactPoint::hasId)
                ? this
                : toBuilder()
                        .contactPoints(ContactPoint.identified(contactPoints, ids))
                        .build();
    }

    Organization changedAt(Instant now) {
        return new Organization(toBuilder(), id, createdAt, now);
    }

    private Organization completed(AttributeRules rules) {
        Attributes complete = rules.complete(attributes);
        return complete.equals(attributes)
                ? this
                : toBuilder().attributes(complete).build();
    }

    private Organization withVersion(long newVersion) {
        Builder copy = toBuilder();
        copy.version = newVersion;
        return copy.build();
    }

    private static Organization read(EntityRecord<Organization> stored) {
        Builder builder = new Builder(stored.require(LEGAL_NAME))
                .registrationId(stored.get(REGISTRATION_ID))
                .vatId(stored.get(VAT_ID))
                .industry(stored.get(INDUSTRY))
                .parent(stored.get(PARENT))
                .owner(stored.get(OWNER))
                .contactPoints(stored.elements(CONTACT_POINTS))
                .externalIds(stored.elements(EXTERNAL_IDS))
                .tags(stored.elements(TAGS))
                .attributes(Attributes.of(stored.elements(ATTRIBUTES)));
        builder.employees = stored.get(EMPLOYEES);
        builder.version = stored.version();
        return new Organization(
                builder, new OrganizationId(stored.id()), stored.require(CREATED_AT), stored.require(UPDATED_AT));
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(
                id,
                version,
                legalName,
                registrationId,
                vatId,
                industry,
                employees,
                parent,
                owner,
                contactPoints,
                externalIds,
                attributes,
                tags,
                createdAt,
                updatedAt);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Organization that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** The id alone. */
    @Override
    public String toString() {
        return "Organization[" + id.value() + "]";
    }

    /**
     * The draft of a new organization, or a changed copy of a registered one. Not thread-safe.
     *
     * <p>What is optional can be taken away again with {@code null}.
     */
    public static final class Builder extends PartyDraft<Builder> {

        private final @Nullable Organization origin;
        private long version;
        private String legalName;
        private @Nullable String registrationId;
        private @Nullable String vatId;
        private @Nullable String industry;
        private @Nullable Long employees;
        private @Nullable OrganizationId parent;
        private @Nullable String owner;

        private Builder(String legalName) {
            this.origin = null;
            this.legalName = legalName;
        }

        private Builder(Organization origin) {
            this.origin = origin;
            this.version = origin.version;
            this.legalName = origin.legalName;
            this.registrationId = origin.registrationId;
            this.vatId = origin.vatId;
            this.industry = origin.industry;
            this.employees = origin.employees;
            this.parent = origin.parent;
            this.owner = origin.owner;
            contactPoints(origin.contactPoints);
            externalIds(origin.externalIds);
            attributes(origin.attributes);
            tags(origin.tags);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Says the name in the register.
         *
         * @param name 1 to 1,000 characters
         * @return this builder
         */
        public Builder legalName(String name) {
            this.legalName = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Says the number in the register.
         *
         * @param number 1 to 200 characters, or {@code null}
         * @return this builder
         */
        public Builder registrationId(@Nullable String number) {
            this.registrationId = number;
            return this;
        }

        /**
         * Says the number for value-added tax.
         *
         * @param number 1 to 200 characters, or {@code null}
         * @return this builder
         */
        public Builder vatId(@Nullable String number) {
            this.vatId = number;
            return this;
        }

        /**
         * Says what it does.
         *
         * @param key the host's key of the industry, 1 to 200 characters, or {@code null}
         * @return this builder
         */
        public Builder industry(@Nullable String key) {
            this.industry = key;
            return this;
        }

        /**
         * Says its size.
         *
         * @param count how many people work there, not negative
         * @return this builder
         */
        public Builder employees(long count) {
            this.employees = count;
            return this;
        }

        /**
         * Says to which organization it belongs.
         *
         * @param organization the other's id, or {@code null}
         * @return this builder
         */
        public Builder parent(@Nullable OrganizationId organization) {
            this.parent = organization;
            return this;
        }

        /**
         * Says who looks after it.
         *
         * @param key the host's key, 1 to 200 characters, or {@code null}
         * @return this builder
         */
        public Builder owner(@Nullable String key) {
            this.owner = key;
            return this;
        }

        /**
         * Makes the changed copy of a registered organization, to be {@linkplain Organizations#save saved}.
         *
         * @return the copy, with the id and the version of the organization that it is made from
         * @throws IllegalStateException if this is the draft of a new one, which is {@linkplain Organizations#register
         *     registered}
         * @throws RuleViolationException if a rule of the organization is broken
         * @throws dev.crmcore.value.InvalidValueException if a text is blank, too long or not storable
         */
        public Organization build() {
            if (origin == null) {
                throw new IllegalStateException("a new organization is registered: organizations.register(draft)");
            }
            return new Organization(this, origin.id, origin.createdAt, origin.updatedAt);
        }

        /** The new organization; the draft stays as it is. */
        Organization build(OrganizationId id, Instant now, AttributeRules rules, Supplier<UUID> ids) {
            if (origin != null) {
                throw new IllegalStateException(
                        "organization " + origin.id.value() + " is registered: save the changed copy");
            }
            return new Organization(this, id, now, now).completed(rules).identified(ids);
        }
    }
}
