package dev.crmcore.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.ConflictException;
import dev.crmcore.context.TenantId;
import dev.crmcore.query.Aggregate;
import dev.crmcore.query.Comparison;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Field;
import dev.crmcore.query.Query;
import dev.crmcore.query.Related;
import dev.crmcore.store.Assignment;
import dev.crmcore.store.Lease;
import dev.crmcore.store.LogPosition;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.RowCursor;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The records of two tenants never meet. */
abstract class TenantCases extends StoreCases {

    private final TenantId stranger = newTenant();

    TenantCases(StoreContract contract) {
        super(contract);
    }

    @Test
    @DisplayName("a stranger reads nothing, in no way of reading")
    void strangersReadNothing() {
        Member member = insert(Member.TYPE, member(m -> m.tags = List.of("a")));
        run(stranger, tx -> {
            assertThat(tx.find(Member.TYPE, member.id())).isEmpty();
            assertThat(tx.findAll(Member.TYPE, List.of(member.id()))).isEmpty();
            assertThat(tx.lock(Member.TYPE, member.id())).isEmpty();
            assertThat(tx.list(Query.of(Member.TYPE))).isEmpty();
            assertThat(tx.list(Query.of(Member.TYPE)
                            .where(Member.TYPE.idField().is(member.id().value()))))
                    .isEmpty();
            assertThat(tx.list(Query.of(Member.TYPE)
                            .where(Condition.anyOf(List.of(Member.TAGS.contains("a"), Member.VALUE.isAbsent())))))
                    .isEmpty();
            assertThat(tx.count(Query.of(Member.TYPE))).isZero();
            try (RowCursor rows = tx.scan(Query.of(Member.TYPE), List.of(Member.VALUE))) {
                assertThat(rows.next()).isFalse();
            }
            try (RowCursor rows = tx.scanElements(
                    Query.of(Member.TYPE),
                    Member.TAGS,
                    List.of(),
                    Member.TAGS.element().fields())) {
                assertThat(rows.next()).isFalse();
            }
            try (RowCursor rows = tx.group(Query.of(Member.TYPE), List.of(), List.of(Aggregate.count()))) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(0)).isZero();
            }
        });
    }

    @Test
    @DisplayName("a stranger changes nothing, in no way of writing")
    void strangersChangeNothing() {
        Member member = insert(Member.TYPE, member(m -> m.tags = List.of("a")));
        insert(Task.TYPE, Task.of(ids.next(), NOW));
        assertThatThrownBy(() -> run(stranger, tx -> tx.update(Member.TYPE, List.of(member))))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> run(stranger, tx -> tx.delete(Member.TYPE, member.id(), 1)))
                .isInstanceOf(ConflictException.class);
        run(stranger, tx -> {
            assertThat(tx.updateAll(
                            Query.of(Member.TYPE),
                            List.of(Assignment.set(Member.VALUE, "mine"), Assignment.clear(Member.TAGS))))
                    .isZero();
            assertThat(tx.deleteAll(Query.of(Member.TYPE))).isZero();
            assertThat(tx.claim(Query.of(Task.TYPE), new Lease("stranger", NOW, NOW.plusSeconds(60))))
                    .isEmpty();
        });
        assertThat(find(member)).isEqualTo(member);
        assertThat(all(Task.TYPE)).extracting(Task::version).containsExactly(1L);
    }

    @Test
    @DisplayName("two tenants may have records of one id, with elements of their own")
    void sameIdInTwoTenants() {
        Member ours = insert(Member.TYPE, member(m -> m.tags = List.of("ours")));
        Member theirs = Member.of(ours.id().value()).with(m -> m.tags = List.of("theirs", "too"));
        run(stranger, tx -> assertThat(tx.insert(Member.TYPE, List.of(theirs))).hasSize(1));
        assertThat(find(ours)).isEqualTo(ours);
        run(stranger, tx -> {
            assertThat(tx.find(Member.TYPE, ours.id())).contains(theirs.withVersion(1));
            tx.updateAll(Query.of(Member.TYPE), List.of(Assignment.replace(Member.TAGS, tagItem(), "too", "changed")));
        });
        run(tx -> tx.delete(Member.TYPE, ours.id(), 1));
        run(
                stranger,
                tx -> assertThat(tx.find(Member.TYPE, ours.id()).orElseThrow().tags())
                        .containsExactly("theirs", "changed"));
    }

    @SuppressWarnings("unchecked") // a set of texts has elements of one field of text
    private static Field<String, String> tagItem() {
        return (Field<String, String>) Member.TAGS.element().field("item");
    }

    @Test
    @DisplayName("a figure over related records counts one's own only")
    void relatedRecordsAreOnesOwn() {
        Member member = insert(Member.TYPE, member());
        insert(Sale.TYPE, Sale.of(ids.next(), member.id(), NOW));
        run(stranger, tx -> {
            tx.insert(Member.TYPE, List.of(Member.of(member.id().value())));
            tx.insert(Sale.TYPE, List.of(Sale.of(ids.next(), member.id(), NOW), Sale.of(ids.next(), member.id(), NOW)));
        });
        Condition<Member> one =
                Related.to(Member.TYPE, Sale.TYPE, Sale.MEMBER).having(Aggregate.count(), Comparison.EQUAL, 1L);
        assertThat(list(Query.of(Member.TYPE).where(one))).containsExactly(member);
        run(
                stranger,
                tx -> assertThat(tx.list(Query.of(Member.TYPE).where(one))).isEmpty());
    }

    @Test
    @DisplayName("a stranger reads no events")
    void logsApart() {
        LogCases.append(this, tenant, LogCases.event(ids.next(), ids.next(), "agent:1"));
        LogCases.awaitLog(this, tenant, 1);
        assertThat(store().readLog(stranger, LogQuery.after(LogPosition.START, 10)))
                .isEmpty();
    }

    @Test
    @DisplayName("tenants that have written are listed in the order of their names, those that only read are not")
    void tenantsAreListed() {
        TenantId upper = TenantId.of("KIT-" + tenant.value());
        TenantId reader = newTenant();
        insert(Member.TYPE, member());
        run(upper, tx -> tx.insert(Member.TYPE, List.of(member())));
        run(reader, tx -> tx.list(Query.of(Member.TYPE)));
        assertThat(store().tenants())
                .contains(upper, tenant)
                .doesNotContain(reader)
                .isSorted();
    }
}
