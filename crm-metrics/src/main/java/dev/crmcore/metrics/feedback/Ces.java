package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import java.util.stream.Collector;

/**
 * The Customer Effort Score: the mean answer to how easy it was to have an issue handled.
 *
 * <p>Version 2.0 asks for agreement from 1 to 7 with "the company made it easy for me to handle my issue": higher is better.
 * Version 1.0 asks for one's effort from 1 to 5: lower is better. They are two scales, and an answer of one is refused by the
 * other's state.
 *
 * <pre>{@code
 * CesScore score = answers.collect(Ces.collector(Ces.VERSION_2));
 * score.estimate();     // mean, t interval
 * score.easyShare();    // share of 5 to 7, Wilson interval
 * }</pre>
 *
 * <p>Mutable, not thread-safe. State: one count for each step of the scale and four counts of rejected answers.
 */
public final class Ces extends ScoreAccumulator<Ces, CesScore> {

    /** CES 2.0, agreement 1 to 7: easy is 5 to 7, hard is 1 to 3. */
    public static final RatingScale VERSION_2 = RatingScale.higherIsBetter("ces-2-1-7-easy-5-7", 1, 7, 5, 3);
    /** CES 2.0 for the net form that some vendors report: 6 and 7 minus 1 to 3. */
    public static final RatingScale VERSION_2_NET = RatingScale.higherIsBetter("ces-2-1-7-net-6-7", 1, 7, 6, 3);
    /** CES 1.0, effort 1 to 5: easy is 1 and 2, hard is 4 and 5. */
    public static final RatingScale VERSION_1 = RatingScale.lowerIsBetter("ces-1-1-5-effort", 1, 5, 2, 4);

    /** What the score means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("ces", 1)
            .name("Customer Effort Score")
            .kind(KpiKind.MERGEABLE)
            .unit("mean answer, in steps of the scale")
            .formula("sum of valid answers / number of valid answers")
            .variant("the scale's id names version, range and box; scales are never averaged together")
            .emptyRule("undefined without a valid answer")
            .source("Dixon, Freeman and Toman 2010 (1.0); CEB 2013 (2.0)")
            .build();

    private Ces(RatingScale scale) {
        super(DEFINITION.id(), scale);
    }

    /**
     * The KPI on a scale.
     *
     * @param scale the scale of the answers
     * @return how to begin, resume and collect
     */
    public static AccumulatorType<Integer, Ces, CesScore> on(RatingScale scale) {
        return AccumulatorType.of(DEFINITION, () -> new Ces(scale), bytes -> {
            Ces ces = new Ces(scale);
            ces.read(bytes);
            return ces;
        });
    }

    /**
     * The score as a collector.
     *
     * @param scale the scale of the answers
     * @return a collector of answers on the scale
     */
    public static Collector<Integer, ?, CesScore> collector(RatingScale scale) {
        return on(scale).collector();
    }

    @Override
    public CesScore result() {
        return new CesScore(answers());
    }
}
