package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.internal.LongMoments;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What each active customer of a period paid.
 *
 * <p>Immutable and thread-safe.
 */
public final class RevenuePerCustomer {

    private final long[] totals;

    RevenuePerCustomer(long[] totals) {
        this.totals = totals;
    }

    /**
     * How many customers were active.
     *
     * @return the number of customers
     */
    public int customers() {
        return totals.length;
    }

    /**
     * Average revenue per user with its 95 % t interval, which is good for many customers; revenue with few large buyers wants
     * the bootstrap in {@code dev.crmcore.metrics.stats}.
     *
     * @return minor units for each customer; undefined without a customer
     * @throws ArithmeticException if the revenue exceeds the range of a long
     */
    public Estimate estimate() {
        return mean().estimate();
    }

    /**
     * The mean with its spread, for a comparison with another period or group.
     *
     * @return the mean over customers
     * @throws ArithmeticException if the revenue exceeds the range of a long
     */
    public SampleMean mean() {
        return moments().mean();
    }

    /**
     * The revenue of all customers.
     *
     * @return minor units, exact
     * @throws ArithmeticException if the revenue exceeds the range of a long
     */
    public long revenue() {
        return moments().sum();
    }

    /**
     * What each customer paid, ascending, such as for the concentration of revenue.
     *
     * @return minor units; a new array
     */
    public long[] totals() {
        return totals.clone();
    }

    private LongMoments moments() {
        LongMoments moments = new LongMoments();
        for (long total : totals) {
            moments.add(total);
        }
        return moments;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RevenuePerCustomer that && Arrays.equals(totals, that.totals);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(totals);
    }

    /** The number of customers; nobody's revenue. */
    @Override
    public String toString() {
        return "revenue of " + totals.length + " customers";
    }
}
