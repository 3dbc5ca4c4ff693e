package dev.crmcore.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.value.InvalidValueException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BusinessCalendarTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");
    private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    /** A Monday. */
    private static final LocalDate MONDAY = LocalDate.of(2026, 6, 1);

    private static BusinessCalendar.Builder desk(ZoneId zone) {
        return BusinessCalendar.builder(zone).open(WORKDAYS, OpeningHours.parse("10:00-18:00"));
    }

    private static Instant at(ZoneId zone, DayOfWeek day, String time) {
        return MONDAY.plusDays(day.getValue() - 1)
                .atTime(LocalTime.parse(time))
                .atZone(zone)
                .toInstant();
    }

    private static Instant nextWeek(ZoneId zone, DayOfWeek day, String time) {
        return MONDAY.plusDays(6 + day.getValue())
                .atTime(LocalTime.parse(time))
                .atZone(zone)
                .toInstant();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "Asia/Kolkata", "America/New_York", "Pacific/Chatham", "UTC"})
    void scenarioS1(ZoneId zone) {
        BusinessCalendar desk = desk(zone).build();

        Instant urgent = at(zone, DayOfWeek.FRIDAY, "17:00");
        assertThat(desk.plus(urgent, Duration.ofMinutes(30))).isEqualTo(at(zone, DayOfWeek.FRIDAY, "17:30"));
        assertThat(desk.plus(urgent, Duration.ofHours(2))).isEqualTo(nextWeek(zone, DayOfWeek.MONDAY, "11:00"));

        Instant late = at(zone, DayOfWeek.FRIDAY, "19:00");
        assertThat(desk.plus(late, Duration.ofHours(1))).isEqualTo(nextWeek(zone, DayOfWeek.MONDAY, "11:00"));
        assertThat(desk.plus(late, Duration.ofHours(4))).isEqualTo(nextWeek(zone, DayOfWeek.MONDAY, "14:00"));

        BusinessCalendar withHolidays = desk.toBuilder()
                .holiday(MONDAY.plusDays(3), "Corpus Christi")
                .holiday(MONDAY.plusDays(4), "Bridge day")
                .build();
        Instant holiday = at(zone, DayOfWeek.THURSDAY, "15:00");
        assertThat(withHolidays.plus(holiday, Duration.ofMinutes(30)))
                .isEqualTo(nextWeek(zone, DayOfWeek.MONDAY, "10:30"));
        assertThat(withHolidays.plus(holiday, Duration.ofHours(2)))
                .isEqualTo(nextWeek(zone, DayOfWeek.MONDAY, "12:00"));

        // paused for an hour: used up just at closing is due at closing, a second more is the next morning
        Instant thursday = at(zone, DayOfWeek.THURSDAY, "15:00");
        Duration target = Duration.ofHours(2);
        assertThat(desk.plus(thursday, target.plusSeconds(3600))).isEqualTo(at(zone, DayOfWeek.THURSDAY, "18:00"));
        assertThat(desk.plus(thursday, target.plusSeconds(3601))).isEqualTo(at(zone, DayOfWeek.FRIDAY, "10:00:01"));

        BusinessCalendar fridayOff =
                desk.toBuilder().holiday(MONDAY.plusDays(4), "Bridge day").build();
        assertThat(fridayOff.between(at(zone, DayOfWeek.THURSDAY, "17:30"), nextWeek(zone, DayOfWeek.MONDAY, "13:00")))
                .isEqualTo(Duration.ofMinutes(210));
        assertThat(fridayOff.between(at(zone, DayOfWeek.THURSDAY, "17:50"), nextWeek(zone, DayOfWeek.MONDAY, "12:30")))
                .isEqualTo(Duration.ofMinutes(160));
    }

    @Test
    void aFollowUpOfFridayEveningIsDueOnMonday() {
        assertThat(desk(BERLIN).build().plus(at(BERLIN, DayOfWeek.FRIDAY, "17:30"), Duration.ofHours(4)))
                .isEqualTo(nextWeek(BERLIN, DayOfWeek.MONDAY, "13:30"));
    }

    @Test
    void aLunchBreakDoesNotCount() {
        BusinessCalendar desk = BusinessCalendar.builder(BERLIN)
                .open(WORKDAYS, OpeningHours.parse("13:00-17:30"), OpeningHours.parse("08:30-12:00"))
                .build();
        Instant morning = at(BERLIN, DayOfWeek.MONDAY, "11:30");
        assertThat(desk.plus(morning, Duration.ofMinutes(30))).isEqualTo(at(BERLIN, DayOfWeek.MONDAY, "12:00"));
        assertThat(desk.plus(morning, Duration.ofMinutes(31))).isEqualTo(at(BERLIN, DayOfWeek.MONDAY, "13:01"));
        assertThat(desk.isOpen(at(BERLIN, DayOfWeek.MONDAY, "12:00"))).isFalse();
        assertThat(desk.nextOpening(at(BERLIN, DayOfWeek.MONDAY, "12:00")))
                .contains(at(BERLIN, DayOfWeek.MONDAY, "13:00"));
        assertThat(desk.hoursOn(DayOfWeek.MONDAY)).hasToString("[08:30-12:00, 13:00-17:30]");
        assertThat(desk.hoursOn(DayOfWeek.SUNDAY)).isEmpty();
    }

    @Test
    void anExceptionWinsOverAHolidayAndTheHolidayOverTheWeek() {
        BusinessCalendar.Builder builder = desk(BERLIN)
                .exception(MONDAY, "Stocktaking", OpeningHours.parse("08:00-09:00"))
                .holiday(MONDAY, "Whit Monday")
                .holiday(MONDAY.plusDays(1), "Off")
                .exception(MONDAY.plusDays(2), "Works outing")
                .exception(MONDAY.plusDays(5), "Open Saturday", OpeningHours.parse("10:00-12:00"));
        BusinessCalendar desk = builder.build();
        assertThat(desk.hoursOn(MONDAY)).containsExactly(OpeningHours.parse("08:00-09:00"));
        assertThat(desk.hoursOn(MONDAY.plusDays(1))).isEmpty();
        assertThat(desk.hoursOn(MONDAY.plusDays(2))).isEmpty();
        assertThat(desk.hoursOn(MONDAY.plusDays(3))).containsExactly(OpeningHours.parse("10:00-18:00"));
        assertThat(desk.hoursOn(MONDAY.plusDays(5))).containsExactly(OpeningHours.parse("10:00-12:00"));
        assertThat(desk.specialDays())
                .extracting(SpecialDay::reason)
                .containsExactly("Stocktaking", "Off", "Works outing", "Open Saturday");
        assertThat(desk.toBuilder().build()).isEqualTo(desk).hasSameHashCodeAs(desk);
        assertThat(desk.toBuilder().holiday(MONDAY.plusDays(9), "x").build()).isNotEqualTo(desk);
    }

    @Test
    void aDueDateIsExplained() {
        BusinessCalendar desk = desk(BERLIN)
                .holiday(MONDAY.plusDays(7), "Holiday")
                .holiday(MONDAY.plusDays(60), "Not on the way")
                .build();
        DueDate due = desk.explain(at(BERLIN, DayOfWeek.FRIDAY, "17:00"), Duration.ofHours(4));
        assertThat(due.dueAt()).isEqualTo(nextWeek(BERLIN, DayOfWeek.TUESDAY, "13:00"));
        assertThat(due.counted())
                .containsExactly(
                        new OpenTime(at(BERLIN, DayOfWeek.FRIDAY, "17:00"), at(BERLIN, DayOfWeek.FRIDAY, "18:00")),
                        new OpenTime(
                                nextWeek(BERLIN, DayOfWeek.TUESDAY, "10:00"),
                                nextWeek(BERLIN, DayOfWeek.TUESDAY, "13:00")));
        assertThat(due.specialDays()).containsExactly(new SpecialDay(MONDAY.plusDays(7), "Holiday", List.of()));
        assertThat(due.from()).isEqualTo(at(BERLIN, DayOfWeek.FRIDAY, "17:00"));
        assertThat(due.duration()).isEqualTo(Duration.ofHours(4));
        assertThat(due).isEqualTo(desk.explain(due.from(), due.duration()));
        assertThat(due).hasSameHashCodeAs(desk.explain(due.from(), due.duration()));
        assertThat(due).isNotEqualTo(desk.explain(due.from(), Duration.ofHours(3)));
    }

    @Test
    void nothingToCountIsDueAtOnce() {
        BusinessCalendar desk = desk(BERLIN).build();
        Instant night = at(BERLIN, DayOfWeek.FRIDAY, "23:00");
        assertThat(desk.plus(night, Duration.ZERO)).isEqualTo(night);
        assertThat(desk.explain(night, Duration.ZERO).counted()).isEmpty();
        assertThat(desk.between(night, night)).isZero();
        assertThat(desk.plus(night, Duration.ofNanos(1)))
                .isEqualTo(nextWeek(BERLIN, DayOfWeek.MONDAY, "10:00").plusNanos(1));
        assertThatThrownBy(() -> desk.plus(night, Duration.ofSeconds(-1))).hasMessage("duration: PT-1S is negative");
    }

    @Test
    void opensAtTheFirstMomentAndIsClosedAtTheLast() {
        BusinessCalendar desk = desk(BERLIN).build();
        Instant opening = at(BERLIN, DayOfWeek.MONDAY, "10:00");
        Instant closing = at(BERLIN, DayOfWeek.MONDAY, "18:00");
        assertThat(desk.isOpen(opening.minusNanos(1))).isFalse();
        assertThat(desk.isOpen(opening)).isTrue();
        assertThat(desk.isOpen(closing.minusNanos(1))).isTrue();
        assertThat(desk.isOpen(closing)).isFalse();
        assertThat(desk.nextOpening(opening)).contains(opening);
        assertThat(desk.nextOpening(opening.minusNanos(1))).contains(opening);
        assertThat(desk.nextOpening(closing)).contains(at(BERLIN, DayOfWeek.TUESDAY, "10:00"));
    }

    @Test
    void betweenIsNegativeBackwards() {
        BusinessCalendar desk = desk(BERLIN).build();
        Instant friday = at(BERLIN, DayOfWeek.FRIDAY, "17:00");
        Instant monday = nextWeek(BERLIN, DayOfWeek.MONDAY, "10:30");
        assertThat(desk.between(monday, friday)).isEqualTo(Duration.ofMinutes(-90));
    }

    @Test
    void nightHoursAreOneStretch() {
        BusinessCalendar bar = BusinessCalendar.builder(BERLIN)
                .open(DayOfWeek.FRIDAY, OpeningHours.parse("22:00-24:00"))
                .open(DayOfWeek.SATURDAY, OpeningHours.parse("00:00-06:00"))
                .build();
        assertThat(bar.explain(at(BERLIN, DayOfWeek.FRIDAY, "20:00"), Duration.ofHours(8))
                        .counted())
                .containsExactly(
                        new OpenTime(at(BERLIN, DayOfWeek.FRIDAY, "22:00"), at(BERLIN, DayOfWeek.SATURDAY, "06:00")));
        assertThat(bar.isOpen(at(BERLIN, DayOfWeek.SATURDAY, "00:00"))).isTrue();
    }

    @Test
    void alwaysOpenIsElapsedTimeOverClockChanges() {
        BusinessCalendar always = BusinessCalendar.alwaysOpen(BERLIN);
        Instant from = Instant.parse("2026-03-01T00:00:00Z");
        Duration year = Duration.ofDays(365);
        assertThat(always.plus(from, year)).isEqualTo(from.plus(year));
        assertThat(always.explain(from, year).counted()).containsExactly(new OpenTime(from, from.plus(year)));
        assertThat(always.nextOpening(from)).contains(from);
    }

    /** Berlin skips 02:00 to 03:00 on 2026-03-29 and repeats it on 2026-10-25. */
    @ParameterizedTest
    @CsvSource({
        "00:00-24:00, 2026-03-28T23:00:00Z, 23, 2026-03-29T22:00:00Z",
        "00:00-24:00, 2026-10-24T22:00:00Z, 25, 2026-10-25T23:00:00Z",
        "01:00-04:00, 2026-03-28T23:00:00Z, 2, 2026-03-29T02:00:00Z",
        "01:00-04:00, 2026-10-24T22:00:00Z, 4, 2026-10-25T03:00:00Z",
        "01:30-02:30, 2026-10-24T22:00:00Z, 1, 2026-10-25T00:30:00Z",
        "02:30-05:30, 2026-03-28T23:00:00Z, 2, 2026-03-29T03:00:00Z",
    })
    void skippedHoursAreNotThereAndRepeatedOnesTwice(String hours, Instant from, int open, Instant dueAt) {
        LocalDate date = from.plus(Duration.ofHours(4)).atZone(BERLIN).toLocalDate();
        BusinessCalendar calendar = BusinessCalendar.builder(BERLIN)
                .exception(date, "Only day", OpeningHours.parse(hours))
                .build();
        assertThat(calendar.plus(from, Duration.ofHours(open))).isEqualTo(dueAt);
    }

    @Test
    void hoursThatAreSkippedWholeAreNoOpening() {
        BusinessCalendar calendar = BusinessCalendar.builder(BERLIN)
                .open(DayOfWeek.SUNDAY, OpeningHours.parse("02:00-03:00"))
                .build();
        Instant before = Instant.parse("2026-03-28T12:00:00Z");
        assertThat(calendar.nextOpening(before)).contains(Instant.parse("2026-04-05T00:00:00Z"));
    }

    @Test
    void aCalendarThatIsNeverOpenIsRefused() {
        BusinessCalendar.Builder builder =
                BusinessCalendar.builder(BERLIN).holiday(MONDAY, "x").exception(MONDAY, "y");
        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("business calendar: is never open");
        assertThatThrownBy(() -> builder.open(DayOfWeek.MONDAY)).hasMessage("hours: there are none for [MONDAY]");
    }

    @Test
    void aCalendarThatRunsOutIsAnErrorAndNoEndlessLoop() {
        BusinessCalendar fair = BusinessCalendar.builder(BERLIN)
                .exception(MONDAY, "Fair", OpeningHours.parse("10:00-18:00"))
                .build();
        Instant opening = at(BERLIN, DayOfWeek.MONDAY, "10:00");
        assertThat(fair.plus(opening, Duration.ofHours(8))).isEqualTo(at(BERLIN, DayOfWeek.MONDAY, "18:00"));
        assertThatThrownBy(() -> fair.plus(opening, Duration.ofHours(8).plusNanos(1)))
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.rule()).isEqualTo("calendar.no-opening"));
        assertThat(fair.nextOpening(at(BERLIN, DayOfWeek.MONDAY, "18:00"))).isEmpty();
        assertThatThrownBy(() -> desk(BERLIN).build().plus(opening, Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(RuleViolationException.class);
        assertThatThrownBy(() -> fair.between(opening, opening.plus(Duration.ofDays(40_000))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void longTimesAreExact() {
        BusinessCalendar desk = desk(KOLKATA).build();
        Instant from = at(KOLKATA, DayOfWeek.MONDAY, "10:00");
        assertThat(desk.plus(from, Duration.ofHours(8 * 5 * 52 * 10)))
                .isEqualTo(from.plus(Duration.ofDays(7 * 52 * 10 - 3)).plus(Duration.ofHours(8)));
    }

    @Test
    void hoursThatMeetAreOneAndHoursThatOverlapAreASlip() {
        BusinessCalendar calendar = BusinessCalendar.builder(BERLIN)
                .open(DayOfWeek.MONDAY, OpeningHours.parse("12:00-18:00"))
                .open(DayOfWeek.MONDAY, OpeningHours.parse("09:00-12:00"))
                .build();
        assertThat(calendar.hoursOn(DayOfWeek.MONDAY)).containsExactly(OpeningHours.parse("09:00-18:00"));
        for (String other : List.of("17:59-24:00", "00:00-24:00", "10:00-11:00", "09:00-18:00")) {
            assertThatThrownBy(() -> calendar.toBuilder()
                            .open(DayOfWeek.MONDAY, OpeningHours.parse(other))
                            .build())
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageStartingWith("opening hours of MONDAY: ")
                    .hasMessageEndingWith(" overlap");
        }
        assertThatThrownBy(() -> calendar.toBuilder()
                        .exception(MONDAY, "x", OpeningHours.parse("09:00-24:00"), OpeningHours.parse("20:00-21:00"))
                        .build())
                .hasMessage("opening hours of 2026-06-01: 09:00-24:00 and 20:00-21:00 overlap");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10:00", "9-17", "09:00 - 17:00", "10:00-25:00", "24:00-24:00", "-"})
    void hoursHaveAForm(String text) {
        assertThatThrownBy(() -> OpeningHours.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("opening hours: '" + text + "' is not of the form 09:00-12:30");
    }

    @ParameterizedTest
    @ValueSource(strings = {"18:00-10:00", "10:00-10:00", "22:00-06:00"})
    void hoursBeginBeforeTheyEnd(String text) {
        assertThatThrownBy(() -> OpeningHours.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("opening hours: " + text
                        + " do not begin before they end; hours over midnight are two, one for each day");
    }

    @Test
    void hoursAreWrittenAsTheyAreRead() {
        for (String text : List.of("00:00-24:00", "09:00-12:30", "22:15:30-24:00")) {
            assertThat(OpeningHours.parse(text)).hasToString(text);
        }
        assertThat(OpeningHours.of(LocalTime.NOON, LocalTime.MIDNIGHT)).isEqualTo(OpeningHours.parse("12:00-24:00"));
        assertThatThrownBy(() -> new OpenTime(Instant.EPOCH, Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new OpenTime(Instant.EPOCH, Instant.EPOCH.plusSeconds(5)).duration())
                .hasSeconds(5);
    }

    @Test
    void aDaySkippedByTheZoneIsNotThere() {
        ZoneId apia = ZoneId.of("Pacific/Apia");
        BusinessCalendar shop = BusinessCalendar.builder(apia)
                .open(List.of(DayOfWeek.values()), OpeningHours.parse("09:00-17:00"))
                .build();
        Instant from = LocalDateTime.parse("2011-12-29T09:00").atZone(apia).toInstant();
        assertThat(shop.plus(from, Duration.ofHours(9)))
                .isEqualTo(LocalDateTime.parse("2011-12-31T10:00").atZone(apia).toInstant());
    }

    @Test
    void goesThroughItsJsonForm() {
        BusinessCalendar desk = desk(BERLIN)
                .open(DayOfWeek.SATURDAY, OpeningHours.parse("22:00-24:00"), OpeningHours.parse("08:15-12:30:30"))
                .holiday(MONDAY, "Whit Monday \u201Cday off\u201D")
                .exception(MONDAY.plusDays(5), "Stocktaking", OpeningHours.parse("10:00-12:00"))
                .build();
        BusinessCalendar read = BusinessCalendar.parse(desk.toJson());
        assertThat(read).isEqualTo(desk).hasSameHashCodeAs(desk);
        assertThat(read.toJson()).isEqualTo(desk.toJson());
        assertThat(read.toBuilder().build()).isEqualTo(desk);
        BusinessCalendar offset = BusinessCalendar.alwaysOpen(ZoneId.of("+05:30"));
        assertThat(BusinessCalendar.parse(offset.toJson())).isEqualTo(offset);
    }

    /** What the first schema wrote; it can always be read. */
    @Test
    void readsTheFirstJsonForm() {
        BusinessCalendar desk = BusinessCalendar.parse("""
                {"schema":1,"zone":"Europe/Berlin","weekly":{"MONDAY":["10:00-12:00","13:00-24:00"]},
                 "days":[{"date":"2026-06-08","reason":"Holiday"},
                         {"date":"2026-06-09","reason":"Sale","hours":["00:00-24:00"]}]}""");
        assertThat(desk.zone()).isEqualTo(BERLIN);
        assertThat(desk.hoursOn(DayOfWeek.MONDAY)).hasToString("[10:00-12:00, 13:00-24:00]");
        assertThat(desk.hoursOn(MONDAY.plusDays(7))).isEmpty();
        assertThat(desk.hoursOn(MONDAY.plusDays(8))).containsExactly(OpeningHours.allDay());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'schema':2,'zone':'UTC','weekly':{'MONDAY':['10:00-12:00']}}",
                "{'schema':1,'zone':'Nowhere/Land','weekly':{'MONDAY':['10:00-12:00']}}",
                "{'schema':1,'zone':'UTC','weekly':{'Monday':['10:00-12:00']}}",
                "{'schema':1,'zone':'UTC','weekly':{'MONDAY':['10-12']}}",
                "{'schema':1,'zone':'UTC','weekly':{'MONDAY':['10:00-12:00','11:00-13:00']}}",
                "{'schema':1,'zone':'UTC','weekly':{}}"
            })
    void refusesJsonThatIsNoCalendar(String json) {
        assertThatThrownBy(() -> BusinessCalendar.parse(json.replace('\'', '"')))
                .isInstanceOf(InvalidValueException.class);
    }
}
