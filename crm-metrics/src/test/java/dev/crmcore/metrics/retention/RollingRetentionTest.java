package dev.crmcore.metrics.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.metrics.CalendarPeriod;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.Undefined;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Windows of each customer's own. */
class RollingRetentionTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Duration DAY = Duration.ofHours(24);

    private static long at(String instant) {
        return Instant.parse(instant).getEpochSecond();
    }

    private static CalendarPeriod day(String date) {
        return CalendarPeriod.of(PeriodUnit.DAY, LocalDate.parse(date));
    }

    @Test
    @DisplayName("twenty minutes past midnight is window 0, and 24 hours to the second is window 1")
    void windows() {
        long[] customers = {1, 1, 2, 2, 3};
        long[] seconds = {
            at("2024-03-01T22:50:00Z"),
            at("2024-03-01T23:10:00Z"),
            at("2024-03-02T22:30:00Z"),
            at("2024-03-01T22:30:00Z"),
            at("2024-03-01T23:30:00Z")
        };
        RollingTable table = RollingRetention.of(DAY, 3, PeriodUnit.DAY, BERLIN)
                .table(customers, seconds, Instant.parse("2024-03-03T22:40:00Z"));
        // In Berlin the third began on the second of March
        assertThat(table.cohorts()).containsExactly(day("2024-03-01"), day("2024-03-02"));
        CalendarPeriod first = day("2024-03-01");
        assertThat(table.size(first)).isEqualTo(2);
        assertThat(table.active(first, 0)).hasValue(2);
        // For the second customer window 1 is over, for the first it still runs for ten minutes
        assertThat(table.over(first, 1)).isEqualTo(1);
        assertThat(table.active(first, 1)).hasValue(1);
        assertThat(table.retention(first, 1).value()).isEqualTo(1);
        assertThat(table.active(first, 2)).isEmpty();
        assertThat(table.retention(first, 2).undefined().orElseThrow().reason())
                .isEqualTo(Undefined.Reason.NOT_YET_OBSERVED);
        assertThat(table.retention(day("2024-02-29"), 0)
                        .undefined()
                        .orElseThrow()
                        .reason())
                .isEqualTo(Undefined.Reason.NO_DATA);
        assertThat(table.retention(0).value()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "by the definition, with bounded and unbounded shares, more windows than a word has bits, in any order")
    void definition() {
        Random random = new Random(4);
        int n = 3_000;
        long start = at("2024-01-01T00:00:00Z");
        Instant asOf = Instant.parse("2024-06-01T00:00:00Z");
        long[] customers = random.longs(n, 0, 200).toArray();
        long[] seconds = random.longs(n, start, asOf.getEpochSecond() + 86_400).toArray();
        RollingTable table =
                RollingRetention.of(DAY, 100, PeriodUnit.MONTH, ZoneOffset.UTC).table(customers, seconds, asOf);
        CalendarPeriod january = CalendarPeriod.of(PeriodUnit.MONTH, LocalDate.of(2024, 1, 1));
        for (int k = 0; k < 100; k++) {
            long over = 0;
            long active = 0;
            long later = 0;
            for (long customer = 0; customer < 200; customer++) {
                long[] own = LongStream.range(0, n)
                        .filter(i -> seconds[(int) i] <= asOf.getEpochSecond())
                        .toArray();
                long number = customer;
                long[] times = LongStream.of(own)
                        .filter(i -> customers[(int) i] == number)
                        .map(i -> seconds[(int) i])
                        .sorted()
                        .toArray();
                boolean began = times.length > 0 && times[0] < at("2024-02-01T00:00:00Z");
                if (began && times[0] + (k + 1) * 86_400L <= asOf.getEpochSecond()) {
                    long from = times[0] + k * 86_400L;
                    over++;
                    active += LongStream.of(times).anyMatch(t -> t >= from && t < from + 86_400) ? 1 : 0;
                    later += LongStream.of(times).anyMatch(t -> t >= from) ? 1 : 0;
                }
            }
            assertThat(table.over(january, k)).isEqualTo(over);
            assertThat(table.active(january, k)).hasValue(active);
            assertThat(table.unboundedRetention(january, k).numerator()).hasValue((double) later);
        }
        long[] backCustomers = new long[n];
        long[] backSeconds = new long[n];
        for (int i = 0; i < n; i++) {
            backCustomers[i] = customers[n - 1 - i];
            backSeconds[i] = seconds[n - 1 - i];
        }
        assertThat(RollingRetention.of(DAY, 100, PeriodUnit.MONTH, ZoneOffset.UTC)
                        .table(backCustomers, backSeconds, asOf))
                .isEqualTo(table);
    }

    @Test
    @DisplayName("nobody, and parameters that cannot be")
    void edges() {
        RollingRetention daily = RollingRetention.of(DAY, 7, PeriodUnit.WEEK, BERLIN);
        RollingTable empty = daily.table(new long[0], new long[0], Instant.EPOCH);
        assertThat(empty.cohorts()).isEmpty();
        assertThat(empty.retention(0).isDefined()).isFalse();
        assertThat(empty.windows()).isEqualTo(7);
        assertThatThrownBy(() -> empty.retention(7)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> empty.size(day("2024-01-01"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> daily.table(new long[1], new long[2], Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RollingRetention.of(Duration.ZERO, 7, PeriodUnit.DAY, BERLIN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RollingRetention.of(Duration.ofMillis(1500), 7, PeriodUnit.DAY, BERLIN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RollingRetention.of(DAY, 0, PeriodUnit.DAY, BERLIN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
