package dev.crmcore.metrics.value;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.TimeSpan;

/**
 * A purchase log split at a day: the customers of a calibration with what they did afterwards, by which a model that was fitted
 * on the calibration is held to account. Customers who first bought afterwards have no part.
 *
 * <pre>{@code
 * RfmSummary calibration = september.result();      // until 1997-09-30
 * RfmSummary whole = june.result();                 // the same log until 1998-06-30
 * RfmHoldout holdout = RfmHoldout.of(calibration, whole);
 * BgNbd model = BgNbd.fit(calibration.histories(PeriodUnit.WEEK)).model();
 * holdout.check(model, 6).meanAbsoluteError();
 * }</pre>
 *
 * <p>Both ends count whole days: a purchase on the last day of the calibration belongs to it. Rows are those of the calibration.
 *
 * <p>Immutable and thread-safe.
 */
public final class RfmHoldout {

    /** What the split is. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("rfm-holdout", 1)
            .name("Purchases after the calibration")
            .kind(KpiKind.BATCH)
            .unit("periods with a purchase, and minor units of money")
            .formula(
                    "by customer of the calibration: distinct periods with a purchase after its end, up to the end of the"
                            + " whole log, and the sum of their amounts")
            .variant("purchases of one period merged, last days included, customers born afterwards left out")
            .emptyRule("no customer")
            .source("Fader, Hardie and Lee 2005, Marketing Science 24(2)")
            .build();

    private final RfmSummary calibration;
    private final TimeSpan duration;
    private final long[] purchases;
    private final long[] minorUnits;

    private RfmHoldout(RfmSummary calibration, TimeSpan duration, long[] purchases, long[] minorUnits) {
        this.calibration = calibration;
        this.duration = duration;
        this.purchases = purchases;
        this.minorUnits = minorUnits;
    }

    /**
     * The split of a log, from its summary up to the end of the calibration and the one up to a later end. Costs O(n log n).
     *
     * @param calibration the summary up to the last day of the calibration, which ends a period
     * @param whole the summary of the same log up to a later day, by the same periods in the same zone
     * @return the customers of the calibration with what they did afterwards
     * @throws IllegalArgumentException if periods or zones differ, the calibration does not end before the whole or not with a
     *     period, or the whole does not contain the calibration
     */
    public static RfmHoldout of(RfmSummary calibration, RfmSummary whole) {
        RfmObservation before = calibration.observation();
        RfmObservation all = whole.observation();
        if (before.period() != all.period() || !before.zone().equals(all.zone())) {
            throw new IllegalArgumentException("whole must be by the same periods in the same zone as the calibration, "
                    + before + ", not " + all);
        }
        if (!before.until().isBefore(all.until())) {
            throw new IllegalArgumentException(
                    "calibration must end before " + all.until() + ", the end of the whole, not on " + before.until());
        }
        if (!before.lastPeriod().lastDay().equals(before.until())) {
            throw new IllegalArgumentException("calibration must end with a " + before.period()
                    + ", so that no period is on both sides, not on " + before.until());
        }
        long[] purchases = new long[calibration.size()];
        long[] minorUnits = new long[calibration.size()];
        for (int row = 0; row < purchases.length; row++) {
            int there = whole.rowOfSame(calibration, row);
            if (there < 0 || !whole.first(there).equals(calibration.first(row))) {
                throw new IllegalArgumentException(
                        "whole must contain the purchases of the calibration, but customer in row " + row + " differs");
            }
            purchases[row] = (long) whole.frequency(there) - calibration.frequency(row);
            minorUnits[row] = Math.subtractExact(whole.repeatMinorUnits(there), calibration.repeatMinorUnits(row));
            if (purchases[row] < 0) {
                throw new IllegalArgumentException(
                        "whole must contain the purchases of the calibration, but customer in row " + row
                                + " has fewer");
            }
        }
        long periods = before.lastPeriod().until(all.lastPeriod());
        return new RfmHoldout(calibration, TimeSpan.of((double) periods, before.period()), purchases, minorUnits);
    }

    /**
     * The summary that the models are fitted on.
     *
     * @return the calibration
     */
    public RfmSummary calibration() {
        return calibration;
    }

    /**
     * How long the time after the calibration is.
     *
     * @return the span, in the periods of the summaries
     */
    public TimeSpan duration() {
        return duration;
    }

    /**
     * In how many periods the customers bought afterwards.
     *
     * @return a new array, by the rows of the calibration
     */
    public long[] purchases() {
        return purchases.clone();
    }

    /**
     * What a customer spent afterwards.
     *
     * @param row the row in the calibration
     * @return the sum of the amounts in minor units, which may be negative
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public long minorUnits(int row) {
        return minorUnits[row];
    }

    /**
     * The mean spend of a period with a purchase afterwards.
     *
     * @param row the row in the calibration
     * @return minor units; 0 without a purchase, as in {@link RfmSummary#monetaryValue}
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public double monetaryValue(int row) {
        return purchases[row] == 0 ? 0.0 : (double) minorUnits[row] / purchases[row];
    }

    /**
     * A model that was fitted on the calibration, held against what the customers did afterwards.
     *
     * @param model the model
     * @param most the largest number of repeat purchases with a row of its own, not negative
     * @return the comparison
     * @throws IllegalArgumentException if {@code most} is negative
     */
    public HoldoutCheck check(RepeatPurchaseModel model, int most) {
        return HoldoutCheck.of(model, calibration.histories(model.unit()), duration, purchases, most);
    }

    /** The numbers of customers and the span; no customer is named. */
    @Override
    public String toString() {
        return "holdout of " + purchases.length + " customers over " + duration;
    }
}
