package dev.crmcore.bench;

import dev.crmcore.metrics.feedback.Nps;
import java.util.Arrays;
import java.util.Random;
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

/** The Net Promoter Score of columns and streams of scores, beside bare loops over the same arrays. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@NullUnmarked // JMH sets the parameters, the setup the rest
public class NpsBenchmark {

    /** Who computes the score. */
    public enum Contender {
        /** Two counts by comparisons, without a branch: the least that the arithmetic takes. */
        BARE_LOOP {
            @Override
            double score(Scores scores) {
                int promoters = 0;
                int detractors = 0;
                for (int score : scores.ints) {
                    promoters += score >= 9 ? 1 : 0;
                    detractors += score <= 6 ? 1 : 0;
                }
                return 100.0 * (promoters - detractors) / scores.ints.length;
            }
        },
        /** The same over bytes. */
        BARE_LOOP_BYTES {
            @Override
            double score(Scores scores) {
                int promoters = 0;
                int detractors = 0;
                for (byte score : scores.bytes) {
                    promoters += score >= 9 ? 1 : 0;
                    detractors += score <= 6 ? 1 : 0;
                }
                return 100.0 * (promoters - detractors) / scores.bytes.length;
            }
        },
        /** The loop as it is usually written. */
        BRANCHING_LOOP {
            @Override
            double score(Scores scores) {
                int promoters = 0;
                int detractors = 0;
                for (int score : scores.ints) {
                    if (score >= 9) {
                        promoters++;
                    } else if (score <= 6) {
                        detractors++;
                    }
                }
                return 100.0 * (promoters - detractors) / scores.ints.length;
            }
        },
        ADD_INTS {
            @Override
            double score(Scores scores) {
                Nps nps = Nps.create();
                nps.add(scores.ints, 0, scores.ints.length);
                return nps.result().estimate().value();
            }
        },
        ADD_BYTES {
            @Override
            double score(Scores scores) {
                Nps nps = Nps.create();
                nps.add(scores.bytes, 0, scores.bytes.length);
                return nps.result().estimate().value();
            }
        },
        ADD_EACH {
            @Override
            double score(Scores scores) {
                Nps nps = Nps.create();
                for (int score : scores.ints) {
                    nps.add(score);
                }
                return nps.result().estimate().value();
            }
        },
        STREAM_COLLECTOR {
            @Override
            double score(Scores scores) {
                return Arrays.stream(scores.ints)
                        .boxed()
                        .collect(Nps.collector())
                        .estimate()
                        .value();
            }
        };

        abstract double score(Scores scores);
    }

    /** The same scores twice. */
    static final class Scores {
        final int[] ints;
        final byte[] bytes;

        Scores(int n, long seed) {
            ints = new Random(seed).ints(n, 0, 11).toArray();
            bytes = new byte[n];
            for (int i = 0; i < n; i++) {
                bytes[i] = (byte) ints[i];
            }
        }
    }

    @Param({"1000000", "10000000"})
    public int n;

    @Param
    public Contender contender;

    private Scores scores;

    @Setup
    public void prepare() {
        scores = new Scores(n, 20_050_101L);
        double expected = Contender.BARE_LOOP.score(scores);
        for (Contender each : Contender.values()) {
            Agreement.near(each + " of " + n, each.score(scores), expected, 1e-9);
        }
    }

    @Benchmark
    public double score() {
        return contender.score(scores);
    }
}
