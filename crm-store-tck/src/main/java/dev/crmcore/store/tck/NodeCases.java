package dev.crmcore.store.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmcore.context.DuplicateException;
import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.EventRecord;
import dev.crmcore.store.Lease;
import dev.crmcore.store.LogPosition;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.LoggedEvent;
import dev.crmcore.store.StoreCapabilities.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Several nodes of an application work on one database, each with a store of its own. */
abstract class NodeCases extends StoreCases {

    private static final int ALL = 10_000;

    NodeCases(StoreContract contract) {
        super(contract);
    }

    @Test
    @DisplayName("what one node has committed the other sees, and keys are unique over both")
    void oneDatabase() {
        assume(Capability.DURABLE);
        try (CrmStore other = open(KitTypes.CATALOG)) {
            Member here = insert(Member.TYPE, member(m -> m.code = "A"));
            assertThat(other.<List<Member>>inTransaction(tenant, tx -> tx.list(Query.of(Member.TYPE))))
                    .containsExactly(here);
            List<Boolean> inserted = Rivals.race(4, i -> {
                try {
                    (i % 2 == 0 ? store() : other)
                            .<List<Member>>inTransaction(
                                    tenant, tx -> tx.insert(Member.TYPE, List.of(member(m -> m.code = "B"))));
                    return true;
                } catch (DuplicateException e) {
                    return false;
                }
            });
            assertThat(inserted).containsOnlyOnce(true);
        }
    }

    @Test
    @DisplayName("workers of two nodes never get the same work")
    void claims() {
        assume(Capability.DURABLE);
        insertAll(
                Task.TYPE,
                IntStream.range(0, 40)
                        .mapToObj(i -> Task.of(ids.next(), NOW.minusSeconds(i)))
                        .toList());
        Query<Task> due =
                Query.of(Task.TYPE).orderBy(Order.ascending(Task.DUE_AT)).limit(3);
        try (CrmStore other = open(KitTypes.CATALOG)) {
            List<List<Task>> taken = Rivals.race(4, i -> {
                CrmStore node = i % 2 == 0 ? store() : other;
                List<Task> mine = new ArrayList<>();
                for (int n = 0; n < 5; n++) {
                    List<Task> claimed = Rivals.retried(() -> node.<List<Task>>inTransaction(
                            tenant, tx -> tx.claim(due, new Lease("worker " + i, NOW, NOW.plusSeconds(60)))));
                    mine.addAll(claimed);
                }
                return mine;
            });
            assertThat(taken.stream().flatMap(List::stream).map(Task::id)).doesNotHaveDuplicates();
        }
    }

    @Test
    @DisplayName("readers on two nodes read one log: the same events at the same positions, none late")
    void logs() {
        assume(Capability.DURABLE);
        try (CrmStore other = open(KitTypes.CATALOG)) {
            int writers = 4;
            int each = 10;
            List<List<LoggedEvent>> read = Rivals.race(writers + 2, i -> {
                CrmStore node = i % 2 == 0 ? store() : other;
                if (i >= writers) {
                    return readAll(node, writers * each);
                }
                for (int n = 0; n < each; n++) {
                    EventRecord event = LogCases.event(ids.next(), ids.next(), "job:" + i);
                    Boolean done = Rivals.retried(() -> node.<Boolean>inTransaction(tenant, tx -> {
                        tx.append(List.of(event));
                        return true;
                    }));
                    assertThat(done).isTrue();
                }
                return List.of();
            });
            assertThat(read.get(writers)).hasSize(writers * each).isEqualTo(read.get(writers + 1));
            assertThat(store().readLog(tenant, LogQuery.after(LogPosition.START, ALL)))
                    .isEqualTo(read.get(writers));
        }
    }

    private List<LoggedEvent> readAll(CrmStore node, int count) {
        List<LoggedEvent> read = new ArrayList<>();
        while (read.size() < count && !Thread.currentThread().isInterrupted()) {
            LogPosition last = read.isEmpty()
                    ? LogPosition.START
                    : read.get(read.size() - 1).position();
            read.addAll(node.readLog(tenant, LogQuery.after(last, 7)));
        }
        return read;
    }
}
