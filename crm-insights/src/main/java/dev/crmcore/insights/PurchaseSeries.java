package dev.crmcore.insights;

import dev.crmcore.metrics.CalendarPeriod;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.series.RegularSeries;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Purchases by calendar period, such as weeks: what trends, seasons, outliers and forecasts are found in.
 *
 * <p>A series begins with the period of the first purchase and ends with the last one that is over; a period without a purchase
 * is 0. Where the log begins within a period, leave that one out ({@link RegularSeries#part}).
 *
 * <p>Each series is made when it is asked for. Immutable and thread-safe.
 */
public final class PurchaseSeries {

    private final PurchaseColumns columns;
    private final PurchaseScope scope;
    private final PeriodUnit unit;
    private final LocalDate asOf;

    PurchaseSeries(PurchaseColumns columns, PurchaseScope scope, PeriodUnit unit, LocalDate asOf) {
        this.columns = columns;
        this.scope = scope;
        this.unit = unit;
        this.asOf = asOf;
    }

    /**
     * What the purchases of each period came to, net.
     *
     * @return whole units of the currency; without a step where no period with a purchase is over
     */
    public RegularSeries revenue() {
        PeriodSums sums = new PeriodSums(unit, asOf, columns.days);
        for (int i = 0; i < columns.size(); i++) {
            sums.add(columns.days[i], columns.minorUnits[i]);
        }
        return sums.series(Math.pow(10, scope.fractionDigits()));
    }

    /**
     * How many purchases there were in each period.
     *
     * @return numbers of purchases; without a step where no period with a purchase is over
     */
    public RegularSeries purchases() {
        PeriodSums sums = new PeriodSums(unit, asOf, columns.days);
        for (int i = 0; i < columns.size(); i++) {
            sums.add(columns.days[i], 1);
        }
        return sums.series(1);
    }

    /**
     * How many customers bought in each period, each once. Costs a sort of the purchases.
     *
     * @return numbers of customers; without a step where no period with a purchase is over
     */
    public RegularSeries customers() {
        PeriodSums sums = new PeriodSums(unit, asOf, columns.days);
        long[] customerDays = new long[columns.size()];
        Arrays.setAll(
                customerDays, i -> columns.customers[i] << Integer.SIZE | (columns.days[i] - (long) Integer.MIN_VALUE));
        Arrays.sort(customerDays);
        long customer = -1;
        long end = 0;
        for (long customerDay : customerDays) {
            int day = (int) ((customerDay & 0xFFFF_FFFFL) + Integer.MIN_VALUE);
            if (customerDay >>> Integer.SIZE != customer || day > end) {
                customer = customerDay >>> Integer.SIZE;
                end = CalendarPeriod.of(unit, LocalDate.ofEpochDay(day))
                        .lastDay()
                        .toEpochDay();
                sums.add(day, 1);
            }
        }
        return sums.series(1);
    }

    /** How many purchases by which period. */
    @Override
    public String toString() {
        return "PurchaseSeries[" + columns.size() + " purchases by " + unit + " to " + asOf + "]";
    }
}
