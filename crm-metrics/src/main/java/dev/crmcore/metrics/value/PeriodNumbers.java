package dev.crmcore.metrics.value;

import dev.crmcore.metrics.PeriodUnit;
import java.time.LocalDate;

/** Turns days since 1970 into numbers of periods without an object for each: months and longer come from a table. */
final class PeriodNumbers {

    /** 300 years of days up to the end of the observation; older ones are computed. */
    private static final int TABLED_DAYS = 110_000;

    private final PeriodUnit unit;
    private final long tableStart;
    private final int[] table;

    PeriodNumbers(RfmObservation observation) {
        unit = observation.period();
        tableStart = observation.until().toEpochDay() - TABLED_DAYS + 1;
        table = unit == PeriodUnit.DAY || unit == PeriodUnit.WEEK ? new int[0] : new int[TABLED_DAYS];
        for (int i = 0; i < table.length; i++) {
            table[i] = computed(tableStart + i);
        }
    }

    /** The period of a day not after the end of the observation. */
    int of(long epochDay) {
        if (unit == PeriodUnit.DAY) {
            return Math.toIntExact(epochDay);
        }
        long at = epochDay - tableStart;
        return at >= 0 && at < table.length ? table[(int) at] : computed(epochDay);
    }

    private int computed(long epochDay) {
        return unit == PeriodUnit.WEEK
                // day 0 was a Thursday, three days into its week
                ? (int) Math.floorDiv(epochDay + 3, 7L)
                : Math.toIntExact(unit.indexOf(LocalDate.ofEpochDay(epochDay)));
    }
}
