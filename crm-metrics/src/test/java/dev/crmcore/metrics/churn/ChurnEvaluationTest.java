package dev.crmcore.metrics.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.Undefined;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChurnEvaluationTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    @DisplayName("AUC and DeLong's variance equal their definitions over all pairs, with ties")
    void aucByPairs(long seed) {
        Random random = new Random(seed);
        int n = 60;
        double[] p = new double[n];
        boolean[] y = new boolean[n];
        for (int i = 0; i < n; i++) {
            p[i] = random.nextInt(10) / 10.0;
            y[i] = random.nextDouble() < 0.2 + 0.5 * p[i];
        }
        double[] placement = new double[n];
        int left = 0;
        for (int i = 0; i < n; i++) {
            left += y[i] ? 1 : 0;
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (y[i] != y[j]) {
                    double wins = p[i] == p[j] ? 0.5 : (p[i] > p[j]) == y[i] ? 1 : 0;
                    placement[i] += wins / (y[i] ? n - left : left);
                }
            }
        }
        double auc = 0;
        for (int i = 0; i < n; i++) {
            auc += y[i] ? placement[i] / left : 0;
        }
        double ofLeft = 0;
        double ofStayed = 0;
        for (int i = 0; i < n; i++) {
            double square = (placement[i] - auc) * (placement[i] - auc);
            ofLeft += y[i] ? square : 0;
            ofStayed += y[i] ? 0 : square;
        }
        double variance = ofLeft / (left - 1) / left + ofStayed / (n - left - 1) / (n - left);
        ChurnEvaluation quality = ChurnEvaluation.of(p, y);
        assertThat(quality.auc().value()).isCloseTo(auc, within(1e-12));
        Interval interval = quality.auc(0.9).interval().orElseThrow();
        assertThat(interval.lower())
                .isCloseTo(Math.max(0, auc - 1.6448536269514722 * Math.sqrt(variance)), within(1e-9));
        assertThat(interval.upper())
                .isCloseTo(Math.min(1, auc + 1.6448536269514722 * Math.sqrt(variance)), within(1e-9));
    }

    @Test
    @DisplayName("small numbers by hand")
    void byHand() {
        ChurnEvaluation quality =
                ChurnEvaluation.of(new double[] {0.9, 0.6, 0.6, 0.2}, new boolean[] {true, true, false, false});
        assertThat(quality.auc().value()).isEqualTo(3.5 / 4);
        assertThat(quality.brier().value()).isCloseTo((0.01 + 0.16 + 0.36 + 0.04) / 4, within(1e-15));
        assertThat(quality.logLoss().value())
                .isCloseTo(-(Math.log(0.9) + Math.log(0.6) + Math.log(0.4) + Math.log(0.8)) / 4, within(1e-15));
        assertThat(quality.averagePrecision().value()).isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-15));
        assertThat(quality.lift(0.25).value()).isEqualTo(2);
        assertThat(quality.lift(0.5).value()).isEqualTo(1.5); // the second customer is one of two equal ones
        assertThat(quality.churnRate().estimate().value()).isEqualTo(0.5);
        List<GainPoint> curve = quality.gainCurve(4);
        assertThat(curve).extracting(GainPoint::captured).containsExactly(0.5, 0.75, 1.0, 1.0);
        assertThat(curve.get(3).lift()).isEqualTo(1);
        // Bins of {0.2, 0.6} and {0.6, 0.9}; the equal ones keep their order: 0.2 and the churned 0.6 are the first bin
        assertThat(quality.calibrationError(2).value()).isCloseTo((0.1 + 0.25) / 2, within(1e-15));
        List<CalibrationBin> bins = quality.calibrationCurve(2);
        assertThat(bins.get(0).meanPredicted()).isCloseTo(0.4, within(1e-15));
        assertThat(bins.get(1).observed().trials()).isEqualTo(2);
        assertThat(quality.calibrationCurve(10)).hasSize(4);
    }

    @Test
    @DisplayName("the calibration slope tells too extreme from right")
    void slope() {
        Random random = new Random(12);
        int n = 20_000;
        double[] right = new double[n];
        double[] extreme = new double[n];
        boolean[] y = new boolean[n];
        for (int i = 0; i < n; i++) {
            double logOdds = random.nextGaussian();
            right[i] = 1 / (1 + Math.exp(-logOdds));
            extreme[i] = 1 / (1 + Math.exp(-2 * logOdds));
            y[i] = random.nextDouble() < right[i];
        }
        assertThat(ChurnEvaluation.of(right, y).calibrationSlope().value()).isCloseTo(1, within(0.05));
        assertThat(ChurnEvaluation.of(extreme, y).calibrationSlope().value()).isCloseTo(0.5, within(0.03));
        assertThat(ChurnEvaluation.of(right, y).calibrationError(10).value()).isLessThan(0.02);
        assertThat(ChurnEvaluation.of(extreme, y).calibrationError(10).value()).isGreaterThan(0.05);
    }

    @Test
    @DisplayName("bootstrap intervals: DeLong's width for the AUC, the truth of the lift as often as they say")
    void bootstrap() {
        Random random = new Random(21);
        ChurnEvaluation quality = drawn(random, 1_000);
        Interval delong = quality.auc().interval().orElseThrow();
        Interval resampled =
                quality.bootstrap(ChurnEvaluation::auc, 1_000, 5).interval().orElseThrow();
        assertThat(resampled.width()).isCloseTo(delong.width(), within(0.1 * delong.width()));
        assertThat(resampled.lower()).isCloseTo(delong.lower(), within(0.1 * delong.width()));
        assertThat(quality.bootstrap(ChurnEvaluation::auc, 1_000, 5))
                .isEqualTo(quality.bootstrap(ChurnEvaluation::auc, 1_000, 5));
        double truth = drawn(random, 1_000_000).lift(0.2).value();
        int outside = 0;
        for (int round = 0; round < 200; round++) {
            Estimate lift = drawn(random, 400).bootstrap(q -> q.lift(0.2), 200, round);
            outside += lift.interval().orElseThrow().contains(truth) ? 0 : 1;
        }
        assertThat(outside).isBetween(2, 24);
        ChurnEvaluation nobody = ChurnEvaluation.of(new double[3], new boolean[3]);
        assertThat(nobody.bootstrap(q -> q.lift(1), 40, 1).isDefined()).isFalse();
        assertThatThrownBy(() -> nobody.bootstrap(ChurnEvaluation::brier, 39, 1))
                .hasMessageContaining("replicates");
    }

    private static ChurnEvaluation drawn(Random random, int n) {
        double[] p = random.doubles(n).map(u -> 0.6 * u * u).toArray();
        boolean[] y = new boolean[n];
        for (int i = 0; i < n; i++) {
            y[i] = random.nextDouble() < p[i];
        }
        return ChurnEvaluation.of(p, y);
    }

    @Test
    @DisplayName("what does not exist has a reason")
    void undefined() {
        ChurnEvaluation nobody = ChurnEvaluation.of(new double[0], new boolean[0]);
        assertThat(nobody.auc().undefined()).isPresent();
        assertThat(nobody.brier().undefined()).isPresent();
        assertThat(nobody.logLoss().undefined()).isPresent();
        assertThat(nobody.averagePrecision().undefined()).isPresent();
        assertThat(nobody.lift(0.1).undefined()).isPresent();
        assertThat(nobody.calibrationError(10).undefined()).isPresent();
        assertThat(nobody.calibrationCurve(10)).isEmpty();
        assertThat(nobody.gainCurve(10)).isEmpty();
        ChurnEvaluation none = ChurnEvaluation.of(new double[] {0.1, 0.2}, new boolean[2]);
        assertThat(none.auc().undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.NO_VARIATION);
        assertThat(none.lift(0.5).undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.ZERO_BASE);
        assertThat(none.brier().value()).isCloseTo(0.025, within(1e-15));
        ChurnEvaluation certain = ChurnEvaluation.of(new double[] {0, 1}, new boolean[] {true, false});
        assertThat(certain.logLoss().undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.DOES_NOT_EXIST);
        assertThat(certain.auc().value()).isZero();
        assertThat(certain.auc().interval()).isEmpty();
        ChurnEvaluation perfect =
                ChurnEvaluation.of(new double[] {0, 0, 1, 1}, new boolean[] {false, false, true, true});
        assertThat(perfect.auc().value()).isEqualTo(1);
        assertThat(perfect.auc().interval()).isEmpty();
        assertThat(perfect.logLoss().value()).isZero();
        assertThat(perfect.calibrationSlope().undefined()).isPresent();
        assertThat(none.lift(0.4).undefined()).isPresent();
    }

    @Test
    void slipsAreRefused() {
        assertThatThrownBy(() -> ChurnEvaluation.of(new double[2], new boolean[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 values");
        for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> ChurnEvaluation.of(new double[] {bad}, new boolean[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(String.valueOf(bad));
        }
        ChurnEvaluation one = ChurnEvaluation.of(new double[1], new boolean[1]);
        assertThatThrownBy(() -> one.lift(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> one.calibrationCurve(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> one.gainCurve(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> one.auc(1)).isInstanceOf(IllegalArgumentException.class);
    }
}
