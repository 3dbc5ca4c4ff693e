package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A declared scale: which whole numbers can be answered, which way is up, and which answers are in the top box (good) and in
 * the bottom box (bad). Answers of two scales are never averaged: 4 of 5 and 4 of 7 are different things, and so are effort
 * and ease.
 *
 * <pre>{@code
 * RatingScale ease = RatingScale.higherIsBetter("ease-1-5", 1, 5, 4, 2);   // 4-5 good, 1-2 bad
 * RatingScale effort = RatingScale.lowerIsBetter("effort-1-5", 1, 5, 2, 4); // 1-2 good, 4-5 bad
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class RatingScale {

    /** More steps than a slider of 0 to 1000 are not a scale but a measurement. */
    static final int MOST_STEPS = 1_001;

    private static final int LONGEST_ID = 200;
    private static final int LONGEST_ANSWER = 40;
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?");

    private final String id;
    private final int lowest;
    private final int highest;
    private final boolean higherIsBetter;
    private final int topBox;
    private final int bottomBox;

    private RatingScale(String id, int lowest, int highest, boolean higherIsBetter, int topBox, int bottomBox) {
        this.id = Objects.requireNonNull(id, "id");
        if (id.isBlank() || id.length() > LONGEST_ID) {
            throw new IllegalArgumentException("id must have 1 to " + LONGEST_ID + " characters, not \"" + id + "\"");
        }
        if (lowest >= highest || (long) highest - lowest >= MOST_STEPS) {
            throw new IllegalArgumentException(
                    "a scale has 2 to " + MOST_STEPS + " steps, not " + lowest + " to " + highest);
        }
        boolean apart = higherIsBetter ? bottomBox < topBox : topBox < bottomBox;
        if (!apart || topBox < lowest || topBox > highest || bottomBox < lowest || bottomBox > highest) {
            throw new IllegalArgumentException("top box " + topBox + " and bottom box " + bottomBox
                    + " must be on the scale " + lowest + " to " + highest + ", and the top box at its better end");
        }
        this.lowest = lowest;
        this.highest = highest;
        this.higherIsBetter = higherIsBetter;
        this.topBox = topBox;
        this.bottomBox = bottomBox;
    }

    /**
     * A scale on which a higher answer is better.
     *
     * @param id the scale's stable name, which is kept with each state
     * @param lowest the lowest answer
     * @param highest the highest answer, above {@code lowest} by at most 1,000
     * @param topBoxFrom the lowest answer of the top box
     * @param bottomBoxTo the highest answer of the bottom box, below {@code topBoxFrom}
     * @return the scale
     * @throws IllegalArgumentException if the numbers do not make a scale
     */
    public static RatingScale higherIsBetter(String id, int lowest, int highest, int topBoxFrom, int bottomBoxTo) {
        return new RatingScale(id, lowest, highest, true, topBoxFrom, bottomBoxTo);
    }

    /**
     * A scale on which a lower answer is better, such as effort.
     *
     * @param id the scale's stable name, which is kept with each state
     * @param lowest the lowest answer
     * @param highest the highest answer, above {@code lowest} by at most 1,000
     * @param topBoxTo the highest answer of the top box
     * @param bottomBoxFrom the lowest answer of the bottom box, above {@code topBoxTo}
     * @return the scale
     * @throws IllegalArgumentException if the numbers do not make a scale
     */
    public static RatingScale lowerIsBetter(String id, int lowest, int highest, int topBoxTo, int bottomBoxFrom) {
        return new RatingScale(id, lowest, highest, false, topBoxTo, bottomBoxFrom);
    }

    /**
     * The scale's stable name.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * The lowest answer.
     *
     * @return the lowest answer
     */
    public int lowest() {
        return lowest;
    }

    /**
     * The highest answer.
     *
     * @return the highest answer
     */
    public int highest() {
        return highest;
    }

    /**
     * Which way is up.
     *
     * @return whether a higher answer is better
     */
    public boolean isHigherBetter() {
        return higherIsBetter;
    }

    /**
     * The answer of the top box that is nearest to the middle.
     *
     * @return the top box's limit, inclusive
     */
    public int topBox() {
        return topBox;
    }

    /**
     * The answer of the bottom box that is nearest to the middle.
     *
     * @return the bottom box's limit, inclusive
     */
    public int bottomBox() {
        return bottomBox;
    }

    /**
     * How many different answers there are.
     *
     * @return the number of steps, 2 to 1,001
     */
    public int steps() {
        return highest - lowest + 1;
    }

    /**
     * Whether an answer is in the top box.
     *
     * @param answer an answer on the scale
     * @return whether it is good
     */
    public boolean isTop(int answer) {
        return higherIsBetter ? answer >= topBox : answer <= topBox;
    }

    /**
     * Whether an answer is in the bottom box.
     *
     * @param answer an answer on the scale
     * @return whether it is bad
     */
    public boolean isBottom(int answer) {
        return higherIsBetter ? answer <= bottomBox : answer >= bottomBox;
    }

    /**
     * Whether a whole number is an answer of this scale.
     *
     * @param answer the number
     * @return whether it is from the lowest to the highest answer
     */
    public boolean contains(int answer) {
        return answer >= lowest && answer <= highest;
    }

    /**
     * Holds a raw answer against the scale. A plain decimal number is read ("9", "9.0", "+9"); there is no grouping, decimal
     * comma or exponent. The range is looked at before wholeness: 11.5 on 0 to 10 is out of range.
     *
     * @param raw the answer as it came, or null if there was none
     * @return what became of it, with its value if it is valid
     */
    public CheckedAnswer check(@Nullable CharSequence raw) {
        if (raw == null) {
            return new CheckedAnswer(AnswerState.BLANK, 0);
        }
        String text = raw.toString().strip();
        if (text.isEmpty()) {
            return new CheckedAnswer(AnswerState.BLANK, 0);
        }
        if (text.length() > LONGEST_ANSWER || !DECIMAL.matcher(text).matches()) {
            return new CheckedAnswer(AnswerState.NOT_A_NUMBER, 0);
        }
        return check(new BigDecimal(text));
    }

    /**
     * Holds a numeric answer against the scale.
     *
     * @param raw the answer; NaN is {@link AnswerState#NOT_A_NUMBER}
     * @return what became of it, with its value if it is valid
     */
    public CheckedAnswer check(double raw) {
        if (Double.isNaN(raw)) {
            return new CheckedAnswer(AnswerState.NOT_A_NUMBER, 0);
        }
        if (raw < lowest || raw > highest) {
            return new CheckedAnswer(AnswerState.OUT_OF_RANGE, 0);
        }
        return raw == Math.rint(raw)
                ? new CheckedAnswer(AnswerState.VALID, (int) raw)
                : new CheckedAnswer(AnswerState.NOT_WHOLE, 0);
    }

    void write(StateWriter writer) {
        writer.putString(id)
                .putInt(lowest)
                .putInt(highest)
                .putInt(topBox)
                .putInt(bottomBox)
                .putByte(higherIsBetter ? 1 : 0);
    }

    static RatingScale read(StateReader reader) {
        String id = reader.getString();
        int lowest = reader.getInt();
        int highest = reader.getInt();
        int topBox = reader.getInt();
        int bottomBox = reader.getInt();
        return new RatingScale(id, lowest, highest, reader.getByte() == 1, topBox, bottomBox);
    }

    private CheckedAnswer check(BigDecimal number) {
        if (number.compareTo(BigDecimal.valueOf(lowest)) < 0 || number.compareTo(BigDecimal.valueOf(highest)) > 0) {
            return new CheckedAnswer(AnswerState.OUT_OF_RANGE, 0);
        }
        int whole = number.intValue();
        return number.compareTo(BigDecimal.valueOf(whole)) == 0
                ? new CheckedAnswer(AnswerState.VALID, whole)
                : new CheckedAnswer(AnswerState.NOT_WHOLE, 0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RatingScale that
                && id.equals(that.id)
                && lowest == that.lowest
                && highest == that.highest
                && higherIsBetter == that.higherIsBetter
                && topBox == that.topBox
                && bottomBox == that.bottomBox;
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, lowest, highest, higherIsBetter, topBox, bottomBox);
    }

    /** The id and the range. */
    @Override
    public String toString() {
        return id + " (" + lowest + " to " + highest + ")";
    }
}
