package dev.crmcore.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmcore.value.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickStartTest {

    @TempDir
    Path folder;

    private String printed = "";
    private String complained = "";

    private int run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--out", folder.resolve("report").toString()));
        int code = QuickStart.run(
                all,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        printed = out.toString(StandardCharsets.UTF_8);
        complained = err.toString(StandardCharsets.UTF_8);
        return code;
    }

    private String file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n")
                .toString();
    }

    private JsonObject kpis() throws IOException {
        return JsonObject.parse(Files.readString(folder.resolve("report/kpis.json")));
    }

    private static void assertNear(BigDecimal actual, double expected, double tolerance) {
        assertThat(actual.doubleValue()).isCloseTo(expected, Offset.offset(tolerance));
    }

    @Test
    void givesThePublishedFiguresOfTheSample() throws IOException {
        assertThat(run("--store", "memory", "--until", "1997-09-30", "--unit", "week"))
                .isEqualTo(QuickStart.DONE);

        JsonObject bgnbd = kpis().requireObject("lifetimeValue").requireObject("bgnbd");
        assertNear(bgnbd.requireDecimal("r"), 0.2425945, 1e-5);
        assertNear(bgnbd.requireDecimal("alpha"), 4.413602, 1e-4);
        assertNear(bgnbd.requireDecimal("a"), 0.792922, 1e-4);
        assertNear(bgnbd.requireDecimal("b"), 2.425907, 1e-3);
        assertNear(bgnbd.requireDecimal("logLikelihood"), -9582.42920667, 1e-3);
        assertThat(kpis().requireDecimal("customers")).isEqualByComparingTo("2357");
        assertThat(printed).contains("r 0.243, alpha 4.414, a 0.793, b 2.426, log-likelihood -9582.4");
        try (Stream<String> rows = Files.lines(folder.resolve("report/customers.csv"))) {
            assertThat(rows).hasSize(2358);
        }
    }

    @Test
    void changesNoFigureWhenItRunsAgain() throws IOException {
        String purchases =
                file("p.csv", "customer_id,date,amount", "1,2025-01-01,10.00", "1,2025-01-01,10.00", "2,2025-02-01,5");
        String responses = file("r.csv", "customer_id,answered_at,survey,score,comment", "1,2025-01-02,nps,9,\"a, b\"");
        assertThat(run("--purchases", purchases, "--responses", responses)).isEqualTo(QuickStart.DONE);
        String first = Files.readString(folder.resolve("report/kpis.json"));

        assertThat(run("--purchases", purchases, "--responses", responses)).isEqualTo(QuickStart.DONE);

        assertThat(Files.readString(folder.resolve("report/kpis.json"))).isEqualTo(first);
        assertThat(printed).contains("3 rows, 0 new");
        assertNear(kpis().requireDecimal("revenue"), 25.00, 0);
    }

    @Test
    void touchesNothingWhenARowIsBad() throws IOException {
        String purchases = file("p.csv", "customer_id,date,amount", "1,2025-01-01,10.00", "2,2025-02-30,5");

        assertThat(run("--purchases", purchases)).isEqualTo(QuickStart.INVALID_INPUT);

        assertThat(complained)
                .contains("line 3")
                .contains("date")
                .contains("2025-02-30")
                .doesNotContain("\tat ");
        assertThat(folder.resolve("report")).doesNotExist();
    }

    @Test
    void saysWhyAFigureCannotBeComputed() throws IOException {
        String purchases = file("p.csv", "customer_id,date,amount", "1,2025-01-01,10.00");
        String responses = file("r.csv", "customer_id,answered_at,survey,score,comment");

        assertThat(run("--store", "memory", "--purchases", purchases, "--responses", responses))
                .isEqualTo(QuickStart.DONE);

        assertThat(kpis().requireObject("feedback").requireObject("nps").text("undefined"))
                .isPresent();
        assertThat(kpis().requireObject("lifetimeValue").requireObject("bgnbd").text("undefined"))
                .isPresent();
    }

    @Test
    void refusesArgumentsThatItDoesNotKnow() {
        assertThat(run("--unit", "fortnight")).isEqualTo(QuickStart.INVALID_INPUT);
        assertThat(complained).contains("--unit");
    }
}
