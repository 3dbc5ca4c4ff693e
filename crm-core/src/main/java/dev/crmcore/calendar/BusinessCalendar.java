package dev.crmcore.calendar;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.internal.text.Quoted;
import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.JsonObject;
import dev.crmcore.value.StorableText;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When a business is open: hours for each weekday, as many parts a day as need be, holidays, and days of other hours, by
 * the clock of one zone.
 *
 * <p>A day's hours are, in this order, those of an exception for its date, none if it is a holiday, those of its weekday. The
 * business is open at an instant if the clock on its wall then shows an hour of that wall's date. So of hours that a
 * clock change skips there is nothing, and hours that it repeats are open both times. Business time is elapsed time
 * while open, exact to the nanosecond.
 *
 * <p>Time that is used up just when the business closes is due then, at closing, and not at the next opening. Searches
 * end {@value #HORIZON_YEARS} years after they begin, so a calendar that runs out of openings is an error and no endless
 * loop. Each question costs time in proportion to the days it passes.
 *
 * <p>Immutable and thread-safe.
 */
public final class BusinessCalendar {
    /** Years after which the search for an opening ends. */
    public static final int HORIZON_YEARS = 100;

    private static final int SCHEMA = 1;

    private static final Duration HORIZON = Duration.ofDays(HORIZON_YEARS * 365L + HORIZON_YEARS / 4);

    private final ZoneId zone;
    private final Map<DayOfWeek, List<OpeningHours>> weekly;
    private final NavigableMap<LocalDate, SpecialDay> specialDays;

    private BusinessCalendar(Builder builder) {
        this.zone = builder.zone;
        this.weekly = new EnumMap<>(DayOfWeek.class);
        builder.weekly.forEach((day, hours) -> weekly.put(day, inOrder(day.toString(), hours)));
        this.specialDays = new TreeMap<>(builder.holidays);
        builder.exceptions.forEach((date, day) ->
                specialDays.put(date, new SpecialDay(date, day.reason(), inOrder(date.toString(), day.hours()))));
        if (weekly.isEmpty()
                && specialDays.values().stream().allMatch(day -> day.hours().isEmpty())) {
            throw new InvalidValueException("business calendar", "", "is never open");
        }
    }

    /** Sorted, with hours that meet made one; hours that overlap are a slip. */
    private static List<OpeningHours> inOrder(String day, List<OpeningHours> hours) {
        List<OpeningHours> sorted = new ArrayList<>(hours);
        sorted.sort(Comparator.comparing(OpeningHours::from));
        List<OpeningHours> result = new ArrayList<>(sorted.size());
        for (OpeningHours next : sorted) {
            int last = result.size() - 1;
            if (last >= 0 && result.get(last).meets(next)) {
                result.set(last, OpeningHours.of(result.get(last).from(), next.to()));
            } else if (last >= 0 && result.get(last).overlaps(next)) {
                throw new InvalidValueException(
                        "opening hours of " + day, hours.toString(), result.get(last) + " and " + next + " overlap");
            } else {
                result.add(next);
            }
        }
        return List.copyOf(result);
    }

    /**
     * Starts a calendar.
     *
     * @param zone whose clock the hours are of
     * @return a builder that is never open yet
     */
    public static Builder builder(ZoneId zone) {
        return new Builder(zone);
    }

    /**
     * A calendar without nights, weekends and holidays.
     *
     * @param zone whose days {@link #zone()} tells
     * @return always open
     */
    public static BusinessCalendar alwaysOpen(ZoneId zone) {
        return builder(zone)
                .open(List.of(DayOfWeek.values()), OpeningHours.allDay())
                .build();
    }

    /**
     * The calendar as JSON, to be stored or sent.
     *
     * @return a JSON object of schema 1: zone, hours of the week, special days
     */
    public String toJson() {
        JsonObject.Builder week = JsonObject.builder();
        weekly.forEach((day, hours) -> week.putTexts(day.name(), texts(hours)));
        return JsonObject.builder()
                .put("schema", SCHEMA)
                .put("zone", zone.getId())
                .put("weekly", week.build())
                .putObjects(
                        "days",
                        specialDays.values().stream()
                                .map(day -> JsonObject.builder()
                                        .put("date", day.date())
                                        .put("reason", day.reason())
                                        .putTexts("hours", texts(day.hours()))
                                        .build())
                                .toList())
                .build()
                .toJson();
    }

    private static List<String> texts(List<OpeningHours> hours) {
        return hours.stream().map(OpeningHours::toString).toList();
    }

    /**
     * Reads a calendar.
     *
     * @param json what {@link #toJson} gave
     * @return the calendar
     * @throws InvalidValueException if the text is no such object, is of a newer schema, names an unknown zone or weekday,
     *     or has hours that overlap or are never open
     */
    public static BusinessCalendar parse(String json) {
        JsonObject object = JsonObject.parse(json);
        if (object.requireLong("schema") != SCHEMA) {
            throw new InvalidValueException(
                    "business calendar", json, "is of schema " + object.requireLong("schema") + ", not " + SCHEMA);
        }
        Builder builder = new Builder(zone(object.requireText("zone")));
        JsonObject week = object.requireObject("weekly");
        for (String day : week.names()) {
            builder.weekly.put(weekday(day), hours(week.texts(day)));
        }
        for (JsonObject day : object.objects("days")) {
            builder.exception(
                    day.requireDate("date"),
                    day.requireText("reason"),
                    hours(day.texts("hours")).toArray(OpeningHours[]::new));
        }
        return builder.build();
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw new InvalidValueException("zone of a business calendar", id, "there is no zone '" + id + "'");
        }
    }

    private static DayOfWeek weekday(String name) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> day.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(
                        "day of a business calendar", name, "there is no weekday " + Quoted.of(name)));
    }

    private static List<OpeningHours> hours(List<String> texts) {
        return texts.stream().map(OpeningHours::parse).toList();
    }

    /**
     * Starts a changed copy.
     *
     * @return a builder with the hours and days of this calendar
     */
    public Builder toBuilder() {
        Builder builder = new Builder(zone);
        weekly.forEach((day, hours) -> builder.weekly.put(day, new ArrayList<>(hours)));
        specialDays.forEach(
                (date, day) -> (day.hours().isEmpty() ? builder.holidays : builder.exceptions).put(date, day));
        return builder;
    }

    /**
     * Whose clock the hours are of.
     *
     * @return the zone of the business
     */
    public ZoneId zone() {
        return zone;
    }

    /**
     * The hours of a weekday that is nothing special.
     *
     * @param day of the week
     * @return unmodifiable, in order, not touching each other; empty if it is closed
     */
    public List<OpeningHours> hoursOn(DayOfWeek day) {
        return weekly.getOrDefault(Objects.requireNonNull(day, "day"), List.of());
    }

    /**
     * The hours of a date: of its exception, none on a holiday, otherwise of its weekday.
     *
     * @param date in the zone of the business
     * @return unmodifiable, in order, not touching each other; empty if it is closed
     */
    public List<OpeningHours> hoursOn(LocalDate date) {
        SpecialDay special = specialDays.get(Objects.requireNonNull(date, "date"));
        return special == null ? hoursOn(date.getDayOfWeek()) : special.hours();
    }

    /**
     * The holidays and the days of other hours.
     *
     * @return unmodifiable, in order
     */
    public Collection<SpecialDay> specialDays() {
        return Collections.unmodifiableCollection(specialDays.values());
    }

    /**
     * Whether the business is open.
     *
     * @param at any moment
     * @return {@code true} from the moment of opening on, {@code false} from the moment of closing on
     */
    public boolean isOpen(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        return hoursOn(local.toLocalDate()).stream().anyMatch(hours -> hours.contains(local.toLocalTime()));
    }

    /**
     * The first moment that is open.
     *
     * @param at from when to look
     * @return {@code at} itself if it is open; empty if there is no opening in {@value #HORIZON_YEARS} years
     */
    public Optional<Instant> nextOpening(Instant at) {
        Instant[] found = new Instant[1];
        walk(at, at.plus(HORIZON), (from, to) -> {
            found[0] = from;
            return false;
        });
        return Optional.ofNullable(found[0]);
    }

    /**
     * When an amount of business time is used up.
     *
     * @param from when it begins to count, open or not
     * @param duration of business time, zero or more
     * @return the moment when so much time was open since; the moment of closing if it is used up just then; {@code from}
     *     for zero
     * @throws IllegalArgumentException if the duration is negative
     * @throws RuleViolationException {@code calendar.no-opening} if there is not so much open time in the
     *     {@value #HORIZON_YEARS} years after
     */
    public Instant plus(Instant from, Duration duration) {
        return count(from, duration, null);
    }

    /**
     * As {@link #plus}, with the reasons.
     *
     * @param from when it begins to count, open or not
     * @param duration of business time, zero or more
     * @return when it is used up, which open times were counted and which special days were passed
     * @throws IllegalArgumentException if the duration is negative
     * @throws RuleViolationException {@code calendar.no-opening} if there is not so much open time in the
     *     {@value #HORIZON_YEARS} years after
     */
    public DueDate explain(Instant from, Duration duration) {
        List<OpenTime> counted = new ArrayList<>();
        Instant dueAt = count(from, duration, counted);
        Collection<SpecialDay> passed =
                specialDays.subMap(dateAt(from), true, dateAt(dueAt), true).values();
        return new DueDate(from, duration, dueAt, counted, List.copyOf(passed));
    }

    private Instant count(Instant from, Duration duration, @Nullable List<OpenTime> counted) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration: " + duration + " is negative");
        }
        if (duration.isZero()) {
            return from;
        }
        Countdown countdown = new Countdown(duration, counted);
        walk(from, from.plus(HORIZON), countdown);
        if (countdown.usedUpAt == null) {
            throw RuleViolationException.of(
                    "calendar.no-opening",
                    "duration",
                    duration,
                    "is more than is open in the " + HORIZON_YEARS + " years from " + from);
        }
        return countdown.usedUpAt;
    }

    private LocalDate dateAt(Instant at) {
        return at.atZone(zone).toLocalDate();
    }

    /**
     * How much of the time between two moments is open.
     *
     * @param from a moment
     * @param to another, within {@value #HORIZON_YEARS} years
     * @return elapsed time while open; negative if {@code to} is before {@code from}
     * @throws IllegalArgumentException if they are farther apart than {@value #HORIZON_YEARS} years
     */
    public Duration between(Instant from, Instant to) {
        if (to.isBefore(from)) {
            return between(to, from).negated();
        }
        if (Duration.between(from, to).compareTo(HORIZON) > 0) {
            throw new IllegalArgumentException(
                    from + " and " + to + " are more than " + HORIZON_YEARS + " years apart");
        }
        Duration[] sum = {Duration.ZERO};
        walk(from, to, (opens, closes) -> {
            sum[0] = sum[0].plus(Duration.between(opens, closes));
            return true;
        });
        return sum[0];
    }

    /** Is told of open times in order; says whether it wants more. */
    @FunctionalInterface
    private interface Visitor {
        boolean visit(Instant from, Instant to);
    }

    /** Uses up a duration. */
    private static final class Countdown implements Visitor {
        private Duration left;
        private final @Nullable List<OpenTime> counted;
        private @Nullable Instant usedUpAt;

        Countdown(Duration duration, @Nullable List<OpenTime> counted) {
            this.left = duration;
            this.counted = counted;
        }

        @Override
        public boolean visit(Instant from, Instant to) {
            Duration open = Duration.between(from, to);
            boolean enough = open.compareTo(left) >= 0;
            Instant end = enough ? from.plus(left) : to;
            if (counted != null) {
                note(counted, from, end);
            }
            left = left.minus(open);
            usedUpAt = enough ? end : null;
            return !enough;
        }

        /** Midnight and a clock change divide what the visitor is told of, but are no break. */
        private static void note(List<OpenTime> counted, Instant from, Instant to) {
            int last = counted.size() - 1;
            if (last >= 0 && counted.get(last).to().equals(from)) {
                counted.set(last, new OpenTime(counted.get(last).from(), to));
            } else {
                counted.add(new OpenTime(from, to));
            }
        }
    }

    /**
     * Passes the open times between two moments, in order. Between two clock changes the wall clock runs evenly, so days and
     * hours are looked up stretch by stretch; that way a repeated hour is in its place, even one that spans midnight.
     */
    private void walk(Instant from, Instant to, Visitor visitor) {
        ZoneRules rules = zone.getRules();
        boolean more = true;
        for (Instant start = from; more && start.isBefore(to); ) {
            ZoneOffsetTransition change = rules.nextTransition(start);
            Instant end = change == null || change.getInstant().isAfter(to) ? to : change.getInstant();
            more = walkEvenly(start, end, rules.getOffset(start), visitor);
            start = end;
        }
    }

    private boolean walkEvenly(Instant from, Instant to, ZoneOffset offset, Visitor visitor) {
        LocalDate last = LocalDate.ofInstant(to, offset);
        for (LocalDate date = LocalDate.ofInstant(from, offset); !date.isAfter(last); date = date.plusDays(1)) {
            for (OpeningHours hours : hoursOn(date)) {
                Instant opens = later(from, hours.opensOn(date, offset));
                Instant closes = earlier(to, hours.closesOn(date, offset));
                if (opens.isBefore(closes) && !visitor.visit(opens, closes)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BusinessCalendar that
                && zone.equals(that.zone)
                && weekly.equals(that.weekly)
                && specialDays.equals(that.specialDays);
    }

    @Override
    public int hashCode() {
        return Objects.hash(zone, weekly, specialDays);
    }

    /** The zone, the hours of the week and how many days are special. */
    @Override
    public String toString() {
        return "BusinessCalendar[" + zone + ", " + weekly + ", special days: " + specialDays.size() + "]";
    }

    /** Builds a {@link BusinessCalendar}. Not thread-safe. */
    public static final class Builder {
        private final ZoneId zone;
        private final Map<DayOfWeek, List<OpeningHours>> weekly = new EnumMap<>(DayOfWeek.class);
        private final Map<LocalDate, SpecialDay> holidays = new TreeMap<>();
        private final Map<LocalDate, SpecialDay> exceptions = new TreeMap<>();

        private Builder(ZoneId zone) {
            this.zone = Objects.requireNonNull(zone, "zone");
        }

        /**
         * Opens a weekday, in addition to hours it has.
         *
         * @param day of the week
         * @param hours one or more parts of the day
         * @return this
         */
        public Builder open(DayOfWeek day, OpeningHours... hours) {
            return open(List.of(day), hours);
        }

        /**
         * Opens weekdays, in addition to hours they have.
         *
         * @param days of the week: {@code EnumSet.range(MONDAY, FRIDAY)}
         * @param hours one or more parts of each of the days
         * @return this
         */
        public Builder open(Collection<DayOfWeek> days, OpeningHours... hours) {
            if (hours.length == 0) {
                throw new IllegalArgumentException("hours: there are none for " + days);
            }
            for (DayOfWeek day : days) {
                weekly.computeIfAbsent(day, d -> new ArrayList<>()).addAll(Arrays.asList(hours));
            }
            return this;
        }

        /**
         * Closes a date, unless it has an exception.
         *
         * @param date in the zone of the business
         * @param name of the holiday, for explanations
         * @return this
         * @throws InvalidValueException if the name breaks {@link StorableText}
         */
        public Builder holiday(LocalDate date, String name) {
            holidays.put(date, new SpecialDay(date, StorableText.require("name of a holiday", name), List.of()));
            return this;
        }

        /**
         * Gives a date hours of its own, be it a holiday or not; a second exception for a date replaces the first.
         *
         * @param date in the zone of the business
         * @param reason in words, for explanations: {@code "stocktaking"}
         * @param hours parts of that day; none if it is closed
         * @return this
         * @throws InvalidValueException if the reason breaks {@link StorableText}
         */
        public Builder exception(LocalDate date, String reason, OpeningHours... hours) {
            exceptions.put(
                    date, new SpecialDay(date, StorableText.require("reason of an exception", reason), List.of(hours)));
            return this;
        }

        /**
         * Ends building.
         *
         * @return the calendar
         * @throws InvalidValueException if hours of a day overlap, or the calendar is never open
         */
        public BusinessCalendar build() {
            return new BusinessCalendar(this);
        }
    }
}
