package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A questionnaire whose items measure one thing together: all answered on the same range, some of them worded the other way
 * round, each with a weight.
 *
 * <p>The score of a respondent is the weighted mean of the answered items, with the weights of those items made to sum to 1,
 * on a scale from 0 (the worst answers) to 100 (the best): {@code 100 sum w(x - min)/((max - min) sum w)}, as the ACSI does it.
 * A reversed item counts as {@code min + max - x}. Who answered fewer items than {@link #minimumAnswered()} has no score.
 *
 * <pre>{@code
 * SurveyScale ease = SurveyScale.builder("ease", 1, 5)
 *         .item("quick", 3).item("clear", 2).reversedItem("tiring", 2).minimumAnswered(2).build();
 *
 * ease.score(5, SurveyScale.MISSING, 2);                 // one respondent
 * rows.collect(ScaleScore.on(ease).collector());         // all of them: mean, t interval
 * rows.collect(ScaleReliability.on(ease).collector());   // Cronbach's alpha, item-total correlations
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class SurveyScale {

    /** Stands in a row of answers where an item was not answered. */
    public static final int MISSING = Integer.MIN_VALUE;

    /** The widest range from the lowest to the highest answer: sums of products stay whole numbers that fit. */
    public static final int WIDEST_RANGE = 10_000;

    private static final int LONGEST_ID = 200;
    private static final double GREATEST_WEIGHT = 1e100;

    private final String id;
    private final int lowest;
    private final int highest;
    private final List<Item> items;
    private final int minimumAnswered;
    private final double[] weights;

    private SurveyScale(Builder builder) {
        id = builder.id;
        lowest = builder.lowest;
        highest = builder.highest;
        items = List.copyOf(builder.items);
        minimumAnswered = builder.minimumAnswered;
        weights = items.stream().mapToDouble(Item::weight).toArray();
    }

    /**
     * A question of the scale.
     *
     * @param id its id
     * @param weight how much it counts, above 0, at most 1e100
     * @param reversed whether a low answer is a good one
     */
    public record Item(String id, double weight, boolean reversed) {

        /**
         * Checks the parts.
         *
         * @param id its id, 1 to 200 characters
         * @param weight how much it counts, above 0, at most 1e100
         * @param reversed whether a low answer is a good one
         * @throws IllegalArgumentException if the id has not 1 to 200 characters or the weight out of range
         */
        public Item {
            requireId(id);
            if (!(weight > 0 && weight <= GREATEST_WEIGHT)) {
                throw new IllegalArgumentException(
                        "weight must be above 0 and at most " + GREATEST_WEIGHT + ", not " + weight);
            }
        }
    }

    /**
     * Begins a scale.
     *
     * @param id names the scale
     * @param lowest the lowest answer
     * @param highest the highest answer
     * @return a builder without items
     */
    public static Builder builder(String id, int lowest, int highest) {
        return new Builder(id, lowest, highest);
    }

    /**
     * The scale's name.
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
     * The items in the order of a row of answers.
     *
     * @return the items, immutable
     */
    public List<Item> items() {
        return items;
    }

    /**
     * How many items must be answered for a score.
     *
     * @return 1 to the number of items
     */
    public int minimumAnswered() {
        return minimumAnswered;
    }

    /**
     * The score of one respondent.
     *
     * @param answers one answer for each item, or {@link #MISSING}
     * @return the score, 0 to 100, with the number of answered items as n; undefined if too few are answered
     * @throws IllegalArgumentException if there is not one answer for each item, or one is not on the scale
     */
    public Estimate score(int... answers) {
        int answered = requireRow(answers);
        if (answered < minimumAnswered) {
            return Estimate.undefined(
                    Undefined.tooFew(answered + " answered items, at least " + minimumAnswered + " make a score"),
                    answered);
        }
        double sum = 0;
        double sumOfWeights = 0;
        for (int i = 0; i < answers.length; i++) {
            if (answers[i] != MISSING) {
                sum += weights[i] * points(i, answers[i]);
                sumOfWeights += weights[i];
            }
        }
        return Estimate.ratio(sum, range() * sumOfWeights, 100, answered);
    }

    /**
     * The score of a whole group from the mean answer of each item, where the single answers are not at hand.
     *
     * @param means the mean answer of each item, from the lowest to the highest answer of the scale
     * @return the index, 0 to 100, without an interval; n is the number of items
     * @throws IllegalArgumentException if there is not one mean for each item, or one is outside of the scale
     */
    public Estimate indexOfMeans(double... means) {
        if (means.length != weights.length) {
            throw new IllegalArgumentException(
                    "means must have one value for each of the " + weights.length + " items, not " + means.length);
        }
        double sum = 0;
        double sumOfWeights = 0;
        for (int i = 0; i < means.length; i++) {
            if (!(means[i] >= lowest && means[i] <= highest)) {
                throw new IllegalArgumentException("mean of item \""
                        + items.get(i).id() + "\" must be from " + lowest + " to " + highest + ", not " + means[i]);
            }
            sum += weights[i] * (items.get(i).reversed() ? highest - means[i] : means[i] - lowest);
            sumOfWeights += weights[i];
        }
        return Estimate.ratio(sum, range() * sumOfWeights, 100, means.length);
    }

    /** How far an answer is from the worst one, 0 to the range. */
    int points(int item, int answer) {
        return items.get(item).reversed() ? highest - answer : answer - lowest;
    }

    int range() {
        return highest - lowest;
    }

    /** Checks a row and counts the answered items. */
    int requireRow(int[] answers) {
        if (answers.length != weights.length) {
            throw new IllegalArgumentException(
                    "answers must have one entry for each of the " + weights.length + " items, not " + answers.length);
        }
        int answered = 0;
        for (int i = 0; i < answers.length; i++) {
            if (answers[i] == MISSING) {
                continue;
            }
            if (answers[i] < lowest || answers[i] > highest) {
                throw new IllegalArgumentException("answer to \"" + items.get(i).id() + "\" must be from " + lowest
                        + " to " + highest + ", not " + answers[i]);
            }
            answered++;
        }
        return answered;
    }

    void requireSame(SurveyScale other) {
        if (!equals(other)) {
            throw new IllegalArgumentException("answers to " + this + " do not mix with answers to " + other);
        }
    }

    void write(StateWriter writer) {
        writer.putString(id)
                .putInt(lowest)
                .putInt(highest)
                .putInt(minimumAnswered)
                .putInt(items.size());
        for (Item item : items) {
            writer.putString(item.id()).putDouble(item.weight()).putByte(item.reversed() ? 1 : 0);
        }
    }

    /** Reads past a scale, which must be this one. */
    void requireNext(StateReader reader) {
        boolean same = reader.getString().equals(id)
                && reader.getInt() == lowest
                && reader.getInt() == highest
                && reader.getInt() == minimumAnswered
                && reader.getInt() == items.size();
        for (int i = 0; same && i < items.size(); i++) {
            Item item = items.get(i);
            same = reader.getString().equals(item.id())
                    && reader.getFinite() == item.weight()
                    && reader.getByte() == (item.reversed() ? 1 : 0);
        }
        if (!same) {
            throw reader.malformed("answers to another scale than " + this);
        }
    }

    private static void requireId(String id) {
        if (id.isBlank() || id.length() > LONGEST_ID) {
            throw new IllegalArgumentException("id must have 1 to " + LONGEST_ID + " characters, not \"" + id + "\"");
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SurveyScale that
                && id.equals(that.id)
                && lowest == that.lowest
                && highest == that.highest
                && minimumAnswered == that.minimumAnswered
                && items.equals(that.items);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, lowest, highest, minimumAnswered, items);
    }

    /** The id, the number of items and the range. */
    @Override
    public String toString() {
        return id + " (" + items.size() + " items, " + lowest + " to " + highest + ")";
    }

    /** Collects the items of a scale. Mutable, not thread-safe. */
    public static final class Builder {

        private final String id;
        private final int lowest;
        private final int highest;
        private final List<Item> items = new ArrayList<>();
        private int minimumAnswered = 1;

        private Builder(String id, int lowest, int highest) {
            this.id = Objects.requireNonNull(id, "id");
            this.lowest = lowest;
            this.highest = highest;
        }

        /**
         * Adds an item of weight 1.
         *
         * @param itemId its id, 1 to 200 characters
         * @return this builder
         */
        public Builder item(String itemId) {
            return item(itemId, 1);
        }

        /**
         * Adds an item.
         *
         * @param itemId its id, 1 to 200 characters
         * @param weight how much it counts, above 0, at most 1e100
         * @return this builder
         * @throws IllegalArgumentException if the id has not 1 to 200 characters or the weight out of range
         */
        public Builder item(String itemId, double weight) {
            items.add(new Item(itemId, weight, false));
            return this;
        }

        /**
         * Adds an item that is worded the other way round: its low answers are the good ones.
         *
         * @param itemId its id, 1 to 200 characters
         * @param weight how much it counts, above 0, at most 1e100
         * @return this builder
         * @throws IllegalArgumentException if the id has not 1 to 200 characters or the weight out of range
         */
        public Builder reversedItem(String itemId, double weight) {
            items.add(new Item(itemId, weight, true));
            return this;
        }

        /**
         * How many items must be answered for a score; 1 if it is not said.
         *
         * @param newMinimum 1 to the number of items
         * @return this builder
         */
        public Builder minimumAnswered(int newMinimum) {
            minimumAnswered = newMinimum;
            return this;
        }

        /**
         * Makes the scale.
         *
         * @return the scale
         * @throws IllegalArgumentException if the id has not 1 to 200 characters, the range is empty or wider than {@link #WIDEST_RANGE}, there is
         *     no item, two items share an id, or the minimum is out of range
         */
        public SurveyScale build() {
            requireId(id);
            if (lowest == MISSING || lowest >= highest || (long) highest - lowest > WIDEST_RANGE) {
                throw new IllegalArgumentException("scale must go from a lower to a higher answer, at most "
                        + WIDEST_RANGE + " apart, not from " + lowest + " to " + highest);
            }
            if (items.isEmpty()) {
                throw new IllegalArgumentException("items must not be empty");
            }
            String[] ids = items.stream().map(Item::id).sorted().toArray(String[]::new);
            if (Arrays.stream(ids).distinct().count() < ids.length) {
                throw new IllegalArgumentException("items must have different ids, not " + Arrays.toString(ids));
            }
            if (minimumAnswered < 1 || minimumAnswered > items.size()) {
                throw new IllegalArgumentException(
                        "minimumAnswered must be 1 to " + items.size() + ", not " + minimumAnswered);
            }
            return new SurveyScale(this);
        }
    }
}
