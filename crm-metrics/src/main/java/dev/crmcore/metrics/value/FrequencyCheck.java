package dev.crmcore.metrics.value;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.TimeSpan;
import java.util.TreeMap;

/**
 * How many customers made 0, 1, 2, &hellip; repeat purchases, and how many a model expects to, given for how long each was
 * observed: the usual first look at whether a model fits.
 *
 * <pre>{@code
 * FrequencyCheck check = FrequencyCheck.of(model, histories, 6);
 * check.actual(0);       // 1411 of the CDNOW customers never came back
 * check.expected(0);     // 1407.7 by the BG/NBD
 * check.actualMore();    // with 7 and more
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class FrequencyCheck {

    /** What the table means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("repeat-purchase-frequencies", 1)
            .name("Customers by repeat purchases, expected and actual")
            .kind(KpiKind.BATCH)
            .unit("customers")
            .formula("expected with x repeat purchases: sum over customers of P(X(T) = x)")
            .variant("the last row holds all larger numbers")
            .emptyRule("zeros")
            .source("Fader, Hardie and Lee 2005, Marketing Science 24(2)")
            .build();

    private final long[] actual;
    private final double[] expected;

    private FrequencyCheck(long[] actual, double[] expected) {
        this.actual = actual;
        this.expected = expected;
    }

    /**
     * The table of a model and the histories of customers. Cost: a distribution for each distinct age.
     *
     * @param model the model
     * @param histories the customers' histories
     * @param most the largest number of repeat purchases with a row of its own, not negative
     * @return the table
     * @throws IllegalArgumentException if {@code most} is negative
     */
    public static FrequencyCheck of(RepeatPurchaseModel model, PurchaseHistories histories, int most) {
        if (most < 0) {
            throw new IllegalArgumentException("most must not be negative, not " + most);
        }
        long[] actual = new long[most + 2];
        double[] expected = new double[most + 2];
        TreeMap<Double, Long> ages = new TreeMap<>();
        for (int row = 0; row < histories.size(); row++) {
            actual[(int) Math.min(histories.frequency(row), most + 1L)] += histories.customers(row);
            ages.merge(histories.age(row), histories.customers(row), Long::sum);
        }
        ages.forEach((age, customers) -> {
            double[] distribution = model.purchaseDistribution(TimeSpan.of(age, histories.unit()), most);
            double rest = 1.0;
            for (int x = 0; x <= most; x++) {
                expected[x] += customers * distribution[x];
                rest -= distribution[x];
            }
            expected[most + 1] += customers * Math.max(0.0, rest);
        });
        return new FrequencyCheck(actual, expected);
    }

    /**
     * The largest number of repeat purchases with a row of its own.
     *
     * @return the number
     */
    public int most() {
        return actual.length - 2;
    }

    /**
     * How many customers made so many repeat purchases.
     *
     * @param x the repeat purchases, from 0 to {@link #most()}
     * @return the number of customers
     * @throws IllegalArgumentException if there is no such row
     */
    public long actual(int x) {
        return actual[row(x)];
    }

    /**
     * How many customers the model expects to have made so many.
     *
     * @param x the repeat purchases, from 0 to {@link #most()}
     * @return the expected number of customers
     * @throws IllegalArgumentException if there is no such row
     */
    public double expected(int x) {
        return expected[row(x)];
    }

    /**
     * How many customers made more than {@link #most()} repeat purchases.
     *
     * @return the number of customers
     */
    public long actualMore() {
        return actual[most() + 1];
    }

    /**
     * How many customers the model expects to have made more than {@link #most()}.
     *
     * @return the expected number of customers
     */
    public double expectedMore() {
        return expected[most() + 1];
    }

    private int row(int x) {
        if (x < 0 || x > most()) {
            throw new IllegalArgumentException("x must be 0 to " + most() + ", not " + x);
        }
        return x;
    }
}
