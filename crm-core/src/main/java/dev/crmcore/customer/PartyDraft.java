package dev.crmcore.customer;

import dev.crmcore.value.ExternalId;
import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.PostalAddress;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What the drafts of a person and of an organization have in common: how the party is reached, what others call it, and
 * what the host keeps of it.
 *
 * @param <B> the draft
 */
abstract class PartyDraft<B extends PartyDraft<B>> {

    private List<ContactPoint> contactPoints = List.of();
    private Set<ExternalId> externalIds = new LinkedHashSet<>();
    private Attributes attributes = Attributes.none();
    private Set<String> tags = new LinkedHashSet<>();

    abstract B self();

    List<ContactPoint> contactPoints() {
        return contactPoints;
    }

    Set<ExternalId> externalIds() {
        return externalIds;
    }

    Attributes attributes() {
        return attributes;
    }

    Set<String> tags() {
        return tags;
    }

    /**
     * Adds an e-mail address.
     *
     * @param address as typed
     * @return this builder
     * @throws InvalidValueException if it is no e-mail address
     */
    public B email(String address) {
        return contactPoint(ContactPoint.email(address));
    }

    /**
     * Adds a phone number with its country code.
     *
     * @param number as typed, with {@code +} or {@code 00} before the country code
     * @return this builder
     * @throws InvalidValueException if it is no phone number
     */
    public B phone(String number) {
        return contactPoint(ContactPoint.phone(number));
    }

    /**
     * Adds a phone number with or without its country code.
     *
     * @param number as typed in the region
     * @param defaultRegion country code of ISO 3166-1
     * @return this builder
     * @throws InvalidValueException if it is no phone number or the region does not exist
     */
    public B phone(String number, String defaultRegion) {
        return contactPoint(ContactPoint.phone(number, defaultRegion));
    }

    /**
     * Adds a postal address.
     *
     * @param address the address
     * @param purposes what it is for, such as {@link ContactPurpose#BILLING}; none: for no purpose in particular
     * @return this builder
     */
    public B postalAddress(PostalAddress address, ContactPurpose... purposes) {
        return contactPoint(ContactPoint.of(address).forPurposes(purposes));
    }

    /**
     * Adds a contact point: in the place of the one with its id, else of the one with its address, else at the end.
     *
     * @param point the contact point
     * @return this builder
     */
    public B contactPoint(ContactPoint point) {
        this.contactPoints = ContactPoint.replaced(contactPoints, point);
        return self();
    }

    /**
     * Says all contact points, instead of those so far.
     *
     * @param points the contact points
     * @return this builder
     */
    public B contactPoints(Collection<ContactPoint> points) {
        this.contactPoints = List.copyOf(points);
        return self();
    }

    /**
     * Adds an external id.
     *
     * @param system the other system
     * @param value the id there
     * @return this builder
     * @throws InvalidValueException if either is blank, too long or not storable
     */
    public B externalId(String system, String value) {
        return externalId(ExternalId.of(system, value));
    }

    /**
     * Adds an external id.
     *
     * @param externalId the external id
     * @return this builder
     */
    public B externalId(ExternalId externalId) {
        this.externalIds.add(Objects.requireNonNull(externalId, "externalId"));
        return self();
    }

    /**
     * Says all external ids, instead of those so far.
     *
     * @param all the external ids
     * @return this builder
     */
    public B externalIds(Collection<ExternalId> all) {
        this.externalIds = new LinkedHashSet<>(List.copyOf(all));
        return self();
    }

    /**
     * Gives an attribute a text.
     *
     * @param key the attribute's key
     * @param text its value
     * @return this builder
     * @throws InvalidValueException if the key has not the form of one, or the text is too long or not storable
     */
    public B attribute(String key, String text) {
        return attribute(key, AttributeValue.of(text));
    }

    /**
     * Gives an attribute a number.
     *
     * @param key the attribute's key
     * @param number its value
     * @return this builder
     * @throws InvalidValueException if the key has not the form of one
     */
    public B attribute(String key, long number) {
        return attribute(key, AttributeValue.of(number));
    }

    /**
     * Says that an attribute is true, or false.
     *
     * @param key the attribute's key
     * @param flag its value
     * @return this builder
     * @throws InvalidValueException if the key has not the form of one
     */
    public B attribute(String key, boolean flag) {
        return attribute(key, AttributeValue.of(flag));
    }

    /**
     * Gives an attribute one value, instead of what it had.
     *
     * @param key the attribute's key
     * @param value its value
     * @return this builder
     * @throws InvalidValueException if the key has not the form of one
     */
    public B attribute(String key, AttributeValue value) {
        this.attributes = attributes.with(key, value);
        return self();
    }

    /**
     * Says all attributes, instead of those so far.
     *
     * @param all the attributes
     * @return this builder
     */
    public B attributes(Attributes all) {
        this.attributes = Objects.requireNonNull(all, "attributes");
        return self();
    }

    /**
     * Adds a tag.
     *
     * @param tag the tag, 1 to 200 characters, compared exactly
     * @return this builder
     * @throws InvalidValueException if it is blank, too long or not storable
     */
    public B tag(String tag) {
        this.tags.add(Texts.key("tag", tag));
        return self();
    }

    /**
     * Says all tags, instead of those so far.
     *
     * @param all the tags
     * @return this builder
     * @throws InvalidValueException if one is blank, too long or not storable
     */
    public B tags(Collection<String> all) {
        this.tags = new LinkedHashSet<>(Tags.checked(all));
        return self();
    }
}
