package dev.crmcore.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.DuplicateException;
import dev.crmcore.context.TenantId;
import dev.crmcore.query.Query;
import dev.crmcore.store.Assignment;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.Inserted;
import dev.crmcore.store.UniqueKey;
import dev.crmcore.store.tck.Member.Contact;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One record of a tenant has a unique key. */
abstract class UniqueKeyCases extends StoreCases {

    UniqueKeyCases(StoreContract contract) {
        super(contract);
    }

    @Test
    @DisplayName("a taken key over one field is refused by insert and update, with key and holder")
    void takenKeyOverAField() {
        Member holder = insert(Member.TYPE, member(m -> m.code = "A"));
        assertTaken(Member.BY_CODE, holder, () -> insertAll(Member.TYPE, List.of(member(), member(m -> m.code = "A"))));
        Member other = insert(Member.TYPE, member(m -> m.code = "B"));
        assertTaken(Member.BY_CODE, holder, () -> update(Member.TYPE, other.with(m -> m.code = "A")));
        assertThat(all(Member.TYPE)).containsExactly(holder, other);
    }

    @Test
    @DisplayName("a key over two fields is taken only by both together")
    void takenKeyOverTwoFields() {
        Member holder = insert(Member.TYPE, member(m -> {
            m.series = "A";
            m.number = 1L;
        }));
        insert(Member.TYPE, member(m -> {
            m.series = "A";
            m.number = 2L;
        }));
        insert(Member.TYPE, member(m -> {
            m.series = "B";
            m.number = 1L;
        }));
        assertTaken(
                Member.BY_CARD,
                holder,
                () -> insert(Member.TYPE, member(m -> {
                    m.series = "A";
                    m.number = 1L;
                })));
        assertThat(all(Member.TYPE)).hasSize(3);
    }

    @Test
    @DisplayName("a record where a part of the key is absent does not take part")
    void absentValuesDoNotTakePart() {
        List<Member> members = List.of(
                member(m -> m.series = "A"),
                member(m -> m.series = "A"),
                member(m -> m.number = 1L),
                member(m -> m.number = 1L),
                member(m -> m.contacts = List.of(Contact.known("shop", null), Contact.known("shop", null))),
                member(m -> m.contacts = List.of(Contact.known("shop", null))));
        assertThat(insertAll(Member.TYPE, members)).hasSize(members.size());
        assertThat(all(Member.TYPE)).hasSize(members.size());
    }

    @Test
    @DisplayName("the empty text is a value like any other; texts that only look alike are different keys")
    void keysCompareExactly() {
        Member holder = insert(Member.TYPE, member(m -> m.code = ""));
        assertTaken(Member.BY_CODE, holder, () -> insert(Member.TYPE, member(m -> m.code = "")));
        for (String code : List.of("i", "I", "\u0130", "\u0131", "e\u0301", "\u00E9", " ", "i ", "ss", "\u00DF")) {
            insert(Member.TYPE, member(m -> m.code = code));
        }
        assertThat(all(Member.TYPE)).hasSize(11);
    }

    @Test
    @DisplayName("a key over elements is taken by any element of any record, also by another of the same one")
    void takenKeyOverElements() {
        Member holder = insert(
                Member.TYPE,
                member(m -> m.contacts = List.of(
                        Contact.email("a@example.com"), Contact.known("shop", "1"), Contact.known("web", "1"))));
        assertTaken(
                Member.BY_EXTERNAL_ID,
                holder,
                () -> insert(
                        Member.TYPE,
                        member(m -> m.contacts = List.of(Contact.known("shop", "2"), Contact.known("web", "1")))));
        Member other = insert(Member.TYPE, member(m -> m.contacts = List.of(Contact.known("shop", "2"))));
        assertTaken(
                Member.BY_EXTERNAL_ID,
                holder,
                () -> update(Member.TYPE, other.with(m -> m.contacts = List.of(Contact.known("shop", "1")))));
        assertThatThrownBy(() -> insert(
                        Member.TYPE,
                        member(m -> m.contacts = List.of(Contact.known("app", "1"), Contact.known("app", "1")))))
                .isInstanceOf(DuplicateException.class);
        assertThat(all(Member.TYPE)).containsExactly(holder, other);
    }

    @Test
    @DisplayName("two records of one batch cannot have one key")
    void takenWithinABatch() {
        assertThatThrownBy(() ->
                        insertAll(Member.TYPE, List.of(member(m -> m.code = "A"), member(), member(m -> m.code = "A"))))
                .isInstanceOfSatisfying(
                        DuplicateException.class, e -> assertThat(e.key()).isEqualTo("member_code"));
        assertThat(all(Member.TYPE)).isEmpty();
    }

    @Test
    @DisplayName("a key is free again after its holder was changed or deleted, in the same transaction too")
    void freedKeys() {
        Member holder = insert(Member.TYPE, member(m -> {
            m.code = "A";
            m.contacts = List.of(Contact.known("shop", "1"));
        }));
        Member next = in(tx -> {
            tx.update(Member.TYPE, List.of(Member.of(holder.id().value()).withVersion(1)));
            return tx.insert(Member.TYPE, List.of(member(m -> {
                        m.code = "A";
                        m.contacts = List.of(Contact.known("shop", "1"));
                    })))
                    .get(0);
        });
        run(tx -> tx.delete(Member.TYPE, next.id(), next.version()));
        Member last = insert(Member.TYPE, member(m -> {
            m.code = "A";
            m.contacts = List.of(Contact.known("shop", "1"));
        }));
        assertThat(find(last)).isEqualTo(last);
    }

    @Test
    @DisplayName("a key that a rolled back transaction had taken is free")
    void rolledBackKeys() {
        assertThatThrownBy(() -> run(tx -> {
                    tx.insert(Member.TYPE, List.of(member(m -> m.code = "A")));
                    throw new IllegalStateException("undone");
                }))
                .hasMessage("undone");
        assertThat(insert(Member.TYPE, member(m -> m.code = "A")).version()).isEqualTo(1);
    }

    @Test
    @DisplayName("a record keeps its own keys in an update")
    void ownKeys() {
        Member holder = insert(Member.TYPE, member(m -> {
            m.code = "A";
            m.contacts = List.of(Contact.known("shop", "1"), Contact.known("shop", "2"));
        }));
        Member updated = update(Member.TYPE, holder.with(m -> {
            m.value = "changed";
            m.contacts = List.of(Contact.known("shop", "2"), Contact.known("shop", "1"));
        }));
        assertThat(find(holder)).isEqualTo(updated);
    }

    @Test
    @DisplayName("a key passes from one record to the next in a batch that gives it up first")
    void keysPassWithinABatch() {
        Member holder = insert(Member.TYPE, member(m -> m.code = "A"));
        Member next = insert(Member.TYPE, member());
        run(tx -> tx.update(Member.TYPE, List.of(holder.with(m -> m.code = null), next.with(m -> m.code = "A"))));
        assertThat(find(next).code()).isEqualTo("A");
    }

    @Test
    @DisplayName("a set-based update that would give one key to two records is refused, and nothing changes")
    void takenBySetBasedUpdate() {
        List<Member> members = insertAll(Member.TYPE, List.of(member(m -> m.code = "A"), member(), member()));
        Query<Member> others = Query.of(Member.TYPE).where(Member.CODE.isAbsent());
        assertThatThrownBy(() -> updateAll(others, Assignment.set(Member.CODE, "B")))
                .isInstanceOfSatisfying(
                        DuplicateException.class, e -> assertThat(e.key()).isEqualTo("member_code"));
        assertThat(all(Member.TYPE)).isEqualTo(members);
    }

    @Test
    @DisplayName("tenants have their keys apart")
    void tenantsApart() {
        TenantId other = newTenant();
        Member one = insert(Member.TYPE, member(m -> {
            m.code = "A";
            m.contacts = List.of(Contact.known("shop", "1"));
        }));
        Member two = member(m -> {
            m.code = "A";
            m.contacts = List.of(Contact.known("shop", "1"));
        });
        run(other, tx -> assertThat(tx.insert(Member.TYPE, List.of(two))).hasSize(1));
        assertThat(all(Member.TYPE)).containsExactly(one);
    }

    @Test
    @DisplayName("insert-if-absent inserts what is new and gives what is there, in the order given")
    void insertIfAbsent() {
        Member there = insert(Member.TYPE, member(m -> {
            m.code = "A";
            m.value = "there";
            m.tags = List.of("there");
        }));
        Member fresh = member(m -> m.code = "B");
        Member keyless = member(m -> m.value = "no key");
        List<Inserted<Member>> outcomes = insertIfAbsent(
                Member.TYPE,
                List.of(
                        fresh,
                        member(m -> {
                            m.code = "A";
                            m.value = "again";
                        }),
                        keyless),
                Member.BY_CODE);
        assertThat(outcomes)
                .containsExactly(
                        new Inserted<>(fresh.withVersion(1), true),
                        new Inserted<>(there, false),
                        new Inserted<>(keyless.withVersion(1), true));
        assertThat(all(Member.TYPE)).containsExactly(there, fresh.withVersion(1), keyless.withVersion(1));
    }

    @Test
    @DisplayName("of several with one key insert-if-absent inserts the first and gives it for the others")
    void insertIfAbsentWithinABatch() {
        Member first = member(m -> {
            m.code = "A";
            m.value = "first";
        });
        Member second = member(m -> {
            m.code = "A";
            m.value = "second";
        });
        Member third = member(m -> m.code = "A");
        assertThat(insertIfAbsent(Member.TYPE, List.of(first, second, third), Member.BY_CODE))
                .containsExactly(
                        new Inserted<>(first.withVersion(1), true),
                        new Inserted<>(first.withVersion(1), false),
                        new Inserted<>(first.withVersion(1), false));
        assertThat(all(Member.TYPE)).containsExactly(first.withVersion(1));
    }

    @Test
    @DisplayName("insert-if-absent works over two fields of an append-only record: a re-delivery is one record")
    void insertIfAbsentOfALedger() {
        Account account = insert(
                Account.TYPE,
                Account.of(ids.next(), insert(Member.TYPE, member()).id(), 0));
        List<Redemption> delivered = List.of(
                Redemption.of(ids.next(), account, 1, NOW).knownAs("shop", "1"),
                Redemption.of(ids.next(), account, 2, NOW).knownAs("shop", "2"),
                Redemption.of(ids.next(), account, 3, NOW).knownAs("web", "1"));
        assertThat(insertIfAbsent(Redemption.TYPE, delivered, Redemption.BY_EXTERNAL_ID))
                .allMatch(Inserted::isNew);
        List<Redemption> kept = all(Redemption.TYPE);
        assertThat(insertIfAbsent(
                        Redemption.TYPE,
                        List.of(
                                Redemption.of(ids.next(), account, 1, NOW).knownAs("shop", "1"),
                                Redemption.of(ids.next(), account, 3, NOW).knownAs("web", "1")),
                        Redemption.BY_EXTERNAL_ID))
                .containsExactly(new Inserted<>(kept.get(0), false), new Inserted<>(kept.get(2), false));
        assertThat(all(Redemption.TYPE)).isEqualTo(kept);
    }

    @Test
    @DisplayName("insert-if-absent works over elements")
    void insertIfAbsentOverElements() {
        Member there = insert(
                Member.TYPE,
                member(m -> m.contacts = List.of(Contact.email("a@example.com"), Contact.known("shop", "1"))));
        Member fresh = member(m -> m.contacts = List.of(Contact.known("shop", "2"), Contact.known("web", "2")));
        List<Inserted<Member>> outcomes = insertIfAbsent(
                Member.TYPE,
                List.of(member(m -> m.contacts = List.of(Contact.known("shop", "1"))), fresh),
                Member.BY_EXTERNAL_ID);
        assertThat(outcomes).containsExactly(new Inserted<>(there, false), new Inserted<>(fresh.withVersion(1), true));
    }

    @Test
    @DisplayName("insert-if-absent sees what its own transaction has written")
    void insertIfAbsentSeesOwnWrites() {
        run(tx -> {
            Member first =
                    tx.insert(Member.TYPE, List.of(member(m -> m.code = "A"))).get(0);
            assertThat(tx.insertIfAbsent(Member.TYPE, List.of(member(m -> m.code = "A")), Member.BY_CODE))
                    .containsExactly(new Inserted<>(first, false));
            tx.delete(Member.TYPE, first.id(), 1);
            assertThat(tx.insertIfAbsent(Member.TYPE, List.of(member(m -> m.code = "A")), Member.BY_CODE))
                    .singleElement()
                    .satisfies(outcome -> assertThat(outcome.isNew()).isTrue());
        });
    }

    @Test
    @DisplayName("insert-if-absent refuses a taken id and another taken key, and keeps nothing")
    void insertIfAbsentRefusesOtherKeys() {
        Member holder = insert(Member.TYPE, member(m -> {
            m.series = "A";
            m.number = 1L;
        }));
        assertTaken(
                Member.BY_CARD,
                holder,
                () -> insertIfAbsent(
                        Member.TYPE,
                        List.of(member(m -> m.code = "A"), member(m -> {
                            m.code = "B";
                            m.series = "A";
                            m.number = 1L;
                        })),
                        Member.BY_CODE));
        assertThatThrownBy(() -> insertIfAbsent(
                        Member.TYPE, List.of(Member.of(holder.id().value()).with(m -> m.code = "C")), Member.BY_CODE))
                .isInstanceOfSatisfying(
                        DuplicateException.class, e -> assertThat(e.key()).isEqualTo("id"));
        assertThat(all(Member.TYPE)).containsExactly(holder);
    }

    @Test
    @DisplayName("insert-if-absent refuses a key that the type does not declare")
    void insertIfAbsentRefusesForeignKeys() {
        UniqueKey<Member> undeclared = UniqueKey.of("member_value", Member.VALUE);
        assertThatThrownBy(() -> insertIfAbsent(Member.TYPE, List.of(member()), undeclared))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(all(Member.TYPE)).isEmpty();
    }

    private <T> List<Inserted<T>> insertIfAbsent(EntityType<T> type, List<T> entities, UniqueKey<T> key) {
        return in(tx -> tx.insertIfAbsent(type, entities, key));
    }

    private static void assertTaken(UniqueKey<Member> key, Member holder, ThrowingCallable write) {
        assertThatThrownBy(write).isInstanceOfSatisfying(DuplicateException.class, e -> {
            assertThat(e.type()).isEqualTo("member");
            assertThat(e.key()).isEqualTo(key.name());
            e.holder().ifPresent(id -> assertThat(id).isEqualTo(holder.id().value()));
        });
    }
}
