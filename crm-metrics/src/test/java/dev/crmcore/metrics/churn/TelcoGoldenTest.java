package dev.crmcore.metrics.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Interval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The telephone company against the reference, within the tolerances of the reference file. */
class TelcoGoldenTest {

    private static final JsonNode MODELS = Telco.GOLDEN.get("models");
    private static final JsonNode TOLERANCE = Telco.GOLDEN.get("tolerance");
    private static final List<String[]> PREDICTED = predictions();

    private static final LogisticModel LOGISTIC = LogisticRegression.ridge(1)
            .fit(Telco.TRAIN.customers, Telco.TRAIN.churned)
            .value();

    private static List<String[]> predictions() {
        try (var in = TelcoGoldenTest.class.getResourceAsStream("/golden/churn/telco_churn_test_probabilities.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("the split, and what is learnt before the fit: medians, means, standard deviations, levels")
    void preprocessing() {
        assertThat(Telco.TRAIN.customers.rows())
                .isEqualTo(Telco.GOLDEN.get("train").intValue());
        assertThat(Telco.TEST.customers.rows())
                .isEqualTo(Telco.GOLDEN.get("test").intValue());
        assertThat(rate(Telco.TRAIN))
                .isEqualTo(Telco.GOLDEN.get("train_positive_rate").doubleValue());
        assertThat(rate(Telco.TEST))
                .isEqualTo(Telco.GOLDEN.get("test_positive_rate").doubleValue());
        assertThat(LOGISTIC.terms())
                .extracting(LogisticTerm::name)
                .containsExactlyElementsOf(texts(Telco.GOLDEN.get("features")));
        JsonNode numeric = Telco.GOLDEN.get("preprocessing").get("numeric");
        numeric.fieldNames().forEachRemaining(name -> {
            EncodedFeature encoded = EncodedFeature.learn(Telco.TRAIN.customers, name);
            double sd = numeric.get(name).get("sd").doubleValue();
            assertThat(encoded.mean()).isCloseTo(numeric.get(name).get("mean").doubleValue(), within(1e-9));
            assertThat(1 / encoded.scale()).isCloseTo(sd, within(1e-9 * sd));
            FeatureTable unknown =
                    FeatureTable.builder(1).numeric(name, Double.NaN).build();
            double[][] column = new double[1][1];
            encoded.encode(unknown, column, 0);
            double median = numeric.get(name).get("median").doubleValue();
            assertThat(column[0][0] * sd + encoded.mean()).isCloseTo(median, within(1e-9 * (1 + median)));
        });
    }

    /**
     * The reference's search stopped before the minimum of the objective that the file states: at its coefficients the
     * gradient is still 0.022, and the objective is lower at ours, where the gradient is 0 to rounding. Coefficients and
     * probabilities are therefore held to the distance of the reference from the minimum, and everything that does not
     * depend on those digits to the file's own tolerances.
     */
    @Test
    @DisplayName("ridge coefficients are the minimum of the stated objective, and the reference is as near as it came")
    void ridgeCoefficients() {
        JsonNode golden = MODELS.get("logistic_l2");
        double[] reference = new double[LOGISTIC.terms().size() + 1];
        double[] ours = reference.clone();
        reference[0] = golden.get("intercept").doubleValue();
        ours[0] = LOGISTIC.intercept().standardised();
        for (int j = 1; j < ours.length; j++) {
            LogisticTerm term = LOGISTIC.terms().get(j - 1);
            reference[j] = golden.get("coefficients").get(term.name()).doubleValue();
            ours[j] = term.standardised();
            assertThat(term.standardError()).isPresent();
        }
        assertThat(ours).containsExactly(reference, within(0.006));
        double[] gradient = new double[ours.length];
        double least = objective(ours, gradient);
        assertThat(gradient).containsOnly(new double[ours.length], within(1e-7));
        double[] left = new double[ours.length];
        assertThat(objective(reference, left)).isGreaterThan(least + 5e-5).isLessThan(least + 1e-4);
        assertThat(Arrays.stream(left).map(Math::abs).max().orElseThrow()).isGreaterThan(0.02);
        double[] probabilities = LOGISTIC.probabilities(Telco.TEST.customers);
        for (int i = 0; i < probabilities.length; i++) {
            assertThat(probabilities[i]).isCloseTo(Double.parseDouble(PREDICTED.get(i)[2]), within(2.5e-4));
        }
    }

    /** Half the squared coefficients plus the log loss, and its slopes, on the encoded training part. */
    private static double objective(double[] weights, double[] gradient) {
        double[][] columns = new double[weights.length][Telco.TRAIN.churned.length];
        Arrays.fill(columns[0], 1);
        int at = 1;
        for (String name : Telco.TRAIN.customers.names()) {
            EncodedFeature feature = EncodedFeature.learn(Telco.TRAIN.customers, name);
            feature.encode(Telco.TRAIN.customers, columns, at);
            at += feature.terms();
        }
        double sum = 0;
        for (int j = 1; j < weights.length; j++) {
            sum += weights[j] * weights[j] / 2;
            gradient[j] = weights[j];
        }
        for (int row = 0; row < columns[0].length; row++) {
            double logOdds = 0;
            for (int j = 0; j < weights.length; j++) {
                logOdds += weights[j] * columns[j][row];
            }
            double outcome = Telco.TRAIN.churned[row] ? 1 : 0;
            sum += Math.log1p(Math.exp(logOdds)) - outcome * logOdds;
            for (int j = 0; j < weights.length; j++) {
                gradient[j] += (1 / (1 + Math.exp(-logOdds)) - outcome) * columns[j][row];
            }
        }
        return sum;
    }

    @Test
    @DisplayName("the quality and calibration of the ridge regression equal the reference")
    void ridgeQuality() {
        JsonNode golden = MODELS.get("logistic_l2");
        ChurnEvaluation quality = Telco.TEST.evaluate(LOGISTIC);
        assertThat(quality.auc().value())
                .isCloseTo(
                        golden.get("auc").doubleValue(),
                        within(TOLERANCE.get("auc_abs_logistic").doubleValue()))
                .isGreaterThanOrEqualTo(0.848);
        assertThat(quality.brier().value())
                .isCloseTo(
                        golden.get("brier").doubleValue(),
                        within(TOLERANCE.get("brier_abs_logistic").doubleValue()))
                .isLessThanOrEqualTo(0.1335);
        assertThat(quality.lift(0.1).value())
                .isCloseTo(golden.get("lift_top_decile").doubleValue(), within(1e-12));
        Iterator<JsonNode> bins =
                Telco.GOLDEN.get("calibration_deciles_logistic").iterator();
        for (CalibrationBin bin : quality.calibrationCurve(10)) {
            JsonNode expected = bins.next();
            assertThat(bin.observed().trials()).isEqualTo(expected.get("n").longValue());
            assertThat(bin.meanPredicted()).isCloseTo(expected.get("mean_pred").doubleValue(), within(1e-4));
            assertThat(bin.observed().estimate().value())
                    .isCloseTo(expected.get("observed").doubleValue(), within(1e-12));
        }
        assertThat(bins.hasNext()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"logistic_l2, 2", "gradient_boosting, 3", "hist_gradient_boosting, 4", "random_forest, 5", "xgboost, 6"
    })
    @DisplayName("the quality of each reference model from its printed probabilities")
    void qualityOfReferences(String name, int column) {
        boolean[] churned = new boolean[PREDICTED.size()];
        double[] probabilities = new double[churned.length];
        for (int i = 0; i < churned.length; i++) {
            churned[i] = PREDICTED.get(i)[1].equals("1");
            probabilities[i] = Double.parseDouble(PREDICTED.get(i)[column]);
        }
        assertThat(churned).isEqualTo(Telco.TEST.churned);
        ChurnEvaluation quality = ChurnEvaluation.of(probabilities, churned);
        JsonNode golden = MODELS.get(name);
        assertThat(quality.auc().value()).isCloseTo(golden.get("auc").doubleValue(), within(1e-6));
        assertThat(quality.brier().value()).isCloseTo(golden.get("brier").doubleValue(), within(1e-8));
        assertThat(quality.logLoss().value()).isCloseTo(golden.get("log_loss").doubleValue(), within(1e-8));
        assertThat(quality.averagePrecision().value())
                .isCloseTo(golden.get("pr_auc_average_precision").doubleValue(), within(1e-6));
        assertThat(quality.lift(0.1).value())
                .isCloseTo(golden.get("lift_top_decile").doubleValue(), within(1e-9));
    }

    @Test
    @DisplayName("a constant score is chance")
    void baseRate() {
        JsonNode golden = MODELS.get("constant_base_rate");
        double rate = rate(Telco.TRAIN);
        ChurnEvaluation quality = Telco.TEST.evaluate(customers -> {
            double[] same = new double[customers.rows()];
            Arrays.fill(same, rate);
            return same;
        });
        assertThat(quality.auc().value()).isEqualTo(golden.get("auc").doubleValue());
        assertThat(quality.brier().value()).isCloseTo(golden.get("brier").doubleValue(), within(1e-12));
        assertThat(quality.logLoss().value()).isCloseTo(golden.get("log_loss").doubleValue(), within(1e-12));
        assertThat(quality.lift(0.1).value()).isCloseTo(1, within(1e-12));
    }

    @Test
    @DisplayName("DeLong's interval is the reference's bootstrap interval within its noise")
    void interval() {
        Interval interval = Telco.TEST.evaluate(LOGISTIC).auc().interval().orElseThrow();
        JsonNode bootstrap = Telco.GOLDEN.get("auc_bootstrap_95ci_logistic");
        assertThat(interval.lower()).isCloseTo(bootstrap.get(0).doubleValue(), within(0.004));
        assertThat(interval.upper()).isCloseTo(bootstrap.get(1).doubleValue(), within(0.004));
        assertThat(interval.method()).isEqualTo("DeLong");
    }

    @Test
    @DisplayName("boosted trees as they come reach every reference model's quality and the floor")
    void trees() {
        ChurnEvaluation quality = Telco.TEST.evaluate(BoostedTrees.builder()
                .build()
                .fit(Telco.TRAIN.customers, Telco.TRAIN.churned)
                .value());
        assertReaches(quality);
    }

    @Test
    @DisplayName("what is chosen by cross-validation on the training part reaches them too, and calibrated as well")
    void chosen() {
        SelectedModel chosen = ModelSelection.standard(1)
                .choose(Telco.TRAIN.customers, Telco.TRAIN.churned)
                .value();
        assertReaches(Telco.TEST.evaluate(chosen));
        assertThat(chosen.scores()).hasSizeGreaterThan(5);
        double least = chosen.scores().stream()
                .mapToDouble(score -> score.logLoss().value())
                .min()
                .orElseThrow();
        assertThat(chosen.scores())
                .filteredOn(score -> score.name().equals(chosen.name()))
                .singleElement()
                .satisfies(score -> assertThat(score.logLoss().value()).isEqualTo(least));
        ChurnModel platt = Calibration.platt(chosen.outOfFold(), Telco.TRAIN.churned)
                .value()
                .calibrated(chosen);
        assertReaches(Telco.TEST.evaluate(platt));
        ChurnModel isotonic = Calibration.isotonic(chosen.outOfFold(), Telco.TRAIN.churned)
                .value()
                .calibrated(chosen);
        assertThat(Telco.TEST.evaluate(isotonic).brier().value()).isLessThanOrEqualTo(0.1335);
        assertThat(Telco.TEST.evaluate(chosen).calibrationSlope().value()).isBetween(0.85, 1.15);
    }

    private static void assertReaches(ChurnEvaluation quality) {
        for (String name : List.of("gradient_boosting", "hist_gradient_boosting", "random_forest", "xgboost")) {
            assertThat(quality.auc().value())
                    .as(name)
                    .isGreaterThanOrEqualTo(MODELS.get(name).get("auc").doubleValue() - 0.005);
            assertThat(quality.brier().value())
                    .as(name)
                    .isLessThanOrEqualTo(MODELS.get(name).get("brier").doubleValue() + 0.002);
        }
        assertThat(quality.auc().value()).isGreaterThanOrEqualTo(0.848);
        assertThat(quality.brier().value()).isLessThanOrEqualTo(0.1335);
    }

    private static double rate(Telco part) {
        return ChurnEvaluation.of(new double[part.churned.length], part.churned)
                .churnRate()
                .estimate()
                .value();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.textValue()));
        return texts;
    }
}
