package dev.crmcore.metrics.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScaleScoreTest implements AccumulatorLaws<int[], ScaleScore, ScaleScore.Result> {

    private static final SurveyScale SCALE = SurveyScale.builder("s", -2, 4)
            .item("a", 0.3)
            .reversedItem("b", 2)
            .item("c")
            .minimumAnswered(2)
            .build();

    @Override
    public AccumulatorType<int[], ScaleScore, ScaleScore.Result> type() {
        return ScaleScore.on(SCALE);
    }

    @Override
    public AccumulatorType<int[], ScaleScore, ScaleScore.Result> otherVariant() {
        return ScaleScore.on(SurveyScale.builder("s", -2, 4)
                .item("a", 0.3)
                .item("b", 2)
                .item("c")
                .build());
    }

    @Override
    public List<int[]> items(Random random, int size) {
        return IntStream.range(0, size)
                .mapToObj(row -> IntStream.range(0, 3)
                        .map(i -> random.nextInt(6) == 0 ? SurveyScale.MISSING : random.nextInt(-2, 5))
                        .toArray())
                .toList();
    }

    @Override
    public List<int[]> badItems() {
        return List.of(new int[] {1, 2}, new int[] {1, 2, 5}, new int[] {-3, 1, 1}, new int[] {1, 2, 3, 4});
    }

    @Override
    public void assertSame(ScaleScore.Result actual, ScaleScore.Result expected) {
        assertThat(actual.withoutScore()).isEqualTo(expected.withoutScore());
        assertThat(actual.scores().n()).isEqualTo(expected.scores().n());
        assertThat(actual.scores().sum()).isCloseTo(expected.scores().sum(), withPercentage(1e-12));
        assertThat(actual.scores().variance()).isCloseTo(expected.scores().variance(), within(1e-9));
    }

    @Test
    @DisplayName("equal scores have no spread, whatever the score and however many")
    void equalScores() {
        for (int answer = -2; answer <= 4; answer++) {
            ScaleScore scores = type().create();
            for (int n = 1; n <= 40; n++) {
                scores.add(new int[] {answer, 1, answer / 2});
                assertThat(scores.result().scores().variance()).isZero();
                assertThat(scores.result().estimate().interval()).isEmpty();
            }
        }
    }
}
