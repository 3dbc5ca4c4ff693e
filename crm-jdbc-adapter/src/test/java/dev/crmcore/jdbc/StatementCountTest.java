package dev.crmcore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.store.Assignment;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.Lease;
import dev.crmcore.store.LogPosition;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.StoreTransaction;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many statements a use case sends: a figure that stays what it is on every machine. */
@DisplayName("Statements for each use case")
class StatementCountTest extends BuyerCases {

    private RecordingDataSource recording;
    private CrmStore store;

    private void open(TestDatabase database) {
        recording = new RecordingDataSource(database.create());
        store = JdbcStore.open(recording.dataSource(), CATALOG);
        run(store, tx -> tx.insert(Buyer.TYPE, buyers(0, 50)));
    }

    private static List<Buyer> buyers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Buyer::of).toList();
    }

    /** Statements of a use case beside its commit. */
    private long statements(Consumer<StoreTransaction> work) {
        recording.reset();
        run(store, work);
        assertThat(recording.sent()).filteredOn("commit"::equals).hasSize(1);
        return recording.statements();
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("a record with the elements of two side tables is read by id in one")
    void find(TestDatabase database) {
        open(database);
        assertThat(statements(
                        tx -> assertThat(tx.find(Buyer.TYPE, Buyer.of(3).id())).contains(Buyer.of(3))))
                .isEqualTo(1);
        assertThat(recording.sent()).as("all that is sent").hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("many records are read in one, by ids and by query, however many they are")
    void lists(TestDatabase database) {
        open(database);
        assertThat(statements(tx -> assertThat(tx.findAll(
                                Buyer.TYPE,
                                buyers(0, 40).stream().map(Buyer::id).toList()))
                        .hasSize(40)))
                .isEqualTo(1);
        Query<Buyer> query = Query.of(Buyer.TYPE)
                .where(Buyer.TAGS.contains("tag1"))
                .orderBy(Order.descending(Buyer.VALUE))
                .limit(10);
        assertThat(statements(tx -> assertThat(tx.list(query)).hasSize(10))).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("a lock takes one more than a read")
    void lock(TestDatabase database) {
        open(database);
        assertThat(statements(tx -> tx.lock(Buyer.TYPE, Buyer.of(3).id()))).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("an insert sends one batch for each table, be it of one record or of a thousand")
    void inserts(TestDatabase database) {
        open(database);
        assertThat(statements(tx -> tx.insert(Buyer.TYPE, buyers(100, 101)))).isEqualTo(3);
        assertThat(statements(tx -> tx.insert(Buyer.TYPE, buyers(1_000, 1_500))))
                .isEqualTo(3);
        assertThat(statements(tx -> tx.insert(Buyer.TYPE, buyers(2_000, 3_000))))
                .as("elements go in batches of 1,000 rows")
                .isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("the first writer of a tenant on a store registers it, the next ones do not")
    void tenants(TestDatabase database) {
        RecordingDataSource fresh = new RecordingDataSource(database.create());
        CrmStore empty = JdbcStore.open(fresh.dataSource(), CATALOG);
        fresh.reset();
        run(empty, tx -> tx.insert(Buyer.TYPE, buyers(0, 1)));
        assertThat(fresh.statements()).isEqualTo(4);
        fresh.reset();
        run(empty, tx -> tx.insert(Buyer.TYPE, buyers(1, 2)));
        assertThat(fresh.statements()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("an update of a thousand records sends a batch, reads the elements and writes those that changed")
    void updates(TestDatabase database) {
        open(database);
        List<Buyer> fifty = buyers(0, 50);
        assertThat(statements(tx -> tx.update(
                        Buyer.TYPE, fifty.stream().map(b -> b.withValue(7L)).toList())))
                .as("no element changed")
                .isEqualTo(2);
        List<Buyer> read = all(store);
        assertThat(statements(tx -> tx.update(
                        Buyer.TYPE, read.stream().map(b -> b.withTags("other")).toList())))
                .as("the elements of one side table changed")
                .isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("insert-if-absent looks, inserts in a batch for each table and reads those that were there")
    void insertIfAbsent(TestDatabase database) {
        open(database);
        assertThat(statements(tx -> tx.insertIfAbsent(Buyer.TYPE, buyers(1_000, 1_400), Buyer.BY_CODE)))
                .as("all new")
                .isEqualTo(4);
        assertThat(statements(tx -> tx.insertIfAbsent(Buyer.TYPE, buyers(1_000, 1_400), Buyer.BY_CODE)))
                .as("all there")
                .isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("set-based changes send one for the records and one for each change of elements")
    void setBased(TestDatabase database) {
        open(database);
        Query<Buyer> query = Query.of(Buyer.TYPE).where(Buyer.VALUE.lessThan(20L));
        assertThat(statements(tx -> tx.updateAll(query, List.of(Assignment.set(Buyer.DUE_AT, NOW)))))
                .isEqualTo(1);
        assertThat(statements(tx ->
                        tx.updateAll(query, List.of(Assignment.set(Buyer.VALUE, 9L), Assignment.clear(Buyer.TAGS)))))
                .isEqualTo(2);
        assertThat(statements(tx -> tx.deleteAll(query))).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("events are appended in one batch; a log without news is read in two, with news in five")
    void log(TestDatabase database) {
        open(database);
        assertThat(statements(tx -> tx.append(List.of(event(1), event(2), event(3)))))
                .isEqualTo(1);
        recording.reset();
        assertThat(store.readLog(ACME, LogQuery.after(LogPosition.START, 10))).hasSize(3);
        assertThat(recording.statements()).isEqualTo(5);
        recording.reset();
        assertThat(store.readLog(ACME, LogQuery.after(LogPosition.START, 10))).hasSize(3);
        assertThat(recording.statements()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL")
    @DisplayName("a claim finds, leases in a batch and reads, however much it takes")
    void claim(TestDatabase database) {
        open(database);
        Lease lease = new Lease("worker", NOW, NOW.plusSeconds(60));
        assertThat(statements(tx -> assertThat(tx.claim(Query.of(Buyer.TYPE).limit(30), lease))
                        .hasSize(30)))
                .isEqualTo(3);
    }
}
