package dev.crmcore.metrics.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.Undefined;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    private final double[] said = new double[20_000];
    private final double[] truth = new double[said.length];
    private final boolean[] churned = new boolean[said.length];

    CalibrationTest() {
        Random random = new Random(21);
        for (int i = 0; i < said.length; i++) {
            double logOdds = random.nextGaussian() - 1;
            truth[i] = 1 / (1 + Math.exp(-logOdds));
            said[i] = 1 / (1 + Math.exp(-(2.5 * logOdds + 1)));
            churned[i] = random.nextDouble() < truth[i];
        }
    }

    @Test
    @DisplayName("both repairs take the error away and keep the order")
    void repair() {
        for (Finding<Calibration> fit :
                List.of(Calibration.platt(said, churned), Calibration.isotonic(said, churned))) {
            Calibration calibration = fit.value();
            double[] repaired = Arrays.stream(said).map(calibration::apply).toArray();
            for (int i = 0; i < repaired.length; i += 7) {
                assertThat(repaired[i]).isCloseTo(truth[i], within(0.12));
            }
            assertThat(ChurnEvaluation.of(repaired, churned)
                            .calibrationError(10)
                            .value())
                    .isLessThan(0.01)
                    .isLessThan(ChurnEvaluation.of(said, churned)
                                    .calibrationError(10)
                                    .value()
                            / 4);
            double before = 0;
            for (int i = 0; i <= 1000; i++) {
                double now = calibration.apply(i / 1000.0);
                assertThat(now).isBetween(before, 1.0);
                before = now;
            }
        }
    }

    @Test
    @DisplayName("pooling adjacent violators by hand")
    void pools() {
        Calibration isotonic = Calibration.isotonic(
                        new double[] {0.1, 0.2, 0.3, 0.4, 0.5}, new boolean[] {false, true, false, true, true})
                .value();
        assertThat(isotonic.apply(0.1)).isZero();
        assertThat(isotonic.apply(0.2)).isEqualTo(0.5);
        assertThat(isotonic.apply(0.25)).isEqualTo(0.5);
        assertThat(isotonic.apply(0.3)).isEqualTo(0.5);
        assertThat(isotonic.apply(0.35)).isCloseTo(0.75, within(1e-12));
        assertThat(isotonic.apply(0.15)).isCloseTo(0.25, within(1e-12));
        assertThat(isotonic.apply(0)).isZero();
        assertThat(isotonic.apply(1)).isEqualTo(1);
    }

    @Test
    @DisplayName("perfect, constant and reversed scores still give a rising function")
    void oddScores() {
        boolean[] y = {false, false, true, true};
        Calibration perfect = Calibration.platt(new double[] {0, 0, 1, 1}, y).value();
        assertThat(perfect.apply(1)).isBetween(0.5, 1.0);
        assertThat(perfect.apply(0)).isBetween(0.0, 0.5);
        Calibration constant =
                Calibration.platt(new double[] {0.3, 0.3, 0.3, 0.3}, y).value();
        assertThat(constant.apply(0.3)).isCloseTo(0.5, within(1e-9));
        Calibration reversed =
                Calibration.platt(new double[] {0.9, 0.8, 0.2, 0.1}, y).value();
        assertThat(reversed.apply(0.9)).isEqualTo(reversed.apply(0.1)).isCloseTo(0.5, within(1e-9));
        Calibration pooled =
                Calibration.isotonic(new double[] {0.9, 0.8, 0.2, 0.1}, y).value();
        assertThat(pooled.apply(0.9)).isEqualTo(pooled.apply(0.1)).isEqualTo(0.5);
    }

    @Test
    @DisplayName("a host's own model is calibrated, cross-validated and chosen like one of ours")
    void port() {
        ChurnModel own = customers -> {
            double[] answers = new double[customers.rows()];
            for (int row = 0; row < answers.length; row++) {
                answers[row] = customers.number("said", row);
            }
            return answers;
        };
        FeatureTable table =
                FeatureTable.builder(said.length).numeric("said", said).build();
        ChurnModel calibrated = Calibration.platt(said, churned).value().calibrated(own);
        assertThat(ChurnEvaluation.of(calibrated.probabilities(table), churned)
                        .brier()
                        .value())
                .isLessThan(ChurnEvaluation.of(said, churned).brier().value());
        SelectedModel chosen = ModelSelection.builder(CrossValidation.of(3, 1))
                .candidate("own", (customers, outcomes) -> Finding.of(own))
                .candidate("linear", LogisticRegression.ridge(1))
                .build()
                .choose(table, churned)
                .value();
        assertThat(chosen.scores()).extracting(CandidateScore::name).containsExactly("own", "linear");
        assertThat(chosen.name()).isEqualTo("linear");
        ChurnLearner broken = (customers, outcomes) -> Finding.of(asked -> new double[1]);
        assertThatThrownBy(() -> CrossValidation.of(2, 1).outOfFold(broken, table, churned))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("probabilities, not 1");
    }

    @Test
    @DisplayName("a candidate that cannot be fitted is passed over with its reason; if none can, that is the answer")
    void unfitCandidates() {
        boolean[] parted = new boolean[said.length];
        for (int i = 0; i < parted.length; i++) {
            parted[i] = said[i] > 0.5;
        }
        FeatureTable table =
                FeatureTable.builder(said.length).numeric("said", said).build();
        ModelSelection.Builder builder = ModelSelection.builder(CrossValidation.of(2, 3))
                .candidate("likelihood", LogisticRegression.unpenalised());
        assertThat(builder.build().choose(table, parted).undefined())
                .hasValueSatisfying(reason -> assertThat(reason.message()).contains("separated by said"));
        SelectedModel chosen = builder.candidate("ridge", LogisticRegression.ridge(1))
                .build()
                .choose(table, parted)
                .value();
        assertThat(chosen.name()).isEqualTo("ridge");
        assertThat(chosen.scores().get(0).logLoss().undefined()).isPresent();
        assertThatThrownBy(() -> builder.candidate("ridge", LogisticRegression.ridge(2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> ModelSelection.builder(CrossValidation.of(2, 3)).build())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("folds are even, stratified and the seed's alone")
    void folds() {
        boolean[] y = new boolean[103];
        Arrays.fill(y, 0, 11, true);
        double[] row = new double[103];
        Arrays.setAll(row, i -> i);
        FeatureTable table = FeatureTable.builder(103).numeric("row", row).build();
        int[] sizes = new int[103];
        ChurnLearner counting = (customers, outcomes) -> {
            int left = Outcomes.count(outcomes);
            assertThat(left).isBetween(8, 9);
            assertThat(customers.rows()).isBetween(82, 83);
            for (int i = 0; i < customers.rows(); i++) {
                sizes[(int) customers.number("row", i)]++;
            }
            return Finding.of(asked -> {
                for (int i = 0; i < asked.rows(); i++) {
                    sizes[(int) asked.number("row", i)] += 100;
                }
                return new double[asked.rows()];
            });
        };
        CrossValidation.of(5, 9).outOfFold(counting, table, y);
        assertThat(sizes).containsOnly(104);
    }

    @Test
    void bytes() {
        for (Finding<Calibration> fit :
                List.of(Calibration.platt(said, churned), Calibration.isotonic(said, churned))) {
            byte[] bytes = fit.value().toBytes();
            Calibration read = Calibration.fromBytes(bytes);
            for (int i = 0; i <= 100; i++) {
                assertThat(read.apply(i / 100.0)).isEqualTo(fit.value().apply(i / 100.0));
            }
            bytes[bytes.length / 2] ^= 1;
            assertThatThrownBy(() -> Calibration.fromBytes(bytes)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void edges() {
        assertThat(Calibration.platt(new double[0], new boolean[0]).undefined())
                .hasValueSatisfying(reason -> assertThat(reason.reason()).isEqualTo(Undefined.Reason.NO_DATA));
        assertThat(Calibration.isotonic(new double[2], new boolean[2]).undefined())
                .hasValueSatisfying(reason -> assertThat(reason.reason()).isEqualTo(Undefined.Reason.NO_VARIATION));
        assertThatThrownBy(() -> Calibration.platt(new double[1], new boolean[2]))
                .isInstanceOf(IllegalArgumentException.class);
        Calibration any = Calibration.platt(said, churned).value();
        assertThatThrownBy(() -> any.apply(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CrossValidation.of(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
