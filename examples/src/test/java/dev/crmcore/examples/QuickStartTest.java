package dev.crmcore.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.value.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuickStartTest {

    private static final String PURCHASES = "customer_id,date,amount";
    private static final String RESPONSES = "customer_id,answered_at,survey,score,comment";

    @TempDir
    Path folder;

    /** What one run gave. */
    private record Run(int code, String out, String err) {}

    private Run run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = QuickStart.run(
                List.of(args),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Runs with a report directory of its own. */
    private Run report(String... args) {
        return run(Stream.concat(Arrays.stream(args), Stream.of("--out", out().toString()))
                .toArray(String[]::new));
    }

    private Path out() {
        return folder.resolve("report");
    }

    private String file(String name, String... lines) {
        try {
            return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n")
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(String name) {
        try {
            return Files.readString(out().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonObject kpis() {
        return JsonObject.parse(text("kpis.json"));
    }

    /** The lines of customers.csv by the customer's id. */
    private Map<String, List<String>> customers() {
        return text("customers.csv")
                .lines()
                .skip(1)
                .map(line -> List.of(line.split(",", -1)))
                .collect(Collectors.toMap(fields -> fields.get(0), fields -> fields));
    }

    private static double number(JsonObject of, String name) {
        return of.requireDecimal(name).doubleValue();
    }

    private static String reason(JsonObject of, String name) {
        return of.requireObject(name).requireText("undefined");
    }

    @Test
    void theSampleGivesThePublishedFigures() throws IOException {
        Run run = report("--until", "1997-09-30", "--unit", "week", "--horizon", "39", "--store", "memory");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isEqualTo(QuickStart.DONE);
        assertThat(run.out())
                .contains("6,919 rows, 6,919 new")
                .contains("BG/NBD                 r 0.243, alpha 4.414, a 0.793, b 2.426, log-likelihood -9582.4");
        JsonObject kpis = kpis();
        assertThat(kpis.names())
                .containsExactly(
                        "asOf",
                        "unit",
                        "currency",
                        "customers",
                        "purchases",
                        "repeatPurchaseRate",
                        "averageOrderValue",
                        "revenue",
                        "rfm",
                        "cohorts",
                        "lifetimeValue",
                        "feedback",
                        "revenuePerCustomer",
                        "concentration",
                        "timeToSecondPurchase",
                        "interpurchaseTime",
                        "inactivityChurn",
                        "rollingRetention");
        assertThat(kpis.requireText("asOf")).isEqualTo("1997-09-30");
        assertThat(kpis.requireText("unit")).isEqualTo("week");
        assertThat(kpis.requireText("currency")).isEqualTo("USD");
        assertThat(kpis.requireLong("customers")).isEqualTo(2357);
        assertThat(number(kpis.requireObject("repeatPurchaseRate"), "value")).isCloseTo(946 / 2357.0, within(1e-11));
        JsonObject lifetime = kpis.requireObject("lifetimeValue");
        JsonObject bgnbd = lifetime.requireObject("bgnbd");
        assertThat(number(bgnbd, "r")).isCloseTo(.2425945, within(1e-5));
        assertThat(number(bgnbd, "alpha")).isCloseTo(4.413602, within(1e-4));
        assertThat(number(bgnbd, "a")).isCloseTo(.792922, within(1e-4));
        assertThat(number(bgnbd, "b")).isCloseTo(2.425907, within(1e-3));
        assertThat(number(bgnbd, "logLikelihood")).isCloseTo(-9582.42920667, within(1e-3));
        assertThat(bgnbd.bool("converged")).contains(true);
        assertThat(bgnbd.requireObject("standardErrors").names()).containsExactly("r", "alpha", "a", "b");
        JsonObject gammaGamma = lifetime.requireObject("gammaGamma");
        assertThat(number(gammaGamma, "p")).isCloseTo(6.25, within(.01));
        assertThat(number(gammaGamma, "q")).isCloseTo(3.74, within(.01));
        assertThat(number(gammaGamma, "v")).isCloseTo(15.44, within(.02));
        assertThat(lifetime.requireLong("horizonUnits")).isEqualTo(39);
        JsonObject pareto = lifetime.requireObject("paretoNbd");
        assertThat(number(pareto, "r")).isCloseTo(.553, within(.0005));
        assertThat(number(pareto, "alpha")).isCloseTo(10.578, within(.005));
        assertThat(number(pareto, "s")).isCloseTo(.606, within(.0005));
        assertThat(number(pareto, "beta")).isCloseTo(11.669, within(.005));
        assertThat(number(pareto, "logLikelihood")).isCloseTo(-9595.0, within(.05));
        JsonObject mbg = lifetime.requireObject("mbgNbd");
        assertThat(number(mbg, "r")).isCloseTo(.525, within(.0005));
        assertThat(number(mbg, "alpha")).isCloseTo(6.183, within(.002));
        assertThat(number(mbg, "a")).isCloseTo(.891, within(.001));
        assertThat(number(mbg, "b")).isCloseTo(1.614, within(.003));
        assertThat(cohortSizes(kpis)).containsExactly(781L, 857L, 719L);
        assertThat(kpis.requireObject("rfm").objects("segments"))
                .hasSize(10)
                .extracting(segment -> segment.requireLong("customers"))
                .satisfies(counts -> assertThat(
                                counts.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(2357));
    }

    private static List<Long> cohortSizes(JsonObject kpis) {
        return kpis.objects("cohorts").stream()
                .map(cohort -> cohort.requireLong("size"))
                .toList();
    }

    @Test
    void theCustomersOfTheSampleAddUpToItsFigures() {
        report("--until", "1997-09-30", "--horizon", "39", "--store", "memory");

        assertThat(text("customers.csv").lines().findFirst())
                .contains("customer_id,frequency,recency,age,monetary_value,r,f,m,segment,"
                        + "p_alive,expected_purchases,expected_value,clv");
        Map<String, List<String>> customers = customers();
        assertThat(customers).hasSize(2357);
        List<String> first = customers.get("0001");
        assertThat(first.get(1)).isEqualTo("2");
        assertThat(Double.parseDouble(first.get(2))).isCloseTo(213 / 7.0, within(1e-9));
        assertThat(Double.parseDouble(first.get(3))).isCloseTo(272 / 7.0, within(1e-9));
        assertThat(Double.parseDouble(first.get(4))).isCloseTo((29.73 + 14.96) / 2, within(1e-9));
        JsonObject lifetime = kpis().requireObject("lifetimeValue");
        assertThat(sum(customers, 10)).isCloseTo(number(lifetime, "expectedPurchases"), within(1e-6));
        assertThat(sum(customers, 12)).isCloseTo(number(lifetime, "totalClv"), within(1e-4));
        List<JsonObject> segments = kpis().requireObject("rfm").objects("segments");
        for (JsonObject segment : segments) {
            assertThat(customers.values().stream()
                            .filter(fields -> fields.get(8).equals(segment.requireText("name"))))
                    .hasSize((int) segment.requireLong("customers"));
        }
        BigDecimal revenue =
                segments.stream().map(each -> each.requireDecimal("revenue")).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(revenue).isEqualByComparingTo(kpis().requireDecimal("revenue"));
    }

    private static double sum(Map<String, List<String>> customers, int column) {
        return customers.values().stream()
                .mapToDouble(fields -> Double.parseDouble(fields.get(column)))
                .sum();
    }

    @Test
    void theSampleTellsWhoComesBackAndWhoBringsTheRevenue() throws IOException {
        Run run = report("--until", "1997-09-30", "--store", "memory");

        Map<String, TreeSet<LocalDate>> days = new HashMap<>();
        Map<String, BigDecimal> spent = new HashMap<>();
        LocalDate end = LocalDate.parse("1997-09-30");
        for (String line : sample("cdnow_sample.csv").stream().skip(1).toList()) {
            String[] fields = line.split(",", -1);
            LocalDate day = LocalDate.parse(fields[1]);
            if (!day.isAfter(end)) {
                days.computeIfAbsent(fields[0], id -> new TreeSet<>()).add(day);
                spent.merge(fields[0], new BigDecimal(fields[3]), BigDecimal::add);
            }
        }
        long second = days.values().stream().filter(each -> each.size() > 1).count();
        // within 90 days nobody was censored: the first purchases are of the first quarter
        long soon = days.values().stream()
                .filter(each ->
                        each.size() > 1 && ChronoUnit.DAYS.between(each.first(), each.higher(each.first())) <= 90)
                .count();
        long silent = days.values().stream()
                .filter(each -> ChronoUnit.DAYS.between(each.last(), end) > 180)
                .count();
        JsonObject comingBack = kpis().requireObject("timeToSecondPurchase");
        assertThat(comingBack.requireLong("second")).isEqualTo(second);
        assertThat(number(comingBack.requireObject("within90Days"), "value")).isCloseTo(soon / 2357.0, within(1e-11));
        assertThat(reason(comingBack, "median")).contains("0.5");
        assertThat(number(kpis().requireObject("inactivityChurn"), "value")).isCloseTo(silent / 2357.0, within(1e-11));
        assertThat(number(kpis().requireObject("revenuePerCustomer"), "value"))
                .isCloseTo(number(kpis(), "revenue") / 2357, within(1e-8));
        List<Double> best = spent.values().stream()
                .map(BigDecimal::doubleValue)
                .sorted(Comparator.reverseOrder())
                .toList();
        double top = best.stream().limit(472).mapToDouble(each -> each).sum();
        JsonObject concentration = kpis().requireObject("concentration");
        assertThat(number(concentration, "top20Share")).isCloseTo(top / number(kpis(), "revenue"), within(1e-9));
        double ranked = 0;
        for (int i = 0; i < best.size(); i++) {
            ranked += (best.size() - 2.0 * i - 1) * best.get(i);
        }
        assertThat(number(concentration, "gini"))
                .isCloseTo(ranked / (best.size() * number(kpis(), "revenue")), within(1e-9));
        List<JsonObject> windows = kpis().requireObject("rollingRetention").objects("windows");
        long inWindow1 = days.values().stream()
                .filter(each -> each.stream().anyMatch(day -> ChronoUnit.DAYS.between(each.first(), day) / 30 == 1))
                .count();
        assertThat(windows.get(0).requireLong("window")).isEqualTo(1);
        assertThat(number(windows.get(0), "value")).isCloseTo(inWindow1 / 2357.0, within(1e-11));
        assertThat(run.out())
                .contains("Pareto/NBD             r 0.553, alpha 10.578, s 0.606, beta 11.669, log-likelihood -9595.0")
                .contains("the best fifth brings")
                .contains("Half within            undefined: ");
    }

    @Test
    void theCommentsOfAFileAreScored() {
        String purchases = file("p.csv", PURCHASES, "a,2025-01-01,10");
        String responses = file(
                "r.csv",
                RESPONSES,
                "a,2025-01-02,nps,9,I love it",
                "a,2025-01-02,csat,1,horrible",
                "a,2025-01-02,ces,4,a table",
                "a,2025-01-02,nps,7,");

        Run run = report("--purchases", purchases, "--responses", responses, "--until", "2025-12-31");

        JsonObject sentiment = kpis().requireObject("feedback").requireObject("sentiment");
        assertThat(sentiment.requireLong("n")).isEqualTo(3);
        assertThat(number(sentiment.requireObject("positive"), "value")).isCloseTo(1 / 3.0, within(1e-11));
        assertThat(number(sentiment.requireObject("negative"), "value")).isCloseTo(1 / 3.0, within(1e-11));
        assertThat(run.out()).contains("Comments, positive     33.3 %");
        assertThat(text("kpis.json")).doesNotContain("horrible");
    }

    @Test
    void theAnswersOfTheSampleAreCountedUpToTheDay() throws IOException {
        report("--until", "1997-09-30", "--store", "memory");

        List<Integer> scores = new ArrayList<>();
        for (String line : sample("survey_responses.csv")) {
            List<String> fields = List.of(line.split(",", -1));
            if (fields.get(2).equals("nps") && fields.get(1).compareTo("1997-10-01") < 0) {
                scores.add(Integer.parseInt(fields.get(3)));
            }
        }
        JsonObject nps = kpis().requireObject("feedback").requireObject("nps");
        long promoters = scores.stream().filter(score -> score >= 9).count();
        long detractors = scores.stream().filter(score -> score <= 6).count();
        assertThat(nps.requireLong("n")).isEqualTo(scores.size());
        assertThat(nps.requireLong("promoters")).isEqualTo(promoters);
        assertThat(nps.requireLong("detractors")).isEqualTo(detractors);
        assertThat(nps.requireLong("passives")).isEqualTo(scores.size() - promoters - detractors);
        assertThat(number(nps, "value")).isCloseTo(100.0 * (promoters - detractors) / scores.size(), within(1e-9));
        assertThat(kpis().requireObject("feedback").requireObject("csat").requireLong("n"))
                .isPositive();
        assertThat(kpis().requireObject("feedback").requireObject("ces").requireLong("n"))
                .isPositive();
    }

    private static List<String> sample(String name) throws IOException {
        try (InputFile file = InputFile.bundled(name)) {
            return Files.readAllLines(file.path());
        }
    }

    @Test
    void theBundledAnswersAreWhatTheirGeneratorMakes() throws IOException {
        String made = SampleResponses.of(sample("cdnow_sample.csv"));

        assertThat(String.join("\n", sample("survey_responses.csv")) + "\n").isEqualTo(made);
    }

    @Test
    void theSameFilesAgainChangeNothingAndMoreIsAdded() {
        String purchases =
                file("p.csv", PURCHASES, "a,2025-01-01,10", "a,2025-01-01,10", "a,2025-01-20,12", "b,2025-01-05,7.5");
        String responses =
                file("r.csv", RESPONSES, "a,2025-01-02,nps,9,", "b,2025-01-02T10:00:00Z,csat,4,\"fine, thanks\"");

        Run first = report("--purchases", purchases, "--responses", responses, "--until", "2025-12-31");
        String kpis = text("kpis.json");
        String customers = text("customers.csv");
        Run again = report("--purchases", purchases, "--responses", responses, "--until", "2025-12-31");

        assertThat(first.out()).contains("p.csv: 4 rows, 4 new").contains("r.csv: 2 rows, 2 new");
        assertThat(again.out()).contains("p.csv: 4 rows, 0 new").contains("r.csv: 2 rows, 0 new");
        assertThat(text("kpis.json")).isEqualTo(kpis);
        assertThat(text("customers.csv")).isEqualTo(customers);
        JsonObject quarter = kpis().requireObject("timeToSecondPurchase").requireObject("lowerQuartile");
        assertThat(number(quarter, "value")).isEqualTo(19);
        assertThat(reason(quarter, "interval95")).contains("bound");
        assertThat(first.out()).contains("19 days (19 days to no bound), n = 2");

        String more = file("more.csv", PURCHASES, "c,2025-02-01,1.25", "b,2025-01-05,7.5");
        Run added = report("--purchases", more, "--until", "2025-12-31");

        assertThat(added.out()).contains("more.csv: 2 rows, 1 new");
        assertThat(kpis().requireLong("customers")).isEqualTo(3);
        assertThat(kpis().requireDecimal("revenue")).isEqualByComparingTo("40.75");
        assertThat(kpis().requireObject("feedback").requireObject("nps").requireLong("n"))
                .isEqualTo(1);
    }

    @Test
    void aBadRowIsNamedAndNothingIsTouched() {
        String good = file("good.csv", PURCHASES, "a,2025-01-01,10");
        String bad = file("bad.csv", PURCHASES, "a,2025-01-01,10", "b,2025-01-01,ten", "c,2025-02-30,10");
        String responses = file("r.csv", RESPONSES, "a,2025-01-02,nps,11,");

        Run fresh = report("--purchases", bad, "--responses", responses);

        assertThat(fresh.code()).isEqualTo(QuickStart.INVALID_INPUT);
        assertThat(fresh.out()).isEmpty();
        assertThat(fresh.err())
                .contains("bad.csv: line 3, column amount: 'ten'")
                .contains("bad.csv: line 4, column date: '2025-02-30'")
                .contains("r.csv: line 2, column score: '11' is not on the scale from 0 to 10")
                .doesNotContain("\tat ");
        assertThat(out()).doesNotExist();

        report("--purchases", good);
        String kpis = text("kpis.json");
        Run later = report("--purchases", good, "--responses", responses);

        assertThat(later.code()).isEqualTo(QuickStart.INVALID_INPUT);
        assertThat(text("kpis.json")).isEqualTo(kpis);
    }

    @Test
    void aRowThatContradictsTheStoreIsNamedAndNothingIsTouched() {
        String header = PURCHASES + ",order_id";
        String first = file("first.csv", header, "a,2025-01-01,10,A1");
        String second = file("second.csv", header, "b,2025-01-02,20,A2", "a,2025-01-01,11,A1");
        report("--purchases", first);

        String kpis = text("kpis.json");

        Run refused = report("--purchases", second);

        assertThat(refused.code()).isEqualTo(QuickStart.INVALID_INPUT);
        assertThat(refused.err())
                .contains("second.csv: line 3, column order_id: 'A1' is recorded with other content")
                .contains("Nothing was imported");
        assertThat(text("kpis.json")).isEqualTo(kpis);
        assertThat(report("--purchases", first).out()).contains("first.csv: 1 rows, 0 new");
        assertThat(text("kpis.json")).isEqualTo(kpis);
        assertThat(report("--purchases", file("third.csv", header, "b,2025-01-02,20,A2"))
                        .out())
                .contains("third.csv: 1 rows, 1 new");
    }

    @Test
    void whatCannotBeComputedSaysWhy() {
        String one = file("one.csv", PURCHASES, "a,2025-01-01,10");

        Run run = report("--purchases", one, "--store", "memory");

        assertThat(run.code()).isEqualTo(QuickStart.DONE);
        JsonObject lifetime = kpis().requireObject("lifetimeValue");
        assertThat(reason(lifetime, "bgnbd")).isNotBlank();
        assertThat(reason(lifetime, "gammaGamma")).isNotBlank();
        assertThat(reason(lifetime, "totalClv")).isNotBlank();
        assertThat(reason(kpis().requireObject("feedback"), "nps")).isEqualTo("no valid answer");
        assertThat(reason(kpis().requireObject("feedback"), "csat")).isNotBlank();
        assertThat(reason(kpis().requireObject("feedback"), "ces")).isNotBlank();
        assertThat(reason(kpis().requireObject("feedback"), "sentiment")).isNotBlank();
        assertThat(reason(lifetime, "mbgNbd")).isNotBlank();
        assertThat(reason(lifetime, "paretoNbd")).isNotBlank();
        assertThat(reason(kpis(), "interpurchaseTime")).isNotBlank();
        assertThat(reason(kpis(), "rollingRetention")).contains("30 days");
        assertThat(reason(kpis().requireObject("timeToSecondPurchase"), "median"))
                .isNotBlank();
        assertThat(number(kpis().requireObject("concentration"), "top20Share")).isEqualTo(1);
        assertThat(number(kpis(), "averageOrderValue")).isEqualTo(10);
        assertThat(customers().get("a").subList(9, 13)).containsOnly("");
        String kpis = text("kpis.json");
        assertThat(kpis).doesNotContain("NaN").doesNotContain("Infinity");

        report("--purchases", one, "--store", "memory", "--responses", file("none.csv", RESPONSES));
        assertThat(text("kpis.json")).as("with a file of no answers").isEqualTo(kpis);
    }

    @Test
    void answersWithoutPurchasesAreReported() {
        String responses = file("r.csv", RESPONSES, "a,2025-01-02,nps,9,", "a,2025-01-03,ces,6,");

        Run run = report("--responses", responses, "--store", "memory");

        assertThat(run.code()).isEqualTo(QuickStart.DONE);
        assertThat(reason(kpis(), "asOf")).isEqualTo("no purchase");
        assertThat(kpis().requireLong("customers")).isZero();
        assertThat(reason(kpis(), "repeatPurchaseRate")).isNotBlank();
        assertThat(reason(kpis(), "averageOrderValue")).isNotBlank();
        for (String name : List.of(
                "revenuePerCustomer",
                "concentration",
                "timeToSecondPurchase",
                "interpurchaseTime",
                "inactivityChurn",
                "rollingRetention")) {
            assertThat(reason(kpis(), name)).as(name).isNotBlank();
        }
        assertThat(kpis().requireDecimal("revenue")).isEqualByComparingTo("0");
        JsonObject feedback = kpis().requireObject("feedback");
        assertThat(number(feedback.requireObject("nps"), "value")).isEqualTo(100);
        assertThat(reason(feedback.requireObject("ces"), "interval95")).isNotBlank();
    }

    @Test
    void aCurrencyIsReportedByItself() {
        String mixed = file(
                "mixed.csv",
                PURCHASES + ",currency",
                "a,2025-01-01,10,EUR",
                "a,2025-01-02,5000,JPY",
                "b,2025-01-03,1,");
        String euros = file("euros.csv", PURCHASES + ",currency", "a,2025-01-01,10,EUR");

        Run undecided = report("--purchases", mixed, "--store", "memory");
        assertThat(undecided.code()).isEqualTo(QuickStart.INVALID_INPUT);
        assertThat(undecided.err()).contains("EUR, JPY").contains("--currency");

        report("--purchases", mixed, "--store", "memory", "--currency", "JPY");
        assertThat(kpis().requireText("currency")).isEqualTo("JPY");
        assertThat(kpis().requireDecimal("revenue")).isEqualByComparingTo("5001");

        report("--purchases", euros, "--store", "memory");
        assertThat(kpis().requireText("currency")).isEqualTo("EUR");
    }

    @Test
    void theLastDayOfTheFileEndsTheFiguresUnlessToldOtherwise() {
        String purchases =
                file("p.csv", PURCHASES, "a,2025-03-01,1", "a,2025-03-09T23:30:00-05:00,2", "a,2025-03-08 10:00:00,4");

        report("--purchases", purchases, "--store", "memory");
        assertThat(kpis().requireText("asOf")).isEqualTo("2025-03-10");
        assertThat(kpis().requireLong("purchases")).isEqualTo(3);

        report("--purchases", purchases, "--store", "memory", "--until", "2025-03-08", "--unit", "day");
        assertThat(kpis().requireLong("purchases")).isEqualTo(2);
        assertThat(customers().get("a").subList(1, 4)).containsExactly("1", "7", "7");
    }

    @Test
    void idsStandInQuotesWhereTheyMust() {
        String purchases = file("p.csv", PURCHASES, "\"Lee, \"\"Ann\"\"\",2025-03-01,1", "=1+1,2025-03-01,1");

        report("--purchases", purchases, "--store", "memory");

        assertThat(text("customers.csv").lines().skip(1))
                .extracting(line -> line.substring(0, line.indexOf(",0,")))
                .containsExactly("=1+1", "\"Lee, \"\"Ann\"\"\"");
    }

    @Test
    void anyDatabaseBehindJdbcKeepsTheRecords() {
        String purchases = file("p.csv", PURCHASES, "a,2025-03-01,1", "b,2025-03-02,2");
        String url = "jdbc:h2:file:" + folder.resolve("elsewhere") + ";CACHE_SIZE=1000";

        Run first = report("--purchases", purchases, "--store", url);
        Run again = report("--purchases", purchases, "--store", url);

        assertThat(first.out()).contains("2 new");
        assertThat(again.out()).contains("0 new");
        assertThat(folder.resolve("elsewhere.mv.db")).exists();
    }

    @Test
    void answersAfterTheLastPurchaseCountUnlessADayIsNamed() {
        String purchases = file("p.csv", PURCHASES, "a,2025-03-01,1");
        String responses = file("r.csv", RESPONSES, "a,2025-03-01T10:00:00Z,nps,9,", "a,2026-07-02,nps,0,");

        report("--purchases", purchases, "--responses", responses, "--store", "memory");
        assertThat(kpis().requireText("asOf")).isEqualTo("2025-03-01");
        assertThat(kpis().requireObject("feedback").requireObject("nps").requireLong("n"))
                .isEqualTo(2);

        report("--purchases", purchases, "--responses", responses, "--store", "memory", "--until", "2025-12-31");
        assertThat(kpis().requireObject("feedback").requireObject("nps").requireLong("n"))
                .isEqualTo(1);
    }

    @Test
    void aPasswordIsNeverPrinted() {
        String purchases = file("p.csv", PURCHASES, "a,2025-03-01,1");

        Run run = report("--purchases", purchases, "--store", "jdbc:h2:mem:hidden;USER=me;PASSWORD=top-secret");
        Run failing = report("--purchases", purchases, "--store", "jdbc:nosuchdatabase:x?user=me&password=top-secret");

        assertThat(run.out()).contains("Store: jdbc:h2:mem:hidden" + System.lineSeparator());
        assertThat(run.out() + run.err()).doesNotContain("top-secret");
        assertThat(failing.code()).isEqualTo(QuickStart.FAILED);
        assertThat(failing.err()).doesNotContain("top-secret");
    }

    @Test
    void aStoreThatCannotBeOpenedIsSaidInOneLine() {
        String purchases = file("p.csv", PURCHASES, "a,2025-03-01,1");

        Run run = report("--purchases", purchases, "--store", "jdbc:nosuchdatabase:x");

        assertThat(run.code()).isEqualTo(QuickStart.FAILED);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(out()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void helpExplainsOptionsColumnsFilesAndCodes(String option) {
        Run run = run(option);

        assertThat(run.code()).isEqualTo(QuickStart.DONE);
        assertThat(run.out())
                .contains("--purchases", "--responses", "--until", "--unit", "--currency", "--horizon", "--discount")
                .contains("--store", "--out", "customer_id", "answered_at", "score", "comment", "order_id")
                .contains("repeatPurchaseRate", "averageOrderValue", "p_alive", "EXIT CODE")
                .contains("paretoNbd", "sentiment", "concentration", "timeToSecondPurchase", "rollingRetention");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--nothing x|there is no option --nothing",
                "x|there is no option x",
                "--until|--until needs a value",
                "--unit day --unit day|--unit is given twice",
                "--until 1997-02-30|--until 1997-02-30: is no day",
                "--unit year|--unit year: must be day, week or month",
                "--currency EURO|--currency EURO: is no ISO 4217 code",
                "--horizon 0|--horizon 0: must be a whole number",
                "--horizon 1.5|--horizon 1.5: must be a whole number",
                "--discount -0.1|--discount -0.1: must be a rate",
                "--discount NaN|--discount NaN: must be a rate",
                "--store disk|--store disk: must be memory",
                "--store h2:x;INIT=y|--store h2:x;INIT=y: must be memory",
                "--purchases no-such-file.csv|no-such-file.csv: there is no such file"
            })
    void argumentsThatAreNotRightAreNamed(String line, String message) {
        Run run = run(line.split(" "));

        assertThat(run.code()).isEqualTo(QuickStart.INVALID_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message);
    }

    @Test
    void aFileOfOtherColumnsIsRefused() {
        String other = file("other.csv", "customer_id,date,dollar_value", "1,1997-01-01,11.77");

        Run run = report("--purchases", other);

        assertThat(run.code()).isEqualTo(QuickStart.INVALID_INPUT);
        assertThat(run.err()).contains("other.csv: the file has no column 'amount'");
        assertThat(out()).doesNotExist();
    }
}
