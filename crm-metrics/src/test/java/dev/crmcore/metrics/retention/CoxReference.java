package dev.crmcore.metrics.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.TestResult;

/** Holds a fit against a model of the reference file, every field of it, each within its tolerance. */
final class CoxReference {

    private static final double COEFFICIENT = 1e-6;
    private static final double LIKELIHOOD = 1e-7;
    private static final double TEST = 1e-6;

    private CoxReference() {}

    static void check(CoxFit fit, JsonNode model) {
        assertThat(fit.converged()).isTrue();
        assertThat(fit.n()).isEqualTo(model.get("n").intValue());
        assertThat(fit.events()).isEqualTo(model.get("events").longValue());
        for (int i = 0; i < fit.coefficients().size(); i++) {
            checkCoefficient(
                    fit.coefficients().get(i), model.get("coefficients").get(i));
        }
        assertThat(fit.nullLogLikelihood()).isCloseTo(model.get("loglik_null").doubleValue(), within(LIKELIHOOD));
        assertThat(fit.logLikelihood()).isCloseTo(model.get("loglik").doubleValue(), within(LIKELIHOOD));
        assertThat(fit.aic()).isCloseTo(model.get("aic").doubleValue(), within(TEST));
        checkTest(fit.likelihoodRatioTest(), model.get("likelihood_ratio"));
        assertThat(fit.likelihoodRatioTest().degreesOfFreedom())
                .hasValue(model.get("likelihood_ratio").get("df").doubleValue());
        checkTest(fit.waldTest(), model.get("wald"));
        checkTest(fit.scoreTest(), model.get("score"));
        Concordance concordance = fit.concordance();
        assertThat(concordance.estimate(0.95).value())
                .isCloseTo(model.get("concordance").doubleValue(), within(1e-9));
        assertThat(concordance.standardError())
                .isCloseTo(model.get("concordance_se").doubleValue(), within(1e-9));
        checkBaseline(fit.model(), fit.coefficients().size(), model);
        checkProportional(fit, TimeTransform.IDENTITY, model.path("cox_zph_identity"));
        checkProportional(fit, TimeTransform.KAPLAN_MEIER, model.path("cox_zph_km"));
        if (model.has("predicted_survival")) {
            checkPredictions(fit, model.get("predicted_survival"));
        }
    }

    private static void checkCoefficient(CoxCoefficient found, JsonNode expected) {
        assertThat(found.state()).isEqualTo(CoefficientState.FINITE);
        assertThat(found.value()).isCloseTo(expected.get("coef").doubleValue(), within(COEFFICIENT));
        assertThat(found.standardError().orElseThrow())
                .isCloseTo(expected.get("se").doubleValue(), within(COEFFICIENT));
        TestResult test = found.test().orElseThrow();
        assertThat(test.statistic()).isCloseTo(expected.get("z").doubleValue(), within(1e-5));
        assertThat(test.pValue()).isCloseTo(expected.get("p").doubleValue(), within(TEST));
        Estimate ratio = found.hazardRatio(0.95);
        assertThat(ratio.value()).isCloseTo(expected.get("hazard_ratio").doubleValue(), within(1e-5));
        assertThat(ratio.interval().orElseThrow().lower())
                .isCloseTo(expected.get("hr_low95").doubleValue(), within(1e-5));
        assertThat(ratio.interval().orElseThrow().upper())
                .isCloseTo(expected.get("hr_high95").doubleValue(), within(1e-5));
    }

    private static void checkTest(TestResult found, JsonNode expected) {
        assertThat(found.statistic()).isCloseTo(expected.get("stat").doubleValue(), within(TEST));
        assertThat(found.pValue()).isCloseTo(expected.get("p").doubleValue(), within(TEST));
    }

    private static void checkBaseline(CoxModel model, int covariates, JsonNode expected) {
        for (JsonNode at : expected.get("baseline_cumulative_hazard_at_covariates_zero")) {
            CoxPrediction baseline = at.has("strata")
                    ? model.predict(
                            new double[covariates],
                            Integer.parseInt(at.get("strata").textValue().replaceAll(".*=", "")))
                    : model.baseline();
            assertThat(baseline.cumulativeHazardAt(at.get("time").doubleValue()))
                    .isCloseTo(at.get("hazard").doubleValue(), within(1e-6));
        }
    }

    private static void checkProportional(CoxFit fit, TimeTransform transform, JsonNode expected) {
        if (expected.isMissingNode()) {
            return;
        }
        ProportionalHazards tests = fit.proportionalHazards(transform);
        for (JsonNode term : expected) {
            String name = term.get("term").textValue();
            TestResult found = (name.equals("GLOBAL") ? tests.global() : tests.test(name)).orElseThrow();
            assertThat(found.statistic()).isCloseTo(term.get("chisq").doubleValue(), within(1e-4));
            assertThat(found.degreesOfFreedom()).hasValue(term.get("df").doubleValue());
            assertThat(found.pValue()).isCloseTo(term.get("p").doubleValue(), within(1e-4));
        }
    }

    private static void checkPredictions(CoxFit fit, JsonNode expected) {
        CoxModel model = fit.model();
        for (int who = 0; who < expected.get("newdata").size(); who++) {
            JsonNode values = expected.get("newdata").get(who);
            double[] covariates = fit.coefficients().stream()
                    .mapToDouble(c -> values.get(c.name()).doubleValue())
                    .toArray();
            CoxPrediction prediction = model.predict(covariates);
            for (int t = 0; t < expected.get("times").size(); t++) {
                double time = expected.get("times").get(t).doubleValue();
                assertThat(prediction.survivalAt(time).value())
                        .isCloseTo(one(expected.get("survival").get(t), who), within(1e-6));
                assertThat(prediction.standardErrorAt(time))
                        .isCloseTo(one(expected.get("se").get(t), who), within(1e-6));
            }
        }
    }

    private static double one(JsonNode row, int who) {
        return row.isArray() ? row.get(who).doubleValue() : row.doubleValue();
    }
}
