package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.internal.LongTable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Objects;

/**
 * Cohort retention by rolling windows: window k of a customer begins k times the window's length after the customer's own
 * first event, to the second, where {@link CohortRetention} counts periods of the calendar. Somebody who begins at 23:50 and
 * returns at 00:10 returns within window 0 here, and on day 1 there.
 *
 * <pre>{@code
 * RollingTable table = RollingRetention.of(Duration.ofHours(24), 30, PeriodUnit.WEEK, zone)
 *         .table(customers, epochSeconds, asOf);
 * table.retention(week, 7);           // share that was active in the 24 hours from day 7 on
 * }</pre>
 *
 * <p>"Rolling retention" is also said of what is called unbounded retention here: being active in window k or later. The table
 * has both.
 *
 * <p>Clock changes make no difference: a window of 24 hours has 24 hours. The zone decides only to which cohort a customer
 * belongs. Immutable and thread-safe. Cost: O(n) for n events; memory for each customer: 40 bytes and a bit for each window.
 */
public final class RollingRetention {

    /** What the table means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("rolling-retention", 1)
            .name("Cohort retention by rolling windows")
            .kind(KpiKind.BATCH)
            .unit("share of the customers whose window is over, 0 to 1")
            .formula(
                    "customers active from first event + k windows to first event + (k + 1) windows (or, unbounded, from"
                            + " first event + k windows on) / customers for whom that window is over as of the end of the data")
            .variant("length of the window, unit and zone of the cohorts, bounded or unbounded")
            .emptyRule("undefined as long as the window is over for nobody of the cohort")
            .source("usual practice; interval: Wilson 1927")
            .build();

    /** The most windows that a table has. */
    public static final int MOST_WINDOWS = 10_000;

    private final long windowSeconds;
    private final int windows;
    private final PeriodUnit unit;
    private final ZoneId zone;

    private RollingRetention(long windowSeconds, int windows, PeriodUnit unit, ZoneId zone) {
        this.windowSeconds = windowSeconds;
        this.windows = windows;
        this.unit = unit;
        this.zone = zone;
    }

    /**
     * The KPI for a length of windows.
     *
     * @param window the length, whole seconds, positive
     * @param windows how many windows to count, the first being that of the first event; 1 to {@link #MOST_WINDOWS}
     * @param unit the calendar periods of first events that make the cohorts
     * @param zone the zone in which the business counts its days
     * @return how to make tables
     * @throws IllegalArgumentException if a parameter is out of range
     */
    public static RollingRetention of(Duration window, int windows, PeriodUnit unit, ZoneId zone) {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(zone, "zone");
        if (window.isNegative() || window.isZero() || !window.equals(Duration.ofSeconds(window.toSeconds()))) {
            throw new IllegalArgumentException("window must be positive and of whole seconds, not " + window);
        }
        if (windows < 1 || windows > MOST_WINDOWS) {
            throw new IllegalArgumentException("windows must be 1 to " + MOST_WINDOWS + ", not " + windows);
        }
        return new RollingRetention(window.toSeconds(), windows, unit, zone);
    }

    /**
     * The table of an event log in columns, in any order.
     *
     * @param customers the customers' numbers
     * @param epochSeconds when the events happened, in seconds since 1970; those after {@code asOf} were not known then and do
     *     not count
     * @param asOf the end of the data
     * @return the table
     * @throws IllegalArgumentException if the columns differ in length
     * @throws java.time.DateTimeException if an instant is beyond what {@link Instant} can hold
     */
    public RollingTable table(long[] customers, long[] epochSeconds, Instant asOf) {
        if (customers.length != epochSeconds.length) {
            throw new IllegalArgumentException(
                    "there are " + customers.length + " customers and " + epochSeconds.length + " instants");
        }
        long end = asOf.getEpochSecond();
        LongTable numbers = new LongTable();
        int[] numberOf = new int[customers.length];
        long[] first = new long[16];
        long[] last = new long[16];
        for (int i = 0; i < customers.length; i++) {
            if (epochSeconds[i] > end) {
                numberOf[i] = -1;
                continue;
            }
            int number = (int) numbers.get(customers[i]) - 1;
            if (number < 0) {
                number = numbers.size();
                numbers.put(customers[i], number + 1L);
                if (number == first.length) {
                    first = Arrays.copyOf(first, 2 * number);
                    last = Arrays.copyOf(last, 2 * number);
                }
                first[number] = epochSeconds[i];
                last[number] = epochSeconds[i];
            }
            numberOf[i] = number;
            first[number] = Math.min(first[number], epochSeconds[i]);
            last[number] = Math.max(last[number], epochSeconds[i]);
        }
        ActiveWindows active = new ActiveWindows(numbers.size(), windows);
        for (int i = 0; i < customers.length; i++) {
            if (numberOf[i] >= 0) {
                active.mark(numberOf[i], (epochSeconds[i] - first[numberOf[i]]) / windowSeconds);
            }
        }
        return count(active, first, last, numbers.size(), end);
    }

    private RollingTable count(ActiveWindows active, long[] first, long[] last, int customers, long end) {
        RollingTable.Counts counts = new RollingTable.Counts(windows);
        for (int customer = 0; customer < customers; customer++) {
            Instant begun = Instant.ofEpochSecond(first[customer]);
            long cohort = unit.indexOf(LocalDate.ofInstant(begun, zone));
            long over = (end - first[customer]) / windowSeconds;
            long lastActive = (last[customer] - first[customer]) / windowSeconds;
            RollingTable.Row row = counts.row(cohort);
            row.size++;
            for (int k = 0; k < windows && k < over; k++) {
                row.over[k]++;
                row.active[k] += active.isActive(customer, k) ? 1 : 0;
                row.activeOrLater[k] += lastActive >= k ? 1 : 0;
            }
        }
        return new RollingTable(unit, windows, counts);
    }

    /** A bit for each customer and window. */
    private static final class ActiveWindows {

        private final int windows;
        private final int words;
        private final long[][] bits;

        ActiveWindows(int customers, int windows) {
            this.windows = windows;
            words = (windows + Long.SIZE - 1) / Long.SIZE;
            bits = new long[words][customers];
        }

        void mark(int customer, long window) {
            if (window < windows) {
                bits[(int) window / Long.SIZE][customer] |= 1L << window;
            }
        }

        boolean isActive(int customer, int window) {
            return (bits[window / Long.SIZE][customer] >>> window & 1) != 0;
        }
    }
}
