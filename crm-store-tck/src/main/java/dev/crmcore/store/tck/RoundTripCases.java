package dev.crmcore.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.query.Query;
import dev.crmcore.store.Assignment;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.StoreCapabilities.Capability;
import dev.crmcore.store.tck.Member.Contact;
import dev.crmcore.value.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What comes back is what was put in, for every kind of value. */
abstract class RoundTripCases extends StoreCases {

    private static final int LONG_TEXT = 100_000;
    private static final String GRINNING = "\uD83D\uDE00";

    RoundTripCases(StoreContract contract) {
        super(contract);
    }

    @Test
    @DisplayName("a record of which nothing is known but the id")
    void nothingButTheId() {
        assertRoundTrip(List.of(member()));
    }

    @Test
    @DisplayName("a record with a value of every kind, in fields with reserved names")
    void everyKind() {
        Member sponsor = insert(Member.TYPE, member());
        assertRoundTrip(List.of(member(m -> {
            m.code = "M-1";
            m.value = "Ann Lee";
            m.order = 42L;
            m.key = new BigDecimal("12.5");
            m.user = true;
            m.from = NOW;
            m.day = LocalDate.of(2026, 3, 1);
            m.group = UUID.fromString("00000000-0000-7000-8000-000000000001");
            m.level = Member.Level.GOLD;
            m.sponsor = sponsor.id();
            m.series = "A";
            m.number = 7L;
            m.tags = List.of("vip", "early");
            m.contacts = List.of(
                    Contact.email("ann@example.com"),
                    new Contact(Contact.Channel.PHONE, "+49301234567", "shop", "1", NOW, new BigDecimal("0.5")));
            m.notes = JsonObject.builder()
                    .put("nickname", "Annie")
                    .put("since", NOW)
                    .put("factor", new BigDecimal("1.25"))
                    .build();
        })));
    }

    @Test
    @DisplayName("texts: empty, blank, quotes, line breaks, four-byte characters, combining marks, right to left")
    void texts() {
        assertEachComesBack(
                (draft, value) -> draft.value = value,
                Member::value,
                "",
                " ",
                "  padded  ",
                "O'Brien \"the\" \\ % _ ? $1 :name {x} --",
                "line\nbreak\r\n\ttab",
                "\u0001\u001F\u007F",
                GRINNING,
                "e\u0301",
                "\u00E9",
                "\u0130\u0131\u00DF\uFB01",
                "\u05E9\u05DC\u05D5\u05DD",
                "\uFEFFmark",
                "\uFFFD\uFFFE\uFFFF",
                "null",
                "NULL");
    }

    @Test
    @DisplayName("a text of 100,000 characters in a field and in the body")
    void longTexts() {
        String text = "long" + GRINNING.repeat((LONG_TEXT - 4) / 2);
        Task task = insert(Task.TYPE, Task.of(ids.next(), NOW).done(text));
        assertThat(all(Task.TYPE)).containsExactly(task);
        assertThat(task.doneBy()).isEqualTo(text);
        assertRoundTrip(List.of(
                member(m -> m.notes = JsonObject.builder().put("text", text).build())));
    }

    @Test
    @DisplayName("texts as long as an index takes in every index and unique key, two in one")
    void longIndexedTexts() {
        Random random = new Random(1);
        String text = indexedText(random, EntityType.MAX_INDEXED_BYTES);
        Member member = insert(Member.TYPE, member(m -> {
            m.code = indexedText(random, EntityType.MAX_INDEXED_BYTES);
            m.value = text;
            m.series = indexedText(random, EntityType.MAX_INDEXED_BYTES);
            m.number = 1L;
            m.tags = List.of(indexedText(random, EntityType.MAX_INDEXED_BYTES));
            m.contacts = List.of(
                    Contact.email(text),
                    Contact.known(
                            indexedText(random, EntityType.MAX_INDEXED_BYTES),
                            indexedText(random, EntityType.MAX_INDEXED_BYTES)));
        }));
        assertThat(find(member)).isEqualTo(member);
        assertThat(list(Query.of(Member.TYPE).where(Member.VALUE.is(text)))).containsExactly(member);
        assertThat(list(Query.of(Member.TYPE).where(Member.CONTACTS.any(Contact.VALUE.is(text)))))
                .containsExactly(member);
    }

    @Test
    @DisplayName("a longer text in an index or a unique key is refused with the field's name and the text's length")
    void tooLongIndexedTexts() {
        int length = EntityType.MAX_INDEXED_BYTES + 1;
        String text = indexedText(new Random(2), length);
        assertRefused("member.value: a text of " + length + " bytes", member(m -> m.value = text));
        assertRefused("member.code: a text of " + length + " bytes", member(m -> m.code = text));
        assertRefused("member.series: a text of " + length + " bytes", member(m -> m.series = text));
        assertRefused("item: a text of " + length + " bytes", member(m -> m.tags = List.of("fine", text)));
        assertRefused("source: a text of " + length, member(m -> m.contacts = List.of(Contact.known(text, "1"))));
        Member kept = insert(Member.TYPE, member(m -> m.contacts = List.of(Contact.email("kept"))));
        assertThatThrownBy(() -> update(Member.TYPE, kept.with(m -> m.value = text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("member.value: a text of " + length);
        assertThatThrownBy(() -> updateAll(Query.of(Member.TYPE), Assignment.set(Member.CODE, text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("member.code: a text of " + length);
        assertThatThrownBy(() -> updateAll(
                        Query.of(Member.TYPE), Assignment.replace(Member.CONTACTS, Contact.VALUE, "kept", text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("value: a text of " + length);
        assertThat(all(Member.TYPE)).containsExactly(kept);
    }

    /** Text of so many bytes that cannot be compressed, as an index might otherwise do. */
    private static String indexedText(Random random, int bytes) {
        StringBuilder text = new StringBuilder();
        int left = bytes;
        for (; left >= 4; left -= 4) {
            text.appendCodePoint(0x20000 + random.nextInt(0xA000));
        }
        return text + "x".repeat(left);
    }

    @Test
    @DisplayName("whole numbers from the least to the greatest of 64 bits")
    void wholeNumbers() {
        assertEachComesBack(
                (draft, value) -> draft.order = value,
                Member::order,
                0L,
                -1L,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                1L << 53,
                (1L << 53) + 1);
    }

    @Test
    @DisplayName("decimals with 28 digits before and 10 after the point, negative ones and zero")
    void decimals() {
        assertEachComesBack(
                (draft, value) -> draft.key = value,
                Member::key,
                BigDecimal.ZERO,
                new BigDecimal("0.0000000001"),
                new BigDecimal("-0.0000000001"),
                new BigDecimal("9999999999999999999999999999.9999999999"),
                new BigDecimal("-9999999999999999999999999999.9999999999"),
                new BigDecimal("1000000000000000000000000000"),
                new BigDecimal("0.1"),
                new BigDecimal("100"),
                new BigDecimal("-7.25"));
    }

    @Test
    @DisplayName("decimals come back in one form, whatever form was put in")
    void decimalsAreCanonical() {
        Member given = member(m -> m.key = new BigDecimal("1.5000000000000"));
        Member hundred = member(m -> m.key = new BigDecimal("1E+2"));
        Member zero = member(m -> m.key = new BigDecimal("-0.00"));
        insertAll(Member.TYPE, List.of(given, hundred, zero));
        assertThat(find(given).key()).isEqualTo(new BigDecimal("1.5"));
        assertThat(find(hundred).key()).isEqualTo(new BigDecimal("100"));
        assertThat(find(zero).key()).isEqualTo(BigDecimal.ZERO);
    }

    @Test
    @DisplayName("true, false and neither")
    void booleans() {
        assertEachComesBack((draft, value) -> draft.user = value, Member::user, true, false);
    }

    @Test
    @DisplayName("instants to the microsecond, before 1970, in the years 1 and 9999")
    void instants() {
        assertEachComesBack(
                (draft, value) -> draft.from = value,
                Member::from,
                Instant.EPOCH,
                Instant.parse("1969-12-31T23:59:59.999999Z"),
                Instant.parse("2026-03-01T12:00:00.000001Z"),
                Instant.parse("2026-03-29T01:30:00Z"),
                Instant.parse("1582-10-10T00:00:00Z"),
                Instant.parse("0001-01-01T00:00:00Z"),
                Instant.parse("0001-01-01T00:00:00.000001Z"),
                Instant.parse("9999-12-31T23:59:59.999999Z"));
    }

    @Test
    @DisplayName("instants are cut to the microsecond, before 1970 too")
    void instantsAreCut() {
        Member after = member(m -> m.from = Instant.parse("2026-03-01T12:00:00.123456999Z"));
        Member before = member(m -> m.from = Instant.parse("1969-12-31T23:59:59.999999999Z"));
        insertAll(Member.TYPE, List.of(after, before));
        assertThat(find(after).from()).isEqualTo(Instant.parse("2026-03-01T12:00:00.123456Z"));
        assertThat(find(before).from()).isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
    }

    @Test
    @DisplayName("days from the year 1 to 9999, those that one calendar skipped, and those that a zone skipped")
    void days() {
        assertEachComesBack(
                (draft, value) -> draft.day = value,
                Member::day,
                LocalDate.of(1, 1, 1),
                LocalDate.of(4, 2, 29),
                LocalDate.of(1582, 10, 10),
                LocalDate.of(1969, 12, 31),
                LocalDate.of(2011, 12, 30),
                LocalDate.of(2024, 2, 29),
                LocalDate.of(9999, 12, 31));
    }

    @Test
    @DisplayName("UUIDs of any version, with high bits set")
    void uuids() {
        assertEachComesBack(
                (draft, value) -> draft.group = value,
                Member::group,
                new UUID(0, 0),
                new UUID(-1, -1),
                new UUID(Long.MIN_VALUE, 1),
                new UUID(1, Long.MIN_VALUE),
                UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"));
        Member high = Member.of(new UUID(-2, -2));
        assertRoundTrip(List.of(high));
    }

    @Test
    @DisplayName("elements keep their order and may repeat")
    void elementsKeepTheirOrder() {
        assertRoundTrip(List.of(
                member(m -> {
                    m.tags = List.of("b", "a", "c", "a", "");
                    m.contacts = List.of(
                            Contact.email("z@example.com"),
                            Contact.email("a@example.com"),
                            Contact.email("z@example.com"));
                }),
                member(m -> m.tags = Stream.iterate(0, i -> i + 1)
                        .limit(1_000)
                        .map(i -> "tag " + (1_000 - i))
                        .toList())));
    }

    @Test
    @DisplayName("an update replaces all elements: more, fewer, none")
    void updatesReplaceElements() {
        Member member = insert(Member.TYPE, member(m -> m.tags = List.of("a", "b")));
        for (List<String> tags : List.of(List.of("c", "b", "a"), List.of("b"), List.<String>of(), List.of("a", "a"))) {
            member = update(Member.TYPE, member.with(m -> m.tags = tags));
            assertThat(find(member)).isEqualTo(member);
            assertThat(find(member).tags()).isEqualTo(tags);
        }
    }

    @Test
    @DisplayName("bodies with every kind of JSON, also empty")
    void bodies() {
        JsonObject deep = JsonObject.builder()
                .put("text", "\u0130 \"quoted\" " + GRINNING)
                .put("number", new BigDecimal("-12345678901234567890.123456789"))
                .put("flag", false)
                .put("object", JsonObject.builder().put("in", 1L).build())
                .build();
        assertRoundTrip(List.of(member(m -> m.notes = deep), member(m -> m.notes = JsonObject.empty())));
    }

    @Test
    @DisplayName("an update sets values, changes them and takes them away")
    void updatesOfValues() {
        Member empty = insert(Member.TYPE, member());
        Member full = update(Member.TYPE, empty.with(m -> {
            m.value = "x";
            m.order = 1L;
            m.key = BigDecimal.ONE;
            m.user = false;
            m.from = NOW;
            m.day = LocalDate.EPOCH;
            m.group = ids.next();
            m.level = Member.Level.SILVER;
            m.notes = JsonObject.builder().put("a", "b").build();
        }));
        assertThat(find(full)).isEqualTo(full);
        Member again =
                update(Member.TYPE, Member.of(empty.id().value()).with(m -> m.tags = List.of("only")), full.version());
        assertThat(find(again)).isEqualTo(again);
        assertThat(again.value()).isNull();
        assertThat(again.notes()).isEqualTo(JsonObject.empty());
    }

    private Member update(EntityType<Member> type, Member member, long version) {
        return update(type, type.withVersion(member, version));
    }

    @Test
    @DisplayName("a text with U+0000 or half a surrogate pair is refused with the field's name, and nothing is kept")
    void unstorableTextIsRefused() {
        for (String text : List.of("a\u0000b", "\uD83D", "\uDE00\uD83D", "x\uDE00")) {
            assertRefused("value", member(m -> m.value = text));
            assertRefused("tags", member(m -> m.tags = List.of("fine", text)));
            assertRefused("external_id", member(m -> m.contacts = List.of(Contact.known("shop", text))));
        }
    }

    @Test
    @DisplayName("a number or time out of range is refused with the field's name, and nothing is kept")
    void valuesOutOfRangeAreRefused() {
        assertRefused("key", member(m -> m.key = new BigDecimal("1E28")));
        assertRefused("key", member(m -> m.key = new BigDecimal("1E-11")));
        assertRefused("from", member(m -> m.from = Instant.parse("0000-12-31T23:59:59Z")));
        assertRefused("from", member(m -> m.from = Instant.parse("+10000-01-01T00:00:00Z")));
        assertRefused("day", member(m -> m.day = LocalDate.of(0, 12, 31)));
    }

    @Test
    @DisplayName("an update with a value that cannot be stored is refused and changes nothing")
    void unstorableUpdateIsRefused() {
        Member kept = insert(Member.TYPE, member(m -> m.value = "kept"));
        assertThatThrownBy(() -> update(Member.TYPE, kept.with(m -> m.value = "\u0000")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("value");
        assertThat(find(kept)).isEqualTo(kept);
    }

    @Test
    @DisplayName("what the caller changes in a list of his own afterwards does not reach the store")
    void noAliasing() {
        List<String> tags = new ArrayList<>(List.of("kept"));
        Member given = member(m -> m.tags = tags);
        List<Member> batch = new ArrayList<>(List.of(given));
        insertAll(Member.TYPE, batch);
        tags.set(0, "changed");
        batch.clear();
        assertThat(find(given).tags()).containsExactly("kept");
        List<String> newer = new ArrayList<>(List.of("newer"));
        update(Member.TYPE, find(given).with(m -> m.tags = newer));
        newer.add("changed");
        assertThat(find(given).tags()).containsExactly("newer");
        assertThat(all(Member.TYPE))
                .singleElement()
                .satisfies(m -> assertThat(m.tags()).containsExactly("newer"));
    }

    @Test
    @DisplayName("a body that an older version of the application wrote is read in today's schema")
    void olderBodiesAreUpcast() {
        assume(Capability.DURABLE);
        Member old = member(m -> m.notes =
                JsonObject.builder().put(Member.FORMER_NICKNAME, "Annie").build());
        try (CrmStore former = open(KitTypes.FORMER_CATALOG)) {
            assertThat(former.<List<Member>>inTransaction(tenant, tx -> tx.insert(Member.FORMER_TYPE, List.of(old))))
                    .hasSize(1);
        }
        Member read = find(old);
        assertThat(read.notes())
                .isEqualTo(JsonObject.builder().put(Member.NICKNAME, "Annie").build());
        Member updated = update(Member.TYPE, read.with(m -> m.value = "Ann"));
        assertThat(find(old)).isEqualTo(updated);
    }

    @Test
    @DisplayName("what was committed is found by a store that is opened on the same database later")
    void durability() {
        assume(Capability.DURABLE);
        Member member = member(m -> {
            m.value = "kept";
            m.tags = List.of("a", "b");
        });
        try (CrmStore first = open(KitTypes.CATALOG)) {
            assertThat(first.<List<Member>>inTransaction(tenant, tx -> tx.insert(Member.TYPE, List.of(member))))
                    .hasSize(1);
        }
        try (CrmStore second = open(KitTypes.CATALOG)) {
            Optional<Member> found = second.inTransaction(tenant, tx -> tx.find(Member.TYPE, member.id()));
            assertThat(found).contains(Member.TYPE.withVersion(member, 1));
        }
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    private <V> void assertEachComesBack(
            BiConsumer<Member.Draft, V> setter, Function<Member, @Nullable V> getter, V... values) {
        List<Member> members = new ArrayList<>();
        for (V value : values) {
            members.add(member(m -> setter.accept(m, value)));
        }
        assertRoundTrip(members);
        for (int i = 0; i < values.length; i++) {
            assertThat(getter.apply(find(members.get(i)))).isEqualTo(values[i]);
        }
    }

    /** Inserts, and reads back one by one, many at a time and in a list, in the same transaction and in the next. */
    private void assertRoundTrip(List<Member> members) {
        List<Member> expected =
                members.stream().map(m -> Member.TYPE.withVersion(m, 1)).toList();
        run(tx -> {
            assertThat(tx.insert(Member.TYPE, members)).isEqualTo(expected);
            assertThat(tx.findAll(Member.TYPE, members.stream().map(Member::id).toList()))
                    .isEqualTo(expected);
        });
        for (Member member : expected) {
            assertThat(find(member)).isEqualTo(member);
        }
        assertThat(all(Member.TYPE)).containsAll(expected);
    }

    private void assertRefused(String field, Member refused) {
        Member fine = member();
        assertThatThrownBy(() -> insertAll(Member.TYPE, List.of(fine, refused)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(field);
        assertThat(all(Member.TYPE)).isEmpty();
    }
}
