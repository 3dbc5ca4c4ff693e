package dev.crmcore.store.tck;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.Field;
import dev.crmcore.query.RecordType;
import dev.crmcore.query.RelatedRecords;
import dev.crmcore.store.StoreTransaction;
import dev.crmcore.store.tck.Member.Contact;
import dev.crmcore.value.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Generated records with many ties, absent values and awkward texts: in a store, and in plain lists, from which the
 * oracle answers.
 */
final class Population implements RelatedRecords {

    private static final String[] TEXTS = {
        "",
        "a",
        "A",
        "ab",
        "abc",
        "a b",
        "b",
        "B",
        "\u00E9",
        "e\u0301",
        "e",
        "\u0130",
        "i",
        "\uFFFD",
        "\uD83D\uDE00",
        "\uE000",
        "%",
        "_",
        "a%b",
        "a_b",
        "\\",
        "'",
        "Z",
        "zz"
    };
    private static final String[] DECIMALS = {
        "0", "1", "-1", "0.1", "-0.1", "99.99", "100", "1234567890123456789.0123456789", "0.0000000001", "2.5"
    };

    private final Random random;
    private final Ids ids = new Ids();
    private final IdentityHashMap<RecordType<?>, List<?>> records = new IdentityHashMap<>();

    private Population(long seed) {
        this.random = new Random(seed);
    }

    /** Makes members, their accounts, sales and tasks, and inserts them. */
    static Population in(StoreTransaction tx, long seed, int size) {
        Population all = new Population(seed);
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            members.add(all.member(members));
        }
        all.records.put(Member.TYPE, tx.insert(Member.TYPE, members));
        List<Sale> sales = new ArrayList<>();
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < size * 2; i++) {
            sales.add(all.sale(members));
            tasks.add(all.task(members));
        }
        all.records.put(Sale.TYPE, tx.insert(Sale.TYPE, sales));
        all.records.put(Task.TYPE, tx.insert(Task.TYPE, tasks));
        return all;
    }

    private Member member(List<Member> before) {
        return Member.of(ids.next()).with(m -> {
            m.value = orAbsent(this::text);
            m.order = orAbsent(this::whole);
            m.key = orAbsent(this::decimal);
            m.user = orAbsent(random::nextBoolean);
            m.from = orAbsent(this::instant);
            m.day = orAbsent(this::day);
            m.group = orAbsent(this::uuid);
            m.level = orAbsent(() -> one(Member.Level.values()));
            m.sponsor = before.isEmpty() ? null : orAbsent(() -> one(before).id());
            m.series = orAbsent(this::text);
            m.tags = several(3, this::text);
            m.contacts = several(3, this::contact);
            m.notes = JsonObject.builder().put("n", random.nextInt(10)).build();
        });
    }

    private Contact contact() {
        return new Contact(
                one(Contact.Channel.values()),
                orAbsent(this::text),
                orAbsent(this::text),
                null,
                orAbsent(this::instant),
                orAbsent(this::decimal));
    }

    private Sale sale(List<Member> members) {
        Sale sale = Sale.of(ids.next(), one(members).id(), instant())
                .worth(orAbsent(this::decimal), orAbsent(() -> one(new String[] {"EUR", "USD", "JPY"})))
                .counting(orAbsent(this::whole))
                .noting(orAbsent(this::text));
        return new Sale(
                sale.id(),
                0,
                sale.member(),
                sale.amount(),
                sale.currency(),
                sale.placedAt(),
                sale.items(),
                sale.note(),
                several(
                        3,
                        () -> new Sale.Line(
                                text(),
                                random.nextInt(5),
                                orAbsent(this::decimal),
                                orAbsent(() -> one(members).id()))));
    }

    private Task task(List<Member> members) {
        Task task = Task.of(ids.next(), instant());
        Task owned = random.nextInt(4) == 0 ? task : task.about(one(members).id());
        return random.nextBoolean() ? owned : owned.done(text());
    }

    String text() {
        return one(TEXTS);
    }

    long whole() {
        return random.nextInt(9) - 3L;
    }

    BigDecimal decimal() {
        return new BigDecimal(one(DECIMALS));
    }

    Instant instant() {
        return StoreCases.NOW.plusSeconds(random.nextInt(7) - 3L).plusNanos(1_000L * random.nextInt(2));
    }

    LocalDate day() {
        return LocalDate.of(2024, 2, 27).plusDays(random.nextInt(5));
    }

    UUID uuid() {
        return new UUID(random.nextInt(3) - 1L, random.nextInt(3) - 1L);
    }

    Random random() {
        return random;
    }

    <V> V one(List<V> values) {
        return values.get(random.nextInt(values.size()));
    }

    <V> V one(V[] values) {
        return values[random.nextInt(values.length)];
    }

    private <V> @Nullable V orAbsent(Supplier<V> value) {
        return random.nextInt(4) == 0 ? null : value.get();
    }

    private <V> List<V> several(int most, Supplier<V> value) {
        List<V> values = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            values.add(value.get());
        }
        return List.copyOf(values);
    }

    @SuppressWarnings("unchecked") // records are put in under their own type only
    <R> List<R> all(RecordType<R> type) {
        return (List<R>) Objects.requireNonNull(records.get(type));
    }

    @Override
    public <R> Iterable<R> naming(RecordType<R> type, Field<R, ? extends EntityId> by, UUID id) {
        return all(type).stream()
                .filter(record -> id.equals(by.getStored(record)))
                .toList();
    }
}
