package dev.crmcore.metrics.feedback.text;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class TermCounterTest implements AccumulatorLaws<String, TermCounter, TermCounts> {

    @Override
    public AccumulatorType<String, TermCounter, TermCounts> type() {
        return TermCounter.of(Terms.WORDS);
    }

    @Override
    public AccumulatorType<String, TermCounter, TermCounts> otherVariant() {
        return TermCounter.of(Terms.LETTERS_AND_DIGITS);
    }

    @Override
    public List<String> items(Random random, int size) {
        return IntStream.range(0, size)
                .mapToObj(text -> random.ints(random.nextInt(12), 0, 40)
                        .mapToObj(word -> "w" + (char) ('a' + word % 26) + (word > 25 ? "é" : ""))
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    @Override
    public List<String> badItems() {
        return List.of();
    }
}
