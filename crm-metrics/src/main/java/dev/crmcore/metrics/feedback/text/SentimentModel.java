package dev.crmcore.metrics.feedback.text;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.internal.FisherZ;
import dev.crmcore.metrics.internal.IndexSort;
import dev.crmcore.metrics.internal.LongTable;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Predicts how people would rate a text, learnt from a host's own rated texts: reviews with stars, survey comments with their
 * score. It is a ridge regression on what VADER makes of the text and on its words, pairs of words and parts of words.
 *
 * <pre>{@code
 * SentimentModel model = SentimentModel.fit(Vader.english(), ratedReviews);
 * model.validation();                        // is it better than the lexicon alone?
 * model.predict("The battery died after two days");          // in the unit of the ratings, such as stars
 * model.explain("The battery died after two days").tokens(); // which word did what
 * byte[] kept = model.toBytes();
 * }</pre>
 *
 * <p>Features are scaled by how rare they are and by how unlike the mean the texts with them are rated (as Wang and Manning 2012
 * scale by naive Bayes); the penalty is the one of four that predicts best in five folds, where text i is in fold i mod 5. The
 * same texts in the same order give the same model on every machine.
 *
 * <p>Fitting takes about 3 kB a text and time in proportion to the characters, about a second for a thousand sentences. At most
 * 100,000 features are kept, the rarest are dropped. A prediction costs some tens of microseconds a sentence.
 *
 * <p>The byte form holds no words, only 64-bit hashes of them. Version 1: i32 check sum of the lexicon; u64 texts; doubles penalty,
 * validated error, correlation and correlation of the lexicon, intercept, and 12 coefficients of the lexicon's figures; u32
 * number of features; for each, by its hash as a signed number, i64 hash, i32 texts with it, double coefficient.
 *
 * <p>Immutable and thread-safe.
 */
public final class SentimentModel {

    /** Fewer texts teach nothing. */
    public static final int LEAST_TEXTS = 20;

    private static final String ID = "sentiment-model";
    private static final int FORMAT = 1;
    private static final double GREATEST_RATING = 1e9;

    private final Vader vader;
    private final long n;
    private final double penalty;
    private final Validation validation;
    private final double intercept;
    private final double[] figureCoefficients;
    private final long[] keys;
    private final int[] textsWith;
    private final double[] coefficients;
    private final LongTable columns = new LongTable();

    private SentimentModel(
            Vader vader,
            long n,
            double penalty,
            Validation validation,
            double intercept,
            double[] figureCoefficients,
            long[] keys,
            int[] textsWith,
            double[] coefficients) {
        this.vader = vader;
        this.n = n;
        this.penalty = penalty;
        this.validation = validation;
        this.intercept = intercept;
        this.figureCoefficients = figureCoefficients;
        this.keys = keys;
        this.textsWith = textsWith;
        this.coefficients = coefficients;
        columns.expect(keys.length);
        for (int i = 0; i < keys.length; i++) {
            columns.put(keys[i], i + 1L);
        }
    }

    /**
     * How well ratings were predicted of texts that the fit had not seen, in five folds. The penalty was chosen on the same
     * folds, which flatters the figures a little.
     *
     * @param meanSquaredError the mean squared error, in squared units of the rating
     * @param correlation Pearson's correlation of predictions and ratings; 0 if the predictions do not vary
     * @param lexiconCorrelation the same for VADER's compound alone; 0 if it does not vary
     */
    public record Validation(double meanSquaredError, double correlation, double lexiconCorrelation) {

        /**
         * A validation.
         *
         * @param meanSquaredError the mean squared error
         * @param correlation the correlation of predictions and ratings
         * @param lexiconCorrelation the correlation of VADER's compound and ratings
         */
        public Validation {}
    }

    /**
     * Learns from rated texts.
     *
     * @param vader the rules and the lexicon that the model builds on
     * @param texts the texts with their ratings on one scale, at least {@link #LEAST_TEXTS}
     * @return the model
     * @throws IllegalArgumentException if there are too few texts, all ratings are equal, or one is beyond &plusmn;1e9
     */
    public static SentimentModel fit(Vader vader, Collection<RatedText> texts) {
        Objects.requireNonNull(vader, "vader");
        requireUsable(texts);
        TrainingTexts training = new TrainingTexts(vader, texts);
        SentimentFit.Choice choice = SentimentFit.choosePenalty(training);
        int[] all = new int[training.size()];
        Arrays.setAll(all, row -> row);
        SentimentFit fit = new SentimentFit(training, all);
        fit.solve(choice.penalty());
        Validation validation = new Validation(
                choice.meanSquaredError(),
                choice.correlation(),
                SentimentFit.correlation(training.compounds(), training.ratings()));
        return of(vader, training, fit, choice.penalty(), validation);
    }

    /**
     * Reads a model.
     *
     * @param bytes what {@link #toBytes()} returned
     * @param vader the rules and the lexicon that the model was fitted with
     * @return the model
     * @throws IllegalArgumentException if the bytes are not such a model, or it was fitted with another lexicon
     */
    public static SentimentModel fromBytes(byte[] bytes, Vader vader) {
        StateReader reader = StateReader.open(bytes, ID, FORMAT);
        if (reader.getInt() != vader.lexicon().checkSum()) {
            throw reader.malformed("fitted with another lexicon than " + vader.lexicon());
        }
        long n = reader.getCount();
        double penalty = reader.getFinite();
        Validation validation = new Validation(reader.getFinite(), reader.getFinite(), reader.getFinite());
        double intercept = reader.getFinite();
        double[] figures = new double[TextFeatures.FIGURES];
        for (int i = 0; i < figures.length; i++) {
            figures[i] = reader.getFinite();
        }
        int size = reader.getSize(Long.BYTES + Integer.BYTES + Double.BYTES);
        long[] keys = new long[size];
        int[] textsWith = new int[size];
        double[] coefficients = new double[size];
        for (int i = 0; i < size; i++) {
            keys[i] = reader.getLong();
            textsWith[i] = reader.getInt();
            coefficients[i] = reader.getFinite();
            if (textsWith[i] < 1 || textsWith[i] > n || (i > 0 && keys[i] <= keys[i - 1])) {
                throw reader.malformed("feature " + i + " makes no sense");
            }
        }
        reader.end();
        return new SentimentModel(vader, n, penalty, validation, intercept, figures, keys, textsWith, coefficients);
    }

    /**
     * The model as bytes, the same on every machine.
     *
     * @return a new array, about 20 bytes for each feature
     */
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(ID, FORMAT)
                .putInt(vader.lexicon().checkSum())
                .putLong(n)
                .putDouble(penalty)
                .putDouble(validation.meanSquaredError())
                .putDouble(validation.correlation())
                .putDouble(validation.lexiconCorrelation())
                .putDouble(intercept);
        for (double coefficient : figureCoefficients) {
            writer.putDouble(coefficient);
        }
        writer.putInt(keys.length);
        for (int i = 0; i < keys.length; i++) {
            writer.putLong(keys[i]).putInt(textsWith[i]).putDouble(coefficients[i]);
        }
        return writer.toBytes();
    }

    /**
     * How many texts it was fitted on.
     *
     * @return the number of texts
     */
    public long n() {
        return n;
    }

    /**
     * The penalty that was chosen.
     *
     * @return the ridge penalty, 0.2 to 12.8
     */
    public double penalty() {
        return penalty;
    }

    /**
     * How well it predicts.
     *
     * @return the figures of the five folds
     */
    public Validation validation() {
        return validation;
    }

    /**
     * The correlation of {@link #validation()} with its interval by Fisher's z over the texts.
     *
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the correlation of predictions and ratings, n being the texts; without an interval up to three texts, and where it
     *     is 1
     * @throws IllegalArgumentException if the level is out of range
     */
    public Estimate correlation(double level) {
        Estimate correlation = Estimate.of(validation.correlation(), n);
        return FisherZ.interval(correlation.value(), n, level)
                .map(correlation::withInterval)
                .orElse(correlation);
    }

    /**
     * The rating that a text would get.
     *
     * @param text the text
     * @return the prediction in the unit of the ratings; it can lie a little outside of their range
     */
    public double predict(String text) {
        return explain(text).rating();
    }

    /**
     * The rating that a text would get, with what each token adds to it.
     *
     * @param text the text
     * @return the prediction and its parts, which add up to it
     */
    public RatingExplanation explain(String text) {
        ValencePass pass = new ValencePass(vader.lexicon()).take(text);
        TextFeatures features = TextFeatures.of(pass);
        double[] parts = new double[features.tokens() + 1];
        for (int token = 0; token < parts.length; token++) {
            for (int figure = 0; figure < TextFeatures.FIGURES; figure++) {
                parts[token] += figureCoefficients[figure] * features.share(token, figure);
            }
        }
        addFeatures(features, parts);
        double rating = intercept;
        for (double part : parts) {
            rating += part;
        }
        TokenizedText tokenized = pass.text();
        List<TokenContribution> tokens = new ArrayList<>(features.tokens());
        for (int i = 0; i < features.tokens(); i++) {
            tokens.add(new TokenContribution(tokenized.token(i), tokenized.begin(i), tokenized.end(text, i), parts[i]));
        }
        return new RatingExplanation(rating, intercept, parts[features.tokens()], tokens);
    }

    /** On how many texts it stands and how well it predicts. */
    @Override
    public String toString() {
        return "sentiment model of " + n + " texts, " + validation;
    }

    private void addFeatures(TextFeatures features, double[] parts) {
        int[] known = new int[features.size()];
        double[] values = new double[features.size()];
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            known[i] = (int) columns.get(features.key(i)) - 1;
            values[i] = known[i] < 0 ? 0 : features.weight(i) * SentimentFit.rarity(n, textsWith[known[i]]);
            squares += values[i] * values[i];
        }
        double length = squares > 0 ? Math.sqrt(squares) : 1;
        for (int i = 0; i < values.length; i++) {
            if (known[i] >= 0) {
                features.spread(i, coefficients[known[i]] * values[i] / length, parts);
            }
        }
    }

    private static SentimentModel of(
            Vader vader, TrainingTexts training, SentimentFit fit, double penalty, Validation validation) {
        int size = training.vocabulary();
        int[] byKey = IndexSort.sorted(size, (i, j) -> Long.compare(training.key(i), training.key(j)));
        long[] keys = new long[size];
        int[] textsWith = new int[size];
        double[] coefficients = new double[size];
        for (int i = 0; i < size; i++) {
            keys[i] = training.key(byKey[i]);
            textsWith[i] = fit.textsWith(byKey[i]);
            coefficients[i] = fit.coefficient(byKey[i]);
        }
        double[] figures = new double[TextFeatures.FIGURES];
        Arrays.setAll(figures, fit::figureCoefficient);
        return new SentimentModel(
                vader, training.size(), penalty, validation, fit.intercept(), figures, keys, textsWith, coefficients);
    }

    private static void requireUsable(Collection<RatedText> texts) {
        if (texts.size() < LEAST_TEXTS) {
            throw new IllegalArgumentException("texts must be at least " + LEAST_TEXTS + ", not " + texts.size());
        }
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (RatedText text : texts) {
            least = Math.min(least, text.rating());
            greatest = Math.max(greatest, text.rating());
        }
        if (Math.max(-least, greatest) > GREATEST_RATING) {
            throw new IllegalArgumentException(
                    "ratings must be within +-" + GREATEST_RATING + ", not " + least + " to " + greatest);
        }
        if (least == greatest) {
            throw new IllegalArgumentException("ratings must differ, they are all " + least);
        }
    }
}
