package dev.crmcore.metrics.value;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.Objects;

/**
 * Counts customers by their history: all that a fit of a repeat-purchase model needs, in a state that grows with the
 * distinct (x, t<sub>x</sub>, T) and not with the customers. Partial counts from many machines merge to the same fit.
 *
 * <pre>{@code
 * PurchaseHistoryCounts counts = PurchaseHistoryCounts.in(PeriodUnit.WEEK).create();
 * counts.add(2, 30.43, 38.86);
 * ModelFit<BgNbd> fit = BgNbd.fit(counts.result());
 * }</pre>
 *
 * <p>Byte form, version 1, after the frame: the unit's name as text, i32 number of rows, then
 * for each row in ascending order i64 x, f64 T, f64 t<sub>x</sub>, i64 customers.
 *
 * <p>Not thread-safe.
 */
public final class PurchaseHistoryCounts
        implements Accumulator<PurchaseHistory, PurchaseHistoryCounts, PurchaseHistories> {

    private static final String ID = "purchase-histories";
    private static final int VERSION = 1;
    private static final int ROW_BYTES = 32;

    /** What is counted. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder(ID, 1)
            .name("Purchase histories")
            .kind(KpiKind.KEYED)
            .unit("customers for each distinct (x, t_x, T)")
            .formula("count of customers by repeat purchases, time of the last one and time observed")
            .emptyRule("no rows")
            .source("Fader, Hardie and Lee 2005, Marketing Science 24(2)")
            .build();

    private final PeriodUnit unit;
    private final DistinctRows table = new DistinctRows(16);

    private PurchaseHistoryCounts(PeriodUnit unit) {
        this.unit = unit;
    }

    /**
     * The accumulator for times in one unit.
     *
     * @param unit the unit of recency and age
     * @return the type, from which accumulators are created
     */
    public static AccumulatorType<PurchaseHistory, PurchaseHistoryCounts, PurchaseHistories> in(PeriodUnit unit) {
        Objects.requireNonNull(unit, "unit");
        return AccumulatorType.of(DEFINITION, () -> new PurchaseHistoryCounts(unit), bytes -> read(unit, bytes));
    }

    /**
     * Counts one customer; the times are converted to the accumulator's unit.
     *
     * @param history the customer's history
     */
    @Override
    public void add(PurchaseHistory history) {
        PurchaseHistory h = history.in(unit);
        table.add(h.frequency(), h.recency(), h.age(), 1);
    }

    /**
     * Counts one customer without making an object of the history.
     *
     * @param frequency x, the number of repeat purchases
     * @param recency t<sub>x</sub> in the accumulator's unit
     * @param age T in the accumulator's unit
     * @throws IllegalArgumentException if that is no possible history, see {@link PurchaseHistory}
     */
    public void add(long frequency, double recency, double age) {
        PurchaseHistory.check(frequency, recency, age);
        table.add(frequency, recency, age, 1);
    }

    @Override
    public void merge(PurchaseHistoryCounts other) {
        if (other.unit != unit) {
            throw new IllegalArgumentException(
                    "histories in units of a " + other.unit + " cannot be merged into " + unit);
        }
        table.addAll(other.table);
    }

    @Override
    public PurchaseHistories result() {
        return table.sorted(unit, null);
    }

    @Override
    public byte[] toBytes() {
        PurchaseHistories rows = result();
        StateWriter writer = new StateWriter(ID, VERSION).putString(unit.name()).putInt(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            writer.putLong(rows.frequency(row))
                    .putDouble(rows.age(row))
                    .putDouble(rows.recency(row))
                    .putLong(rows.customers(row));
        }
        return writer.toBytes();
    }

    private static PurchaseHistoryCounts read(PeriodUnit unit, byte[] bytes) {
        StateReader reader = StateReader.open(bytes, ID, VERSION);
        String found = reader.getString();
        if (!found.equals(unit.name())) {
            throw reader.malformed("unit " + found + " is not " + unit);
        }
        PurchaseHistoryCounts counts = new PurchaseHistoryCounts(unit);
        int rows = reader.getSize(ROW_BYTES);
        for (int row = 0; row < rows; row++) {
            long frequency = reader.getCount();
            double age = reader.getFinite();
            double recency = reader.getFinite();
            long customers = reader.getCount();
            if (customers == 0) {
                throw reader.malformed("a row of no customer");
            }
            PurchaseHistory.check(frequency, recency, age);
            if (counts.table.add(frequency, recency, age, customers) != row) {
                throw reader.malformed("a row that is there twice");
            }
        }
        reader.end();
        return counts;
    }
}
