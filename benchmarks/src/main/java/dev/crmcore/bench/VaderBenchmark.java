package dev.crmcore.bench;

import com.vader.sentiment.analyzer.SentimentAnalyzer;
import dev.crmcore.metrics.feedback.text.Vader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** VADER's sentiment of a tweet, one after the other of 818, beside the port of VADER that the JVM had. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@NullUnmarked // JMH sets the parameters, the setup the rest
public class VaderBenchmark {

    private static final String TWEETS = "rated_tweets.tsv";
    private static final int COMPOUND = 2;
    private static final int TEXT = 3;

    /** Who scores. */
    public enum Contender {
        /** One text at a time, the score alone. */
        VADER(1.0) {
            @Override
            double compound(String text) {
                return OURS.score(text).compound();
            }
        },
        /** The same with what each token did. */
        VADER_EXPLAINED(1.0) {
            @Override
            double compound(String text) {
                return OURS.explain(text).sentiment().compound();
            }
        },
        /** The port of 2018, which follows an older state of the rules: it agrees on most texts only. */
        PORT_1_0(0.85) {
            @Override
            double compound(String text) {
                try {
                    SentimentAnalyzer analyzer = new SentimentAnalyzer(text);
                    analyzer.analyze();
                    return analyzer.getPolarity().get("compound");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };

        private static final Vader OURS = Vader.english();

        private final double agreement;

        Contender(double agreement) {
            this.agreement = agreement;
        }

        abstract double compound(String text);
    }

    @Param
    public Contender contender;

    private String[] texts;
    private int next;

    @Setup
    public void prepare() throws IOException {
        List<String[]> rows = rows();
        texts = rows.stream().map(row -> row[TEXT]).toArray(String[]::new);
        for (Contender each : Contender.values()) {
            double same = 0;
            for (String[] row : rows) {
                double difference = each.compound(row[TEXT]) - Double.parseDouble(row[COMPOUND]);
                same += Math.abs(difference) < 1e-6 ? 1.0 / rows.size() : 0;
            }
            Agreement.near(
                    "share of texts on which " + each + " gives the reference's compound",
                    same,
                    1,
                    1.0 - each.agreement + 1e-9);
        }
    }

    @Benchmark
    public double score() {
        next = next + 1 < texts.length ? next + 1 : 0;
        return contender.compound(texts[next]);
    }

    private static List<String[]> rows() throws IOException {
        try (InputStream in = Objects.requireNonNull(VaderBenchmark.class.getResourceAsStream(TWEETS), TWEETS)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .toList();
        }
    }
}
