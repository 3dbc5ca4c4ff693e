package dev.crmcore.metrics.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.CountedValues;
import dev.crmcore.metrics.CustomerNumbers;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.QuantileDefinition;
import dev.crmcore.metrics.SampleQuantiles;
import dev.crmcore.metrics.service.FirstContactResolution.RepeatContact;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seconds and due times exactly as the reference, ratios within 1e-12. */
class ServiceTest {

    private static final JsonNode GOLDEN = Golden.json("kpi/sla.json");
    private static final JsonNode SUMMARY = GOLDEN.get("summary");
    private static final long AS_OF = millis(GOLDEN.get("as_of").textValue());
    private static final List<String[]> ROWS = Golden.csv("kpi/support/tickets.csv");
    private static final OpeningTime OPEN = hours(GOLDEN.get("calendar"), "zone");

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }

    private static OpeningTime hours(JsonNode calendar, String zone) {
        WeeklyHours hours = WeeklyHours.in(ZoneId.of(calendar.get(zone).textValue()));
        calendar.get("hours")
                .properties()
                .forEach(day -> day.getValue()
                        .forEach(pair -> hours.open(
                                DayOfWeek.of(Integer.parseInt(day.getKey())),
                                LocalTime.parse(pair.get(0).textValue()),
                                pair.get(1).textValue().equals("24:00")
                                        ? LocalTime.MIDNIGHT
                                        : LocalTime.parse(pair.get(1).textValue()))));
        calendar.get("holidays").forEach(day -> hours.closed(LocalDate.parse(day.textValue())));
        return hours.between(LocalDate.of(2025, 1, 1), LocalDate.of(2026, 1, 1));
    }

    private static ServiceClock firstResponse(String[] row) {
        ServiceClock clock = ServiceClock.started(OPEN, millis(row[3]));
        return row[5].isEmpty() ? clock : clock.stopped(millis(row[5]));
    }

    private static ServiceClock resolution(String[] row) {
        ServiceClock clock = ServiceClock.started(OPEN, millis(row[3]));
        if (!row[6].isEmpty()) {
            clock = row[7].isEmpty()
                    ? clock.pausedSince(millis(row[6]))
                    : clock.pausedBetween(millis(row[6]), millis(row[7]));
        }
        return row[8].isEmpty() ? clock : clock.stopped(millis(row[8]));
    }

    private static long allowed(String[] row, String what) {
        return 1_000 * GOLDEN.get("policy_seconds").get(row[2]).get(what).longValue();
    }

    private static String state(ServiceTarget target) {
        return switch (target) {
            case MET -> "met";
            case BREACHED_LATE, BREACHED_OPEN -> "breached";
            case RUNNING -> "running";
            case PAUSED -> "paused";
        };
    }

    private static void assertSeconds(long millis, JsonNode expected) {
        assertThat(millis / 1_000.0).isEqualTo(expected.doubleValue());
    }

    @Test
    @DisplayName("times, due times and states of every ticket equal the reference to the second")
    void tickets() {
        for (int i = 0; i < ROWS.size(); i++) {
            String[] row = ROWS.get(i);
            JsonNode expected = GOLDEN.get("tickets").get(i);
            assertThat(row[0]).isEqualTo(expected.get("ticket").textValue());
            ServiceClock response = firstResponse(row);
            if (response.isStopped(AS_OF)) {
                assertSeconds(response.elapsed(AS_OF), expected.get("first_response_business_seconds"));
                assertSeconds(
                        OpeningTime.ALWAYS.between(millis(row[3]), millis(row[5])),
                        expected.get("first_response_wall_seconds"));
            }
            assertThat(response.due(allowed(row, "first_response_s")))
                    .hasValue(millis(expected.get("first_response_due_at").textValue()));
            assertThat(state(response.target(allowed(row, "first_response_s"), AS_OF)))
                    .isEqualTo(expected.get("first_response_state").textValue());
            ServiceClock solved = resolution(row);
            if (solved.isStopped(AS_OF)) {
                assertSeconds(solved.elapsed(AS_OF), expected.get("resolution_business_seconds_excl_pending"));
                assertSeconds(solved.pausedTime(AS_OF), expected.get("pending_business_seconds"));
            }
            assertThat(state(solved.target(allowed(row, "resolution_s"), AS_OF)))
                    .isEqualTo(expected.get("resolution_state").textValue());
        }
    }

    @Test
    @DisplayName("quantiles, attainment with overdue tickets and without, equal the reference")
    void summary() {
        CountedValues responses = ServiceTimes.FIRST_RESPONSE.create();
        CountedValues resolutions = ServiceTimes.RESOLUTION.create();
        ServiceAttainment responded = ServiceAttainment.FIRST_RESPONSE.create();
        ServiceAttainment solved = ServiceAttainment.RESOLUTION.create();
        for (String[] row : ROWS) {
            ServiceClock response = firstResponse(row);
            ServiceClock resolution = resolution(row);
            responded.add(response.target(allowed(row, "first_response_s"), AS_OF));
            solved.add(resolution.target(allowed(row, "resolution_s"), AS_OF));
            if (response.isStopped(AS_OF)) {
                responses.add(response.elapsed(AS_OF));
            }
            if (resolution.isStopped(AS_OF)) {
                resolutions.add(resolution.elapsed(AS_OF));
            }
        }
        assertTimes(responses.result(), SUMMARY.get("first_response_business_seconds"));
        assertTimes(resolutions.result(), SUMMARY.get("resolution_business_seconds"));
        assertAttainment(responded.result(), SUMMARY.get("first_response_attainment"));
        assertAttainment(solved.result(), SUMMARY.get("resolution_attainment"));
    }

    private static void assertTimes(SampleQuantiles millis, JsonNode expected) {
        SampleQuantiles seconds = millis.in(1_000);
        assertThat(seconds.n()).isEqualTo(expected.get("n").longValue());
        assertThat(seconds.mean().value()).isCloseTo(expected.get("mean").doubleValue(), within(1e-9));
        assertThat(seconds.median().value()).isCloseTo(expected.get("median").doubleValue(), within(1e-9));
        assertThat(seconds.quantile(0.9, QuantileDefinition.TYPE_7).value())
                .isCloseTo(expected.get("p90_type7").doubleValue(), within(1e-9));
        assertThat(seconds.quantile(0.9, QuantileDefinition.NEAREST_RANK).value())
                .isEqualTo(expected.get("p90_nearest_rank").doubleValue());
        assertThat(seconds.quantile(0.95, QuantileDefinition.TYPE_7).value())
                .isCloseTo(expected.get("p95_type7").doubleValue(), within(1e-9));
        assertThat(seconds.max().value()).isEqualTo(expected.get("max").doubleValue());
    }

    private static void assertAttainment(ServiceAttainment.Result actual, JsonNode expected) {
        assertThat(actual.met()).isEqualTo(expected.get("met").longValue());
        assertThat(actual.breachedLate() + actual.breachedOpen())
                .isEqualTo(expected.get("breached").longValue());
        assertThat(actual.running() + actual.paused())
                .isEqualTo(expected.get("running_or_paused").longValue());
        assertThat(actual.attainment().estimate().value())
                .isCloseTo(expected.get("attainment_met_over_met_plus_breached").doubleValue(), within(1e-12));
        Golden.assertInterval(
                actual.attainment().estimate().interval().orElseThrow(), expected.get("wilson_95"), 1e-12);
        assertThat(actual.attainmentOfDone().estimate().value())
                .isCloseTo(expected.get("attainment_closed_only").doubleValue(), within(1e-12));
    }

    @Test
    @DisplayName("clock changes, holidays, weekends, lunch and nights: opening and due times equal the reference")
    void singleCases() {
        for (JsonNode expected : GOLDEN.get("single_cases")) {
            OpeningTime open = hours(expected, "calendar_zone");
            long from = millis(expected.get("from").textValue());
            long to = millis(expected.get("to").textValue());
            assertSeconds(open.between(from, to), expected.get("business_seconds"));
            assertThat(open.after(
                            from, 1_000 * expected.get("plus_policy_seconds").longValue()))
                    .hasValue(millis(expected.get("due_at").textValue()));
        }
    }

    private static List<Ticket> contacts() {
        CustomerNumbers<String> customers = new CustomerNumbers<>();
        return ROWS.stream()
                .map(row -> {
                    Ticket.Builder ticket = Ticket.builder(customers.of(row[1]), Instant.parse(row[3]));
                    if (!row[8].isEmpty()) {
                        ticket.resolved(Instant.parse(row[8]), Integer.parseInt(row[10]));
                    }
                    if (!row[9].isEmpty()) {
                        ticket.reopened(Instant.parse(row[9]));
                    }
                    return ticket.build();
                })
                .toList();
    }

    @Test
    @DisplayName("first-contact resolution in its three variants equals the reference, and says which repeat counts")
    void firstContact() {
        JsonNode expected = SUMMARY.get("fcr");
        Instant asOf = Instant.ofEpochMilli(AS_OF);
        FirstContactResolution fcr =
                FirstContactResolution.of(contacts(), asOf, Duration.ofDays(7), RepeatContact.RESOLVED_TICKET);
        assertThat(fcr.oneReply().trials()).isEqualTo(expected.get("resolved").longValue());
        assertThat(fcr.oneReply().estimate().value())
                .isCloseTo(expected.get("a_one_reply").doubleValue(), within(1e-12));
        assertThat(fcr.notReopened().estimate().value())
                .isCloseTo(expected.get("b_one_reply_not_reopened").doubleValue(), within(1e-12));
        assertThat(fcr.noRepeat().trials())
                .isEqualTo(expected.get("mature_resolved").longValue());
        assertThat(fcr.noRepeat().estimate().value())
                .isCloseTo(expected.get("c_one_reply_no_reopen_no_repeat_7d").doubleValue(), within(1e-12));
        Golden.assertInterval(fcr.noRepeat().estimate().interval().orElseThrow(), expected.get("c_wilson_95"), 1e-12);
        assertThat(fcr.reopened().estimate().value())
                .isCloseTo(SUMMARY.get("reopen_rate").doubleValue(), within(1e-12));
        FirstContactResolution strict =
                FirstContactResolution.of(contacts(), asOf, Duration.ofDays(7), RepeatContact.ANY_TICKET);
        assertThat(strict.noRepeat()).isEqualTo(Proportion.of(56, 134));
        assertThat(FirstContactResolution.of(List.of(), asOf, Duration.ZERO, RepeatContact.ANY_TICKET)
                        .oneReply()
                        .estimate()
                        .isDefined())
                .isFalse();
        assertThatThrownBy(
                        () -> FirstContactResolution.of(List.of(), asOf, Duration.ofDays(-1), RepeatContact.ANY_TICKET))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName(
            "promises: in time up to the instant itself; overdue and open is broken; what came later was not known")
    void promises() {
        Instant due = Instant.parse("2025-03-01T12:00:00Z");
        Instant later = due.plusMillis(1);
        assertThat(new Promise(due, Optional.of(due)).target(later)).isEqualTo(ServiceTarget.MET);
        assertThat(new Promise(due, Optional.of(later)).target(later)).isEqualTo(ServiceTarget.BREACHED_LATE);
        assertThat(new Promise(due, Optional.of(later)).target(due)).isEqualTo(ServiceTarget.RUNNING);
        assertThat(new Promise(due, Optional.empty()).target(later)).isEqualTo(ServiceTarget.BREACHED_OPEN);
        ServiceAttainment.Result result = ServiceAttainment.PROMISES.of(Stream.of(due, later)
                .map(kept -> new Promise(due, Optional.of(kept)).target(later))
                .toList());
        assertThat(result.attainment()).isEqualTo(Proportion.of(1, 2));
        assertThat(ServiceAttainment.PROMISES
                        .create()
                        .result()
                        .attainment()
                        .estimate()
                        .isDefined())
                .isFalse();
    }

    @Test
    @DisplayName("opening, pauses and due times of random data equal those of walking instant by instant")
    void instantByInstant() {
        Random random = new Random(4);
        for (int round = 0; round < 500; round++) {
            long[] bounds = random.longs(2L * (1 + random.nextInt(4)), 0, 60)
                    .distinct()
                    .sorted()
                    .toArray();
            OpeningIntervals open = OpeningIntervals.of(Arrays.copyOf(bounds, bounds.length / 2 * 2));
            boolean[] counts = new boolean[80];
            for (int i = 0; i + 1 < bounds.length / 2 * 2; i += 2) {
                Arrays.fill(counts, (int) bounds[i], (int) bounds[i + 1], true);
            }
            int start = random.nextInt(40);
            ServiceClock clock = ServiceClock.started(open, start);
            List<long[]> pauses = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                long from = random.nextInt(60);
                long to = from + random.nextInt(15);
                pauses.add(new long[] {from, to});
                clock = clock.pausedBetween(from, to);
            }
            long allowed = 1L + random.nextInt(20);
            long elapsed = 0;
            OptionalLong due = OptionalLong.empty();
            for (int at = start; at < 79; at++) {
                assertThat(clock.elapsed(at)).isEqualTo(elapsed);
                assertThat(clock.target(allowed, at).isBreached()).isEqualTo(elapsed > allowed);
                int now = at;
                boolean runs = counts[at] && pauses.stream().noneMatch(p -> p[0] <= now && now < p[1]);
                elapsed += runs ? 1 : 0;
                if (runs && elapsed == allowed) {
                    due = OptionalLong.of(at + 1);
                }
            }
            assertThat(clock.due(allowed)).isEqualTo(due);
        }
    }

    @Test
    @DisplayName("a pause that goes on leaves the due time open, and a clock at rest is paused, not breached")
    void pausedSince() {
        ServiceClock clock = ServiceClock.started(OpeningTime.ALWAYS, 0).pausedSince(50);
        assertThat(clock.due(50)).hasValue(50);
        assertThat(clock.due(51)).isEmpty();
        assertThat(clock.target(60, 1_000)).isEqualTo(ServiceTarget.PAUSED);
        assertThat(clock.target(40, 1_000)).isEqualTo(ServiceTarget.BREACHED_OPEN);
        assertThat(clock.stopped(1_000).target(50, 2_000)).isEqualTo(ServiceTarget.MET);
        assertThat(clock.stopped(1_000).isStopped(999)).isFalse();
        assertThat(ServiceClock.started(OpeningTime.ALWAYS, 0)
                        .pausedBetween(5, 5)
                        .due(0))
                .hasValue(0);
        assertThat(OpeningIntervals.of(10, 20).after(0, 0)).hasValue(10);
        assertThat(OpeningIntervals.of(10, 20).after(20, 0)).isEmpty();
        assertThat(OpeningIntervals.of().after(0, 5)).isEmpty();
    }

    @Test
    @DisplayName("no time allowed is due at once, whatever pauses come later, and beyond 64 bits it is never due")
    void nothingAllowed() {
        ServiceClock clock = ServiceClock.started(OpeningTime.ALWAYS, 1_000).pausedBetween(2_000, 3_000);
        assertThat(clock.due(0)).hasValue(1_000);
        assertThat(ServiceClock.started(OpeningTime.ALWAYS, 2_000)
                        .pausedBetween(2_000, 3_000)
                        .due(0))
                .hasValue(3_000);
        ServiceClock byHours = ServiceClock.started(OpeningIntervals.of(500, 1_500, 4_000, 5_000), 1_000)
                .pausedBetween(1_200, 1_300)
                .pausedBetween(4_000, 4_100);
        assertThat(byHours.due(0)).hasValue(1_000);
        assertThat(byHours.due(Long.MAX_VALUE)).isEmpty();
        assertThat(clock.due(Long.MAX_VALUE)).isEmpty();
        assertThatThrownBy(() -> OpeningTime.ALWAYS.after(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("repeat contacts of random tickets, many of one instant, equal those of looking at every pair")
    void repeatsByPairs() {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            List<Ticket> tickets = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                long created = random.nextInt(12);
                Ticket.Builder ticket = Ticket.builder(random.nextInt(4), Instant.ofEpochSecond(created));
                if (random.nextInt(3) > 0) {
                    ticket.resolved(Instant.ofEpochSecond(created + random.nextInt(6)), 1 + random.nextInt(2));
                }
                tickets.add(ticket.build());
            }
            Duration window = Duration.ofSeconds(random.nextInt(5));
            Instant asOf = Instant.ofEpochSecond(14);
            for (RepeatContact repeat : RepeatContact.values()) {
                assertThat(FirstContactResolution.of(tickets, asOf, window, repeat)
                                .noRepeat())
                        .isEqualTo(noRepeatByPairs(tickets, asOf, window, repeat));
            }
        }
    }

    private static Proportion noRepeatByPairs(
            List<Ticket> tickets, Instant asOf, Duration window, RepeatContact repeat) {
        long mature = 0;
        long without = 0;
        for (Ticket ticket : tickets) {
            Instant until = ticket.resolvedAt().map(at -> at.plus(window)).orElse(Instant.MAX);
            if (until.isAfter(asOf)) {
                continue;
            }
            mature++;
            boolean repeated = tickets.stream()
                    .filter(other -> other.customer() == ticket.customer())
                    .filter(other -> other.createdAt().isAfter(ticket.createdAt()))
                    .filter(other -> !other.createdAt().isAfter(until))
                    .anyMatch(other -> repeat == RepeatContact.ANY_TICKET
                            || !other.resolvedAt().orElse(Instant.MAX).isAfter(asOf));
            without += ticket.agentReplies() == 1 && !repeated ? 1 : 0;
        }
        return Proportion.of(without, mature);
    }

    @Test
    @DisplayName("hours that clocks skip are not there; hours they show twice are open both times")
    void clockChanges() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        LocalDate forward = LocalDate.of(2025, 3, 30);
        LocalDate back = LocalDate.of(2025, 10, 26);
        WeeklyHours night = WeeklyHours.in(berlin).open(DayOfWeek.SUNDAY, LocalTime.of(1, 0), LocalTime.of(4, 0));
        assertThat(night.between(forward, forward.plusDays(1)).between(0, Long.MAX_VALUE / 2))
                .isEqualTo(Duration.ofHours(2).toMillis());
        assertThat(night.between(back, back.plusDays(1)).between(0, Long.MAX_VALUE / 2))
                .isEqualTo(Duration.ofHours(4).toMillis());
        WeeklyHours skipped = WeeklyHours.in(berlin)
                .open(DayOfWeek.SUNDAY, LocalTime.of(2, 0), LocalTime.of(2, 30))
                .open(DayOfWeek.SUNDAY, LocalTime.of(3, 0), LocalTime.of(3, 15));
        // 02:00-02:30 is not there on that day
        assertThat(skipped.between(forward, forward.plusDays(1)).between(0, Long.MAX_VALUE / 2))
                .isEqualTo(Duration.ofMinutes(15).toMillis());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe/Berlin",
                "Australia/Lord_Howe",
                "America/Havana",
                "America/Sao_Paulo",
                "Pacific/Chatham",
                "UTC"
            })
    @DisplayName("the service is open at every minute at which the clocks of the zone show a time within the hours")
    void minuteByMinute(String name) {
        ZoneId zone = ZoneId.of(name);
        Random random = new Random(2);
        for (LocalDate change : List.of(
                LocalDate.of(2018, 3, 11),
                LocalDate.of(2018, 11, 4),
                LocalDate.of(2018, 3, 25),
                LocalDate.of(2018, 10, 28),
                LocalDate.of(2018, 4, 1),
                LocalDate.of(2018, 10, 7),
                LocalDate.of(2018, 2, 18),
                LocalDate.of(2018, 9, 30))) {
            LocalTime from = LocalTime.ofSecondOfDay(60L * random.nextInt(240));
            LocalTime to = from.plusMinutes(1 + random.nextInt(120));
            LocalTime late = LocalTime.ofSecondOfDay(3_600L * 23 + 60L * random.nextInt(59));
            WeeklyHours hours = WeeklyHours.in(zone).closed(change.plusDays(2));
            for (DayOfWeek day : DayOfWeek.values()) {
                hours.open(day, from, to).open(day, late, LocalTime.MIDNIGHT);
            }
            LocalDate first = change.minusDays(1);
            OpeningIntervals open = hours.between(first, change.plusDays(4));
            Instant end = change.plusDays(4).atStartOfDay(zone).toInstant();
            for (Instant at = first.atStartOfDay(zone).toInstant(); at.isBefore(end); at = at.plusSeconds(60)) {
                LocalTime shown = at.atZone(zone).toLocalTime();
                boolean within = !at.atZone(zone).toLocalDate().equals(change.plusDays(2))
                        && ((!shown.isBefore(from) && shown.isBefore(to)) || !shown.isBefore(late));
                assertThat(open.between(at.toEpochMilli(), at.toEpochMilli() + 60_000))
                        .as("%s", at.atZone(zone))
                        .isEqualTo(within ? 60_000 : 0);
            }
        }
    }

    @Test
    @DisplayName("impossible data are refused")
    void impossible() {
        assertThatThrownBy(() -> OpeningIntervals.of(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OpeningIntervals.of(1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OpeningIntervals.of(1, 3, 2, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OpeningIntervals.of(1, 3).after(0, -1)).isInstanceOf(IllegalArgumentException.class);
        ServiceClock clock = ServiceClock.started(OpeningTime.ALWAYS, 10);
        assertThatThrownBy(() -> clock.stopped(9)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> clock.pausedBetween(5, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> clock.due(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> clock.target(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        WeeklyHours hours = WeeklyHours.in(ZoneId.of("Asia/Kolkata"))
                .open(DayOfWeek.MONDAY, LocalTime.of(9, 0), LocalTime.MIDNIGHT);
        assertThatThrownBy(() -> hours.open(DayOfWeek.MONDAY, LocalTime.of(8, 0), LocalTime.of(9, 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hours.open(DayOfWeek.FRIDAY, LocalTime.of(8, 0), LocalTime.of(8, 0)))
                .isInstanceOf(IllegalArgumentException.class);
        Instant now = Instant.EPOCH;
        assertThatThrownBy(() -> Ticket.builder(1, now).resolved(now.minusMillis(1), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ticket.builder(1, now).reopened(now).build())
                .isInstanceOf(IllegalStateException.class);
    }

    @Nested
    class AttainmentLaws implements AccumulatorLaws<ServiceTarget, ServiceAttainment, ServiceAttainment.Result> {
        @Override
        public AccumulatorType<ServiceTarget, ServiceAttainment, ServiceAttainment.Result> type() {
            return ServiceAttainment.RESOLUTION;
        }

        @Override
        public AccumulatorType<ServiceTarget, ServiceAttainment, ServiceAttainment.Result> otherVariant() {
            return ServiceAttainment.PROMISES;
        }

        @Override
        public List<ServiceTarget> items(Random random, int size) {
            List<ServiceTarget> all = List.of(ServiceTarget.values());
            return random.ints(size, 0, all.size()).mapToObj(all::get).toList();
        }

        @Override
        public List<ServiceTarget> badItems() {
            return List.of();
        }
    }
}
