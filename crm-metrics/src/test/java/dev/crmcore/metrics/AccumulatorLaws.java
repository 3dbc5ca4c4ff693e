package dev.crmcore.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The laws that every accumulator keeps, mergeable or keyed. A test of an accumulator implements this interface and says
 * only which items there are.
 */
public interface AccumulatorLaws<T, A extends Accumulator<T, A, R>, R> {

    AccumulatorType<T, A, R> type();

    /** Some items for a seed, with ties, repeats and edges of the range among them. */
    List<T> items(Random random, int size);

    /** Items that must be refused. */
    List<T> badItems();

    /** The same KPI with another scale, zone or variant, whose states must not mix; null if there is no other. */
    default AccumulatorType<T, A, R> otherVariant() {
        return null;
    }

    /** Exact by default; a KPI with sums of doubles states its bound here. */
    default void assertSame(R actual, R expected) {
        if (actual.equals(expected)) {
            return;
        }
        assertThat(actual)
                .usingRecursiveComparison()
                .usingOverriddenEquals()
                .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @DisplayName("a fresh accumulator is the identity of merge, on either side")
    default void freshIsIdentity(long seed) {
        List<T> items = items(new Random(seed), 40);
        A left = filled(items);
        left.merge(type().create());
        A right = type().create();
        right.merge(filled(items));
        R expected = filled(items).result();
        assertSame(left.result(), expected);
        assertSame(right.result(), expected);
        A empty = type().create();
        empty.merge(type().create());
        assertSame(empty.result(), type().create().result());
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    @DisplayName("a split at every index merges to the result of a single pass")
    default void splitAnywhere(long seed) {
        List<T> items = items(new Random(seed), 40);
        R expected = filled(items).result();
        for (int split = 0; split <= items.size(); split++) {
            A left = filled(items.subList(0, split));
            left.merge(filled(items.subList(split, items.size())));
            assertSame(left.result(), expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    @DisplayName("any order and any grouping give the same result")
    default void anyOrderAnyGrouping(long seed) {
        Random random = new Random(seed);
        List<T> items = items(random, 300);
        R expected = filled(items).result();
        List<T> shuffled = new ArrayList<>(items);
        Collections.shuffle(shuffled, random);
        List<A> parts = new ArrayList<>();
        for (int from = 0; from < shuffled.size(); ) {
            int to = Math.min(shuffled.size(), from + random.nextInt(60));
            parts.add(filled(shuffled.subList(from, to)));
            from = to;
        }
        while (parts.size() > 1) {
            A left = parts.remove(random.nextInt(parts.size()));
            left.merge(parts.remove(random.nextInt(parts.size())));
            parts.add(left);
        }
        assertSame(parts.get(0).result(), expected);
    }

    @Test
    @DisplayName("merge leaves the other side as it was, and later items do not leak into it")
    default void mergeDoesNotAlias() {
        List<T> items = items(new Random(31), 60);
        A left = filled(items.subList(0, 30));
        A right = filled(items.subList(30, 60));
        R before = right.result();
        left.merge(right);
        items.forEach(left::add);
        assertSame(right.result(), before);
    }

    @Test
    @DisplayName("reading a result or the bytes changes nothing, and a returned result stays as it is")
    default void resultDoesNotMutate() {
        List<T> items = items(new Random(41), 60);
        A accumulator = filled(items.subList(0, 30));
        R early = accumulator.result();
        byte[] bytes = accumulator.toBytes();
        assertSame(accumulator.result(), early);
        assertThat(accumulator.toBytes()).isEqualTo(bytes);
        items.subList(30, 60).forEach(accumulator::add);
        assertSame(early, filled(items.subList(0, 30)).result());
        assertSame(accumulator.result(), filled(items).result());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 50, 500})
    @DisplayName("the byte form carries the whole state")
    default void bytesRoundTrip(int size) {
        List<T> items = items(new Random(51), 2 * size);
        A resumed = type().fromBytes(filled(items.subList(0, size)).toBytes());
        assertSame(resumed.result(), filled(items.subList(0, size)).result());
        items.subList(size, 2 * size).forEach(resumed::add);
        assertSame(resumed.result(), filled(items).result());
    }

    @Test
    @DisplayName("truncated, damaged and foreign bytes are refused clearly")
    default void badBytesAreRefused() {
        byte[] bytes = filled(items(new Random(61), 20)).toBytes();
        for (int length = 0; length < bytes.length; length++) {
            refuse(Arrays.copyOf(bytes, length));
        }
        refuse(Arrays.copyOf(bytes, bytes.length + 1));
        for (int at = 0; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= (byte) (1 << (at % 8));
            refuse(damaged);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {71, 72})
    @DisplayName("hostile bytes with a right check sum are a usable state or refused, never anything else")
    default void hostileBytes(long seed) {
        Random random = new Random(seed);
        byte[] bytes = filled(items(random, 20)).toBytes();
        for (int round = 0; round < 400; round++) {
            byte[] hostile =
                    random.nextBoolean() ? bytes.clone() : Arrays.copyOf(bytes, 4 + random.nextInt(bytes.length + 16));
            for (int change = random.nextInt(4); change >= 0; change--) {
                hostile[random.nextInt(hostile.length)] = (byte) (random.nextInt(3) == 0 ? 0xFF : random.nextInt(256));
            }
            Throwable thrown = catchThrowable(() -> useIfAccepted(sealed(hostile)));
            assertThat(thrown)
                    .satisfiesAnyOf(
                            t -> assertThat(t).isNull(),
                            t -> assertThat(t)
                                    .isInstanceOfAny(IllegalArgumentException.class, ArithmeticException.class));
        }
    }

    @Test
    @DisplayName("a state of another variant is refused, as bytes and in a merge")
    default void otherVariantIsRefused() {
        AccumulatorType<T, A, R> other = otherVariant();
        if (other == null) {
            return;
        }
        A mine = filled(items(new Random(81), 10));
        byte[] before = mine.toBytes();
        refuse(other.create().toBytes());
        assertThatThrownBy(() -> mine.merge(other.create())).isInstanceOf(IllegalArgumentException.class);
        assertThat(mine.toBytes()).isEqualTo(before);
    }

    @Test
    @DisplayName("a bad item is refused with a message and counts nothing")
    default void badItemsAreRefused() {
        A accumulator = filled(items(new Random(91), 20));
        byte[] before = accumulator.toBytes();
        for (T bad : badItems()) {
            assertThatThrownBy(() -> accumulator.add(bad))
                    .as("item %s", bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .isNotBlank();
            assertThat(accumulator.toBytes()).isEqualTo(before);
        }
        assertThatThrownBy(() -> accumulator.add(null)).isInstanceOf(NullPointerException.class);
        assertThat(accumulator.toBytes()).isEqualTo(before);
    }

    @Test
    @DisplayName("the collector gives the same result, sequential and parallel")
    default void collector() {
        List<T> items = items(new Random(101), 2_000);
        R expected = filled(items).result();
        assertSame(items.stream().collect(type().collector()), expected);
        assertSame(items.parallelStream().collect(type().collector()), expected);
        assertSame(type().of(items), expected);
    }

    private A filled(List<T> items) {
        A accumulator = type().create();
        items.forEach(accumulator::add);
        return accumulator;
    }

    private void refuse(byte[] bytes) {
        assertThatThrownBy(() -> type().fromBytes(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank();
    }

    private void useIfAccepted(byte[] bytes) {
        A accepted = type().fromBytes(bytes);
        accepted.result();
        accepted.merge(type().fromBytes(bytes));
        accepted.result();
    }

    /** The bytes with the check sum that belongs to them, as an attacker would make it. */
    private static byte[] sealed(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, bytes.length - 4);
        int sum = (int) crc.getValue();
        byte[] sealed = bytes.clone();
        for (int i = 0; i < 4; i++) {
            sealed[bytes.length - 1 - i] = (byte) (sum >>> (8 * i));
        }
        return sealed;
    }
}
