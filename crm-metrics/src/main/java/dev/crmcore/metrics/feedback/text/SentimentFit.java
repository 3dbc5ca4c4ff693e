package dev.crmcore.metrics.feedback.text;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One fit of a {@link SentimentModel} on some of the texts: rarity of the features, their scaling by how much they tell of the
 * rating, and the ridge regression on both and on the lexicon's figures.
 *
 * <p>Not thread-safe.
 */
final class SentimentFit {

    /** Penalties that are tried, from the strongest on. A finer choice follows the noise of the folds and predicts worse. */
    static final double[] PENALTIES = {12.8, 3.2, 0.8, 0.2};

    /** The figures count as a kernel of half the weight of the features. */
    static final double FIGURE_WEIGHT = Math.sqrt(0.5);

    private static final double LEAST_EFFECT = 0.5;
    private static final int FOLDS = 5;

    private final TrainingTexts texts;
    private final int n;
    private final int[] textsWith;
    private final double[] factors;
    private final RidgeProblem problem;
    private double[] weights;

    SentimentFit(TrainingTexts texts, int[] rows) {
        this.texts = texts;
        this.n = rows.length;
        this.textsWith = texts.textsWith(rows);
        this.problem = new RidgeProblem(rows.length, TextFeatures.FIGURES + texts.vocabulary());
        for (int row : rows) {
            double[] figures = texts.figures(row);
            for (int figure = 0; figure < figures.length; figure++) {
                problem.put(figure, FIGURE_WEIGHT * figures[figure]);
            }
            int[] features = texts.features(row);
            double length = length(row);
            for (int i = 0; i < features.length; i++) {
                if (isKnown(features[i])) {
                    problem.put(
                            TextFeatures.FIGURES + features[i],
                            texts.weights(row)[i] * rarity(n, textsWith[features[i]]) / length);
                }
            }
            problem.endRow(texts.rating(row));
        }
        this.factors = scaleByEffect();
        this.weights = new double[TextFeatures.FIGURES + texts.vocabulary()];
    }

    /** The penalty that predicts best what a fit has not seen, and how well it does. */
    record Choice(double penalty, double meanSquaredError, double correlation) {}

    /** How rare a feature is: it counts more, the fewer texts have it. */
    static double rarity(long n, long textsWith) {
        return Math.log((1.0 + n) / (1.0 + textsWith)) + 1;
    }

    /** Fits with a penalty; quick if the last one was near. */
    void solve(double penalty) {
        weights = problem.solve(penalty, weights);
    }

    double intercept() {
        return problem.intercept(weights);
    }

    /** What a unit of a figure adds to the rating. */
    double figureCoefficient(int figure) {
        return weights[figure] * FIGURE_WEIGHT;
    }

    /** What a unit of a feature, weighed by rarity and the text's length, adds to the rating. */
    double coefficient(int feature) {
        return weights[TextFeatures.FIGURES + feature] * factors[TextFeatures.FIGURES + feature];
    }

    int textsWith(int feature) {
        return textsWith[feature];
    }

    double predict(int row) {
        double sum = intercept();
        double[] figures = texts.figures(row);
        for (int figure = 0; figure < figures.length; figure++) {
            sum += figureCoefficient(figure) * figures[figure];
        }
        int[] features = texts.features(row);
        double length = length(row);
        for (int i = 0; i < features.length; i++) {
            if (isKnown(features[i])) {
                sum += coefficient(features[i]) * texts.weights(row)[i] * rarity(n, textsWith[features[i]]) / length;
            }
        }
        return sum;
    }

    /** Predicts every text by fits on the others, in five folds, with each penalty. */
    static Choice choosePenalty(TrainingTexts texts) {
        double[][] predictions = new double[PENALTIES.length][texts.size()];
        for (int f = 0; f < FOLDS; f++) {
            int fold = f;
            SentimentFit fit = new SentimentFit(
                    texts,
                    IntStream.range(0, texts.size())
                            .filter(row -> row % FOLDS != fold)
                            .toArray());
            for (int p = 0; p < PENALTIES.length; p++) {
                fit.solve(PENALTIES[p]);
                for (int row = fold; row < texts.size(); row += FOLDS) {
                    predictions[p][row] = fit.predict(row);
                }
            }
        }
        int best = 0;
        double leastError = Double.POSITIVE_INFINITY;
        for (int p = 0; p < PENALTIES.length; p++) {
            double error = meanSquaredError(predictions[p], texts.ratings());
            if (error < leastError) {
                best = p;
                leastError = error;
            }
        }
        return new Choice(PENALTIES[best], leastError, correlation(predictions[best], texts.ratings()));
    }

    /** Pearson's correlation; 0 if a side does not vary. */
    static double correlation(double[] x, double[] y) {
        double meanX = Arrays.stream(x).sum() / x.length;
        double meanY = Arrays.stream(y).sum() / y.length;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
    }

    private static double meanSquaredError(double[] predictions, double[] ratings) {
        double sum = 0;
        for (int i = 0; i < ratings.length; i++) {
            sum += (predictions[i] - ratings[i]) * (predictions[i] - ratings[i]);
        }
        return sum / ratings.length;
    }

    /** The length of a text's known features; 1 for a text without any. */
    private double length(int row) {
        int[] features = texts.features(row);
        double squares = 0;
        for (int i = 0; i < features.length; i++) {
            if (isKnown(features[i])) {
                double weight = texts.weights(row)[i] * rarity(n, textsWith[features[i]]);
                squares += weight * weight;
            }
        }
        return squares > 0 ? Math.sqrt(squares) : 1;
    }

    private boolean isKnown(int feature) {
        return feature != TrainingTexts.UNKNOWN && textsWith[feature] > 0;
    }

    /**
     * Scales features so that those whose texts are rated unlike the mean are penalised less (after Wang and Manning 2012),
     * and all of them to a mean length of 1.
     */
    private double[] scaleByEffect() {
        double[] scale = problem.effects();
        Arrays.setAll(scale, column -> Math.sqrt(LEAST_EFFECT + Math.abs(scale[column])));
        problem.scale(TextFeatures.FIGURES, scale);
        double mean = Math.sqrt(problem.meanSquare(TextFeatures.FIGURES));
        double[] toOne = new double[scale.length];
        Arrays.fill(toOne, mean > 0 ? 1 / mean : 1);
        problem.scale(TextFeatures.FIGURES, toOne);
        Arrays.setAll(scale, column -> scale[column] * toOne[column]);
        return scale;
    }
}
