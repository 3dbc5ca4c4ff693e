package dev.crmcore.metrics.feedback.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.Undefined;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SentimentSummaryTest implements AccumulatorLaws<Sentiment, SentimentSummary, SentimentSummary.Result> {

    @Override
    public AccumulatorType<Sentiment, SentimentSummary, SentimentSummary.Result> type() {
        return SentimentSummary.TYPE;
    }

    @Override
    public List<Sentiment> items(Random random, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new Sentiment(random.nextInt(-10_000, 10_001) / 10_000.0, 0, 1, 0))
                .toList();
    }

    @Override
    public List<Sentiment> badItems() {
        return List.of();
    }

    @Test
    @DisplayName("mean, shares and change of the sentiment of texts")
    void summary() {
        Vader vader = Vader.english();
        SentimentSummary.Result now = Stream.of("great support!", "it arrived", "terrible, awful app", "I love it")
                .map(vader::score)
                .collect(SentimentSummary.collector());
        double[] compounds = Stream.of("great support!", "it arrived", "terrible, awful app", "I love it")
                .mapToDouble(text -> vader.score(text).compound())
                .toArray();
        assertThat(now.estimate().value())
                .isCloseTo(SampleMean.of(compounds).estimate().value(), within(1e-15));
        assertThat(now.compound().variance()).isCloseTo(SampleMean.of(compounds).variance(), within(1e-12));
        assertThat(now.positive().successes()).isEqualTo(2);
        assertThat(now.negative().successes()).isEqualTo(1);
        assertThat(now.net().value()).isEqualTo(25);
        SentimentSummary.Result before =
                Stream.of("bad", "good", "worse").map(vader::score).collect(SentimentSummary.collector());
        assertThat(now.changeFrom(before).difference().value())
                .isCloseTo(now.estimate().value() - before.estimate().value(), within(1e-15));
        var empty = type().create().result();
        assertThat(empty.estimate().undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.NO_DATA);
        assertThat(empty.net().isDefined()).isFalse();
    }
}
