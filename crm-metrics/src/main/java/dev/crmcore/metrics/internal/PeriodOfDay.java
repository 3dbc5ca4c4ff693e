package dev.crmcore.metrics.internal;

import dev.crmcore.metrics.PeriodUnit;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Numbers the periods of days without an object for each day: every period is computed once and then looked up.
 *
 * <p>Not thread-safe.
 */
public final class PeriodOfDay {

    /** Days of the years 1 to 9999: what lies outside is a mistake in the data. */
    public static final int FIRST_DAY = (int) LocalDate.of(1, 1, 1).toEpochDay();
    /** The last day of the year 9999. */
    public static final int LAST_DAY = (int) LocalDate.of(9999, 12, 31).toEpochDay();

    private static final int TABLED_DAYS = 1 << 16;
    private static final int UNKNOWN = Integer.MIN_VALUE;

    private final PeriodUnit unit;
    private int[] table = {};
    private int tableStart;

    /** Numbers periods of a unit. */
    public PeriodOfDay(PeriodUnit unit) {
        this.unit = unit;
    }

    /** The day as days since 1970. */
    public static int checked(long epochDay) {
        if (epochDay < FIRST_DAY || epochDay > LAST_DAY) {
            throw new IllegalArgumentException(
                    "day must be in the years 1 to 9999, not day " + epochDay + " since 1970");
        }
        return (int) epochDay;
    }

    /** The number of the period of a checked day. */
    public int of(int epochDay) {
        int at = epochDay - tableStart;
        if (at >= 0 && at < table.length) {
            if (table[at] == UNKNOWN) {
                table[at] = computed(epochDay);
            }
            return table[at];
        }
        if (table.length == 0) {
            table = new int[TABLED_DAYS];
            Arrays.fill(table, UNKNOWN);
            tableStart = epochDay - TABLED_DAYS / 2;
        }
        return computed(epochDay);
    }

    private int computed(int epochDay) {
        return (int) unit.indexOf(LocalDate.ofEpochDay(epochDay));
    }
}
