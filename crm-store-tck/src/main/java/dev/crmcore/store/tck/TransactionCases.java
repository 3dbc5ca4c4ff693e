package dev.crmcore.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.ConflictException;
import dev.crmcore.context.DuplicateException;
import dev.crmcore.query.Aggregate;
import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.store.Assignment;
import dev.crmcore.store.RowCursor;
import dev.crmcore.store.StoreTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** All or nothing, seen by others only when committed. */
abstract class TransactionCases extends StoreCases {

    TransactionCases(StoreContract contract) {
        super(contract);
    }

    @Test
    @DisplayName("work that throws is undone as a whole, and the exception comes out as it is")
    void rollback() {
        Member updated = insert(Member.TYPE, member(m -> m.tags = List.of("kept")));
        Member deleted = insert(Member.TYPE, member(m -> m.contacts = List.of(Member.Contact.email("a@example.com"))));
        Member assigned = insert(Member.TYPE, member(m -> m.order = 1L));
        IllegalStateException thrown = new IllegalStateException("undone");
        assertThatThrownBy(() -> run(tx -> {
                    tx.insert(Member.TYPE, List.of(member(), member()));
                    tx.update(Member.TYPE, List.of(updated.with(m -> m.tags = List.of("changed"))));
                    tx.delete(Member.TYPE, deleted.id(), 1);
                    tx.updateAll(
                            Query.of(Member.TYPE).where(Member.ORDER.is(1L)),
                            List.of(Assignment.set(Member.ORDER, 2L)));
                    tx.deleteAll(Query.of(Member.TYPE).where(Member.ORDER.is(2L)));
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(all(Member.TYPE)).containsExactly(updated, deleted, assigned);
    }

    @Test
    @DisplayName("an error undoes the work too")
    void rollbackOfErrors() {
        assertThatThrownBy(() -> run(tx -> {
                    tx.insert(Member.TYPE, List.of(member()));
                    throw new StackOverflowError("as good as any");
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(all(Member.TYPE)).isEmpty();
    }

    @Test
    @DisplayName("a transaction sees its own writes in every way of reading")
    void ownWritesAreVisible() {
        Member old = insert(Member.TYPE, member(m -> m.order = 1L));
        run(tx -> {
            Member fresh = tx.insert(Member.TYPE, List.of(member(m -> {
                        m.order = 5L;
                        m.tags = List.of("fresh");
                    })))
                    .get(0);
            Member changed =
                    tx.update(Member.TYPE, List.of(old.with(m -> m.order = 4L))).get(0);
            assertThat(tx.find(Member.TYPE, fresh.id())).contains(fresh);
            assertThat(tx.lock(Member.TYPE, old.id())).contains(changed);
            assertThat(tx.list(Query.of(Member.TYPE).where(Member.ORDER.atLeast(4L))))
                    .containsExactly(changed, fresh);
            assertThat(tx.list(Query.of(Member.TYPE).where(Member.TAGS.contains("fresh"))))
                    .containsExactly(fresh);
            assertThat(tx.count(Query.of(Member.TYPE).where(Member.ORDER.is(1L))))
                    .isZero();
            assertThat(tx.count(Query.of(Member.TYPE))).isEqualTo(2);
            try (RowCursor sum = tx.group(Query.of(Member.TYPE), List.of(), List.of(Aggregate.sum(Member.ORDER)))) {
                assertThat(sum.next()).isTrue();
                assertThat(sum.getLong(0)).isEqualTo(9);
            }
            assertThat(tx.updateAll(
                            Query.of(Member.TYPE).where(Member.ORDER.is(5L)),
                            List.of(Assignment.set(Member.ORDER, 6L))))
                    .isEqualTo(1);
            assertThat(tx.deleteAll(Query.of(Member.TYPE).where(Member.ORDER.is(6L))))
                    .isEqualTo(1);
            assertThat(tx.list(Query.of(Member.TYPE))).containsExactly(changed);
        });
    }

    @Test
    @DisplayName("what is not committed is seen by nobody else, in no way of reading, and nobody waits to read")
    void uncommittedIsInvisible() {
        Member old = insert(Member.TYPE, member(m -> m.order = 1L));
        Member doomed = insert(Member.TYPE, member(m -> m.order = 2L));
        Member fresh = member(m -> m.order = 3L);
        try (Rivals rivals = new Rivals()) {
            run(tx -> {
                tx.insert(Member.TYPE, List.of(fresh));
                tx.update(Member.TYPE, List.of(old.with(m -> m.order = 4L)));
                tx.delete(Member.TYPE, doomed.id(), 1);
                Rivals.get(rivals.start(() -> {
                    run(other -> {
                        assertThat(other.find(Member.TYPE, fresh.id())).isEmpty();
                        assertThat(other.find(Member.TYPE, old.id())).contains(old);
                        assertThat(other.list(Query.of(Member.TYPE))).containsExactly(old, doomed);
                        assertThat(other.list(Query.of(Member.TYPE).where(Member.ORDER.atLeast(3L))))
                                .isEmpty();
                        assertThat(other.count(Query.of(Member.TYPE))).isEqualTo(2);
                        try (RowCursor rows = other.scan(
                                Query.of(Member.TYPE).orderBy(Order.descending(Member.ORDER)), List.of(Member.ORDER))) {
                            assertThat(rows.next()).isTrue();
                            assertThat(rows.getLong(0)).isEqualTo(2);
                        }
                    });
                    return true;
                }));
            });
        }
        assertThat(all(Member.TYPE)).hasSize(2).extracting(Member::order).containsExactly(4L, 3L);
    }

    @Test
    @DisplayName("a lock gives the record as it is committed by then, whatever was read before")
    void lockReadsTheNewest() {
        Member read = insert(Member.TYPE, member());
        try (Rivals rivals = new Rivals()) {
            run(tx -> {
                assertThat(tx.find(Member.TYPE, read.id())).contains(read);
                Member newest = Rivals.get(rivals.start(() -> update(Member.TYPE, read.with(m -> m.value = "new"))));
                assertThat(tx.lock(Member.TYPE, read.id())).contains(newest);
            });
        }
    }

    @Test
    @DisplayName("nested work that throws is undone alone, and the transaction goes on")
    void nestedRollback() {
        Member old = insert(Member.TYPE, member(m -> m.tags = List.of("old")));
        Member before = member();
        Member after = member();
        run(tx -> {
            tx.insert(Member.TYPE, List.of(before));
            IllegalStateException thrown = new IllegalStateException("undone");
            assertThatThrownBy(() -> tx.nested(() -> {
                        tx.insert(Member.TYPE, List.of(member(m -> m.code = "A")));
                        tx.update(Member.TYPE, List.of(old.with(m -> m.tags = List.of("new"))));
                        tx.deleteAll(Query.of(Member.TYPE)
                                .where(Member.TYPE.idField().is(before.id().value())));
                        throw thrown;
                    }))
                    .isSameAs(thrown);
            assertThat(tx.list(Query.of(Member.TYPE))).containsExactly(old, before.withVersion(1));
            tx.insert(Member.TYPE, List.of(after.with(m -> m.code = "A")));
        });
        assertThat(all(Member.TYPE))
                .containsExactly(
                        old,
                        before.withVersion(1),
                        after.with(m -> m.code = "A").withVersion(1));
    }

    @Test
    @DisplayName("nested work that returns is part of the transaction, and gives what it gave")
    void nestedSuccess() {
        Member inner = in(
                tx -> tx.nested(() -> tx.insert(Member.TYPE, List.of(member())).get(0)));
        assertThat(all(Member.TYPE)).containsExactly(inner);
        assertThatThrownBy(() -> run(tx -> {
                    List<Member> gone = tx.nested(() -> tx.insert(Member.TYPE, List.of(member())));
                    throw new IllegalStateException("undone with " + gone.size());
                }))
                .hasMessage("undone with 1");
        assertThat(all(Member.TYPE)).containsExactly(inner);
    }

    @Test
    @DisplayName("nested work in nested work is undone alone, or with what is around it")
    void nestedInNested() {
        Member outer = member();
        Member middle = member();
        run(tx -> {
            tx.insert(Member.TYPE, List.of(outer));
            List<Member> kept = tx.nested(() -> {
                List<Member> inserted = tx.insert(Member.TYPE, List.of(middle));
                assertThatThrownBy(() -> tx.nested(() -> {
                            tx.insert(Member.TYPE, List.of(member()));
                            throw new IllegalStateException("undone");
                        }))
                        .hasMessage("undone");
                return inserted;
            });
            assertThat(kept).hasSize(1);
            assertThatThrownBy(() -> tx.nested(() -> {
                        List<Member> gone = tx.nested(() -> tx.insert(Member.TYPE, List.of(member())));
                        throw new IllegalStateException("undone with " + gone.size());
                    }))
                    .hasMessage("undone with 1");
        });
        assertThat(all(Member.TYPE)).containsExactly(outer.withVersion(1), middle.withVersion(1));
    }

    @Test
    @DisplayName("after a refusal inside nested work the transaction goes on from before it")
    void refusalInsideNested() {
        Member holder = insert(Member.TYPE, member(m -> m.code = "A"));
        Member stale = insert(Member.TYPE, member());
        Member newest = update(Member.TYPE, stale);
        run(tx -> {
            assertThatThrownBy(() -> tx.nested(() -> {
                        tx.insert(Member.TYPE, List.of(member()));
                        return tx.insert(Member.TYPE, List.of(member(m -> m.code = "A")));
                    }))
                    .isInstanceOf(DuplicateException.class);
            assertThatThrownBy(() -> tx.nested(() -> {
                        tx.insert(Member.TYPE, List.of(member()));
                        return tx.update(Member.TYPE, List.of(stale));
                    }))
                    .isInstanceOf(ConflictException.class);
            assertThatThrownBy(() -> tx.nested(() -> tx.insert(
                            Member.TYPE, List.of(member(), Member.of(holder.id().value())))))
                    .isInstanceOf(DuplicateException.class);
            assertThat(tx.list(Query.of(Member.TYPE))).containsExactly(holder, newest);
            tx.insert(Member.TYPE, List.of(member(m -> m.code = "B")));
        });
        assertThat(all(Member.TYPE)).hasSize(3);
    }

    @Test
    @DisplayName("after a refusal that the work swallows, the transaction is rolled back all the same, and throws it")
    void swallowedRefusal() {
        Member stale = insert(Member.TYPE, member());
        Member newest = update(Member.TYPE, stale);
        assertThatThrownBy(() -> run(tx -> {
                    tx.insert(Member.TYPE, List.of(member()));
                    assertThatThrownBy(() -> tx.update(Member.TYPE, List.of(stale)))
                            .isInstanceOf(ConflictException.class);
                }))
                .isInstanceOf(ConflictException.class);
        assertThat(all(Member.TYPE)).containsExactly(newest);
    }

    @Test
    @DisplayName("a transaction that has ended refuses every call")
    void useAfterTheEnd() {
        AtomicReference<StoreTransaction> escaped = new AtomicReference<>();
        run(escaped::set);
        StoreTransaction committed = escaped.get();
        assertThatThrownBy(() -> run(tx -> {
                    escaped.set(tx);
                    throw new IllegalArgumentException("undone");
                }))
                .hasMessage("undone");
        for (StoreTransaction ended : List.of(committed, escaped.get())) {
            assertThatThrownBy(() -> ended.insert(Member.TYPE, List.of(member())))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> ended.list(Query.of(Member.TYPE))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> ended.find(Member.TYPE, member().id())).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> ended.nested(() -> true)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(all(Member.TYPE)).isEmpty();
    }

    @Test
    @DisplayName("what is to run after the commit runs then, in order, and finds the committed state")
    void afterCommit() {
        List<String> ran = new ArrayList<>();
        run(tx -> {
            assertThat(tx.isJoined()).isFalse();
            assertThat(tx.afterCommit(
                            () -> ran.add("first sees " + all(Member.TYPE).size())))
                    .isTrue();
            assertThat(tx.afterCommit(
                            () -> ran.add("second on " + Thread.currentThread().getName())))
                    .isTrue();
            tx.insert(Member.TYPE, List.of(member()));
            assertThat(ran).isEmpty();
        });
        assertThat(ran)
                .containsExactly(
                        "first sees 1", "second on " + Thread.currentThread().getName());
    }

    @Test
    @DisplayName("nothing runs after a rollback, also not what nested work wanted that was undone")
    void afterRollback() {
        List<String> ran = new ArrayList<>();
        assertThatThrownBy(() -> run(tx -> {
                    tx.afterCommit(() -> ran.add("never"));
                    throw new IllegalStateException("undone");
                }))
                .hasMessage("undone");
        run(tx -> {
            assertThatThrownBy(() -> tx.nested(() -> {
                        tx.afterCommit(() -> ran.add("never either"));
                        throw new IllegalStateException("undone");
                    }))
                    .hasMessage("undone");
            Boolean registered = tx.nested(() -> tx.afterCommit(() -> ran.add("kept")));
            assertThat(registered).isTrue();
        });
        assertThat(ran).containsExactly("kept");
    }

    @Test
    @DisplayName("an action after the commit that throws disturbs neither the caller nor the next action")
    void afterCommitThrows() {
        List<String> ran = new ArrayList<>();
        run(tx -> {
            tx.afterCommit(() -> {
                throw new IllegalStateException("goes no further");
            });
            tx.afterCommit(() -> ran.add("next"));
            tx.insert(Member.TYPE, List.of(member()));
        });
        assertThat(ran).containsExactly("next");
        assertThat(all(Member.TYPE)).hasSize(1);
    }

    @Test
    @DisplayName("what one thread has committed the next one sees at once")
    void committedIsVisible() {
        CountDownLatch committed = new CountDownLatch(1);
        try (Rivals rivals = new Rivals()) {
            Future<List<Member>> seen = rivals.start(() -> {
                Rivals.await(committed);
                return all(Member.TYPE);
            });
            Member member = insert(Member.TYPE, member());
            committed.countDown();
            assertThat(Rivals.get(seen)).containsExactly(member);
        }
    }
}
