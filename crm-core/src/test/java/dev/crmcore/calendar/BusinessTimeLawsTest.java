package dev.crmcore.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the calendar to a count of minutes by wall clock, round clock changes of every kind: of an hour, of half an hour, of
 * a whole day, just after midnight, and none.
 */
class BusinessTimeLawsTest {
    private static final int CALENDARS = 40;
    private static final int WINDOW = 6 * 24 * 60;
    private static final int DAY = 24 * 60;

    /** A calendar twice: as built, and as the minutes of each day. */
    private record Model(BusinessCalendar calendar, Map<DayOfWeek, BitSet> week, Map<LocalDate, BitSet> dates) {
        boolean isOpen(Instant at) {
            ZonedDateTime local = at.atZone(calendar.zone());
            BitSet minutes = dates.getOrDefault(local.toLocalDate(), week.get(local.getDayOfWeek()));
            return minutes.get(local.getHour() * 60 + local.getMinute());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe/Berlin",
                "America/New_York",
                "Australia/Lord_Howe",
                "Asia/Tokyo",
                "America/St_Johns",
                "America/Havana",
                "Pacific/Apia",
                "UTC"
            })
    void agreesWithCountingMinutes(ZoneId zone) {
        Random random = new Random(zone.getId().hashCode());
        for (int i = 0; i < CALENDARS; i++) {
            Instant start = nearAChange(random, zone);
            Model model = model(random, zone, start.atZone(zone).toLocalDate());
            int[] openBefore = countMinutes(model, start);
            checkAgainstCount(model, start, openBefore, random);
            checkLaws(model.calendar(), start, random);
        }
    }

    private static int[] countMinutes(Model model, Instant start) {
        int[] openBefore = new int[WINDOW + 1];
        for (int minute = 0; minute < WINDOW; minute++) {
            Instant at = start.plus(minute, ChronoUnit.MINUTES);
            boolean open = model.isOpen(at);
            if (model.calendar().isOpen(at) != open) {
                assertThat(model.calendar().isOpen(at))
                        .as("%s at %s", model.calendar(), at)
                        .isEqualTo(open);
            }
            openBefore[minute + 1] = openBefore[minute] + (open ? 1 : 0);
        }
        return openBefore;
    }

    private static void checkAgainstCount(Model model, Instant start, int[] openBefore, Random random) {
        BusinessCalendar calendar = model.calendar();
        for (int i = 0; i < 50; i++) {
            int from = random.nextInt(WINDOW);
            int to = from + random.nextInt(WINDOW - from + 1);
            Instant a = start.plus(from, ChronoUnit.MINUTES);
            Instant b = start.plus(to, ChronoUnit.MINUTES);
            int open = openBefore[to] - openBefore[from];
            assertThat(calendar.between(a, b)).as("%s %s %s", calendar, a, b).isEqualTo(Duration.ofMinutes(open));
            if (open > 0) {
                int usedUp = from;
                while (openBefore[usedUp] - openBefore[from] < open) {
                    usedUp++;
                }
                int first = from;
                while (openBefore[first + 1] == openBefore[from]) {
                    first++;
                }
                assertThat(calendar.plus(a, Duration.ofMinutes(open)))
                        .as("%s %s + %s", calendar, a, open)
                        .isEqualTo(start.plus(usedUp, ChronoUnit.MINUTES));
                assertThat(calendar.nextOpening(a)).contains(start.plus(first, ChronoUnit.MINUTES));
            }
        }
    }

    private static void checkLaws(BusinessCalendar calendar, Instant start, Random random) {
        for (int i = 0; i < 50; i++) {
            Instant a = start.plusNanos(random.nextLong(Duration.ofDays(5).toNanos()));
            Duration d = Duration.ofNanos(random.nextLong(Duration.ofHours(30).toNanos()));
            Duration e =
                    Duration.ofNanos(1 + random.nextLong(Duration.ofHours(30).toNanos()));
            Instant due = calendar.plus(a, d);
            assertThat(calendar.between(a, due))
                    .as("%s %s + %s", calendar, a, d)
                    .isEqualTo(d);
            assertThat(calendar.plus(due, e)).isEqualTo(calendar.plus(a, d.plus(e)));
            assertThat(calendar.between(due, a)).isEqualTo(d.negated());
            DueDate why = calendar.explain(a, d);
            assertThat(why.dueAt()).isEqualTo(due);
            assertThat(why.counted().stream().map(OpenTime::duration).reduce(Duration.ZERO, Duration::plus))
                    .isEqualTo(d);
            for (int next = 1; next < why.counted().size(); next++) {
                assertThat(why.counted().get(next - 1).to())
                        .isBefore(why.counted().get(next).from());
            }
        }
    }

    /** Up to three days before a clock change of the zone between 1985 and 2030; any time where there is none. */
    private static Instant nearAChange(Random random, ZoneId zone) {
        Instant any = Instant.parse("1985-01-01T00:00:00Z").plus(random.nextInt(45 * 365), ChronoUnit.DAYS);
        ZoneOffsetTransition change = zone.getRules().nextTransition(any);
        Instant near = change == null ? any : change.getInstant();
        return near.minus(random.nextInt(3 * DAY), ChronoUnit.MINUTES);
    }

    private static Model model(Random random, ZoneId zone, LocalDate first) {
        BusinessCalendar.Builder builder = BusinessCalendar.builder(zone);
        Map<DayOfWeek, BitSet> week = new HashMap<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            BitSet minutes = day == DayOfWeek.WEDNESDAY || random.nextInt(4) > 0 ? minutes(random) : new BitSet();
            week.put(day, minutes);
            if (!minutes.isEmpty()) {
                builder.open(day, hours(minutes));
            }
        }
        Map<LocalDate, BitSet> dates = new HashMap<>();
        for (int day = 0; day < 7; day++) {
            LocalDate date = first.plusDays(day);
            switch (random.nextInt(8)) {
                case 0 -> {
                    builder.holiday(date, "holiday");
                    dates.put(date, new BitSet());
                }
                case 1 -> {
                    BitSet minutes = minutes(random);
                    builder.holiday(date, "holiday").exception(date, "exception", hours(minutes));
                    dates.put(date, minutes);
                }
                default -> {
                    // the hours of its weekday
                }
            }
        }
        return new Model(builder.build(), week, dates);
    }

    /** One to four parts of a day, sometimes from its beginning or to its end. */
    private static BitSet minutes(Random random) {
        BitSet minutes = new BitSet();
        for (int part = 1 + random.nextInt(4); part > 0; part--) {
            int from = random.nextInt(5) == 0 ? 0 : random.nextInt(DAY);
            int to = random.nextInt(5) == 0 ? DAY : from + 1 + random.nextInt(Math.min(DAY - from, 400));
            minutes.set(from, to);
        }
        return minutes;
    }

    private static OpeningHours[] hours(BitSet minutes) {
        OpeningHours[] hours = new OpeningHours[DAY];
        int count = 0;
        for (int from = minutes.nextSetBit(0); from >= 0; ) {
            int to = minutes.nextClearBit(from);
            hours[count++] = OpeningHours.of(time(from), time(to));
            from = minutes.nextSetBit(to);
        }
        return java.util.Arrays.copyOf(hours, count);
    }

    private static LocalTime time(int minute) {
        return LocalTime.ofSecondOfDay(minute % DAY * 60L);
    }
}
