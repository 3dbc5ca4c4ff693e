package dev.crmcore.metrics.feedback.text;

import dev.crmcore.metrics.internal.LongTable;
import java.util.Arrays;
import java.util.Collection;

/** The texts that a {@link SentimentModel} is fitted on, as numbers: for each its figures, its features and its rating. */
final class TrainingTexts {

    /** More features than these, the rarest are taken for unknown ones. */
    static final int MOST_FEATURES = 100_000;

    static final int UNKNOWN = -1;

    private final LongTable columns = new LongTable();
    private final double[] ratings;
    private final double[] compounds;
    private final double[][] figures;
    private final int[][] features;
    private final double[][] weights;
    private long[] keys = new long[1024];
    private int vocabulary;

    TrainingTexts(Vader vader, Collection<RatedText> texts) {
        int n = texts.size();
        ratings = new double[n];
        compounds = new double[n];
        figures = new double[n][];
        features = new int[n][];
        weights = new double[n][];
        ValencePass pass = new ValencePass(vader.lexicon());
        int row = 0;
        for (RatedText text : texts) {
            TextFeatures of = TextFeatures.of(pass.take(text.text()));
            ratings[row] = text.rating();
            compounds[row] = pass.compound();
            figures[row] = of.figures();
            features[row] = new int[of.size()];
            weights[row] = new double[of.size()];
            for (int i = 0; i < of.size(); i++) {
                features[row][i] = column(of.key(i));
                weights[row][i] = of.weight(i);
            }
            row++;
        }
        forgetTheRarest();
    }

    int size() {
        return ratings.length;
    }

    int vocabulary() {
        return vocabulary;
    }

    long key(int feature) {
        return keys[feature];
    }

    double rating(int row) {
        return ratings[row];
    }

    double[] ratings() {
        return ratings;
    }

    double[] compounds() {
        return compounds;
    }

    double[] figures(int row) {
        return figures[row];
    }

    int[] features(int row) {
        return features[row];
    }

    double[] weights(int row) {
        return weights[row];
    }

    /** In how many of some texts each feature occurs. */
    int[] textsWith(int[] rows) {
        int[] texts = new int[vocabulary];
        for (int row : rows) {
            for (int feature : features[row]) {
                if (feature != UNKNOWN) {
                    texts[feature]++;
                }
            }
        }
        return texts;
    }

    private int column(long key) {
        long known = columns.get(key);
        if (known != 0) {
            return (int) known - 1;
        }
        if (vocabulary == keys.length) {
            keys = Arrays.copyOf(keys, 2 * vocabulary);
        }
        keys[vocabulary++] = key;
        columns.put(key, vocabulary);
        return vocabulary - 1;
    }

    private void forgetTheRarest() {
        if (vocabulary <= MOST_FEATURES) {
            return;
        }
        int[] rows = new int[size()];
        Arrays.setAll(rows, row -> row);
        int[] texts = textsWith(rows);
        int[] sorted = texts.clone();
        Arrays.sort(sorted);
        // at most as many as may stay occur in more texts than the first one that may not
        int tooRare = sorted[vocabulary - MOST_FEATURES - 1];
        int[] newColumns = new int[vocabulary];
        int kept = 0;
        for (int feature = 0; feature < vocabulary; feature++) {
            newColumns[feature] = texts[feature] > tooRare ? kept : UNKNOWN;
            if (texts[feature] > tooRare) {
                keys[kept++] = keys[feature];
            }
        }
        vocabulary = kept;
        for (int[] row : features) {
            Arrays.setAll(row, i -> newColumns[row[i]]);
        }
    }
}
