package dev.crmcore.customer;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.query.Condition;
import dev.crmcore.query.ElementType;
import dev.crmcore.query.Field;
import dev.crmcore.query.FieldValues;
import dev.crmcore.query.ScalarType;
import dev.crmcore.query.SetField;
import dev.crmcore.value.EmailAddress;
import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.Microseconds;
import dev.crmcore.value.PhoneNumber;
import dev.crmcore.value.PostalAddress;
import dev.crmcore.value.StorableText;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One way to reach a customer or an organization: as typed, and normalised to compare and find by.
 *
 * <pre>{@code
 * ContactPoint office = ContactPoint.phone("(030) 123456", "DE").forPurposes(ContactPurpose.WORK).preferred();
 * }</pre>
 *
 * <p>It gets its id when its record is registered or saved. It is valid from an instant, within, until an instant, no
 * longer within; either may be open. Immutable and thread-safe; {@code toString} shows nothing of the address.
 */
public final class ContactPoint {

    private static final int MAX_LENGTH = 2_000;
    private static final ScalarType<Set<ContactPurpose>> PURPOSE_LIST = ScalarType.ofText(
            purposes -> purposes.stream().map(Enum::name).collect(Collectors.joining(",")),
            text -> purposeSet(
                    text.isEmpty()
                            ? List.of()
                            : Arrays.stream(text.split(",", -1))
                                    .map(ContactPurpose::valueOf)
                                    .toList()));

    /** The id. */
    public static final Field<ContactPoint, ContactPointId> ID = Field.<ContactPoint, ContactPointId>id(
                    "contact_point_id", ContactPointId::new, ContactPoint::id)
            .required();

    /** By what. */
    public static final Field<ContactPoint, ContactType> CONTACT_TYPE = Field.<ContactPoint, ContactType>enumerated(
                    "type", ContactType.class, ContactPoint::type)
            .required();

    /** As typed; a postal address in one line. */
    public static final Field<ContactPoint, String> VALUE =
            Field.text("value", ContactPoint::value).required().personal();

    /** The form to find by, as far as an index takes it. */
    public static final Field<ContactPoint, String> NORMALIZED = Field.<ContactPoint>text(
                    "normalized", point -> Texts.indexable(point.normalized()))
            .required()
            .indexed()
            .personal();

    /** What for; names with commas between, empty for no purpose in particular. */
    public static final Field<ContactPoint, Set<ContactPurpose>> PURPOSES =
            Field.of("purposes", PURPOSE_LIST, ContactPoint::purposes).required();

    /** Whether it is used before others of its type and purpose. */
    public static final Field<ContactPoint, Boolean> PREFERRED =
            Field.bool("preferred", ContactPoint::isPreferred).required();

    /** When it was verified. */
    public static final Field<ContactPoint, Instant> VERIFIED_AT =
            Field.instant("verified_at", point -> point.verifiedAt);

    /** How it was verified. */
    public static final Field<ContactPoint, String> VERIFIED_BY = Field.text("verified_by", point -> point.verifiedBy);

    /** From when it is valid. */
    public static final Field<ContactPoint, Instant> VALID_FROM = Field.instant("valid_from", point -> point.validFrom);

    /** Until when it is valid. */
    public static final Field<ContactPoint, Instant> VALID_THRU = Field.instant("valid_thru", point -> point.validThru);

    /** What became of the last messages. */
    public static final Field<ContactPoint, Deliverability> DELIVERABILITY =
            Field.<ContactPoint, Deliverability>enumerated(
                            "deliverability", Deliverability.class, ContactPoint::deliverability)
                    .required();

    /** How many messages in a row came back for a passing reason. */
    public static final Field<ContactPoint, Integer> SOFT_BOUNCES = Field.<ContactPoint, Integer>of(
                    "soft_bounces", ScalarType.INTEGER, ContactPoint::softBounces)
            .required();

    /** Street and number of a postal address. */
    public static final Field<ContactPoint, String> STREET = addressPart("street", PostalAddress::street);

    /** What a postal address has beside the street. */
    public static final Field<ContactPoint, String> EXTENDED = addressPart("extended", PostalAddress::extended);

    /** The post office box of a postal address. */
    public static final Field<ContactPoint, String> PO_BOX = addressPart("po_box", PostalAddress::poBox);

    /** City, town or village of a postal address. */
    public static final Field<ContactPoint, String> LOCALITY = addressPart("locality", PostalAddress::locality);

    /** State or province of a postal address, by name. */
    public static final Field<ContactPoint, String> REGION = addressPart("region", PostalAddress::region);

    /** State or province of a postal address, by its code of ISO 3166-2. */
    public static final Field<ContactPoint, String> REGION_CODE = addressPart("region_code", PostalAddress::regionCode);

    /** The postal code of a postal address. */
    public static final Field<ContactPoint, String> POSTAL_CODE = addressPart("postal_code", PostalAddress::postalCode);

    /** The country of a postal address, by its code of ISO 3166-1. */
    public static final Field<ContactPoint, String> COUNTRY = addressPart("country", PostalAddress::country);

    /** What contact points are as elements of a record. */
    public static final ElementType<ContactPoint> ELEMENT = ElementType.of(
            "contact_point",
            ContactPoint::read,
            ID,
            CONTACT_TYPE,
            VALUE,
            NORMALIZED,
            PURPOSES,
            PREFERRED,
            VERIFIED_AT,
            VERIFIED_BY,
            VALID_FROM,
            VALID_THRU,
            DELIVERABILITY,
            SOFT_BOUNCES,
            STREET,
            EXTENDED,
            PO_BOX,
            LOCALITY,
            REGION,
            REGION_CODE,
            POSTAL_CODE,
            COUNTRY);

    private final @Nullable ContactPointId id;
    private final ContactType type;
    private final String value;
    private final String normalized;
    private final @Nullable PostalAddress postalAddress;
    private final Set<ContactPurpose> purposes;
    private final boolean preferred;
    private final @Nullable Instant verifiedAt;
    private final @Nullable String verifiedBy;
    private final @Nullable Instant validFrom;
    private final @Nullable Instant validThru;
    private final Deliverability deliverability;
    private final int softBounces;

    private ContactPoint(State state) {
        this.id = state.id;
        this.type = state.type;
        this.value = state.value;
        this.normalized = state.normalized;
        this.postalAddress = state.postalAddress;
        this.purposes = state.purposes;
        this.preferred = state.preferred;
        this.verifiedAt = state.verifiedAt;
        this.verifiedBy = state.verifiedBy;
        this.validFrom = state.validFrom;
        this.validThru = state.validThru;
        this.deliverability = state.deliverability;
        this.softBounces = state.softBounces;
        if (validFrom != null && validThru != null && validThru.isBefore(validFrom)) {
            throw RuleViolationException.of(
                    "contact.validity", "validThru", validThru, "is before validFrom '" + validFrom + "'");
        }
    }

    /**
     * An e-mail address.
     *
     * @param address as typed
     * @return the contact point
     * @throws InvalidValueException if it is no e-mail address
     */
    public static ContactPoint email(String address) {
        return of(EmailAddress.parse(address));
    }

    /**
     * An e-mail address.
     *
     * @param address the address
     * @return the contact point
     */
    public static ContactPoint of(EmailAddress address) {
        return of(ContactType.EMAIL, address.asTyped(), address.normalized());
    }

    /**
     * A phone number with its country code.
     *
     * @param number as typed, with {@code +} or {@code 00} before the country code
     * @return the contact point
     * @throws InvalidValueException if it is no phone number
     */
    public static ContactPoint phone(String number) {
        return of(PhoneNumber.parse(number));
    }

    /**
     * A phone number with or without its country code.
     *
     * @param number as typed in the region
     * @param defaultRegion country code of ISO 3166-1
     * @return the contact point
     * @throws InvalidValueException if it is no phone number or the region does not exist
     */
    public static ContactPoint phone(String number, String defaultRegion) {
        return of(PhoneNumber.parse(number, defaultRegion));
    }

    /**
     * A phone number.
     *
     * @param number the number
     * @return the contact point
     */
    public static ContactPoint of(PhoneNumber number) {
        return of(ContactType.PHONE, number.asTyped(), number.normalized());
    }

    /**
     * A postal address.
     *
     * @param address the address
     * @return the contact point
     */
    public static ContactPoint of(PostalAddress address) {
        return new ContactPoint(State.of(ContactType.POSTAL, oneLine(address), address.normalized(), address));
    }

    /**
     * An account on a network.
     *
     * @param network which network, such as {@code mastodon}; upper and lower case are the same
     * @param account the account there; upper and lower case are the same, and so are {@code @ann} and {@code ann}
     * @return the contact point
     * @throws InvalidValueException if either is blank or too long, or the network has a colon
     */
    public static ContactPoint social(String network, String account) {
        String where = Texts.key("network", network).toLowerCase(Locale.ROOT);
        if (where.indexOf(':') >= 0) {
            throw new InvalidValueException("network", network, "has a colon");
        }
        String who = Texts.key("account", account);
        return of(
                ContactType.SOCIAL,
                where + ":" + who,
                where + ":" + (who.startsWith("@") ? who.substring(1) : who).toLowerCase(Locale.ROOT));
    }

    /**
     * A device that gets push messages.
     *
     * @param token the device's token, compared exactly
     * @return the contact point
     * @throws InvalidValueException if it is blank, too long or not storable
     */
    public static ContactPoint push(String token) {
        String exact = limited("push token", token);
        return of(ContactType.PUSH, exact, exact);
    }

    /**
     * A web address.
     *
     * @param url beginning with {@code http://} or {@code https://}; the scheme, the host's case, a lone slash at the end
     *     and what follows a {@code #} do not matter when compared
     * @return the contact point
     * @throws InvalidValueException if it is no web address
     */
    public static ContactPoint web(String url) {
        String typed = limited("web address", url);
        return of(ContactType.WEB, typed, normalizedUrl(typed));
    }

    /**
     * A contact point of a type that is one text.
     *
     * @param type any but {@link ContactType#POSTAL}
     * @param text as typed; a social account as {@code network:account}
     * @return the contact point
     * @throws InvalidValueException if the text is none of that type
     * @throws IllegalArgumentException for a postal address, which has parts
     */
    public static ContactPoint parse(ContactType type, String text) {
        return switch (type) {
            case EMAIL -> email(text);
            case PHONE -> phone(text);
            case SOCIAL -> parseSocial(text);
            case PUSH -> push(text);
            case WEB -> web(text);
            case POSTAL ->
                throw new IllegalArgumentException("a postal address is made of parts: use of(PostalAddress)");
        };
    }

    private static ContactPoint parseSocial(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new InvalidValueException("social account", text, "has no colon between network and account");
        }
        return social(text.substring(0, colon), text.substring(colon + 1));
    }

    private static ContactPoint of(ContactType type, String value, String normalized) {
        return new ContactPoint(State.of(type, value, normalized, null));
    }

    /**
     * The same, for these purposes instead.
     *
     * @param what the purposes; none for no purpose in particular
     * @return a copy
     */
    public ContactPoint forPurposes(ContactPurpose... what) {
        return changed(state -> state.purposes = purposeSet(List.of(what)));
    }

    /**
     * The same, to be used before others of its type and purposes.
     *
     * @return a copy
     */
    public ContactPoint preferred() {
        return changed(state -> state.preferred = true);
    }

    /**
     * The same, no longer used before others.
     *
     * @return a copy
     */
    public ContactPoint notPreferred() {
        return changed(state -> state.preferred = false);
    }

    /**
     * The same, known to belong to whom it is said to belong. A hard bounce and a count of soft ones are forgotten, since
     * a verified address is reached; a complaint stays.
     *
     * @param at when it was verified; cut to microseconds
     * @param method how, such as {@code double opt-in}; 1 to 200 characters
     * @return a copy
     * @throws InvalidValueException if the method is blank, too long or not storable
     */
    public ContactPoint verified(Instant at, String method) {
        return changed(state -> {
            state.verifiedAt = Microseconds.of(at);
            state.verifiedBy = Texts.key("verification method", method);
            if (state.deliverability != Deliverability.COMPLAINED) {
                state.deliverability = Deliverability.OK;
                state.softBounces = 0;
            }
        });
    }

    /**
     * The same, valid from an instant on.
     *
     * @param from the first instant of validity; cut to microseconds
     * @return a copy
     * @throws RuleViolationException if it is after the end
     */
    public ContactPoint validFrom(Instant from) {
        return changed(state -> state.validFrom = Microseconds.of(from));
    }

    /**
     * The same, valid until an instant.
     *
     * @param thru the first instant at which it is no longer valid; cut to microseconds
     * @return a copy
     * @throws RuleViolationException if it is before the beginning
     */
    public ContactPoint validThru(Instant thru) {
        return changed(state -> state.validThru = Microseconds.of(thru));
    }

    /**
     * A message came through. Soft bounces are forgotten; a hard bounce and a complaint stay.
     *
     * @return the next state
     */
    public ContactPoint delivered() {
        return changed(state -> {
            state.softBounces = 0;
            if (state.deliverability == Deliverability.SOFT_BOUNCE) {
                state.deliverability = Deliverability.OK;
            }
        });
    }

    /**
     * A message came back for a passing reason. A hard bounce and a complaint stay.
     *
     * @return the next state
     */
    public ContactPoint bouncedSoftly() {
        return changed(state -> {
            state.softBounces = Math.incrementExact(state.softBounces);
            if (state.deliverability == Deliverability.OK) {
                state.deliverability = Deliverability.SOFT_BOUNCE;
            }
        });
    }

    /**
     * A message came back because there is no such address. A complaint stays.
     *
     * @return the next state
     */
    public ContactPoint bouncedHard() {
        return deliverability == Deliverability.COMPLAINED
                ? this
                : changed(state -> state.deliverability = Deliverability.HARD_BOUNCE);
    }

    /**
     * Whoever has the address called a message unwanted.
     *
     * @return the next state
     */
    public ContactPoint complained() {
        return changed(state -> state.deliverability = Deliverability.COMPLAINED);
    }

    /**
     * The id.
     *
     * @return the id
     * @throws IllegalStateException if the contact point was not yet registered with its record
     */
    public ContactPointId id() {
        if (id == null) {
            throw new IllegalStateException("a contact point has an id once its record is registered or saved");
        }
        return id;
    }

    /**
     * By what.
     *
     * @return the type
     */
    public ContactType type() {
        return type;
    }

    /**
     * The address as typed, to show and to write to.
     *
     * @return the text; a postal address in one line, a social account as {@code network:account}
     */
    public String value() {
        return value;
    }

    /**
     * The form to compare and find by.
     *
     * @return one form for all that means the same
     */
    public String normalized() {
        return normalized;
    }

    /**
     * The parts of a postal address.
     *
     * @return the address; empty for other types
     */
    public Optional<PostalAddress> postalAddress() {
        return Optional.ofNullable(postalAddress);
    }

    /**
     * What for.
     *
     * @return the purposes, unmodifiable; none for no purpose in particular
     */
    public Set<ContactPurpose> purposes() {
        return purposes;
    }

    /**
     * Whether it is used before others of its type and purposes.
     *
     * @return whether it is preferred
     */
    public boolean isPreferred() {
        return preferred;
    }

    /**
     * When it was last verified.
     *
     * @return the instant; empty if it never was
     */
    public Optional<Instant> verifiedAt() {
        return Optional.ofNullable(verifiedAt);
    }

    /**
     * How it was last verified.
     *
     * @return the method; empty if it never was
     */
    public Optional<String> verifiedBy() {
        return Optional.ofNullable(verifiedBy);
    }

    /**
     * From when it is valid.
     *
     * @return the first instant; empty for always
     */
    public Optional<Instant> validFrom() {
        return Optional.ofNullable(validFrom);
    }

    /**
     * Until when it is valid.
     *
     * @return the first instant at which it no longer is; empty for ever
     */
    public Optional<Instant> validThru() {
        return Optional.ofNullable(validThru);
    }

    /**
     * What became of the last messages.
     *
     * @return the deliverability
     */
    public Deliverability deliverability() {
        return deliverability;
    }

    /**
     * How many messages in a row came back for a passing reason.
     *
     * @return the count, from 0
     */
    public int softBounces() {
        return softBounces;
    }

    /**
     * Whether it is valid at an instant.
     *
     * @param at the instant
     * @return whether the instant lies in its validity
     */
    public boolean isValidAt(Instant at) {
        return (validFrom == null || !at.isBefore(validFrom)) && (validThru == null || at.isBefore(validThru));
    }

    /**
     * Whether anything may be sent to it at an instant: valid then, no hard bounce, no complaint. Whether its owner agreed
     * is another question.
     *
     * @param at the instant
     * @return whether it can be used
     */
    public boolean isUsableAt(Instant at) {
        return isValidAt(at)
                && deliverability != Deliverability.HARD_BOUNCE
                && deliverability != Deliverability.COMPLAINED;
    }

    /**
     * A record has this address. Very long ones are compared by their first 400 characters.
     *
     * @param <T> the record
     * @param set the record's contact points, such as {@link Customer#CONTACT_POINTS}
     * @return the condition
     */
    public <T> Condition<T> isAmong(SetField<T, ContactPoint> set) {
        return set.any(NORMALIZED.is(Texts.indexable(normalized)).and(CONTACT_TYPE.is(type)));
    }

    boolean hasId() {
        return id != null;
    }

    boolean isSameAddressAs(ContactPoint other) {
        return type == other.type && normalized.equals(other.normalized);
    }

    /** Whether both claim to come first for one type and purpose; no purpose at all counts as one. */
    boolean rivals(ContactPoint other) {
        return preferred
                && other.preferred
                && type == other.type
                && (purposes.equals(other.purposes) || !Collections.disjoint(purposes, other.purposes));
    }

    ContactPoint withId(ContactPointId newId) {
        return changed(state -> state.id = newId);
    }

    /** The same points, each with an id. */
    static List<ContactPoint> identified(List<ContactPoint> points, Supplier<UUID> ids) {
        return points.stream()
                .map(point -> point.hasId() ? point : point.withId(new ContactPointId(ids.get())))
                .toList();
    }

    /** The points with this one in the place of that with its id, or of the same address, or at the end. */
    static List<ContactPoint> replaced(List<ContactPoint> points, ContactPoint point) {
        for (int i = 0; i < points.size(); i++) {
            ContactPoint old = points.get(i);
            if (point.id == null ? point.isSameAddressAs(old) : point.id.equals(old.id)) {
                ContactPoint[] copy = points.toArray(ContactPoint[]::new);
                copy[i] = old.id == null ? point : point.withId(old.id);
                return List.of(copy);
            }
        }
        return Stream.concat(points.stream(), Stream.of(point)).toList();
    }

    /** Refuses two points of one address, and two that come first for one purpose. */
    static List<ContactPoint> checked(List<ContactPoint> points) {
        for (int i = 0; i < points.size(); i++) {
            ContactPoint point = points.get(i);
            for (ContactPoint other : points.subList(0, i)) {
                if (point.isSameAddressAs(other)) {
                    throw RuleViolationException.ofPersonal(
                            "contact.twice", "contactPoints", point.value, "has one " + point.type + " address twice");
                }
                if (point.rivals(other)) {
                    throw RuleViolationException.of(
                            "contact.preferred",
                            "two contact points of type " + point.type + " are preferred for one purpose of "
                                    + point.purposes);
                }
            }
        }
        return List.copyOf(points);
    }

    private ContactPoint changed(Consumer<State> change) {
        State state = new State(this);
        change.accept(state);
        return new ContactPoint(state);
    }

    private static ContactPoint read(FieldValues<ContactPoint> stored) {
        ContactType type = stored.require(CONTACT_TYPE);
        PostalAddress address = type == ContactType.POSTAL ? readAddress(stored) : null;
        String value = stored.require(VALUE);
        State state = State.of(type, value, normalizedAgain(stored, type, value, address), address);
        state.id = stored.require(ID);
        state.purposes = stored.require(PURPOSES);
        state.preferred = stored.require(PREFERRED);
        state.verifiedAt = stored.get(VERIFIED_AT);
        state.verifiedBy = stored.get(VERIFIED_BY);
        state.validFrom = stored.get(VALID_FROM);
        state.validThru = stored.get(VALID_THRU);
        state.deliverability = stored.require(DELIVERABILITY);
        state.softBounces = stored.require(SOFT_BOUNCES);
        return new ContactPoint(state);
    }

    /** What the column had to cut is made again; the rest is as it was when stored, whatever libraries know today. */
    private static String normalizedAgain(
            FieldValues<ContactPoint> stored, ContactType type, String value, @Nullable PostalAddress address) {
        String column = stored.require(NORMALIZED);
        if (column.length() < Texts.MAX_INDEXED - 1) {
            return column;
        }
        return address != null ? address.normalized() : type == ContactType.WEB ? normalizedUrl(value) : value;
    }

    private static PostalAddress readAddress(FieldValues<ContactPoint> stored) {
        return PostalAddress.builder()
                .street(stored.get(STREET))
                .extended(stored.get(EXTENDED))
                .poBox(stored.get(PO_BOX))
                .locality(stored.get(LOCALITY))
                .region(stored.get(REGION))
                .regionCode(stored.get(REGION_CODE))
                .postalCode(stored.get(POSTAL_CODE))
                .country(stored.get(COUNTRY))
                .build();
    }

    private static Field<ContactPoint, String> addressPart(
            String name, Function<PostalAddress, Optional<String>> part) {
        return Field.<ContactPoint>text(
                        name, point -> point.postalAddress().flatMap(part).orElse(null))
                .personal();
    }

    private static String oneLine(PostalAddress address) {
        String town = Stream.of(address.postalCode(), address.locality())
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
        return Stream.of(
                        address.extended(),
                        address.street(),
                        address.poBox(),
                        Optional.of(town).filter(text -> !text.isEmpty()),
                        address.region().or(address::regionCode),
                        address.country())
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    private static String normalizedUrl(String typed) {
        try {
            URI uri = new URI(typed);
            String scheme = uri.getScheme();
            String host = uri.getHost();
            if (scheme == null
                    || host == null
                    || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
                throw new InvalidValueException("web address", typed, "has no http:// or https:// and host");
            }
            String path = "/".equals(uri.getRawPath()) ? "" : String.valueOf(uri.getRawPath());
            return host.toLowerCase(Locale.ROOT)
                    + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                    + path
                    + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        } catch (URISyntaxException e) {
            throw new InvalidValueException("web address", typed, "is malformed at index " + e.getIndex());
        }
    }

    private static String limited(String field, String text) {
        String stripped = StorableText.require(field, text).strip();
        if (stripped.isEmpty() || stripped.length() > MAX_LENGTH) {
            throw new InvalidValueException(field, text, "is not 1 to " + MAX_LENGTH + " characters");
        }
        return stripped;
    }

    private static Set<ContactPurpose> purposeSet(Collection<ContactPurpose> purposes) {
        return purposes.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(purposes));
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(
                id,
                type,
                value,
                normalized,
                postalAddress,
                purposes,
                preferred,
                verifiedAt,
                verifiedBy,
                validFrom,
                validThru,
                deliverability,
                softBounces);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ContactPoint that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, normalized);
    }

    /** The type alone. */
    @Override
    public String toString() {
        return "ContactPoint[" + type + "]";
    }

    /** What a copy is made from. */
    private static final class State {
        private @Nullable ContactPointId id;
        private final ContactType type;
        private final String value;
        private final String normalized;
        private final @Nullable PostalAddress postalAddress;
        private Set<ContactPurpose> purposes = Set.of();
        private boolean preferred;
        private @Nullable Instant verifiedAt;
        private @Nullable String verifiedBy;
        private @Nullable Instant validFrom;
        private @Nullable Instant validThru;
        private Deliverability deliverability = Deliverability.OK;
        private int softBounces;

        private State(ContactType type, String value, String normalized, @Nullable PostalAddress postalAddress) {
            this.type = type;
            this.value = value;
            this.normalized = normalized;
            this.postalAddress = postalAddress;
        }

        private State(ContactPoint point) {
            this(point.type, point.value, point.normalized, point.postalAddress);
            this.id = point.id;
            this.purposes = point.purposes;
            this.preferred = point.preferred;
            this.verifiedAt = point.verifiedAt;
            this.verifiedBy = point.verifiedBy;
            this.validFrom = point.validFrom;
            this.validThru = point.validThru;
            this.deliverability = point.deliverability;
            this.softBounces = point.softBounces;
        }

        private static State of(
                ContactType type, String value, String normalized, @Nullable PostalAddress postalAddress) {
            return new State(type, value, normalized, postalAddress);
        }
    }
}
