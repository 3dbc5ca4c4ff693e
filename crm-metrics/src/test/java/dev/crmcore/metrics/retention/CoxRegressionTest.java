package dev.crmcore.metrics.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.Undefined;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The regression against the reference, against its definition, and at its edges. */
class CoxRegressionTest {

    private static final JsonNode GOLDEN = Golden.json("kpi/survival_cox.json").get("models");
    private static final SurvivalColumns ROSSI = SurvivalColumns.rossi();
    private static final SurvivalTimes ROSSI_TIMES = ROSSI.times("week", "arrest");
    private static final String[] ROSSI_COVARIATES = {"fin", "age", "race", "wexp", "mar", "paro", "prio"};

    static CoxRegression regression(SurvivalTimes times, SurvivalColumns columns, String... covariates) {
        CoxRegression regression = CoxRegression.of(times);
        for (String covariate : covariates) {
            regression.covariate(covariate, columns.doubles(covariate));
        }
        return regression;
    }

    @Test
    @DisplayName("every field of the reference: Efron, predictions, tests")
    void efron() {
        CoxReference.check(regression(ROSSI_TIMES, ROSSI, ROSSI_COVARIATES).fit(), GOLDEN.get("rossi_efron"));
    }

    @Test
    @DisplayName("every field of the reference: Breslow")
    void breslow() {
        CoxReference.check(
                regression(ROSSI_TIMES, ROSSI, ROSSI_COVARIATES)
                        .ties(TiedEvents.BRESLOW)
                        .fit(),
                GOLDEN.get("rossi_breslow"));
    }

    @Test
    @DisplayName("every field of the reference: strata")
    void strata() {
        CoxReference.check(
                regression(ROSSI_TIMES, ROSSI, "fin", "age", "wexp", "mar", "paro", "prio")
                        .strata(ROSSI.ints("race"))
                        .fit(),
                GOLDEN.get("rossi_strata_race"));
    }

    @Test
    @DisplayName("every field of the reference: a single group")
    void waltons() {
        SurvivalColumns waltons = SurvivalColumns.waltons();
        double[] treated = Arrays.stream(waltons.texts("group"))
                .mapToDouble(group -> group.equals("miR-137") ? 1 : 0)
                .toArray();
        CoxFit fit = CoxRegression.of(waltons.times("T", "E"))
                .covariate("treated", treated)
                .fit();
        CoxReference.check(fit, GOLDEN.get("waltons_efron"));
    }

    /** Random subjects with ties, late entries and strata. */
    private static final class Sample {

        private final double[] time;
        private final double[] entry;
        private final boolean[] event;
        private final int[] stratum;
        private final double[][] x;

        private Sample(int n, int p) {
            time = new double[n];
            entry = new double[n];
            event = new boolean[n];
            stratum = new int[n];
            x = new double[p][n];
        }

        static Sample of(long seed, int n, int p, boolean late) {
            Random random = new Random(seed);
            Sample sample = new Sample(n, p);
            for (int i = 0; i < n; i++) {
                double eta = 0;
                for (int j = 0; j < p; j++) {
                    sample.x[j][i] = j == 0 ? random.nextInt(2) : 100 * j + random.nextGaussian() * (j + 1);
                    eta += 0.3 * (sample.x[j][i] - 100 * j) / (j + 1);
                }
                sample.entry[i] = late && random.nextInt(2) == 0 ? random.nextInt(8) : 0;
                sample.time[i] = sample.entry[i] + 1 + (int) (-8 * Math.log(random.nextDouble()) * Math.exp(-eta));
                sample.event[i] = random.nextInt(4) > 0;
                sample.stratum[i] = random.nextInt(2) * 7;
            }
            return sample;
        }

        SurvivalTimes times() {
            return SurvivalTimes.of(time, event).withEntry(entry);
        }

        CoxRegression regression() {
            CoxRegression regression = CoxRegression.of(times()).strata(stratum);
            for (int j = 0; j < x.length; j++) {
                regression.covariate("x" + j, x[j]);
            }
            return regression;
        }

        boolean atRisk(int i, int s, double t) {
            return stratum[i] == s && entry[i] < t && time[i] >= t;
        }

        double risk(int i, double[] b) {
            double eta = 0;
            for (int j = 0; j < x.length; j++) {
                eta += b[j] * (x[j][i] - 100 * j);
            }
            return Math.exp(eta);
        }

        /** The partial likelihood straight from its definition. */
        double logLikelihood(double[] b, TiedEvents ties) {
            double value = 0;
            for (int s = 0; s <= 7; s += 7) {
                for (double t : Arrays.stream(time).distinct().toArray()) {
                    double all = 0;
                    double dying = 0;
                    int d = 0;
                    for (int i = 0; i < time.length; i++) {
                        if (atRisk(i, s, t)) {
                            all += risk(i, b);
                            if (event[i] && time[i] == t) {
                                dying += risk(i, b);
                                d++;
                                value += Math.log(risk(i, b));
                            }
                        }
                    }
                    for (int k = 0; k < d; k++) {
                        value -= Math.log(all - (ties == TiedEvents.EFRON ? dying * k / d : 0));
                    }
                }
            }
            return value;
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "strata, late entries and ties: the likelihood of the definition, flat at the fit and curved as the errors say")
    void definition(TiedEvents ties) {
        Sample sample = Sample.of(5, 150, 3, true);
        CoxFit fit = sample.regression().ties(ties).fit();
        double[] b =
                fit.coefficients().stream().mapToDouble(CoxCoefficient::value).toArray();
        assertThat(fit.logLikelihood()).isCloseTo(sample.logLikelihood(b, ties), within(1e-9));
        assertThat(fit.nullLogLikelihood()).isCloseTo(sample.logLikelihood(new double[3], ties), within(1e-9));
        double[][] information = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double[] h = {1e-3, 1e-3 / 2, 1e-3 / 3};
                double mixed = shifted(sample, ties, b, i, h[i], j, h[j])
                        - shifted(sample, ties, b, i, h[i], j, -h[j])
                        - shifted(sample, ties, b, i, -h[i], j, h[j])
                        + shifted(sample, ties, b, i, -h[i], j, -h[j]);
                information[i][j] = -mixed / (4 * h[i] * h[j]);
            }
            double slope = shifted(sample, ties, b, i, 1e-5, i, 0) - shifted(sample, ties, b, i, -1e-5, i, 0);
            assertThat(slope / 2e-5).isCloseTo(0, within(1e-4));
        }
        for (int i = 0; i < 3; i++) {
            double product = 0;
            for (int j = 0; j < 3; j++) {
                product += information[i][j] * fit.covariance("x" + j, "x" + i).orElseThrow();
            }
            assertThat(product).isCloseTo(1, within(1e-4));
        }
    }

    private static double shifted(Sample sample, TiedEvents ties, double[] b, int i, double hi, int j, double hj) {
        double[] at = b.clone();
        at[i] += hi;
        at[j] += hj;
        return sample.logLikelihood(at, ties);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("concordance and its jackknife error by comparing every pair")
    void concordanceByPairs(boolean late) {
        Sample sample = Sample.of(11, 80, 2, late);
        CoxFit fit = sample.regression().fit();
        double[] b =
                fit.coefficients().stream().mapToDouble(CoxCoefficient::value).toArray();
        int n = 80;
        double[][] in = new double[n][3];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                boolean lasted =
                        sample.time[j] > sample.time[i] || (sample.time[j] == sample.time[i] && !sample.event[j]);
                boolean there = sample.entry[j] == 0 || sample.entry[j] < sample.time[i];
                if (i != j && sample.stratum[i] == sample.stratum[j] && sample.event[i] && lasted && there) {
                    int kind = sample.x[0][i] == sample.x[0][j] && sample.x[1][i] == sample.x[1][j]
                            ? 2
                            : sample.risk(i, b) > sample.risk(j, b) ? 0 : 1;
                    in[i][kind]++;
                    in[j][kind]++;
                }
            }
        }
        double[] totals = new double[3];
        for (double[] subject : in) {
            for (int kind = 0; kind < 3; kind++) {
                totals[kind] += subject[kind] / 2;
            }
        }
        double pairs = totals[0] + totals[1] + totals[2];
        double somers = (totals[0] - totals[1]) / pairs;
        double squares = 0;
        for (double[] subject : in) {
            double influence = (subject[0] - subject[1] - somers * (subject[0] + subject[1] + subject[2])) / pairs;
            squares += influence * influence;
        }
        Concordance found = fit.concordance();
        assertThat(found.concordant()).isEqualTo((long) totals[0]);
        assertThat(found.discordant()).isEqualTo((long) totals[1]);
        assertThat(found.tied()).isEqualTo((long) totals[2]);
        assertThat(found.standardError()).isCloseTo(Math.sqrt(squares) / 2, within(1e-12));
        assertThat(found.estimate(0.9)
                        .interval()
                        .orElseThrow()
                        .contains(found.estimate(0.9).value()))
                .isTrue();
    }

    @Test
    @DisplayName("the score test of two groups without ties is the log-rank test")
    void scoreIsLogRank() {
        Random random = new Random(2);
        int n = 200;
        double[] time = random.doubles(n).toArray();
        boolean[] event = new boolean[n];
        double[] x = new double[n];
        int[] group = new int[n];
        for (int i = 0; i < n; i++) {
            event[i] = random.nextBoolean();
            group[i] = random.nextInt(2);
            x[i] = group[i];
        }
        SurvivalTimes times = SurvivalTimes.of(time, event);
        CoxFit fit = CoxRegression.of(times).covariate("group", x).fit();
        assertThat(fit.scoreTest().statistic())
                .isCloseTo(LogRank.test(times, group).test().statistic(), within(1e-10));
    }

    @Test
    @DisplayName("no covariate effect at all: the baseline is Nelson-Aalen or its like")
    void baselineWithoutEffect() {
        SurvivalTimes times =
                SurvivalTimes.of(new double[] {1, 1, 2, 2, 3, 3}, new boolean[] {true, true, true, true, false, false});
        double[] balanced = {0, 1, 0, 1, 0, 1};
        CoxFit fit = CoxRegression.of(times)
                .covariate("balanced", balanced)
                .ties(TiedEvents.BRESLOW)
                .fit();
        assertThat(fit.coefficient("balanced").value()).isCloseTo(0, within(1e-12));
        CoxPrediction baseline = fit.model().baseline();
        assertThat(baseline.cumulativeHazardAt(0.5)).isZero();
        assertThat(baseline.survivalAt(0.5).value()).isEqualTo(1);
        assertThat(baseline.cumulativeHazardAt(2)).isCloseTo(2.0 / 6 + 2.0 / 4, within(1e-12));
        assertThat(baseline.quantile(0.3).value()).isEqualTo(2);
        assertThat(baseline.quantile(0.9).undefined().orElseThrow().reason())
                .isEqualTo(Undefined.Reason.NOT_YET_OBSERVED);
        assertThat(baseline.survivalAt(3.5).isDefined()).isFalse();
        assertThat(baseline.survivalAt(2).interval().orElseThrow().method()).isEqualTo("Tsiatis log-log");
    }

    @Test
    @DisplayName("a covariate that tells who is next is named infinite, and the others are still estimated")
    void monotoneLikelihood() {
        Sample sample = Sample.of(23, 200, 2, false);
        double[] tells = new double[200];
        for (int i = 0; i < tells.length; i++) {
            tells[i] = sample.event[i] ? 1 : 0;
            sample.time[i] = sample.event[i] ? sample.time[i] : 1000;
        }
        CoxFit fit = sample.regression().covariate("tells", tells).fit();
        assertThat(fit.converged()).isTrue();
        assertThat(fit.notFinite()).extracting(CoxCoefficient::name).containsExactly("tells");
        CoxCoefficient coefficient = fit.coefficient("tells");
        assertThat(coefficient.state()).isEqualTo(CoefficientState.INFINITE);
        assertThat(coefficient.value()).isGreaterThan(10);
        assertThat(coefficient.standardError()).isEmpty();
        assertThat(coefficient.test()).isEmpty();
        assertThat(coefficient.hazardRatio(0.95).undefined().orElseThrow().message())
                .contains("tells")
                .contains("plus infinity");
        assertThat(fit.covariance("tells", "x0")).isEmpty();
        // In the limit only those with the event are at risk for one another
        int[] kept = IntStream.range(0, 200).filter(i -> sample.event[i]).toArray();
        double[] time = Arrays.stream(kept).mapToDouble(i -> sample.time[i]).toArray();
        boolean[] event = new boolean[kept.length];
        Arrays.fill(event, true);
        CoxFit limit = CoxRegression.of(SurvivalTimes.of(time, event))
                .covariate(
                        "x0",
                        Arrays.stream(kept).mapToDouble(i -> sample.x[0][i]).toArray())
                .covariate(
                        "x1",
                        Arrays.stream(kept).mapToDouble(i -> sample.x[1][i]).toArray())
                .strata(Arrays.stream(kept).map(i -> sample.stratum[i]).toArray())
                .fit();
        assertThat(fit.coefficient("x0").value())
                .isCloseTo(limit.coefficient("x0").value(), within(1e-6));
        assertThat(fit.coefficient("x1").standardError().orElseThrow())
                .isCloseTo(limit.coefficient("x1").standardError().orElseThrow(), within(1e-5));
        assertThat(fit.logLikelihood()).isCloseTo(limit.logLikelihood(), within(1e-6));
    }

    @Test
    @DisplayName("an order by the covariate itself is infinite, with the sign that it has")
    void perfectOrder() {
        double[] time = {1, 2, 3, 4, 5, 6, 7, 8};
        boolean[] event = new boolean[8];
        Arrays.fill(event, true);
        CoxFit fit = CoxRegression.of(SurvivalTimes.of(time, event))
                .covariate("later", time)
                .fit();
        assertThat(fit.coefficient("later").state()).isEqualTo(CoefficientState.INFINITE);
        assertThat(fit.coefficient("later").value()).isNegative();
        assertThat(fit.logLikelihood()).isCloseTo(0, within(1e-6));
        assertThat(fit.concordance().estimate(0.95).value()).isEqualTo(1);
        assertThat(fit.concordance().estimate(0.95).interval()).isEmpty();
        assertThat(fit.likelihoodRatioTest().pValue()).isLessThan(0.001);
    }

    @Test
    @DisplayName("a strong effect that is finite is not called infinite")
    void strongEffect() {
        Random random = new Random(8);
        int n = 2_000;
        double[] x = random.doubles(n, -1, 1).toArray();
        double[] time = new double[n];
        boolean[] event = new boolean[n];
        for (int i = 0; i < n; i++) {
            time[i] = -Math.log(random.nextDouble()) * Math.exp(-8 * x[i]);
            event[i] = true;
        }
        CoxFit fit = CoxRegression.of(SurvivalTimes.of(time, event))
                .covariate("x", x)
                .fit();
        assertThat(fit.notFinite()).isEmpty();
        assertThat(fit.coefficient("x").value()).isCloseTo(8, within(0.6));
    }

    @Test
    @DisplayName("collinear covariates are named, and the rest fitted without them")
    void collinear() {
        Sample sample = Sample.of(31, 200, 3, true);
        double[] sum = new double[200];
        double[] constant = new double[200];
        double[] ofStratum = new double[200];
        Arrays.fill(constant, 4.2);
        for (int i = 0; i < 200; i++) {
            sum[i] = 2 * sample.x[1][i] - sample.x[2][i] + 3;
            ofStratum[i] = sample.stratum[i] / 3.0;
        }
        CoxFit plain = sample.regression().fit();
        CoxFit fit = sample.regression()
                .covariate("sum", sum)
                .covariate("constant", constant)
                .covariate("stratum", ofStratum)
                .fit();
        assertThat(fit.notFinite()).extracting(CoxCoefficient::name).containsExactly("sum", "constant", "stratum");
        assertThat(fit.coefficient("sum").state()).isEqualTo(CoefficientState.COLLINEAR);
        assertThat(fit.coefficient("sum")
                        .estimate(0.95)
                        .undefined()
                        .orElseThrow()
                        .message())
                .contains("sum");
        assertThat(fit.coefficient("x1").value())
                .isCloseTo(plain.coefficient("x1").value(), within(1e-9));
        assertThat(fit.likelihoodRatioTest()).isEqualTo(plain.likelihoodRatioTest());
        assertThat(fit.covariance("sum", "x1")).isEmpty();
        assertThatThrownBy(() -> fit.proportionalHazards(TimeTransform.RANK).test("sum"))
                .isInstanceOf(IllegalArgumentException.class);
        double[] covariates = {1, 100, 200, 5, 4.2, 0};
        assertThat(fit.model().predict(covariates, 7).survivalAt(3).value())
                .isCloseTo(
                        plain.model()
                                .predict(new double[] {1, 100, 200}, 7)
                                .survivalAt(3)
                                .value(),
                        within(1e-9));
    }

    @Test
    @DisplayName("all censored, nobody, nothing that varies: no fit, with the reason")
    void refused() {
        SurvivalTimes censored = SurvivalTimes.of(new double[] {1, 2, 3}, new boolean[3]);
        CoxFit none = CoxRegression.of(censored)
                .covariate("x", new double[] {1, 2, 3})
                .fit();
        assertThat(none.isDefined()).isFalse();
        assertThat(none.undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.NO_DATA);
        assertThat(none.converged()).isFalse();
        assertThatThrownBy(none::logLikelihood).hasMessageContaining("no event");
        CoxFit nobody = CoxRegression.of(SurvivalTimes.of(new double[0], new boolean[0]))
                .covariate("x", new double[0])
                .fit();
        assertThat(nobody.isDefined()).isFalse();
        CoxFit constant = CoxRegression.of(SurvivalTimes.of(new double[] {1, 2, 3}, new boolean[] {true, true, false}))
                .covariate("x", new double[] {5, 5, 5})
                .fit();
        assertThat(constant.undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.NO_VARIATION);
        assertThat(constant.undefined().orElseThrow().message()).contains("x");
        assertThatThrownBy(() -> CoxRegression.of(censored).fit()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("a stratum without an event adds nothing, and predicts that nothing happens")
    void emptyStratum() {
        SurvivalTimes times = SurvivalTimes.of(
                new double[] {1, 2, 3, 4, 5, 6, 2, 9},
                new boolean[] {true, true, false, true, true, false, false, false});
        double[] x = {1, 0, 1, 1, 0, 0, 1, 0};
        int[] stratum = {0, 0, 0, 0, 0, 0, 1, 1};
        CoxFit fit = CoxRegression.of(times).covariate("x", x).strata(stratum).fit();
        SurvivalTimes first =
                SurvivalTimes.of(new double[] {1, 2, 3, 4, 5, 6}, new boolean[] {true, true, false, true, true, false});
        CoxFit alone =
                CoxRegression.of(first).covariate("x", Arrays.copyOf(x, 6)).fit();
        assertThat(fit.coefficient("x").value())
                .isCloseTo(alone.coefficient("x").value(), within(1e-10));
        CoxPrediction empty = fit.model().predict(new double[] {1}, 1);
        assertThat(empty.survivalAt(9).value()).isEqualTo(1);
        assertThat(empty.standardErrorAt(9)).isZero();
        assertThatThrownBy(() -> fit.model().predict(new double[] {1})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> fit.model().predict(new double[] {1}, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stratum 2");
    }

    @Test
    @DisplayName("the unit and the place of a covariate's zero do not matter")
    void units() {
        CoxFit plain = regression(ROSSI_TIMES, ROSSI, "age", "prio").fit();
        double[] shifted =
                Arrays.stream(ROSSI.doubles("age")).map(age -> 1e9 + age * 1e-3).toArray();
        CoxFit moved = CoxRegression.of(ROSSI_TIMES)
                .covariate("age", shifted)
                .covariate("prio", ROSSI.doubles("prio"))
                .fit();
        assertThat(moved.coefficient("age").value() / 1e3)
                .isCloseTo(plain.coefficient("age").value(), within(1e-5));
        assertThat(moved.logLikelihood()).isCloseTo(plain.logLikelihood(), within(1e-4));
        CoxModel model = plain.model();
        double[] young = {20, 3};
        double[] old = {40, 3};
        double ratio = Math.exp(20 * plain.coefficient("age").value());
        assertThat(model.hazardRatio(old, young, 0.95).value()).isCloseTo(ratio, within(1e-12));
        double half = 1.959963984540054
                * 20
                * plain.coefficient("age").standardError().orElseThrow();
        assertThat(model.hazardRatio(old, young, 0.95).interval().orElseThrow().upper())
                .isCloseTo(ratio * Math.exp(half), within(1e-9));
        assertThat(Math.log(model.predict(old).survivalAt(30).value()))
                .isCloseTo(ratio * Math.log(model.predict(young).survivalAt(30).value()), within(1e-12));
    }

    @Test
    @DisplayName("a subject of huge risk who leaves the risk set leaves exact sums behind")
    void largeRiskComesLate() {
        Sample sample = Sample.of(41, 120, 2, true);
        for (int i = 0; i < 120; i++) {
            sample.x[1][i] += i % 40 == 0 ? 60 : 0;
            if (i % 40 == 0) {
                sample.entry[i] = 30;
                sample.time[i] = 40 + i;
            }
        }
        CoxFit fit = sample.regression().fit();
        double[] b =
                fit.coefficients().stream().mapToDouble(CoxCoefficient::value).toArray();
        assertThat(fit.logLikelihood()).isCloseTo(sample.logLikelihood(b, TiedEvents.EFRON), within(1e-8));
        CoxLikelihood likelihood =
                new CoxLikelihood(new CoxDesign(sample.times(), Labels.of(sample.stratum), sample.x), TiedEvents.EFRON);
        CoxDesign design = new CoxDesign(sample.times(), Labels.of(sample.stratum), sample.x);
        // Risks that span forty orders of magnitude
        double[] steep = {0.1, 12};
        double[] plain = {steep[0] / design.scale(0), steep[1] / design.scale(1)};
        assertThat(likelihood.evaluate(steep)).isCloseTo(sample.logLikelihood(plain, TiedEvents.EFRON), within(1e-6));
    }

    @Test
    @DisplayName("effects that fade are found by the test of proportional hazards")
    void fadingEffect() {
        Random random = new Random(77);
        int n = 3_000;
        double[] x = new double[n];
        double[] time = new double[n];
        boolean[] event = new boolean[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextInt(2);
            double u = -Math.log(random.nextDouble());
            // Twice the hazard before time 0.5, the same after it
            time[i] = x[i] == 1 && u > 1 ? 0.5 + (u - 1) : x[i] == 1 ? u / 2 : u;
            event[i] = true;
        }
        CoxFit fit = CoxRegression.of(SurvivalTimes.of(time, event))
                .covariate("x", x)
                .fit();
        for (TimeTransform transform : TimeTransform.values()) {
            ProportionalHazards test = fit.proportionalHazards(transform);
            assertThat(test.test("x").orElseThrow().pValue())
                    .as("%s", transform)
                    .isLessThan(0.01);
            assertThat(test.transform()).isEqualTo(transform);
        }
        SurvivalTimes atOnce = SurvivalTimes.of(new double[] {1, 1, 2}, new boolean[] {true, true, false});
        assertThat(CoxRegression.of(atOnce)
                        .covariate("x", new double[] {1, 0, 0})
                        .fit()
                        .proportionalHazards(TimeTransform.IDENTITY)
                        .global())
                .isEmpty();
    }

    @Test
    @DisplayName("ranks are shared by ties, and the logarithm takes a time of 0")
    void transforms() {
        SurvivalTimes times = SurvivalTimes.of(new double[] {0, 2, 2, 5}, new boolean[] {true, true, false, true});
        assertThat(TimeTransform.RANK.of(times)).containsExactly(1, 2.5, 2.5, 4);
        assertThat(TimeTransform.LOG.of(times)).containsExactly(Math.log(2), Math.log(2), Math.log(2), Math.log(5));
        assertThat(TimeTransform.KAPLAN_MEIER.of(times)).containsExactly(0, 0.25, 0.25, 0.5);
    }

    @Test
    @DisplayName("bad covariates are refused by name")
    void badInput() {
        CoxRegression regression = CoxRegression.of(ROSSI_TIMES).covariate("age", ROSSI.doubles("age"));
        assertThatThrownBy(() -> regression.covariate("age", ROSSI.doubles("age")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("age");
        assertThatThrownBy(() -> regression.covariate("short", new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("short");
        double[] bad = ROSSI.doubles("prio");
        bad[7] = Double.NaN;
        assertThatThrownBy(() -> regression.covariate("prio", bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prio")
                .hasMessageContaining("7");
        CoxFit fit = regression.fit();
        assertThatThrownBy(() -> fit.coefficient("prio")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> fit.model().predict(new double[2])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> fit.model().predict(new double[] {Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("age");
    }

    @Test
    @DisplayName("the interval of a predicted quantile is where the bounds of the curve come down so far")
    void quantileInterval() {
        CoxPrediction prediction = regression(ROSSI_TIMES, ROSSI, ROSSI_COVARIATES)
                .fit()
                .model()
                .predict(new double[] {0, 20, 1, 0, 0, 0, 8});
        Estimate quantile = prediction.quantile(0.4);
        Interval interval = quantile.interval().orElseThrow();
        double lower = Double.POSITIVE_INFINITY;
        double upper = Double.POSITIVE_INFINITY;
        for (int week = 52; week >= 1; week--) {
            Interval bounds = prediction.survivalAt(week).interval().orElse(null);
            if (bounds != null && bounds.lower() <= 0.6) {
                lower = week;
            }
            if (bounds != null && bounds.upper() <= 0.6) {
                upper = week;
            }
        }
        assertThat(interval.lower()).isEqualTo(lower);
        assertThat(interval.upper()).isEqualTo(upper);
        assertThat(quantile.value()).isBetween(lower, upper);
        assertThat(lower).isLessThan(upper);
        // At the very end of the curve the upper bound is not down yet
        double atEnd = 1 - prediction.survivalAt(52).value() - 1e-9;
        assertThat(prediction.quantile(atEnd).interval().map(Interval::upper)).hasValue(Double.POSITIVE_INFINITY);
    }
}
