package dev.crmcore.metrics.marketing;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.internal.LongMoments;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;

/**
 * Counts a campaign against its randomised holdout: conversions and revenue of those who were treated and of those who were
 * held out.
 *
 * <p>Byte form, version 1: for the treated, then for the holdout: u64 converted, u64 customers, i64 revenue, i128 sum of
 * squared revenues.
 *
 * <p>Mutable, not thread-safe. The state has a fixed size and is exact, whatever the order.
 */
public final class Holdout implements Accumulator<HoldoutCustomer, Holdout, HoldoutUplift> {

    /** What the uplift means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("campaign-uplift", 1)
            .name("Campaign uplift")
            .kind(KpiKind.MERGEABLE)
            .unit("difference of shares, -1 to 1; minor units for each customer")
            .formula("rate of the treated - rate of the holdout; incremental = difference x number treated")
            .variant("by a randomised holdout, everyone counted whom the campaign was meant for")
            .emptyRule("undefined if one group is empty")
            .source("intervals: Newcombe 1998, Welch 1947")
            .build();

    /** How to begin, resume and collect. */
    public static final AccumulatorType<HoldoutCustomer, Holdout, HoldoutUplift> TYPE =
            AccumulatorType.of(DEFINITION, Holdout::new, Holdout::fromBytes);

    private static final int FORMAT = 1;

    private final Group treated;
    private final Group heldOut;

    private Holdout() {
        this(new Group(0, new LongMoments()), new Group(0, new LongMoments()));
    }

    private Holdout(Group treated, Group heldOut) {
        this.treated = treated;
        this.heldOut = heldOut;
    }

    @Override
    public void add(HoldoutCustomer customer) {
        add(customer.treated(), customer.converted(), customer.revenue());
    }

    /**
     * Counts one customer.
     *
     * @param isTreated whether the campaign was meant for the customer
     * @param isConverted whether the customer converted
     * @param revenue what the customer spent, in minor units
     * @throws ArithmeticException if the sum of revenue exceeds the range of a long; nothing was counted then
     */
    public void add(boolean isTreated, boolean isConverted, long revenue) {
        (isTreated ? treated : heldOut).add(isConverted, revenue);
    }

    @Override
    public void merge(Holdout other) {
        treated.requireRoomFor(other.treated);
        heldOut.requireRoomFor(other.heldOut);
        treated.add(other.treated);
        heldOut.add(other.heldOut);
    }

    @Override
    public HoldoutUplift result() {
        return new HoldoutUplift(
                treated.conversion(), heldOut.conversion(), treated.revenue.mean(), heldOut.revenue.mean());
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT);
        treated.write(writer);
        heldOut.write(writer);
        return writer.toBytes();
    }

    private static Holdout fromBytes(byte[] bytes) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        Holdout holdout = new Holdout(Group.read(reader), Group.read(reader));
        reader.end();
        return holdout;
    }

    private static final class Group {
        private long converted;
        private final LongMoments revenue;

        Group(long converted, LongMoments revenue) {
            this.converted = converted;
            this.revenue = revenue;
        }

        void add(boolean isConverted, long amount) {
            revenue.add(amount);
            converted += isConverted ? 1 : 0;
        }

        void add(Group other) {
            revenue.add(other.revenue);
            converted += other.converted;
        }

        void requireRoomFor(Group other) {
            LongMoments trial = new LongMoments();
            trial.add(revenue);
            trial.add(other.revenue);
        }

        Proportion conversion() {
            return Proportion.of(converted, revenue.n());
        }

        void write(StateWriter writer) {
            writer.putLong(converted);
            revenue.write(writer);
        }

        static Group read(StateReader reader) {
            long converted = reader.getCount();
            LongMoments revenue = LongMoments.read(reader);
            if (converted > revenue.n()) {
                throw reader.malformed(converted + " of " + revenue.n() + " customers converted");
            }
            return new Group(converted, revenue);
        }
    }
}
