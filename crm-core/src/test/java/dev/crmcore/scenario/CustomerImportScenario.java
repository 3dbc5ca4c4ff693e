package dev.crmcore.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.crmcore.customer.AttributeDefinition;
import dev.crmcore.customer.AttributeType;
import dev.crmcore.customer.AttributeValue;
import dev.crmcore.customer.Birthday;
import dev.crmcore.customer.ContactPoint;
import dev.crmcore.customer.Customer;
import dev.crmcore.exchange.CustomerImport;
import dev.crmcore.exchange.ImportFormatException;
import dev.crmcore.exchange.ImportOptions;
import dev.crmcore.exchange.ImportReport;
import dev.crmcore.exchange.Reject;
import dev.crmcore.exchange.RowSource;
import dev.crmcore.query.Query;
import dev.crmcore.value.ExternalId;
import dev.crmcore.value.Money;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Customers come in from files: nobody lost, nobody twice, nobody merged by a guess. */
public abstract class CustomerImportScenario extends Scenario {

    private static final CustomerImport PLAN = CustomerImport.from("shop").phoneRegion("DE");

    @TempDir
    Path folder;

    private RowSource csv(String... lines) {
        return RowSource.csv(file("customers.csv", lines));
    }

    private Path file(String name, String... lines) {
        try {
            return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ImportReport run(CustomerImport plan, RowSource source) {
        return desk().imports().run(plan, source, ImportOptions.defaults());
    }

    private ImportReport run(String... lines) {
        return run(PLAN, csv(lines));
    }

    /** Created, updated, unchanged, duplicate, invalid. */
    private static List<Long> counts(ImportReport report) {
        assertThat(report.read())
                .isEqualTo(report.created()
                        + report.updated()
                        + report.unchanged()
                        + report.duplicate()
                        + report.invalid());
        return List.of(report.created(), report.updated(), report.unchanged(), report.duplicate(), report.invalid());
    }

    private List<Customer> all() {
        return desk().customers().list(Query.of(Customer.TYPE)).items();
    }

    private Customer shop(String id) {
        return desk().customers().findByExternalId(ExternalId.of("shop", id)).orElseThrow();
    }

    @Test
    void nobodyIsDroppedBecauseOnlyAPhoneNumberIsKnown() {
        List<String> lines = new ArrayList<>(List.of("customer_id,name,email,phone"));
        for (int i = 0; i < 1_112; i++) {
            String phone = "0049 30 " + (2_000_000 + i);
            lines.add(i < 931 ? ",,," + phone : i + ",Customer " + i + "," + i + "@x.example," + phone);
        }
        RowSource file = csv(lines.toArray(String[]::new));

        ImportReport dry =
                desk().imports().run(PLAN, file, ImportOptions.dryRun().withBatchSize(100));
        assertThat(all()).isEmpty();
        assertThat(events()).isEmpty();
        ImportReport real = run(PLAN, file);
        List<Customer> kept = all();
        ImportReport again = run(PLAN, file);

        assertThat(dry).isEqualTo(real);
        assertThat(counts(real)).containsExactly(1_112L, 0L, 0L, 0L, 0L);
        assertThat(kept).hasSize(1_112);
        assertThat(counts(again)).containsExactly(0L, 0L, 1_112L, 0L, 0L);
        assertThat(all()).isEqualTo(kept);
    }

    @Test
    void oneNumberIsOnePersonHoweverItIsTyped() {
        ImportReport report = run(
                "name,phone,email",
                "Ann Lee,0049 30 1234567,",
                "Ann Lee,+49301234567,",
                "Ann Lee,(030) 123 45 67,ANN@example.com",
                ",,ann@example.com");

        assertThat(counts(report)).containsExactly(1L, 1L, 0L, 2L, 0L);
        Customer ann = all().get(0);
        assertThat(ann.contactPoints())
                .extracting(ContactPoint::value)
                .containsExactly("0049 30 1234567", "ANN@example.com");
        assertThat(ann.source()).contains("shop");
        assertThat(ann.externalIds()).isEmpty();
    }

    @Test
    void aKnownCustomerLearnsWhatARowSaysAndKeepsTheRest() {
        Customer ann = desk().customers()
                .register(Customer.named("Ann", "Lee")
                        .externalId("shop", "1")
                        .email("ann@example.com")
                        .birthday(LocalDate.of(1980, 2, 29))
                        .tag("vip")
                        .attribute("plan", "gold")
                        .owner("agent:7"));
        String header = "customer_id,given_name,family_name,email,birthday,language,time_zone,street,postal_code,city,"
                + "country,tags,owner,lifecycle_stage,plan_name";
        CustomerImport plan = PLAN.attribute("plan", "plan_name");
        RowSource file = csv(
                header,
                "1,,Levi,ann@levi.example,,de,Europe/Berlin,Hauptstraße 5,10827,Berlin,DE,new;vip, ,active,free",
                "2,Bob,,,--02-29,,,,,,,,,,");

        ImportReport report = run(plan, file);

        assertThat(counts(report)).containsExactly(1L, 1L, 0L, 0L, 0L);
        Customer now = shop("1");
        assertThat(now.id()).isEqualTo(ann.id());
        assertThat(now.version()).isEqualTo(2);
        assertThat(now.name().orElseThrow().display()).isEqualTo("Ann Levi");
        assertThat(now.contactPoints())
                .extracting(ContactPoint::value)
                .containsExactly("ann@example.com", "ann@levi.example", "Hauptstraße 5, 10827 Berlin, DE");
        assertThat(now.birthday()).isEqualTo(ann.birthday());
        assertThat(now.language().orElseThrow().tag()).isEqualTo("de");
        assertThat(now.timeZone().orElseThrow().getId()).isEqualTo("Europe/Berlin");
        assertThat(now.tags()).containsExactlyInAnyOrder("vip", "new");
        assertThat(now.owner()).contains("agent:7");
        assertThat(now.lifecycleStage()).contains("active");
        assertThat(now.attributes().text("plan")).contains("free");
        assertThat(now.source()).isEmpty();
        assertThat(shop("2").birthday()).contains(Birthday.of(MonthDay.of(2, 29)));
        assertThat(counts(run(plan, file))).containsExactly(0L, 0L, 2L, 0L, 0L);
        assertThat(shop("1")).isEqualTo(now);
    }

    @Test
    void aVerifiedAddressStaysVerified() {
        desk().customers()
                .register(Customer.builder()
                        .externalId("shop", "1")
                        .contactPoint(ContactPoint.email("Ann@example.com").verified(START, "link")));

        assertThat(counts(run("customer_id,email,name", "1,ann@EXAMPLE.com,Ann")))
                .containsExactly(0L, 1L, 0L, 0L, 0L);

        assertThat(shop("1").contactPoints()).hasSize(1);
        assertThat(shop("1").contactPoints().get(0).verifiedBy()).contains("link");
    }

    @Test
    void whoIsMeantIsNeverGuessed() {
        Customer ann = desk().customers()
                .register(Customer.named("Ann", "Lee").email("ann@example.com").phone("+49 30 1234567"));
        Customer bob = desk().customers().register(Customer.named("Bob", "Lee").phone("+49 30 1234567"));
        Customer carl =
                desk().customers().register(Customer.named("Carl", "Lee").phone("+49 30 7654321"));

        ImportReport report = run(
                "email,phone,tags",
                ",030 1234567,one phone of two people",
                "ann@example.com,030 1234567,both are hers",
                "ann@example.com,030 7654321,the mail of one and the phone of another",
                "dora@example.com,030 7654321,he has no mail so far");

        assertThat(counts(report)).containsExactly(0L, 2L, 0L, 0L, 2L);
        assertThat(report.rejects())
                .extracting(Reject::line, Reject::column)
                .containsExactly(tuple(2L, "phone"), tuple(4L, "email"));
        assertThat(report.rejects())
                .extracting(Reject::reason)
                .allMatch(reason -> reason.contains("several customers"));
        assertThat(desk().customers().require(ann.id()).tags()).containsExactly("both are hers");
        assertThat(desk().customers().require(bob.id())).isEqualTo(bob);
        assertThat(desk().customers().require(carl.id()).contactPoints()).hasSize(2);
    }

    @Test
    void familiesShareAPhoneAndStayApart() {
        RowSource file = csv(
                "name,email,phone",
                "Ann,ann@example.com,030 1234567",
                "Bob,bob@example.com,030 1234567",
                "Carl,,030 1234567",
                "Bob,bob@example.com,");

        assertThat(counts(run(PLAN, file))).containsExactly(2L, 0L, 0L, 1L, 1L);
        assertThat(all()).hasSize(2);
        assertThat(counts(run(PLAN, file))).containsExactly(0L, 0L, 2L, 1L, 1L);
    }

    @Test
    void anAddressOfTooManyIsNobodysOwn() {
        List<String> lines = new ArrayList<>(List.of("customer_id,email,phone"));
        IntStream.range(0, 12).forEach(i -> lines.add(i + ",n/a@shop.example,"));
        lines.add(",n/a@shop.example,");
        lines.add(",n/a@shop.example,030 1234567");
        lines.add(",N/A@shop.example,030 1234567");
        RowSource file = csv(lines.toArray(String[]::new));

        for (int size : new int[] {1, 5, 100}) {
            ImportReport dry =
                    desk().imports().run(PLAN, file, ImportOptions.dryRun().withBatchSize(size));
            assertThat(counts(dry)).containsExactly(13L, 0L, 0L, 1L, 1L);
        }
        assertThat(counts(run(PLAN, file))).containsExactly(13L, 0L, 0L, 1L, 1L);
        assertThat(counts(run(PLAN, file))).containsExactly(0L, 0L, 13L, 1L, 1L);
    }

    @Test
    void whatStandsFurtherUpIsRight() {
        RowSource file = csv(
                "customer_id,given_name,family_name,tags",
                "1,Ann,,a",
                "1,Ann,,a",
                "1,,Lee,a;b",
                "1,Anna,,",
                "1,Ann,Lee,b",
                "2,Bob,,");

        for (int size : new int[] {1, 2, 100}) {
            ImportReport dry =
                    desk().imports().run(PLAN, file, ImportOptions.dryRun().withBatchSize(size));
            assertThat(counts(dry)).as("%d rows", size).containsExactly(2L, 1L, 0L, 2L, 1L);
            assertThat(dry.rejects().get(0).describe())
                    .isEqualTo("line 5, column given_name: 'Anna' contradicts a row further up, which is about the same"
                            + " customer");
        }
        assertThat(counts(run(PLAN, file))).containsExactly(2L, 1L, 0L, 2L, 1L);
        Customer ann = shop("1");
        assertThat(ann.name().orElseThrow().display()).isEqualTo("Ann Lee");
        assertThat(counts(run(PLAN, file))).containsExactly(0L, 0L, 3L, 2L, 1L);
        assertThat(shop("1")).isEqualTo(ann);
    }

    @Test
    void aRowWithoutIdAndAddressIsKnownByItsContentAndOccurrence() {
        RowSource file = csv("given_name,family_name,city", "Ann,Lee,Bonn", "Ann,Lee,Bonn", "Bob,,", ",,");

        ImportReport report = run(PLAN, file);

        assertThat(counts(report)).containsExactly(3L, 0L, 0L, 0L, 1L);
        assertThat(report.rejects().get(0).describe()).isEqualTo("line 5: says nothing of a customer");
        assertThat(all()).hasSize(3);
        assertThat(counts(run(PLAN, file))).containsExactly(0L, 0L, 3L, 0L, 1L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "email|ann|has no @",
                "phone|12|",
                "birthday|1980-02-30|is no date",
                "birthday|2026-03-03|puts the birthday into the future",
                "birthday|0000-01-01|is not in the years 1 to 9999",
                "language|d_e|language tag",
                "time_zone|Middle/Earth|is not a zone",
                "country|Germany|country",
                "tags|ok;LONG|is longer than 200 characters",
                "owner|LONG|is longer than 200 characters",
                "lifecycle_stage|LONG|is longer than 200 characters",
                "given_name|LONGER|is longer than 1000 characters"
            })
    void aBadValueIsRejectedWithItsPlace(String column, String value, String reason) {
        String bad = value.replace("LONGER", "x".repeat(1_001)).replace("LONG", "x".repeat(201));

        ImportReport report = run("customer_id," + column, "1,", "2," + bad, "3,");

        assertThat(counts(report)).containsExactly(2L, 0L, 0L, 0L, 1L);
        Reject reject = report.rejects().get(0);
        assertThat(reject.line()).isEqualTo(3);
        assertThat(reject.column()).isEqualTo(column);
        assertThat(reject.value()).startsWith(bad.substring(0, Math.min(bad.length(), 200)));
        assertThat(reject.reason()).contains(reason == null ? "" : reason);
        assertThat(reject.toString()).doesNotContain(bad);
    }

    @Test
    void attributesAreReadAsTheyAreDeclared() {
        var definitions = desk().attributeDefinitions();
        definitions.declare(AttributeDefinition.of(Customer.TYPE, "plan", AttributeType.ENUM)
                .options("free", "gold")
                .defaultValue(AttributeValue.of("free")));
        definitions.declare(AttributeDefinition.of(Customer.TYPE, "seats", AttributeType.INT));
        definitions.declare(AttributeDefinition.of(Customer.TYPE, "budget", AttributeType.MONEY));
        definitions.declare(AttributeDefinition.of(Customer.TYPE, "trial", AttributeType.BOOL));
        definitions.declare(AttributeDefinition.of(Customer.TYPE, "since", AttributeType.DATE));
        definitions.declare(AttributeDefinition.of(Customer.TYPE, "seen", AttributeType.DATETIME));
        definitions.declare(AttributeDefinition.of(Customer.TYPE, "likes", AttributeType.MULTI_ENUM)
                .options("tea", "rain"));
        CustomerImport plan = PLAN.attribute("plan", "plan")
                .attribute("seats", "seats")
                .attribute("budget", "budget")
                .attribute("trial", "trial")
                .attribute("since", "since")
                .attribute("seen", "seen")
                .attribute("likes", "likes")
                .attribute("note", "note");
        RowSource file = csv(
                "customer_id,plan,seats,budget,trial,since,seen,likes,note",
                "1,,12,14.50 EUR,TRUE,2025-01-31,2025-01-31T10:00:00Z,tea; rain,12",
                "2,platinum,,,,,,,",
                "3,,1.5,,,,,,",
                "4,,,14.50,,,,,",
                "5,,,,yes,,,,",
                "6,,1e3,,,,,,",
                "7,,,,,,,tea;snow,",
                "1,free,,,,,,,",
                "1,gold,,,,,,,",
                "1,free,,,,,,,");

        ImportReport dry =
                desk().imports().run(plan, file, ImportOptions.dryRun().withBatchSize(1));
        ImportReport real =
                desk().imports().run(plan, file, ImportOptions.defaults().withBatchSize(1));

        assertThat(dry).isEqualTo(real);
        assertThat(counts(real)).containsExactly(1L, 0L, 1L, 1L, 7L);
        assertThat(real.rejects())
                .extracting(Reject::column)
                .containsExactly("plan", "seats", "budget", "trial", "seats", "likes", "plan");
        var attributes = shop("1").attributes();
        assertThat(attributes.text("plan")).contains("free");
        assertThat(attributes.number("seats")).contains(new BigDecimal("12"));
        assertThat(attributes.money("budget")).contains(Money.of("14.50", "EUR"));
        assertThat(attributes.bool("trial")).contains(true);
        assertThat(attributes.date("since")).contains(LocalDate.of(2025, 1, 31));
        assertThat(attributes.instant("seen")).contains(Instant.parse("2025-01-31T10:00:00Z"));
        assertThat(attributes.texts("likes")).containsExactly("tea", "rain");
        assertThat(attributes.text("note")).contains("12");
    }

    @Test
    void aRequiredAttributeIsAskedOfNewCustomersOnly() {
        desk().customers().register(Customer.builder().externalId("shop", "1"));
        desk().attributeDefinitions()
                .declare(AttributeDefinition.of(Customer.TYPE, "plan", AttributeType.STRING)
                        .required());
        CustomerImport plan = PLAN.attribute("plan", "plan");

        ImportReport report = run(plan, csv("customer_id,plan,tags", "1,,a", "2,,a", "3,gold,a"));

        assertThat(counts(report)).containsExactly(1L, 1L, 0L, 0L, 1L);
        assertThat(report.rejects().get(0).describe())
                .isEqualTo("line 3, column plan: '' is missing: new customers need the attribute 'plan'");
    }

    @Test
    void aDeprecatedAttributeKeepsItsValueAndTakesNoOther() {
        desk().attributeDefinitions().declare(AttributeDefinition.of(Customer.TYPE, "plan", AttributeType.STRING));
        desk().customers().register(Customer.builder().externalId("shop", "1").attribute("plan", "gold"));
        desk().attributeDefinitions().deprecate(Customer.TYPE, "plan");

        ImportReport report = run(PLAN.attribute("plan", "plan"), csv("customer_id,plan", "1,gold", "2,gold", "3,"));

        assertThat(counts(report)).containsExactly(1L, 0L, 1L, 0L, 1L);
        assertThat(report.rejects().get(0).reason()).contains("no new values");
    }

    @Test
    void jsonLinesSayTheSame() {
        RowSource source = RowSource.jsonLines(file(
                "customers.jsonl",
                "{\"customer_id\": 1, \"given_name\": \"Ann\", \"seats\": 12, \"trial\": true, \"email\": null}",
                "{\"customer_id\": 1, \"trial\": true, \"given_name\": \"Ann\"}",
                "{\"customer_id\": 2, \"given_name\": \"\\u0000\"}",
                "{\"customer_id\": 3, \"tags\": [\"a\"]}"));

        ImportReport report = run(PLAN.attribute("seats", "seats").attribute("trial", "trial"), source);

        assertThat(counts(report)).containsExactly(1L, 0L, 0L, 1L, 2L);
        assertThat(report.rejects()).extracting(Reject::line).containsExactly(3L, 4L);
        assertThat(shop("1").attributes().text("seats")).contains("12");
    }

    @Test
    void aFileOfOtherThingsIsRefused() {
        assertThatThrownBy(() -> run("a,b", "1,2"))
                .isInstanceOf(ImportFormatException.class)
                .hasMessageContaining("customer_id");
        assertThatThrownBy(() -> run(PLAN.attribute("plan", "plan_name"), csv("customer_id,plan", "1,2")))
                .isInstanceOf(ImportFormatException.class)
                .hasMessageContaining("plan_name");
    }

    @Test
    void aBatchCostsAConstantNumberOfOperations() {
        long small = operations(40);
        long large = operations(400);
        assertThat(large).isEqualTo(small).isLessThanOrEqualTo(11);
    }

    /** Half of the rows are known by id, a quarter by e-mail, a quarter by phone; half are new. */
    private long operations(int rows) {
        List<String> lines = new ArrayList<>(List.of("customer_id,email,phone,tags"));
        for (int i = 0; i < rows; i++) {
            String email = "b" + rows + "i" + i + "@x.example";
            String phone = "+4930" + (1_000_000 + rows * 1_000 + i);
            switch (i % 4) {
                case 0 -> lines.add("," + email + ",,new");
                case 1 -> lines.add(",," + phone + ",new");
                default -> lines.add(rows + "-" + i + ",,,new");
            }
            if (i % 8 < 4) {
                Customer.Builder draft = Customer.builder().externalId("shop", rows + "-" + i);
                desk().customers().register(draft.email(email).phone(phone));
            }
        }
        long before = operationsSoFar();
        ImportReport report = desk().imports().run(PLAN, csv(lines.toArray(String[]::new)), ImportOptions.defaults());
        long cost = operationsSoFar() - before;
        assertThat(counts(report)).containsExactly(rows / 2L, rows / 2L, 0L, 0L, 0L);
        return cost;
    }

    private long operationsSoFar() {
        return Stream.of("list", "find", "findAll", "scanElements", "insertIfAbsent", "insert", "update", "append")
                .mapToLong(this::calls)
                .sum();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aDryRunOfAnyFileSaysWhatTheRealOneDoes(long seed) {
        Random random = new Random(seed);
        RowSource before = randomFile(random, 40, true);
        run(PLAN, before);
        List<Customer> standing = all();
        RowSource file = randomFile(random, 200, true);

        List<ImportReport> dry = new ArrayList<>();
        for (int size : new int[] {1, 7, 1_000}) {
            dry.add(desk().imports().run(PLAN, file, ImportOptions.dryRun().withBatchSize(size)));
            assertThat(all()).isEqualTo(standing);
        }
        ImportReport real =
                desk().imports().run(PLAN, file, ImportOptions.defaults().withBatchSize(11));

        assertThat(dry).as("seed %d", seed).containsOnly(real);
        assertThat(counts(real)).doesNotContain(200L);
        assertThat(all()).hasSize(standing.size() + (int) real.created());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void anyFileThatComesAgainChangesNothing(long seed) {
        RowSource file = randomFile(new Random(seed), 300, false);

        ImportReport first =
                desk().imports().run(PLAN, file, ImportOptions.defaults().withBatchSize(9));
        List<Customer> kept = all();
        ImportReport again =
                desk().imports().run(PLAN, file, ImportOptions.defaults().withBatchSize(31));

        assertThat(counts(first).get(0)).isPositive();
        assertThat(again.created() + again.updated()).as("seed %d", seed).isZero();
        assertThat(all()).isEqualTo(kept);
    }

    /** Few ids, addresses and words, so that all that can meet does. */
    private RowSource randomFile(Random random, int rows, boolean bothAddresses) {
        List<String> lines = new ArrayList<>(List.of("customer_id,email,phone,given_name,tags,owner"));
        for (int i = 0; i < rows; i++) {
            String id = random.nextInt(3) == 0 ? "" + random.nextInt(30) : "";
            boolean emailFirst = random.nextBoolean();
            String email = emailFirst || bothAddresses ? some(random, "e" + random.nextInt(60) + "@x.example") : "";
            String phone = !emailFirst || bothAddresses ? some(random, "030 12345" + (10 + random.nextInt(60))) : "";
            lines.add(String.join(
                    ",",
                    id,
                    email,
                    phone,
                    some(random, "N" + random.nextInt(2)),
                    some(random, "t" + random.nextInt(3)),
                    some(random, random.nextInt(9) == 0 ? "x".repeat(201) : "o")));
        }
        return csv(lines.toArray(String[]::new));
    }

    private static String some(Random random, String text) {
        return random.nextBoolean() ? text : "";
    }
}
