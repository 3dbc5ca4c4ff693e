package dev.crmcore.insights;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.retention.CustomerMovement;
import dev.crmcore.metrics.retention.InactivityChurn;
import dev.crmcore.metrics.retention.InterpurchaseTimes;
import dev.crmcore.metrics.retention.RollingRetention;
import dev.crmcore.metrics.retention.RollingTable;
import dev.crmcore.metrics.retention.SurvivalCurve;
import dev.crmcore.metrics.retention.TimeToSecondPurchase;
import dev.crmcore.metrics.value.RepeatPurchaseModel;
import dev.crmcore.metrics.value.TrackingCurve;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;

/**
 * When customers come back, and who has not for long, as it was known at the end of a day: later purchases of the log are
 * left out.
 *
 * <p>Each figure is worked out when it is asked for, from the columns of the log. Immutable and thread-safe.
 */
public final class PurchaseTiming {

    private final PurchaseColumns columns;
    private final LocalDate asOf;
    private final ZoneId zone;

    PurchaseTiming(PurchaseColumns columns, LocalDate asOf, ZoneId zone) {
        this.columns = columns.between(LocalDate.MIN, asOf);
        this.asOf = asOf;
        this.zone = zone;
    }

    /**
     * The last day that is known.
     *
     * @return the day, with all its hours in the scope's zone
     */
    public LocalDate asOf() {
        return asOf;
    }

    /**
     * How long customers take to buy on a second day, those who have not yet included.
     *
     * @return the Kaplan-Meier curve in days since the first purchase; its figures are undefined without a customer
     */
    public SurvivalCurve timeToSecondPurchase() {
        TimeToSecondPurchase times = TimeToSecondPurchase.asOf(asOf).create();
        times.add(columns.customers, columns.days, 0, columns.size());
        return times.result();
    }

    /**
     * How many days lie between the purchase days of a customer.
     *
     * @return the times that are over; undefined figures if no customer bought on two days
     */
    public InterpurchaseTimes interpurchaseTimes() {
        return InterpurchaseTimes.of(columns.customers, columns.days, 0, columns.size());
    }

    /**
     * Who comes back in windows of time since the customer's own first purchase, to the second.
     *
     * @param window the length of a window, whole seconds
     * @param windows how many windows, the first being that of the first purchase
     * @param unit the periods of first purchases that make the cohorts
     * @return the table; a window counts for a customer for whom it is over at the end of the day
     * @throws IllegalArgumentException if the window or the number is out of range
     */
    public RollingTable rollingRetention(Duration window, int windows, PeriodUnit unit) {
        return RollingRetention.of(window, windows, unit, zone)
                .table(
                        columns.customers,
                        Arrays.stream(columns.micros)
                                .map(micros -> Math.floorDiv(micros, 1_000_000L))
                                .toArray(),
                        asOf.plusDays(1).atStartOfDay(zone).toInstant());
    }

    /**
     * The share of customers who have not bought for more than some days. The number of days is part of the figure.
     *
     * @param days a customer has left who did not buy for more than these days, at least 1
     * @return those who have left, of all customers
     * @throws IllegalArgumentException if the days are less than 1
     */
    public Proportion inactivityChurn(int days) {
        InactivityChurn churn = InactivityChurn.after(days, asOf).create();
        for (int i = 0; i < columns.size(); i++) {
            churn.add(columns.customers[i], columns.days[i]);
        }
        return churn.result();
    }

    /**
     * Who was lost and who was gained since an earlier day, where a customer is one who bought within some days: the rule of
     * {@link #inactivityChurn}, looked at on two days.
     *
     * @param since the earlier day
     * @param days a customer has left who did not buy for more than these days, at least 1
     * @return the customers of the earlier day, those of them who are none today, and those who are only today
     * @throws IllegalArgumentException if the earlier day is not before {@link #asOf()}, or the days are less than 1
     */
    public CustomerMovement movement(LocalDate since, int days) {
        if (!since.isBefore(asOf)) {
            throw new IllegalArgumentException("since must be before " + asOf + ", not " + since);
        }
        if (days < 1) {
            throw new IllegalArgumentException("days must be at least 1, not " + days);
        }
        boolean[] then = active(since, days);
        boolean[] now = active(asOf, days);
        long start = 0;
        long lost = 0;
        long gained = 0;
        for (int customer = 0; customer < then.length; customer++) {
            start += then[customer] ? 1 : 0;
            lost += then[customer] && !now[customer] ? 1 : 0;
            gained += now[customer] && !then[customer] ? 1 : 0;
        }
        return CustomerMovement.of(start, lost, gained);
    }

    /**
     * The repeat purchases of all customers, unit of time by unit of time since the first purchase of all, beside those that a
     * model expects. Purchases of one day count once.
     *
     * @param model the model; its unit is that of the curve
     * @return the curve over the units that are over; undefined while none is
     */
    public Finding<TrackingCurve> tracking(RepeatPurchaseModel model) {
        long zero = Arrays.stream(columns.days).min().orElse(Integer.MAX_VALUE);
        double unit = model.unit().days();
        int units = (int) Math.max(0, Math.floor((asOf.toEpochDay() + 1 - zero) / unit));
        if (units == 0) {
            return Finding.undefined(Undefined.tooFew("no " + model.unit() + " is over since the first purchase"));
        }
        long[] order = customerDays(zero);
        double[] first = new double[order.length];
        double[] repeat = new double[order.length];
        int customers = 0;
        int repeats = 0;
        for (int i = 0; i < order.length; i++) {
            double time = (order[i] & 0xFFFF_FFFFL) / unit;
            if (i == 0 || order[i] >> Integer.SIZE != order[i - 1] >> Integer.SIZE) {
                first[customers++] = time;
            } else if (order[i] != order[i - 1]) {
                repeat[repeats++] = time;
            }
        }
        return Finding.of(
                TrackingCurve.of(model, Arrays.copyOf(first, customers), Arrays.copyOf(repeat, repeats), units));
    }

    /** The customer above the days since a zero, sorted. */
    private long[] customerDays(long zero) {
        long[] order = new long[columns.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = columns.customers[i] << Integer.SIZE | (columns.days[i] - zero);
        }
        Arrays.sort(order);
        return order;
    }

    /** Whether each customer bought within some days up to a day. */
    private boolean[] active(LocalDate at, int days) {
        boolean[] active = new boolean[columns.numbers.size()];
        long last = at.toEpochDay();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.days[i] <= last && last - columns.days[i] <= days) {
                active[(int) columns.customers[i]] = true;
            }
        }
        return active;
    }

    @Override
    public String toString() {
        long customers = Arrays.stream(columns.customers).distinct().count();
        return "PurchaseTiming[" + columns.size() + " purchases of " + customers + " customers as of " + asOf + "]";
    }
}
