package dev.crmcore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.Condition;
import dev.crmcore.query.ElementType;
import dev.crmcore.query.Field;
import dev.crmcore.query.Query;
import dev.crmcore.query.ScalarType;
import dev.crmcore.query.SetField;
import dev.crmcore.value.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntityTypeTest {

    record CardId(UUID value) implements EntityId {}

    record Entry(String kind, @Nullable String note) {}

    record Card(
            CardId id,
            long version,
            @Nullable String name,
            @Nullable BigDecimal limit,
            @Nullable Instant issued,
            @Nullable CardId main,
            List<String> tags,
            List<Entry> entries,
            JsonObject body) {}

    private static final Field<Card, String> NAME =
            Field.text("name", Card::name).personal();
    private static final Field<Card, BigDecimal> LIMIT = Field.decimal("max", Card::limit);
    private static final Field<Card, Instant> ISSUED = Field.instant("issued", Card::issued);
    private static final Field<Card, CardId> MAIN = Field.id("main", CardId::new, Card::main);
    private static final SetField<Card, String> TAGS = SetField.ofValues("tags", ScalarType.TEXT, Card::tags);
    private static final Field<Entry, String> KIND =
            Field.<Entry>text("kind", Entry::kind).required();
    private static final Field<Entry, String> NOTE =
            Field.<Entry>text("note", Entry::note).personal();
    private static final SetField<Card, Entry> ENTRIES = SetField.of(
            "entries",
            ElementType.of("entry", v -> new Entry(v.require(KIND), v.get(NOTE)), KIND, NOTE),
            Card::entries);

    private static EntityType.Builder<Card> begun() {
        return EntityType.define("card", Card.class)
                .id(Card::id)
                .version(
                        Card::version,
                        (c, v) -> new Card(c.id, v, c.name, c.limit, c.issued, c.main, c.tags, c.entries, c.body))
                .fields(NAME, LIMIT, ISSUED, MAIN)
                .sets(TAGS, ENTRIES);
    }

    private static EntityType<Card> ended(EntityType.Builder<Card> builder) {
        return builder.readBy(s -> new Card(
                new CardId(s.id()),
                s.version(),
                s.get(NAME),
                s.get(LIMIT),
                s.get(ISSUED),
                s.get(MAIN),
                s.elements(TAGS),
                s.elements(ENTRIES),
                s.body()));
    }

    private static final EntityType<Card> TYPE = ended(begun().personalBody(Card::body));

    private static Card card(JsonObject body) {
        return new Card(
                new CardId(new UUID(0, 1)),
                3,
                "Ann",
                new BigDecimal("10.50"),
                Instant.parse("2026-03-31T12:00:00.123456789Z"),
                null,
                List.of("b", "a", "b"),
                List.of(new Entry("x", null), new Entry("y", "z")),
                body);
    }

    @Test
    void aRecordComesBackFromItsCanonicalStoredForm() {
        Card card = card(JsonObject.builder().put("k", "v").build());
        StoredRecord stored = TYPE.toStored(card);
        assertThat(stored.values())
                .containsExactly("Ann", new BigDecimal("10.5"), Instant.parse("2026-03-31T12:00:00.123456Z"), null);
        assertThat(stored.sets().get(0)).extracting(row -> row[0]).containsExactly("b", "a", "b");
        assertThat(stored.body()).isEqualTo("{\"k\":\"v\"}");
        Card read = TYPE.fromStored(stored);
        assertThat(read.entries()).isEqualTo(card.entries());
        assertThat(read.tags()).isEqualTo(card.tags());
        assertThat(read.body()).isEqualTo(card.body());
        assertThat(read.version()).isEqualTo(3);
        assertThat(TYPE.toStored(read).values()).containsExactly(stored.values());
    }

    @Test
    void whatCannotBeStoredNamesItsField() {
        Card card = card(JsonObject.empty());
        Card bad = new Card(card.id(), 1, "a\0", null, null, null, List.of(), List.of(), card.body());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TYPE.toStored(bad))
                .withMessageContaining("card.name");
        Card worse = new Card(
                card.id(), 1, null, null, null, null, List.of(), List.of(new Entry("\uD800", "x")), card.body());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TYPE.toStored(worse))
                .withMessageContaining("card.entries.kind");
    }

    @Test
    void textsInAnIndexAreAsShortAsEveryIndexTakes() {
        EntityType<Card> indexed = ended(begun().index(ISSUED, NAME).body(Card::body));
        Card card = card(EntityType.MAX_INDEXED_BYTES, "\u00E9");
        assertThat(indexed.toStored(card).values()).contains(card.name());
        Card longer = card(EntityType.MAX_INDEXED_BYTES + 2, "\u00E9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> indexed.toStored(longer))
                .withMessage("card.name: a text of 1202 bytes in UTF-8 is too long for an index, which takes 1200");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> indexed.requireStorable(Assignment.set(NAME, longer.name())))
                .withMessageContaining("card.name: a text of 1202 bytes");
        assertThat(TYPE.toStored(longer).values()).as("in no index").contains(longer.name());
    }

    private static Card card(int bytes, String twoBytes) {
        return new Card(
                new CardId(new UUID(1, 1)),
                1,
                twoBytes.repeat(bytes / 2),
                null,
                null,
                null,
                List.of(),
                List.of(),
                JsonObject.empty());
    }

    @Test
    void noIndexHasMoreThanTwoTexts() {
        Field<Card, String> second = Field.text("second", Card::name);
        Field<Card, String> third = Field.text("third", Card::name);
        assertThat(ended(begun().fields(second, third).index(NAME, second)).indexes())
                .hasSize(1);
        refused(begun().fields(second, third).index(NAME, ISSUED, second, third));
        refused(begun().fields(second, third).unique(UniqueKey.of("all", NAME, second, third)));
    }

    @Test
    void olderBodiesAreBroughtToTheNewestSchemaStepByStep() {
        EntityType<Card> newer = ended(begun().body(Card::body)
                .nextSchema(body -> body.toBuilder().rename("colour", "color").build())
                .nextSchema(body -> body.toBuilder().put("steps", 2).build()));
        StoredRecord old =
                TYPE.toStored(card(JsonObject.builder().put("colour", "red").build()));
        assertThat(old.schema()).isEqualTo(1);
        assertThat(newer.fromStored(old).body())
                .isEqualTo(
                        JsonObject.builder().put("color", "red").put("steps", 2).build());
        StoredRecord current =
                newer.toStored(card(JsonObject.builder().put("colour", "kept").build()));
        assertThat(current.schema()).isEqualTo(3);
        assertThat(newer.fromStored(current).body().text("colour")).contains("kept");
        assertThatIllegalStateException()
                .isThrownBy(() -> TYPE.fromStored(current))
                .withMessageContaining("schema 3");
    }

    @Test
    void blankingTakesWhatIsPersonal() {
        assertThat(TYPE.blanking())
                .containsExactly(Assignment.clear(NAME), Assignment.clear(ENTRIES), Assignment.clearBody());
        assertThat(ended(begun()).blanking()).containsExactly(Assignment.clear(NAME), Assignment.clear(ENTRIES));
        assertThat(ended(begun()).onErasure()).isEqualTo(EntityType.OnErasure.BLANK);
    }

    @Test
    void declarationsThatContradictEachOtherAreRefused() {
        Field<Card, String> stranger = Field.text("stranger", Card::name);
        SetField<Card, String> strangeSet = SetField.ofValues("strangers", ScalarType.TEXT, Card::tags);
        Reference<Card> main = Reference.of(MAIN, "card", Reference.OnMerge.FOLLOW);
        refused(begun().fields(Field.text("name", Card::name)));
        refused(begun().fields(Field.text("version", Card::name)));
        refused(begun().fields(Field.text("tags", Card::name)));
        refused(begun().unique(UniqueKey.of("k", stranger)));
        refused(begun().unique(UniqueKey.ofElements("k", strangeSet, itemOf(strangeSet))));
        refused(begun().index(stranger));
        refused(begun().timelineAt(ISSUED));
        refused(begun().timelineAt(Field.instant("other", Card::issued)).subject(main));
        refused(begun().references(
                        Reference.of(Field.id("other", CardId::new, Card::main), "card", Reference.OnMerge.STAY)));
        refused(begun().fields(Field.text("needed", Card::name).personal().required()));
        assertThat(ended(begun().onErasure(EntityType.OnErasure.DELETE)
                                .fields(Field.text("needed", Card::name)
                                        .personal()
                                        .required()))
                        .fields())
                .hasSize(5);
        assertThatThrownBy(() -> EntityType.define("card", Card.class).readBy(s -> card(JsonObject.empty())))
                .isInstanceOf(NullPointerException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> EntityType.define("Card", Card.class));
        assertThatIllegalArgumentException().isThrownBy(() -> UniqueKey.<Card>of("empty"));
    }

    private static void refused(EntityType.Builder<Card> builder) {
        assertThatIllegalArgumentException().isThrownBy(() -> ended(builder));
    }

    @SuppressWarnings("unchecked")
    private static Field<String, String> itemOf(SetField<Card, String> set) {
        return (Field<String, String>) (Field<?, ?>) set.element().field("item");
    }

    @Test
    void uniqueKeysWithAnAbsentValueTakeNoPart() {
        UniqueKey<Card> byName = UniqueKey.of("by_name", NAME, MAIN);
        UniqueKey<Card> byEntry = UniqueKey.ofElements("by_entry", ENTRIES, KIND, NOTE);
        Card card = card(JsonObject.empty());
        assertThat(byName.valuesOf(card)).isEmpty();
        assertThat(byEntry.valuesOf(card)).containsExactly(List.of("y", "z"));
    }

    @Test
    void referencesSayWhomTheyNameAndHowToNameAnother() {
        UUID a = new UUID(0, 1);
        UUID b = new UUID(0, 2);
        Reference<Card> main = Reference.of(MAIN, "card", Reference.OnMerge.FOLLOW);
        assertThat(main.names(a)).isEqualTo(MAIN.is(new CardId(a)));
        assertThat(main.repoint(a, b)).isEqualTo(Assignment.set(MAIN, new CardId(b)));
        Field<Entry, CardId> owner = Field.id("owner", CardId::new, e -> null);
        SetField<Card, Entry> owned =
                SetField.of("owned", ElementType.of("owned", v -> new Entry("", null), owner), card -> List.of());
        Reference<Card> inElements = Reference.ofElements(owned, owner, "card", Reference.OnMerge.STAY);
        assertThat(inElements.names(a)).isEqualTo(owned.any(owner.is(new CardId(a))));
        assertThat(inElements.repoint(a, b)).isEqualTo(Assignment.replace(owned, owner, new CardId(a), new CardId(b)));
    }

    @Test
    void assignmentsAreCheckedWhenMade() {
        Field<Card, String> needed = Field.text("needed", Card::name).required();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Assignment.clear(needed))
                .withMessageContaining("needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Assignment.replace(ENTRIES, Field.<Entry>text("none", Entry::kind), "a", "b"));
        assertThatIllegalArgumentException().isThrownBy(() -> Assignment.set(NAME, "\0"));
    }

    @Test
    void theIdCanBeAskedForLikeAField() {
        assertThat(TYPE.field("id")).isSameAs(TYPE.idField());
        assertThat(TYPE.idField().get(card(JsonObject.empty()))).isEqualTo(new UUID(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> TYPE.position(TYPE.idField()));
        assertThat(EntityType.of(Query.of(TYPE))).isSameAs(TYPE);
        assertThatIllegalArgumentException().isThrownBy(() -> EntityType.of(Query.of(ENTRIES.element())));
    }

    @Test
    void aCatalogKnowsItsTypesByName() {
        EntityType<Card> referring =
                ended(begun().references(Reference.of(MAIN, "elsewhere", Reference.OnMerge.FOLLOW)));
        EntityCatalog catalog = EntityCatalog.of(List.of(TYPE));
        assertThat(catalog.type("card")).isSameAs(TYPE);
        assertThatIllegalArgumentException().isThrownBy(() -> catalog.type("none"));
        assertThatIllegalArgumentException().isThrownBy(() -> catalog.plus(List.of(TYPE)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntityCatalog.of(List.of(referring)))
                .withMessageContaining("elsewhere");
        Condition<Card> condition = TAGS.contains("x");
        assertThat(catalog.parseCondition(TYPE, condition.toJson())).isEqualTo(condition);
    }

    @Test
    void leasesAndLogQueriesAreCheckedWhenMade() {
        Instant now = Instant.EPOCH;
        List<Runnable> refused = new ArrayList<>();
        refused.add(() -> new Lease(" ", now, now.plusSeconds(1)));
        refused.add(() -> new Lease("w", now, now));
        refused.add(() -> new LogPosition(-1));
        refused.add(() -> LogQuery.after(LogPosition.START, 0));
        refused.forEach(slip -> assertThatIllegalArgumentException().isThrownBy(slip::run));
    }
}
