package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import java.util.stream.Collector;

/**
 * Customer satisfaction: the share of answers in the top box of a declared scale.
 *
 * <pre>{@code
 * CsatScore score = answers.collect(Csat.collector(Csat.FIVE_POINT));
 * score.estimate();     // share of 4 and 5 with its Wilson interval
 * }</pre>
 *
 * <p>Scales with other boxes than those below are declared with {@link RatingScale}. Mutable, not thread-safe. State: one
 * count for each step of the scale and four counts of rejected answers.
 */
public final class Csat extends ScoreAccumulator<Csat, CsatScore> {

    /** 1 to 5: 4 and 5 are satisfied, 1 and 2 are not. */
    public static final RatingScale FIVE_POINT = RatingScale.higherIsBetter("csat-1-5-top-2", 1, 5, 4, 2);
    /** 1 to 7: 6 and 7 are satisfied, 1 and 2 are not. */
    public static final RatingScale SEVEN_POINT = RatingScale.higherIsBetter("csat-1-7-top-2", 1, 7, 6, 2);
    /** 1 to 10: 9 and 10 are satisfied, 1 to 4 are not. */
    public static final RatingScale TEN_POINT_TOP_2 = RatingScale.higherIsBetter("csat-1-10-top-2", 1, 10, 9, 4);
    /** 1 to 10: 8 to 10 are satisfied, 1 to 4 are not. */
    public static final RatingScale TEN_POINT_TOP_3 = RatingScale.higherIsBetter("csat-1-10-top-3", 1, 10, 8, 4);
    /** 1 to 3: 3 is satisfied, 1 is not. */
    public static final RatingScale THREE_POINT = RatingScale.higherIsBetter("csat-1-3-top-1", 1, 3, 3, 1);
    /** Thumbs down is 0, thumbs up is 1. */
    public static final RatingScale THUMBS = RatingScale.higherIsBetter("csat-thumbs", 0, 1, 1, 0);

    /** What the score means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("csat", 1)
            .name("Customer satisfaction")
            .kind(KpiKind.MERGEABLE)
            .unit("share, 0 to 1")
            .formula("answers in the top box / all valid answers")
            .variant("the scale's id names range and top box, such as csat-1-5-top-2")
            .emptyRule("undefined without a valid answer")
            .source("usual practice; interval: Wilson 1927")
            .build();

    private Csat(RatingScale scale) {
        super(DEFINITION.id(), scale);
    }

    /**
     * The KPI on a scale.
     *
     * @param scale the scale of the answers
     * @return how to begin, resume and collect
     */
    public static AccumulatorType<Integer, Csat, CsatScore> on(RatingScale scale) {
        return AccumulatorType.of(DEFINITION, () -> new Csat(scale), bytes -> {
            Csat csat = new Csat(scale);
            csat.read(bytes);
            return csat;
        });
    }

    /**
     * The score as a collector.
     *
     * @param scale the scale of the answers
     * @return a collector of answers on the scale
     */
    public static Collector<Integer, ?, CsatScore> collector(RatingScale scale) {
        return on(scale).collector();
    }

    @Override
    public CsatScore result() {
        return new CsatScore(answers());
    }
}
