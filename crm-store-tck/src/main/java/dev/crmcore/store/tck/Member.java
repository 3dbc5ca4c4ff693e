package dev.crmcore.store.tck;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.ElementType;
import dev.crmcore.query.Field;
import dev.crmcore.query.ScalarType;
import dev.crmcore.query.SetField;
import dev.crmcore.store.EntityRecord;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.Reference;
import dev.crmcore.store.Reference.OnMerge;
import dev.crmcore.store.UniqueKey;
import dev.crmcore.value.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A person with a field of every kind, most under names that SQL reserves. Nothing is required and nothing is copied, so
 * that the cases can try absence and aliasing.
 */
record Member(
        Id id,
        long version,
        @Nullable String code,
        @Nullable String value,
        @Nullable Long order,
        @Nullable BigDecimal key,
        @Nullable Boolean user,
        @Nullable Instant from,
        @Nullable LocalDate day,
        @Nullable UUID group,
        @Nullable Level level,
        @Nullable Id sponsor,
        @Nullable String series,
        @Nullable Long number,
        List<String> tags,
        List<Contact> contacts,
        JsonObject notes) {

    record Id(UUID value) implements EntityId {}

    enum Level {
        BRONZE,
        SILVER,
        GOLD
    }

    /** A way to reach a member, perhaps known to another system under an id of its own. */
    record Contact(
            Channel channel,
            @Nullable String value,
            @Nullable String source,
            @Nullable String externalId,
            @Nullable Instant verifiedAt,
            @Nullable BigDecimal weight) {

        enum Channel {
            EMAIL,
            PHONE,
            POST
        }

        static final Field<Contact, Channel> CHANNEL = Field.enumerated("channel", Channel.class, Contact::channel)
                .required()
                .indexed();
        static final Field<Contact, String> VALUE =
                Field.text("value", Contact::value).personal().indexed();
        static final Field<Contact, String> SOURCE = Field.text("source", Contact::source);
        static final Field<Contact, String> EXTERNAL_ID = Field.text("external_id", Contact::externalId);
        static final Field<Contact, Instant> VERIFIED_AT = Field.instant("verified_at", Contact::verifiedAt);
        static final Field<Contact, BigDecimal> WEIGHT = Field.decimal("weight", Contact::weight);

        static final ElementType<Contact> TYPE = ElementType.of(
                "contact",
                stored -> new Contact(
                        stored.require(CHANNEL),
                        stored.get(VALUE),
                        stored.get(SOURCE),
                        stored.get(EXTERNAL_ID),
                        stored.get(VERIFIED_AT),
                        stored.get(WEIGHT)),
                CHANNEL,
                VALUE,
                SOURCE,
                EXTERNAL_ID,
                VERIFIED_AT,
                WEIGHT);

        static Contact email(String value) {
            return new Contact(Channel.EMAIL, value, null, null, null, null);
        }

        static Contact known(String source, @Nullable String externalId) {
            return new Contact(Channel.POST, null, source, externalId, null, null);
        }
    }

    static final Field<Member, String> CODE = Field.text("code", Member::code);
    static final Field<Member, String> VALUE =
            Field.text("value", Member::value).personal().indexed();
    static final Field<Member, Long> ORDER =
            Field.number("order", Member::order).indexed();
    static final Field<Member, BigDecimal> KEY = Field.decimal("key", Member::key);
    static final Field<Member, Boolean> USER = Field.bool("user", Member::user);
    static final Field<Member, Instant> FROM =
            Field.instant("from", Member::from).indexed();
    static final Field<Member, LocalDate> DAY = Field.date("day", Member::day).personal();
    static final Field<Member, UUID> GROUP = Field.of("group", ScalarType.UUID_VALUE, Member::group);
    static final Field<Member, Level> LEVEL = Field.enumerated("level", Level.class, Member::level);
    static final Field<Member, Id> SPONSOR =
            Field.id("sponsor", Id::new, Member::sponsor).indexed();
    static final Field<Member, String> SERIES = Field.text("series", Member::series);
    static final Field<Member, Long> NUMBER = Field.number("number", Member::number);
    static final SetField<Member, String> TAGS = SetField.ofValues("tags", ScalarType.TEXT, Member::tags);
    static final SetField<Member, Contact> CONTACTS = SetField.of("contacts", Contact.TYPE, Member::contacts);

    static final UniqueKey<Member> BY_CODE = UniqueKey.of("member_code", CODE);
    static final UniqueKey<Member> BY_CARD = UniqueKey.of("member_card", SERIES, NUMBER);
    static final UniqueKey<Member> BY_EXTERNAL_ID =
            UniqueKey.ofElements("member_external_id", CONTACTS, Contact.SOURCE, Contact.EXTERNAL_ID);

    static final String NICKNAME = "nickname";
    static final String FORMER_NICKNAME = "nick";

    static final EntityType<Member> TYPE = declared()
            .nextSchema(body -> body.text(FORMER_NICKNAME)
                    .map(nick -> JsonObject.builder().put(NICKNAME, nick).build())
                    .orElse(body))
            .readBy(Member::read);

    /** The same type as an older version of the application declared it, with bodies of schema 1. */
    static final EntityType<Member> FORMER_TYPE = declared().readBy(Member::read);

    private static EntityType.Builder<Member> declared() {
        return EntityType.define("member", Member.class)
                .id(Member::id)
                .version(Member::version, Member::withVersion)
                .fields(CODE, VALUE, ORDER, KEY, USER, FROM, DAY, GROUP, LEVEL, SPONSOR, SERIES, NUMBER)
                .sets(TAGS, CONTACTS)
                .unique(BY_CODE)
                .unique(BY_CARD)
                .unique(BY_EXTERNAL_ID)
                .index(LEVEL, FROM)
                .references(Reference.of(SPONSOR, "member", OnMerge.FOLLOW))
                .personalBody(Member::notes);
    }

    private static Member read(EntityRecord<Member> stored) {
        return new Member(
                new Id(stored.id()),
                stored.version(),
                stored.get(CODE),
                stored.get(VALUE),
                stored.get(ORDER),
                stored.get(KEY),
                stored.get(USER),
                stored.get(FROM),
                stored.get(DAY),
                stored.get(GROUP),
                stored.get(LEVEL),
                stored.get(SPONSOR),
                stored.get(SERIES),
                stored.get(NUMBER),
                stored.elements(TAGS),
                stored.elements(CONTACTS),
                stored.body());
    }

    /** A member of whom nothing is known but the id. */
    static Member of(UUID id) {
        return new Draft(new Id(id)).build();
    }

    Member with(Consumer<Draft> changes) {
        Draft draft = new Draft(id);
        draft.version = version;
        draft.code = code;
        draft.value = value;
        draft.order = order;
        draft.key = key;
        draft.user = user;
        draft.from = from;
        draft.day = day;
        draft.group = group;
        draft.level = level;
        draft.sponsor = sponsor;
        draft.series = series;
        draft.number = number;
        draft.tags = tags;
        draft.contacts = contacts;
        draft.notes = notes;
        changes.accept(draft);
        return draft.build();
    }

    Member withVersion(long newVersion) {
        return with(draft -> draft.version = newVersion);
    }

    /** A member in the making. */
    static final class Draft {
        private final Id id;
        private long version;

        @Nullable
        String code;

        @Nullable
        String value;

        @Nullable
        Long order;

        @Nullable
        BigDecimal key;

        @Nullable
        Boolean user;

        @Nullable
        Instant from;

        @Nullable
        LocalDate day;

        @Nullable
        UUID group;

        @Nullable
        Level level;

        @Nullable
        Id sponsor;

        @Nullable
        String series;

        @Nullable
        Long number;

        List<String> tags = List.of();
        List<Contact> contacts = List.of();
        JsonObject notes = JsonObject.empty();

        private Draft(Id id) {
            this.id = id;
        }

        private Member build() {
            return new Member(
                    id, version, code, value, order, key, user, from, day, group, level, sponsor, series, number, tags,
                    contacts, notes);
        }
    }
}
