package dev.crmcore.metrics.value;

import java.util.Arrays;

/**
 * The repeat purchases of all customers together, unit of time by unit of time, as made and as a model expects them. Fitted
 * on the first units, a good model runs along with the purchases in the later ones.
 *
 * <pre>{@code
 * // weeks since 1997-01-01 of each customer's first purchase, and of all repeat purchases
 * TrackingCurve curve = TrackingCurve.of(model, firstPurchases, repeatPurchases, 78);
 * curve.actualCumulative(39);
 * curve.expectedCumulative(78);
 * }</pre>
 *
 * <p>Unit w covers the times from w &minus; 1 to before w. The definition is
 * {@link RepeatPurchaseModel#TRACKING_CURVE}. Immutable and thread-safe.
 */
public final class TrackingCurve {

    private final long[] actual;
    private final double[] expected;

    private TrackingCurve(long[] actual, double[] expected) {
        this.actual = actual;
        this.expected = expected;
    }

    /**
     * The curve of a model and the purchases of a cohort. Cost: a prediction for each distinct length of exposure.
     *
     * @param model the model
     * @param firstPurchases the time of each customer's first purchase since a common zero, in the model's unit
     * @param repeatPurchases the times of all repeat purchases since that zero, in any order
     * @param units how many units of time to track, at least 1
     * @return the curve
     * @throws IllegalArgumentException if a time is negative or not finite, or {@code units} is below 1
     */
    public static TrackingCurve of(
            RepeatPurchaseModel model, double[] firstPurchases, double[] repeatPurchases, int units) {
        if (units < 1) {
            throw new IllegalArgumentException("units must be at least 1, not " + units);
        }
        double[] sorted = sorted(firstPurchases, "first purchase");
        double[] born = Arrays.stream(sorted).distinct().toArray();
        long[] customers = new long[born.length];
        int at = 0;
        for (double time : sorted) {
            if (time != born[at]) {
                at++;
            }
            customers[at]++;
        }
        long[] actual = new long[units];
        for (double time : sorted(repeatPurchases, "repeat purchase")) {
            if (time < units) {
                actual[(int) time]++;
            }
        }
        for (int unit = 1; unit < units; unit++) {
            actual[unit] += actual[unit - 1];
        }
        return new TrackingCurve(actual, model.expectedCumulativePurchases(born, customers, units));
    }

    private static double[] sorted(double[] times, String name) {
        double[] sorted = times.clone();
        for (int i = 0; i < sorted.length; i++) {
            if (!(sorted[i] >= 0 && Double.isFinite(sorted[i]))) {
                throw new IllegalArgumentException(
                        "time of " + name + " " + i + " must be finite and not negative, not " + sorted[i]);
            }
        }
        Arrays.sort(sorted);
        return sorted;
    }

    /**
     * How many units are tracked.
     *
     * @return the number
     */
    public int units() {
        return actual.length;
    }

    /**
     * The repeat purchases made by the end of a unit.
     *
     * @param unit the unit, from 1
     * @return the cumulative number
     * @throws IllegalArgumentException if the unit is not tracked
     */
    public long actualCumulative(int unit) {
        return actual[index(unit)];
    }

    /**
     * The repeat purchases expected by the end of a unit.
     *
     * @param unit the unit, from 1
     * @return the expected cumulative number
     * @throws IllegalArgumentException if the unit is not tracked
     */
    public double expectedCumulative(int unit) {
        return expected[index(unit)];
    }

    /**
     * The repeat purchases made in a unit.
     *
     * @param unit the unit, from 1
     * @return the number
     * @throws IllegalArgumentException if the unit is not tracked
     */
    public long actual(int unit) {
        return actualCumulative(unit) - (unit == 1 ? 0 : actual[unit - 2]);
    }

    /**
     * The repeat purchases expected in a unit.
     *
     * @param unit the unit, from 1
     * @return the expected number
     * @throws IllegalArgumentException if the unit is not tracked
     */
    public double expected(int unit) {
        return expectedCumulative(unit) - (unit == 1 ? 0.0 : expected[unit - 2]);
    }

    private int index(int unit) {
        if (unit < 1 || unit > actual.length) {
            throw new IllegalArgumentException("unit must be 1 to " + actual.length + ", not " + unit);
        }
        return unit - 1;
    }
}
