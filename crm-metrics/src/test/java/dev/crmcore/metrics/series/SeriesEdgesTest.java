package dev.crmcore.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.Undefined;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gaps, constants, short and huge series: a reason or a number, never NaN. */
class SeriesEdgesTest {

    /** Every method of this package on one series of season 4. */
    private static final Map<String, Function<RegularSeries, Finding<?>>> METHODS = new LinkedHashMap<>();

    static {
        METHODS.put("Mann-Kendall", MannKendall::test);
        METHODS.put("Theil-Sen", TheilSen::fit);
        METHODS.put("line", s -> LinearTrend.fit(s, 0.95));
        METHODS.put("robust z", RobustZ::of);
        METHODS.put("Tukey", s -> TukeyFences.of(s, 1.5));
        METHODS.put("ESD", s -> GeneralizedEsd.test(s, 3, 0.05));
        METHODS.put("robust ESD", s -> GeneralizedEsd.robust(s, 3, 0.05));
        METHODS.put("rolling median", s -> RollingMedian.of(s, 5, 3));
        METHODS.put("Fourier", RobustFourier.ofPeriod(4).onLevels()::fit);
        METHODS.put("Fourier of logarithms", RobustFourier.ofPeriod(4)::fit);
        METHODS.put("individuals", ControlChart::individuals);
        METHODS.put("EWMA", s -> ControlChart.ewma(s, 5, 0.2, 3));
        METHODS.put("CUSUM", s -> Cusum.of(s, 5, 0.5, 5));
        METHODS.put("Pettitt", Pettitt::test);
        METHODS.put("change points", ChangePoints::of);
        METHODS.put("classical", s -> ClassicalDecomposition.additive(s, 4));
        METHODS.put("STL", Stl.builder(4).build()::decompose);
        METHODS.put("robust STL", Stl.builder(4).robust().build()::decompose);
        METHODS.put("Holt-Winters", s -> ExponentialSmoothing.holtWinters(4).forecast(s, 5));
        METHODS.put(
                "multiplicative",
                s -> ExponentialSmoothing.builder()
                        .trend(TrendForm.DAMPED)
                        .season(SeasonForm.MULTIPLICATIVE, 4)
                        .build()
                        .forecast(s, 5));
        METHODS.put("simple", s -> ExponentialSmoothing.builder().build().forecast(s, 5));
        METHODS.put(
                "damped line",
                s -> ExponentialSmoothing.builder()
                        .trend(TrendForm.DAMPED)
                        .build()
                        .forecast(s, 5));
        METHODS.put("STL forecast", s -> StlForecaster.damped(4).forecast(s, 5));
        METHODS.put("last", s -> NaiveForecaster.last().forecast(s, 5));
        METHODS.put("seasonal", s -> NaiveForecaster.seasonal(4).forecast(s, 5));
        METHODS.put("drift", s -> NaiveForecaster.drift().forecast(s, 5));
        METHODS.put(
                "cleaned",
                s -> CleanedForecaster.of(RobustFourier.ofPeriod(4), 3.5, ExponentialSmoothing.holtWinters(4))
                        .forecast(s, 5));
    }

    private static List<RegularSeries> oddities() {
        double[] constant = new double[40];
        Arrays.fill(constant, 7.3);
        double[] zeros = new double[40];
        double[] spike = zeros.clone();
        spike[17] = 5;
        double[] line = new double[40];
        Arrays.setAll(line, i -> 3 * i - 20);
        double[] season = new double[40];
        Arrays.setAll(season, i -> 10 + i % 4);
        double[] holes = new double[40];
        Random random = new Random(1);
        Arrays.setAll(holes, i -> i % 3 == 1 ? Double.NaN : 50 + random.nextGaussian());
        double[] late = new double[40];
        Arrays.setAll(late, i -> i < 30 ? Double.NaN : i);
        double[] unseen = new double[40];
        Arrays.setAll(unseen, i -> i % 4 == 2 ? Double.NaN : 5 + random.nextDouble());
        double[] huge = new double[40];
        Arrays.setAll(huge, i -> 1e120 * (1 + random.nextDouble()));
        double[] tiny = new double[40];
        Arrays.setAll(tiny, i -> 1e-120 * (1 + random.nextDouble()));
        double[] none = new double[12];
        Arrays.fill(none, Double.NaN);
        return List.of(
                RegularSeries.of(),
                RegularSeries.of(4),
                RegularSeries.of(4, 5),
                RegularSeries.of(4, 5, 3),
                RegularSeries.of(1, 2, 3, 4, 5, 6, 7),
                RegularSeries.of(1, 2, 3, 4, 5, 6, 7, 8),
                RegularSeries.of(constant),
                RegularSeries.of(zeros),
                RegularSeries.of(spike),
                RegularSeries.of(line),
                RegularSeries.of(season),
                RegularSeries.of(holes),
                RegularSeries.of(late),
                RegularSeries.of(unseen),
                RegularSeries.of(huge),
                RegularSeries.of(tiny),
                RegularSeries.of(none),
                RegularSeries.of(1e140, -1e140, 3, 1e140, -1e140, 1e140, 1e140, 0, 1));
    }

    @Test
    @DisplayName("every method answers every odd series with finite numbers or a reason")
    void finiteOrReason() {
        for (RegularSeries series : oddities()) {
            METHODS.forEach((name, method) -> {
                Finding<?> finding = method.apply(series);
                String what = name + " of " + series + " " + Arrays.toString(series.values());
                if (finding.isDefined()) {
                    assertFinite(what, finding.value());
                } else {
                    assertThat(finding.undefined().orElseThrow().message())
                            .as(what)
                            .isNotBlank();
                }
            });
        }
    }

    private static void assertFinite(String what, Object value) {
        if (value instanceof Forecast forecast) {
            for (int h = 1; h <= forecast.steps(); h++) {
                assertThat(forecast.value(h)).as(what).isFinite();
                assertThat(forecast.standardDeviation(h)).as(what).isFinite();
            }
        } else if (value instanceof Decomposition parts) {
            for (double remainder : parts.remainders().values()) {
                assertThat(remainder).as(what).isFinite();
            }
        } else if (value instanceof RobustZ scores) {
            assertThat(scores.largest()).as(what).isFinite();
        } else if (value instanceof MannKendall test) {
            assertThat(test.test().pValue()).as(what).isBetween(0.0, 1.0);
        } else if (value instanceof TheilSen line) {
            assertThat(line.slope().value()).as(what).isFinite();
            assertThat(line.intercept()).as(what).isFinite();
        } else if (value instanceof Pettitt test) {
            assertThat(test.pValue()).as(what).isBetween(0.0, 1.0);
        } else if (value instanceof ChangePoints changes) {
            assertThat(changes.objective()).as(what).isFinite();
        } else {
            assertThat(value.toString()).as(what).doesNotContain("NaN").doesNotContain("Infinity");
        }
    }

    @Test
    @DisplayName("a constant series is forecast as it is; a line goes on; a season comes again")
    void plainForecasts() {
        double[] constant = new double[20];
        Arrays.fill(constant, 7.3);
        double[] line = new double[20];
        Arrays.setAll(line, i -> 3 * i - 20);
        double[] season = new double[20];
        Arrays.setAll(season, i -> 10 + i % 4);
        Forecaster holtWinters = ExponentialSmoothing.holtWinters(4);
        assertThat(holtWinters.forecast(RegularSeries.of(constant), 5).value().values())
                .containsOnly(new double[] {7.3}, within(1e-6));
        assertThat(holtWinters.forecast(RegularSeries.of(line), 2).value().values())
                .containsExactly(new double[] {40, 43}, within(1e-4));
        assertThat(holtWinters.forecast(RegularSeries.of(season), 5).value().values())
                .containsExactly(new double[] {10, 11, 12, 13, 10}, within(1e-5));
    }

    @Test
    @DisplayName("reasons name what is missing")
    void reasons() {
        RegularSeries gap = RegularSeries.of(1, 2, Double.NaN, 4, 5, 6, 7, 8, 9);
        assertThat(Stl.builder(4)
                        .build()
                        .decompose(gap)
                        .undefined()
                        .orElseThrow()
                        .message())
                .contains("step 2")
                .contains("1 of 9");
        assertThat(Stl.builder(4).build().decompose(gap.interpolated()).isDefined())
                .isTrue();
        Undefined seasons = ExponentialSmoothing.holtWinters(12)
                .fit(RegularSeries.of(1, 2, 3))
                .undefined()
                .orElseThrow();
        assertThat(seasons.reason()).isEqualTo(Undefined.Reason.TOO_FEW);
        assertThat(ExponentialSmoothing.holtWinters(4)
                        .fit(RegularSeries.of(1, 2, 3, 4, 5, 6, 7))
                        .undefined()
                        .orElseThrow()
                        .message())
                .contains("two seasons of 4");
        assertThat(ExponentialSmoothing.builder()
                        .season(SeasonForm.MULTIPLICATIVE, 2)
                        .build()
                        .fit(RegularSeries.of(1, 2, 0, 4))
                        .undefined()
                        .orElseThrow()
                        .message())
                .contains("step 2 is 0");
        assertThat(RobustFourier.ofPeriod(4)
                        .withWaves(1)
                        .fit(RegularSeries.of(1, 2, 3, 4, 5, 6, 7, 8, -1, 2))
                        .undefined()
                        .orElseThrow()
                        .message())
                .contains("step 8 is -1.0");
        assertThat(RegularSeries.of(0, 0, 0, 0, 4).missing()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @DisplayName("Mann-Kendall, Theil-Sen, Pettitt and change points equal their definitions, tried out in full")
    void byDefinition(long seed) {
        Random random = new Random(seed);
        double[] x = new double[60];
        Arrays.setAll(
                x,
                i -> i % 11 == 3
                        ? Double.NaN
                        : Math.round(4 * random.nextGaussian() + (i > 35 ? 9 : 0)) / (seed % 2 == 0 ? 1.0 : 3.7));
        RegularSeries series = RegularSeries.of(x);
        long s = 0;
        double[] slopes = new double[x.length * x.length];
        int count = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = i + 1; j < x.length; j++) {
                if (!Double.isNaN(x[i] + x[j])) {
                    s += (long) Math.signum(x[j] - x[i]);
                    slopes[count++] = (x[j] - x[i]) / (j - i);
                }
            }
        }
        assertThat(MannKendall.test(series).value().s()).isEqualTo(s);
        assertThat(TheilSen.fit(series).value().slope().value())
                .isEqualTo(Medians.median(Arrays.copyOf(slopes, count)));

        double[] known = series.observed();
        double most = -1;
        int change = 0;
        for (int t = 1; t < known.length; t++) {
            double u = 0;
            for (int i = 0; i < t; i++) {
                for (int j = t; j < known.length; j++) {
                    u += Math.signum(known[i] - known[j]);
                }
            }
            if (Math.abs(u) > most) {
                most = Math.abs(u);
                change = t;
            }
        }
        Pettitt pettitt = Pettitt.test(series).value();
        assertThat(pettitt.statistic()).isEqualTo(most);
        assertThat(pettitt.change()).isEqualTo(series.observedSteps()[change]);

        RegularSeries filled = RegularSeries.of(known);
        ChangePoints changes = ChangePoints.of(filled).value();
        double[] best = new double[known.length + 1];
        best[0] = -changes.penalty();
        for (int end = 1; end <= known.length; end++) {
            best[end] = Double.POSITIVE_INFINITY;
            for (int start = 0; start < end; start++) {
                double mean = Arrays.stream(known, start, end).average().orElseThrow();
                double cost = Arrays.stream(known, start, end)
                        .map(v -> (v - mean) * (v - mean) / (changes.sigma() * changes.sigma()))
                        .sum();
                best[end] = Math.min(best[end], best[start] + changes.penalty() + cost);
            }
        }
        assertThat(changes.objective()).isCloseTo(best[known.length], within(1e-8));
    }

    @Test
    @DisplayName("prediction intervals have the width that theory gives, in each form")
    void intervals() {
        RegularSeries series = SeriesData.airPassengers();
        SmoothedSeries simple = ExponentialSmoothing.builder()
                .alpha(0.4)
                .start(SmoothingState.of(112, 0))
                .build()
                .fit(series)
                .value();
        Forecast level = simple.forecast(10);
        double sigma = Math.sqrt(simple.sumOfSquares() / 144);
        for (int h = 1; h <= 10; h++) {
            assertThat(level.standardDeviation(h))
                    .isCloseTo(sigma * Math.sqrt(1 + (h - 1) * 0.16), within(1e-6 * sigma));
        }
        SmoothedSeries seasonal = ExponentialSmoothing.builder()
                .trend(TrendForm.ADDITIVE)
                .season(SeasonForm.ADDITIVE, 12)
                .alpha(0.3)
                .beta(0.05)
                .gamma(0.2)
                .start(SmoothingState.of(126, 1, new double[12]))
                .build()
                .fit(series)
                .value();
        Forecast ahead = seasonal.forecast(26);
        double spread = Math.sqrt(seasonal.sumOfSquares() / 144);
        double variance = 0;
        for (int h = 1; h <= 26; h++) {
            assertThat(ahead.standardDeviation(h)).isCloseTo(spread * Math.sqrt(1 + variance), within(1e-5 * spread));
            double response = 0.3 + 0.3 * 0.05 * h + (h % 12 == 0 ? 0.2 : 0);
            variance += response * response;
        }
        Interval interval = ahead.estimate(1, 0.9).interval().orElseThrow();
        assertThat(interval.width()).isCloseTo(2 * 1.6448536269514722 * spread, within(1e-6 * spread));
    }

    @Test
    @DisplayName("nine of ten values fall into 90 % intervals on simulated seasons, additive and multiplicative")
    void coverage() {
        Random random = new Random(77);
        for (SeasonForm form : new SeasonForm[] {SeasonForm.ADDITIVE, SeasonForm.MULTIPLICATIVE}) {
            int inside = 0;
            int all = 0;
            for (int round = 0; round < 60; round++) {
                double[] x = new double[88];
                double level = 100;
                for (int i = 0; i < x.length; i++) {
                    double error = 2 * random.nextGaussian();
                    double season = Math.sin(2 * Math.PI * i / 8);
                    x[i] = (form == SeasonForm.ADDITIVE ? level + 20 * season : level * (1 + 0.2 * season)) + error;
                    level += 0.3 * error + 0.2;
                }
                RegularSeries series = RegularSeries.of(x);
                Forecast forecast = ExponentialSmoothing.builder()
                        .trend(TrendForm.ADDITIVE)
                        .season(form, 8)
                        .build()
                        .forecast(series.part(0, 80), 8)
                        .value();
                for (int h = 1; h <= 8; h++) {
                    inside += forecast.estimate(h, 0.9).interval().orElseThrow().contains(x[79 + h]) ? 1 : 0;
                    all++;
                }
            }
            assertThat((double) inside / all).as(form.name()).isBetween(0.82, 0.97);
        }
    }

    @Test
    @DisplayName("59 missing weeks of CO2: trend, outliers and forecast go round them")
    void missingWeeks() {
        Map<LocalDate, Double> known = new LinkedHashMap<>();
        for (String[] row : Golden.csv("series/weekly_co2_mauna_loa.csv")) {
            if (row.length > 1 && !row[1].isEmpty()) {
                known.put(LocalDate.parse(row[0]), Double.parseDouble(row[1]));
            }
        }
        RegularSeries weeks = RegularSeries.of(PeriodUnit.WEEK, known);
        assertThat(weeks.length()).isEqualTo(2_284);
        assertThat(weeks.missing()).isEqualTo(59);
        assertThat(weeks.period(0).orElseThrow().start()).isEqualTo(LocalDate.of(1958, 3, 24));
        assertThat(TheilSen.fit(weeks).value().slope().value() * 52.18).isCloseTo(1.3, within(0.1));
        assertThat(MannKendall.test(weeks).value().tau().value()).isGreaterThan(0.9);
        RobustFourierFit fit =
                RobustFourier.ofPeriod(365.2425 / 7).withWaves(4).fit(weeks).value();
        assertThat(fit.anomalies(3.5).length).isLessThan(70);
        RegularSeries recent = weeks.part(2_284 - 312, 2_284 - 26);
        double[] actual = weeks.part(2_284 - 26, 2_284).interpolated().values();
        Forecast forecast =
                ExponentialSmoothing.holtWinters(52).forecast(recent, 26).value();
        assertThat(ForecastAccuracy.of(actual, forecast.values()).mae().value()).isLessThan(1.2);
    }

    @Test
    @DisplayName("a shop's weeks with an empty one and a partial end are too few for a yearly season, and say so")
    void onlineRetail() {
        Map<LocalDate, Double> revenue = new LinkedHashMap<>();
        for (String[] row : Golden.csv("series/weekly_kpi_onlineretail.csv")) {
            revenue.put(LocalDate.parse(row[0]), Double.parseDouble(row[1]));
        }
        RegularSeries weeks = RegularSeries.of(PeriodUnit.WEEK, revenue);
        assertThat(weeks.length()).isEqualTo(54);
        assertThat(ExponentialSmoothing.holtWinters(52).fit(weeks).undefined()).isPresent();
        assertThat(RobustFourier.ofPeriod(52).fit(weeks).undefined()).isPresent();
        RegularSeries whole = weeks.part(1, 53);
        assertThat(MannKendall.test(whole).value().test().pValue()).isLessThan(0.001);
        assertThat(ExponentialSmoothing.builder()
                        .trend(TrendForm.DAMPED)
                        .build()
                        .forecast(whole, 4)
                        .isDefined())
                .isTrue();
    }

    @Test
    @DisplayName("ISO week 53 is a step like any other, and gaps become missing")
    void calendar() {
        RegularSeries weeks = RegularSeries.of(
                PeriodUnit.WEEK,
                Map.of(
                        LocalDate.of(2020, 12, 21), 1.0,
                        LocalDate.of(2020, 12, 30), 2.0,
                        LocalDate.of(2021, 1, 18), 3.0));
        assertThat(weeks.values()).containsExactly(1, 2, Double.NaN, Double.NaN, 3);
        assertThat(weeks.interpolated().values())
                .containsExactly(new double[] {1, 2, 7.0 / 3, 8.0 / 3, 3}, within(1e-12));
        assertThat(weeks.withMissingAs(0).values()).containsExactly(1, 2, 0, 0, 3);
        assertThat(weeks.part(2, 5).period(2)).isEqualTo(weeks.period(4));
        assertThat(RegularSeries.of(PeriodUnit.DAY, Map.of()).length()).isZero();
        assertThatThrownBy(() -> RegularSeries.of(
                        PeriodUnit.WEEK, Map.of(LocalDate.of(2021, 1, 4), 1.0, LocalDate.of(2021, 1, 5), 1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two values");
        assertThatThrownBy(() -> RegularSeries.of(
                        PeriodUnit.DAY, Map.of(LocalDate.of(1, 1, 1), 1.0, LocalDate.of(99_999, 1, 1), 1.0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("where most values are equal, the mean deviation takes the place of the MAD")
    void fallback() {
        RobustZ scores =
                RobustZ.of(RegularSeries.of(5, 5, 5, 5, 5, 5, 5, 5, 5, 25)).value();
        assertThat(scores.isFallback()).isTrue();
        assertThat(scores.score(9).orElseThrow()).isCloseTo(20 / (1.253314 * 2), within(1e-12));
        assertThat(scores.anomalies(3.5)).containsExactly(9);
        GeneralizedEsd masked = GeneralizedEsd.robust(RegularSeries.of(5, 5, 5, 5, 5, 5, 9), 2, 0.05)
                .value();
        assertThat(masked.anomalies()).containsExactly(6);
    }

    @Test
    @DisplayName("weeks that stand out every year are season, single ones are outliers: over twelve other series")
    void recurringWeeks() {
        double sum = 0;
        double scaled = 0;
        for (int seed = 1; seed <= 12; seed++) {
            Set<Integer> odd = new TreeSet<>();
            RegularSeries series = seasonalWeeks(new Random(seed), odd);
            int[] found = RobustFourier.ofPeriod(52).fit(series).value().anomalies(3.5);
            long hits = Arrays.stream(found).filter(odd::contains).count();
            double f1 = 2.0 * hits / (found.length + odd.size());
            assertThat(f1).as("seed %d", seed).isGreaterThan(0.85);
            sum += f1;
            scaled += RollingOrigin.of(156, 16, 8)
                    .mase(
                            CleanedForecaster.of(RobustFourier.ofPeriod(52), 3.5, ExponentialSmoothing.holtWinters(52)),
                            series,
                            52)
                    .value();
        }
        assertThat(sum / 12).isGreaterThanOrEqualTo(0.95);
        assertThat(scaled / 12).isLessThanOrEqualTo(0.65);
    }

    /** Four years of weeks with trend, waves, a holiday peak with sharp edges, a summer dip, noise, and eleven odd weeks. */
    private static RegularSeries seasonalWeeks(Random random, Set<Integer> odd) {
        double[] x = new double[208];
        double wave = 0.1 + 0.1 * random.nextDouble();
        double phase = 6 * random.nextDouble();
        double second = 0.05 + 0.05 * random.nextDouble();
        double growth = 0.2 + 0.4 * random.nextDouble();
        double holidays = 0.2 + 0.2 * random.nextDouble();
        double summer = 0.05 + 0.1 * random.nextDouble();
        for (int t = 0; t < x.length; t++) {
            int week = t % 52 + 1;
            double log = growth * t / x.length
                    + wave * Math.sin(2 * Math.PI * t / 52 + phase)
                    + second * Math.sin(4 * Math.PI * t / 52)
                    + (week >= 47 && week <= 51 ? holidays : 0)
                    - (week >= 29 && week <= 33 ? summer : 0);
            x[t] = 1000 * Math.exp(log + 0.03 * random.nextGaussian());
        }
        while (odd.size() < 8) {
            int step = random.nextInt(x.length);
            double size = 0.22 + 0.28 * random.nextDouble();
            boolean up = random.nextBoolean();
            if (odd.add(step)) {
                x[step] *= up ? 1 + size : 1 - size;
            }
        }
        int dip = 20 + random.nextInt(160);
        for (int step = dip; step < dip + 3; step++) {
            if (odd.add(step)) {
                x[step] *= 0.72;
            }
        }
        return RegularSeries.of(x);
    }

    @Test
    @DisplayName("a factor or level of 0 is no NaN")
    void zeroLevel() {
        SmoothedSeries smoothed = ExponentialSmoothing.builder()
                .season(SeasonForm.MULTIPLICATIVE, 2)
                .alpha(0)
                .gamma(0.5)
                .start(SmoothingState.of(0, 0, 0, 1))
                .build()
                .fit(RegularSeries.of(3, 4, 5, 6))
                .value();
        assertThat(smoothed.sumOfSquares()).isEqualTo(86);
        assertThat(smoothed.forecast(3).values()).containsOnly(0);
    }

    @Test
    @DisplayName("forecasts without the odd weeks are better, and every one repeats itself to the bit")
    void cleaned() {
        RegularSeries series = SeriesData.weeklyKpi();
        RollingOrigin origins = RollingOrigin.of(156, 12, 8);
        Forecaster plain = ExponentialSmoothing.holtWinters(52);
        Forecaster cleaned = CleanedForecaster.of(RobustFourier.ofPeriod(52), 3.5, plain);
        Estimate without = origins.mase(cleaned, series, 52);
        assertThat(without.value()).isLessThan(origins.mase(plain, series, 52).value());
        assertThat(origins.mase(cleaned, series, 52)).isEqualTo(without);
        assertThat(RollingOrigin.of(300, 1, 8).mase(plain, series, 52).undefined())
                .isPresent();
    }

    @Test
    void accuracyEdges() {
        ForecastAccuracy none = ForecastAccuracy.of(new double[0], new double[0]);
        assertThat(none.mae().undefined()).isPresent();
        assertThat(none.rmse().undefined()).isPresent();
        assertThat(none.wape().undefined()).isPresent();
        assertThat(none.mape().undefined()).isPresent();
        assertThat(none.mase(RegularSeries.of(1, 2), 1).undefined()).isPresent();
        ForecastAccuracy zeros = ForecastAccuracy.of(new double[2], new double[2]);
        assertThat(zeros.smape().value()).isZero();
        assertThat(zeros.wape().undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.ZERO_BASE);
        assertThat(zeros.mase(RegularSeries.of(3, 3, 3), 1)
                        .undefined()
                        .orElseThrow()
                        .reason())
                .isEqualTo(Undefined.Reason.ZERO_BASE);
        assertThat(zeros.mase(RegularSeries.of(3), 1).undefined().orElseThrow().reason())
                .isEqualTo(Undefined.Reason.TOO_FEW);
        assertThat(ForecastAccuracy.of(new double[] {100, 200}, new double[] {110, 180})
                        .mape()
                        .value())
                .isCloseTo(10, within(1e-12));
    }

    @Test
    @DisplayName("shares: steps without an item are missing, and all or none is no spread")
    void shares() {
        ControlChart chart = ControlChart.proportions(new long[] {1, 0, 2}, new long[] {10, 0, 20})
                .value();
        assertThat(chart.plotted(1)).isEmpty();
        assertThat(chart.signals()).isEmpty();
        assertThat(ControlChart.proportions(new long[2], new long[2]).undefined())
                .isPresent();
        assertThat(ControlChart.laney(new long[2], new long[] {5, 5}).undefined())
                .isPresent();
        assertThat(ControlChart.proportions(new long[] {5, 5}, new long[] {5, 5})
                        .value()
                        .signals())
                .isEmpty();
    }

    @Test
    @DisplayName("equal values that binary fractions do not hold have no spread, no trend and no signal")
    void equalValues() {
        for (double value : new double[] {0.1, 0.7, 1e-9, -12.345, 1e15 / 3}) {
            for (int n : new int[] {3, 7, 10, 24, 100}) {
                double[] values = new double[n];
                Arrays.fill(values, value);
                RegularSeries series = RegularSeries.of(values);
                ControlChart chart = ControlChart.individuals(series).value();
                assertThat(chart.signals()).as("%s times %s", n, value).isEmpty();
                assertThat(chart.centre()).isEqualTo(value);
                LinearTrend line = LinearTrend.fit(series, 0.95).value();
                assertThat(line.correlation().isDefined()).isFalse();
                assertThat(line.slope().value()).isZero();
                assertThat(line.test()).isEmpty();
                assertThat(line.intercept()).isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e4, 1e8, 1e10, 1e14})
    @DisplayName("changes beside far levels and outliers equal the best of all divisions, measured piece by piece")
    void changesBesideFarLevels(double far) {
        Random random = new Random(4);
        double[] values = new double[90];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.rint(100 * random.nextGaussian()) / 100 + (i < 30 ? 0 : far) + (i < 60 ? 0 : 6);
        }
        values[75] += 3 * far;
        ChangePoints changes = ChangePoints.of(RegularSeries.of(values)).value();
        assertThat(changes.starts()).isEqualTo(bestDivision(values, changes.sigma(), changes.penalty()));
        assertThat(changes.starts()).contains(60);
    }

    /** Every last piece of every end, its squared distances in two passes. */
    private static int[] bestDivision(double[] values, double sigma, double penalty) {
        int n = values.length;
        double[] best = new double[n + 1];
        int[] last = new int[n + 1];
        best[0] = -penalty;
        for (int end = 1; end <= n; end++) {
            best[end] = Double.POSITIVE_INFINITY;
            for (int start = 0; start < end; start++) {
                double mean = 0;
                for (int i = start; i < end; i++) {
                    mean += (values[i] - values[start]) / (end - start);
                }
                double cost = 0;
                for (int i = start; i < end; i++) {
                    double off = (values[i] - values[start] - mean) / sigma;
                    cost += off * off;
                }
                if (best[start] + penalty + cost < best[end]) {
                    best[end] = best[start] + penalty + cost;
                    last[end] = start;
                }
            }
        }
        TreeSet<Integer> starts = new TreeSet<>();
        for (int end = n; last[end] > 0; end = last[end]) {
            starts.add(last[end]);
        }
        return starts.stream().mapToInt(i -> i).toArray();
    }

    @Test
    void slipsAreRefused() {
        RegularSeries some = RegularSeries.of(1, 2, 3, 4, 5);
        List<ThrowingCallable> slips = List.of(
                () -> RegularSeries.of(Double.NEGATIVE_INFINITY),
                () -> some.withMissingAs(Double.NaN),
                () -> TheilSen.fit(some, 1),
                () -> LinearTrend.fit(some, 0),
                () -> TukeyFences.of(some, 0),
                () -> GeneralizedEsd.test(some, 0, 0.05),
                () -> GeneralizedEsd.test(some, 1, 1),
                () -> RollingMedian.of(some, 4, 1),
                () -> RollingMedian.of(some, 3, 4),
                () -> RobustFourier.ofPeriod(1),
                () -> RobustFourier.ofPeriod(Double.NaN),
                () -> RobustFourier.ofPeriod(4).withWaves(2),
                () -> RobustZ.of(some).value().anomalies(0),
                () -> ControlChart.ewma(some, 1, 0.2, 3),
                () -> ControlChart.ewma(some, 3, 0, 3),
                () -> ControlChart.ewma(some, 3, 0.2, Double.NaN),
                () -> Cusum.of(some, 3, -1, 5),
                () -> Cusum.of(some, 3, 0.5, 0),
                () -> ControlChart.proportions(new long[] {2}, new long[] {1}),
                () -> ControlChart.proportions(new long[1], new long[2]),
                () -> ChangePoints.of(some, 0),
                () -> ClassicalDecomposition.additive(some, 1),
                () -> Stl.builder(1),
                () -> Stl.builder(4).seasonalWindow(8),
                () -> Stl.builder(4).degrees(2, 1, 1),
                () -> Stl.builder(4).rounds(0, 1),
                () -> ExponentialSmoothing.builder().alpha(1.1),
                () -> ExponentialSmoothing.holtWinters(1),
                () -> SmoothingState.of(Double.NaN, 0),
                () -> NaiveForecaster.seasonal(0),
                () -> NaiveForecaster.last().forecast(some, 0),
                () -> ExponentialSmoothing.builder().build().forecast(some, 0),
                () -> ForecastAccuracy.of(new double[1], new double[2]),
                () -> ForecastAccuracy.of(new double[] {Double.NaN}, new double[1]),
                () -> ForecastAccuracy.of(new double[1], new double[1]).mase(some, 0),
                () -> RollingOrigin.of(0, 1, 1),
                () -> CleanedForecaster.of(RobustFourier.ofPeriod(4), 0, NaiveForecaster.last()));
        for (ThrowingCallable slip : slips) {
            assertThatThrownBy(slip)
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .isNotBlank();
        }
        assertThatThrownBy(() -> ExponentialSmoothing.builder()
                        .season(SeasonForm.ADDITIVE, 4)
                        .start(SmoothingState.of(1, 0, 1, 2))
                        .build())
                .isInstanceOf(IllegalStateException.class);
    }
}
