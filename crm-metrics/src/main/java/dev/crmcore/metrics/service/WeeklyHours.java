package dev.crmcore.metrics.service;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Opening hours that repeat every week on the clocks of a zone, with days on which the service stays closed.
 *
 * <p>Each day's hours become instants by the zone's rules of that day, so that a day with a clock change keeps its real length:
 * 00:00 to 24:00 is 23 hours when clocks go forward and 25 when they go back. A time that clocks skip is the same time after
 * the change; of a time that they show twice the first one is meant.
 *
 * <pre>{@code
 * OpeningIntervals open = WeeklyHours.in(ZoneId.of("Europe/Berlin"))
 *         .open(DayOfWeek.MONDAY, LocalTime.of(9, 0), LocalTime.of(17, 0))
 *         .closed(LocalDate.of(2025, 4, 21))
 *         .between(LocalDate.of(2025, 1, 1), LocalDate.of(2026, 1, 1));
 * }</pre>
 *
 * <p>Mutable, not thread-safe; the intervals that it makes are immutable.
 */
public final class WeeklyHours {

    private final ZoneId zone;
    private final Map<DayOfWeek, List<Hours>> week = new EnumMap<>(DayOfWeek.class);
    private final Set<LocalDate> closed = new HashSet<>();

    private WeeklyHours(ZoneId zone) {
        this.zone = Objects.requireNonNull(zone, "zone");
    }

    private record Hours(LocalTime from, LocalTime to) {}

    /**
     * Begins with a week that is closed.
     *
     * @param zone the zone on whose clocks the hours are
     * @return hours to add to
     */
    public static WeeklyHours in(ZoneId zone) {
        return new WeeklyHours(zone);
    }

    /**
     * Adds hours of a day of the week.
     *
     * @param day the day of the week
     * @param from when the service opens
     * @param to when it closes, later; {@link LocalTime#MIDNIGHT} is the end of the day
     * @return this
     * @throws IllegalArgumentException if the hours are empty or overlap others of the day
     */
    public WeeklyHours open(DayOfWeek day, LocalTime from, LocalTime to) {
        List<Hours> hours = week.computeIfAbsent(day, same -> new ArrayList<>());
        if (nanos(to) <= from.toNanoOfDay()) {
            throw new IllegalArgumentException("to must be after from at " + from + ", not " + to);
        }
        for (Hours other : hours) {
            if (from.toNanoOfDay() < nanos(other.to()) && other.from().toNanoOfDay() < nanos(to)) {
                throw new IllegalArgumentException("hours of " + day + " must not overlap, as " + from + "-" + to
                        + " and " + other.from() + "-" + other.to());
            }
        }
        hours.add(new Hours(from, to));
        hours.sort(Comparator.comparing(Hours::from));
        return this;
    }

    private static long nanos(LocalTime end) {
        return end.equals(LocalTime.MIDNIGHT) ? Long.MAX_VALUE : end.toNanoOfDay();
    }

    /**
     * Closes a day, such as a holiday.
     *
     * @param day the day
     * @return this
     */
    public WeeklyHours closed(LocalDate day) {
        closed.add(Objects.requireNonNull(day, "day"));
        return this;
    }

    /**
     * The opening times of some days.
     *
     * @param from the first day
     * @param to the day after the last; take it late enough for every due time that is asked for
     * @return the opening times as instants
     * @throws IllegalArgumentException if {@code to} is before {@code from}
     */
    public OpeningIntervals between(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("to must not be before from on " + from + ", not " + to);
        }
        List<long[]> intervals = new ArrayList<>();
        for (LocalDate day = from; day.isBefore(to); day = day.plusDays(1)) {
            if (!closed.contains(day)) {
                for (Hours hours : week.getOrDefault(day.getDayOfWeek(), List.of())) {
                    add(intervals, instant(day, hours.from()), closing(day, hours.to()));
                }
            }
        }
        return OpeningIntervals.of(
                intervals.stream().flatMapToLong(Arrays::stream).toArray());
    }

    /** Hours that a clock change swallows are none; such that it makes meet do not count twice. */
    private static void add(List<long[]> intervals, long opening, long closing) {
        long earliest = intervals.isEmpty() ? Long.MIN_VALUE : intervals.get(intervals.size() - 1)[1];
        long start = Math.max(opening, earliest);
        if (start < closing) {
            intervals.add(new long[] {start, closing});
        }
    }

    private long closing(LocalDate day, LocalTime to) {
        return to.equals(LocalTime.MIDNIGHT) ? instant(day.plusDays(1), to) : instant(day, to);
    }

    private long instant(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(zone).toInstant().toEpochMilli();
    }
}
