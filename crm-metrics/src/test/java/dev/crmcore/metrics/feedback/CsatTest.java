package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import java.util.List;
import java.util.Random;

class CsatTest implements AccumulatorLaws<Integer, Csat, CsatScore> {

    @Override
    public AccumulatorType<Integer, Csat, CsatScore> type() {
        return Csat.on(Csat.TEN_POINT_TOP_3);
    }

    @Override
    public AccumulatorType<Integer, Csat, CsatScore> otherVariant() {
        return Csat.on(Csat.TEN_POINT_TOP_2);
    }

    @Override
    public List<Integer> items(Random random, int size) {
        return random.ints(size, Csat.TEN_POINT_TOP_3.lowest(), Csat.TEN_POINT_TOP_3.highest() + 1)
                .boxed()
                .toList();
    }

    @Override
    public List<Integer> badItems() {
        return List.of(Csat.TEN_POINT_TOP_3.lowest() - 1, Csat.TEN_POINT_TOP_3.highest() + 1);
    }
}
