package dev.crmcore.metrics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Golden;
import java.util.SplittableRandom;

/** Holds a fit against a reference fit within the reference's own tolerances, and tighter where ours is meant to be. */
final class FitAssertions {

    private FitAssertions() {}

    static void assertEqualsReference(ModelFit<?> fit, JsonNode reference, String... namesInReference) {
        assertThat(fit.convergence()).isEqualTo(Convergence.CONVERGED);
        assertThat(fit.atBorder()).isEmpty();
        assertThat(fit.logLikelihood())
                .isCloseTo(reference.get("log_likelihood").doubleValue(), within(1e-6));
        for (int i = 0; i < namesInReference.length; i++) {
            String name = namesInReference[i];
            FittedParameter parameter = fit.parameters().get(i);
            double value = reference.get("params").get(name).doubleValue();
            assertThat(parameter.value()).as(name).isCloseTo(value, within(1e-6 * value));
            double se = reference.get("standard_errors").get(name).doubleValue();
            assertThat(parameter.standardError()).as("se of %s", name).hasValueCloseTo(se, within(1e-6 * se));
            Golden.assertInterval(
                    parameter.estimate(0.95).interval().orElseThrow(),
                    reference.get("ci95_log_scale").get(name),
                    1e-5 * value);
            Golden.assertInterval(
                    parameter.waldEstimate(0.95).interval().orElseThrow(),
                    reference.get("ci95_wald_natural").get(name),
                    1e-5 * value);
            for (int j = 0; j < namesInReference.length; j++) {
                double covariance = reference.get("covariance").get(i).get(j).doubleValue();
                assertThat(fit.covariance(
                                parameter.name(), fit.parameters().get(j).name()))
                        .hasValueCloseTo(covariance, within(1e-5 * Math.abs(covariance)));
            }
        }
    }

    /** The likelihood that was maximised is the sum of the model's own over the customers. */
    static void assertEqualsBySums(ModelFit<? extends RepeatPurchaseModel> fit, PurchaseHistories histories) {
        double sum = 0;
        for (int row = 0; row < histories.size(); row++) {
            sum += histories.customers(row) * fit.model().logLikelihood(histories.history(row));
        }
        assertThat(fit.logLikelihood()).isCloseTo(sum, within(1e-8));
    }

    /** Gradient and Hessian of a likelihood against central differences of the level below. */
    static void assertDerivatives(dev.crmcore.metrics.internal.TrustRegion.Objective likelihood, double[] point) {
        int n = point.length;
        double[] gradient = new double[n];
        double[][] hessian = new double[n][n];
        double value = likelihood.evaluate(point, gradient, hessian);
        double step = 1e-5;
        for (int i = 0; i < n; i++) {
            double[] up = point.clone();
            double[] down = point.clone();
            up[i] += step;
            down[i] -= step;
            double[] gradientUp = new double[n];
            double[] gradientDown = new double[n];
            double slope = (likelihood.evaluate(up, gradientUp, new double[n][n])
                            - likelihood.evaluate(down, gradientDown, new double[n][n]))
                    / (2 * step);
            double scale = Math.abs(value) + Math.abs(gradient[i]);
            assertThat(gradient[i]).as("gradient %d", i).isCloseTo(slope, within(1e-8 * scale));
            for (int j = 0; j < n; j++) {
                double curvature = (gradientUp[j] - gradientDown[j]) / (2 * step);
                assertThat(hessian[i][j]).as("hessian %d %d", i, j).isCloseTo(curvature, within(1e-7 * scale));
            }
        }
    }

    /** The same in places drawn from the logarithms of four parameters. */
    static void assertDerivativesInTwentyPlaces(dev.crmcore.metrics.internal.TrustRegion.Objective likelihood) {
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 20; i++) {
            assertDerivatives(likelihood, random.doubles(4, -2, 3).toArray());
        }
    }

    /** A fit of customers simulated with known parameters finds them, within its own standard errors. */
    static void assertRecovers(ModelFit<?> fit, double[] truth, double largestRelativeError) {
        assertThat(fit.convergence()).isEqualTo(Convergence.CONVERGED);
        for (int i = 0; i < truth.length; i++) {
            FittedParameter parameter = fit.parameters().get(i);
            double se = parameter.standardError().orElseThrow();
            assertThat(se).isLessThan(largestRelativeError * truth[i]);
            assertThat(parameter.value()).as(parameter.name()).isCloseTo(truth[i], within(3.5 * se));
        }
    }

    static void assertRelative(double actual, JsonNode expected, double tolerance) {
        double value = expected.doubleValue();
        assertThat(actual).isCloseTo(value, within(tolerance * Math.abs(value) + 1e-300));
    }
}
