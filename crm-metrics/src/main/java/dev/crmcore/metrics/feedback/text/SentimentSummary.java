package dev.crmcore.metrics.feedback.text;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.Change;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.feedback.AnswerDistribution;
import dev.crmcore.metrics.feedback.RatingScale;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.math.BigInteger;
import java.util.stream.Collector;

/**
 * The sentiment of many texts: its mean, and how many are good and bad news.
 *
 * <p>Compound scores are whole ten-thousandths and are summed as such: any order and any split give exactly the same result.
 *
 * <p>Byte form, version 1: u64 negative, neutral, positive texts; i64 sum of the compounds and u64 sum of their squares, in
 * ten-thousandths.
 *
 * <p>Mutable, not thread-safe. State: five counts.
 */
public final class SentimentSummary implements Accumulator<Sentiment, SentimentSummary, SentimentSummary.Result> {

    /** What the figure means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("sentiment", 1)
            .name("Sentiment of texts")
            .kind(KpiKind.MERGEABLE)
            .unit("mean compound, -1 to 1")
            .formula("sum of compounds / number of texts; positive from 0.05, negative from -0.05")
            .variant("VADER's rules with the lexicon that the texts were scored with")
            .emptyRule("undefined without a text")
            .source("Hutto and Gilbert 2014; t interval, Wilson interval")
            .build();

    /** How to begin, resume and collect. */
    public static final AccumulatorType<Sentiment, SentimentSummary, Result> TYPE =
            AccumulatorType.of(DEFINITION, SentimentSummary::new, SentimentSummary::read);

    /** Bad, neutral and good news as the answers -1, 0 and 1. */
    public static final RatingScale SCALE = RatingScale.higherIsBetter("sentiment-polarity", -1, 1, 1, -1);

    private static final int FORMAT = 1;
    private static final long UNIT = 10_000;

    private final long[] polarities = new long[3];
    private long sum;
    private long squares;

    private SentimentSummary() {}

    /**
     * What came out.
     *
     * @param compound the mean and spread of the compound scores
     * @param polarities how many texts were negative, neutral and positive, on {@link #SCALE}
     */
    public record Result(SampleMean compound, AnswerDistribution polarities) {

        /**
         * A result.
         *
         * @param compound the mean and spread of the compound scores
         * @param polarities how many texts were negative, neutral and positive
         */
        public Result {}

        /**
         * The mean compound with its 95 % t interval.
         *
         * @return the mean, -1 to 1; undefined without texts
         */
        public Estimate estimate() {
            return compound.estimate();
        }

        /**
         * The texts with good news among all.
         *
         * @return the proportion of positive texts
         */
        public Proportion positive() {
            return polarities.topBox();
        }

        /**
         * The texts with bad news among all.
         *
         * @return the proportion of negative texts
         */
        public Proportion negative() {
            return polarities.bottomBox();
        }

        /**
         * Positive minus negative texts in points of 100, with the interval of an NPS of as many answers.
         *
         * @return the net sentiment, -100 to 100; undefined without texts
         */
        public Estimate net() {
            return polarities.netScore();
        }

        /**
         * The change of the mean compound from earlier, independent texts by Welch's t, with a 95 % interval.
         *
         * @param earlier the earlier texts
         * @return the difference of the means; undefined if a side has no texts
         */
        public Change changeFrom(Result earlier) {
            return compound.changeFrom(earlier.compound);
        }
    }

    /**
     * The summary as a collector.
     *
     * @return a collector of sentiments
     */
    public static Collector<Sentiment, ?, Result> collector() {
        return TYPE.collector();
    }

    @Override
    public void add(Sentiment sentiment) {
        long compound = Math.round(sentiment.compound() * UNIT);
        polarities[place(sentiment.polarity())]++;
        sum += compound;
        squares += compound * compound;
    }

    @Override
    public void merge(SentimentSummary other) {
        long[] merged = new long[polarities.length];
        for (int i = 0; i < merged.length; i++) {
            merged[i] = Math.addExact(polarities[i], other.polarities[i]);
        }
        long newSum = Math.addExact(sum, other.sum);
        squares = Math.addExact(squares, other.squares);
        sum = newSum;
        System.arraycopy(merged, 0, polarities, 0, merged.length);
    }

    @Override
    public Result result() {
        long n = Math.addExact(Math.addExact(polarities[0], polarities[1]), polarities[2]);
        double variance = 0;
        if (n > 1) {
            BigInteger numerator = BigInteger.valueOf(n)
                    .multiply(BigInteger.valueOf(squares))
                    .subtract(BigInteger.valueOf(sum).pow(2));
            variance = numerator.doubleValue() / ((double) n * (n - 1.0)) / ((double) UNIT * UNIT);
        }
        return new Result(new SampleMean(n, (double) sum / UNIT, variance), AnswerDistribution.of(SCALE, polarities));
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT);
        for (long count : polarities) {
            writer.putLong(count);
        }
        return writer.putLong(sum).putLong(squares).toBytes();
    }

    private static SentimentSummary read(byte[] bytes) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        SentimentSummary summary = new SentimentSummary();
        for (int i = 0; i < summary.polarities.length; i++) {
            summary.polarities[i] = reader.getCount();
        }
        summary.sum = reader.getLong();
        summary.squares = reader.getCount();
        reader.end();
        Result result;
        try {
            result = summary.result();
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    reader.malformed("sums that no texts make").getMessage(), e);
        }
        if (Math.abs(result.compound().sum()) > result.compound().n()) {
            throw reader.malformed("sums that no " + result.compound().n() + " texts make");
        }
        return summary;
    }

    private static int place(Polarity polarity) {
        return switch (polarity) {
            case NEGATIVE -> 0;
            case NEUTRAL -> 1;
            case POSITIVE -> 2;
        };
    }
}
