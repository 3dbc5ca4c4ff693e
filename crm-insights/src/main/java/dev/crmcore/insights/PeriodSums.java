package dev.crmcore.insights;

import dev.crmcore.metrics.CalendarPeriod;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.series.RegularSeries;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sums by day, made into a series of the calendar periods that are over: from the period of the first day on, 0 for a period in
 * which nothing happened, without the period that is running.
 */
final class PeriodSums {

    private final PeriodUnit unit;
    private final LocalDate asOf;
    private final long first;
    private final long[] byDay;

    /** For the days, of which those after the last known one are left out. */
    PeriodSums(PeriodUnit unit, LocalDate asOf, int[] days) {
        this.unit = unit;
        this.asOf = asOf;
        long last = asOf.toEpochDay();
        this.first = Arrays.stream(days).filter(day -> day <= last).min().orElse(0);
        long most = Arrays.stream(days).filter(day -> day <= last).max().orElse(-1);
        this.byDay = new long[Math.toIntExact(Math.max(0, most - first + 1))];
    }

    /** Adds to a day, unless it is after the last known one. */
    void add(int day, long amount) {
        long place = day - first;
        if (place < byDay.length) {
            byDay[(int) place] = Math.addExact(byDay[(int) place], amount);
        }
    }

    /** The sums of the periods, each divided. */
    RegularSeries series(double divisor) {
        if (byDay.length == 0) {
            return RegularSeries.of();
        }
        CalendarPeriod begin = CalendarPeriod.of(unit, LocalDate.ofEpochDay(first));
        CalendarPeriod running = CalendarPeriod.of(unit, asOf.plusDays(1));
        long[] sums = new long[Math.toIntExact(begin.until(running))];
        CalendarPeriod period = begin;
        long end = period.lastDay().toEpochDay();
        int at = 0;
        for (int i = 0; i < byDay.length; i++) {
            while (first + i > end) {
                period = period.plus(1);
                end = period.lastDay().toEpochDay();
                at++;
            }
            if (at < sums.length) {
                sums[at] = Math.addExact(sums[at], byDay[i]);
            }
        }
        Map<LocalDate, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < sums.length; i++) {
            values.put(begin.plus(i).start(), sums[i] / divisor);
        }
        return RegularSeries.of(unit, values);
    }
}
