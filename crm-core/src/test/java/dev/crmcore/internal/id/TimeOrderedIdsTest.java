package dev.crmcore.internal.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:30:00.123456Z");

    private static List<UUID> ids(InstantSource clock, long seed, int count) {
        TimeOrderedIds ids = new TimeOrderedIds(clock, new Random(seed));
        return Stream.generate(ids::next).limit(count).toList();
    }

    @Test
    void anIdBeginsWithItsTime() {
        UUID id = ids(InstantSource.fixed(NOW), 1, 1).get(0);
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void withinAMillisecondEachIsGreater() {
        List<UUID> ids = ids(InstantSource.fixed(NOW), 2, 100_000);
        assertThat(ids.stream().map(UUID::toString)).isSorted().doesNotHaveDuplicates();
        assertThat(ids).isSorted();
    }

    @Test
    void aClockThatJumpsDoesNotBreakTheOrder() {
        Random jumps = new Random(3);
        AtomicLong millis = new AtomicLong(NOW.toEpochMilli());
        InstantSource clock = () -> Instant.ofEpochMilli(millis.addAndGet(jumps.nextLong(-50, 51)));
        assertThat(ids(clock, 3, 10_000).stream().map(UUID::toString))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void timesBefore1970CountAs1970() {
        List<UUID> ids = ids(InstantSource.fixed(Instant.parse("1969-07-20T20:17:40Z")), 4, 2);
        assertThat(ids)
                .allSatisfy(id -> assertThat(id.getMostSignificantBits() >>> 16).isZero());
        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void theSameClockAndSeedGiveTheSameIds() {
        InstantSource clock = InstantSource.fixed(NOW);
        assertThat(ids(clock, 5, 100)).isEqualTo(ids(clock, 5, 100)).doesNotContainAnyElementsOf(ids(clock, 6, 100));
    }

    @Test
    void eightThreadsGetTheirOwnInRisingOrder() throws Exception {
        AtomicLong millis = new AtomicLong(NOW.toEpochMilli() * 16);
        InstantSource clock = () -> Instant.ofEpochMilli(millis.incrementAndGet() / 16);
        TimeOrderedIds ids = new TimeOrderedIds(clock, new Random(7));
        Callable<List<String>> worker =
                () -> Stream.generate(() -> ids.next().toString()).limit(20_000).toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<List<String>>> runs = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                runs.add(threads.submit(worker));
            }
            Set<String> all = new HashSet<>();
            for (Future<List<String>> run : runs) {
                assertThat(run.get()).isSorted();
                all.addAll(run.get());
            }
            assertThat(all).hasSize(8 * 20_000);
        } finally {
            threads.shutdownNow();
        }
    }
}
