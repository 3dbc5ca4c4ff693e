package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.internal.LongTable;
import dev.crmcore.metrics.internal.PeriodOfDay;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.time.LocalDate;
import java.util.Objects;

/**
 * How long customers take from their first to their second purchase, as a Kaplan&ndash;Meier curve in days: who has not come
 * back yet is censored on the last day of the data. Unlike the {@linkplain RepeatPurchaseRate repeat-purchase rate} it does
 * not fall because many customers are new.
 *
 * <pre>{@code
 * TimeToSecondPurchase second = TimeToSecondPurchase.asOf(LocalDate.of(1998, 6, 30)).create();
 * second.add(customers, epochDays, 0, customers.length);
 * second.result().eventBy(90);          // share that buys again within 90 days
 * second.result().median();             // undefined if fewer than half ever do
 * }</pre>
 *
 * <p>Purchases of one day count once. What happened after {@code asOf} was not known on that day and is not counted.
 *
 * <p>Byte form, version 1: i32 asOf in days since 1970, i32 customers; for each u64 number and u64 days: the first one in the
 * upper half and the second in the lower half, counted from 1 on 0001-01-01, 0 if there is none.
 *
 * <p>Mutable, not thread-safe. State: 16 bytes for each customer in a table at most half full.
 */
public final class TimeToSecondPurchase implements Accumulator<CustomerDay, TimeToSecondPurchase, SurvivalCurve> {

    /** What the curve means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("time-to-second-purchase", 1)
            .name("Time to second purchase")
            .kind(KpiKind.KEYED)
            .unit("share of customers without a second purchase, 0 to 1, by days since the first")
            .formula("Kaplan-Meier curve of second purchase day - first purchase day,"
                    + " censored at asOf - first purchase day")
            .variant("purchases of one day count once")
            .emptyRule("undefined without a customer, and after the longest time observed")
            .source("Kaplan and Meier 1958; interval: Greenwood 1926, on the log-log scale")
            .build();

    private static final int FORMAT = 1;
    private static final long LOWER_HALF = 0xFFFFFFFFL;

    private final int asOf;
    private LongTable byCustomer = new LongTable();

    private TimeToSecondPurchase(int asOf) {
        this.asOf = asOf;
    }

    /**
     * The KPI as of a day.
     *
     * @param asOf the last day that the data covers, in the years 1 to 9999
     * @return how to begin, resume and collect
     * @throws IllegalArgumentException if the day is out of range
     */
    public static AccumulatorType<CustomerDay, TimeToSecondPurchase, SurvivalCurve> asOf(LocalDate asOf) {
        int day = PeriodOfDay.checked(asOf.toEpochDay());
        return AccumulatorType.of(DEFINITION, () -> new TimeToSecondPurchase(day), bytes -> fromBytes(bytes, day));
    }

    @Override
    public void add(CustomerDay purchase) {
        add(purchase.customer(), purchase.day().toEpochDay());
    }

    /**
     * Counts one purchase.
     *
     * @param customer the customer's number
     * @param epochDay the day, in days since 1970-01-01, in the years 1 to 9999
     * @throws IllegalArgumentException if the day is out of range
     */
    public void add(long customer, long epochDay) {
        count(customer, PeriodOfDay.checked(epochDay));
    }

    /**
     * Counts a run of purchases: all of them, or none if a day is out of range.
     *
     * @param customers the customers' numbers
     * @param epochDays the days, in days since 1970-01-01
     * @param from the index of the first purchase
     * @param to the index after the last purchase
     * @throws IllegalArgumentException if a day is not in the years 1 to 9999
     * @throws IndexOutOfBoundsException if the range is not within both arrays
     */
    public void add(long[] customers, int[] epochDays, int from, int to) {
        Objects.checkFromToIndex(from, to, Math.min(customers.length, epochDays.length));
        for (int i = from; i < to; i++) {
            PeriodOfDay.checked(epochDays[i]);
        }
        for (int i = from; i < to; i++) {
            count(customers[i], epochDays[i]);
        }
    }

    @Override
    public void merge(TimeToSecondPurchase other) {
        if (asOf != other.asOf) {
            throw new IllegalArgumentException("times as of " + LocalDate.ofEpochDay(asOf)
                    + " do not merge with times as of " + LocalDate.ofEpochDay(other.asOf));
        }
        if (other == this) {
            return;
        }
        byCustomer.expect(other.byCustomer.size());
        other.byCustomer.forEach((customer, days) -> {
            merge(customer, days >>> Integer.SIZE);
            if ((days & LOWER_HALF) != 0) {
                merge(customer, days & LOWER_HALF);
            }
        });
    }

    @Override
    public SurvivalCurve result() {
        TimeTally tally = new TimeTally(2);
        long end = asOf - PeriodOfDay.FIRST_DAY + 1L;
        byCustomer.forEach((customer, days) -> {
            long first = days >>> Integer.SIZE;
            long second = days & LOWER_HALF;
            tally.add(0, (double) ((second == 0 ? end : second) - first), second == 0 ? 0 : 1);
        });
        return new SurvivalCurve(tally.table());
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT).putInt(asOf);
        byCustomer.write(writer);
        return writer.toBytes();
    }

    private void count(long customer, int day) {
        if (day <= asOf) {
            merge(customer, day - PeriodOfDay.FIRST_DAY + 1L);
        }
    }

    /** Keeps the two earliest different days. */
    private void merge(long customer, long day) {
        long days = byCustomer.get(customer);
        long first = days >>> Integer.SIZE;
        long second = days & LOWER_HALF;
        if (days == 0) {
            byCustomer.put(customer, day << Integer.SIZE);
        } else if (day < first) {
            byCustomer.put(customer, day << Integer.SIZE | first);
        } else if (day > first && (second == 0 || day < second)) {
            byCustomer.put(customer, first << Integer.SIZE | day);
        }
    }

    private static TimeToSecondPurchase fromBytes(byte[] bytes, int asOf) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        int found = reader.getInt();
        if (found != asOf) {
            throw reader.malformed("counted as of day " + found + " since 1970");
        }
        TimeToSecondPurchase times = new TimeToSecondPurchase(asOf);
        times.byCustomer = LongTable.read(reader);
        long end = asOf - PeriodOfDay.FIRST_DAY + 1L;
        times.byCustomer.forEach((customer, days) -> {
            long first = days >>> Integer.SIZE;
            long second = days & LOWER_HALF;
            if (first < 1 || first > end || (second != 0 && (second <= first || second > end))) {
                throw reader.malformed("days " + first + " and " + second);
            }
        });
        reader.end();
        return times;
    }
}
