package dev.crmcore.exchange;

import dev.crmcore.customer.AttributeDefinition;
import dev.crmcore.customer.AttributeValue;
import dev.crmcore.customer.Birthday;
import dev.crmcore.customer.ContactPoint;
import dev.crmcore.customer.Customer;
import dev.crmcore.value.LanguageTag;
import dev.crmcore.value.PersonName;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One thing that a row says of a customer.
 *
 * @param column the column that says it
 * @param text what it says, in one form for all that means the same
 * @param isAddition whether it stands beside others of its kind; otherwise there is one for each column
 * @param holds whether a customer is so already
 * @param write writes it into a draft
 * @param isDefault whether every new customer is so unless said otherwise
 * @param refusal why a customer cannot become so; empty if it can
 */
record CustomerFact(
        String column,
        String text,
        boolean isAddition,
        Predicate<Customer> holds,
        Consumer<CustomerDraft> write,
        boolean isDefault,
        String refusal) {

    private static CustomerFact replacing(
            String column, String text, Predicate<Customer> holds, Consumer<CustomerDraft> write) {
        return new CustomerFact(column, text, false, holds, write, false, "");
    }

    private static CustomerFact adding(
            String column, String text, Predicate<Customer> holds, Consumer<CustomerDraft> write) {
        return new CustomerFact(column, text, true, holds, write, false, "");
    }

    static CustomerFact givenName(String text) {
        return replacing(
                CustomerImport.GIVEN_NAME,
                text,
                customer -> is(customer.name().flatMap(PersonName::given), text),
                draft -> draft.name().given(text));
    }

    static CustomerFact familyName(String text) {
        return replacing(
                CustomerImport.FAMILY_NAME,
                text,
                customer -> is(customer.name().flatMap(PersonName::family), text),
                draft -> draft.name().family(text));
    }

    static CustomerFact name(String text) {
        return replacing(
                CustomerImport.NAME,
                text,
                customer -> is(customer.name().flatMap(PersonName::formatted), text),
                draft -> draft.name().formatted(text));
    }

    static CustomerFact birthday(Birthday day) {
        return replacing(
                CustomerImport.BIRTHDAY,
                day.date().map(LocalDate::toString).orElseGet(day.monthDay()::toString),
                customer -> is(customer.birthday(), day),
                draft -> draft.customer().birthday(day));
    }

    static CustomerFact language(LanguageTag tag) {
        return replacing(
                CustomerImport.LANGUAGE,
                tag.tag(),
                customer -> is(customer.language(), tag),
                draft -> draft.customer().language(tag));
    }

    static CustomerFact timeZone(ZoneId zone) {
        return replacing(
                CustomerImport.TIME_ZONE,
                zone.getId(),
                customer -> is(customer.timeZone(), zone),
                draft -> draft.customer().timeZone(zone));
    }

    static CustomerFact owner(String key) {
        return replacing(
                CustomerImport.OWNER,
                key,
                customer -> is(customer.owner(), key),
                draft -> draft.customer().owner(key));
    }

    static CustomerFact lifecycleStage(String key) {
        return replacing(
                CustomerImport.LIFECYCLE_STAGE,
                key,
                customer -> is(customer.lifecycleStage(), key),
                draft -> draft.customer().lifecycleStage(key));
    }

    static CustomerFact contact(String column, ContactPoint point) {
        return adding(
                column,
                point.normalized(),
                customer -> customer.contactPoints().stream().anyMatch(each -> isSameAddress(each, point)),
                draft -> draft.customer().contactPoint(point));
    }

    static CustomerFact tag(String tag) {
        return adding(
                CustomerImport.TAGS,
                tag,
                customer -> customer.tags().contains(tag),
                draft -> draft.customer().tag(tag));
    }

    /** The attribute of a key with these values, instead of what it had. */
    static CustomerFact attribute(
            String key, List<AttributeValue> values, Optional<AttributeDefinition> definition, String refusal) {
        boolean isDefault = definition
                .filter(declared -> declared.deprecatedAt().isEmpty())
                .flatMap(AttributeDefinition::defaultValue)
                .map(List::of)
                .filter(values::equals)
                .isPresent();
        return new CustomerFact(
                attributeColumn(key),
                AttributeTexts.write(values),
                false,
                customer -> customer.attributes().all(key).equals(values),
                draft -> draft.attribute(key, values),
                isDefault,
                refusal);
    }

    /** By what name a column of attributes is known among the others. */
    static String attributeColumn(String key) {
        return "attribute." + key;
    }

    private static boolean isSameAddress(ContactPoint one, ContactPoint other) {
        return one.type() == other.type() && one.normalized().equals(other.normalized());
    }

    private static <V> boolean is(Optional<V> value, V wanted) {
        return value.isPresent() && value.get().equals(wanted);
    }
}
