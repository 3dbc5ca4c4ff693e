package dev.crmcore.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class WideSumTest {

    private static final long[] EDGES = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32, -(1L << 32)};

    @RepeatedTest(20)
    @DisplayName("equals arithmetic on numbers of any size, edges of the range included")
    void equalsBigInteger(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        WideSum sum = new WideSum();
        WideSum later = new WideSum();
        BigInteger expected = BigInteger.ZERO;
        for (int i = 0; i < 200; i++) {
            long a = number(random) >> 2;
            long b = number(random) >> 3;
            (i % 2 == 0 ? sum : later).addProduct(a, b);
            expected = expected.add(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)));
        }
        sum.add(later);
        assertThat(sum.value()).isEqualTo(expected);
        assertThat(sum.doubleValue()).isEqualTo(expected.doubleValue());
        StateWriter writer = new StateWriter("x", 1);
        sum.write(writer);
        assertThat(WideSum.read(StateReader.open(writer.toBytes(), "x", 1)).value())
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("what does not fit is refused, and the sum stays; what fits again is not")
    void overflow() {
        WideSum sum = new WideSum();
        sum.addProduct(Long.MIN_VALUE, Long.MIN_VALUE);
        BigInteger before = sum.value();
        assertThatThrownBy(() -> sum.addProduct(Long.MIN_VALUE, Long.MIN_VALUE))
                .isInstanceOf(ArithmeticException.class);
        assertThat(sum.value()).isEqualTo(before);
        sum.addProduct(Long.MIN_VALUE, Long.MAX_VALUE);
        assertThat(sum.value()).isEqualTo(BigInteger.ONE.shiftLeft(63));
    }

    @Test
    @DisplayName("the largest and the least sum of 128 bits, reached through a carry")
    void limits() {
        WideSum sum = new WideSum();
        BigInteger expected = BigInteger.ZERO;
        for (int i = 0; i < 2; i++) {
            sum.addProduct(Long.MIN_VALUE, Long.MAX_VALUE);
            expected = expected.add(BigInteger.valueOf(Long.MIN_VALUE).multiply(BigInteger.valueOf(Long.MAX_VALUE)));
        }
        assertThat(sum.value()).isEqualTo(expected);
        assertThatThrownBy(() -> sum.addProduct(Long.MIN_VALUE, Long.MAX_VALUE))
                .isInstanceOf(ArithmeticException.class);
    }

    private static long number(Random random) {
        return random.nextInt(4) == 0 ? EDGES[random.nextInt(EDGES.length)] : random.nextLong();
    }
}
