package dev.crmcore.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.customer.AttributeDefinition;
import dev.crmcore.customer.AttributeType;
import dev.crmcore.customer.Customer;
import dev.crmcore.exchange.ImportFormatException;
import dev.crmcore.exchange.ImportOptions;
import dev.crmcore.exchange.ImportReport;
import dev.crmcore.exchange.InteractionImport;
import dev.crmcore.exchange.Reject;
import dev.crmcore.exchange.RowSource;
import dev.crmcore.interaction.Channel;
import dev.crmcore.interaction.Direction;
import dev.crmcore.interaction.Interaction;
import dev.crmcore.interaction.Touchpoint;
import dev.crmcore.query.Query;
import dev.crmcore.value.ExternalId;
import dev.crmcore.value.InvalidValueException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happened comes in from files, once. */
public abstract class InteractionImportScenario extends Scenario {

    private static final InteractionImport PLAN =
            InteractionImport.from("helpdesk").createMissingCustomers();
    private static final String HEADER = "customer_id,occurred_at,channel,type,message_id";

    @TempDir
    Path folder;

    private RowSource csv(String... lines) {
        return RowSource.csv(file("interactions.csv", lines));
    }

    private Path file(String name, String... lines) {
        try {
            return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ImportReport run(InteractionImport plan, RowSource source) {
        return desk().imports().run(plan, source, ImportOptions.defaults().withBatchSize(2));
    }

    private static List<Long> counts(ImportReport report) {
        return List.of(report.created(), report.updated(), report.unchanged(), report.duplicate(), report.invalid());
    }

    private List<Interaction> all() {
        return desk().interactions().list(Query.of(Interaction.TYPE)).items();
    }

    @Test
    void registersNobodyForARowThatIsNotTaken() {
        String header = "customer_id,occurred_at,channel,type,message_id";
        run(PLAN, csv(header, "1,2025-02-01,EMAIL,question,A"));

        ImportReport report = run(PLAN, csv(header, "77,2025-02-01,EMAIL,question,A"));

        assertThat(counts(report)).containsExactly(0L, 0L, 0L, 0L, 1L);
        assertThat(report.rejects().get(0).describe())
                .isEqualTo("line 2, column message_id: 'A' is recorded with other content");
        assertThat(report.customersCreated()).isZero();
        assertThat(desk().customers().findByExternalId(ExternalId.of("helpdesk", "77")))
                .isEmpty();
    }

    @Test
    void aRowIsAnInteractionWithAllThatItSays() {
        Customer ann = desk().customers().register(Customer.builder().externalId("helpdesk", "1"));
        Touchpoint hotline = desk().interactions().declareTouchpoint("hotline", Channel.CALL, null);
        RowSource file = csv(
                HEADER + ",direction,subject,body_ref,duration,sentiment,touchpoint",
                "1,2026-02-01T10:00:00Z,in-store,order question,m-1,Inbound,\"Where is it?\",bodies/1,PT4M,-0.40,hotline",
                "1,2026-02-01 11:30,CALL,order question,m-2,OUTBOUND,,,90.5,1,",
                "1,2026-02-02,post,letter,,,,,,,");

        ImportReport report = run(PLAN.zone(ZoneId.of("Europe/Berlin")), file);

        assertThat(counts(report)).containsExactly(3L, 0L, 0L, 0L, 0L);
        assertThat(report.customersCreated()).isZero();
        Interaction first = desk().interactions()
                .findByExternalId(ExternalId.of("helpdesk", "m-1"))
                .orElseThrow();
        assertThat(first.customer()).isEqualTo(ann.id());
        assertThat(first.occurredAt()).isEqualTo(Instant.parse("2026-02-01T10:00:00Z"));
        assertThat(first.channel()).isEqualTo(Channel.IN_STORE);
        assertThat(first.type()).isEqualTo("order question");
        assertThat(first.direction()).contains(Direction.INBOUND);
        assertThat(first.subject()).contains("Where is it?");
        assertThat(first.bodyRef()).contains("bodies/1");
        assertThat(first.duration()).contains(Duration.ofMinutes(4));
        assertThat(first.sentiment()).contains(new BigDecimal("-0.4"));
        assertThat(first.touchpoint()).contains(hotline.id());
        Interaction second = desk().interactions()
                .findByExternalId(ExternalId.of("helpdesk", "m-2"))
                .orElseThrow();
        assertThat(second.occurredAt()).isEqualTo(Instant.parse("2026-02-01T10:30:00Z"));
        assertThat(second.duration()).contains(Duration.ofMillis(90_500));
        assertThat(all()).extracting(Interaction::occurredAt).contains(Instant.parse("2026-02-01T23:00:00Z"));
        assertThat(counts(run(PLAN.zone(ZoneId.of("Europe/Berlin")), file))).containsExactly(0L, 0L, 3L, 0L, 0L);
    }

    @Test
    void whatWasRecordedStays() {
        RowSource file = csv(
                HEADER,
                "1,2026-02-01,CALL,question,m-1",
                "1,2026-02-01,CALL,question,m-1",
                "1,2026-02-01,CALL,answer,m-1",
                "1,2026-02-01,CALL,question,m-1",
                "1,2026-02-01,CALL,question,",
                "1,2026-02-01,CALL,question,");

        ImportReport dry =
                desk().imports().run(PLAN, file, ImportOptions.dryRun().withBatchSize(1));
        assertThat(all()).isEmpty();
        ImportReport report = run(PLAN, file);
        List<Interaction> kept = all();
        ImportReport again = run(PLAN, file);
        ImportReport other = run(PLAN, csv(HEADER, "1,2026-02-01,CALL,answer,m-1"));

        assertThat(dry).isEqualTo(report);
        assertThat(counts(report)).containsExactly(3L, 0L, 0L, 2L, 1L);
        assertThat(report.customersCreated()).isEqualTo(1);
        assertThat(report.rejects().get(0).describe())
                .isEqualTo("line 4, column message_id: 'm-1' stands further up with other content");
        assertThat(counts(again)).containsExactly(0L, 0L, 3L, 2L, 1L);
        assertThat(counts(other)).containsExactly(0L, 0L, 0L, 0L, 1L);
        assertThat(other.rejects().get(0).reason()).isEqualTo("is recorded with other content");
        assertThat(all()).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "customer_id||is missing",
                "occurred_at|yesterday|is no date",
                "channel|pigeon|is none of",
                "channel||is missing",
                "type||is missing",
                "type|LONG|is longer than 200",
                "direction|sideways|is none of",
                "subject|LONG|is longer than 1000",
                "duration|-1|is negative",
                "duration|PT|is neither",
                "duration|1e9|is not a plain decimal",
                "duration|PT99999999999999H|",
                "sentiment|1.01|is not from -1 to 1",
                "touchpoint|nowhere|is no declared touchpoint",
                "message_id|LONG|is longer than 400"
            })
    void aBadValueIsRejectedWithItsPlace(String column, String value, String reason) {
        String bad = value == null ? "" : value.replace("LONG", "x".repeat(1_001));
        List<String> columns = List.of(
                "customer_id",
                "occurred_at",
                "channel",
                "type",
                "direction",
                "subject",
                "duration",
                "sentiment",
                "touchpoint",
                "message_id");
        List<String> good = List.of("1", "2026-02-01", "CALL", "question", "", "", "", "", "", "");
        List<String> row = new ArrayList<>(good);
        row.set(columns.indexOf(column), bad);

        ImportReport report = run(PLAN, csv(String.join(",", columns), String.join(",", good), String.join(",", row)));

        assertThat(counts(report)).containsExactly(1L, 0L, 0L, 0L, 1L);
        Reject reject = report.rejects().get(0);
        assertThat(reject.line()).isEqualTo(3);
        assertThat(reject.column()).isEqualTo(column);
        assertThat(reject.reason()).contains(reason == null ? "" : reason);
    }

    @Test
    void whatTheFileLacksThePlanMaySay() {
        RowSource file = csv("who,occurred_at", "1,2026-02-01");
        InteractionImport plan = PLAN.column(InteractionImport.CUSTOMER_ID, "who");

        assertThatThrownBy(() -> run(plan, file))
                .isInstanceOf(ImportFormatException.class)
                .hasMessageContaining("channel");
        assertThatThrownBy(() -> plan.type(" ")).isInstanceOf(InvalidValueException.class);
        ImportReport report = run(plan.channel(Channel.WEB).type(" visit "), file);

        assertThat(counts(report)).containsExactly(1L, 0L, 0L, 0L, 0L);
        assertThat(all().get(0).channel()).isEqualTo(Channel.WEB);
        assertThat(all().get(0).type()).isEqualTo("visit");
    }

    @Test
    void aCustomerNobodyKnowsIsRejectedUnlessThePlanRegistersThem() {
        ImportReport report = run(InteractionImport.from("helpdesk"), csv(HEADER, "1,2026-02-01,CALL,question,m-1"));

        assertThat(counts(report)).containsExactly(0L, 0L, 0L, 0L, 1L);
        assertThat(report.rejects().get(0).describe())
                .isEqualTo("line 2, column customer_id: '1' is nobody's id in helpdesk");
        assertThat(desk().customers().count(Query.of(Customer.TYPE))).isZero();
    }

    @Test
    void whereAnIdAloneMakesNoCustomerTheOthersComeIn() {
        desk().customers().register(Customer.builder().externalId("helpdesk", "1"));
        desk().attributeDefinitions()
                .declare(AttributeDefinition.of(Customer.TYPE, "plan", AttributeType.STRING)
                        .required());

        ImportReport report =
                run(PLAN, csv(HEADER, "1,2026-02-01,CALL,question,m-1", "2,2026-02-01,CALL,question,m-2"));

        assertThat(counts(report)).containsExactly(1L, 0L, 0L, 0L, 1L);
        assertThat(report.rejects().get(0).reason()).contains("nobody's id", "attribute.required");
    }

    @Test
    void jsonLinesSayTheSame() {
        RowSource file = RowSource.jsonLines(file(
                "interactions.jsonl",
                "{\"customer_id\": 1, \"occurred_at\": \"2026-02-01\", \"channel\": \"call\", \"type\": \"q\", \"duration\": 1.50}",
                "{\"customer_id\": 1, \"occurred_at\": \"2026-02-01\", \"type\": \"q\"}"));

        assertThat(counts(run(PLAN, file))).containsExactly(1L, 0L, 0L, 0L, 1L);
        assertThat(all().get(0).duration()).contains(Duration.ofMillis(1_500));
    }

    @Test
    void aBatchCostsAConstantNumberOfOperations() {
        desk().interactions().declareTouchpoint("hotline", Channel.CALL, null);
        assertThat(operations(300)).isEqualTo(operations(30)).isLessThanOrEqualTo(8);
    }

    private long operations(int rows) {
        List<String> lines = new ArrayList<>(List.of(HEADER + ",touchpoint"));
        for (int i = 0; i < rows; i++) {
            lines.add(rows + "-" + i + ",2026-02-01,CALL,question,m-" + rows + "-" + i + ",hotline");
        }
        long before = operationsSoFar();
        desk().imports().run(PLAN, csv(lines.toArray(String[]::new)), ImportOptions.defaults());
        return operationsSoFar() - before;
    }

    private long operationsSoFar() {
        return Stream.of("list", "find", "findAll", "insertIfAbsent", "insert", "update", "append")
                .mapToLong(this::calls)
                .sum();
    }
}
