package dev.crmcore.metrics.series;

import static dev.crmcore.metrics.series.SeriesData.doubles;
import static dev.crmcore.metrics.series.SeriesData.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Undefined;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference files for series, within their tolerances. */
class SeriesGoldenTest {

    private static final JsonNode SMOOTHING = Golden.json("series/monthly_airpassengers_exponential_smoothing.json");
    private static final JsonNode WEEKLY = Golden.json("series/weekly_kpi_synthetic_dev_golden.json");
    private static final double FIXED = 1e-9;

    private static List<String[]> goldenRows(String name) {
        try (InputStream in = SeriesGoldenTest.class.getResourceAsStream("/golden/series/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertRelative(double actual, JsonNode expected, double tolerance) {
        double value = expected.doubleValue();
        assertThat(actual).isCloseTo(value, within(tolerance * Math.abs(value)));
    }

    private static void assertRelative(double[] actual, JsonNode expected, double tolerance) {
        assertThat(actual).hasSize(expected.size());
        for (int i = 0; i < actual.length; i++) {
            assertRelative(actual[i], expected.get(i), tolerance);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fixed_add, ADDITIVE, EXPECTED_LEVEL",
        "fixed_mul, MULTIPLICATIVE, EXPECTED_LEVEL",
        "fixed_add_r, ADDITIVE, NEW_LEVEL",
        "fixed_mul_r, MULTIPLICATIVE, NEW_LEVEL"
    })
    @DisplayName("Holt-Winters with given parameters and start, in both customs")
    void holtWintersGiven(String name, SeasonForm form, SeasonalUpdate custom) {
        JsonNode golden = SMOOTHING.get(name);
        RegularSeries series = SeriesData.airPassengers();
        // R's recursion begins with the second season
        RegularSeries from = custom == SeasonalUpdate.NEW_LEVEL ? series.part(12, 144) : series;
        SmoothedSeries smoothed = ExponentialSmoothing.builder()
                .trend(TrendForm.ADDITIVE)
                .season(form, 12)
                .update(custom)
                .alpha(golden.get("alpha").doubleValue())
                .beta(golden.get("beta").doubleValue())
                .gamma(golden.get("gamma").doubleValue())
                .start(SmoothingState.of(
                        golden.get("initial_level").doubleValue(),
                        golden.get("initial_trend").doubleValue(),
                        doubles(golden.get("initial_seasonal"))))
                .build()
                .fit(from)
                .value();
        assertRelative(smoothed.sumOfSquares(), golden.get("sse"), FIXED);
        assertRelative(smoothed.forecast(24).values(), golden.get("forecast"), FIXED);
        if (custom == SeasonalUpdate.EXPECTED_LEVEL) {
            assertRelative(smoothed.end().level(), golden.get("level_last"), FIXED);
            assertRelative(smoothed.end().trend(), golden.get("trend_last"), FIXED);
            assertRelative(smoothed.end().season(), golden.get("season_last"), FIXED);
            for (int i = 0; i < 5; i++) {
                assertRelative(
                        smoothed.oneStepForecast(i), golden.get("fitted_first5").get(i), FIXED);
                assertRelative(
                        smoothed.oneStepForecast(139 + i),
                        golden.get("fitted_last5").get(i),
                        FIXED);
            }
        }
    }

    @Test
    @DisplayName("R's start values come out of the classical decomposition and the line through its trend")
    void startOfR() {
        JsonNode golden = SMOOTHING.get("fixed_add_r");
        ClassicalDecomposition parts = ClassicalDecomposition.additive(
                        SeriesData.airPassengers().part(0, 24), 12)
                .value();
        for (int i = 0; i < 12; i++) {
            assertThat(parts.seasonal(i))
                    .isCloseTo(golden.get("initial_seasonal").get(i).doubleValue(), within(1e-11));
        }
        LinearTrend line = LinearTrend.fit(parts.trends(), 0.95).value();
        assertRelative(line.slope().value(), golden.get("initial_trend"), 1e-12);
        assertThat(line.intercept() + 5 * line.slope().value())
                .isCloseTo(golden.get("initial_level").doubleValue(), within(1e-9));
    }

    @Test
    @DisplayName("simple smoothing and the damped line with given parameters and start")
    void simpleGiven() {
        JsonNode ses = SMOOTHING.get("ses_fixed");
        SmoothedSeries level = ExponentialSmoothing.builder()
                .alpha(ses.get("alpha").doubleValue())
                .start(SmoothingState.of(ses.get("initial_level").doubleValue(), 0))
                .build()
                .fit(SeriesData.airPassengers())
                .value();
        assertRelative(level.sumOfSquares(), ses.get("sse"), FIXED);
        assertRelative(level.forecast(1).value(1), ses.get("forecast"), FIXED);
        JsonNode holt = SMOOTHING.get("holt_damped_fixed");
        SmoothedSeries damped = ExponentialSmoothing.builder()
                .trend(TrendForm.DAMPED)
                .alpha(holt.get("alpha").doubleValue())
                .beta(holt.get("beta").doubleValue())
                .phi(holt.get("phi").doubleValue())
                .start(SmoothingState.of(
                        holt.get("initial_level").doubleValue(),
                        holt.get("initial_trend").doubleValue()))
                .build()
                .fit(SeriesData.airPassengers())
                .value();
        assertRelative(damped.sumOfSquares(), holt.get("sse"), FIXED);
        assertRelative(damped.forecast(6).values(), holt.get("forecast"), FIXED);
    }

    @ParameterizedTest
    @CsvSource({"optimised_add, ADDITIVE", "optimised_mul, MULTIPLICATIVE"})
    @DisplayName("fitted Holt-Winters is as good as the reference and forecasts alike")
    void holtWintersFitted(String name, SeasonForm form) {
        JsonNode golden = SMOOTHING.get(name);
        SmoothedSeries smoothed = ExponentialSmoothing.builder()
                .trend(TrendForm.ADDITIVE)
                .season(form, 12)
                .build()
                .fit(SeriesData.airPassengers())
                .value();
        assertThat(smoothed.sumOfSquares())
                .isLessThanOrEqualTo(1.01 * golden.get("sse").doubleValue());
        assertRelative(smoothed.forecast(12).values(), golden.get("forecast"), 0.02);
    }

    @Test
    @DisplayName("ETS(A,Ad,A) by maximum likelihood")
    void etsFitted() {
        JsonNode golden = SMOOTHING.get("ets_AAdA_mle");
        SmoothedSeries smoothed = ExponentialSmoothing.builder()
                .trend(TrendForm.DAMPED)
                .season(SeasonForm.ADDITIVE, 12)
                .build()
                .fit(SeriesData.airPassengers())
                .value();
        assertThat(smoothed.logLikelihood().orElseThrow())
                .isGreaterThanOrEqualTo(golden.get("loglik").doubleValue() - 0.5);
        assertRelative(smoothed.forecast(12).values(), golden.get("forecast"), 0.03);
    }

    @Test
    @DisplayName("STL with named settings, plain and robust")
    void stl() {
        Stl.Builder settings = Stl.builder(12)
                .seasonalWindow(7)
                .trendWindow(23)
                .lowPassWindow(13)
                .degrees(0, 1, 1);
        RegularSeries series = SeriesData.airPassengers();
        Decomposition plain = settings.rounds(2, 0).build().decompose(series).value();
        Decomposition robust = settings.rounds(1, 15).build().decompose(series).value();
        List<String[]> rows = goldenRows("monthly_airpassengers_stl.csv");
        assertThat(rows).hasSize(144);
        for (int i = 0; i < rows.size(); i++) {
            double[] row =
                    Arrays.stream(rows.get(i)).mapToDouble(Double::parseDouble).toArray();
            assertThat(series.value(i)).hasValue(row[1]);
            assertThat(plain.seasonal(i)).isCloseTo(row[2], within(1e-6));
            assertThat(plain.trend(i)).isCloseTo(row[3], within(1e-6));
            assertThat(plain.remainder(i)).isCloseTo(row[4], within(1e-6));
            assertThat(plain.weight(i)).isEqualTo(1);
            assertThat(robust.seasonal(i)).isCloseTo(row[5], within(0.05));
            assertThat(robust.trend(i)).isCloseTo(row[6], within(0.05));
            assertThat(robust.remainder(i)).isCloseTo(row[7], within(0.05));
            assertThat(robust.weight(i)).isCloseTo(row[8], within(0.05));
        }
    }

    @Test
    @DisplayName("the last year of the air passengers, held out")
    void holdout() {
        JsonNode golden =
                Golden.json("series/monthly_airpassengers_holdout.json").get("results");
        RegularSeries past = SeriesData.airPassengers().part(0, 132);
        double[] actual = SeriesData.airPassengers().part(132, 144).values();
        ForecastAccuracy naive = accuracy(NaiveForecaster.seasonal(12), past, actual);
        assertRelative(naive.mase(past, 12).value(), golden.get("snaive").get("MASE"), 1e-9);
        assertRelative(naive.smape().value(), golden.get("snaive").get("sMAPE"), 1e-9);
        double best = Double.POSITIVE_INFINITY;
        for (Forecaster method : new Forecaster[] {
            ExponentialSmoothing.holtWinters(12),
            ExponentialSmoothing.builder()
                    .trend(TrendForm.DAMPED)
                    .season(SeasonForm.MULTIPLICATIVE, 12)
                    .build(),
            StlForecaster.damped(12)
        }) {
            double mase = accuracy(method, past, actual).mase(past, 12).value();
            assertThat(mase).as(method.toString()).isLessThan(1.5);
            best = Math.min(best, mase);
        }
        assertThat(best).isLessThanOrEqualTo(0.9);
    }

    private static ForecastAccuracy accuracy(Forecaster method, RegularSeries past, double[] actual) {
        return ForecastAccuracy.of(
                actual, method.forecast(past, actual.length).value().values());
    }

    @Test
    @DisplayName("generalised ESD on Rosner's values")
    void rosner() {
        JsonNode golden = Golden.json("series/gesd_rosner.json");
        GeneralizedEsd test = GeneralizedEsd.test(
                        RegularSeries.of(doubles(golden.get("values"))),
                        golden.get("max_outliers").intValue(),
                        golden.get("alpha").doubleValue())
                .value();
        double tolerance = golden.get("tolerance_abs").doubleValue();
        assertThat(test.count()).isEqualTo(golden.get("number_of_outliers").intValue());
        assertThat(test.steps().stream().limit(3).mapToDouble(EsdStep::value))
                .containsExactly(Arrays.stream(doubles(golden.get("outlier_values")))
                        .boxed()
                        .toArray(Double[]::new));
        for (int i = 0; i < test.steps().size(); i++) {
            EsdStep step = test.steps().get(i);
            assertThat(step.statistic()).isCloseTo(golden.get("R").get(i).doubleValue(), within(tolerance));
            assertThat(step.critical()).isCloseTo(golden.get("lambda_").get(i).doubleValue(), within(tolerance));
        }
    }

    @Test
    @DisplayName("measures of accuracy on seven values, one of them 0")
    void metrics() {
        JsonNode golden = Golden.json("series/forecast_metrics.json");
        double tolerance = golden.get("tolerance_rel").doubleValue();
        ForecastAccuracy accuracy = ForecastAccuracy.of(doubles(golden.get("actual")), doubles(golden.get("forecast")));
        RegularSeries train = RegularSeries.of(doubles(golden.get("train")));
        assertRelative(accuracy.mae().value(), golden.get("MAE"), tolerance);
        assertRelative(accuracy.rmse().value(), golden.get("RMSE"), tolerance);
        assertRelative(accuracy.wape().value(), golden.get("WAPE"), tolerance);
        assertRelative(accuracy.smape().value(), golden.get("sMAPE_percent"), tolerance);
        assertRelative(accuracy.mase(train, 1).value(), golden.get("MASE_m1"), tolerance);
        assertRelative(accuracy.mase(train, 4).value(), golden.get("MASE_m4"), tolerance);
        assertRelative(accuracy.bias().value(), golden.get("bias"), tolerance);
        assertThat(accuracy.mape().undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.ZERO_BASE);
    }

    @Test
    @DisplayName("the labels are the outliers that were put in")
    void labels() {
        List<String> labelled = goldenRows("weekly_kpi_synthetic_dev_anomaly_labels.csv").stream()
                .map(row -> row[0])
                .toList();
        List<String[]> rows = Golden.csv("series/weekly_kpi_synthetic_dev.csv");
        int[] truth = IntStream.range(0, rows.size())
                .filter(i -> labelled.contains(rows.get(i)[0]))
                .toArray();
        assertThat(truth).containsExactly(ints(WEEKLY.get("truth")));
    }

    @Test
    @DisplayName("each detector finds what the same one of the reference finds")
    void detectors() {
        RegularSeries series = SeriesData.weeklyKpi();
        assertThat(series.length()).isEqualTo(WEEKLY.get("n").intValue());
        double[] logs = Arrays.stream(series.values()).map(Math::log).toArray();
        RobustFourierFit fourier = RobustFourier.ofPeriod(52).fit(series).value();
        assertFinds("robust_fourier_3_5", fourier.anomalies(3.5));
        assertFinds("robust_fourier_5", fourier.anomalies(5));
        RegularSeries remainders = Stl.builder(52)
                .seasonalWindow(13)
                .robust()
                .build()
                .decompose(RegularSeries.of(logs))
                .value()
                .remainders();
        assertFinds(
                "stl_gesd",
                GeneralizedEsd.robust(remainders, logs.length / 10, 0.05)
                        .value()
                        .anomalies());
        assertFinds("stl_mad_3_5", RobustZ.of(remainders).value().anomalies(3.5));
        assertFinds(
                "rolling_median_mad", RollingMedian.of(series, 13, 7).value().anomalies(3.5));
        double[] changes = new double[logs.length];
        Arrays.setAll(changes, i -> i < 52 ? Double.NaN : logs[i] - logs[i - 52]);
        assertFinds(
                "yoy_diff_mad_3_5",
                RobustZ.of(RegularSeries.of(changes)).value().anomalies(3.5));
    }

    private static void assertFinds(String method, int[] found) {
        JsonNode golden = WEEKLY.get("methods").get(method);
        int[] sorted = Arrays.stream(found).sorted().toArray();
        assertThat(sorted).as(method).containsExactly(ints(golden.get("indices")));
        assertThat(f1(found)).isCloseTo(golden.get("f1").doubleValue(), within(1e-12));
    }

    private static double f1(int[] found) {
        int[] truth = ints(WEEKLY.get("truth"));
        long hits = Arrays.stream(found)
                .filter(i -> Arrays.stream(truth).anyMatch(t -> t == i))
                .count();
        return 2.0 * hits / (found.length + truth.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 6, 8, 10, 12})
    @DisplayName("anomalies of the development series: F1 at least .95, and not by the choice of eight waves alone")
    void anomalies(int waves) {
        int[] found = RobustFourier.ofPeriod(52)
                .withWaves(waves)
                .fit(SeriesData.weeklyKpi())
                .value()
                .anomalies(3.5);
        assertThat(f1(found)).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    @DisplayName("forecasts of the development series: MASE at most .80 over twelve origins")
    void forecasts() {
        JsonNode golden = WEEKLY.get("rolling_origin_forecast").get("results");
        RegularSeries series = SeriesData.weeklyKpi();
        RollingOrigin origins = RollingOrigin.of(156, 4, 8);
        assertForecasts(origins, NaiveForecaster.last(), golden.get("naive"));
        assertForecasts(origins, NaiveForecaster.seasonal(52), golden.get("snaive"));
        assertForecasts(origins, NaiveForecaster.drift(), golden.get("drift"));
        assertThat(origins.mase(ExponentialSmoothing.holtWinters(52), series, 52)
                        .value())
                .isLessThanOrEqualTo(0.80);
        assertThat(origins.mase(StlForecaster.damped(52), series, 52).value()).isLessThanOrEqualTo(0.80);
    }

    private static void assertForecasts(RollingOrigin origins, Forecaster method, JsonNode expected) {
        RegularSeries series = SeriesData.weeklyKpi();
        assertRelative(origins.mase(method, series, 52).value(), expected.get("MASE"), 1e-9);
        assertRelative(origins.smape(method, series).value(), expected.get("sMAPE"), 1e-9);
    }
}
