package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import java.util.List;
import java.util.Random;

class CesTest implements AccumulatorLaws<Integer, Ces, CesScore> {

    @Override
    public AccumulatorType<Integer, Ces, CesScore> type() {
        return Ces.on(Ces.VERSION_2);
    }

    @Override
    public AccumulatorType<Integer, Ces, CesScore> otherVariant() {
        return Ces.on(Ces.VERSION_2_NET);
    }

    @Override
    public List<Integer> items(Random random, int size) {
        return random.ints(size, Ces.VERSION_2.lowest(), Ces.VERSION_2.highest() + 1)
                .boxed()
                .toList();
    }

    @Override
    public List<Integer> badItems() {
        return List.of(Ces.VERSION_2.lowest() - 1, Ces.VERSION_2.highest() + 1);
    }
}
