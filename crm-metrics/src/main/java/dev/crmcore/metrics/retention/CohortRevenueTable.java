package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.CalendarPeriod;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.RatioMoments;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Orders and revenue of cohorts against the periods after them, and of all customers by period. All amounts are exact, in
 * minor units of {@link #currency()}. A cell after the end of the data is absent and never 0.
 *
 * <p>Immutable and thread-safe.
 */
public final class CohortRevenueTable {

    private final PeriodUnit unit;
    private final String currency;
    private final @Nullable LocalDate asOf;
    private final long firstPeriod;
    private final long[] customers;
    private final long[][] orders;
    private final long[][] revenue;
    /** By period, over customers active in it: revenue for each of them, and for each order; null where there are none. */
    private final @Nullable RatioMoments[] perCustomer;

    private final @Nullable RatioMoments[] perOrder;

    private CohortRevenueTable(
            PeriodUnit unit,
            String currency,
            @Nullable LocalDate asOf,
            long firstPeriod,
            long[] customers,
            long[][] orders,
            long[][] revenue,
            @Nullable RatioMoments[] perCustomer,
            @Nullable RatioMoments[] perOrder) {
        this.unit = unit;
        this.currency = currency;
        this.asOf = asOf;
        this.firstPeriod = firstPeriod;
        this.customers = customers;
        this.orders = orders;
        this.revenue = revenue;
        this.perCustomer = perCustomer;
        this.perOrder = perOrder;
    }

    static CohortRevenueTable empty(PeriodUnit unit, String currency) {
        return new CohortRevenueTable(
                unit,
                currency,
                null,
                0,
                new long[0],
                new long[0][],
                new long[0][],
                new RatioMoments[0],
                new RatioMoments[0]);
    }

    /** Fills a table. */
    static final class Counting {
        private final CohortRevenueTable table;

        Counting(PeriodUnit unit, String currency, LocalDate asOf, int firstPeriod, int lastPeriod) {
            int periods = lastPeriod - firstPeriod + 1;
            table = new CohortRevenueTable(
                    unit,
                    currency,
                    asOf,
                    firstPeriod,
                    new long[periods],
                    new long[periods][],
                    new long[periods][],
                    new RatioMoments[periods],
                    new RatioMoments[periods]);
        }

        void customer(int cohort) {
            table.customers[(int) (cohort - table.firstPeriod)]++;
        }

        void purchases(int cohort, int period, long orders, long minorUnits) {
            int row = (int) (cohort - table.firstPeriod);
            int k = period - cohort;
            if (table.orders[row] == null) {
                table.orders[row] = new long[table.customers.length - row];
                table.revenue[row] = new long[table.customers.length - row];
            }
            table.orders[row][k] = Math.addExact(table.orders[row][k], orders);
            table.revenue[row][k] = Math.addExact(table.revenue[row][k], minorUnits);
            moments(table.perCustomer, row + k).add(minorUnits, 1);
            moments(table.perOrder, row + k).add(minorUnits, orders);
        }

        private static RatioMoments moments(@Nullable RatioMoments[] byPeriod, int period) {
            RatioMoments moments = byPeriod[period];
            if (moments == null) {
                moments = new RatioMoments();
                byPeriod[period] = moments;
            }
            return moments;
        }

        CohortRevenueTable table() {
            return table;
        }
    }

    /**
     * The unit of the periods.
     *
     * @return the unit
     */
    public PeriodUnit unit() {
        return unit;
    }

    /**
     * The currency of all amounts.
     *
     * @return the ISO 4217 code
     */
    public String currency() {
        return currency;
    }

    /**
     * The last day that the data covers.
     *
     * @return the day, or empty if there was no purchase
     */
    public Optional<LocalDate> asOf() {
        return Optional.ofNullable(asOf);
    }

    /**
     * The cohorts that have customers, earliest first.
     *
     * @return the cohorts by the period of their first purchase
     */
    public List<CalendarPeriod> cohorts() {
        return IntStream.range(0, customers.length)
                .filter(i -> customers[i] > 0)
                .mapToObj(i -> new CalendarPeriod(unit, firstPeriod + i))
                .toList();
    }

    /**
     * How many customers had their first purchase in a period.
     *
     * @param cohort the period
     * @return the cohort's size, 0 if nobody began then
     * @throws IllegalArgumentException if the period is of another unit
     */
    public long size(CalendarPeriod cohort) {
        return at(customers, cohort);
    }

    /**
     * The orders of a cohort in a later period.
     *
     * @param cohort the cohort
     * @param k how many periods later, not negative
     * @return how many orders, or empty if that period lies after the end of the data
     * @throws IllegalArgumentException if the period is of another unit or k is negative
     */
    public OptionalLong orders(CalendarPeriod cohort, int k) {
        return isObserved(cohort, k) ? OptionalLong.of(cell(orders, cohort, k)) : OptionalLong.empty();
    }

    /**
     * The revenue of a cohort in a later period.
     *
     * @param cohort the cohort
     * @param k how many periods later, not negative
     * @return minor units, or empty if that period lies after the end of the data
     * @throws IllegalArgumentException if the period is of another unit or k is negative
     */
    public OptionalLong revenue(CalendarPeriod cohort, int k) {
        return isObserved(cohort, k) ? OptionalLong.of(cell(revenue, cohort, k)) : OptionalLong.empty();
    }

    /**
     * What a customer of a cohort had brought on average by the end of a later period. Without an interval, since the table has
     * no customers; {@link Arpu} over the purchases of a cohort has one.
     *
     * @param cohort the cohort
     * @param k how many periods later, not negative
     * @return minor units for each customer of the cohort, active or not; undefined after the end of the data or if nobody
     *     began in the cohort's period
     * @throws IllegalArgumentException if the period is of another unit or k is negative
     * @throws ArithmeticException if the sum overflows
     */
    public Estimate cumulativeRevenuePerCustomer(CalendarPeriod cohort, int k) {
        if (!isObserved(cohort, k)) {
            return notYetObserved(cohort.plus(k));
        }
        long sum = 0;
        for (int period = 0; period <= k; period++) {
            sum = Math.addExact(sum, cell(revenue, cohort, period));
        }
        long size = size(cohort);
        return size == 0
                ? Estimate.undefined(Undefined.noData("nobody began in " + cohort))
                : Estimate.ratio((double) sum, (double) size, size);
    }

    /**
     * The orders of all customers in a period.
     *
     * @param period the period
     * @return how many orders, or empty if the period lies after the end of the data
     * @throws IllegalArgumentException if the period is of another unit
     */
    public OptionalLong ordersIn(CalendarPeriod period) {
        return isObserved(period, 0) ? OptionalLong.of(moments(perOrder, period).denominator()) : OptionalLong.empty();
    }

    /**
     * The revenue of all customers in a period.
     *
     * @param period the period
     * @return minor units, or empty if the period lies after the end of the data
     * @throws IllegalArgumentException if the period is of another unit
     * @throws ArithmeticException if the sum overflows
     */
    public OptionalLong revenueIn(CalendarPeriod period) {
        return isObserved(period, 0) ? OptionalLong.of(moments(perOrder, period).numerator()) : OptionalLong.empty();
    }

    /**
     * Average revenue per active user: the revenue of a period by the customers who bought in it, with its 95 % t interval.
     *
     * @param period the period
     * @return minor units; undefined after the end of the data or if nobody bought
     * @throws IllegalArgumentException if the period is of another unit
     */
    public Estimate revenuePerActiveCustomer(CalendarPeriod period) {
        return isObserved(period, 0)
                ? ratio(moments(perCustomer, period), "nobody bought in " + period)
                : notYetObserved(period);
    }

    /**
     * Average order value: the revenue of a period by its orders ({@link AverageOrderValue}), with its 95 % interval over the
     * customers.
     *
     * @param period the period
     * @return minor units; undefined after the end of the data or without an order
     * @throws IllegalArgumentException if the period is of another unit
     */
    public Estimate averageOrderValue(CalendarPeriod period) {
        return isObserved(period, 0)
                ? ratio(moments(perOrder, period), "no order in " + period)
                : notYetObserved(period);
    }

    private static Estimate ratio(RatioMoments moments, String nothing) {
        if (moments.denominator() == 0) {
            return Estimate.undefined(Undefined.noData(nothing));
        }
        Estimate ratio =
                Estimate.ratio((double) moments.numerator(), (double) moments.denominator(), moments.denominator());
        return moments.interval(Interval.DEFAULT_LEVEL).map(ratio::withInterval).orElse(ratio);
    }

    private Estimate notYetObserved(CalendarPeriod period) {
        return asOf == null
                ? Estimate.undefined(Undefined.noData("no purchase"))
                : Estimate.undefined(new Undefined(
                        Undefined.Reason.NOT_YET_OBSERVED, period + " lies after the end of the data on " + asOf));
    }

    private boolean isObserved(CalendarPeriod cohort, int k) {
        requirePeriod(cohort);
        if (k < 0) {
            throw new IllegalArgumentException("k must not be negative, not " + k);
        }
        return asOf != null && cohort.index() + k <= unit.indexOf(asOf);
    }

    private long cell(long[][] rows, CalendarPeriod cohort, int k) {
        long row = cohort.index() - firstPeriod;
        if (row < 0 || row >= rows.length || rows[(int) row] == null || k >= rows[(int) row].length) {
            return 0;
        }
        return rows[(int) row][k];
    }

    private RatioMoments moments(@Nullable RatioMoments[] byPeriod, CalendarPeriod period) {
        long at = period.index() - firstPeriod;
        RatioMoments moments = at >= 0 && at < byPeriod.length ? byPeriod[(int) at] : null;
        return moments == null ? new RatioMoments() : moments;
    }

    private long at(long[] byPeriod, CalendarPeriod period) {
        requirePeriod(period);
        long at = period.index() - firstPeriod;
        return at >= 0 && at < byPeriod.length ? byPeriod[(int) at] : 0;
    }

    private void requirePeriod(CalendarPeriod period) {
        if (period.unit() != unit) {
            throw new IllegalArgumentException("a period of unit " + period.unit() + " is not in a table by " + unit);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CohortRevenueTable that
                && unit == that.unit
                && currency.equals(that.currency)
                && Objects.equals(asOf, that.asOf)
                && firstPeriod == that.firstPeriod
                && Arrays.equals(customers, that.customers)
                && Arrays.deepEquals(orders, that.orders)
                && Arrays.deepEquals(revenue, that.revenue)
                && Arrays.equals(perCustomer, that.perCustomer)
                && Arrays.equals(perOrder, that.perOrder);
    }

    @Override
    public int hashCode() {
        return Objects.hash(unit, currency, asOf, firstPeriod, Arrays.deepHashCode(revenue));
    }

    /** The currency, the unit, the number of cohorts and the end of the data. */
    @Override
    public String toString() {
        return "revenue in " + currency + " by " + unit + ": " + cohorts().size() + " cohorts, as of " + asOf;
    }
}
