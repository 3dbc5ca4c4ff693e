package dev.crmcore.feedback;

import dev.crmcore.internal.text.Quoted;
import dev.crmcore.query.ScalarType;
import dev.crmcore.value.InvalidValueException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The scale of a score: its range, and which end is the good one. It is kept with every answer, because figures of
 * different scales are never averaged.
 *
 * <p>Immutable and thread-safe.
 */
public final class ScoreScale {

    /** Net Promoter: likelihood to recommend, 0 to 10. */
    public static final ScoreScale NPS = new ScoreScale("NPS", 0, 10, true);

    /** Customer satisfaction, 1 to 5. */
    public static final ScoreScale CSAT_5 = new ScoreScale("CSAT_5", 1, 5, true);

    /** Customer effort 2.0: agreement that it was made easy, 1 to 7; more is better. */
    public static final ScoreScale CES_2_0_7 = new ScoreScale("CES_2_0_7", 1, 7, true);

    /** Customer effort 1.0: the effort that it took, 1 to 5; less is better. */
    public static final ScoreScale CES_1_0_5 = new ScoreScale("CES_1_0_5", 1, 5, false);

    /** Customer effort 1.0 asked in seven steps; less is better. */
    public static final ScoreScale CES_1_0_7 = new ScoreScale("CES_1_0_7", 1, 7, false);

    static final ScalarType<ScoreScale> STORED = ScalarType.ofText(ScoreScale::name, ScoreScale::parse);

    private static final int MAX_STEPS = 100;
    private static final String STARS = "STARS_";
    private static final String LIKERT = "LIKERT_";

    private final String name;
    private final int min;
    private final int max;
    private final boolean moreIsBetter;

    private ScoreScale(String name, int min, int max, boolean moreIsBetter) {
        this.name = name;
        this.min = min;
        this.max = max;
        this.moreIsBetter = moreIsBetter;
    }

    /**
     * One to n stars.
     *
     * @param count how many stars there are, 2 to 100
     * @return the scale {@code STARS_n}
     * @throws InvalidValueException if the count is out of range
     */
    public static ScoreScale stars(int count) {
        return new ScoreScale(STARS + requireSteps(count), 1, count, true);
    }

    /**
     * One to n steps of agreement.
     *
     * @param steps how many steps there are, 2 to 100
     * @return the scale {@code LIKERT_n}
     * @throws InvalidValueException if the number of steps is out of range
     */
    public static ScoreScale likert(int steps) {
        return new ScoreScale(LIKERT + requireSteps(steps), 1, steps, true);
    }

    private static int requireSteps(int steps) {
        if (steps < 2 || steps > MAX_STEPS) {
            throw new InvalidValueException(
                    "steps of a scale", Integer.toString(steps), "must be 2 to " + MAX_STEPS + ": " + steps);
        }
        return steps;
    }

    /**
     * The scale of a name.
     *
     * @param name what {@link #name} gave
     * @return the scale
     * @throws InvalidValueException if there is no such scale
     */
    public static ScoreScale parse(String name) {
        return switch (name) {
            case "NPS" -> NPS;
            case "CSAT_5" -> CSAT_5;
            case "CES_2_0_7" -> CES_2_0_7;
            case "CES_1_0_5" -> CES_1_0_5;
            case "CES_1_0_7" -> CES_1_0_7;
            default -> parseCounted(name);
        };
    }

    private static ScoreScale parseCounted(String name) {
        try {
            if (name.startsWith(STARS)) {
                return stars(Integer.parseInt(name.substring(STARS.length())));
            } else if (name.startsWith(LIKERT)) {
                return likert(Integer.parseInt(name.substring(LIKERT.length())));
            }
        } catch (NumberFormatException e) {
            // refused below, with the same words
        }
        throw new InvalidValueException("scale", name, "there is no scale " + Quoted.of(name));
    }

    /**
     * The name, under which it is kept.
     *
     * @return such as {@code NPS}, {@code CES_2_0_7} or {@code STARS_5}
     */
    public String name() {
        return name;
    }

    /**
     * The lowest score.
     *
     * @return 0 or 1
     */
    public int min() {
        return min;
    }

    /**
     * The highest score.
     *
     * @return greater than {@link #min()}
     */
    public int max() {
        return max;
    }

    /**
     * Which end is the good one.
     *
     * @return whether a higher score is better
     */
    public boolean moreIsBetter() {
        return moreIsBetter;
    }

    /**
     * Whether the scale has a score.
     *
     * @param score the score
     * @return whether it is within the range
     */
    public boolean includes(long score) {
        return score >= min && score <= max;
    }

    /**
     * Whether one score is as good as another or better.
     *
     * @param score the one
     * @param other the other
     * @return whether it is at least as good on this scale
     */
    public boolean isAtLeastAsGood(int score, int other) {
        return moreIsBetter ? score >= other : score <= other;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ScoreScale that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
