package dev.crmcore.metrics.value;

import dev.crmcore.metrics.PeriodUnit;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How long many customers under contract stayed, as a retention model reads them: for each number of periods how many left
 * then, and how many were still there when last seen. Cohorts of different age may be mixed. Made by
 * {@link #ofCohort(long[], long, PeriodUnit)} or by counting with {@link ContractTenureCounts}.
 *
 * <p>Immutable and thread-safe.
 */
public final class ContractTenures {

    private final PeriodUnit unit;
    private final long[] periods;
    private final long[] lost;
    private final long[] active;
    private final long customers;

    private ContractTenures(PeriodUnit unit, long[] periods, long[] lost, long[] active) {
        this.unit = unit;
        this.periods = periods;
        this.lost = lost;
        this.active = active;
        long sum = 0;
        for (int i = 0; i < periods.length; i++) {
            sum = Math.addExact(sum, Math.addExact(lost[i], active[i]));
        }
        this.customers = sum;
    }

    /**
     * One cohort, from the figures that reports give.
     *
     * @param lostInPeriod how many left at the end of period 1, 2, &hellip;; copied
     * @param stillThere how many are there after the last of these
     * @param unit the length of a contract period
     * @return the tenures
     * @throws IllegalArgumentException if a number is negative; the message names the period
     */
    public static ContractTenures ofCohort(long[] lostInPeriod, long stillThere, PeriodUnit unit) {
        Objects.requireNonNull(unit, "unit");
        TreeMap<Long, Long> lost = new TreeMap<>();
        for (int i = 0; i < lostInPeriod.length; i++) {
            if (lostInPeriod[i] < 0) {
                throw new IllegalArgumentException(
                        "period " + (i + 1) + ": lost customers must not be negative, not " + lostInPeriod[i]);
            }
            lost.put(i + 1L, lostInPeriod[i]);
        }
        if (stillThere < 0) {
            throw new IllegalArgumentException("stillThere must not be negative, not " + stillThere);
        }
        return of(unit, lost, Map.of((long) lostInPeriod.length, stillThere));
    }

    /** From counts by periods; counts of zero are left out. */
    static ContractTenures of(PeriodUnit unit, Map<Long, Long> lost, Map<Long, Long> active) {
        TreeMap<Long, long[]> rows = new TreeMap<>();
        lost.forEach((t, n) -> rows.computeIfAbsent(t, key -> new long[2])[0] += n);
        active.forEach((t, n) -> rows.computeIfAbsent(t, key -> new long[2])[1] += n);
        rows.values().removeIf(counts -> counts[0] == 0 && counts[1] == 0);
        return new ContractTenures(
                unit,
                rows.keySet().stream().mapToLong(Long::longValue).toArray(),
                rows.values().stream().mapToLong(counts -> counts[0]).toArray(),
                rows.values().stream().mapToLong(counts -> counts[1]).toArray());
    }

    /**
     * The length of a contract period.
     *
     * @return the unit
     */
    public PeriodUnit unit() {
        return unit;
    }

    /**
     * The number of rows: distinct numbers of periods.
     *
     * @return the number, 0 if there is no customer
     */
    public int size() {
        return periods.length;
    }

    /**
     * The number of customers.
     *
     * @return the sum over the rows
     */
    public long customers() {
        return customers;
    }

    /**
     * The number of periods of a row.
     *
     * @param row the row, from 0; rows ascend in it
     * @return the periods, not negative
     */
    public long periods(int row) {
        return periods[row];
    }

    /**
     * How many left at the end of that period.
     *
     * @param row the row, from 0
     * @return the number, not negative
     */
    public long lost(int row) {
        return lost[row];
    }

    /**
     * How many were still there after so many periods, when last seen.
     *
     * @param row the row, from 0
     * @return the number, not negative
     */
    public long active(int row) {
        return active[row];
    }

    /** What these tenures are to a fit: every period survived is a renewal. */
    FittedOn fittedOn() {
        long renewals = 0;
        for (int row = 0; row < periods.length; row++) {
            long ofLost = Math.multiplyExact(Math.max(0, periods[row] - 1), lost[row]);
            renewals = Math.addExact(renewals, Math.addExact(ofLost, Math.multiplyExact(periods[row], active[row])));
        }
        return new FittedOn(customers, periods.length, renewals, 0);
    }

    /** Whether any customer had to decide on a renewal. */
    boolean anyDecision() {
        return periods.length > 0 && periods[periods.length - 1] > 0;
    }

    /** The numbers of customers and rows and the unit. */
    @Override
    public String toString() {
        return customers + " customers with " + periods.length + " distinct tenures, unit " + unit;
    }
}
