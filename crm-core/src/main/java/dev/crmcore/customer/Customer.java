package dev.crmcore.customer;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Field;
import dev.crmcore.query.ScalarType;
import dev.crmcore.query.SetField;
import dev.crmcore.store.EntityRecord;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.Reference;
import dev.crmcore.store.Reference.OnMerge;
import dev.crmcore.store.UniqueKey;
import dev.crmcore.value.ExternalId;
import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.JsonObject;
import dev.crmcore.value.LanguageTag;
import dev.crmcore.value.Microseconds;
import dev.crmcore.value.Money;
import dev.crmcore.value.PersonName;
import dev.crmcore.value.SearchKey;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A person who buys, asks, answers: known by name, by an external id or a contact point, or as yet by the id alone.
 *
 * <pre>{@code
 * Customer ann = customers.register(Customer.named("Ann", "Lee")
 *         .email("ann@example.com").phone("+49 30 1234567").attribute("plan", "gold").tag("vip"));
 * Customer moved = customers.save(ann.withTimeZone(ZoneId.of("Europe/Berlin")));
 * }</pre>
 *
 * <p>What always holds: no contact point twice, at most one preferred for each type and purpose, no external id twice,
 * no tag twice. That a birthday does not lie in the future is checked when the customer is registered or saved. Changed
 * copies carry the version at which the customer was read.
 *
 * <p>Immutable and thread-safe; {@code toString} shows the id alone.
 */
public final class Customer {

    /** Whether the customer is dealt with. */
    public static final Field<Customer, CustomerStatus> STATUS = Field.<Customer, CustomerStatus>enumerated(
                    "status", CustomerStatus.class, Customer::status)
            .required();

    /** Given name. */
    public static final Field<Customer, String> GIVEN_NAME = Field.<Customer>text(
                    "given_name", c -> c.namePart(PersonName::given))
            .personal();

    /** Family name. */
    public static final Field<Customer, String> FAMILY_NAME = Field.<Customer>text(
                    "family_name", c -> c.namePart(PersonName::family))
            .personal();

    /** The name without case and accents, given name first; its first 400 characters. */
    public static final Field<Customer, String> NAME_KEY =
            Field.<Customer>text("name_key", Customer::nameKey).indexed().personal();

    /** The name without case and accents, family name first; its first 400 characters. */
    public static final Field<Customer, String> FAMILY_KEY =
            Field.<Customer>text("family_key", Customer::familyKey).indexed().personal();

    /** Day of birth, where the year is known. */
    public static final Field<Customer, LocalDate> BIRTH_DATE = Field.<Customer>date(
                    "birth_date", c -> c.birthday().flatMap(Birthday::date).orElse(null))
            .personal();

    /** Birthday as month times 100 plus day: 229 for 29 February. */
    public static final Field<Customer, Integer> BIRTH_DAY = Field.<Customer, Integer>of(
                    "birth_day", ScalarType.INTEGER, Customer::birthDay)
            .indexed()
            .personal();

    /** Language. */
    public static final Field<Customer, LanguageTag> LANGUAGE = Field.<Customer, LanguageTag>of(
                    "language", ScalarType.ofText(LanguageTag::tag, LanguageTag::of), c -> c.language)
            .personal();

    /** Time zone. */
    public static final Field<Customer, ZoneId> TIME_ZONE = Field.<Customer, ZoneId>of(
                    "time_zone", ScalarType.ofText(ZoneId::getId, ZoneId::of), c -> c.timeZone)
            .personal();

    /** Who looks after the customer. */
    public static final Field<Customer, String> OWNER =
            Field.<Customer>text("owner", c -> c.owner).indexed();

    /** How far the relation has come. */
    public static final Field<Customer, String> LIFECYCLE_STAGE =
            Field.<Customer>text("lifecycle_stage", c -> c.lifecycleStage).indexed();

    /** Where the record comes from. */
    public static final Field<Customer, String> SOURCE = Field.text("source", c -> c.source);

    /** The channel through which the customer was won. */
    public static final Field<Customer, String> ACQUISITION_CHANNEL = Field.<Customer>text(
                    "acquisition_channel",
                    c -> c.acquisition().map(Acquisition::channel).orElse(null))
            .indexed();

    /** The campaign by which the customer was won. */
    public static final Field<Customer, String> ACQUISITION_CAMPAIGN = Field.text(
            "acquisition_campaign",
            c -> c.acquisition().flatMap(Acquisition::campaign).orElse(null));

    /** What winning the customer cost. */
    public static final Field<Customer, BigDecimal> ACQUISITION_COST = Field.decimal(
            "acquisition_cost", c -> c.acquisitionCost().map(Money::amount).orElse(null));

    /** The currency of that cost. */
    public static final Field<Customer, String> ACQUISITION_CURRENCY = Field.text(
            "acquisition_currency",
            c -> c.acquisitionCost().map(Money::currencyCode).orElse(null));

    /** When the customer was won, where it was not at the registration. */
    public static final Field<Customer, Instant> ACQUIRED_AT = Field.instant(
            "acquired_at", c -> c.acquisition().flatMap(Acquisition::acquiredAt).orElse(null));

    /** When the customer was registered. */
    public static final Field<Customer, Instant> CREATED_AT =
            Field.instant("created_at", Customer::createdAt).required().indexed();

    /** When the customer was last changed. */
    public static final Field<Customer, Instant> UPDATED_AT =
            Field.instant("updated_at", Customer::updatedAt).required();

    /** How the customer is reached. */
    public static final SetField<Customer, ContactPoint> CONTACT_POINTS =
            SetField.of("contact_points", ContactPoint.ELEMENT, Customer::contactPoints);

    /** What other systems call the customer. */
    public static final SetField<Customer, ExternalId> EXTERNAL_IDS =
            SetField.of("external_ids", ExternalIds.ELEMENT, Customer::externalIds);

    /** Words that the customer is sorted by. */
    public static final SetField<Customer, String> TAGS = SetField.of("tags", Tags.ELEMENT, Customer::tags);

    /** What the host keeps of the customer beyond what the library knows. */
    public static final SetField<Customer, Attribute> ATTRIBUTES =
            SetField.of("attributes", Attribute.ELEMENT, c -> c.attributes().elements());

    /** What the customer is in organizations. */
    public static final SetField<Customer, OrganizationRole> ROLES =
            SetField.of("roles", OrganizationRole.ELEMENT, Customer::roles);

    /** No two customers have one external id. */
    public static final UniqueKey<Customer> EXTERNAL_ID_KEY =
            UniqueKey.ofElements("customer_external_id", EXTERNAL_IDS, ExternalIds.SYSTEM, ExternalIds.VALUE);

    /** How customers are kept. */
    public static final EntityType<Customer> TYPE = EntityType.define("customer", Customer.class)
            .id(Customer::id)
            .version(Customer::version, Customer::withVersion)
            .fields(STATUS, GIVEN_NAME, FAMILY_NAME, NAME_KEY, FAMILY_KEY, BIRTH_DATE, BIRTH_DAY, LANGUAGE, TIME_ZONE)
            .fields(OWNER, LIFECYCLE_STAGE, SOURCE)
            .fields(ACQUISITION_CHANNEL, ACQUISITION_CAMPAIGN, ACQUISITION_COST, ACQUISITION_CURRENCY, ACQUIRED_AT)
            .fields(CREATED_AT, UPDATED_AT)
            .sets(CONTACT_POINTS, EXTERNAL_IDS, TAGS, ATTRIBUTES, ROLES)
            .unique(EXTERNAL_ID_KEY)
            .references(Reference.ofElements(ROLES, OrganizationRole.ORGANIZATION, "organization", OnMerge.FOLLOW))
            .onErasure(EntityType.OnErasure.BLANK)
            .personalBody(Customer::body)
            .readBy(Customer::read);

    private final CustomerId id;
    private final long version;
    private final CustomerStatus status;
    private final @Nullable PersonName name;
    private final @Nullable String nickname;
    private final @Nullable Birthday birthday;
    private final @Nullable LanguageTag language;
    private final @Nullable ZoneId timeZone;
    private final List<ContactPoint> contactPoints;
    private final Set<ExternalId> externalIds;
    private final Attributes attributes;
    private final Set<String> tags;
    private final List<OrganizationRole> roles;
    private final @Nullable String owner;
    private final @Nullable String lifecycleStage;
    private final @Nullable String source;
    private final @Nullable Acquisition acquisition;
    private final Instant createdAt;
    private final Instant updatedAt;

    private Customer(Builder builder, CustomerId id, Instant createdAt, Instant updatedAt) {
        this.id = Objects.requireNonNull(id, "id");
        this.version = builder.version;
        this.status = builder.status;
        this.name = builder.name;
        this.nickname = builder.nickname;
        this.birthday = builder.birthday;
        this.language = builder.language;
        this.timeZone = builder.timeZone;
        this.contactPoints = ContactPoint.checked(builder.contactPoints());
        this.externalIds = Collections.unmodifiableSet(new LinkedHashSet<>(builder.externalIds()));
        this.attributes = builder.attributes();
        this.tags = Tags.checked(builder.tags());
        this.roles = List.copyOf(builder.roles);
        this.owner = builder.owner;
        this.lifecycleStage = builder.lifecycleStage;
        this.source = builder.source;
        this.acquisition = builder.acquisition;
        this.createdAt = Microseconds.of(createdAt);
        this.updatedAt = Microseconds.of(updatedAt);
    }

    /**
     * Begins the draft of a customer with a name of two parts.
     *
     * @param given what the person is called by; may be blank if the other is not
     * @param family what a family shares; may be blank if the other is not
     * @return the draft
     * @throws InvalidValueException if both are blank, or one is too long or not storable
     */
    public static Builder named(String given, String family) {
        return named(PersonName.of(given, family));
    }

    /**
     * Begins the draft of a customer with a name.
     *
     * @param name the name
     * @return the draft
     */
    public static Builder named(PersonName name) {
        return builder().name(name);
    }

    /**
     * Begins the draft of a customer of whom nothing is known so far.
     *
     * @return the draft
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * One attribute, to make conditions of: {@code Customer.attribute("plan").is("gold")}.
     *
     * @param key the attribute's key
     * @return the attribute
     * @throws InvalidValueException if the key has not the form of one
     */
    public static AttributeField<Customer> attribute(String key) {
        return new AttributeField<>(ATTRIBUTES, key);
    }

    /**
     * The name begins so, given name or family name first, whatever case and accents.
     *
     * @param prefix the beginning, such as {@code "lee a"}; blank: whoever has a name
     * @return the condition
     */
    public static Condition<Customer> nameStartsWith(String prefix) {
        String key = Texts.indexable(SearchKey.of(prefix));
        return NAME_KEY.startsWith(key).or(FAMILY_KEY.startsWith(key));
    }

    /**
     * Begins a changed copy.
     *
     * @return a builder with all that this customer has, its id and version included
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * The same under another name.
     *
     * @param newName the name
     * @return a copy
     */
    public Customer withName(PersonName newName) {
        return toBuilder().name(newName).build();
    }

    /**
     * The same with another birthday.
     *
     * @param newBirthday the birthday
     * @return a copy
     */
    public Customer withBirthday(Birthday newBirthday) {
        return toBuilder().birthday(newBirthday).build();
    }

    /**
     * The same with another language.
     *
     * @param newLanguage the language
     * @return a copy
     */
    public Customer withLanguage(LanguageTag newLanguage) {
        return toBuilder().language(newLanguage).build();
    }

    /**
     * The same in another time zone.
     *
     * @param zone the zone
     * @return a copy
     */
    public Customer withTimeZone(ZoneId zone) {
        return toBuilder().timeZone(zone).build();
    }

    /**
     * The same with a contact point: in the place of the one with its id, else of the one with its address, else at the
     * end.
     *
     * @param point the contact point
     * @return a copy
     * @throws RuleViolationException if two would be preferred for one type and purpose, or have one address
     */
    public Customer withContactPoint(ContactPoint point) {
        return toBuilder().contactPoint(point).build();
    }

    /**
     * The same without a contact point.
     *
     * @param point its id; one that the customer does not have changes nothing
     * @return a copy
     */
    public Customer withoutContactPoint(ContactPointId point) {
        Objects.requireNonNull(point, "point");
        return toBuilder()
                .contactPoints(contactPoints.stream()
                        .filter(p -> !p.hasId() || !p.id().equals(point))
                        .toList())
                .build();
    }

    /**
     * The same with one more external id.
     *
     * @param externalId what another system calls the customer
     * @return a copy
     */
    public Customer withExternalId(ExternalId externalId) {
        return toBuilder().externalId(externalId).build();
    }

    /**
     * The same with one value for an attribute, instead of what it had.
     *
     * @param key the attribute's key
     * @param value its value
     * @return a copy
     * @throws InvalidValueException if the key has not the form of one
     */
    public Customer withAttribute(String key, AttributeValue value) {
        return toBuilder().attribute(key, value).build();
    }

    /**
     * The same without an attribute.
     *
     * @param key the attribute's key
     * @return a copy
     */
    public Customer withoutAttribute(String key) {
        return toBuilder().attributes(attributes.without(key)).build();
    }

    /**
     * The same with a tag.
     *
     * @param tag the tag, 1 to 200 characters, compared exactly
     * @return a copy; one that is there already changes nothing
     * @throws InvalidValueException if it is blank, too long or not storable
     */
    public Customer tagged(String tag) {
        return toBuilder().tag(tag).build();
    }

    /**
     * The same without a tag.
     *
     * @param tag the tag
     * @return a copy; one that is not there changes nothing
     */
    public Customer untagged(String tag) {
        Set<String> rest = new LinkedHashSet<>(tags);
        rest.remove(tag.strip());
        return toBuilder().tags(rest).build();
    }

    /**
     * The same with one more role in an organization.
     *
     * @param role the role
     * @return a copy
     */
    public Customer withRole(OrganizationRole role) {
        return toBuilder().role(role).build();
    }

    /**
     * The same, looked after by somebody else.
     *
     * @param key the host's key of who, 1 to 200 characters
     * @return a copy
     * @throws InvalidValueException if it is blank, too long or not storable
     */
    public Customer ownedBy(String key) {
        return toBuilder().owner(key).build();
    }

    /**
     * The same at another stage of the relation.
     *
     * @param stage the host's key of the stage, 1 to 200 characters
     * @return a copy
     * @throws InvalidValueException if it is blank, too long or not storable
     */
    public Customer atStage(String stage) {
        return toBuilder().lifecycleStage(stage).build();
    }

    /**
     * The same as a customer of today.
     *
     * @return the next state
     */
    public Customer activated() {
        return toBuilder().status(CustomerStatus.ACTIVE).build();
    }

    /**
     * The same as a customer of the past.
     *
     * @return the next state
     */
    public Customer deactivated() {
        return toBuilder().status(CustomerStatus.INACTIVE).build();
    }

    /**
     * The id.
     *
     * @return the id
     */
    public CustomerId id() {
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
     * Whether the customer is dealt with.
     *
     * @return the status
     */
    public CustomerStatus status() {
        return status;
    }

    /**
     * The name.
     *
     * @return the name; empty if it is not known or was erased
     */
    public Optional<PersonName> name() {
        return Optional.ofNullable(name);
    }

    /**
     * What friends call the person.
     *
     * @return the nickname; empty if there is none
     */
    public Optional<String> nickname() {
        return Optional.ofNullable(nickname);
    }

    /**
     * The birthday.
     *
     * @return the birthday; empty if it is not known
     */
    public Optional<Birthday> birthday() {
        return Optional.ofNullable(birthday);
    }

    /**
     * The language that the customer is spoken to in.
     *
     * @return the language; empty if it is not known
     */
    public Optional<LanguageTag> language() {
        return Optional.ofNullable(language);
    }

    /**
     * Where the customer's clock runs.
     *
     * @return the zone; empty if it is not known
     */
    public Optional<ZoneId> timeZone() {
        return Optional.ofNullable(timeZone);
    }

    /**
     * All ways to reach the customer, whether they can be used now or not.
     *
     * @return the contact points in the order in which they were given, unmodifiable
     */
    public List<ContactPoint> contactPoints() {
        return contactPoints;
    }

    /**
     * What other systems call the customer.
     *
     * @return the external ids, unmodifiable
     */
    public Set<ExternalId> externalIds() {
        return externalIds;
    }

    /**
     * What the host keeps of the customer beyond what the library knows.
     *
     * @return the attributes
     */
    public Attributes attributes() {
        return attributes;
    }

    /**
     * The words that the customer is sorted by.
     *
     * @return the tags, unmodifiable
     */
    public Set<String> tags() {
        return tags;
    }

    /**
     * What the customer is in organizations.
     *
     * @return the roles, unmodifiable
     */
    public List<OrganizationRole> roles() {
        return roles;
    }

    /**
     * Who looks after the customer.
     *
     * @return the host's key; empty for nobody
     */
    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    /**
     * How far the relation has come.
     *
     * @return the host's key of the stage; empty if not said
     */
    public Optional<String> lifecycleStage() {
        return Optional.ofNullable(lifecycleStage);
    }

    /**
     * Where the record comes from.
     *
     * @return the host's key, such as a form or an import; empty if not said
     */
    public Optional<String> source() {
        return Optional.ofNullable(source);
    }

    /**
     * How the customer was won.
     *
     * @return the acquisition; empty if not known
     */
    public Optional<Acquisition> acquisition() {
        return Optional.ofNullable(acquisition);
    }

    /**
     * When the customer was registered.
     *
     * @return the instant, exact to the microsecond
     */
    public Instant createdAt() {
        return createdAt;
    }

    /**
     * When the customer was last changed.
     *
     * @return the instant, exact to the microsecond
     */
    public Instant updatedAt() {
        return updatedAt;
    }

    /**
     * The contact point to use: of those {@linkplain ContactPoint#isUsableAt usable} first one for the purpose, then one
     * for no purpose in particular, then any other; among these first the preferred one, then the one given first.
     *
     * @param type by what
     * @param purpose what for
     * @param at when
     * @return the contact point; empty if none of the type is usable then
     */
    public Optional<ContactPoint> contactPoint(ContactType type, ContactPurpose purpose, Instant at) {
        Comparator<ContactPoint> best = Comparator.<ContactPoint>comparingInt(
                        p -> p.purposes().contains(purpose) ? 0 : p.purposes().isEmpty() ? 1 : 2)
                .thenComparing(ContactPoint::isPreferred, Comparator.reverseOrder());
        return contactPoints.stream()
                .filter(p -> p.type() == type && p.isUsableAt(at))
                .min(best);
    }

    /** Checks what only a moment can tell. */
    void checkAt(Instant now) {
        if (birthday != null && birthday.isInFuture(now, timeZone)) {
            LocalDate date = birthday.date().orElseThrow();
            throw RuleViolationException.ofPersonal("customer.birthday.future", "birthday", date, "lies in the future");
        }
    }

    /** The same with an id for each contact point. */
    Customer identified(Supplier<UUID> ids) {
        return contactPoints.stream().allMatch(ContactPoint::hasId)
                ? this
                : toBuilder()
                        .contactPoints(ContactPoint.identified(contactPoints, ids))
                        .build();
    }

    Customer changedAt(Instant now) {
        return new Customer(toBuilder(), id, createdAt, now);
    }

    private Customer completed(AttributeRules rules) {
        Attributes complete = rules.complete(attributes);
        return complete.equals(attributes)
                ? this
                : toBuilder().attributes(complete).build();
    }

    private Customer withVersion(long newVersion) {
        Builder copy = toBuilder();
        copy.version = newVersion;
        return copy.build();
    }

    private Optional<Money> acquisitionCost() {
        return acquisition().flatMap(Acquisition::cost);
    }

    private @Nullable Integer birthDay() {
        return birthday == null
                ? null
                : birthday.monthDay().getMonthValue() * 100
                        + birthday.monthDay().getDayOfMonth();
    }

    private @Nullable String namePart(Function<PersonName, Optional<String>> part) {
        return name == null ? null : part.apply(name).orElse(null);
    }

    private @Nullable String nameKey() {
        return name == null ? null : Texts.indexable(name.searchKey());
    }

    private @Nullable String familyKey() {
        return name().flatMap(PersonName::family)
                .map(family -> family + " " + name().flatMap(PersonName::given).orElse(""))
                .map(SearchKey::of)
                .map(Texts::indexable)
                .orElse(null);
    }

    private JsonObject body() {
        return JsonObject.builder()
                .putIfPresent("prefix", namePart(PersonName::prefix))
                .putIfPresent("additional", namePart(PersonName::additional))
                .putIfPresent("suffix", namePart(PersonName::suffix))
                .putIfPresent("formatted", namePart(PersonName::formatted))
                .putIfPresent("phoneticGiven", namePart(PersonName::phoneticGiven))
                .putIfPresent("phoneticFamily", namePart(PersonName::phoneticFamily))
                .putIfPresent("nickname", nickname)
                .build();
    }

    private static Customer read(EntityRecord<Customer> stored) {
        JsonObject body = stored.body();
        Builder builder = builder();
        builder.version = stored.version();
        builder.status(stored.require(STATUS))
                .contactPoints(stored.elements(CONTACT_POINTS))
                .externalIds(stored.elements(EXTERNAL_IDS))
                .tags(stored.elements(TAGS))
                .attributes(Attributes.of(stored.elements(ATTRIBUTES)));
        builder.roles.addAll(stored.elements(ROLES));
        builder.name = readName(stored, body);
        builder.nickname = body.text("nickname").orElse(null);
        builder.birthday = readBirthday(stored);
        builder.language = stored.get(LANGUAGE);
        builder.timeZone = stored.get(TIME_ZONE);
        builder.owner = stored.get(OWNER);
        builder.lifecycleStage = stored.get(LIFECYCLE_STAGE);
        builder.source = stored.get(SOURCE);
        builder.acquisition = readAcquisition(stored);
        return new Customer(
                builder, new CustomerId(stored.id()), stored.require(CREATED_AT), stored.require(UPDATED_AT));
    }

    private static @Nullable PersonName readName(EntityRecord<Customer> stored, JsonObject body) {
        String given = stored.get(GIVEN_NAME);
        String family = stored.get(FAMILY_NAME);
        String formatted = body.text("formatted").orElse(null);
        if (given == null && family == null && formatted == null) {
            return null;
        }
        return PersonName.builder()
                .prefix(body.text("prefix").orElse(null))
                .given(given)
                .additional(body.text("additional").orElse(null))
                .family(family)
                .suffix(body.text("suffix").orElse(null))
                .formatted(formatted)
                .phoneticGiven(body.text("phoneticGiven").orElse(null))
                .phoneticFamily(body.text("phoneticFamily").orElse(null))
                .build();
    }

    private static @Nullable Birthday readBirthday(EntityRecord<Customer> stored) {
        LocalDate date = stored.get(BIRTH_DATE);
        Integer day = stored.get(BIRTH_DAY);
        return date != null ? Birthday.of(date) : day != null ? Birthday.of(MonthDay.of(day / 100, day % 100)) : null;
    }

    private static @Nullable Acquisition readAcquisition(EntityRecord<Customer> stored) {
        String channel = stored.get(ACQUISITION_CHANNEL);
        if (channel == null) {
            return null;
        }
        BigDecimal cost = stored.get(ACQUISITION_COST);
        String currency = stored.get(ACQUISITION_CURRENCY);
        Money money = cost == null || currency == null ? null : Money.of(cost, currency);
        return new Acquisition(channel, stored.get(ACQUISITION_CAMPAIGN), money, stored.get(ACQUIRED_AT));
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(
                id,
                version,
                status,
                name,
                nickname,
                birthday,
                language,
                timeZone,
                contactPoints,
                externalIds,
                attributes,
                tags,
                roles,
                owner,
                lifecycleStage,
                source,
                acquisition,
                createdAt,
                updatedAt);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Customer that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** The id alone. */
    @Override
    public String toString() {
        return "Customer[" + id.value() + "]";
    }

    /**
     * The draft of a new customer, or a changed copy of a registered one. Not thread-safe.
     *
     * <p>What is optional can be taken away again with {@code null}.
     */
    public static final class Builder extends PartyDraft<Builder> {

        private final @Nullable Customer origin;
        private long version;
        private CustomerStatus status = CustomerStatus.ACTIVE;
        private @Nullable PersonName name;
        private @Nullable String nickname;
        private @Nullable Birthday birthday;
        private @Nullable LanguageTag language;
        private @Nullable ZoneId timeZone;
        private List<OrganizationRole> roles = new ArrayList<>();
        private @Nullable String owner;
        private @Nullable String lifecycleStage;
        private @Nullable String source;
        private @Nullable Acquisition acquisition;

        private Builder() {
            this.origin = null;
        }

        private Builder(Customer origin) {
            this.origin = origin;
            this.version = origin.version;
            this.status = origin.status;
            this.name = origin.name;
            this.nickname = origin.nickname;
            this.birthday = origin.birthday;
            this.language = origin.language;
            this.timeZone = origin.timeZone;
            contactPoints(origin.contactPoints);
            externalIds(origin.externalIds);
            attributes(origin.attributes);
            tags(origin.tags);
            this.roles.addAll(origin.roles);
            this.owner = origin.owner;
            this.lifecycleStage = origin.lifecycleStage;
            this.source = origin.source;
            this.acquisition = origin.acquisition;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Says whether the customer is dealt with; {@link CustomerStatus#ACTIVE} unless said.
         *
         * @param value the status
         * @return this builder
         */
        public Builder status(CustomerStatus value) {
            this.status = Objects.requireNonNull(value, "status");
            return this;
        }

        /**
         * Says the name.
         *
         * @param value the name, or {@code null}
         * @return this builder
         */
        public Builder name(@Nullable PersonName value) {
            this.name = value;
            return this;
        }

        /**
         * Says what friends call the person.
         *
         * @param value 1 to 200 characters, or {@code null}
         * @return this builder
         * @throws InvalidValueException if it is blank, too long or not storable
         */
        public Builder nickname(@Nullable String value) {
            this.nickname = Texts.optionalKey("nickname", value);
            return this;
        }

        /**
         * Says the birthday with its year.
         *
         * @param date the day of birth
         * @return this builder
         */
        public Builder birthday(LocalDate date) {
            return birthday(Birthday.of(date));
        }

        /**
         * Says the birthday.
         *
         * @param value the birthday, or {@code null}
         * @return this builder
         */
        public Builder birthday(@Nullable Birthday value) {
            this.birthday = value;
            return this;
        }

        /**
         * Says the language by its tag.
         *
         * @param tag as of BCP 47
         * @return this builder
         * @throws InvalidValueException if it is no language tag
         */
        public Builder language(String tag) {
            return language(LanguageTag.of(tag));
        }

        /**
         * Says the language.
         *
         * @param value the language, or {@code null}
         * @return this builder
         */
        public Builder language(@Nullable LanguageTag value) {
            this.language = value;
            return this;
        }

        /**
         * Says the time zone by its name.
         *
         * @param zone as of the IANA database, such as {@code Europe/Berlin}
         * @return this builder
         * @throws InvalidValueException if there is no such zone
         */
        public Builder timeZone(String zone) {
            try {
                return timeZone(ZoneId.of(zone));
            } catch (DateTimeException e) {
                throw new InvalidValueException("time zone", zone, "is not a zone such as Europe/Berlin");
            }
        }

        /**
         * Says the time zone.
         *
         * @param value the zone, or {@code null}
         * @return this builder
         */
        public Builder timeZone(@Nullable ZoneId value) {
            this.timeZone = value;
            return this;
        }

        /**
         * Adds a role in an organization.
         *
         * @param role the role
         * @return this builder
         */
        public Builder role(OrganizationRole role) {
            this.roles.add(Objects.requireNonNull(role, "role"));
            return this;
        }

        /**
         * Says all roles in organizations, instead of those so far.
         *
         * @param all the roles
         * @return this builder
         */
        public Builder roles(Collection<OrganizationRole> all) {
            this.roles = new ArrayList<>(List.copyOf(all));
            return this;
        }

        /**
         * Says who looks after the customer.
         *
         * @param key the host's key, 1 to 200 characters, or {@code null}
         * @return this builder
         * @throws InvalidValueException if it is blank, too long or not storable
         */
        public Builder owner(@Nullable String key) {
            this.owner = Texts.optionalKey("owner", key);
            return this;
        }

        /**
         * Says how far the relation has come.
         *
         * @param stage the host's key of the stage, 1 to 200 characters, or {@code null}
         * @return this builder
         * @throws InvalidValueException if it is blank, too long or not storable
         */
        public Builder lifecycleStage(@Nullable String stage) {
            this.lifecycleStage = Texts.optionalKey("lifecycleStage", stage);
            return this;
        }

        /**
         * Says where the record comes from.
         *
         * @param key the host's key, 1 to 200 characters, or {@code null}
         * @return this builder
         * @throws InvalidValueException if it is blank, too long or not storable
         */
        public Builder source(@Nullable String key) {
            this.source = Texts.optionalKey("source", key);
            return this;
        }

        /**
         * Says how the customer was won.
         *
         * @param value the acquisition, or {@code null}
         * @return this builder
         */
        public Builder acquisition(@Nullable Acquisition value) {
            this.acquisition = value;
            return this;
        }

        /**
         * Makes the changed copy of a registered customer, to be {@linkplain Customers#save saved}.
         *
         * @return the copy, with the id and the version of the customer that it is made from
         * @throws IllegalStateException if this is the draft of a new customer, which is {@linkplain Customers#register
         *     registered}
         * @throws RuleViolationException if two contact points have one address or are preferred for one type and purpose
         * @throws InvalidValueException if a text is blank, too long or not storable
         */
        public Customer build() {
            if (origin == null) {
                throw new IllegalStateException("a new customer is registered: customers.register(draft)");
            }
            return new Customer(this, origin.id, origin.createdAt, origin.updatedAt);
        }

        /** The new customer; the draft stays as it is. */
        Customer build(CustomerId id, Instant now, AttributeRules rules, Supplier<UUID> ids) {
            if (origin != null) {
                throw new IllegalStateException(
                        "customer " + origin.id.value() + " is registered: save the changed copy");
            }
            Customer customer =
                    new Customer(this, id, now, now).completed(rules).identified(ids);
            customer.checkAt(now);
            return customer;
        }
    }
}
