package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.internal.CustomerPeriodTable;
import dev.crmcore.metrics.internal.LongTable;
import dev.crmcore.metrics.internal.PeriodOfDay;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Objects;

/**
 * Orders and revenue by cohort and period: what the customers who began in one calendar period have brought since.
 *
 * <p>All purchases must be given, also those before the reporting window, because a cohort is made of first purchases. Money is
 * whole minor units of one declared currency and is added exactly; negative amounts (returns) take part in the sums.
 *
 * <p>Byte form, version 1: unit, zone and currency as texts; i32 last day with a purchase, in days since 1970 (least value if
 * none); i32 entries; for each u64 customer, i32 period, u64 orders, i64 minor units.
 *
 * <p>Mutable, not thread-safe. State: 32 bytes for each customer and period with a purchase in a table at most half full.
 */
public final class CohortRevenue implements Accumulator<CohortRevenue.Purchase, CohortRevenue, CohortRevenueTable> {

    /** What the table means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("cohort-revenue", 1)
            .name("Revenue by cohort")
            .kind(KpiKind.KEYED)
            .unit("minor units of the currency")
            .formula("sum of amounts in period k of customers whose first purchase fell into the cohort's period")
            .variant("unit of the periods, zone, currency")
            .emptyRule("undefined after the end of the data and for a period in which nobody began")
            .source("usual practice")
            .build();

    private static final int FORMAT = 1;
    private static final int NO_DAY = Integer.MIN_VALUE;

    private final PeriodUnit unit;
    private final ZoneId zone;
    private final String currency;
    private final PeriodOfDay periods;
    private CustomerPeriodTable table = new CustomerPeriodTable();
    private int lastDay = NO_DAY;

    private CohortRevenue(PeriodUnit unit, ZoneId zone, String currency) {
        this.unit = unit;
        this.zone = zone;
        this.currency = currency;
        this.periods = new PeriodOfDay(unit);
    }

    /**
     * One purchase.
     *
     * @param customer the customer's number
     * @param day the day in the declared zone, in the years 1 to 9999
     * @param minorUnits the amount in minor units of the declared currency
     */
    public record Purchase(long customer, LocalDate day, long minorUnits) {
        /**
         * Checks that the day is given.
         *
         * @param customer the customer's number
         * @param day the day in the declared zone
         * @param minorUnits the amount in minor units
         */
        public Purchase {
            Objects.requireNonNull(day, "day");
        }
    }

    /**
     * The KPI for a calendar and a currency.
     *
     * @param unit the periods by which cohorts and revenue are counted
     * @param zone the zone in which the business counts its days
     * @param currency the ISO 4217 code of the only currency that is added
     * @return how to begin, resume and collect
     * @throws IllegalArgumentException if the code is not three capital letters
     */
    public static AccumulatorType<Purchase, CohortRevenue, CohortRevenueTable> by(
            PeriodUnit unit, ZoneId zone, String currency) {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(zone, "zone");
        if (!currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("currency must be an ISO 4217 code, not \"" + currency + "\"");
        }
        return AccumulatorType.of(
                DEFINITION,
                () -> new CohortRevenue(unit, zone, currency),
                bytes -> fromBytes(bytes, unit, zone, currency));
    }

    @Override
    public void add(Purchase purchase) {
        add(purchase.customer(), purchase.day().toEpochDay(), purchase.minorUnits());
    }

    /**
     * Counts one purchase.
     *
     * @param customer the customer's number
     * @param epochDay the day in the declared zone, in days since 1970-01-01, in the years 1 to 9999
     * @param minorUnits the amount in minor units of the declared currency
     * @throws IllegalArgumentException if the day is out of range
     * @throws ArithmeticException if the customer's revenue of the period overflows
     */
    public void add(long customer, long epochDay, long minorUnits) {
        int day = PeriodOfDay.checked(epochDay);
        table.add(customer, periods.of(day), 1, minorUnits);
        lastDay = Math.max(lastDay, day);
    }

    @Override
    public void merge(CohortRevenue other) {
        if (unit != other.unit || !zone.equals(other.zone) || !currency.equals(other.currency)) {
            throw new IllegalArgumentException("revenue in " + currency + " by " + unit + " in " + zone
                    + " does not merge with revenue in " + other.currency + " by " + other.unit + " in " + other.zone);
        }
        CustomerPeriodTable sum = table.copy(other.table.size());
        other.table.forEach(sum::add);
        table = sum;
        lastDay = Math.max(lastDay, other.lastDay);
    }

    /** The table as of the last day with a purchase. */
    @Override
    public CohortRevenueTable result() {
        return lastDay == NO_DAY ? CohortRevenueTable.empty(unit, currency) : result(LocalDate.ofEpochDay(lastDay));
    }

    /**
     * The table as of the end of the data.
     *
     * @param asOf the last day that the data covers, not before the last purchase
     * @return the table
     * @throws IllegalArgumentException if the day is before the last purchase or not in the years 1 to 9999
     * @throws ArithmeticException if the revenue of a cohort and period overflows
     */
    public CohortRevenueTable result(LocalDate asOf) {
        if (PeriodOfDay.checked(asOf.toEpochDay()) < lastDay) {
            throw new IllegalArgumentException(
                    "asOf must not be before the last purchase on " + LocalDate.ofEpochDay(lastDay) + ", not " + asOf);
        }
        if (lastDay == NO_DAY) {
            return CohortRevenueTable.empty(unit, currency);
        }
        LongTable firsts = new LongTable();
        table.forEach((customer, period, orders, minor) -> {
            long first = firsts.get(customer);
            if (first == 0 || encoded(period) < first) {
                firsts.put(customer, encoded(period));
            }
        });
        long[] span = {Long.MAX_VALUE};
        firsts.forEach((customer, first) -> span[0] = Math.min(span[0], first));
        CohortRevenueTable.Counting counting =
                new CohortRevenueTable.Counting(unit, currency, asOf, decoded(span[0]), periods.of(lastDay));
        firsts.forEach((customer, first) -> counting.customer(decoded(first)));
        table.forEach((customer, period, orders, minor) ->
                counting.purchases(decoded(firsts.get(customer)), period, orders, minor));
        return counting.table();
    }

    /**
     * The revenue of each customer over the whole time, for its median and its concentration.
     *
     * @return minor units, ascending; a new array with one entry for each customer
     * @throws ArithmeticException if the revenue of a customer overflows
     */
    public long[] revenueOfCustomers() {
        CustomerPeriodTable totals = new CustomerPeriodTable();
        table.forEach((customer, period, orders, minor) -> totals.add(customer, 0, orders, minor));
        long[] revenue = new long[totals.size()];
        int[] at = {0};
        totals.forEach((customer, period, orders, minor) -> revenue[at[0]++] = minor);
        Arrays.sort(revenue);
        return revenue;
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT)
                .putString(unit.name())
                .putString(zone.getId())
                .putString(currency)
                .putInt(lastDay);
        table.write(writer);
        return writer.toBytes();
    }

    private static CohortRevenue fromBytes(byte[] bytes, PeriodUnit unit, ZoneId zone, String currency) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        String foundUnit = reader.getString();
        String foundZone = reader.getString();
        String foundCurrency = reader.getString();
        if (!foundUnit.equals(unit.name()) || !foundZone.equals(zone.getId()) || !foundCurrency.equals(currency)) {
            throw reader.malformed("revenue in " + foundCurrency + " by " + foundUnit + " in " + foundZone);
        }
        CohortRevenue revenue = new CohortRevenue(unit, zone, currency);
        revenue.lastDay = reader.getInt();
        revenue.table = CustomerPeriodTable.read(reader);
        reader.end();
        revenue.requirePossible(reader);
        return revenue;
    }

    /** Periods that no day up to the last one can have would be read as cohorts. */
    private void requirePossible(StateReader reader) {
        boolean none = lastDay == NO_DAY;
        if (none != (table.size() == 0)
                || (!none && (lastDay < PeriodOfDay.FIRST_DAY || lastDay > PeriodOfDay.LAST_DAY))) {
            throw reader.malformed("last purchase on day " + lastDay + " since 1970");
        }
        table.forEach((customer, period, orders, minor) -> {
            if (period < periods.of(PeriodOfDay.FIRST_DAY) || period > periods.of(lastDay)) {
                throw reader.malformed("period " + period + " with the last purchase on day " + lastDay);
            }
        });
    }

    /** A value of a table is never 0. */
    private static long encoded(int period) {
        return period - (long) Integer.MIN_VALUE + 1;
    }

    private static int decoded(long encoded) {
        return (int) (encoded - 1 + Integer.MIN_VALUE);
    }
}
