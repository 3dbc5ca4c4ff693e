package dev.crmcore.metrics.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.SampleMean;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ArpuTest implements AccumulatorLaws<CustomerAmount, Arpu, RevenuePerCustomer> {

    @Override
    public AccumulatorType<CustomerAmount, Arpu, RevenuePerCustomer> type() {
        return Arpu.TYPE;
    }

    @Override
    public List<CustomerAmount> items(Random random, int size) {
        long[] edges = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE};
        return IntStream.range(0, size)
                .mapToObj(i -> new CustomerAmount(
                        random.nextInt(10) == 0 ? edges[random.nextInt(edges.length)] : random.nextInt(60),
                        random.nextInt(4) == 0 ? 0 : random.nextInt(100_000) - 10_000))
                .toList();
    }

    @Override
    public List<CustomerAmount> badItems() {
        return List.of();
    }

    @Test
    @DisplayName("active customers without revenue count, refunds are subtracted, and a run counts like single amounts")
    void figure() {
        Arpu arpu = Arpu.TYPE.create();
        assertThat(arpu.result().estimate().isDefined()).isFalse();
        arpu.add(new long[] {7, 8, 7, 9, 9}, new long[] {500, 0, -100, 200, 100}, 0, 5);
        RevenuePerCustomer result = arpu.result();
        assertThat(result.customers()).isEqualTo(3);
        assertThat(result.revenue()).isEqualTo(700);
        assertThat(result.totals()).containsExactly(0, 300, 400);
        assertThat(result.estimate().value()).isCloseTo(700 / 3.0, within(1e-12));
        assertThat(result.estimate().interval())
                .isEqualTo(SampleMean.of(0, 300, 400).estimate().interval());
        assertThatThrownBy(() -> arpu.add(new long[1], new long[1], 0, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    @DisplayName("overflow is an error that counts nothing, of one customer, in a merge and of all together")
    void overflow() {
        Arpu arpu = Arpu.TYPE.create();
        arpu.add(1, Long.MAX_VALUE / 2);
        byte[] before = arpu.toBytes();
        assertThatThrownBy(() -> arpu.add(1, 1)).isInstanceOf(ArithmeticException.class);
        Arpu other = Arpu.TYPE.create();
        other.add(2, 5);
        other.add(1, 1);
        assertThatThrownBy(() -> arpu.merge(other)).isInstanceOf(ArithmeticException.class);
        assertThat(arpu.toBytes()).isEqualTo(before);
        arpu.add(2, Long.MAX_VALUE / 2);
        arpu.add(3, Long.MAX_VALUE / 2);
        assertThatThrownBy(() -> arpu.result().revenue()).isInstanceOf(ArithmeticException.class);
    }
}
