package dev.crmcore.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.customer.Customer;
import dev.crmcore.exchange.ImportFormatException;
import dev.crmcore.exchange.ImportOptions;
import dev.crmcore.exchange.ImportProgress;
import dev.crmcore.exchange.ImportReport;
import dev.crmcore.exchange.PurchaseImport;
import dev.crmcore.exchange.Reject;
import dev.crmcore.exchange.RowSource;
import dev.crmcore.purchase.Purchase;
import dev.crmcore.query.Query;
import dev.crmcore.value.ExternalId;
import dev.crmcore.value.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Purchases come in from files, once, and none is lost. */
public abstract class PurchaseImportScenario extends Scenario {

    private static final PurchaseImport PLAN =
            PurchaseImport.from("shop").currency("USD").createMissingCustomers();

    @TempDir
    Path folder;

    private RowSource csv(String... lines) {
        return RowSource.csv(file("purchases.csv", lines));
    }

    private Path file(String name, String... lines) {
        try {
            return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private ImportReport run(PurchaseImport plan, RowSource source) {
        return desk().imports().run(plan, source, ImportOptions.defaults().withBatchSize(2));
    }

    private List<Purchase> recorded() {
        return desk().unitOfWork().call(work -> work.store().list(Query.of(Purchase.TYPE)));
    }

    private long customers() {
        return desk().unitOfWork().call(work -> work.store().count(Query.of(Customer.TYPE)));
    }

    private static List<Long> counts(ImportReport report) {
        return List.of(
                report.read(),
                report.created(),
                report.updated(),
                report.unchanged(),
                report.duplicate(),
                report.invalid());
    }

    @Test
    void takesEqualRowsForWhatTheyAreAndKnowsThemAgain() {
        RowSource file = csv(
                "customer_id,date,amount",
                "1,1997-01-01,11.77",
                "2,1997-01-12,12.00",
                "2,1997-01-12,12.00",
                "2,1997-01-12,12.00",
                "3,1997-01-02,0.00");

        ImportReport first = run(PLAN, file);
        ImportReport again = run(PLAN, file);

        assertThat(counts(first)).containsExactly(5L, 5L, 0L, 0L, 0L, 0L);
        assertThat(first.customersCreated()).isEqualTo(3);
        assertThat(counts(again)).containsExactly(5L, 0L, 0L, 5L, 0L, 0L);
        assertThat(again.customersCreated()).isZero();
        assertThat(recorded()).hasSize(5);
        assertThat(customers()).isEqualTo(3);
    }

    @Test
    void registersNobodyForARowThatIsNotTaken() {
        run(PLAN, csv("customer_id,date,amount,order_id", "1,1997-01-01,11.77,A"));

        RowSource contradicting = csv(
                "customer_id,date,amount,order_id",
                "2,1997-01-01,11.77,A",
                "3,1997-01-01,5,B",
                "2,1997-01-02,5,A2",
                "4,1997-01-02,oops,C");
        ImportReport rehearsed = desk().imports().run(PLAN, contradicting, ImportOptions.dryRun());
        ImportReport report = desk().imports().run(PLAN, contradicting, ImportOptions.defaults());

        assertThat(counts(report)).containsExactly(4L, 2L, 0L, 0L, 0L, 2L);
        assertThat(counts(rehearsed)).isEqualTo(counts(report));
        assertThat(report.customersCreated()).isEqualTo(2);
        assertThat(rehearsed.customersCreated()).isEqualTo(2);
        assertThat(customers()).isEqualTo(3);

        ImportReport alone = run(PLAN, csv("customer_id,date,amount,order_id", "9,1997-01-01,11.77,A"));
        assertThat(alone.rejects().get(0).describe()).contains("'A' is recorded with other content");
        assertThat(alone.customersCreated()).isZero();
        assertThat(customers()).isEqualTo(3);
    }

    @Test
    void addsOnlyWhatALongerFileHasMore() {
        run(PLAN, csv("customer_id,date,amount", "1,1997-01-01,11.77", "2,1997-01-12,12.00"));

        ImportReport longer = run(
                PLAN,
                csv(
                        "date,customer_id,amount,note",
                        "1997-01-12,2,12,x",
                        "1997-01-12,2,12.00,y",
                        "1997-01-01,1,11.77,z"));

        assertThat(counts(longer)).containsExactly(3L, 1L, 0L, 2L, 0L, 0L);
    }

    @Test
    void makesOnePurchaseOfTheLinesOfAnOrder() {
        ImportReport report = run(
                PLAN,
                csv(
                        "customer_id,date,amount,quantity,order_id,product_id,currency",
                        "1,2025-03-01T09:00:00Z,29.00,2,10017,SKU-1,EUR",
                        "1,2025-03-01T10:00:00+01:00,1.00,3,10017,SKU-2,EUR",
                        "1,2025-03-01,5.00,,10018,,EUR"));

        assertThat(counts(report)).containsExactly(3L, 3L, 0L, 0L, 0L, 0L);
        Purchase order = desk().purchases().find(ExternalId.of("shop", "10017")).orElseThrow();
        assertThat(order.total()).isEqualTo(Money.of("30.00", "EUR"));
        assertThat(order.lines()).hasSize(2);
        assertThat(order.line(1).unitPrice()).isEqualTo(Money.of("14.50", "EUR"));
        assertThat(order.line(2).total()).isEqualTo(Money.of("1.00", "EUR"));
        assertThat(order.placedAt()).isEqualTo(Instant.parse("2025-03-01T09:00:00Z"));
    }

    @Test
    void tellsARepeatedOrderFromAContradictingOne() {
        String header = "customer_id,date,amount,order_id";
        ImportReport report = run(
                PLAN,
                csv(
                        header,
                        "1,2025-03-01,5.00,A",
                        "2,2025-03-01,6.00,B",
                        "1,2025-03-01,5.00,A",
                        "2,2025-03-01,7.00,B"));
        ImportReport other = run(PLAN, csv(header, "1,2025-03-01,5.01,A"));

        assertThat(counts(report)).containsExactly(4L, 2L, 0L, 0L, 1L, 1L);
        assertThat(report.rejects().get(0).line()).isEqualTo(5);
        assertThat(counts(other)).containsExactly(1L, 0L, 0L, 0L, 0L, 1L);
        assertThat(other.rejects().get(0).describe())
                .isEqualTo("line 2, column order_id: 'A' is recorded with other content");
    }

    @Test
    void aDamagedRowMakesTheOrderBeforeItDoubtful() {
        ImportReport report = run(
                PLAN,
                csv("customer_id,date,amount,order_id", "1,2025-03-01,5.00,A", "1,2025-03-01", "1,2025-03-01,7.00,B"));

        assertThat(counts(report)).containsExactly(3L, 1L, 0L, 0L, 0L, 2L);
        assertThat(report.rejects())
                .extracting(Reject::describe)
                .contains("line 2, column order_id: 'A' may have another line: the row after it is damaged");
    }

    @Test
    void takesAnOrderWholeOrNotAtAll() {
        ImportReport report = run(
                PLAN,
                csv(
                        "customer_id,date,amount,order_id",
                        "1,2025-03-01,5.00,A",
                        "1,2025-03-01,five,A",
                        "1,2025-03-01,7.00,A",
                        "2,2025-03-01,1.00,B"));

        assertThat(counts(report)).containsExactly(4L, 1L, 0L, 0L, 0L, 3L);
        assertThat(report.rejects())
                .extracting(Reject::describe)
                .containsExactly(
                        "line 2, column order_id: 'A' has another line that was rejected",
                        "line 3, column amount: 'five' is not a plain decimal number such as 14.50",
                        "line 4, column order_id: 'A' has another line that was rejected");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",1997-01-01,1.00|customer_id|is missing",
                "1,,1.00|date|is missing",
                "1,1997-02-29,1.00|date|is no date",
                "1,01/02/1997,1.00|date|is no date",
                "1,1997-01-01,|amount|is missing",
                "1,1997-01-01,1e3|amount|is not a plain decimal",
                "1,1997-01-01,1.005|amount|is finer than the minor unit of USD",
                "1,1997-01-01|''|has 2 fields where the header has 3",
                "1,1997-01-01,1.00,x|''|has 4 fields where the header has 3",
                "1,0000-01-01,1.00|date|''",
                "1,+99999-01-01,1.00|date|''"
            })
    void rejectsABadRowWithItsPlaceAndReason(String row, String column, String reason) {
        ImportReport report = run(PLAN, csv("customer_id,date,amount", "7,1997-01-01,1.00", row));

        assertThat(counts(report)).containsExactly(2L, 1L, 0L, 0L, 0L, 1L);
        Reject reject = report.rejects().get(0);
        assertThat(reject.line()).isEqualTo(3);
        assertThat(reject.column()).isEqualTo(column);
        assertThat(reject.reason()).contains(reason);
    }

    @Test
    void rejectsCustomersThatNobodyKnowsUnlessToldToRegisterThem() {
        ImportReport report =
                run(PurchaseImport.from("shop").currency("USD"), csv("customer_id,date,amount", "1,1997-01-01,1.00"));

        assertThat(counts(report)).containsExactly(1L, 0L, 0L, 0L, 0L, 1L);
        assertThat(report.rejects().get(0).column()).isEqualTo("customer_id");
        assertThat(customers()).isZero();
    }

    @Test
    void importersOfOneFileAtOnceTakeEachRowOnce() throws InterruptedException {
        int rows = 90;
        List<String> lines = new ArrayList<>(List.of("customer_id,date,amount"));
        for (int i = 0; i < rows; i++) {
            lines.add(i % 31 + ",2025-03-0" + (1 + i % 2) + ",5.00");
        }
        RowSource file = csv(lines.toArray(String[]::new));
        Queue<ImportReport> reports = new ConcurrentLinkedQueue<>();
        Runnable importer = () -> reports.add(
                desk().imports().run(PLAN, file, ImportOptions.defaults().withBatchSize(13)));

        assertThat(Race.run(List.of(importer, importer))).isEmpty();

        assertThat(reports.stream().mapToLong(ImportReport::created).sum()).isEqualTo(rows);
        assertThat(reports.stream().mapToLong(ImportReport::unchanged).sum()).isEqualTo(rows);
        assertThat(recorded()).hasSize(rows);
        assertThat(customers()).isEqualTo(31);
        assertThat(events("purchase.recorded")).hasSize(rows);
        assertThat(events("customer.registered")).hasSize(31);
    }

    @Test
    void aDryRunLooksAndRecordsNothingOnTheWay() {
        run(PLAN, csv("customer_id,date,amount,order_id", "1,2025-03-01,5.00,A", "2,2025-03-01,9.00,B"));
        RowSource file = csv(
                "customer_id,date,amount,order_id",
                "1,2025-03-01,5.00,A",
                "2,2025-03-01,6.00,B",
                "3,2025-03-01,7.00,",
                "4,2025-03-01,7.00,");
        long inserts = calls("insertIfAbsent");
        int events = events().size();

        ImportReport dry = desk().imports().run(PLAN, file, ImportOptions.dryRun());
        assertThat(calls("insertIfAbsent") - inserts)
                .as("one customer, for a trial")
                .isEqualTo(1);
        assertThat(events()).hasSize(events);
        assertThat(dry).isEqualTo(run(PLAN, file));
        assertThat(counts(dry)).containsExactly(4L, 2L, 0L, 1L, 0L, 1L);
        assertThat(dry.customersCreated()).isEqualTo(2);
    }

    @Test
    void aBatchCostsAConstantNumberOfOperations() {
        assertThat(operations(400)).isEqualTo(operations(40));
    }

    /** What one batch of new rows asks of the store, half of it of customers that are known. */
    private long operations(int rows) {
        String prefix = "c" + rows + "-";
        List<String> lines = new ArrayList<>(List.of("customer_id,date,amount"));
        for (int i = 0; i < rows; i++) {
            lines.add(prefix + i + ",2025-03-01,5.00");
        }
        RowSource half = csv(lines.subList(0, rows / 2).toArray(String[]::new));
        desk().imports().run(PLAN, half, ImportOptions.defaults());
        RowSource whole = csv(lines.toArray(String[]::new));
        long before = operations();
        desk().imports().run(PLAN, whole, ImportOptions.defaults());
        return operations() - before;
    }

    private long operations() {
        return calls("list")
                + calls("find")
                + calls("findAll")
                + calls("scan")
                + calls("scanElements")
                + calls("insert")
                + calls("insertIfAbsent")
                + calls("append");
    }

    @Test
    void aDryRunSaysWhatARealOneDoesAndKeepsNothing() {
        RowSource file = csv(
                "customer_id,date,amount,order_id",
                "1,2025-03-01,5.00,A",
                "2,2025-03-01,6.00,",
                "1,2025-03-01,5.00,A",
                "2,2025-03-01,6.00,",
                "3,2025-03-01,x,",
                "1,2025-03-01,9.00,C");

        ImportReport dry =
                desk().imports().run(PLAN, file, ImportOptions.dryRun().withBatchSize(1));
        assertThat(recorded()).isEmpty();
        assertThat(customers()).isZero();
        ImportReport real = run(PLAN, file);

        assertThat(dry).isEqualTo(real);
        assertThat(counts(real)).containsExactly(6L, 4L, 0L, 0L, 1L, 1L);
        assertThat(real.customersCreated()).isEqualTo(2);
    }

    @Test
    void readsColumnsUnderOtherNamesZonesQuotesAndMarks() {
        PurchaseImport plan = PLAN.column(PurchaseImport.AMOUNT, "dollar value")
                .column(PurchaseImport.DATE, "day")
                .zone(ZoneId.of("America/New_York"));

        ImportReport report = run(
                plan,
                csv(
                        "\uFEFFcustomer_id,day, dollar value ",
                        "\"Smith, \"\"Joe\"\"\nand son\", 1997-07-01 ,\"11.77\"",
                        "",
                        "2,1997-07-01 10:30:00,1"));

        assertThat(counts(report)).containsExactly(2L, 2L, 0L, 0L, 0L, 0L);
        assertThat(recorded())
                .extracting(Purchase::placedAt)
                .containsExactly(Instant.parse("1997-07-01T04:00:00Z"), Instant.parse("1997-07-01T14:30:00Z"));
        assertThat(desk().customers().findByExternalId(ExternalId.of("shop", "Smith, \"Joe\"\nand son")))
                .isPresent();
    }

    @Test
    void readsJsonLines() {
        RowSource source = RowSource.jsonLines(file(
                "purchases.jsonl",
                "{\"customer_id\": 1, \"date\": \"1997-01-01\", \"amount\": 11.770}",
                "",
                "{\"customer_id\": \"2\", \"date\": \"1997-01-01\"}",
                "{\"customer_id\": [2]}",
                "not json"));

        ImportReport report = run(PLAN, source);

        assertThat(counts(report)).containsExactly(4L, 1L, 0L, 0L, 0L, 3L);
        assertThat(report.rejects()).extracting(Reject::line).containsExactly(3L, 4L, 5L);
        assertThat(recorded().get(0).total()).isEqualTo(Money.of("11.77", "USD"));
    }

    @Test
    void refusesAFileThatIsNoPurchaseLog() {
        assertThatThrownBy(() -> run(PLAN, csv("customer,date,amount", "1,1997-01-01,1.00")))
                .isInstanceOf(ImportFormatException.class)
                .hasMessageContaining("customer_id");
        assertThatThrownBy(() -> run(PLAN, csv("customer_id,date,amount,date", "1,1997-01-01,1.00,x")))
                .isInstanceOf(ImportFormatException.class)
                .hasMessageContaining("twice");
        assertThat(counts(run(PLAN, csv("customer_id,date,amount")))).containsOnly(0L);
    }

    @Test
    void tellsProgressToTheEnd() {
        List<ImportProgress> heard = new ArrayList<>();
        RowSource file = csv("customer_id,date,amount", "1,1997-01-01,1", "2,1997-01-01,1", "3,1997-01-01,1");

        desk().imports()
                .run(PLAN, file, ImportOptions.defaults().withBatchSize(1).withProgress(heard::add));

        ImportProgress last = heard.get(heard.size() - 1);
        assertThat(heard).hasSizeGreaterThan(2);
        assertThat(last.rows()).isEqualTo(3);
        assertThat(last.share()).hasValue(1.0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void accountsForEveryRowOfAnyFile(long seed) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of("customer_id,date,amount,order_id"));
        int rows = 150;
        for (int i = 0; i < rows; i++) {
            String amount = random.nextInt(10) == 0 ? "bad" : String.valueOf(random.nextInt(4));
            String order = random.nextInt(3) == 0 ? "" : String.valueOf(random.nextInt(60));
            lines.add(random.nextInt(5) + ",1997-01-0" + (1 + random.nextInt(2)) + "," + amount + "," + order);
        }
        RowSource file = csv(lines.toArray(String[]::new));

        ImportReport dry =
                desk().imports().run(PLAN, file, ImportOptions.dryRun().withBatchSize(7));
        ImportReport first = run(PLAN, file);
        List<Purchase> after = recorded();
        ImportReport again = run(PLAN, file);

        assertThat(first.read()).isEqualTo(rows);
        assertThat(dry).isEqualTo(first);
        assertThat(again.created()).isZero();
        assertThat(again.unchanged()).isEqualTo(first.created());
        assertThat(again.invalid()).isEqualTo(first.invalid());
        assertThat(recorded()).isEqualTo(after);
        assertThat(after.stream().mapToInt(purchase -> purchase.lines().size()).sum())
                .as("seed %d", seed)
                .isEqualTo((int) first.created());
    }
}
