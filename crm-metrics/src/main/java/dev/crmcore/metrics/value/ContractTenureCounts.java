package dev.crmcore.metrics.value;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Counts customers under contract by how long they stayed: all that a fit of a retention model needs, in a state that grows
 * with the distinct tenures and not with the customers.
 *
 * <pre>{@code
 * ContractTenureCounts counts = ContractTenureCounts.in(PeriodUnit.YEAR).create();
 * counts.add(ContractTenure.leftAfter(3));
 * counts.add(ContractTenure.stillThereAfter(7));
 * ModelFit<ShiftedBetaGeometric> fit = ShiftedBetaGeometric.fit(counts.result());
 * }</pre>
 *
 * <p>Byte form, version 1, after the frame: the unit's name as text, i32 number of rows, then for each row in ascending order
 * i64 periods, i64 customers who left, i64 customers still there.
 *
 * <p>Not thread-safe.
 */
public final class ContractTenureCounts implements Accumulator<ContractTenure, ContractTenureCounts, ContractTenures> {

    private static final String ID = "contract-tenures";
    private static final int VERSION = 1;
    private static final int ROW_BYTES = 24;

    /** What is counted. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder(ID, 1)
            .name("Contract tenures")
            .kind(KpiKind.KEYED)
            .unit("customers for each number of periods, those who left and those still there")
            .formula("count of customers by contract periods and by whether they left")
            .emptyRule("no rows")
            .source("Fader and Hardie 2007, Journal of Interactive Marketing 21(1)")
            .build();

    private final PeriodUnit unit;
    private final TreeMap<Long, Long> lost = new TreeMap<>();
    private final TreeMap<Long, Long> active = new TreeMap<>();

    private ContractTenureCounts(PeriodUnit unit) {
        this.unit = unit;
    }

    /**
     * The accumulator for contracts of one length.
     *
     * @param unit the length of a contract period
     * @return the type, from which accumulators are created
     */
    public static AccumulatorType<ContractTenure, ContractTenureCounts, ContractTenures> in(PeriodUnit unit) {
        Objects.requireNonNull(unit, "unit");
        return AccumulatorType.of(DEFINITION, () -> new ContractTenureCounts(unit), bytes -> read(unit, bytes));
    }

    /**
     * Counts one customer.
     *
     * @param tenure how long the customer stayed
     */
    @Override
    public void add(ContractTenure tenure) {
        (tenure.left() ? lost : active).merge(tenure.periods(), 1L, Math::addExact);
    }

    @Override
    public void merge(ContractTenureCounts other) {
        if (other.unit != unit) {
            throw new IllegalArgumentException(
                    "tenures in units of a " + other.unit + " cannot be merged into " + unit);
        }
        new TreeMap<>(other.lost).forEach((t, n) -> lost.merge(t, n, Math::addExact));
        new TreeMap<>(other.active).forEach((t, n) -> active.merge(t, n, Math::addExact));
    }

    @Override
    public ContractTenures result() {
        return ContractTenures.of(unit, lost, active);
    }

    @Override
    public byte[] toBytes() {
        ContractTenures rows = result();
        StateWriter writer = new StateWriter(ID, VERSION).putString(unit.name()).putInt(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            writer.putLong(rows.periods(row)).putLong(rows.lost(row)).putLong(rows.active(row));
        }
        return writer.toBytes();
    }

    private static ContractTenureCounts read(PeriodUnit unit, byte[] bytes) {
        StateReader reader = StateReader.open(bytes, ID, VERSION);
        String found = reader.getString();
        if (!found.equals(unit.name())) {
            throw reader.malformed("unit " + found + " is not " + unit);
        }
        ContractTenureCounts counts = new ContractTenureCounts(unit);
        int rows = reader.getSize(ROW_BYTES);
        long before = -1;
        for (int row = 0; row < rows; row++) {
            long periods = reader.getCount();
            long left = reader.getCount();
            long stillThere = reader.getCount();
            if (periods <= before || (left == 0 && stillThere == 0) || (periods == 0 && left > 0)) {
                throw reader.malformed("a row that cannot be there");
            }
            before = periods;
            if (left > 0) {
                counts.lost.put(periods, left);
            }
            if (stillThere > 0) {
                counts.active.put(periods, stillThere);
            }
        }
        reader.end();
        return counts;
    }
}
