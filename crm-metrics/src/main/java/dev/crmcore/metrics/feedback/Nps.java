package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import java.util.stream.Collector;

/**
 * The Net Promoter Score: the share of answers 9 and 10 minus the share of answers 0 to 6 to "how likely are you to
 * recommend us", in points.
 *
 * <pre>{@code
 * NpsScore score = answers.collect(Nps.collector());   // from a Stream<Integer>
 *
 * Nps nps = Nps.create();                              // from columns: nothing is allocated per answer
 * nps.add(scores, 0, scores.length);
 * nps.result().estimate();
 * }</pre>
 *
 * <p>Only answers 0 to 10 to that question are NPS. Stars, five smileys or 1 to 10 are other scales, whatever their range
 * looks like; whoever maps one declares it by counting the three groups: {@link NpsScore#of(long, long, long)}.
 *
 * <p>Mutable, not thread-safe. State: eleven counts and four counts of rejected answers.
 */
public final class Nps extends ScoreAccumulator<Nps, NpsScore> {

    /** Likelihood to recommend, 0 to 10: promoters are the top box, detractors the bottom box. */
    public static final RatingScale SCALE = RatingScale.higherIsBetter("nps-0-10", 0, 10, 9, 6);

    /** What the score means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("nps", 1)
            .name("Net Promoter Score")
            .kind(KpiKind.MERGEABLE)
            .unit("points, -100 to 100")
            .formula("100 (P - D)/n with P answers 9-10, D answers 0-6, n all valid answers 0-10")
            .emptyRule("undefined without a valid answer")
            .source("Reichheld 2003; intervals: Rocks 2016, for few answers Tango 1998")
            .build();

    /** How to begin, resume and collect. */
    public static final AccumulatorType<Integer, Nps, NpsScore> TYPE =
            AccumulatorType.of(DEFINITION, Nps::new, Nps::fromBytes);

    private Nps() {
        super(DEFINITION.id(), SCALE);
    }

    /**
     * Begins.
     *
     * @return an accumulator without answers
     */
    public static Nps create() {
        return new Nps();
    }

    /**
     * The score as a collector.
     *
     * @return a collector of answers 0 to 10
     */
    public static Collector<Integer, ?, NpsScore> collector() {
        return TYPE.collector();
    }

    /**
     * Resumes from a byte form.
     *
     * @param bytes what {@link #toBytes()} returned
     * @return an accumulator with that state
     * @throws IllegalArgumentException if the bytes are not such a state
     */
    public static Nps fromBytes(byte[] bytes) {
        Nps nps = new Nps();
        nps.read(bytes);
        return nps;
    }

    @Override
    public NpsScore result() {
        return NpsScore.of(answers());
    }
}
