package dev.crmcore.metrics.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.Proportion;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InactivityChurnTest implements AccumulatorLaws<CustomerDay, InactivityChurn, Proportion> {

    private static final LocalDate AS_OF = LocalDate.of(1997, 12, 31);

    @Override
    public AccumulatorType<CustomerDay, InactivityChurn, Proportion> type() {
        return InactivityChurn.after(90, AS_OF);
    }

    @Override
    public AccumulatorType<CustomerDay, InactivityChurn, Proportion> otherVariant() {
        return InactivityChurn.after(91, AS_OF);
    }

    @Override
    public List<CustomerDay> items(Random random, int size) {
        return RepeatPurchaseRateTest.activities(random, size);
    }

    @Override
    public List<CustomerDay> badItems() {
        return RepeatPurchaseRateTest.impossibleDays();
    }

    @Test
    @DisplayName("exactly the given days are not yet churn, and what came after the day was not known")
    void boundary() {
        List<CustomerDay> log = List.of(
                new CustomerDay(1, AS_OF.minusDays(90)),
                new CustomerDay(2, AS_OF.minusDays(91)),
                new CustomerDay(3, AS_OF.plusDays(1)),
                new CustomerDay(2, AS_OF.plusDays(1)));
        assertThat(InactivityChurn.after(90, AS_OF).of(log)).isEqualTo(Proportion.of(1, 2));
        assertThatThrownBy(() -> InactivityChurn.after(0, AS_OF)).isInstanceOf(IllegalArgumentException.class);
    }
}
