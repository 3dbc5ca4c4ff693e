package dev.crmcore.metrics.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.feedback.ResponseRate.Contact;
import dev.crmcore.metrics.feedback.ResponseRate.ContactKind;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ResponseRateTest implements AccumulatorLaws<Contact, ResponseRate, ResponseRate.Result> {

    @Override
    public AccumulatorType<Contact, ResponseRate, ResponseRate.Result> type() {
        return ResponseRate.TYPE;
    }

    @Override
    public List<Contact> items(Random random, int size) {
        ContactKind[] kinds = ContactKind.values();
        return IntStream.range(0, size)
                .mapToObj(i -> new Contact("çß\uD83D\uDE00" + random.nextInt(25), kinds[random.nextInt(kinds.length)]))
                .toList();
    }

    @Override
    public List<Contact> badItems() {
        return List.of();
    }

    @Test
    @DisplayName("bounced customers and strangers are in neither number, partial answers in one")
    void whoCounts() {
        ResponseRate.Result result = Stream.of(
                        new Contact("ann", ContactKind.INVITED),
                        new Contact("ann", ContactKind.COMPLETED),
                        new Contact("ann", ContactKind.COMPLETED),
                        new Contact("bob", ContactKind.INVITED),
                        new Contact("bob", ContactKind.BOUNCED),
                        new Contact("cem", ContactKind.INVITED),
                        new Contact("cem", ContactKind.INVITED),
                        new Contact("cem", ContactKind.BOUNCED),
                        new Contact("cem", ContactKind.PARTIAL),
                        new Contact("stranger", ContactKind.COMPLETED))
                .collect(ResponseRate.collector());
        assertThat(result.completed().successes()).isEqualTo(1);
        assertThat(result.completed().trials()).isEqualTo(2);
        assertThat(result.completedOrPartial().successes()).isEqualTo(2);
        assertThat(result.responses()).isEqualTo(4);
        assertThat(result.invitations()).isEqualTo(4);
        assertThat(result.isIndicative()).isTrue();
        assertThat(result.completion()).isEqualTo(Proportion.of(1, 2));
        assertThat(result.responsesPerInvitation().value()).isEqualTo(1);
        // By customer, responses less invitations: 1, -1, -1, 1; error sqrt(4/3 * 4)/4, t of 3 degrees of freedom
        // 3.182446
        Interval interval = result.responsesPerInvitation().interval().orElseThrow();
        assertThat(interval.upper()).isCloseTo(1 + 3.182446305284263 * Math.sqrt(16 / 3.0) / 4, within(1e-12));
        assertThat(interval.lower()).isZero();
    }

    @Test
    @DisplayName("nobody asked, no rate")
    void empty() {
        ResponseRate.Result result = ResponseRate.create().result();
        assertThat(result.estimate().isDefined()).isFalse();
        assertThat(result.responsesPerInvitation().isDefined()).isFalse();
        assertThatThrownBy(() -> new Contact("", ContactKind.INVITED)).isInstanceOf(IllegalArgumentException.class);
    }
}
