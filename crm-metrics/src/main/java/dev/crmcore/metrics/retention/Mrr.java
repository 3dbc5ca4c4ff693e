package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.CalendarPeriod;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.internal.RatioMoments;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;

/**
 * Monthly recurring revenue over a period: where it stood, where it stands, and why it moved. Customers are added one by one, each
 * with all its subscriptions ever, since who pays for the first time and who comes back depends on what was before the period.
 *
 * <pre>{@code
 * CalendarPeriod march = CalendarPeriod.of(PeriodUnit.MONTH, LocalDate.of(2025, 3, 1));
 * MrrPeriod mrr = Mrr.over(march, zone).of(CustomerSubscriptions.grouped(changes));
 * mrr.activity().amount(MrrMovementType.CHURN);     // what leaving customers had paid
 * mrr.netRevenueRetention();
 * }</pre>
 *
 * <p>Byte form, version 1: from and to, each i64 seconds and i32 nanoseconds since 1970; then i64 each: start, end, the five
 * amounts and the five counts of the activity view, those of the net view (amounts in {@value MonthlyAmount#PARTS}ths of a minor
 * unit, types in the order of {@link MrrMovementType}), customers paying at the start, at the end, and at the start but not at the
 * end; then for each ratio of {@link MrrRatio}, in its order, i64 customers, numerator and denominator and i128 sums of
 * squares and products.
 *
 * <p>Mutable, not thread-safe. The state has a fixed size and is exact, whatever the order.
 */
public final class Mrr implements Accumulator<CustomerSubscriptions, Mrr, MrrPeriod> {

    /** What monthly recurring revenue and its movements mean. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("mrr-movements", 1)
            .name("Monthly recurring revenue and its movements")
            .kind(KpiKind.MERGEABLE)
            .unit("minor units a month")
            .formula("sum of amount / months of the interval over active subscriptions; "
                    + "end = start + new business + expansion + contraction + churn + reactivation")
            .variant("the period; movements by customer and instant, and netted per customer")
            .emptyRule("zero without a subscription")
            .source("ChartMogul, MRR movements")
            .build();

    static final int START = 0;
    static final int END = 1;
    static final int ACTIVITY = 2;
    static final int NET = ACTIVITY + 2 * MrrMovements.TYPES;
    static final int START_CUSTOMERS = NET + 2 * MrrMovements.TYPES;
    static final int END_CUSTOMERS = START_CUSTOMERS + 1;
    static final int LOST_CUSTOMERS = START_CUSTOMERS + 2;
    private static final int SUMS = START_CUSTOMERS + 3;

    private static final int FORMAT = 1;

    private final Instant from;
    private final Instant to;
    private long[] sums = new long[SUMS];
    private RatioMoments[] ratios = MrrRatio.none();

    private Mrr(Instant from, Instant to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Revenue over a period of the calendar.
     *
     * @param period the period, such as a month
     * @param zone the zone in which the business counts its days
     * @return how to begin, resume and collect
     */
    public static AccumulatorType<CustomerSubscriptions, Mrr, MrrPeriod> over(CalendarPeriod period, ZoneId zone) {
        return over(
                period.start().atStartOfDay(zone).toInstant(),
                period.plus(1).start().atStartOfDay(zone).toInstant());
    }

    /**
     * Revenue from one instant to another, such as over the last twelve months.
     *
     * @param from the beginning; changes at this instant are movements of the period
     * @param to the end, after the beginning; changes at this instant come too late
     * @return how to begin, resume and collect
     * @throws IllegalArgumentException if {@code to} is not after {@code from}
     */
    public static AccumulatorType<CustomerSubscriptions, Mrr, MrrPeriod> over(Instant from, Instant to) {
        Objects.requireNonNull(from, "from");
        if (!to.isAfter(from)) {
            throw new IllegalArgumentException("to must be after from, " + from + ", not " + to);
        }
        return AccumulatorType.of(DEFINITION, () -> new Mrr(from, to), bytes -> fromBytes(bytes, from, to));
    }

    @Override
    public void add(CustomerSubscriptions customer) {
        long[] change = new long[SUMS];
        MonthlyAmount start = customer.before(from);
        MonthlyAmount end = customer.before(to);
        change[START] = start.parts();
        change[END] = end.parts();
        if (!start.isZero()) {
            change[START_CUSTOMERS] = 1;
            change[LOST_CUSTOMERS] = end.isZero() ? 1 : 0;
        }
        change[END_CUSTOMERS] = end.isZero() ? 0 : 1;
        for (MrrMovement movement : customer.movements()) {
            if (!movement.at().isBefore(from) && movement.at().isBefore(to)) {
                move(change, ACTIVITY, movement.type(), movement.delta());
            }
        }
        MrrMovementType net = MrrMovementType.of(start, end, customer.paidBefore(from));
        if (net != null) {
            move(change, NET, net, end.minus(start));
        }
        count(change, MrrRatio.of(change));
    }

    @Override
    public void merge(Mrr other) {
        if (!from.equals(other.from) || !to.equals(other.to)) {
            throw new IllegalArgumentException("revenue from " + from + " to " + to + " does not merge with that from "
                    + other.from + " to " + other.to);
        }
        count(other.sums, other.ratios);
    }

    @Override
    public MrrPeriod result() {
        return new MrrPeriod(from, to, sums.clone(), ratios);
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT);
        write(writer, from);
        write(writer, to);
        for (long sum : sums) {
            writer.putLong(sum);
        }
        for (RatioMoments ratio : ratios) {
            ratio.write(writer);
        }
        return writer.toBytes();
    }

    /** Adds up what was counted for others; either all of it or, where a sum overflows, nothing. */
    private void count(long[] otherSums, RatioMoments[] otherRatios) {
        long[] newSums = sum(sums, otherSums);
        ratios = MrrRatio.sum(ratios, otherRatios);
        sums = newSums;
    }

    private static void move(long[] sums, int view, MrrMovementType type, MonthlyAmount delta) {
        int amount = view + type.place();
        sums[amount] = Math.addExact(sums[amount], delta.parts());
        sums[amount + MrrMovements.TYPES]++;
    }

    private static long[] sum(long[] one, long[] other) {
        long[] sum = new long[SUMS];
        for (int i = 0; i < SUMS; i++) {
            sum[i] = Math.addExact(one[i], other[i]);
        }
        return sum;
    }

    private static void write(StateWriter writer, Instant instant) {
        writer.putLong(instant.getEpochSecond()).putInt(instant.getNano());
    }

    private static Instant instant(StateReader reader) {
        try {
            return Instant.ofEpochSecond(reader.getLong(), reader.getInt());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    reader.malformed("an instant out of range").getMessage(), e);
        }
    }

    private static Mrr fromBytes(byte[] bytes, Instant from, Instant to) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        Instant foundFrom = instant(reader);
        Instant foundTo = instant(reader);
        if (!foundFrom.equals(from) || !foundTo.equals(to)) {
            throw reader.malformed("revenue from " + foundFrom + " to " + foundTo);
        }
        Mrr mrr = new Mrr(from, to);
        for (int i = 0; i < SUMS; i++) {
            mrr.sums[i] = reader.getLong();
        }
        for (int i = 0; i < mrr.ratios.length; i++) {
            mrr.ratios[i] = RatioMoments.read(reader);
        }
        reader.end();
        MrrPeriod period = mrr.result();
        if (!period.isConsistent()) {
            throw reader.malformed("sums that no subscriptions have");
        }
        return mrr;
    }
}
