package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.internal.CompensatedSum;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.Objects;

/**
 * The mean score of the respondents to a {@link SurveyScale}, 0 to 100.
 *
 * <p>Scores are summed with compensation: any order and any split give the same sums within 4 units in the last place.
 *
 * <p>Byte form, version 1: the scale (text id; i32 lowest, highest, minimum answered, number of items; for each item text id,
 * double weight, u8 1 if reversed), u64 respondents without a score, u64 scores, then the sums of (score - 50) and of
 * (score - 50)&sup2;, each as two doubles (sum and carried error).
 *
 * <p>Mutable, not thread-safe. State: two counts and four doubles. Adding costs time in proportion to the items and allocates
 * one figure.
 */
public final class ScaleScore implements Accumulator<int[], ScaleScore, ScaleScore.Result> {

    /** What the score means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("survey-scale-score", 1)
            .name("Mean score of a survey scale")
            .kind(KpiKind.MERGEABLE)
            .unit("points, 0 to 100")
            .formula("mean over respondents of 100 sum w(x - min)/((max - min) sum w) over the answered items")
            .variant("the scale names items, weights, reversed items and the least number answered")
            .emptyRule("undefined without a respondent who answered enough items")
            .source("Fornell et al. 1996 (ACSI); t interval")
            .build();

    private static final int FORMAT = 1;
    /** The middle of the scores; sums of squares about it cancel less. */
    private static final double MIDDLE = 50;

    private static final double ROUNDING = 1e-14;

    private final SurveyScale scale;
    private final CompensatedSum sum;
    private final CompensatedSum squares;
    private long scored;
    private long tooFew;

    private ScaleScore(SurveyScale scale, CompensatedSum sum, CompensatedSum squares) {
        this.scale = scale;
        this.sum = sum;
        this.squares = squares;
    }

    /**
     * What came out.
     *
     * @param scores the mean and spread of the scores
     * @param withoutScore how many respondents answered too few items
     */
    public record Result(SampleMean scores, long withoutScore) {

        /**
         * A result.
         *
         * @param scores the mean and spread of the scores
         * @param withoutScore how many respondents answered too few items
         */
        public Result {}

        /**
         * The mean score with its 95 % t interval.
         *
         * @return the mean, 0 to 100; undefined without a score
         */
        public Estimate estimate() {
            return scores.estimate();
        }
    }

    /**
     * The KPI on a scale. What is added are rows: one answer for each item, or {@link SurveyScale#MISSING}.
     *
     * @param scale the scale
     * @return how to begin, resume and collect
     */
    public static AccumulatorType<int[], ScaleScore, Result> on(SurveyScale scale) {
        Objects.requireNonNull(scale, "scale");
        return AccumulatorType.of(
                DEFINITION,
                () -> new ScaleScore(scale, new CompensatedSum(), new CompensatedSum()),
                bytes -> read(scale, bytes));
    }

    @Override
    public void add(int[] answers) {
        Estimate score = scale.score(answers);
        if (!score.isDefined()) {
            tooFew++;
            return;
        }
        double deviation = score.value() - MIDDLE;
        sum.add(deviation);
        squares.add(deviation * deviation);
        scored++;
    }

    @Override
    public void merge(ScaleScore other) {
        scale.requireSame(other.scale);
        scored = Math.addExact(scored, other.scored);
        tooFew = Math.addExact(tooFew, other.tooFew);
        sum.add(other.sum);
        squares.add(other.squares);
    }

    @Override
    public Result result() {
        double total = sum.value() + MIDDLE * scored;
        double variance = 0;
        if (scored > 1) {
            double spread = squares.value() - sum.value() * (sum.value() / scored);
            // Of equal scores a rest of rounding is left, which is no spread
            variance = spread > ROUNDING * squares.value() ? spread / (scored - 1.0) : 0;
        }
        return new Result(new SampleMean(scored, total, variance), tooFew);
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT);
        scale.write(writer);
        writer.putLong(tooFew).putLong(scored);
        sum.write(writer);
        squares.write(writer);
        return writer.toBytes();
    }

    private static ScaleScore read(SurveyScale scale, byte[] bytes) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        scale.requireNext(reader);
        long tooFew = reader.getCount();
        long scored = reader.getCount();
        ScaleScore score = new ScaleScore(scale, CompensatedSum.read(reader), CompensatedSum.read(reader));
        score.tooFew = tooFew;
        score.scored = scored;
        reader.end();
        if (!(Math.abs(score.sum.value()) <= MIDDLE * scored)
                || !(score.squares.value() >= 0 && score.squares.value() <= MIDDLE * MIDDLE * scored)) {
            throw reader.malformed("sums that no " + scored + " scores make");
        }
        return score;
    }
}
