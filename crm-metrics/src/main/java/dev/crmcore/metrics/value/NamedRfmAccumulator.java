package dev.crmcore.metrics.value;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.internal.IndexSort;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Makes the RFM summary of a purchase log whose customers are known by a text. It is {@link RfmAccumulator} with a directory
 * of the keys: the rules, the cost and the exactness are the same, and each key is kept once.
 *
 * <p>Byte form, version 1, after the frame: as {@link RfmAccumulator}'s, but without the customers' numbers, and followed by
 * the customers' keys as texts, ascending; a key must not be longer than 65,535 bytes in UTF-8.
 *
 * <p>Not thread-safe.
 */
public final class NamedRfmAccumulator implements Accumulator<NamedRfmPurchase, NamedRfmAccumulator, RfmSummary> {

    private static final String ID = "rfm-summary-by-name";
    private static final int VERSION = 1;

    private final Map<String, Integer> numberOf = new HashMap<>();
    private final RfmAccumulator purchases;

    private NamedRfmAccumulator(RfmObservation observation) {
        this.purchases = new RfmAccumulator(observation);
    }

    /**
     * The accumulator for one observation.
     *
     * @param observation until when, by which period, in which zone
     * @return the type, from which accumulators are created
     */
    public static AccumulatorType<NamedRfmPurchase, NamedRfmAccumulator, RfmSummary> over(RfmObservation observation) {
        Objects.requireNonNull(observation, "observation");
        return AccumulatorType.of(
                RfmAccumulator.DEFINITION,
                () -> new NamedRfmAccumulator(observation),
                bytes -> read(observation, bytes));
    }

    @Override
    public void add(NamedRfmPurchase purchase) {
        add(purchase.customer(), purchase.day(), purchase.minorUnits());
    }

    /**
     * Counts one purchase.
     *
     * @param customer the customer's key
     * @param day the day of the purchase; ignored, and counted as such, if after the end of the observation
     * @param minorUnits the amount in minor units of the currency
     * @throws IllegalArgumentException if the amount is larger than {@link RfmAccumulator#LARGEST_AMOUNT} either way, or the
     *     day is before {@link RfmAccumulator#EARLIEST_DAY}
     */
    public void add(String customer, LocalDate day, long minorUnits) {
        Objects.requireNonNull(customer, "customer");
        RfmAccumulator.check(day.toEpochDay(), minorUnits);
        purchases.makeRoom();
        // a customer who only bought after the end of the observation is not in the summary
        long number = day.isAfter(purchases.observation().until()) ? -1 : number(customer);
        purchases.add(number, day, minorUnits);
    }

    /**
     * Counts one purchase on the day that the clocks of the observation's zone showed.
     *
     * @param customer the customer's key
     * @param at the instant of the purchase
     * @param minorUnits the amount in minor units of the currency
     * @throws IllegalArgumentException if the amount is larger than {@link RfmAccumulator#LARGEST_AMOUNT} either way, or the
     *     day is before {@link RfmAccumulator#EARLIEST_DAY}
     */
    public void add(String customer, Instant at, long minorUnits) {
        add(customer, purchases.observation().dayOf(at), minorUnits);
    }

    private int number(String customer) {
        Integer known = numberOf.get(customer);
        if (known != null) {
            return known;
        }
        int number = numberOf.size();
        numberOf.put(customer, number);
        return number;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the other one is of another observation
     * @throws ArithmeticException if a customer's sum exceeds 64 bits
     */
    @Override
    public void merge(NamedRfmAccumulator other) {
        RfmAccumulator.requireSame(purchases.observation(), other.purchases.observation());
        CustomerDays days = other.purchases.sortPending();
        String[] names = other.names();
        long[] numbers = new long[names.length];
        for (int i = 0; i < names.length; i++) {
            numbers[i] = number(names[i]);
        }
        purchases.mergeSorted(days.relabelled(numbers), other.purchases.ignored());
    }

    /**
     * {@inheritDoc}
     *
     * @throws ArithmeticException if a customer's sum exceeds 64 bits
     */
    @Override
    public RfmSummary result() {
        String[] names = names();
        CustomerDays days = inOrderOf(names);
        Arrays.sort(names);
        return RfmSummary.of(purchases.observation(), days, names, purchases.ignored());
    }

    @Override
    public byte[] toBytes() {
        String[] names = names();
        CustomerDays days = inOrderOf(names);
        Arrays.sort(names);
        StateWriter writer = new StateWriter(ID, VERSION);
        RfmAccumulator.write(purchases.observation(), purchases.ignored(), writer);
        RfmAccumulator.writeDays(days, writer, false);
        for (String name : names) {
            writer.putString(name);
        }
        return writer.toBytes();
    }

    private static NamedRfmAccumulator read(RfmObservation observation, byte[] bytes) {
        StateReader reader = StateReader.open(bytes, ID, VERSION);
        NamedRfmAccumulator accumulator = new NamedRfmAccumulator(observation);
        long ignored = RfmAccumulator.readObservation(observation, reader);
        CustomerDays days = RfmAccumulator.readDays(reader, false, accumulator.purchases.lastPeriod());
        for (int i = 0; i < days.customers(); i++) {
            if (accumulator.numberOf.put(reader.getString(), i) != null) {
                throw reader.malformed("a customer who is there twice");
            }
        }
        reader.end();
        accumulator.purchases.mergeSorted(days, ignored);
        return accumulator;
    }

    /** The keys at the places of their numbers. */
    private String[] names() {
        String[] names = new String[numberOf.size()];
        numberOf.forEach((name, number) -> names[number] = name);
        return names;
    }

    /** The purchases with the customers renumbered in the order of their keys. */
    private CustomerDays inOrderOf(String[] names) {
        int[] order = IndexSort.sorted(names.length, (i, j) -> names[i].compareTo(names[j]));
        long[] rank = new long[names.length];
        for (int i = 0; i < order.length; i++) {
            rank[order[i]] = i;
        }
        return purchases.sortPending().relabelled(rank);
    }
}
