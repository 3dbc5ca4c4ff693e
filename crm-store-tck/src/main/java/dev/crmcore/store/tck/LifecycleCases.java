package dev.crmcore.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.query.ElementType;
import dev.crmcore.query.Query;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.LogPosition;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.StoreTransaction;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Opening, closing, and a caller's slips. */
abstract class LifecycleCases extends StoreCases {

    LifecycleCases(StoreContract contract) {
        super(contract);
    }

    @Test
    @DisplayName("a closed store refuses everything, and can be closed again; others stay open")
    void closed() {
        CrmStore store = open(KitTypes.CATALOG);
        store.close();
        store.close();
        assertThatThrownBy(() -> store.<Boolean>inTransaction(tenant, tx -> true))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.readLog(tenant, LogQuery.after(LogPosition.START, 1)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(store::tenants).isInstanceOf(IllegalStateException.class);
        assertThat(insert(Member.TYPE, member()).version()).isEqualTo(1);
    }

    @Test
    @DisplayName("what the work gives is what the caller gets")
    void resultOfTheWork() {
        Object result = new Object();
        assertThat(this.<Object>in(tx -> result)).isSameAs(result);
    }

    @Test
    @DisplayName("a null is refused by name or not, but refused, before anything is done")
    @SuppressWarnings("NullAway") // nulls are the point
    void nulls() {
        assertThatNullPointerException().isThrownBy(() -> store().<Boolean>inTransaction(null, tx -> true));
        assertThatNullPointerException().isThrownBy(() -> store().<Boolean>inTransaction(tenant, null));
        assertThatNullPointerException().isThrownBy(() -> store().readLog(null, LogQuery.after(LogPosition.START, 1)));
        assertThatNullPointerException().isThrownBy(() -> store().readLog(tenant, null));
        List<Consumer<StoreTransaction>> slips = List.of(
                tx -> tx.find(null, member().id()),
                tx -> tx.find(Member.TYPE, null),
                tx -> tx.findAll(Member.TYPE, null),
                tx -> tx.lock(Member.TYPE, null),
                tx -> tx.insert(Member.TYPE, null),
                tx -> tx.insert(null, List.of(member())),
                tx -> tx.insertIfAbsent(Member.TYPE, List.of(member()), null),
                tx -> tx.update(Member.TYPE, null),
                tx -> tx.delete(Member.TYPE, null, 1),
                tx -> tx.updateAll(null, Member.TYPE.blanking()),
                tx -> tx.updateAll(Query.of(Member.TYPE), null),
                tx -> tx.deleteAll(null),
                tx -> tx.list(null),
                tx -> tx.count(null),
                tx -> tx.scan(null, List.of(Member.ORDER)),
                tx -> tx.scan(Query.of(Member.TYPE), null),
                tx -> tx.group(Query.of(Member.TYPE), null, List.of()),
                tx -> tx.claim(Query.of(Task.TYPE), null),
                tx -> tx.append(null),
                tx -> tx.nested(null),
                tx -> tx.afterCommit(null));
        for (int i = 0; i < slips.size(); i++) {
            Consumer<StoreTransaction> slip = slips.get(i);
            assertThatThrownBy(() -> run(slip)).as("slip " + i).isInstanceOf(NullPointerException.class);
        }
        assertThat(all(Member.TYPE)).isEmpty();
    }

    @Test
    @DisplayName("a scan without columns, and a question about what is not stored, are refused")
    void slips() {
        assertThatThrownBy(() ->
                        run(tx -> tx.scan(Query.of(Member.TYPE), List.of()).close()))
                .isInstanceOf(IllegalArgumentException.class);
        ElementType<Member.Contact> notStored = Member.Contact.TYPE;
        assertThatThrownBy(() -> run(tx -> tx.list(Query.of(notStored)))).isInstanceOf(IllegalArgumentException.class);
    }
}
