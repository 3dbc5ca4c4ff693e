package dev.crmcore.metrics.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.CountedValues;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.retention.CumulativeIncidence;
import dev.crmcore.metrics.sales.SalesForecastError.Forecast;
import dev.crmcore.metrics.sales.StageHistory.Outcome;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Against the reference within 1e-12 relative, as it states. */
class PipelineTest {

    private static final JsonNode GOLDEN = Golden.json("kpi/pipeline.json");
    private static final JsonNode EXPECTED = GOLDEN.get("expected");
    private static final LocalDate AS_OF = LocalDate.parse(GOLDEN.get("as_of").textValue());
    private static final LocalDate FROM =
            LocalDate.parse(GOLDEN.get("period").get(0).textValue());
    private static final LocalDate TO =
            LocalDate.parse(GOLDEN.get("period").get(1).textValue());
    private static final List<String[]> ROWS = Golden.csv("kpi/sales/opportunities.csv");

    private static long cents(String amount) {
        return new BigDecimal(amount).movePointRight(2).longValueExact();
    }

    private static List<Opportunity> opportunities() {
        return ROWS.stream()
                .map(row -> {
                    LocalDate created = LocalDate.parse(row[1]);
                    if (row[2].isEmpty()) {
                        return Opportunity.open(created, cents(row[4]));
                    }
                    LocalDate closed = LocalDate.parse(row[2]);
                    return row[3].equals("won")
                            ? Opportunity.won(created, closed, cents(row[4]))
                            : Opportunity.lost(created, closed, cents(row[4]));
                })
                .toList();
    }

    private static Offset<Double> near(double expected) {
        return within(1e-12 * Math.max(1, Math.abs(expected)));
    }

    private static void assertNear(double actual, String name) {
        double expected = EXPECTED.get(name).doubleValue();
        assertThat(actual).as(name).isCloseTo(expected, near(expected));
    }

    @Test
    @DisplayName("win rates, deal sizes, cycle and velocity of the period equal the reference")
    void period() {
        SalesFigures figures = SalesPeriod.between(FROM, TO).of(opportunities());
        assertThat(figures.winRate())
                .isEqualTo(Proportion.of(
                        EXPECTED.get("won").longValue(), EXPECTED.get("closed").longValue()));
        assertNear(figures.winRate().estimate().value(), "win_rate_count");
        Golden.assertInterval(
                figures.winRate().estimate().interval().orElseThrow(), EXPECTED.get("win_rate_wilson_95"), 1e-12);
        assertNear(figures.winRateByValue().value(), "win_rate_value");
        assertNear(figures.createdWinRate().estimate().value(), "win_rate_created_cohort_all");
        assertNear(figures.createdWinRateOfClosed().estimate().value(), "win_rate_created_cohort_closed_only");
        assertNear(figures.wonAmounts().in(100).mean().value(), "average_won_amount");
        assertNear(figures.wonAmounts().in(100).median().value(), "median_won_amount");
        assertNear(figures.cycleDays().mean().value(), "average_cycle_days_won");
        assertNear(figures.cycleDays().median().value(), "median_cycle_days_won");
        assertThat(figures.openInPeriod())
                .isEqualTo(EXPECTED.get("opportunities_open_in_period").longValue());
        assertNear(figures.velocity().value() / 100, "velocity_per_day");
    }

    @Test
    @DisplayName("the open pipeline by stage, its forecast, spread, coverage and age equal the reference")
    void pipeline() {
        OpenPipeline pipeline = OpenPipeline.TYPE.create();
        CountedValues ages = OpenPipeline.AGE.create();
        for (String[] row : ROWS) {
            if (row[2].isEmpty()) {
                pipeline.add(new OpenDeal(row[3], cents(row[4]), Double.parseDouble(row[5])));
                ages.add(AS_OF.toEpochDay() - LocalDate.parse(row[1]).toEpochDay());
            }
        }
        PipelineForecast forecast = pipeline.result();
        assertThat(forecast.stages()).hasSize(EXPECTED.get("open").size());
        for (PipelineForecast.Stage stage : forecast.stages()) {
            JsonNode expected = EXPECTED.get("open").get(stage.name());
            assertThat(stage.deals()).isEqualTo(expected.get("count").longValue());
            assertThat(stage.minorUnits())
                    .isEqualTo(cents(expected.get("amount").asText()));
            double weighted = expected.get("weighted").doubleValue();
            assertThat(stage.weighted() / 100).isCloseTo(weighted, near(weighted));
        }
        assertNear(forecast.minorUnits() / 100.0, "open_amount");
        assertNear(forecast.expected().value() / 100, "weighted_forecast");
        assertNear(forecast.standardDeviation() / 100, "weighted_forecast_sd");
        Interval interval = forecast.expected().interval().orElseThrow();
        assertThat(interval.method()).isEqualTo("normal, independent deals");
        assertThat(interval.width()).isCloseTo(2 * 1.959963984540054 * forecast.standardDeviation(), within(1e-3));
        double wonOfPeriod = SalesPeriod.between(FROM, TO)
                .of(opportunities())
                .wonAmounts()
                .moments()
                .sum();
        assertNear(forecast.bestCase(Math.round(wonOfPeriod)).doubleValue() / 100, "best_case_open_plus_won");
        assertThat(forecast.coverage(25_000_000 - Math.round(wonOfPeriod)).isDefined())
                .isEqualTo(EXPECTED.get("remaining_quota_250000_minus_won").doubleValue() > 0);
        assertNear(ages.result().mean().value(), "average_age_open_days");
        assertThat(forecast.coverage(25_000_000).value()).isCloseTo(512_913.91 / 250_000, within(1e-12));
    }

    @Test
    @DisplayName("the number of wins equals the sum over all sets of deals, and the binomial where all deals are alike")
    void poissonBinomial() {
        double[] p = new Random(2).doubles(10).toArray();
        OpenPipeline pipeline = OpenPipeline.TYPE.create();
        int stage = pipeline.stage("open");
        for (double each : p) {
            pipeline.add(stage, 100, each);
        }
        WinDistribution wins = pipeline.result().wins();
        for (int most = -1; most <= 10; most++) {
            double expected = 0;
            for (int set = 0; set < 1 << 10; set++) {
                double probability = Integer.bitCount(set) <= most ? 1 : 0;
                for (int deal = 0; deal < 10; deal++) {
                    probability *= (set & 1 << deal) != 0 ? p[deal] : 1 - p[deal];
                }
                expected += probability;
            }
            assertThat(wins.atMost(most)).isCloseTo(expected, within(1e-12));
            assertThat(wins.atLeast(most + 1)).isCloseTo(1 - expected, within(1e-12));
        }
        WinDistribution alike = WinDistribution.of(new double[] {0.5}, new long[] {10});
        assertThat(alike.atMost(5)).isCloseTo(638 / 1_024.0, within(1e-14));
        assertThat(alike.interval(0.95)).isEqualTo(new Interval(2, 8, 0.95, "Poisson-binomial, exact"));
    }

    @Test
    @DisplayName("beyond ten thousand deals the normal approximation continues the exact distribution")
    void manyDeals() {
        WinDistribution exact = WinDistribution.of(new double[] {0.3, 0.6}, new long[] {5_000, 5_000});
        WinDistribution normal = WinDistribution.of(new double[] {0.3, 0.6}, new long[] {5_000, 5_001});
        assertThat(normal.method()).isEqualTo("normal with continuity correction");
        for (long wins : new long[] {4_350, 4_450, 4_500, 4_550, 4_650}) {
            assertThat(normal.atMost(wins)).isCloseTo(exact.atMost(wins), within(0.01));
        }
        assertThat(WinDistribution.of(new double[] {1}, new long[] {20_000})
                        .interval(0.95)
                        .lower())
                .isEqualTo(20_000);
        assertThat(WinDistribution.of(new double[] {}, new long[] {}).atMost(0)).isEqualTo(1);
        assertThat(exact.atLeast(Long.MIN_VALUE)).isEqualTo(1);
        assertThat(exact.atLeast(Long.MAX_VALUE)).isEqualTo(0);
    }

    @Test
    @DisplayName("intervals of value rate and velocity cover what a thousand simulated quarters are made of")
    void coverage() {
        Random random = new Random(8);
        int byValue = 0;
        int byVelocity = 0;
        for (int round = 0; round < 1_000; round++) {
            SalesPeriod period = SalesPeriod.between(FROM, TO).create();
            long end = FROM.toEpochDay() + 50;
            for (int i = 0; i < 200; i++) {
                boolean won = random.nextInt(10) < 3;
                int days = 10 + random.nextInt(41);
                // Large deals take longer, so that amounts and days hang together
                period.addClosed(end - days, end, won, days * (50L + random.nextInt(101)));
            }
            SalesFigures figures = period.result();
            byValue += figures.winRateByValue().interval().orElseThrow().contains(0.3) ? 1 : 0;
            byVelocity += figures.velocity().interval().orElseThrow().contains(200 * 0.3 * 100) ? 1 : 0;
        }
        assertThat(byValue).isBetween(925, 970);
        assertThat(byVelocity).isBetween(925, 970);
    }

    @Test
    @DisplayName("a period without deals has no rates; impossible ones are refused")
    void edges() {
        SalesFigures empty = SalesPeriod.between(FROM, TO).create().result();
        assertThat(empty.winRate().estimate().isDefined()).isFalse();
        assertThat(empty.winRateByValue().isDefined()).isFalse();
        assertThat(empty.velocity().isDefined()).isFalse();
        SalesFigures sameDay = SalesPeriod.between(FROM, TO).of(List.of(Opportunity.won(FROM, FROM, 100)));
        assertThat(sameDay.velocity().isDefined()).isFalse();
        assertThat(sameDay.winRateByValue().value()).isEqualTo(1);
        assertThatThrownBy(() -> SalesPeriod.between(TO, TO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Opportunity.won(TO, FROM, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Opportunity.open(TO, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OpenDeal("x", 1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OpenDeal("", 1, 0.5)).isInstanceOf(IllegalArgumentException.class);
        assertThat(OpenPipeline.TYPE.create().result().expected().value()).isZero();
    }

    @Test
    @DisplayName("won against lost: without open deals the plain shares; as of a day what is closed later is open")
    void competingRisks() {
        LocalDate start = LocalDate.of(2025, 1, 1);
        List<Opportunity> closed = List.of(
                Opportunity.won(start, start.plusDays(10), 1),
                Opportunity.lost(start, start.plusDays(20), 1),
                Opportunity.lost(start, start.plusDays(20), 1),
                Opportunity.won(start, start.plusDays(30), 1));
        CumulativeIncidence curves = WonAgainstLost.asOf(AS_OF).of(closed);
        assertThat(curves.incidenceAt(WonAgainstLost.WON, 25).value()).isCloseTo(0.25, within(1e-12));
        assertThat(curves.incidenceAt(WonAgainstLost.LOST, 25).value()).isCloseTo(0.5, within(1e-12));
        CumulativeIncidence early = WonAgainstLost.asOf(start.plusDays(25)).of(closed);
        assertThat(early.events(WonAgainstLost.WON)).isEqualTo(1);
        assertThat(early.n()).isEqualTo(4);
        assertThat(WonAgainstLost.asOf(start.minusDays(1)).of(closed).n()).isZero();
        CumulativeIncidence all = WonAgainstLost.asOf(AS_OF).of(opportunities());
        double won = all.incidenceAt(WonAgainstLost.WON, 80).value();
        double lost = all.incidenceAt(WonAgainstLost.LOST, 80).value();
        // Open deals leave more of those decided than the plain share of all shows
        assertThat(won + lost).isLessThanOrEqualTo(1);
        assertThat(won)
                .isGreaterThan(opportunities().stream()
                                .filter(o -> o.isWon()
                                        && o.created()
                                                        .plusDays(80)
                                                        .compareTo(o.closed().orElseThrow())
                                                >= 0)
                                .count()
                        / (double) all.n());
    }

    @Test
    @DisplayName("stages: skipped ones are passed through, open ones undecided, win probability of closed ones")
    void stages() {
        StageRates rates = StageConversion.through("prospect", "qualified", "proposal")
                .of(List.of(
                        new StageHistory(List.of("prospect", "proposal"), Outcome.WON),
                        new StageHistory(List.of("prospect", "qualified"), Outcome.LOST),
                        new StageHistory(List.of("qualified", "prospect"), Outcome.OPEN),
                        new StageHistory(List.of("prospect"), Outcome.LOST),
                        new StageHistory(List.of("prospect"), Outcome.OPEN)));
        assertThat(rates.reached("prospect")).isEqualTo(5);
        assertThat(rates.advanced("prospect")).isEqualTo(Proportion.of(3, 4));
        assertThat(rates.advanced("qualified")).isEqualTo(Proportion.of(1, 2));
        assertThat(rates.advanced("proposal")).isEqualTo(Proportion.of(1, 1));
        assertThat(rates.winProbability("prospect")).isEqualTo(Proportion.of(1, 3));
        assertThat(rates.winProbability("qualified")).isEqualTo(Proportion.of(1, 2));
        assertThatThrownBy(() -> rates.advanced("none")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StageConversion.through("a", "a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("forecast errors by hand, with an interval as soon as there are two")
    void forecastErrors() {
        SalesForecastError errors = SalesForecastError.TYPE.create();
        assertThat(errors.result().wape().isDefined()).isFalse();
        errors.add(120, 100);
        assertThat(errors.result().wape().interval()).isEmpty();
        errors.add(170, 200);
        errors.add(0, 0);
        assertThat(errors.result().wape().value()).isCloseTo(50 / 300.0, within(1e-15));
        assertThat(errors.result().bias().value()).isCloseTo(-10 / 300.0, within(1e-15));
        assertThat(errors.result().bias().interval().orElseThrow().contains(0)).isTrue();
        assertThat(errors.result().n()).isEqualTo(3);
        SalesForecastError wild = SalesForecastError.TYPE.create();
        wild.add(0, 10);
        wild.add(1_000, 10);
        wild.add(10, 1_000);
        assertThat(wild.result().wape().interval().orElseThrow().lower()).isZero();
        assertThat(wild.result().bias().interval().orElseThrow().lower()).isNegative();
    }

    private static List<Opportunity> random(Random random, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> {
                    LocalDate created = LocalDate.of(2025, 5, 1).plusDays(random.nextInt(120));
                    LocalDate closed = created.plusDays(random.nextInt(90));
                    long amount = random.nextInt(20) * 1_000L;
                    return switch (random.nextInt(3)) {
                        case 0 -> Opportunity.open(created, amount);
                        case 1 -> Opportunity.won(created, closed, amount);
                        default -> Opportunity.lost(created, closed, amount);
                    };
                })
                .toList();
    }

    private static List<Opportunity> impossible() {
        return List.of(
                Opportunity.open(LocalDate.of(0, 12, 31), 1),
                Opportunity.won(LocalDate.of(2025, 1, 1), LocalDate.of(10_000, 1, 1), 1));
    }

    @Nested
    class PeriodLaws implements AccumulatorLaws<Opportunity, SalesPeriod, SalesFigures> {
        @Override
        public AccumulatorType<Opportunity, SalesPeriod, SalesFigures> type() {
            return SalesPeriod.between(FROM, TO);
        }

        @Override
        public AccumulatorType<Opportunity, SalesPeriod, SalesFigures> otherVariant() {
            return SalesPeriod.between(FROM, AS_OF);
        }

        @Override
        public List<Opportunity> items(Random random, int size) {
            return random(random, size);
        }

        @Override
        public List<Opportunity> badItems() {
            return impossible();
        }
    }

    @Nested
    class CompetingLaws implements AccumulatorLaws<Opportunity, WonAgainstLost, CumulativeIncidence> {
        @Override
        public AccumulatorType<Opportunity, WonAgainstLost, CumulativeIncidence> type() {
            return WonAgainstLost.asOf(TO);
        }

        @Override
        public AccumulatorType<Opportunity, WonAgainstLost, CumulativeIncidence> otherVariant() {
            return WonAgainstLost.asOf(AS_OF);
        }

        @Override
        public List<Opportunity> items(Random random, int size) {
            return random(random, size);
        }

        @Override
        public List<Opportunity> badItems() {
            return impossible();
        }
    }

    @Nested
    class PipelineLaws implements AccumulatorLaws<OpenDeal, OpenPipeline, PipelineForecast> {
        @Override
        public AccumulatorType<OpenDeal, OpenPipeline, PipelineForecast> type() {
            return OpenPipeline.TYPE;
        }

        @Override
        public List<OpenDeal> items(Random random, int size) {
            double[] p = {0, -0.0, 0.1, 0.25, 1};
            return IntStream.range(0, size)
                    .mapToObj(i ->
                            new OpenDeal("stage " + random.nextInt(3), random.nextInt(9_999), p[random.nextInt(5)]))
                    .toList();
        }

        @Override
        public List<OpenDeal> badItems() {
            return List.of(); // a deal is checked when it is made
        }
    }

    @Nested
    class StageLaws implements AccumulatorLaws<StageHistory, StageConversion, StageRates> {
        @Override
        public AccumulatorType<StageHistory, StageConversion, StageRates> type() {
            return StageConversion.through("a", "b", "c");
        }

        @Override
        public AccumulatorType<StageHistory, StageConversion, StageRates> otherVariant() {
            return StageConversion.through("a", "c", "b");
        }

        @Override
        public List<StageHistory> items(Random random, int size) {
            List<Outcome> outcomes = List.of(Outcome.values());
            List<List<String>> ways = List.of(List.of("a"), List.of("a", "b"), List.of("a", "c"), List.of("c", "b"));
            return IntStream.range(0, size)
                    .mapToObj(i -> new StageHistory(ways.get(random.nextInt(4)), outcomes.get(random.nextInt(3))))
                    .toList();
        }

        @Override
        public List<StageHistory> badItems() {
            return List.of(new StageHistory(List.of("a", "x"), Outcome.WON), new StageHistory(List.of(), Outcome.OPEN));
        }
    }

    @Nested
    class ErrorLaws implements AccumulatorLaws<Forecast, SalesForecastError, SalesForecastError.Result> {
        @Override
        public AccumulatorType<Forecast, SalesForecastError, SalesForecastError.Result> type() {
            return SalesForecastError.TYPE;
        }

        @Override
        public List<Forecast> items(Random random, int size) {
            return IntStream.range(0, size)
                    .mapToObj(i -> new Forecast(random.nextInt(2_000) - 100, random.nextInt(2_000)))
                    .toList();
        }

        @Override
        public List<Forecast> badItems() {
            return List.of(new Forecast(1, -1), new Forecast(Long.MIN_VALUE, 1), new Forecast(1, Long.MAX_VALUE));
        }
    }
}
