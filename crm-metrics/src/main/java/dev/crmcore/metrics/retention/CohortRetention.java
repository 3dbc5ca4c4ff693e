package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.internal.LongTable;
import dev.crmcore.metrics.internal.PeriodOfDay;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Cohort retention: of the customers whose first event ever fell into one calendar period, how many were active again in the
 * periods after it.
 *
 * <p>All events must be given, also those before the reporting window, because a cohort is made of first events. Days are days
 * of the declared zone, for the first event and for the later ones alike.
 *
 * <p>The state is a bit for each customer and period, 64 periods to a word. While everything fits into 64 periods there is one
 * word for each customer; beyond that one for each customer and 64 periods in which they were active.
 *
 * <p>Byte form, version 1: unit and zone as texts; i32 last day with an event, in days since 1970 (least value if none);
 * i32 first period of window 0; i32 windows; for each i32 number, i32 customers, and for each of them u64 number and u64 bits.
 *
 * <p>Mutable, not thread-safe. Adding costs constant time and allocates nothing but the table of customers; many events at
 * once, in columns, are dealt out to parts of the table that fit into the processor's cache.
 */
public final class CohortRetention implements Accumulator<CustomerDay, CohortRetention, CohortTable> {

    /** What the table means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("cohort-retention", 1)
            .name("Cohort retention")
            .kind(KpiKind.KEYED)
            .unit("share of the cohort, 0 to 1")
            .formula("customers active in period k (or, unbounded, in k or later) after their first event's period"
                    + " / customers whose first event fell into that period")
            .variant("unit of the periods, zone, bounded or unbounded")
            .emptyRule("undefined after the end of the data and for a period in which nobody began")
            .source("usual practice; interval: Wilson 1927")
            .build();

    private static final int FORMAT = 1;
    private static final int NO_DAY = Integer.MIN_VALUE;
    /** Far from every period, so that the first event finds no window. */
    private static final int NO_BASE = Integer.MAX_VALUE / 2;

    private static final int LEAST_WINDOW_BYTES = 2 * Integer.BYTES;

    private final PeriodUnit unit;
    private final ZoneId zone;
    private final PeriodOfDay periods;
    /** Window w holds the bits of the 64 periods from base + 64 w. Window 0 is always there. */
    private final TreeMap<Integer, LongTable> windows = new TreeMap<>();

    private LongTable window0 = new LongTable();
    private int base = NO_BASE;
    private int lastDay = NO_DAY;

    private CohortRetention(PeriodUnit unit, ZoneId zone) {
        this.unit = unit;
        this.zone = zone;
        this.periods = new PeriodOfDay(unit);
        windows.put(0, window0);
    }

    /**
     * The KPI for a calendar.
     *
     * @param unit the periods by which cohorts and retention are counted
     * @param zone the zone in which the business counts its days
     * @return how to begin, resume and collect
     */
    public static AccumulatorType<CustomerDay, CohortRetention, CohortTable> by(PeriodUnit unit, ZoneId zone) {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(zone, "zone");
        return AccumulatorType.of(
                DEFINITION, () -> new CohortRetention(unit, zone), bytes -> fromBytes(bytes, unit, zone));
    }

    @Override
    public void add(CustomerDay activity) {
        add(activity.customer(), activity.day().toEpochDay());
    }

    /**
     * Counts one event on the day that the declared zone's clocks show.
     *
     * @param customer the customer's number
     * @param instant when the customer was active
     * @throws IllegalArgumentException if the day is not in the years 1 to 9999
     */
    public void add(long customer, Instant instant) {
        add(customer, LocalDate.ofInstant(instant, zone).toEpochDay());
    }

    /**
     * Counts one event.
     *
     * @param customer the customer's number
     * @param epochDay the day in the declared zone, in days since 1970-01-01, in the years 1 to 9999
     * @throws IllegalArgumentException if the day is out of range
     */
    public void add(long customer, long epochDay) {
        count(customer, PeriodOfDay.checked(epochDay));
    }

    /**
     * Counts a run of events: all of them, or none if a day is out of range.
     *
     * @param customers the customers' numbers
     * @param epochDays the days in the declared zone, in days since 1970-01-01
     * @param from the index of the first event
     * @param to the index after the last event
     * @throws IllegalArgumentException if a day is not in the years 1 to 9999
     * @throws IndexOutOfBoundsException if the range is not within both arrays
     */
    public void add(long[] customers, int[] epochDays, int from, int to) {
        addColumns(customers, epochDays, from, to, false);
    }

    /**
     * Counts a run of events as {@link #add(long[], int[], int, int)} does, on several threads: those of the fork-join pool in
     * which the caller runs, or of the common pool, as a parallel stream does. Worth it from about a million on.
     *
     * @param customers the customers' numbers
     * @param epochDays the days in the declared zone, in days since 1970-01-01
     * @param from the index of the first event
     * @param to the index after the last event
     * @throws IllegalArgumentException if a day is not in the years 1 to 9999
     * @throws IndexOutOfBoundsException if the range is not within both arrays
     */
    public void addInParallel(long[] customers, int[] epochDays, int from, int to) {
        addColumns(customers, epochDays, from, to, true);
    }

    private void addColumns(long[] customers, int[] epochDays, int from, int to, boolean parallel) {
        Objects.checkFromToIndex(from, to, Math.min(customers.length, epochDays.length));
        int first = Integer.MAX_VALUE;
        int last = Integer.MIN_VALUE;
        for (int i = from; i < to; i++) {
            first = Math.min(first, epochDays[i]);
            last = Math.max(last, epochDays[i]);
        }
        if (from == to) {
            return;
        }
        PeriodOfDay.checked(first);
        PeriodOfDay.checked(last);
        if (to - from >= CohortMarks.WORTHWHILE && fitWindow0(first, last)) {
            lastDay = Math.max(lastDay, last);
            byte[] bitOfDay = new byte[last - first + 1];
            for (int day = first; day <= last; day++) {
                bitOfDay[day - first] = (byte) (periods.of(day) - base);
            }
            new CohortMarks(window0, customers, epochDays, bitOfDay, first, to - from, parallel).mark(from, to);
            return;
        }
        for (int i = from; i < to; i++) {
            count(customers[i], epochDays[i]);
        }
    }

    /** Whether all days between two, and all so far, are in window 0, after it has moved if that was needed. */
    private boolean fitWindow0(int first, int last) {
        int firstPeriod = periods.of(first);
        int lastPeriod = periods.of(last);
        if (windows.size() > 1 || lastPeriod - firstPeriod >= Long.SIZE) {
            return false;
        }
        if (base == NO_BASE) {
            base = firstPeriod - (Long.SIZE - 1 - (lastPeriod - firstPeriod)) / 2;
            return true;
        }
        return (isInWindow0(firstPeriod) && isInWindow0(lastPeriod)) || moveWindow0To(firstPeriod, lastPeriod);
    }

    private boolean isInWindow0(int period) {
        return period >= base && period - base < Long.SIZE;
    }

    @Override
    public void merge(CohortRetention other) {
        if (unit != other.unit || !zone.equals(other.zone)) {
            throw new IllegalArgumentException("cohorts by " + unit + " in " + zone + " do not merge with cohorts by "
                    + other.unit + " in " + other.zone);
        }
        if (other == this) {
            return;
        }
        lastDay = Math.max(lastDay, other.lastDay);
        for (Map.Entry<Integer, LongTable> window : other.windows.entrySet()) {
            int start = other.base + Long.SIZE * window.getKey();
            if (window.getKey() == 0) {
                window0.expect(window.getValue().size());
            }
            window.getValue().forEach((customer, bits) -> mark(customer, start, bits));
        }
    }

    /** The table as of the last day with an event. */
    @Override
    public CohortTable result() {
        return lastDay == NO_DAY ? new CohortTable(unit, zone) : result(LocalDate.ofEpochDay(lastDay));
    }

    /**
     * The table as of the end of the data. Periods after that day are not observed; the period of that day is incomplete unless
     * it is its last day.
     *
     * @param asOf the last day that the data covers, not before the last event
     * @return the table
     * @throws IllegalArgumentException if the day is before the last event or not in the years 1 to 9999
     */
    public CohortTable result(LocalDate asOf) {
        if (PeriodOfDay.checked(asOf.toEpochDay()) < lastDay) {
            throw new IllegalArgumentException(
                    "asOf must not be before the last event on " + LocalDate.ofEpochDay(lastDay) + ", not " + asOf);
        }
        return new CohortCounting(unit, zone, base, windows).table(asOf);
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT)
                .putString(unit.name())
                .putString(zone.getId())
                .putInt(lastDay)
                .putInt(base)
                .putInt(windows.size());
        windows.forEach((number, table) -> {
            writer.putInt(number);
            table.write(writer);
        });
        return writer.toBytes();
    }

    private void count(long customer, int day) {
        lastDay = Math.max(lastDay, day);
        int period = periods.of(day);
        int bit = period - base;
        if (bit >= 0 && bit < Long.SIZE) {
            window0.or(customer, 1L << bit);
        } else {
            windowOf(period).or(customer, 1L << Math.floorMod(period - base, Long.SIZE));
        }
    }

    /** Marks the periods whose bits are set, counted from {@code start}. */
    private void mark(long customer, int start, long bits) {
        int shift = start - base;
        if (base != NO_BASE && shift == 0) {
            window0.or(customer, bits);
            return;
        }
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            int period = start + Long.numberOfTrailingZeros(rest);
            LongTable window = windowOf(period);
            window.or(customer, 1L << Math.floorMod(period - base, Long.SIZE));
        }
    }

    /** The window of a period, after window 0 has moved if all periods so far fit into it with this one. */
    private LongTable windowOf(int period) {
        if (base == NO_BASE) {
            base = period - Long.SIZE / 2;
        }
        int window = Math.floorDiv(period - base, Long.SIZE);
        if (window == 0) {
            return window0;
        }
        if (windows.size() == 1 && moveWindow0To(period, period)) {
            return window0;
        }
        return windows.computeIfAbsent(Math.floorDiv(period - base, Long.SIZE), number -> new LongTable());
    }

    /** Moves window 0 so that it holds the periods between two with all so far, if there is such a place. */
    private boolean moveWindow0To(int firstPeriod, int lastPeriod) {
        long used = window0.union();
        int first = Math.min(firstPeriod, base + Long.numberOfTrailingZeros(used));
        int last = Math.max(lastPeriod, base + Long.SIZE - 1 - Long.numberOfLeadingZeros(used));
        int slack = Long.SIZE - 1 - (last - first);
        if (slack < 0) {
            return false;
        }
        int moved = first - slack / 2;
        window0.shiftAll(base - moved);
        base = moved;
        return true;
    }

    private static CohortRetention fromBytes(byte[] bytes, PeriodUnit unit, ZoneId zone) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        String foundUnit = reader.getString();
        String foundZone = reader.getString();
        if (!foundUnit.equals(unit.name()) || !foundZone.equals(zone.getId())) {
            throw reader.malformed("cohorts by " + foundUnit + " in " + foundZone);
        }
        CohortRetention retention = new CohortRetention(unit, zone);
        retention.lastDay = reader.getInt();
        retention.base = reader.getInt();
        for (int left = reader.getSize(LEAST_WINDOW_BYTES); left > 0; left--) {
            retention.readWindow(reader);
        }
        reader.end();
        boolean empty = retention.windows.values().stream().allMatch(table -> table.size() == 0);
        if (empty != (retention.lastDay == NO_DAY) || empty != (retention.base == NO_BASE)) {
            throw reader.malformed("customers without events or events without customers");
        }
        return retention;
    }

    private void readWindow(StateReader reader) {
        int number = reader.getInt();
        LongTable table = LongTable.read(reader);
        if (table.size() > 0) {
            requirePossible(reader, number, table.union());
        }
        if (number == 0) {
            window0 = table;
        }
        windows.put(number, table);
    }

    /** Periods that no day up to the last one can have would be read as cohorts. */
    private void requirePossible(StateReader reader, int number, long bits) {
        long start = base + (long) Long.SIZE * number;
        long first = start + Long.numberOfTrailingZeros(bits);
        long last = start + Long.SIZE - 1 - Long.numberOfLeadingZeros(bits);
        long least = unit.indexOf(LocalDate.ofEpochDay(PeriodOfDay.FIRST_DAY));
        boolean possible = lastDay >= PeriodOfDay.FIRST_DAY
                && lastDay <= PeriodOfDay.LAST_DAY
                && first >= least
                && last <= unit.indexOf(LocalDate.ofEpochDay(lastDay))
                && base >= least - Long.SIZE
                && base <= unit.indexOf(LocalDate.ofEpochDay(lastDay));
        if (!possible) {
            throw reader.malformed("periods " + first + " to " + last + " with the last event on day " + lastDay);
        }
    }
}
