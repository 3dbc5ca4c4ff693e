package dev.crmcore.metrics.value;

import dev.crmcore.metrics.internal.GammaFunctions;
import dev.crmcore.metrics.internal.TrustRegion;
import java.util.Arrays;

/**
 * The log-likelihood of retention with S(t) = B(&alpha;, &beta; + t<sup>c</sup>) / B(&alpha;, &beta;), with gradient and
 * Hessian in the logarithms of (&alpha;, &beta;, c), or of (&alpha;, &beta;) with c = 1. It costs what the distinct tenures
 * cost.
 */
final class BetaRetentionLikelihood implements TrustRegion.Objective {

    private static final int ALPHA = 0;
    private static final int BETA = 1;
    private static final int C = 2;

    private final ContractTenures tenures;
    private final boolean withPower;

    BetaRetentionLikelihood(ContractTenures tenures, boolean withPower) {
        this.tenures = tenures;
        this.withPower = withPower;
    }

    /** ln S at one t with its derivatives in the parameters themselves, upper triangle. */
    private static final class LogSurvival {

        private double value;
        private final double[] first = new double[3];
        private final double[][] second = new double[3][3];

        void at(double alpha, double beta, double c, long t) {
            value = 0.0;
            Arrays.fill(first, 0.0);
            for (double[] row : second) {
                Arrays.fill(row, 0.0);
            }
            if (t == 0) {
                return;
            }
            double l = Math.log((double) t);
            value = BetaRetention.logRatio(alpha, beta, c * l);
            double rise = GammaFunctions.digammaRise(beta, alpha);
            double bend = GammaFunctions.trigammaRise(beta, alpha);
            boolean large = c * l > BetaRetention.LARGE_LOG;
            double tau = large ? Double.MAX_VALUE : Math.exp(c * l);
            // psi and psi' of alpha + beta + tau less those of beta + tau, times tau and its square
            double later = large ? alpha : tau * GammaFunctions.digammaRise(beta + tau, alpha);
            double laterBend = large ? -alpha : tau * tau * GammaFunctions.trigammaRise(beta + tau, alpha);
            double digamma = large
                    ? c * l - GammaFunctions.digamma(alpha + beta)
                    : GammaFunctions.digammaRise(alpha + beta, tau);
            double trigamma =
                    large ? -GammaFunctions.trigamma(alpha + beta) : GammaFunctions.trigammaRise(alpha + beta, tau);
            double shift = large ? 1.0 : tau * GammaFunctions.trigamma(alpha + beta + tau);
            first[ALPHA] = -digamma;
            first[BETA] = rise - later / tau;
            first[C] = -later * l;
            second[ALPHA][ALPHA] = -trigamma;
            second[ALPHA][BETA] = -trigamma;
            second[ALPHA][C] = -shift * l;
            second[BETA][BETA] = bend - laterBend / tau / tau;
            second[BETA][C] = -laterBend / tau * l;
            second[C][C] = -(laterBend + later) * l * l;
        }
    }

    @Override
    public double evaluate(double[] point, double[] gradient, double[][] hessian) {
        int n = withPower ? 3 : 2;
        double alpha = Math.exp(point[ALPHA]);
        double beta = Math.exp(point[BETA]);
        double c = withPower ? Math.exp(point[C]) : 1.0;
        Arrays.fill(gradient, 0.0);
        for (double[] row : hessian) {
            Arrays.fill(row, 0.0);
        }
        LogSurvival at = new LogSurvival();
        LogSurvival before = new LogSurvival();
        double value = 0.0;
        for (int row = 0; row < tenures.size(); row++) {
            long t = tenures.periods(row);
            at.at(alpha, beta, c, t);
            double active = tenures.active(row);
            value += active * at.value;
            double lost = tenures.lost(row);
            double odds = 0.0;
            double churn = 1.0;
            if (lost > 0) {
                before.at(alpha, beta, c, t - 1);
                // P(T = t) = S(t - 1) (1 - e^d), d = ln S(t) - ln S(t - 1)
                double d = BetaRetention.logBetween(alpha, beta, c, t - 1.0, (double) t);
                churn = -Math.expm1(d);
                odds = Math.exp(d) / churn;
                value += lost * (before.value + Math.log(churn));
            }
            for (int i = 0; i < n; i++) {
                double slope = at.first[i] - before.first[i];
                gradient[i] += active * at.first[i] + (lost > 0 ? lost * (before.first[i] - odds * slope) : 0.0);
                for (int j = i; j < n; j++) {
                    hessian[i][j] += active * at.second[i][j];
                    if (lost > 0) {
                        double other = at.first[j] - before.first[j];
                        double bend = at.second[i][j] - before.second[i][j];
                        hessian[i][j] += lost * (before.second[i][j] - odds * (bend + slope * other / churn));
                    }
                }
            }
        }
        MaximumLikelihood.toLogarithms(
                withPower ? new double[] {alpha, beta, c} : new double[] {alpha, beta}, gradient, hessian);
        return value;
    }

    /** Points from which the search begins. */
    double[][] starts() {
        return withPower
                ? new double[][] {{-0.5, 0.5, 0.0}, {-1.5, 0.3, 0.5}, {0.5, 2.0, -0.5}}
                : new double[][] {{0.0, 0.0}, {-0.5, 1.2}};
    }
}
