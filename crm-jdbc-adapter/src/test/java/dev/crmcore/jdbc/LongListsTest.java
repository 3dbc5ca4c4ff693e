package dev.crmcore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.Aggregate;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Field;
import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.query.RecordType;
import dev.crmcore.query.RelatedRecords;
import dev.crmcore.store.Assignment;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.Lease;
import dev.crmcore.store.RowCursor;
import dev.crmcore.store.StoreTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Conditions with long lists of values")
class LongListsTest extends BuyerCases {

    private static final int BUYERS = 120;

    /** Every third number, twice, and many that nobody has. */
    private static final List<Long> NUMBERS =
            Collections.nCopies(
                            2,
                            LongStream.range(0, 500)
                                    .filter(i -> i % 3 == 0)
                                    .boxed()
                                    .toList())
                    .stream()
                    .flatMap(List::stream)
                    .toList();

    private static final Condition<Buyer> VALUES = Buyer.VALUE.in(NUMBERS);
    private static final Condition<Buyer> CODES =
            Buyer.CODE.in(IntStream.range(40, 400).mapToObj(i -> "B" + i).toList());
    private static final Condition<Buyer> IDS = Buyer.TYPE
            .idField()
            .in(IntStream.range(30, 90).mapToObj(i -> Buyer.of(i).id().value()).toList());

    /** Both contacts of one buyer fulfil it. */
    private static final Condition<Buyer> ADDRESSES =
            Buyer.CONTACTS.any(Buyer.Contact.ADDRESS.in(IntStream.range(50, 300)
                    .boxed()
                    .flatMap(i -> Buyer.of(i).contacts().stream().map(Buyer.Contact::address))
                    .toList()));

    private static final Condition<Buyer> PHONES = phones(20);

    /** No long list, but one that is found by a key only together with the kind. */
    private static final Condition<Buyer> FEW_PHONES = phones(2);

    private static Condition<Buyer> phones(int count) {
        List<String> addresses =
                IntStream.range(0, count).mapToObj(i -> "+49 30 " + i).toList();
        return Buyer.CONTACTS.any(Buyer.Contact.KIND.is("phone").and(Buyer.Contact.ADDRESS.in(addresses)));
    }

    private static final List<Condition<Buyer>> CONDITIONS = List.of(
            VALUES,
            CODES,
            IDS,
            ADDRESSES,
            VALUES.not(),
            ADDRESSES.not(),
            VALUES.and(CODES).and(IDS).and(ADDRESSES),
            VALUES.or(IDS),
            ADDRESSES.and(VALUES.not()),
            PHONES,
            FEW_PHONES);

    private static final RelatedRecords NONE = new RelatedRecords() {
        @Override
        public <R> Iterable<R> naming(RecordType<R> type, Field<R, ? extends EntityId> by, UUID id) {
            return List.of();
        }
    };

    private static List<Buyer> matching(Condition<Buyer> condition) {
        return buyers().stream().filter(buyer -> condition.matches(buyer, NONE)).toList();
    }

    /** Each fourth has no value. */
    private static List<Buyer> buyers() {
        return IntStream.range(0, BUYERS)
                .mapToObj(i -> i % 4 == 0 ? Buyer.of(i).withValue(null) : Buyer.of(i))
                .toList();
    }

    private static List<UUID> ids(List<Buyer> buyers) {
        return buyers.stream().map(buyer -> buyer.id().value()).toList();
    }

    private static CrmStore open(TestDatabase database) {
        CrmStore store = JdbcStore.open(database.create(), CATALOG);
        run(store, tx -> tx.insert(Buyer.TYPE, buyers()));
        return store;
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("are answered as in memory by every way of reading")
    void reads(TestDatabase database) {
        CrmStore store = open(database);
        for (Condition<Buyer> condition : CONDITIONS) {
            List<Buyer> expected = matching(condition);
            Query<Buyer> query = Query.of(Buyer.TYPE).where(condition);
            run(store, tx -> {
                assertThat(ids(tx.list(query))).as("%s", condition).isEqualTo(ids(expected));
                assertThat(tx.count(query)).isEqualTo(expected.size());
                assertThat(ids(tx.list(
                                query.orderBy(Order.descending(Buyer.CODE)).limit(5))))
                        .hasSize(Math.min(5, expected.size()));
                assertThat(rows(tx.scan(query, List.of(Buyer.CODE)))).isEqualTo(expected.size());
                assertThat(rows(tx.scanElements(
                                query, Buyer.CONTACTS, List.of(Buyer.CODE), List.of(Buyer.Contact.KIND))))
                        .isEqualTo(2L * expected.size());
                assertThat(sum(tx, query))
                        .isEqualTo(expected.stream()
                                .map(Buyer::value)
                                .filter(value -> value != null)
                                .mapToLong(Long::longValue)
                                .sum());
            });
        }
    }

    private static long rows(RowCursor cursor) {
        try (cursor) {
            long rows = 0;
            while (cursor.next()) {
                rows++;
            }
            return rows;
        }
    }

    private static long sum(StoreTransaction tx, Query<Buyer> query) {
        try (RowCursor cursor = tx.group(query, List.of(), List.of(Aggregate.sum(Buyer.VALUE)))) {
            assertThat(cursor.next()).isTrue();
            return cursor.isNull(0) ? 0 : cursor.getLong(0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("choose what is changed, claimed and deleted")
    void changes(TestDatabase database) {
        CrmStore store = open(database);
        Query<Buyer> query = Query.of(Buyer.TYPE).where(ADDRESSES.and(CODES));
        int expected = matching(ADDRESSES.and(CODES)).size();
        List<UUID> claimed = new ArrayList<>();
        run(
                store,
                tx -> assertThat(tx.updateAll(query, List.of(Assignment.set(Buyer.DUE_AT, NOW))))
                        .isEqualTo(expected));
        run(store, tx -> claimed.addAll(ids(tx.claim(query, new Lease("worker", NOW, NOW.plusSeconds(60))))));
        assertThat(claimed).hasSize(expected).doesNotHaveDuplicates();
        run(store, tx -> assertThat(tx.deleteAll(query)).isEqualTo(expected));
        assertThat(all(store)).hasSize(BUYERS - expected);
    }

    static Stream<Condition<Buyer>> namingOneRowEach() {
        return Stream.of(IDS, CODES, PHONES, FEW_PHONES, VALUES.and(CODES));
    }

    /** Without statistics H2 would as soon read the whole list again for each row of the table. */
    @ParameterizedTest
    @MethodSource("namingOneRowEach")
    @DisplayName("are what H2 begins at where they name one row each")
    void begins(Condition<Buyer> condition) throws SQLException {
        DataSource database = TestDatabase.H2_MEMORY.create();
        RecordingDataSource recording = new RecordingDataSource(database);
        CrmStore store = JdbcStore.open(recording.dataSource(), CATALOG);
        run(store, tx -> tx.insert(Buyer.TYPE, buyers()));
        recording.reset();
        run(
                store,
                tx -> assertThat(rows(tx.scan(Query.of(Buyer.TYPE).where(condition), List.of(Buyer.CODE))))
                        .isEqualTo(matching(condition).size()));

        String select = recording.sent().stream()
                .filter(sent -> sent.contains("unnest"))
                .findFirst()
                .orElseThrow();
        assertThat(plan(database, select.substring(select.indexOf("select"))))
                .containsSubsequence("FROM UNNEST", "LEFT OUTER JOIN", "TENANT = ?");
    }

    private static String plan(DataSource database, String select) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement explain = connection.prepareStatement("explain " + select)) {
            for (int i = 1; i <= explain.getParameterMetaData().getParameterCount(); i++) {
                explain.setNull(i, Types.NULL);
            }
            try (ResultSet plan = explain.executeQuery()) {
                plan.next();
                return plan.getString(1);
            }
        }
    }
}
