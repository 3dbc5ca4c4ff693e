package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.internal.LongTable;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.NavigableMap;

/** Counts the cells of a cohort table from the bits of the customers. */
final class CohortCounting {

    private final PeriodUnit unit;
    private final ZoneId zone;
    private final NavigableMap<Integer, LongTable> windows;
    private final long base;
    private final boolean single;

    private long firstPeriod = Long.MAX_VALUE;
    private long lastPeriod = Long.MIN_VALUE;

    CohortCounting(PeriodUnit unit, ZoneId zone, int base, NavigableMap<Integer, LongTable> windows) {
        this.unit = unit;
        this.zone = zone;
        this.base = base;
        this.windows = windows;
        this.single = windows.size() == 1;
        windows.forEach((window, table) -> {
            long used = table.union();
            if (used != 0) {
                firstPeriod = Math.min(firstPeriod, start(window) + Long.numberOfTrailingZeros(used));
                lastPeriod = Math.max(lastPeriod, end(window) - Long.numberOfLeadingZeros(used));
            }
        });
    }

    CohortTable table(LocalDate asOf) {
        if (firstPeriod > lastPeriod) {
            return new CohortTable(unit, zone);
        }
        int periods = Math.toIntExact(lastPeriod - firstPeriod + 1);
        long[][] active = new long[periods][];
        long[][] lastActive = new long[periods][];
        long[] retained = new long[periods];
        if (single) {
            windows.forEach((window, table) -> table.forEach((customer, bits) -> {
                int first = (int) (start(window) + Long.numberOfTrailingZeros(bits) - firstPeriod);
                int last = (int) (end(window) - Long.numberOfLeadingZeros(bits) - firstPeriod);
                count(active, retained, first, start(window), bits, bits << 1);
                row(lastActive, first)[last - first]++;
            }));
        } else {
            countWindows(active, lastActive, retained);
        }
        for (long[] row : lastActive) {
            if (row != null) {
                accumulate(row);
            }
        }
        return new CohortTable(unit, zone, asOf, firstPeriod, active, lastActive, retained);
    }

    private void countWindows(long[][] active, long[][] lastActive, long[] retained) {
        // Periods from 1, because a value of a table is never 0
        LongTable firsts = new LongTable();
        LongTable lasts = new LongTable();
        windows.forEach((window, table) -> table.forEach((customer, bits) -> {
            if (firsts.get(customer) == 0) {
                firsts.put(customer, start(window) + Long.numberOfTrailingZeros(bits) - firstPeriod + 1);
            }
            lasts.put(customer, end(window) - Long.numberOfLeadingZeros(bits) - firstPeriod + 1);
            LongTable before = windows.get(window - 1);
            long carried = before == null ? 0 : before.get(customer) >>> (Long.SIZE - 1);
            int first = (int) (firsts.get(customer) - 1);
            count(active, retained, first, start(window), bits, bits << 1 | carried);
        }));
        firsts.forEach((customer, first) -> row(lastActive, (int) first - 1)[(int) (lasts.get(customer) - first)]++);
    }

    /** Counts one customer's bits; {@code before} has a bit where the customer was active one period earlier. */
    private void count(long[][] active, long[] retained, int first, long start, long bits, long before) {
        long[] row = row(active, first);
        int offset = (int) (start - firstPeriod);
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            row[offset + Long.numberOfTrailingZeros(rest) - first]++;
        }
        for (long rest = bits & before; rest != 0; rest &= rest - 1) {
            retained[offset + Long.numberOfTrailingZeros(rest)]++;
        }
    }

    private static long[] row(long[][] rows, int cohort) {
        if (rows[cohort] == null) {
            rows[cohort] = new long[rows.length - cohort];
        }
        return rows[cohort];
    }

    /** From "last active in k" to "active in k or later". */
    private static void accumulate(long[] row) {
        for (int k = row.length - 2; k >= 0; k--) {
            row[k] += row[k + 1];
        }
    }

    private long start(int window) {
        return base + (long) Long.SIZE * window;
    }

    private long end(int window) {
        return start(window) + Long.SIZE - 1;
    }
}
