package dev.crmcore.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.ConflictException;
import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.store.Assignment;
import dev.crmcore.store.Lease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Due work has one worker at a time, and none is lost when a worker dies. */
abstract class ClaimCases extends StoreCases {

    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Query<Task> OPEN =
            Query.of(Task.TYPE).where(Task.STATE.is(Task.State.OPEN)).orderBy(Order.ascending(Task.DUE_AT));

    ClaimCases(StoreContract contract) {
        super(contract);
    }

    private List<Task> tasks(int count) {
        return insertAll(
                Task.TYPE,
                IntStream.range(0, count)
                        .mapToObj(i -> Task.of(ids.next(), NOW.minusSeconds(i)))
                        .toList());
    }

    private List<Task> claim(Query<Task> query, Lease lease) {
        return in(tx -> tx.claim(query, lease));
    }

    private static Lease lease(String owner) {
        return new Lease(owner, NOW, LATER);
    }

    @Test
    @DisplayName("a claim takes the first of its order that fulfil its condition, at new versions")
    void takesTheFirst() {
        List<Task> tasks = tasks(5);
        update(Task.TYPE, tasks.get(4).done("nobody"));
        List<Task> taken = claim(OPEN.limit(2), lease("a"));
        assertThat(taken)
                .extracting(Task::id)
                .containsExactly(tasks.get(3).id(), tasks.get(2).id());
        assertThat(taken).extracting(Task::version).containsExactly(2L, 2L);
        List<Task> kept =
                in(tx -> tx.findAll(Task.TYPE, taken.stream().map(Task::id).toList()));
        assertThat(kept).isEqualTo(taken);
    }

    @Test
    @DisplayName("what is under a lease is not taken again, also by its own worker, until the lease ends")
    void leasesExclude() {
        tasks(3);
        assertThat(claim(OPEN.limit(2), lease("a"))).hasSize(2);
        assertThat(claim(OPEN, lease("a"))).hasSize(1);
        assertThat(claim(OPEN, lease("b"))).isEmpty();
        Instant justBefore = LATER.minusNanos(1_000);
        assertThat(claim(OPEN, new Lease("b", justBefore, LATER.plusSeconds(60))))
                .isEmpty();
    }

    @Test
    @DisplayName("a lease that ends at the moment of taking is expired: another worker takes over")
    void expiredLeases() {
        tasks(3);
        List<Task> dead = claim(OPEN, lease("dead"));
        List<Task> taken = claim(OPEN, new Lease("next", LATER, LATER.plusSeconds(60)));
        assertThat(taken)
                .extracting(Task::id)
                .isEqualTo(dead.stream().map(Task::id).toList());
        assertThat(taken).extracting(Task::version).containsOnly(3L);
    }

    @Test
    @DisplayName("a worker whose lease was taken over can no longer write, and changes nothing")
    void staleWorkers() {
        tasks(1);
        Task slow = claim(OPEN, lease("slow")).get(0);
        Task quick =
                claim(OPEN, new Lease("quick", LATER, LATER.plusSeconds(60))).get(0);
        assertThatThrownBy(() -> update(Task.TYPE, slow.done("slow"))).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> run(tx -> tx.delete(Task.TYPE, slow.id(), slow.version())))
                .isInstanceOf(ConflictException.class);
        Task done = update(Task.TYPE, quick.done("quick"));
        assertThat(all(Task.TYPE)).containsExactly(done);
    }

    @Test
    @DisplayName("an update ends the lease")
    void updateEndsTheLease() {
        tasks(1);
        Task taken = claim(OPEN, lease("a")).get(0);
        Task given = update(Task.TYPE, taken);
        assertThat(claim(OPEN, lease("b"))).singleElement().satisfies(task -> {
            assertThat(task.id()).isEqualTo(given.id());
            assertThat(task.version()).isEqualTo(given.version() + 1);
        });
    }

    @Test
    @DisplayName("a change of many at once lets their leases stand, and their worker reads them again to write")
    void changesOfManyKeepTheLease() {
        Task before = tasks(1).get(0);
        Task taken = claim(OPEN, lease("a")).get(0);
        Member.Id member = new Member.Id(ids.next());
        run(tx -> assertThat(tx.updateAll(Query.of(Task.TYPE), List.of(Assignment.set(Task.MEMBER, member))))
                .isEqualTo(1));
        assertThat(claim(OPEN, lease("b"))).isEmpty();
        assertThatThrownBy(() -> update(Task.TYPE, taken.done("a"))).isInstanceOf(ConflictException.class);
        Task read = in(tx -> tx.find(Task.TYPE, before.id())).orElseThrow();
        assertThat(read.member()).isEqualTo(member);
        assertThat(read.version()).isEqualTo(taken.version() + 1);
        Task done = update(Task.TYPE, read.done("a"));
        assertThat(all(Task.TYPE)).containsExactly(done);
        assertThat(claim(OPEN, new Lease("c", LATER, LATER.plusSeconds(60)))).isEmpty();
    }

    @Test
    @DisplayName("a claim that is rolled back was none")
    void rolledBackClaim() {
        List<Task> tasks = tasks(2);
        assertThatThrownBy(() -> run(tx -> {
                    assertThat(tx.claim(OPEN, lease("a"))).hasSize(2);
                    throw new IllegalStateException("undone");
                }))
                .hasMessage("undone");
        assertThat(all(Task.TYPE)).isEqualTo(tasks);
        assertThat(claim(OPEN, lease("b"))).hasSize(2);
    }

    @Test
    @DisplayName("a claim skips what another transaction holds, by claim, lock or write, and does not wait")
    void heldRecordsAreSkipped() {
        List<Task> tasks = tasks(6);
        try (Rivals rivals = new Rivals()) {
            run(tx -> {
                List<Task> first = tx.claim(OPEN.limit(1), lease("a"));
                tx.lock(Task.TYPE, tasks.get(4).id());
                tx.update(Task.TYPE, List.of(tasks.get(3)));
                List<Task> second = Rivals.get(rivals.start(() -> claim(OPEN, lease("b"))));
                assertThat(first)
                        .extracting(Task::id)
                        .containsExactly(tasks.get(5).id());
                assertThat(second)
                        .extracting(Task::id)
                        .containsExactly(
                                tasks.get(2).id(),
                                tasks.get(1).id(),
                                tasks.get(0).id());
            });
        }
    }

    @Test
    @DisplayName("eight workers, each task has one of them")
    void eightWorkers() {
        List<Task> tasks = tasks(60);
        List<List<Task>> byWorker = Rivals.race(8, i -> {
            String worker = "worker " + i;
            List<Task> mine = new ArrayList<>();
            // A claim may come back empty because all that is left is held just now: only what is left says when to end
            while (in(tx -> tx.count(OPEN)) > 0L) {
                List<Task> taken = Rivals.retried(() -> claim(OPEN.limit(4), lease(worker)));
                mine.addAll(taken);
                List<Task> done = taken.stream().map(task -> task.done(worker)).toList();
                List<Task> written = Rivals.retried(() -> in(tx -> tx.update(Task.TYPE, done)));
                assertThat(written).hasSize(taken.size());
            }
            return mine;
        });
        assertThat(byWorker.stream().flatMap(List::stream).map(Task::id))
                .containsExactlyInAnyOrderElementsOf(
                        tasks.stream().map(Task::id).toList());
        for (Task task : all(Task.TYPE)) {
            int worker = Integer.parseInt(String.valueOf(task.doneBy()).substring("worker ".length()));
            assertThat(byWorker.get(worker)).extracting(Task::id).contains(task.id());
            assertThat(task.version()).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("a worker that dies after the commit of its claim loses nothing: the others do all of its work later")
    void dyingWorker() {
        List<Task> tasks = tasks(10);
        List<Task> dead = claim(OPEN.limit(4), lease("dead"));
        List<Task> before = claim(OPEN, lease("alive"));
        List<Task> after = claim(OPEN.limit(4), new Lease("alive", LATER, LATER.plusSeconds(60)));
        assertThat(before).extracting(Task::id).doesNotContainAnyElementsOf(ids(dead));
        assertThat(finish(before)).hasSize(6);
        assertThat(ids(after)).containsExactlyElementsOf(ids(dead));
        assertThat(finish(after)).hasSize(4);
        assertThat(all(Task.TYPE)).hasSize(tasks.size()).extracting(Task::state).containsOnly(Task.State.DONE);
    }

    private List<Task> finish(List<Task> tasks) {
        return in(tx ->
                tx.update(Task.TYPE, tasks.stream().map(t -> t.done("alive")).toList()));
    }

    private static List<Task.Id> ids(List<Task> tasks) {
        return tasks.stream().map(Task::id).toList();
    }

    @Test
    @DisplayName("records of a type that is not claimable cannot be claimed")
    void notClaimable() {
        insert(Member.TYPE, member());
        assertThatThrownBy(() -> in(tx -> tx.claim(Query.of(Member.TYPE), lease("a"))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(all(Member.TYPE)).extracting(Member::version).containsExactly(1L);
    }
}
