package dev.crmcore.metrics.feedback.text;

import dev.crmcore.metrics.Golden;
import java.util.List;

/** The human-rated texts of VADER's authors: a fifth of each set. */
final class DevelopmentTexts {

    private DevelopmentTexts() {}

    /** The texts with their mean human rating, -4 to 4. */
    static List<RatedText> of(String set) {
        return rows(set).stream()
                .map(row -> new RatedText(row[3], Double.parseDouble(row[1])))
                .toList();
    }

    static List<Double> vaderCompounds(String set) {
        return rows(set).stream().map(row -> Double.valueOf(row[2])).toList();
    }

    private static List<String[]> rows(String set) {
        return Golden.tsv("kpi/sentiment_dev/" + set + "_dev.tsv");
    }
}
