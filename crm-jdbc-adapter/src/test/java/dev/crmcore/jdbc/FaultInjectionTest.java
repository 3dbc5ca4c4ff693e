package dev.crmcore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmcore.context.CrmException;
import dev.crmcore.context.StoreException;
import dev.crmcore.query.Query;
import dev.crmcore.store.Assignment;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.Lease;
import dev.crmcore.store.LogPosition;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.LoggedEvent;
import dev.crmcore.store.StoreTransaction;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each use case, with each of its statements failing in turn: all or nothing, and every connection given back. */
@DisplayName("A database that fails in the middle")
class FaultInjectionTest extends BuyerCases {

    enum UseCase {
        INSERT(tx -> tx.insert(Buyer.TYPE, List.of(Buyer.of(10), Buyer.of(11)))),
        INSERT_IF_ABSENT(tx -> tx.insertIfAbsent(Buyer.TYPE, List.of(Buyer.of(1), Buyer.of(10)), Buyer.BY_CODE)),
        INSERT_IF_ABSENT_BY_ELEMENTS(
                tx -> tx.insertIfAbsent(Buyer.TYPE, List.of(Buyer.of(1), Buyer.of(10)), Buyer.BY_ADDRESS)),
        UPDATE(tx -> tx.update(
                Buyer.TYPE,
                List.of(Buyer.of(1).withValue(7L).withTags("x"), Buyer.of(2).withTags()))),
        DELETE(tx -> tx.delete(Buyer.TYPE, Buyer.of(1).id(), 1)),
        UPDATE_ALL(tx -> tx.updateAll(
                Query.of(Buyer.TYPE), List.of(Assignment.set(Buyer.VALUE, 9L), Assignment.clear(Buyer.TAGS)))),
        DELETE_ALL(tx -> tx.deleteAll(Query.of(Buyer.TYPE).where(Buyer.VALUE.lessThan(2L)))),
        CLAIM(tx -> tx.claim(Query.of(Buyer.TYPE).limit(2), new Lease("worker", NOW, NOW.plusSeconds(1)))),
        NESTED(tx -> {
            tx.nested(() -> tx.insert(Buyer.TYPE, List.of(Buyer.of(10))));
            tx.append(List.of(event(10)));
            tx.delete(Buyer.TYPE, Buyer.of(2).id(), 1);
        });

        @SuppressWarnings("ImmutableEnumChecker") // the lambdas capture nothing
        private final Consumer<StoreTransaction> work;

        UseCase(Consumer<StoreTransaction> work) {
            this.work = work;
        }
    }

    private static Stream<Arguments> cases() {
        return Stream.of(TestDatabase.H2_MEMORY, TestDatabase.POSTGRESQL)
                .flatMap(database -> Stream.of(UseCase.values()).map(useCase -> Arguments.of(database, useCase)));
    }

    /** What there is to see from outside. */
    private record State(List<Buyer> buyers, List<LoggedEvent> log) {
        static State of(CrmStore store) {
            return new State(all(store), store.readLog(ACME, LogQuery.after(LogPosition.START, 100)));
        }
    }

    private static DataSource prepared(TestDatabase database) {
        DataSource dataSource = database.create();
        CrmStore store = JdbcStore.open(dataSource, CATALOG);
        run(store, tx -> {
            tx.insert(Buyer.TYPE, List.of(Buyer.of(1), Buyer.of(2), Buyer.of(3)));
            tx.append(List.of(event(1)));
        });
        return dataSource;
    }

    private static void eachFault(
            DataSource dataSource, Consumer<CrmStore> work, BiConsumer<Integer, RecordingDataSource> afterFault) {
        int faults = 0;
        for (int n = 1; ; n++) {
            RecordingDataSource recording = new RecordingDataSource(dataSource);
            CrmStore store = JdbcStore.builder(ConnectionProvider.of(recording.dataSource()), CATALOG)
                    .schemaPolicy(SchemaPolicy.NONE)
                    .open();
            recording.failAt(n);
            boolean refused = false;
            try {
                work.accept(store);
            } catch (CrmException e) {
                refused = true;
                assertThat(e)
                        .isInstanceOfSatisfying(
                                StoreException.class,
                                failure -> assertThat(failure.isTransient()).isTrue());
            }
            assertThat(recording.openConnections()).as("fault %s", n).isZero();
            if (!recording.hasFailed()) {
                assertThat(refused).isFalse();
                break;
            }
            assertThat(refused).as("fault %s", n).isTrue();
            faults++;
            afterFault.accept(n, recording);
        }
        assertThat(faults).isGreaterThan(1);
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName("leaves nothing of a transaction, and no connection open")
    void allOrNothing(TestDatabase database, UseCase useCase) {
        DataSource dataSource = prepared(database);
        CrmStore observer = JdbcStore.open(dataSource, CATALOG);
        State before = State.of(observer);
        eachFault(
                dataSource,
                store -> run(store, useCase.work),
                (n, recording) ->
                        assertThat(State.of(observer)).as("fault %s", n).isEqualTo(before));
        assertThat(State.of(observer)).isNotEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("cannot make a reader of the log miss an event or see one twice")
    void log(TestDatabase database) {
        DataSource dataSource = prepared(database);
        CrmStore writer = JdbcStore.open(dataSource, CATALOG);
        run(writer, tx -> tx.append(List.of(event(2), event(3))));
        eachFault(
                dataSource,
                store -> assertThat(store.readLog(ACME, LogQuery.after(LogPosition.START, 100)))
                        .hasSizeBetween(3, 100),
                (n, recording) -> run(writer, tx -> tx.append(List.of(event(100 + n)))));
        List<LoggedEvent> log = writer.readLog(ACME, LogQuery.after(LogPosition.START, 100));
        assertThat(log).extracting(logged -> logged.event().id()).doesNotHaveDuplicates();
        assertThat(log).extracting(LoggedEvent::position).isSorted().doesNotHaveDuplicates();
        assertThat(log.subList(0, 3)).extracting(LoggedEvent::event).containsExactly(event(1), event(2), event(3));
    }
}
