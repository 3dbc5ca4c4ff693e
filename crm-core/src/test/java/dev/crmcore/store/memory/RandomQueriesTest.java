package dev.crmcore.store.memory;

import static dev.crmcore.store.memory.Note.id;
import static dev.crmcore.store.memory.Note.note;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmcore.context.EntityId;
import dev.crmcore.context.TenantId;
import dev.crmcore.query.Aggregate;
import dev.crmcore.query.Comparison;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Field;
import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.query.RecordType;
import dev.crmcore.query.Related;
import dev.crmcore.query.RelatedRecords;
import dev.crmcore.store.StoreTransaction;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever way the planner takes, the answer is that of reading everything: also with own writes in between. */
class RandomQueriesTest {

    private static final TenantId ACME = TenantId.of("acme");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<String> TEXTS =
            List.of("a", "ab", "abc", "b", "\uFFFD", "\uD83D\uDE00", "\uD83D\uDE00x", "İ", "i");
    private static final List<Field<Note, ?>> SORTABLE = List.of(
            Note.EMAIL,
            Note.CODE,
            Note.RANK,
            Note.AMOUNT,
            Note.DONE,
            Note.AT,
            Note.DAY,
            Note.OWNER,
            Note.GROUP,
            Note.TYPE.idField());

    private static final List<Comparison> COMPARISONS = List.of(Comparison.values());

    private final MemoryStore store = MemoryStore.create();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void answersAreThoseOfReadingEverything(long seed) {
        Random random = new Random(seed);
        Map<UUID, Note> model = new TreeMap<>();
        for (int round = 0; round < 6; round++) {
            store.inTransaction(ACME, tx -> {
                for (int step = 0; step < 15; step++) {
                    write(tx, model, random);
                    for (int i = 0; i < 6; i++) {
                        check(tx, model.values(), query(random));
                    }
                }
                return true;
            });
        }
    }

    private static void write(StoreTransaction tx, Map<UUID, Note> model, Random random) {
        List<Note> fresh = new ArrayList<>();
        while (fresh.size() < 4) {
            Note note = filled(note(random.nextInt(100_000)), random);
            if (model.putIfAbsent(note.id.value(), note) == null) {
                fresh.add(note);
            }
        }
        tx.insert(Note.TYPE, fresh).forEach(note -> model.put(note.id.value(), note));
        Note some = new ArrayList<>(model.values()).get(random.nextInt(model.size()));
        if (random.nextInt(3) == 0) {
            tx.delete(Note.TYPE, some.id, some.version);
            model.remove(some.id.value());
        } else {
            Note changed = tx.update(Note.TYPE, List.of(filled(some, random))).get(0);
            model.put(changed.id.value(), changed);
        }
    }

    private static Note filled(Note note, Random random) {
        return note.with(n -> {
            n.email = maybe(random, () -> text(random));
            n.code = maybe(random, () -> n.number() + text(random));
            n.rank = maybe(random, () -> (long) random.nextInt(5));
            n.amount = maybe(random, () -> BigDecimal.valueOf(random.nextInt(30), random.nextInt(3)));
            n.done = maybe(random, random::nextBoolean);
            n.at = maybe(random, () -> instant(random));
            n.day = maybe(random, () -> day(random));
            n.owner = maybe(random, () -> id(random.nextInt(4)));
            n.team = maybe(random, () -> text(random));
            n.tags = random.ints(random.nextInt(3), 0, TEXTS.size())
                    .mapToObj(TEXTS::get)
                    .toList();
            n.channels = maybe(random, () -> true) == null
                    ? List.of()
                    : List.of(new Note.Channel(text(random), n.number() + text(random)));
        });
    }

    private static <V> V maybe(Random random, Supplier<V> value) {
        return random.nextInt(4) == 0 ? null : value.get();
    }

    private static String text(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static Instant instant(Random random) {
        return NOON.plusSeconds(random.nextInt(6));
    }

    private static LocalDate day(Random random) {
        return LocalDate.of(2026, 3, 1 + random.nextInt(4));
    }

    private static Query<Note> query(Random random) {
        List<Order<Note>> orders = new ArrayList<>();
        boolean descending = random.nextBoolean();
        for (int i = random.nextInt(3); i > 0; i--) {
            Field<Note, ?> field = SORTABLE.get(random.nextInt(SORTABLE.size()));
            orders.add(new Order<>(field, random.nextInt(5) == 0 ? !descending : descending));
        }
        Query<Note> query = Query.of(Note.TYPE).where(condition(random, 3)).orderBy(orders);
        if (random.nextInt(3) == 0) {
            query = query.after(query.cursorAt(filled(note(random.nextInt(100_000)), random)));
        }
        return random.nextBoolean() ? query.limit(1 + random.nextInt(10)) : query;
    }

    private static Condition<Note> condition(Random random, int depth) {
        if (depth > 0 && random.nextInt(2) == 0) {
            List<Condition<Note>> parts = new ArrayList<>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                parts.add(condition(random, depth - 1));
            }
            return switch (random.nextInt(5)) {
                case 0 -> parts.get(0).not();
                case 1 -> Condition.anyOf(parts);
                default -> Condition.allOf(parts);
            };
        }
        Comparison comparison = COMPARISONS.get(random.nextInt(COMPARISONS.size()));
        return switch (random.nextInt(16)) {
            case 0 -> Note.EMAIL.compare(comparison, text(random));
            case 1 -> Note.EMAIL.startsWith(random.nextBoolean() ? text(random) : "");
            case 2 -> Note.RANK.compare(comparison, (long) random.nextInt(5));
            case 3 -> Note.RANK.in(List.of((long) random.nextInt(5), (long) random.nextInt(5)));
            case 4 -> Note.AMOUNT.compare(comparison, BigDecimal.valueOf(random.nextInt(30), 1));
            case 5 -> Note.DONE.is(random.nextBoolean());
            case 6 -> Note.AT.between(instant(random), instant(random));
            case 7 -> Note.DAY.compare(comparison, day(random));
            case 8, 9 -> Note.OWNER.is(id(random.nextInt(4)));
            case 10 -> Note.GROUP.isPresent();
            case 11 -> Note.TAGS.contains(text(random));
            case 12 ->
                Note.CHANNELS.any(
                        Note.ADDRESS.compare(comparison, "5" + text(random)).and(Note.KIND.is(text(random))));
            case 13 -> Note.TYPE.idField().in(List.of(new UUID(0, random.nextInt(100_000)), new UUID(0, 0)));
            case 14 -> Note.OWNER.in(List.of(id(0), id(1)));
            default ->
                Related.to(Note.TYPE, Note.TYPE, Note.OWNER)
                        .where(Note.RANK.atLeast((long) random.nextInt(5)))
                        .having(Aggregate.count(), comparison, (long) random.nextInt(4))
                        .having(Aggregate.max(Note.AT), Comparison.AT_MOST, instant(random));
        };
    }

    private static void check(StoreTransaction tx, Collection<Note> model, Query<Note> query) {
        RelatedRecords related = new RelatedRecords() {
            @Override
            public <R> Iterable<R> naming(RecordType<R> type, Field<R, ? extends EntityId> by, UUID id) {
                return model.stream()
                        .map(Note.TYPE.javaType()::cast)
                        .filter(note -> note.owner != null && note.owner.value().equals(id))
                        .map(note -> same(type, note))
                        .toList();
            }
        };
        List<Note> matching = model.stream()
                .filter(note -> query.where().matches(note, related))
                .toList();
        List<Long> expected = matching.stream()
                .sorted(query::compare)
                .filter(note -> query.after()
                        .map(place -> query.compare(query.cursorAt(note), place) > 0)
                        .orElse(true))
                .limit(query.limit())
                .map(Note::number)
                .toList();
        assertThat(tx.list(query)).as(query.toString()).extracting(Note::number).containsExactlyElementsOf(expected);
        assertThat(tx.count(query)).as(query.toString()).isEqualTo(matching.size());
    }

    @SuppressWarnings("unchecked")
    private static <R> R same(RecordType<R> type, Note note) {
        assertThat(type).isSameAs(Note.TYPE);
        return (R) note;
    }
}
