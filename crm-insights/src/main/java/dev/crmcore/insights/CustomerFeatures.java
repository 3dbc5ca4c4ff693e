package dev.crmcore.insights;

import dev.crmcore.customer.CustomerId;
import dev.crmcore.metrics.churn.FeatureTable;
import dev.crmcore.metrics.value.RfmSummary;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The customers of a day as rows from which churn is learnt, with what their purchases up to that day say of them: the silence
 * since the last purchase, the time since the first, how often and how steadily they buy, and for how much. A customer of a day
 * bought on it or within so many days before it.
 *
 * <p>Who {@linkplain #churned() left} is told by the same number of days after it, so that nothing that is learnt from lies in
 * the time that is predicted.
 *
 * <pre>{@code
 * CustomerFeatures then = log.features(LocalDate.of(2025, 3, 31), 90);
 * SelectedModel model = ModelSelection.standard(42).choose(then.table(), then.churned()).value();
 * CustomerFeatures today = log.features(LocalDate.of(2025, 6, 30), 90);
 * double[] risks = model.probabilities(today.table());
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class CustomerFeatures {

    private final PurchaseLog log;
    private final PurchaseColumns columns;
    private final LocalDate asOf;
    private final int days;
    private final RfmSummary known;
    /** The rows of {@link #known} that are customers of the day. */
    private final int[] rows;

    CustomerFeatures(PurchaseLog log, PurchaseColumns columns, LocalDate asOf, int days) {
        if (days < 1) {
            throw new IllegalArgumentException("days must be at least 1, not " + days);
        }
        this.log = log;
        this.columns = columns;
        this.asOf = asOf;
        this.days = days;
        this.known = log.rfm(asOf);
        this.rows = IntStream.range(0, known.size())
                .filter(row -> known.silence(row) <= days)
                .toArray();
    }

    /**
     * How many customers there are.
     *
     * @return the number of rows
     */
    public int size() {
        return rows.length;
    }

    /**
     * Who stands in a row.
     *
     * @param row a row of the table, from 0
     * @return the customer
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public CustomerId customer(int row) {
        return log.customer(known.customer(rows[row]));
    }

    /**
     * What was known at the end of the day, in nine numeric columns: {@code days since last purchase}, {@code days since first
     * purchase}, {@code purchase days}, {@code purchases}, {@code recent purchases} and {@code recent spend} (of the days before),
     * {@code spend}, {@code mean purchase} and {@code mean gap} (days between purchase days; missing where there was one only).
     * Amounts are in whole units of the currency, net of what was given back, whenever that was.
     *
     * @return the table, one row for each customer
     */
    public FeatureTable table() {
        double unit = Math.pow(10, log.fractionDigits());
        long[] purchases = new long[columns.numbers.size()];
        long[] minorUnits = new long[purchases.length];
        long last = asOf.toEpochDay();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.days[i] <= last && last - columns.days[i] <= days) {
                int customer = (int) columns.customers[i];
                purchases[customer]++;
                minorUnits[customer] += columns.minorUnits[i];
            }
        }
        return FeatureTable.builder(rows.length)
                .numeric("days since last purchase", column(known::silence))
                .numeric("days since first purchase", column(known::age))
                .numeric("purchase days", column(row -> known.frequency(row) + 1))
                .numeric("purchases", column(row -> (double) known.purchases(row)))
                .numeric("recent purchases", column(row -> (double) purchases[(int) known.customer(row)]))
                .numeric("recent spend", column(row -> minorUnits[(int) known.customer(row)] / unit))
                .numeric("spend", column(row -> known.totalMinorUnits(row) / unit))
                .numeric("mean purchase", column(row -> known.totalMinorUnits(row) / unit / known.purchases(row)))
                .numeric(
                        "mean gap",
                        column(row -> known.frequency(row) == 0
                                ? Double.NaN
                                : (double) known.recency(row) / known.frequency(row)))
                .build();
    }

    private double[] column(OfCustomer feature) {
        return Arrays.stream(rows).mapToDouble(feature::value).toArray();
    }

    @FunctionalInterface
    private interface OfCustomer {
        double value(int row);
    }

    /**
     * Who bought nothing in the days after.
     *
     * @return for each row whether the customer left
     * @throws IllegalStateException if the log ends before these days do: who has not bought may do so still
     */
    public boolean[] churned() {
        long first = asOf.toEpochDay();
        long last = Math.addExact(first, days);
        long knownUntil = log.lastDay().map(LocalDate::toEpochDay).orElse(Long.MIN_VALUE);
        if (knownUntil < last) {
            throw new IllegalStateException("purchases are known up to "
                    + log.lastDay().map(LocalDate::toString).orElse("no day") + " and not to "
                    + LocalDate.ofEpochDay(last) + ", " + days + " days after " + asOf);
        }
        boolean[] bought = new boolean[columns.numbers.size()];
        for (int i = 0; i < columns.size(); i++) {
            if (columns.days[i] > first && columns.days[i] <= last) {
                bought[(int) columns.customers[i]] = true;
            }
        }
        boolean[] churned = new boolean[rows.length];
        for (int row = 0; row < rows.length; row++) {
            churned[row] = !bought[(int) known.customer(rows[row])];
        }
        return churned;
    }

    /** How many customers of which day. */
    @Override
    public String toString() {
        return "CustomerFeatures[" + size() + " customers of " + asOf + "]";
    }
}
