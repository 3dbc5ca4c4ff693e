package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.internal.CompensatedSum;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Stream;

/**
 * The Net Promoter Score of answers that count differently, for example because some groups were asked more often.
 *
 * <p>The weights are summed with compensation: any order and any split give the same sums within 4 units in the last place.
 *
 * <p>Byte form, version 1: u64 answers; then for promoters, passives and detractors the sum of the weights and the sum of the
 * squared weights, each as two doubles (sum and carried error).
 *
 * <p>Mutable, not thread-safe. State: one count and twelve doubles.
 */
public final class WeightedNps implements Accumulator<WeightedNps.Answer, WeightedNps, WeightedNpsScore> {

    /** What the score means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("nps-weighted", 1)
            .name("Net Promoter Score, weighted")
            .kind(KpiKind.MERGEABLE)
            .unit("points, -100 to 100")
            .formula("100 sum(w x)/sum(w) with x = +1, 0, -1; n_eff = (sum w)^2/sum w^2")
            .emptyRule("undefined without a valid answer or if all weights are 0")
            .source("Reichheld 2003; effective n: Kish 1965")
            .build();

    /** How to begin, resume and collect. */
    public static final AccumulatorType<Answer, WeightedNps, WeightedNpsScore> TYPE =
            AccumulatorType.of(DEFINITION, WeightedNps::create, WeightedNps::fromBytes);

    /** Squares of smaller or larger weights, summed, could leave the range of a double. */
    private static final double LEAST_WEIGHT = 1e-100;

    private static final double GREATEST_WEIGHT = 1e100;

    private static final int FORMAT = 1;

    private final List<CompensatedSum> weights = sums();
    private final List<CompensatedSum> squares = sums();
    private long n;

    private WeightedNps() {}

    /**
     * An answer with its weight.
     *
     * @param score the answer, 0 to 10
     * @param weight how much it counts: 0, or 1e-100 to 1e100
     */
    public record Answer(int score, double weight) {
        /**
         * An answer with its weight; they are checked when they are counted.
         *
         * @param score the answer, 0 to 10
         * @param weight how much it counts: 0, or 1e-100 to 1e100
         */
        public Answer {}
    }

    /**
     * Begins.
     *
     * @return an accumulator without answers
     */
    public static WeightedNps create() {
        return new WeightedNps();
    }

    /**
     * The score as a collector.
     *
     * @return a collector of weighted answers
     */
    public static Collector<Answer, ?, WeightedNpsScore> collector() {
        return TYPE.collector();
    }

    /**
     * Resumes from a byte form.
     *
     * @param bytes what {@link #toBytes()} returned
     * @return an accumulator with that state
     * @throws IllegalArgumentException if the bytes are not such a state
     */
    public static WeightedNps fromBytes(byte[] bytes) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        WeightedNps nps = new WeightedNps();
        nps.n = reader.getCount();
        for (int i = 0; i < nps.weights.size(); i++) {
            nps.weights.get(i).add(readSum(reader));
            nps.squares.get(i).add(readSum(reader));
        }
        reader.end();
        return nps;
    }

    @Override
    public void add(Answer answer) {
        add(answer.score(), answer.weight());
    }

    /**
     * Counts one answer.
     *
     * @param score the answer, 0 to 10
     * @param weight how much it counts: 0, or 1e-100 to 1e100
     * @throws IllegalArgumentException if the answer or the weight is out of range
     */
    public void add(int score, double weight) {
        if (weight != 0 && !(weight >= LEAST_WEIGHT && weight <= GREATEST_WEIGHT)) {
            throw new IllegalArgumentException(
                    "weight must be 0 or " + LEAST_WEIGHT + " to " + GREATEST_WEIGHT + ", not " + weight);
        }
        int group = NpsCategory.of(score).position();
        weights.get(group).add(weight);
        squares.get(group).add(weight * weight);
        n++;
    }

    @Override
    public void merge(WeightedNps other) {
        n = Math.addExact(n, other.n);
        for (int i = 0; i < weights.size(); i++) {
            weights.get(i).add(other.weights.get(i));
            squares.get(i).add(other.squares.get(i));
        }
    }

    @Override
    public WeightedNpsScore result() {
        return new WeightedNpsScore(n, values(weights), values(squares));
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT).putLong(n);
        for (int i = 0; i < weights.size(); i++) {
            weights.get(i).write(writer);
            squares.get(i).write(writer);
        }
        return writer.toBytes();
    }

    private static List<CompensatedSum> sums() {
        return Stream.generate(CompensatedSum::new)
                .limit(NpsCategory.values().length)
                .toList();
    }

    private static CompensatedSum readSum(StateReader reader) {
        CompensatedSum sum = CompensatedSum.read(reader);
        if (sum.value() < 0) {
            throw reader.malformed("negative sum of weights");
        }
        return sum;
    }

    private static double[] values(List<CompensatedSum> sums) {
        return sums.stream().mapToDouble(CompensatedSum::value).toArray();
    }
}
