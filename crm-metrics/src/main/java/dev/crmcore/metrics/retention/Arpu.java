package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.internal.LongTable;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.Arrays;
import java.util.Objects;

/**
 * Average revenue per user: the revenue of a period over the customers who were active in it. Whoever is active without paying is
 * added with an amount of 0; left out, the figure is the average of those who pay.
 *
 * <p>Byte form, version 1: i32 customers; for each u64 number and i64: the total in minor units times 2 plus 1.
 *
 * <p>Mutable, not thread-safe. State: 16 bytes for each customer in a table at most half full. Money is added exactly, up to
 * 4.6e18 minor units for a customer.
 */
public final class Arpu implements Accumulator<CustomerAmount, Arpu, RevenuePerCustomer> {

    /** What the figure means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("arpu", 1)
            .name("Average revenue per user")
            .kind(KpiKind.KEYED)
            .unit("minor units for each customer")
            .formula("revenue of the period / customers active in it")
            .variant("active are all who were added, with or without revenue")
            .emptyRule("undefined without a customer")
            .source("usual practice; interval: Student 1908")
            .build();

    /** How to begin, resume and collect. */
    public static final AccumulatorType<CustomerAmount, Arpu, RevenuePerCustomer> TYPE =
            AccumulatorType.of(DEFINITION, Arpu::new, Arpu::fromBytes);

    private static final int FORMAT = 1;

    private LongTable totals = new LongTable();

    private Arpu() {}

    @Override
    public void add(CustomerAmount amount) {
        add(amount.customer(), amount.minorUnits());
    }

    /**
     * Counts one amount.
     *
     * @param customer the customer's number
     * @param minorUnits the amount in minor units, 0 for an active customer who paid nothing
     * @throws ArithmeticException if the customer's total does not fit; nothing was counted then
     */
    public void add(long customer, long minorUnits) {
        totals.put(customer, stored(Math.addExact(total(totals.get(customer)), minorUnits)));
    }

    /**
     * Counts a run of amounts.
     *
     * @param customers the customers' numbers
     * @param minorUnits the amounts in minor units
     * @param from the index of the first amount
     * @param to the index after the last amount
     * @throws ArithmeticException if a customer's total does not fit; what stands before was counted then
     * @throws IndexOutOfBoundsException if the range is not within both arrays
     */
    public void add(long[] customers, long[] minorUnits, int from, int to) {
        Objects.checkFromToIndex(from, to, Math.min(customers.length, minorUnits.length));
        for (int i = from; i < to; i++) {
            add(customers[i], minorUnits[i]);
        }
    }

    @Override
    public void merge(Arpu other) {
        other.totals.forEach((customer, state) -> stored(Math.addExact(total(totals.get(customer)), total(state))));
        totals.expect(other.totals.size());
        other.totals.forEach((customer, state) -> add(customer, total(state)));
    }

    @Override
    public RevenuePerCustomer result() {
        long[] sorted = new long[totals.size()];
        int[] next = {0};
        totals.forEach((customer, state) -> sorted[next[0]++] = total(state));
        Arrays.sort(sorted);
        return new RevenuePerCustomer(sorted);
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT);
        totals.write(writer);
        return writer.toBytes();
    }

    /** A table holds no 0, so every total is stored with a mark. */
    private static long stored(long total) {
        if (total > Long.MAX_VALUE / 2 || total < Long.MIN_VALUE / 2) {
            throw new ArithmeticException("total of a customer exceeds 4.6e18 minor units");
        }
        return total << 1 | 1;
    }

    private static long total(long stored) {
        return stored >> 1;
    }

    private static Arpu fromBytes(byte[] bytes) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        Arpu arpu = new Arpu();
        arpu.totals = LongTable.read(reader);
        arpu.totals.forEach((customer, state) -> {
            if ((state & 1) == 0) {
                throw reader.malformed("a total without its mark");
            }
        });
        reader.end();
        return arpu;
    }
}
