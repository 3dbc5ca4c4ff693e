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
import java.time.LocalDate;

/**
 * The share of customers who have not been active for more than some days, where no contract says who has left. The number
 * of days is part of the KPI: another one gives another figure.
 *
 * <p>What happened after {@code asOf} was not known on that day and is not counted, so that the figure of an earlier day can
 * be computed from a complete log.
 *
 * <p>Byte form, version 1: i32 days, i32 asOf in days since 1970, i32 customers; for each u64 number and u64 last active day,
 * counted from 1 on 0001-01-01.
 *
 * <p>Mutable, not thread-safe. State: 16 bytes for each customer in a table at most half full.
 */
public final class InactivityChurn implements Accumulator<CustomerDay, InactivityChurn, Proportion> {

    /** What the rate means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("inactivity-churn", 1)
            .name("Churn by inactivity")
            .kind(KpiKind.KEYED)
            .unit("share of customers, 0 to 1")
            .formula("customers with asOf - last active day > days / customers active on or before asOf")
            .variant("the number of days")
            .emptyRule("undefined without a customer")
            .source("usual practice; interval: Wilson 1927")
            .build();

    private static final int FORMAT = 1;

    private final int days;
    private final int asOf;
    private LongTable lastDays = new LongTable();

    private InactivityChurn(int days, int asOf) {
        this.days = days;
        this.asOf = asOf;
    }

    /**
     * The KPI for a number of days.
     *
     * @param days a customer has left who was inactive for more than these days, at least 1
     * @param asOf the day from which is counted back, in the years 1 to 9999
     * @return how to begin, resume and collect
     * @throws IllegalArgumentException if a parameter is out of range
     */
    public static AccumulatorType<CustomerDay, InactivityChurn, Proportion> after(int days, LocalDate asOf) {
        if (days < 1) {
            throw new IllegalArgumentException("days must be at least 1, not " + days);
        }
        int day = PeriodOfDay.checked(asOf.toEpochDay());
        return AccumulatorType.of(
                DEFINITION, () -> new InactivityChurn(days, day), bytes -> fromBytes(bytes, days, day));
    }

    @Override
    public void add(CustomerDay activity) {
        add(activity.customer(), activity.day().toEpochDay());
    }

    /**
     * Counts one activity.
     *
     * @param customer the customer's number
     * @param epochDay the day, in days since 1970-01-01, in the years 1 to 9999
     * @throws IllegalArgumentException if the day is out of range
     */
    public void add(long customer, long epochDay) {
        int day = PeriodOfDay.checked(epochDay);
        if (day <= asOf) {
            merge(customer, day - PeriodOfDay.FIRST_DAY + 1L);
        }
    }

    @Override
    public void merge(InactivityChurn other) {
        if (days != other.days || asOf != other.asOf) {
            throw new IllegalArgumentException("churn after " + days + " days as of " + LocalDate.ofEpochDay(asOf)
                    + " does not merge with " + other.days + " days as of " + LocalDate.ofEpochDay(other.asOf));
        }
        lastDays.expect(other.lastDays.size());
        other.lastDays.forEach(this::merge);
    }

    @Override
    public Proportion result() {
        long[] churned = {0};
        long lastStillActive = (long) asOf - days - PeriodOfDay.FIRST_DAY + 1;
        lastDays.forEach((customer, last) -> churned[0] += last < lastStillActive ? 1 : 0);
        return Proportion.of(churned[0], lastDays.size());
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer =
                new StateWriter(DEFINITION.id(), FORMAT).putInt(days).putInt(asOf);
        lastDays.write(writer);
        return writer.toBytes();
    }

    private void merge(long customer, long lastDay) {
        lastDays.put(customer, Math.max(lastDays.get(customer), lastDay));
    }

    private static InactivityChurn fromBytes(byte[] bytes, int days, int asOf) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        int foundDays = reader.getInt();
        int foundAsOf = reader.getInt();
        if (foundDays != days || foundAsOf != asOf) {
            throw reader.malformed("counted after " + foundDays + " days as of day " + foundAsOf + " since 1970");
        }
        InactivityChurn churn = new InactivityChurn(days, asOf);
        churn.lastDays = LongTable.read(reader);
        churn.lastDays.forEach((customer, last) -> {
            if (last < 0) {
                throw reader.malformed("negative day");
            }
        });
        reader.end();
        return churn;
    }
}
