package dev.crmcore.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.ConflictException;
import dev.crmcore.context.DuplicateException;
import dev.crmcore.context.StoreException;
import dev.crmcore.store.Inserted;
import dev.crmcore.store.StoreTransaction;
import dev.crmcore.store.tck.Member.Contact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Writers of one record wait for each other, and none of them is lost. */
abstract class ConcurrencyCases extends StoreCases {

    private static final int THREADS = 8;

    ConcurrencyCases(StoreContract contract) {
        super(contract);
    }

    @Test
    @DisplayName("who locks a locked record waits, and then reads what the first has written")
    void lockWaitsForLock() {
        Member member = insert(Member.TYPE, member());
        assertThat(whileWritten(member, tx -> tx.lock(Member.TYPE, member.id()).orElseThrow())
                        .value())
                .isEqualTo("first");
    }

    @Test
    @DisplayName("who updates a locked record waits, and is refused because it changed")
    void updateWaitsForLock() {
        Member member = insert(Member.TYPE, member());
        assertThatThrownBy(() -> whileWritten(
                        member,
                        tx -> tx.update(Member.TYPE, List.of(member.with(m -> m.value = "second")))
                                .get(0)))
                .isInstanceOf(ConflictException.class);
        assertThat(find(member).value()).isEqualTo("first");
    }

    @Test
    @DisplayName("who deletes a locked record waits, and is refused because it changed")
    void deleteWaitsForLock() {
        Member member = insert(Member.TYPE, member());
        assertThatThrownBy(() -> whileWritten(member, tx -> {
                    tx.delete(Member.TYPE, member.id(), member.version());
                    return member;
                }))
                .isInstanceOf(ConflictException.class);
        assertThat(find(member).value()).isEqualTo("first");
    }

    @Test
    @DisplayName("who waited for a lock whose holder rolls back reads the old state")
    void lockAfterRollback() {
        Member member = insert(Member.TYPE, member(m -> m.value = "old"));
        try (Rivals rivals = new Rivals()) {
            List<Future<Member>> second = new ArrayList<>();
            assertThatThrownBy(() -> run(tx -> {
                        tx.lock(Member.TYPE, member.id());
                        tx.update(Member.TYPE, List.of(member.with(m -> m.value = "undone")));
                        second.add(rivals.start(() ->
                                in(other -> other.lock(Member.TYPE, member.id()).orElseThrow())));
                        assertThat(Rivals.finishesMeanwhile(second.get(0), tx, member.id()))
                                .isFalse();
                        throw new IllegalStateException("undone");
                    }))
                    .hasMessage("undone");
            assertThat(Rivals.get(second.get(0))).isEqualTo(member);
        }
    }

    @Test
    @DisplayName("who locks a record that is then deleted finds nothing")
    void lockAfterDelete() {
        Member member = insert(Member.TYPE, member());
        try (Rivals rivals = new Rivals()) {
            Future<Boolean> second = in(tx -> {
                tx.delete(Member.TYPE, member.id(), 1);
                Future<Boolean> rival = rivals.start(
                        () -> in(other -> other.lock(Member.TYPE, member.id()).isPresent()));
                assertThat(Rivals.finishesMeanwhile(rival, tx, member.id())).isFalse();
                return rival;
            });
            assertThat(Rivals.get(second)).isFalse();
        }
    }

    @Test
    @DisplayName("locks on different records do not wait for each other")
    void locksApart() {
        Member one = insert(Member.TYPE, member());
        Member two = insert(Member.TYPE, member());
        try (Rivals rivals = new Rivals()) {
            run(tx -> {
                tx.lock(Member.TYPE, one.id());
                Member updated = Rivals.get(rivals.start(() -> in(other -> {
                    other.lock(Member.TYPE, two.id());
                    return other.update(Member.TYPE, List.of(two)).get(0);
                })));
                assertThat(updated.version()).isEqualTo(2);
            });
        }
    }

    @Test
    @DisplayName("who inserts a key that another is about to take waits: refused after a commit, in after a rollback")
    void insertWaitsForTheSameKey() {
        for (boolean commits : List.of(true, false)) {
            String code = "commits " + commits;
            try (Rivals rivals = new Rivals()) {
                List<Future<Member>> second = new ArrayList<>();
                Runnable first = () -> run(tx -> {
                    tx.insert(Member.TYPE, List.of(member(m -> m.code = code)));
                    second.add(rivals.start(() -> insert(Member.TYPE, member(m -> m.code = code))));
                    assertThat(Rivals.finishesMeanwhile(second.get(0), tx, member().id()))
                            .isFalse();
                    if (!commits) {
                        throw new IllegalStateException("undone");
                    }
                });
                if (commits) {
                    first.run();
                    assertThatThrownBy(() -> Rivals.get(second.get(0))).isInstanceOf(DuplicateException.class);
                } else {
                    assertThatThrownBy(first::run).hasMessage("undone");
                    assertThat(Rivals.get(second.get(0)).version()).isEqualTo(1);
                }
            }
        }
        assertThat(all(Member.TYPE)).hasSize(2);
    }

    @Test
    @DisplayName("insert-if-absent waits for one who is about to take the key, and gives his record")
    void insertIfAbsentWaitsForTheSameKey() {
        try (Rivals rivals = new Rivals()) {
            Member first = member(m -> m.code = "A");
            Future<List<Inserted<Member>>> second = in(tx -> {
                tx.insert(Member.TYPE, List.of(first));
                Future<List<Inserted<Member>>> rival = rivals.start(() -> in(other ->
                        other.insertIfAbsent(Member.TYPE, List.of(member(m -> m.code = "A")), Member.BY_CODE)));
                assertThat(Rivals.finishesMeanwhile(rival, tx, first.id())).isFalse();
                return rival;
            });
            assertThat(Rivals.get(second)).containsExactly(new Inserted<>(first.withVersion(1), false));
        }
    }

    @Test
    @DisplayName("of eight who insert one key at once one gets in")
    void raceForAKey() {
        List<Boolean> in = Rivals.race(THREADS, i -> {
            try {
                Member mine = member(m -> {
                    m.code = "A";
                    m.contacts = List.of(Contact.known("shop", "1"));
                });
                return Rivals.retried(() -> insert(Member.TYPE, mine)).version() == 1;
            } catch (DuplicateException e) {
                return false;
            }
        });
        assertThat(in).containsOnlyOnce(true);
        assertThat(all(Member.TYPE)).hasSize(1);
    }

    @Test
    @DisplayName("of eight who insert one key if absent one gets in, and all are given his record")
    void raceForAKeyIfAbsent() {
        List<Inserted<Member>> outcomes = Rivals.race(
                THREADS,
                i -> Rivals.retried(() -> in(tx ->
                                tx.insertIfAbsent(Member.TYPE, List.of(member(m -> m.code = "A")), Member.BY_CODE))
                        .get(0)));
        List<Member> kept = all(Member.TYPE);
        assertThat(kept).hasSize(1);
        assertThat(outcomes).extracting(Inserted::isNew).containsOnlyOnce(true);
        assertThat(outcomes).extracting(Inserted::entity).containsOnly(kept.get(0));
    }

    @Test
    @DisplayName("eight deliveries of the same twenty facts in different orders make twenty facts")
    void raceOfDeliveries() {
        List<Long> fresh = Rivals.race(THREADS, i -> {
            List<String> codes = new ArrayList<>(
                    IntStream.range(0, 20).mapToObj(n -> "fact " + n).toList());
            Collections.shuffle(codes, new Random(i));
            List<Member> delivered =
                    codes.stream().map(code -> member(m -> m.code = code)).toList();
            return Rivals.retried(() -> in(tx -> tx.insertIfAbsent(Member.TYPE, delivered, Member.BY_CODE).stream()
                    .filter(Inserted::isNew)
                    .count()));
        });
        assertThat(fresh.stream().mapToLong(n -> n).sum()).isEqualTo(20);
        assertThat(all(Member.TYPE))
                .extracting(Member::code)
                .doesNotHaveDuplicates()
                .hasSize(20);
    }

    @Test
    @DisplayName("no addition is lost when eight add to one record under its lock")
    void noUpdateIsLostUnderLocks() {
        Member owner = insert(Member.TYPE, member());
        Account account = insert(Account.TYPE, Account.of(ids.next(), owner.id(), 0));
        Rivals.race(THREADS, i -> {
            for (int n = 0; n < 5; n++) {
                Rivals.retried(() ->
                        in(tx -> add(tx, tx.lock(Account.TYPE, account.id()).orElseThrow())));
            }
            return true;
        });
        assertThat(all(Account.TYPE)).extracting(Account::points).containsExactly(THREADS * 5L);
    }

    @Test
    @DisplayName("no addition is lost when eight add to one record by version and try again when refused")
    void noUpdateIsLostByVersion() {
        Member owner = insert(Member.TYPE, member());
        Account account = insert(Account.TYPE, Account.of(ids.next(), owner.id(), 0));
        Rivals.race(THREADS, i -> {
            for (int n = 0; n < 5; n++) {
                while (!addedByVersion(account)) {
                    Thread.onSpinWait();
                }
            }
            return true;
        });
        assertThat(all(Account.TYPE))
                .containsExactly(account.withPoints(THREADS * 5L).withVersion(THREADS * 5L + 1));
    }

    private boolean addedByVersion(Account account) {
        try {
            return Rivals.retried(() ->
                    in(tx -> add(tx, tx.find(Account.TYPE, account.id()).orElseThrow())));
        } catch (ConflictException e) {
            return false;
        }
    }

    private static boolean add(StoreTransaction tx, Account account) {
        return !tx.update(Account.TYPE, List.of(account.withPoints(account.points() + 1)))
                .isEmpty();
    }

    @Test
    @DisplayName("two who lock two records in opposite orders: one is told to try again, and can")
    void deadlockOfLocks() {
        assertDeadlockIsResolved((tx, account) -> tx.lock(Account.TYPE, account.id()));
    }

    @Test
    @DisplayName("two who update two records in opposite orders: one is told to try again, and can")
    void deadlockOfUpdates() {
        assertDeadlockIsResolved((tx, account) -> tx.update(Account.TYPE, List.of(account)));
    }

    private void assertDeadlockIsResolved(BiConsumer<StoreTransaction, Account> taking) {
        Member owner = insert(Member.TYPE, member());
        List<Account> accounts = insertAll(
                Account.TYPE, List.of(Account.of(ids.next(), owner.id(), 0), Account.of(ids.next(), owner.id(), 0)));
        CountDownLatch bothHaveOne = new CountDownLatch(2);
        List<Boolean> done = Rivals.race(2, i -> {
            try {
                run(tx -> {
                    taking.accept(tx, accounts.get(i));
                    bothHaveOne.countDown();
                    Rivals.await(bothHaveOne);
                    taking.accept(tx, accounts.get(1 - i));
                });
                return true;
            } catch (StoreException e) {
                assertThat(e.isTransient()).as("a deadlock is transient").isTrue();
                return false;
            } catch (ConflictException e) {
                // The one that went on after the other's commit may find that it came too late
                return false;
            }
        });
        assertThat(done).contains(false);
        run(tx -> {
            List<Account> newest =
                    tx.findAll(Account.TYPE, accounts.stream().map(Account::id).toList());
            newest.forEach(account -> taking.accept(tx, account));
        });
    }

    @Test
    @DisplayName("readers in the middle of many transfers see every sum whole")
    void oneOperationSeesOneState() {
        Member owner = insert(Member.TYPE, member());
        List<Account> accounts = insertAll(
                Account.TYPE,
                IntStream.range(0, 6)
                        .mapToObj(i -> Account.of(ids.next(), owner.id(), 100))
                        .toList());
        Function<Integer, Boolean> transfers = seed -> {
            Random random = new Random(seed);
            for (int n = 0; n < 10; n++) {
                int from = random.nextInt(5);
                int to = from + 1 + random.nextInt(5 - from);
                Rivals.retried(() -> in(tx -> {
                    Account giver =
                            tx.lock(Account.TYPE, accounts.get(from).id()).orElseThrow();
                    Account taker = tx.lock(Account.TYPE, accounts.get(to).id()).orElseThrow();
                    return tx.update(
                            Account.TYPE,
                            List.of(giver.withPoints(giver.points() - 1), taker.withPoints(taker.points() + 1)));
                }));
            }
            return true;
        };
        Function<Integer, Boolean> reads = seed -> {
            for (int n = 0; n < 20; n++) {
                assertThat(all(Account.TYPE).stream().mapToLong(Account::points).sum())
                        .isEqualTo(600);
            }
            return true;
        };
        assertThat(Rivals.race(THREADS, i -> (i % 2 == 0 ? transfers : reads).apply(i)))
                .doesNotContain(false);
    }

    /** One transaction locks and changes a member; another one does something with it meanwhile and has to wait. */
    private Member whileWritten(Member member, Function<StoreTransaction, Member> rivalWork) {
        try (Rivals rivals = new Rivals()) {
            Future<Member> second = in(tx -> {
                Member locked = tx.lock(Member.TYPE, member.id()).orElseThrow();
                Future<Member> rival = rivals.start(() -> in(rivalWork));
                assertThat(Rivals.finishesMeanwhile(rival, tx, member.id()))
                        .as("the second has to wait until the first has ended")
                        .isFalse();
                tx.update(Member.TYPE, List.of(locked.with(m -> m.value = "first")));
                return rival;
            });
            return Rivals.get(second);
        }
    }
}
