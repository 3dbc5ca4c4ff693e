package dev.crmcore.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongTableTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @DisplayName("equals a map, with dense, scattered and shifted keys")
    void equalsAMap(long seed) {
        Random random = new Random(seed);
        Map<Long, Long> expected = new HashMap<>();
        LongTable table = new LongTable();
        CustomerPeriodTable pairs = new CustomerPeriodTable();
        for (int i = 0; i < 20_000; i++) {
            long key = key(random);
            long bits = 1L << random.nextInt(64);
            expected.merge(key, bits, (a, b) -> a | b);
            table.or(key, bits);
            pairs.add(key, (int) (key >> 3), 1, key);
        }
        assertThat(table.size()).isEqualTo(expected.size());
        assertThat(pairs.size()).isEqualTo(expected.size());
        expected.forEach((key, value) -> assertThat(table.get(key)).isEqualTo(value));
        Map<Long, Long> found = new HashMap<>();
        table.forEach(found::put);
        assertThat(found).isEqualTo(expected);
        long[] orders = {0};
        pairs.copy(7).forEach((customer, period, count, amount) -> {
            assertThat(period).isEqualTo((int) (customer >> 3));
            assertThat(amount).isEqualTo(customer * count);
            orders[0] += count;
        });
        assertThat(orders[0]).isEqualTo(20_000);
    }

    private static long key(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(5_000);
            case 1 -> (long) random.nextInt(5_000) << 32;
            case 2 -> random.nextInt(5_000) * 0x1000_0000_0001L;
            default -> -random.nextInt(5_000);
        };
    }
}
