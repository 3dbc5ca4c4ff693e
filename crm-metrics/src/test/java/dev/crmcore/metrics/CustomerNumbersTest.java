package dev.crmcore.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CustomerNumbersTest {

    @Test
    @DisplayName("each key has one number, and each number its key")
    void numbers() {
        CustomerNumbers<String> numbers = new CustomerNumbers<>();
        assertThat(numbers.of("ann")).isZero();
        assertThat(numbers.of("bob")).isEqualTo(1);
        assertThat(numbers.of("ann")).isZero();
        assertThat(numbers.key(1)).isEqualTo("bob");
        assertThat(numbers.size()).isEqualTo(2);
        assertThatThrownBy(() -> numbers.key(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> numbers.of(null)).isInstanceOf(NullPointerException.class);
    }
}
