package dev.crmcore.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.crmcore.Crm;
import dev.crmcore.CrmSession;
import dev.crmcore.context.CallContext;
import dev.crmcore.context.StoreException;
import dev.crmcore.context.TenantId;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.Customers;
import dev.crmcore.query.Query;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.LoggedEvent;
import dev.crmcore.store.StoreCapabilities;
import dev.crmcore.store.StoreTransaction;
import dev.crmcore.store.memory.MemoryStore;
import dev.crmcore.value.ExternalId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as they come: broken, huge, in other encodings; stores that fail; transactions of the caller. */
class ImportFileTest {

    private static final CustomerImport PLAN = CustomerImport.from("shop");

    /** Fails the transaction of that number, from 1. */
    private final AtomicInteger failing = new AtomicInteger(-1);

    /** Heard by the listener. */
    private final Map<String, Integer> events = new HashMap<>();

    private final Crm crm = Crm.builder()
            .store(new FailingStore(MemoryStore.create(), failing))
            .clock(() -> Instant.parse("2026-03-01T00:00:00Z"))
            .listener((tenant, event) -> events.merge(event.type(), 1, Integer::sum))
            .build();
    private final CrmSession desk = crm.session(TenantId.of("acme"), CallContext.of("job:import", "test"));

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        crm.close();
    }

    private RowSource csv(String text) {
        return csv(text.getBytes(StandardCharsets.UTF_8));
    }

    private RowSource csv(byte[] bytes) {
        return RowSource.csv(file("file.csv", bytes));
    }

    private RowSource jsonLines(byte[] bytes) {
        return RowSource.jsonLines(file("file.jsonl", bytes));
    }

    private Path file(String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Object... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof Integer value) {
                bytes.write(value);
            } else {
                bytes.writeBytes(part.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private ImportReport run(RowSource source) {
        return desk.imports().run(PLAN, source, ImportOptions.defaults().withBatchSize(10));
    }

    private long customers() {
        return desk.customers().count(Query.of(Customer.TYPE));
    }

    private String nameOf(String id) {
        return desk.customers()
                .findByExternalId(ExternalId.of("shop", id))
                .flatMap(Customer::name)
                .orElseThrow()
                .display();
    }

    private void assertRefused(RowSource source, String... messages) {
        assertThatThrownBy(() -> run(source))
                .isInstanceOf(ImportFormatException.class)
                .hasMessageContainingAll(messages);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void linesEndAsSystemsEndThem(String end) {
        String text = "\uFEFFcustomer_id,name" + end + "1,\"Ann" + end + "Lee\"" + end + end + "2,Bob" + end + "x";

        ImportReport report = run(csv(text));

        assertThat(report.created()).isEqualTo(2);
        assertThat(nameOf("1")).isEqualTo("Ann" + end + "Lee");
        assertThat(nameOf("2")).isEqualTo("Bob");
        assertThat(report.rejects()).extracting(Reject::line).containsExactly(6L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "customer_id,name\n1,Ann\n2,\"Bob",
                "customer_id,name\n1,Ann\n2,\"Bob\n3,Carl\n",
                "customer_id,name\n1,Ann\n\"2,Bob\n",
                "customer_id,name\n1,Ann\n2,\""
            })
    void aQuoteThatIsNeverClosedIsToldWithItsLine(String text) {
        assertRefused(csv(text), "line 3", "never closed");
    }

    @Test
    void theLastLineNeedsNoEnd() {
        assertThat(run(csv("customer_id,name\n1,Ann\n2,\"Bob\"")).created()).isEqualTo(2);
        assertThat(nameOf("2")).isEqualTo("Bob");
        assertThat(run(csv("customer_id,name\n3,\uFFFF")).created()).isEqualTo(1);
        assertThat(nameOf("3")).isEqualTo("\uFFFF");
    }

    @Test
    void textAfterAQuoteIsToldWithItsLine() {
        assertRefused(csv("customer_id,name\n1,\"Ann\" Lee\n"), "line 2", "after a closing quote");
    }

    @Test
    void aFieldHasALimit() {
        String long1 = "x".repeat(1_000_000);
        assertThat(run(csv("customer_id,name\n1," + long1 + "\n2,Bob\n")).rejects())
                .extracting(Reject::reason)
                .containsExactly("is longer than 1000 characters");
        assertRefused(csv("customer_id,name\n3,\"" + long1 + long1 + "\"\n"), "line 2", "1048576 characters");
        assertThat(customers()).isEqualTo(1);
    }

    @Test
    void aLineOfJsonHasALimit() {
        int limit = 1 << 24;
        RowSource source = jsonLines(bytes("{\"customer_id\":1}\n", "x".repeat(limit + 1)));
        assertRefused(source, "line 2", "16777216 characters");
    }

    @Test
    void headersAreRefusedWhereTheyCannotBeMeant() {
        assertRefused(csv("customer_id,,name\n1,2,3\n"), "line 1", "column 2", "no name");
        assertRefused(csv("\n\ncustomer_id,name, name \n1,2,3\n"), "line 3", "column 3", "twice");
        assertRefused(csv("customer_id,\"name\n1,Ann\n"), "never closed");
        assertRefused(csv(""), "customer_id");
        assertRefused(csv(bytes(0xFE, 0xFF, 0, 'a')), "line 1", "is not UTF-8");
    }

    @Test
    void whatIsNotUtf8IsToldWithItsLineAndTheRowsBeforeStand() {
        List<Object> parts = new ArrayList<>(List.of("customer_id,name\n"));
        IntStream.range(0, 30_000).forEach(i -> parts.add(i + ",Zoë 佐藤 😀 " + i + "\r\n"));
        parts.addAll(List.of("x,M", 0xFC, "ller\n", "y,Ann\n"));

        assertRefused(csv(bytes(parts.toArray())), "line 30002", "is not UTF-8");

        assertThat(customers()).isEqualTo(30_000);
        assertThat(nameOf("29999")).isEqualTo("Zoë 佐藤 😀 29999");
    }

    @Test
    void aCharacterThatIsCutOffIsNotUtf8() {
        assertRefused(csv(bytes("customer_id,name\n1,Zo", 0xC3)), "line 2", "is not UTF-8");
        assertRefused(jsonLines(bytes("{\"customer_id\":1}\n\n{\"customer_id\":\"", 0xC3, "\"}")), "line 3");
        assertRefused(csv(bytes("customer_id,name\n1,", 0xED, 0xA0, 0x80, "\n")), "line 2", "is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 65_536})
    void bytesMayComeInAnyPieces(int piece) throws IOException {
        String text = "\uFEFFZoë 佐藤 😀\r\n".repeat(200);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        InputStream slow = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, piece));
            }
        };
        StringBuilder read = new StringBuilder();
        try (Reader reader = new Utf8Reader(slow, "!")) {
            char[] buffer = new char[5];
            for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
                read.append(buffer, 0, count);
            }
        }
        assertThat(read).hasToString(text.substring(1) + "!");
    }

    @Test
    void charactersThatNoStoreKeepsAreRejectedWithTheirColumn() {
        ImportReport report = run(csv("customer_id,name\n1,A\u0000n\n2,Bob\n"));

        assertThat(report.created()).isEqualTo(1);
        assertThat(report.rejects()).extracting(Reject::line, Reject::column).containsExactly(tuple(2L, "name"));
        ImportReport json = run(jsonLines(bytes("{\"customer_id\":3,\"name\":\"\\ud83d\"}\n{\"customer_id\":4}\n")));
        assertThat(json.created()).isEqualTo(1);
        assertThat(json.rejects().get(0).reason()).contains("unpaired surrogate");
    }

    @Test
    void aLongValueIsCutInTheReport() {
        Reject reject = new Reject(1, "name", "😀".repeat(1_000), "is too long");
        assertThat(reject.value()).isEqualTo("😀".repeat(100) + "…");
        assertThat(new Reject(1, "name", "x" + "😀".repeat(1_000), "").value()).isEqualTo("x" + "😀".repeat(99) + "…");
    }

    @Test
    void aFileThatIsNotThereIsAnErrorOfTheStore() {
        assertThatThrownBy(() -> run(RowSource.csv(folder.resolve("nothing.csv"))))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void whenTheStoreFailsTheBatchesBeforeStandAndTheNextImportGoesOn() {
        RowSource file = csv("customer_id\n"
                + IntStream.range(0, 95).mapToObj(String::valueOf).collect(Collectors.joining("\n")));

        failing.set(4);
        assertThatThrownBy(() -> run(file)).isInstanceOf(StoreException.class).hasMessageContaining("on purpose");

        assertThat(customers()).isEqualTo(30);
        ImportReport next = run(file);
        assertThat(next.unchanged()).isEqualTo(30);
        assertThat(next.created()).isEqualTo(65);
    }

    @Test
    void anImportJoinsTheTransactionOfItsCaller() {
        RowSource file = csv("customer_id,name\n1,Ann\n2,Bob\n3,\n2,Rob\n");

        ImportReport dry = desk.compute(tx -> {
            tx.customers().register(Customer.builder().externalId("shop", "3"));
            ImportReport report =
                    tx.imports().run(PLAN, file, ImportOptions.dryRun().withBatchSize(1));
            assertThat(tx.customers().count(Query.of(Customer.TYPE))).isEqualTo(1);
            return report;
        });
        assertThat(customers()).isEqualTo(1);
        assertThatThrownBy(() -> desk.transact(tx -> {
                    tx.imports().run(PLAN, file, ImportOptions.defaults().withBatchSize(1));
                    throw new IllegalArgumentException("changed my mind");
                }))
                .hasMessage("changed my mind");
        assertThat(customers()).isEqualTo(1);
        ImportReport real = desk.compute(
                tx -> tx.imports().run(PLAN, file, ImportOptions.defaults().withBatchSize(1)));

        assertThat(real).isEqualTo(dry);
        assertThat(real.created()).isEqualTo(2);
        assertThat(real.unchanged()).isEqualTo(1);
        assertThat(real.invalid()).isEqualTo(1);
        assertThat(customers()).isEqualTo(3);
    }

    @Test
    void aDryRunWithinACallKeepsNothing() {
        RowSource file = csv("customer_id,name\n1,Ann\n2,Bob\n3,\n");

        ImportReport dry = desk.unitOfWork().call(work -> {
            Customers customers = new Customers(work);
            customers.register(Customer.builder().externalId("shop", "3"));
            ImportReport report =
                    new Imports(work).run(PLAN, file, ImportOptions.dryRun().withBatchSize(1));
            assertThat(customers.count(Query.of(Customer.TYPE))).isEqualTo(1);
            return report;
        });

        assertThat(dry.created()).isEqualTo(2);
        assertThat(dry.unchanged()).isEqualTo(1);
        assertThat(customers()).isEqualTo(1);
        assertThat(events).containsExactly(Map.entry("customer.registered", 1));
    }

    /** Rows that are read and neither recorded nor rejected yet: at most a batch of purchases and the order after it. */
    @ParameterizedTest
    @CsvSource({"1000,1", "10000,1", "1200,3", "12000,3"})
    void whatAnImportHoldsDoesNotGrowWithTheFile(int rows, int linesOfAnOrder) {
        int batch = 50;
        AtomicInteger rejected = new AtomicInteger();
        int[] read = {0};
        int[] most = {0};
        RowSource source = source(IntStream.range(0, rows)
                .mapToObj(i -> {
                    int settled = events.getOrDefault("purchase.recorded", 0) * linesOfAnOrder + rejected.get();
                    most[0] = Math.max(most[0], read[0]++ - settled);
                    return purchase(i, linesOfAnOrder);
                })
                .iterator());

        ImportReport report = desk.imports()
                .run(
                        PurchaseImport.from("shop").currency("EUR").createMissingCustomers(),
                        source,
                        ImportOptions.defaults()
                                .withBatchSize(batch)
                                .withKeptRejects(5)
                                .withRejects(reject -> rejected.incrementAndGet()));

        assertThat(report.read()).isEqualTo(rows);
        assertThat(report.created()).isEqualTo((rows - rows / 20L));
        assertThat(report.rejects()).hasSize(5);
        assertThat(most[0]).isBetween(batch, (batch + 1) * linesOfAnOrder);
    }

    /** Every twentieth order has an amount that is none, in its last row. */
    private static Row purchase(int i, int linesOfAnOrder) {
        int order = i / linesOfAnOrder;
        boolean bad = order % 20 == 7 && i % linesOfAnOrder == linesOfAnOrder - 1;
        return Row.of(
                i + 1L,
                Map.of(
                        "customer_id",
                        "c" + order % 97,
                        "date",
                        "2025-03-01",
                        "amount",
                        bad ? "none" : "5.00",
                        "order_id",
                        "o" + order));
    }

    private static RowSource source(Iterator<Row> rows) {
        return new RowSource() {
            @Override
            public Rows open() {
                return new ListedRows(rows);
            }

            @Override
            public OptionalLong size() {
                return OptionalLong.empty();
            }
        };
    }

    @Test
    void rowsMayComeFromASourceOfTheHosts() {
        RowSource source = source(
                List.of(Row.of(1, Map.of("customer_id", "1", "name", "Ann")), Row.of(2, Map.of("customer_id", "2")))
                        .iterator());

        assertThat(run(source).created()).isEqualTo(2);
        assertThat(nameOf("1")).isEqualTo("Ann");
    }

    @Test
    void rejectsAreToldInTheOrderOfTheFile() {
        List<Long> heard = new ArrayList<>();
        RowSource file = csv("customer_id,email,owner\n"
                + "1,,\n".repeat(3)
                + ",no address,\n"
                + "2,,x\n"
                + "2,,y\n"
                + "3,no address,\n".repeat(25));

        ImportReport report = desk.imports()
                .run(
                        PLAN,
                        file,
                        ImportOptions.defaults()
                                .withBatchSize(10)
                                .withKeptRejects(2)
                                .withRejects(reject -> heard.add(reject.line())));

        assertThat(heard).hasSize(27).isSorted();
        assertThat(report.rejects()).extracting(Reject::line).containsExactly(5L, 7L);
        assertThat(report.invalid()).isEqualTo(27);
    }

    private record ListedRows(Iterator<Row> rows) implements Rows {

        @Override
        public Optional<List<String>> header() {
            return Optional.empty();
        }

        @Override
        public Optional<Row> next() {
            return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
        }

        @Override
        public long bytesRead() {
            return 0;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private record FailingStore(CrmStore inner, AtomicInteger failing) implements CrmStore {

        @Override
        public <R> R inTransaction(TenantId tenant, Function<? super StoreTransaction, ? extends R> work) {
            return inner.inTransaction(tenant, transaction -> {
                R result = work.apply(transaction);
                if (failing.getAndDecrement() == 1) {
                    throw new StoreException("fails on purpose", true, null);
                }
                return result;
            });
        }

        @Override
        public List<LoggedEvent> readLog(TenantId tenant, LogQuery query) {
            return inner.readLog(tenant, query);
        }

        @Override
        public List<TenantId> tenants() {
            return inner.tenants();
        }

        @Override
        public StoreCapabilities capabilities() {
            return inner.capabilities();
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
