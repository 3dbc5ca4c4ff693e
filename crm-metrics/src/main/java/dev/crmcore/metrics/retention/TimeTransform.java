package dev.crmcore.metrics.retention;

import java.util.Arrays;

/**
 * Against which function of time the test of proportional hazards looks for a trend of a coefficient.
 *
 * <p>Constants may be added. Immutable and thread-safe.
 */
public enum TimeTransform {
    /** Time itself: early and late times weigh by their distance. */
    IDENTITY {
        @Override
        double[] of(SurvivalTimes times) {
            return times.times().clone();
        }
    },
    /** The logarithm of time; 0 counts as the least time above it. */
    LOG {
        @Override
        double[] of(SurvivalTimes times) {
            double least = Arrays.stream(times.times()).filter(t -> t > 0).min().orElse(1);
            return Arrays.stream(times.times())
                    .map(t -> Math.log(Math.max(t, least)))
                    .toArray();
        }
    },
    /** The rank of the time among all subjects, ties in the middle of their ranks. */
    RANK {
        @Override
        double[] of(SurvivalTimes times) {
            double[] sorted = times.times().clone();
            Arrays.sort(sorted);
            return Arrays.stream(times.times())
                    .map(t -> (below(sorted, t) + below(sorted, Math.nextUp(t)) + 1) / 2.0)
                    .toArray();
        }

        private int below(double[] sorted, double t) {
            int low = 0;
            int high = sorted.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (sorted[middle] < t) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    },
    /** One minus the Kaplan&ndash;Meier curve just before the time: robust against outlying times, and R's choice. */
    KAPLAN_MEIER {
        @Override
        double[] of(SurvivalTimes times) {
            SurvivalCurve curve = KaplanMeier.curve(times);
            return Arrays.stream(times.times())
                    .map(t -> {
                        int row = curve.rowAt(Math.nextDown(t));
                        return row < 0 ? 0 : 1 - curve.survival(row);
                    })
                    .toArray();
        }
    };

    /** The transformed time of each subject. */
    abstract double[] of(SurvivalTimes times);
}
