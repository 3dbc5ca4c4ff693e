package dev.crmcore.metrics.stats;

import dev.crmcore.metrics.internal.IndexSort;

/**
 * What many tests at once do to their p-values. Of twenty tests without any effect one finds something at 5 %: whoever looks at
 * many segments or many figures compares the adjusted values with the level instead.
 *
 * <p>{@link #HOLM} keeps the chance of any false find below the level, whatever the tests have to do with each other.
 * {@link #BENJAMINI_HOCHBERG} keeps the expected share of false finds among all finds below it and finds more.
 *
 * <p>Immutable and thread-safe. Cost: m log m for m tests, for {@link #HOMMEL} m squared.
 */
public enum PValueAdjustment {

    /** Each value times the number of tests. Holm's is never larger and as safe. */
    BONFERRONI {
        @Override
        double[] ascending(double[] p) {
            return raised(p, i -> p.length);
        }
    },

    /** Holm 1979, step-down. */
    HOLM {
        @Override
        double[] ascending(double[] p) {
            return raised(p, i -> (double) p.length - i);
        }
    },

    /** Hommel 1988: finds more than Holm's where the tests are independent or positively dependent. */
    HOMMEL {
        @Override
        double[] ascending(double[] p) {
            return hommel(p);
        }
    },

    /** Benjamini and Hochberg 1995, the false discovery rate of independent or positively dependent tests. */
    BENJAMINI_HOCHBERG {
        @Override
        double[] ascending(double[] p) {
            return lowered(p, 1);
        }
    },

    /** Benjamini and Yekutieli 2001, the false discovery rate whatever the tests have to do with each other. */
    BENJAMINI_YEKUTIELI {
        @Override
        double[] ascending(double[] p) {
            double harmonic = 0;
            for (int i = p.length; i >= 1; i--) {
                harmonic += 1.0 / i;
            }
            return lowered(p, harmonic);
        }
    };

    /**
     * Adjusts the p-values of some tests.
     *
     * @param pValues the p-values, 0 to 1, in any order
     * @return the adjusted values in the same order, 0 to 1, none below the one it was made from; a new array
     * @throws IllegalArgumentException if a value is not 0 to 1
     */
    public double[] adjust(double... pValues) {
        for (int i = 0; i < pValues.length; i++) {
            if (!(pValues[i] >= 0 && pValues[i] <= 1)) {
                throw new IllegalArgumentException("pValues[" + i + "] must be 0 to 1, not " + pValues[i]);
            }
        }
        int[] order = IndexSort.sorted(pValues.length, (i, j) -> Double.compare(pValues[i], pValues[j]));
        double[] sorted = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            sorted[i] = pValues[order[i]];
        }
        double[] ascending = ascending(sorted);
        double[] adjusted = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            adjusted[order[i]] = Math.min(1, ascending[i]);
        }
        return adjusted;
    }

    /** The adjusted values of ascending p-values, which may still exceed 1. */
    abstract double[] ascending(double[] p);

    private interface Factor {
        double at(int i);
    }

    /** Each times its factor, and none below one before it. */
    private static double[] raised(double[] p, Factor factor) {
        double[] adjusted = new double[p.length];
        double least = 0;
        for (int i = 0; i < p.length; i++) {
            least = Math.max(least, p[i] * factor.at(i));
            adjusted[i] = least;
        }
        return adjusted;
    }

    /** Each times m over its rank, and none above one after it. */
    private static double[] lowered(double[] p, double factor) {
        double[] adjusted = new double[p.length];
        double most = 1;
        for (int i = p.length - 1; i >= 0; i--) {
            most = Math.min(most, p[i] * factor * p.length / (i + 1));
            adjusted[i] = most;
        }
        return adjusted;
    }

    /** The largest, over all k, of Simes's value that the k largest would have, by the algorithm of Wright 1992. */
    private static double[] hommel(double[] p) {
        int n = p.length;
        double[] adjusted = p.clone();
        for (int k = n; k >= 2; k--) {
            double least = Double.POSITIVE_INFINITY;
            for (int i = 1; i < k; i++) {
                least = Math.min(least, k * p[n - k + i] / (i + 1));
            }
            for (int i = n - k + 1; i < n; i++) {
                adjusted[i] = Math.max(adjusted[i], least);
            }
            for (int i = 0; i <= n - k; i++) {
                adjusted[i] = Math.max(adjusted[i], Math.min(least, k * p[i]));
            }
        }
        return adjusted;
    }
}
