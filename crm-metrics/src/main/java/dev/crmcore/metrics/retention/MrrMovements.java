package dev.crmcore.metrics.retention;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The movements of a period, summed by type.
 *
 * <p>Immutable and thread-safe.
 */
public final class MrrMovements {

    static final int TYPES = MrrMovementType.values().length;

    /** By type, the amounts, then the counts. */
    private final long[] sums;

    private MrrMovements(long[] sums) {
        this.sums = sums;
    }

    /** Those of a view among the sums of a period. */
    static MrrMovements in(long[] sumsOfPeriod, int view) {
        return new MrrMovements(Arrays.copyOfRange(sumsOfPeriod, view, view + 2 * TYPES));
    }

    /**
     * By how much revenue moved for one reason.
     *
     * @param type the reason
     * @return the amount a month, zero or negative for contraction and churn, otherwise zero or positive
     */
    public MonthlyAmount amount(MrrMovementType type) {
        return new MonthlyAmount(sums[type.place()]);
    }

    /**
     * How many movements there were for one reason: activities, or customers where movements are netted per customer.
     *
     * @param type the reason
     * @return the number of movements
     */
    public long count(MrrMovementType type) {
        return sums[TYPES + type.place()];
    }

    /**
     * By how much revenue moved altogether: end minus start of the period.
     *
     * @return the amount a month
     */
    public MonthlyAmount total() {
        MonthlyAmount total = MonthlyAmount.ZERO;
        for (MrrMovementType type : MrrMovementType.values()) {
            total = total.plus(amount(type));
        }
        return total;
    }

    /** What was lost, as a positive amount. */
    MonthlyAmount lost() {
        return MonthlyAmount.ZERO.minus(amount(MrrMovementType.CONTRACTION)).minus(amount(MrrMovementType.CHURN));
    }

    /** What those paying before and those coming back added. */
    MonthlyAmount regained() {
        return amount(MrrMovementType.EXPANSION).plus(amount(MrrMovementType.REACTIVATION));
    }

    /** What was gained, from new customers too. */
    MonthlyAmount gained() {
        return amount(MrrMovementType.NEW_BUSINESS).plus(regained());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MrrMovements that && Arrays.equals(sums, that.sums);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sums);
    }

    /** Each type with its amount. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (MrrMovementType type : MrrMovementType.values()) {
            text.append(text.length() == 0 ? "" : ", ").append(type).append(' ').append(amount(type));
        }
        return text.toString();
    }
}
