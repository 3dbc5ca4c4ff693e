package dev.crmcore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmcore.Crm;
import dev.crmcore.CrmSession;
import dev.crmcore.context.CallContext;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.customer.Organization;
import dev.crmcore.customer.OrganizationId;
import dev.crmcore.customer.OrganizationRole;
import dev.crmcore.exchange.ImportOptions;
import dev.crmcore.exchange.PurchaseImport;
import dev.crmcore.exchange.RowSource;
import dev.crmcore.feedback.FeedbackRule;
import dev.crmcore.feedback.FollowUpId;
import dev.crmcore.feedback.ScoreScale;
import dev.crmcore.feedback.Survey;
import dev.crmcore.feedback.SurveyId;
import dev.crmcore.feedback.SurveyResponse;
import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.store.Assignment;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.Lease;
import dev.crmcore.store.LogPosition;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.StoreTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
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
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName(
            "a claim finds (on H2 it looks first and locks then), leases in a batch and reads, however much it takes")
    void claim(TestDatabase database) {
        open(database);
        Lease lease = new Lease("worker", NOW, NOW.plusSeconds(60));
        assertThat(statements(tx -> assertThat(tx.claim(Query.of(Buyer.TYPE).limit(30), lease))
                        .hasSize(30)))
                .isEqualTo(database == TestDatabase.POSTGRESQL ? 3 : 4);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("an import sends the same statements for each batch, whatever the batch and whatever is recorded")
    void imports(TestDatabase database, @TempDir Path folder) throws IOException {
        RecordingDataSource fresh = new RecordingDataSource(database.create());
        CrmStore empty = JdbcStore.open(fresh.dataSource(), Crm.catalog());
        CrmSession desk = Crm.on(empty).session(ACME, CallContext.of("agent:7", "a test"));
        desk.customers().register(Customer.builder());
        Path file = folder.resolve("purchases.csv");

        long first = imported(desk, fresh, log(file, 1_000), 1_000);
        assertThat(first).as("a batch of new customers and purchases").isEqualTo(11);
        assertThat(imported(desk, fresh, log(file, 1_000), 0))
                .as("the same again")
                .isEqualTo(4);
        assertThat(imported(desk, fresh, log(file, 5_000), 4_000))
                .as("one batch that is known and four that are new")
                .isEqualTo(4 + 4 * first);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("a customer with the elements of five side tables is read in one, alone or on a page")
    void customers(TestDatabase database) {
        RecordingDataSource fresh = new RecordingDataSource(database.create());
        CrmSession desk = Crm.on(JdbcStore.open(fresh.dataSource())).session(ACME, CallContext.of("agent:7", "a test"));
        OrganizationId acme =
                desk.organizations().register(Organization.named("Acme")).id();
        List<CustomerId> ids = desk
                .customers()
                .registerAll(IntStream.range(0, 60)
                        .mapToObj(i -> Customer.named("Ann" + i, "Lee")
                                .email(i + "@x.example")
                                .phone("+49 30 12345" + (10 + i))
                                .externalId("shop", "s" + i)
                                .externalId("erp", "e" + i)
                                .attribute("plan", "gold")
                                .attribute("seats", i)
                                .tag("vip")
                                .tag("early")
                                .role(OrganizationRole.at(acme)))
                        .toList())
                .stream()
                .map(registered -> registered.entity().id())
                .toList();

        fresh.reset();
        Customer ann = desk.customers().require(ids.get(7));
        assertThat(fresh.statements()).isEqualTo(1);
        assertThat(ann.contactPoints()).hasSize(2);
        assertThat(ann.externalIds()).hasSize(2);
        assertThat(ann.attributes().keys()).hasSize(2);
        assertThat(ann.tags()).hasSize(2);
        assertThat(ann.roles()).hasSize(1);
        for (int size : List.of(1, 10, 50)) {
            fresh.reset();
            assertThat(desk.customers()
                            .list(Query.of(Customer.TYPE).limit(size))
                            .items())
                    .hasSize(size);
            assertThat(fresh.statements()).as("a page of " + size).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("a batch of scores takes one more for each settled follow-up that it decides, and none for the others")
    void closedLoop(TestDatabase database) {
        RecordingDataSource fresh = new RecordingDataSource(database.create());
        CrmSession desk = Crm.on(JdbcStore.open(fresh.dataSource())).session(ACME, CallContext.of("agent:7", "a test"));
        SurveyId survey = desk.feedback()
                .publish(desk.feedback().define(Survey.nps("nps", "Recommend?")).id())
                .id();
        desk.followUps().define(FeedbackRule.onSurvey("nps", ScoreScale.NPS, 6));
        List<CustomerId> customers = IntStream.range(0, 80)
                .mapToObj(i -> desk.customers().register(Customer.named("C" + i, "Lee")))
                .map(Customer::id)
                .toList();

        long opened = scored(desk, fresh, survey, customers.subList(0, 60), 2);
        assertThat(scored(desk, fresh, survey, customers.subList(60, 80), 2)).isEqualTo(opened);
        long undecided = scored(desk, fresh, survey, customers, 9);
        assertThat(undecided).isLessThan(opened);
        for (CustomerId who : customers.subList(0, 50)) {
            FollowUpId id = desk.followUps().list(who, 1, null).items().get(0).id();
            desk.followUps().contacted(id);
            desk.followUps().resolved(id, "settled");
        }
        assertThat(scored(desk, fresh, survey, customers.subList(0, 10), 9)).isEqualTo(undecided + 10 + 1);
        assertThat(scored(desk, fresh, survey, customers.subList(10, 80), 9)).isEqualTo(undecided + 40 + 1);
        assertThat(scored(desk, fresh, survey, customers, 9)).isEqualTo(undecided);
    }

    private static long scored(
            CrmSession desk, RecordingDataSource fresh, SurveyId survey, List<CustomerId> customers, int score) {
        List<SurveyResponse.Draft> drafts = customers.stream()
                .map(who -> SurveyResponse.to(survey).by(who).score(score))
                .toList();
        fresh.reset();
        desk.feedback().submitAll(drafts);
        return fresh.statements();
    }

    private static Path log(Path file, int rows) throws IOException {
        String lines = IntStream.range(0, rows)
                .mapToObj(i -> "c" + i + ",2026-01-01," + i + "\n")
                .collect(Collectors.joining("", "customer_id,date,amount\n", ""));
        return Files.writeString(file, lines);
    }

    private static long imported(CrmSession desk, RecordingDataSource fresh, Path file, int created) {
        fresh.reset();
        PurchaseImport plan = PurchaseImport.from("shop").currency("EUR").createMissingCustomers();
        assertThat(desk.imports()
                        .run(plan, RowSource.csv(file), ImportOptions.defaults())
                        .created())
                .isEqualTo(created);
        return fresh.statements();
    }
}
