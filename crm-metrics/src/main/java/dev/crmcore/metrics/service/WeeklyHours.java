package dev.crmcore.metrics.service;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Opening hours that repeat every week on the clocks of a zone, with days on which the service stays closed.
 *
 * <p>The service is open whenever the clocks of the zone show a time within the hours. So a day with a clock change has its real
 * length: 00:00 to 24:00 is 23 hours when clocks go forward and 25 when they go back. Hours that clocks skip are not there, hours
 * that they show twice are open both times.
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
        LongStream.Builder bounds = LongStream.builder();
        Instant end = to.atStartOfDay(zone).toInstant();
        Instant start = from.atStartOfDay(zone).toInstant();
        while (start.isBefore(end)) {
            ZoneOffsetTransition change = zone.getRules().nextTransition(start);
            Instant until = change == null || change.getInstant().isAfter(end) ? end : change.getInstant();
            addEvenly(bounds, start, until);
            start = until;
        }
        return OpeningIntervals.of(bounds.build().toArray());
    }

    /** Adds the hours of a stretch of time in which the clocks are not changed. */
    private void addEvenly(LongStream.Builder bounds, Instant start, Instant end) {
        ZoneOffset offset = zone.getRules().getOffset(start);
        LocalDate last = LocalDate.ofInstant(end, offset);
        for (LocalDate day = LocalDate.ofInstant(start, offset); !day.isAfter(last); day = day.plusDays(1)) {
            if (closed.contains(day)) {
                continue;
            }
            for (Hours hours : week.getOrDefault(day.getDayOfWeek(), List.of())) {
                LocalDate closingDay = hours.to().equals(LocalTime.MIDNIGHT) ? day.plusDays(1) : day;
                long opening = Math.max(start.toEpochMilli(), millis(day, hours.from(), offset));
                long closing = Math.min(end.toEpochMilli(), millis(closingDay, hours.to(), offset));
                if (opening < closing) {
                    bounds.add(opening).add(closing);
                }
            }
        }
    }

    private static long millis(LocalDate day, LocalTime time, ZoneOffset offset) {
        return day.atTime(time).toInstant(offset).toEpochMilli();
    }
}
