package dev.crmcore.examples;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Makes up the survey answers that come with the quick start: for each customer of the purchase log by chance none, one or
 * several, after the first purchase, the better the oftener the customer bought. The same seed makes the same file.
 */
final class SampleResponses {

    private static final long SEED = 1997;
    private static final LocalDate END = LocalDate.of(1998, 6, 30);
    private static final List<Survey> SURVEYS = List.of(
            new Survey("nps", 0, 10, 0.35, 7.4, 2.2),
            new Survey("csat", 1, 5, 0.25, 3.9, 0.9),
            new Survey("ces", 1, 7, 0.15, 5.2, 1.3));
    private static final List<String> GOOD = List.of(
            "arrived two days early", "great choice of jazz", "easy to find what I wanted", "fair prices, as always");
    private static final List<String> BAD = List.of(
            "the case was cracked, \"again\"",
            "waited three weeks, no word from you",
            "search did not find the album",
            "shipping costs more than the record");

    /** How often a survey is answered and how. */
    private record Survey(String key, int lowest, int highest, double share, double mean, double deviation) {

        boolean isGood(int score) {
            return score > lowest + 0.85 * (highest - lowest);
        }

        boolean isBad(int score) {
            return score < lowest + 0.5 * (highest - lowest);
        }
    }

    private record Answer(LocalDateTime at, String customer, String line) {}

    private SampleResponses() {}

    /** The file, made from the lines of the purchase log. */
    static String of(List<String> purchases) {
        Map<String, LocalDate> first = new TreeMap<>();
        Map<String, Integer> count = new TreeMap<>();
        for (String line : purchases.subList(1, purchases.size())) {
            String[] fields = line.split(",", -1);
            first.merge(fields[0], LocalDate.parse(fields[1]), (a, b) -> a.isBefore(b) ? a : b);
            count.merge(fields[0], 1, Integer::sum);
        }
        Random random = new Random(SEED);
        List<Answer> answers = new ArrayList<>();
        for (String customer : first.keySet()) {
            for (Survey survey : SURVEYS) {
                double loyalty = Math.min(count.get(customer), 8) / 8.0;
                while (random.nextDouble() < survey.share * (0.6 + loyalty)) {
                    answers.add(answer(survey, customer, first.get(customer), loyalty, random));
                }
            }
        }
        answers.sort(Comparator.comparing(Answer::at).thenComparing(Answer::customer));
        StringBuilder file = new StringBuilder("customer_id,answered_at,survey,score,comment\n");
        answers.forEach(answer -> file.append(answer.line).append('\n'));
        return file.toString();
    }

    private static Answer answer(Survey survey, String customer, LocalDate first, double loyalty, Random random) {
        int days = (int) (END.toEpochDay() - first.toEpochDay());
        LocalDateTime at = first.plusDays(random.nextInt(days) + 1).atTime(8 + random.nextInt(12), random.nextInt(60));
        double drawn = survey.mean + survey.deviation * (random.nextGaussian() + loyalty - 0.3);
        int score = (int) Math.max(survey.lowest, Math.min(survey.highest, Math.round(drawn)));
        String comment = "";
        if (random.nextInt(4) == 0 && survey.isGood(score)) {
            comment = GOOD.get(random.nextInt(GOOD.size()));
        } else if (random.nextInt(3) == 0 && survey.isBad(score)) {
            comment = BAD.get(random.nextInt(BAD.size()));
        }
        String line = String.join(
                ",", customer, at + ":00Z", survey.key, Integer.toString(score), CustomersCsv.quoted(comment));
        return new Answer(at, customer, line);
    }
}
