package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.internal.LongTable;
import dev.crmcore.metrics.internal.PeriodOfDay;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.Objects;

/**
 * The share of customers who bought at least twice. Two variants, which differ in what a purchase is:
 * {@link #BY_PURCHASE_DAYS} merges purchases of one day into one, as the papers on buying behaviour do;
 * {@link #BY_TRANSACTIONS} counts each.
 *
 * <p>Customers who came late have had less time to return, so the rate of a growing business is biased downwards.
 *
 * <p>Byte form, version 1: i32 customers; for each u64 number and u64 state: bit 0 says whether they returned, the bits above
 * are the day of one purchase, counted from 1 on 0001-01-01.
 *
 * <p>Mutable, not thread-safe. State: 16 bytes for each customer in a table at most half full. Adding costs constant time and
 * allocates nothing but that table.
 */
public final class RepeatPurchaseRate implements Accumulator<CustomerDay, RepeatPurchaseRate, Proportion> {

    /** Purchases of one customer on one day count once. */
    public static final AccumulatorType<CustomerDay, RepeatPurchaseRate, Proportion> BY_PURCHASE_DAYS =
            type(true, definition("repeat-purchase-rate-by-days", "purchases of one day count once"));

    /** Every purchase counts. */
    public static final AccumulatorType<CustomerDay, RepeatPurchaseRate, Proportion> BY_TRANSACTIONS =
            type(false, definition("repeat-purchase-rate-by-transactions", "every purchase counts"));

    private static final int FORMAT = 1;

    private final KpiDefinition definition;
    private final boolean mergeDays;
    private LongTable byCustomer = new LongTable();

    private RepeatPurchaseRate(boolean mergeDays, KpiDefinition definition) {
        this.mergeDays = mergeDays;
        this.definition = definition;
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
        int day = PeriodOfDay.checked(epochDay);
        merge(customer, (day - PeriodOfDay.FIRST_DAY + 1L) << 1);
    }

    /**
     * Counts a run of purchases: all of them, or none if a day is out of range.
     *
     * @param customers the customers' numbers
     * @param epochDays the days, in days since 1970-01-01
     * @param from the index of the first purchase
     * @param to the index after the last purchase
     * @throws IllegalArgumentException if a day is out of range
     * @throws IndexOutOfBoundsException if the range is not within both arrays
     */
    public void add(long[] customers, int[] epochDays, int from, int to) {
        Objects.checkFromToIndex(from, to, Math.min(customers.length, epochDays.length));
        for (int i = from; i < to; i++) {
            PeriodOfDay.checked(epochDays[i]);
        }
        for (int i = from; i < to; i++) {
            merge(customers[i], (epochDays[i] - PeriodOfDay.FIRST_DAY + 1L) << 1);
        }
    }

    @Override
    public void merge(RepeatPurchaseRate other) {
        if (mergeDays != other.mergeDays) {
            throw new IllegalArgumentException(definition + " does not merge with " + other.definition);
        }
        byCustomer.expect(other.byCustomer.size());
        other.byCustomer.forEach(this::merge);
    }

    @Override
    public Proportion result() {
        long[] returned = {0};
        byCustomer.forEach((customer, state) -> returned[0] += state & 1);
        return Proportion.of(returned[0], byCustomer.size());
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(definition.id(), FORMAT);
        byCustomer.write(writer);
        return writer.toBytes();
    }

    private void merge(long customer, long state) {
        long known = byCustomer.get(customer);
        if (known == 0) {
            byCustomer.put(customer, state);
        } else if ((known & 1) == 0 && ((state & 1) == 1 || !mergeDays || known != state)) {
            // The earlier day is kept, so that equal inputs in any order are the same state
            byCustomer.put(customer, Math.min(known, state) | 1);
        } else {
            byCustomer.put(customer, Math.min(known & ~1L, state & ~1L) | (known & 1));
        }
    }

    private static AccumulatorType<CustomerDay, RepeatPurchaseRate, Proportion> type(
            boolean mergeDays, KpiDefinition definition) {
        return AccumulatorType.of(definition, () -> new RepeatPurchaseRate(mergeDays, definition), bytes -> {
            StateReader reader = StateReader.open(bytes, definition.id(), FORMAT);
            RepeatPurchaseRate rate = new RepeatPurchaseRate(mergeDays, definition);
            rate.byCustomer = LongTable.read(reader);
            reader.end();
            return rate;
        });
    }

    private static KpiDefinition definition(String id, String variant) {
        return KpiDefinition.builder(id, 1)
                .name("Repeat purchase rate")
                .kind(KpiKind.KEYED)
                .unit("share of customers, 0 to 1")
                .formula("customers with at least 2 purchases / customers with at least 1 purchase")
                .variant(variant)
                .emptyRule("undefined without a customer")
                .source("usual practice; interval: Wilson 1927")
                .build();
    }
}
