package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

class ScaleReliabilityTest implements AccumulatorLaws<int[], ScaleReliability, Reliability> {

    private static final SurveyScale SCALE = SurveyScale.builder("s", -2, 4)
            .item("a", 0.3)
            .reversedItem("b", 2)
            .item("c")
            .minimumAnswered(2)
            .build();

    @Override
    public AccumulatorType<int[], ScaleReliability, Reliability> type() {
        return ScaleReliability.on(SCALE);
    }

    @Override
    public AccumulatorType<int[], ScaleReliability, Reliability> otherVariant() {
        return ScaleReliability.on(SurveyScale.builder("s", -2, 4)
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
}
