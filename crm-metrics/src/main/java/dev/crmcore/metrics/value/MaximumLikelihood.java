package dev.crmcore.metrics.value;

import dev.crmcore.metrics.internal.SymmetricInverse;
import dev.crmcore.metrics.internal.TrustRegion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Maximum likelihood in the logarithms of positive parameters: search, borders, covariance. What is common to all models of
 * customer value.
 *
 * <p>Some data has its maximum at the border of the parameter space: the likelihood goes on rising, ever more slowly, while
 * a parameter (or a pair with a fixed ratio) runs to zero or to infinity. After the search each such way is tried to its
 * end: if the log-likelihood falls by less than {@value #FLAT}, the parameter is reported to be at that border, and standard
 * errors are given for the others, with the border parameters held.
 */
final class MaximumLikelihood {

    private static final double FLAT = 1e-3;
    private static final double LARGEST_LOG = 18.0;

    private final String[] names;
    private final double[] logScale;
    private final int[][] rays;

    /** Of the parameters that may have either sign, which are the last ones: what one unit of the search is worth. */
    private final double[] units;

    /**
     * @param names the parameters in their order
     * @param logScale the logarithm of a natural size of each parameter, about which the search is confined to a factor of
     *     e<sup>18</sup> (66 million) either way
     * @param rays ways to a border on which several parameters run together, as the sign of each: {1, 1, 0} lets the first
     *     two grow with their ratio kept
     */
    MaximumLikelihood(String[] names, double[] logScale, int[][] rays) {
        this(names, logScale, rays, new double[0]);
    }

    /**
     * With further parameters that may have either sign and are searched for as they are, between -18 and 18 of the units
     * given.
     */
    MaximumLikelihood(String[] names, double[] logScale, int[][] rays, double[] units) {
        this.units = units;
        this.names = names;
        this.logScale = logScale;
        this.rays = rays;
    }

    /** Fits from the first start, and from the others if that ended at a border or did not converge. */
    <M> ModelFit<M> fit(
            TrustRegion.Objective likelihood, double[][] starts, Function<double[], M> model, FittedOn fittedOn) {
        int n = names.length;
        double[] low = new double[n];
        double[] high = new double[n];
        for (int i = 0; i < n; i++) {
            low[i] = logScale[i] - LARGEST_LOG;
            high[i] = logScale[i] + LARGEST_LOG;
        }
        TrustRegion.@Nullable Optimum best = null;
        ParameterState[] states = new ParameterState[n];
        int evaluations = 0;
        for (double[] start : starts) {
            TrustRegion.Optimum optimum = TrustRegion.maximise(likelihood, inside(start, low, high), low, high);
            evaluations += optimum.evaluations();
            if (best == null || optimum.value() > best.value()) {
                best = optimum;
                states = borders(likelihood, optimum);
            }
            if (best.converged() && interior(states)) {
                break;
            }
        }
        if (best == null || !Double.isFinite(best.value())) {
            throw new IllegalStateException("the likelihood is not finite at any start");
        }
        return result(best, states, evaluations, model, fittedOn);
    }

    private static double[] inside(double[] start, double[] low, double[] high) {
        double[] point = start.clone();
        for (int i = 0; i < point.length; i++) {
            point[i] = Math.max(low[i] + 1, Math.min(high[i] - 1, point[i]));
        }
        return point;
    }

    private static boolean interior(ParameterState[] states) {
        for (ParameterState state : states) {
            if (state != ParameterState.INTERIOR) {
                return false;
            }
        }
        return true;
    }

    private ParameterState[] borders(TrustRegion.Objective likelihood, TrustRegion.Optimum optimum) {
        int n = names.length;
        ParameterState[] states = new ParameterState[n];
        if (wellDetermined(optimum.hessian())) {
            Arrays.fill(states, ParameterState.INTERIOR);
            return states;
        }
        for (int i = 0; i < n; i++) {
            int[] way = new int[n];
            way[i] = -1;
            boolean down = flat(likelihood, optimum, way);
            way[i] = 1;
            boolean up = flat(likelihood, optimum, way);
            states[i] = down && up ? ParameterState.UNDETERMINED : down ? border(-1) : up ? border(1) : border(0);
        }
        for (int[] ray : rays) {
            if (interiorOn(ray, states) && flat(likelihood, optimum, ray)) {
                for (int i = 0; i < n; i++) {
                    states[i] = ray[i] == 0 ? states[i] : border(ray[i]);
                }
            }
        }
        return states;
    }

    private static ParameterState border(int sign) {
        return sign == 0 ? ParameterState.INTERIOR : sign < 0 ? ParameterState.AT_ZERO : ParameterState.AT_INFINITY;
    }

    private static boolean interiorOn(int[] ray, ParameterState[] states) {
        for (int i = 0; i < ray.length; i++) {
            if (ray[i] != 0 && states[i] != ParameterState.INTERIOR) {
                return false;
            }
        }
        return true;
    }

    /** Whether every logarithm has a standard error below 1, so that no border can be within reach. */
    private static boolean wellDetermined(double[][] hessian) {
        int n = hessian.length;
        double[][] information = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                information[i][j] = -hessian[i][j];
            }
        }
        double[][] inverse = SymmetricInverse.of(information);
        for (int i = 0; inverse != null && i < n; i++) {
            if (!(inverse[i][i] < 1.0)) {
                return false;
            }
        }
        return inverse != null;
    }

    /** Whether the likelihood does not fall on the way from the optimum to the limit of the search. */
    private boolean flat(TrustRegion.Objective likelihood, TrustRegion.Optimum optimum, int[] way) {
        double[] point = optimum.point().clone();
        double length = Double.POSITIVE_INFINITY;
        for (int i = 0; i < way.length; i++) {
            if (way[i] != 0) {
                length = Math.min(length, LARGEST_LOG - way[i] * (point[i] - logScale[i]));
            }
        }
        for (int i = 0; i < way.length; i++) {
            point[i] += length * way[i];
        }
        double value = likelihood.evaluate(point, new double[point.length], new double[point.length][point.length]);
        return value > optimum.value() - FLAT;
    }

    private <M> ModelFit<M> result(
            TrustRegion.Optimum optimum,
            ParameterState[] states,
            int evaluations,
            Function<double[], M> model,
            FittedOn fittedOn) {
        int n = names.length;
        double[] values = new double[n];
        double[] sizes = new double[n];
        int positive = n - units.length;
        for (int i = 0; i < n; i++) {
            sizes[i] = i < positive ? Math.exp(optimum.point()[i]) : units[i - positive];
            values[i] = i < positive ? sizes[i] : sizes[i] * optimum.point()[i];
        }
        double @Nullable [][] covariance = covariance(optimum.hessian(), states, sizes);
        List<FittedParameter> parameters = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            double variance = covariance == null ? Double.NaN : covariance[i][i];
            parameters.add(new FittedParameter(
                    names[i],
                    values[i],
                    variance > 0 ? Math.sqrt(variance) : Double.NaN,
                    states[i],
                    i < positive,
                    fittedOn.customers()));
        }
        Convergence convergence = !optimum.converged()
                ? Convergence.ITERATION_LIMIT
                : interior(states) ? Convergence.CONVERGED : Convergence.AT_BORDER;
        double largest = 0.0;
        for (double g : optimum.gradient()) {
            largest = Math.max(largest, Math.abs(g));
        }
        return ModelFit.of(model, parameters, covariance, optimum.value(), convergence, evaluations, largest, fittedOn);
    }

    /**
     * The inverse of the observed information; entries of border parameters are NaN. A step of the search in a parameter is
     * worth its size: the value itself for a logarithm.
     */
    private static double @Nullable [][] covariance(double[][] hessian, ParameterState[] states, double[] sizes) {
        int n = states.length;
        int[] free = new int[n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (states[i] == ParameterState.INTERIOR) {
                free[count++] = i;
            }
        }
        double[][] information = new double[count][count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                information[i][j] = -hessian[free[i]][free[j]];
            }
        }
        double[][] inverse = SymmetricInverse.of(information);
        if (inverse == null) {
            return null;
        }
        double[][] covariance = new double[n][n];
        for (double[] row : covariance) {
            Arrays.fill(row, Double.NaN);
        }
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                covariance[free[i]][free[j]] = inverse[i][j] * sizes[free[i]] * sizes[free[j]];
            }
        }
        return covariance;
    }

    /** Turns derivatives in the parameters (upper triangle) into derivatives in their logarithms (full matrix). */
    static void toLogarithms(double[] parameters, double[] gradient, double[][] hessian) {
        int n = parameters.length;
        for (int i = 0; i < n; i++) {
            gradient[i] *= parameters[i];
        }
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                double h = hessian[i][j] * parameters[i] * parameters[j] + (i == j ? gradient[i] : 0.0);
                hessian[i][j] = h;
                hessian[j][i] = h;
            }
        }
    }
}
