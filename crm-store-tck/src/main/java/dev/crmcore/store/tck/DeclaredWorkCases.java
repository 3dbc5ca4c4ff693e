package dev.crmcore.store.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmcore.query.Query;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.tck.DeclaredWork.Moment;
import dev.crmcore.store.tck.DeclaredWork.Moved;
import dev.crmcore.store.tck.Member.Contact;
import dev.crmcore.store.tck.Sale.Line;
import dev.crmcore.value.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The hard operations of the domain: merge and undo, redemption, erasure, timeline. */
abstract class DeclaredWorkCases extends StoreCases {

    DeclaredWorkCases(StoreContract contract) {
        super(contract);
    }

    /** Two members, each with records of every type; the second also named in the first one's records. */
    private final class Household {
        final Member ann = insert(Member.TYPE, member(m -> {
            m.value = "secret Ann";
            m.day = LocalDate.of(1980, 1, 1);
            m.level = Member.Level.GOLD;
            m.tags = List.of("kept");
            m.contacts = List.of(Contact.email("secret@example.com"), Contact.known("shop", "1"));
            m.notes = JsonObject.builder().put(Member.NICKNAME, "secret").build();
        }));
        final Member bob = insert(Member.TYPE, member(m -> {
            m.value = "Bob";
            m.sponsor = ann.id();
        }));
        final Member cid = insert(Member.TYPE, member(m -> m.sponsor = bob.id()));
        final Account account = insert(Account.TYPE, Account.of(ids.next(), ann.id(), 100));

        Household() {
            insertAll(
                    Redemption.TYPE,
                    List.of(Redemption.of(ids.next(), account, 5, NOW), Redemption.of(ids.next(), account, 6, NOW)));
            insertAll(
                    Task.TYPE,
                    List.of(
                            Task.of(ids.next(), NOW).about(ann.id()),
                            Task.of(ids.next(), NOW.plusSeconds(9)).about(bob.id()),
                            Task.of(ids.next(), NOW)));
            insertAll(
                    Proof.TYPE,
                    List.of(
                            Proof.of(ids.next(), ann.id(), "secret words", NOW.minusSeconds(3)),
                            Proof.of(ids.next(), bob.id(), "his words", NOW)));
            insertAll(
                    Sale.TYPE,
                    List.of(
                            Sale.of(
                                            ids.next(),
                                            ann.id(),
                                            NOW.minusSeconds(1),
                                            line("own", null),
                                            line("gift", bob.id()))
                                    .worth(BigDecimal.TEN, "EUR")
                                    .noting("secret note"),
                            Sale.of(
                                            ids.next(),
                                            bob.id(),
                                            NOW,
                                            line("a", ann.id()),
                                            line("b", cid.id()),
                                            line("c", null),
                                            line("a", ann.id()))
                                    .noting("his note"),
                            Sale.of(ids.next(), cid.id(), NOW, line("x", ann.id()))));
        }

        private Line line(String sku, Member.@Nullable Id giftFor) {
            return new Line(sku, 1, BigDecimal.ONE, giftFor);
        }
    }

    private Map<String, List<?>> everything() {
        Map<String, List<?>> all = new LinkedHashMap<>();
        for (EntityType<?> type : KitTypes.CATALOG.types()) {
            all.put(type.name(), all(type));
        }
        return all;
    }

    @Test
    @DisplayName("a merge repoints every reference that follows, on records and in elements, and leaves what stays")
    void merge() {
        Household household = new Household();
        Member.Id ann = household.ann.id();
        Member.Id bob = household.bob.id();
        List<Moved<?>> moved =
                in(tx -> new DeclaredWork(tx, KitTypes.CATALOG).merge(Member.TYPE, ann.value(), bob.value()));
        assertThat(moved)
                .extracting(m -> m.reference() + " " + m.ids().size())
                .containsExactlyInAnyOrder(
                        "sponsor -> member 1",
                        "member -> member 1",
                        "member -> member 2",
                        "member -> member 1",
                        "member -> member 1",
                        "lines.gift_for -> member 2");
        assertThat(all(Sale.TYPE))
                .flatExtracting(Sale::lines)
                .extracting(Line::giftFor)
                .doesNotContain(ann)
                .containsOnly(bob, household.cid.id(), null);
        assertThat(all(Sale.TYPE)).extracting(Sale::member).doesNotContain(ann);
        assertThat(all(Redemption.TYPE)).extracting(Redemption::member).containsOnly(bob);
        assertThat(all(Proof.TYPE)).extracting(Proof::member).containsExactly(ann, bob);
        assertThat(all(Task.TYPE)).extracting(Task::member).containsExactly(bob, bob, null);
        assertThat(all(Account.TYPE)).extracting(Account::member).containsExactly(bob);
    }

    @Test
    @DisplayName("an undone merge leaves everything as it was but for versions, and what came later where it is")
    void mergeAndUndo() {
        Household household = new Household();
        UUID ann = household.ann.id().value();
        UUID bob = household.bob.id().value();
        // One sale names both in its elements: once both are one nobody can tell which name was whose, so it is not
        // here
        run(tx -> tx.deleteAll(Query.of(Sale.TYPE).where(Sale.LINES.any(Line.SKU.is("gift")))));
        Map<String, List<?>> before = versionless(everything());
        List<Moved<?>> moved = in(tx -> new DeclaredWork(tx, KitTypes.CATALOG).merge(Member.TYPE, ann, bob));
        assertThat(versionless(everything())).isNotEqualTo(before);
        Sale later = insert(Sale.TYPE, Sale.of(ids.next(), household.bob.id(), NOW));
        run(tx -> new DeclaredWork(tx, KitTypes.CATALOG).undo(moved, ann, bob));
        assertThat(in(tx -> tx.find(Sale.TYPE, later.id())).orElseThrow()).isEqualTo(later);
        run(tx -> tx.delete(Sale.TYPE, later.id(), 1));
        assertThat(versionless(everything())).isEqualTo(before);
    }

    private static Map<String, List<?>> versionless(Map<String, List<?>> all) {
        Map<String, List<?>> result = new LinkedHashMap<>();
        for (EntityType<?> type : KitTypes.CATALOG.types()) {
            result.put(type.name(), atVersionZero(type, all.get(type.name())));
        }
        return result;
    }

    private static <T> List<T> atVersionZero(EntityType<T> type, @Nullable List<?> records) {
        UnaryOperator<T> zero = record -> type.withVersion(record, 0);
        return Objects.requireNonNull(records).stream()
                .map(type.javaType()::cast)
                .map(zero)
                .toList();
    }

    @Test
    @DisplayName("a merge moves hundreds of records, and its undo those and no others")
    void bigMerge() {
        Member from = insert(Member.TYPE, member());
        Member to = insert(Member.TYPE, member());
        List<Sale> sales = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            sales.add(Sale.of(ids.next(), i % 2 == 0 ? from.id() : to.id(), NOW));
        }
        insertAll(Sale.TYPE, sales);
        UUID a = from.id().value();
        UUID b = to.id().value();
        List<Moved<?>> moved = in(tx -> new DeclaredWork(tx, KitTypes.CATALOG).merge(Member.TYPE, a, b));
        run(tx -> assertThat(tx.count(Query.of(Sale.TYPE).where(Sale.MEMBER.is(to.id()))))
                .isEqualTo(1_200));
        run(tx -> new DeclaredWork(tx, KitTypes.CATALOG).undo(moved, a, b));
        assertThat(all(Sale.TYPE))
                .extracting(Sale::member)
                .isEqualTo(sales.stream().map(Sale::member).toList());
    }

    @Test
    @DisplayName("a merge that fails in the middle leaves no trace")
    void brokenMerge() {
        Household household = new Household();
        Map<String, List<?>> before = everything();
        run(tx -> {
            try {
                tx.nested(() -> {
                    List<Moved<?>> moved = new DeclaredWork(tx, KitTypes.CATALOG)
                            .merge(
                                    Member.TYPE,
                                    household.ann.id().value(),
                                    household.bob.id().value());
                    throw new IllegalStateException("after " + moved.size() + " references");
                });
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("after 6 references");
            }
        });
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    @DisplayName(
            "of eight redemptions of 80 from 100 points exactly one is made, and the ledger agrees with the balance")
    void redemptionRace() {
        Member owner = insert(Member.TYPE, member());
        Account account = insert(Account.TYPE, Account.of(ids.next(), owner.id(), 100));
        List<Boolean> made = Rivals.race(
                8,
                i -> Rivals.retried(() -> in(tx -> {
                    Account locked = tx.lock(Account.TYPE, account.id()).orElseThrow();
                    if (locked.points() < 80) {
                        return false;
                    }
                    tx.insert(Redemption.TYPE, List.of(Redemption.of(ids.next(), locked, 80, NOW)));
                    tx.update(Account.TYPE, List.of(locked.withPoints(locked.points() - 80)));
                    tx.append(List.of(LogCases.event(ids.next(), locked.id().value(), "agent:" + i)));
                    return true;
                })));
        assertThat(made).containsOnlyOnce(true);
        assertThat(all(Account.TYPE)).extracting(Account::points).containsExactly(20L);
        assertThat(all(Redemption.TYPE)).extracting(Redemption::points).containsExactly(80L);
        assertThat(LogCases.awaitLog(this, tenant, 1)).hasSize(1);
    }

    @Test
    @DisplayName("a redemption waits for one that is being made, and is refused by what that one left")
    void redemptionAfterRedemption() {
        Member owner = insert(Member.TYPE, member());
        Account account = insert(Account.TYPE, Account.of(ids.next(), owner.id(), 100));
        try (Rivals rivals = new Rivals()) {
            Future<Long> left = in(tx -> {
                Account locked = tx.lock(Account.TYPE, account.id()).orElseThrow();
                Future<Long> second = rivals.start(() -> in(other ->
                        other.lock(Account.TYPE, account.id()).orElseThrow().points()));
                assertThat(Rivals.finishesMeanwhile(second, tx, owner.id())).isFalse();
                tx.update(Account.TYPE, List.of(locked.withPoints(20)));
                return second;
            });
            assertThat(Rivals.get(left)).isEqualTo(20);
        }
    }

    @Test
    @DisplayName("an erasure deletes, blanks or keeps what is about a member as declared, and touches nobody else's")
    void erasure() {
        Household household = new Household();
        Map<String, List<?>> before = everything();
        run(tx -> new DeclaredWork(tx, KitTypes.CATALOG)
                .erase(Member.TYPE, household.ann.id().value()));
        Map<String, List<?>> after = everything();
        assertThat(before.toString()).contains("secret");
        assertThat(after.toString()).doesNotContain("secret");
        Member erased = find(household.ann);
        assertThat(erased)
                .isEqualTo(household
                        .ann
                        .with(m -> {
                            m.value = null;
                            m.day = null;
                            m.contacts = List.of();
                            m.notes = JsonObject.empty();
                        })
                        .withVersion(2));
        assertThat(all(Sale.TYPE)).extracting(Sale::note).containsExactly(null, "his note", null);
        assertThat(all(Sale.TYPE)).extracting(Sale::amount).startsWith(BigDecimal.TEN);
        assertThat(all(Proof.TYPE)).extracting(Proof::text).containsExactly(null, "his words");
        assertThat(all(Task.TYPE)).extracting(Task::member).containsExactly(household.bob.id(), null);
        assertThat(after.get("account")).isEqualTo(before.get("account"));
        assertThat(after.get("redemption")).isEqualTo(before.get("redemption"));
        assertThat(find(household.bob)).isEqualTo(household.bob);
        // The key over elements went with them
        assertThat(insert(Member.TYPE, member(m -> m.contacts = List.of(Contact.known("shop", "1"))))
                        .version())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("the timeline has everything about a member from every type, in one order, in pages of any size")
    void timeline() {
        Member member = insert(Member.TYPE, member());
        Member other = insert(Member.TYPE, member());
        Account account = insert(Account.TYPE, Account.of(ids.next(), member.id(), 0));
        List<Moment> expected = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Instant at = NOW.minusSeconds(i * 7L % 5);
            Sale sale = insert(Sale.TYPE, Sale.of(ids.next(), member.id(), at));
            Proof proof = insert(Proof.TYPE, Proof.of(ids.next(), member.id(), "said", at));
            expected.add(new Moment(at, "order", sale.id().value()));
            expected.add(new Moment(at, "proof", proof.id().value()));
            insert(Sale.TYPE, Sale.of(ids.next(), other.id(), at));
        }
        Task task = insert(Task.TYPE, Task.of(ids.next(), NOW).about(member.id()));
        expected.add(new Moment(NOW, "task", task.id().value()));
        Redemption redemption = insert(Redemption.TYPE, Redemption.of(ids.next(), account, 1, NOW.minusSeconds(9)));
        expected.add(
                new Moment(NOW.minusSeconds(9), "redemption", redemption.id().value()));
        // Ids rise, and within one moment and type the newest id comes first
        Collections.reverse(expected);
        expected.sort(Moment.NEWEST_FIRST);
        for (int pageSize : List.of(1, 3, 100)) {
            List<Moment> read = in(tx -> new DeclaredWork(tx, KitTypes.CATALOG)
                    .timeline(Member.TYPE, member.id().value(), pageSize));
            assertThat(read).as("pages of " + pageSize).isEqualTo(expected);
        }
    }
}
