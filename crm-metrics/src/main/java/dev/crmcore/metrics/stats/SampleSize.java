package dev.crmcore.metrics.stats;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.Normal;

/**
 * How many customers each of two equal groups needs, so that a two-sided test finds a difference that is there. Sizes are not
 * rounded: take the next whole number.
 *
 * <p>Immutable and thread-safe.
 *
 * @param significance how often the test may find a difference that is not there, above 0 and below 1, such as 0.05
 * @param power how often it must find the difference that is there, above the significance and below 1, such as 0.8
 */
public record SampleSize(double significance, double power) {

    private static final int HALVINGS = 200;

    /**
     * Checks the numbers.
     *
     * @param significance how often the test may find a difference that is not there, above 0 and below 1
     * @param power how often it must find the difference that is there, above the significance and below 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public SampleSize {
        requireOpenShare(significance, "significance");
        requireOpenShare(power, "power");
        if (power <= significance) {
            throw new IllegalArgumentException(
                    "power must be above the significance, which a test has without any data, not " + power);
        }
    }

    /**
     * The size for a test.
     *
     * @param significance how often the test may find a difference that is not there, above 0 and below 1, such as 0.05
     * @param power how often it must find the difference that is there, above the significance and below 1, such as 0.8
     * @return the sizes
     * @throws IllegalArgumentException if a number is out of range
     */
    public static SampleSize of(double significance, double power) {
        return new SampleSize(significance, power);
    }

    /**
     * For the two-proportion z test with pooled variance, as R's {@code power.prop.test} has it:
     * ((z_a sqrt(2 p&#772; q&#772;) + z_b sqrt(p q + p' q')) / (p - p'))&sup2;.
     *
     * @param share the share expected in one group, 0 to 1
     * @param other the share expected in the other, another one
     * @return customers in each group, not rounded
     * @throws IllegalArgumentException if a share is out of range or both are equal
     */
    public double forProportions(double share, double other) {
        requireShares(share, other);
        double mean = (share + other) / 2;
        double root = z() * Math.sqrt(2 * mean * (1 - mean)) + Normal.quantile(power) * unpooled(share, other);
        return square(root / (share - other));
    }

    /**
     * For a test on Cohen's h, the difference of 2 asin sqrt(p): 2 (u / h)&sup2;, where u is the mean at which a normal statistic
     * is beyond &plusmn;z_a as often as the power says. Finds in the wrong direction count, as in statsmodels.
     *
     * @param share the share expected in one group, 0 to 1
     * @param other the share expected in the other, another one
     * @return customers in each group, not rounded
     * @throws IllegalArgumentException if a share is out of range or both are equal
     */
    public double forProportionsArcsine(double share, double other) {
        requireShares(share, other);
        double effect = 2 * (Math.asin(Math.sqrt(share)) - Math.asin(Math.sqrt(other)));
        return 2 * square(meanFoundBothWays() / effect);
    }

    /**
     * For the comparison of two means, by the normal approximation: 2 ((z_a + z_b) sd / difference)&sup2;. Groups of fewer than
     * about 20 need one or two more.
     *
     * @param standardDeviation the standard deviation within each group, positive and finite
     * @param difference the difference of the means that must be found, finite and not 0
     * @return customers in each group, not rounded
     * @throws IllegalArgumentException if a number is out of range
     */
    public double forMeans(double standardDeviation, double difference) {
        if (!(standardDeviation > 0 && Double.isFinite(standardDeviation))) {
            throw new IllegalArgumentException(
                    "standardDeviation must be positive and finite, not " + standardDeviation);
        }
        if (!(Math.abs(difference) > 0 && Double.isFinite(difference))) {
            throw new IllegalArgumentException("difference must be finite and not 0, not " + difference);
        }
        return 2 * square((z() + Normal.quantile(power)) * standardDeviation / difference);
    }

    /**
     * The smallest larger share that groups of a given size find: the inverse of {@link #forProportions}.
     *
     * @param share the share of the one group, 0 or more and below 1
     * @param perGroup how many customers there are in each group, positive and finite
     * @return the other share, above {@code share}; undefined if so few customers would not even find a share of 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public Estimate detectableShare(double share, double perGroup) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("share must be 0 or more and below 1, not " + share);
        }
        requirePositive(perGroup);
        long n = Math.round(perGroup);
        if (forProportions(share, 1) > perGroup) {
            return Estimate.undefined(Undefined.tooFew(perGroup + " customers find no difference up to 1"), n);
        }
        double low = share;
        double high = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) {
                break;
            }
            if (forProportions(share, middle) > perGroup) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Estimate.of(high, n);
    }

    /**
     * How often the two-proportion z test finds a difference: {@link #forProportions} solved for the power.
     *
     * @param share the share in one group, 0 to 1
     * @param other the share in the other, another one
     * @param perGroup how many customers there are in each group, positive and finite
     * @param significance how often the test may find a difference that is not there, above 0 and below 1
     * @return the power, 0 to 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public static double powerForProportions(double share, double other, double perGroup, double significance) {
        requireShares(share, other);
        requirePositive(perGroup);
        requireOpenShare(significance, "significance");
        double mean = (share + other) / 2;
        double z = Normal.twoSidedQuantile(1 - significance);
        double found = Math.abs(share - other) * Math.sqrt(perGroup) - z * Math.sqrt(2 * mean * (1 - mean));
        double spread = unpooled(share, other);
        if (spread == 0) {
            return found >= 0 ? 1 : 0;
        }
        return Normal.cdf(found / spread);
    }

    private double meanFoundBothWays() {
        double z = z();
        double low = 0;
        double high = Math.max(0, z + Normal.quantile(power));
        for (int i = 0; i < HALVINGS; i++) {
            double middle = low + (high - low) / 2;
            if (Normal.cdf(middle - z) + Normal.cdf(-middle - z) < power) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private double z() {
        return Normal.twoSidedQuantile(1 - significance);
    }

    private static double unpooled(double share, double other) {
        return Math.sqrt(share * (1 - share) + other * (1 - other));
    }

    private static double square(double x) {
        return x * x;
    }

    private static void requireShares(double share, double other) {
        if (!(share >= 0 && share <= 1 && other >= 0 && other <= 1 && share != other)) {
            throw new IllegalArgumentException(
                    "shares must be two different ones, 0 to 1, not " + share + " and " + other);
        }
    }

    private static void requirePositive(double perGroup) {
        if (!(perGroup > 0 && Double.isFinite(perGroup))) {
            throw new IllegalArgumentException("perGroup must be positive and finite, not " + perGroup);
        }
    }

    private static void requireOpenShare(double share, String name) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(name + " must be above 0 and below 1, not " + share);
        }
    }
}
