package dev.crmcore.bench;

import dev.crmcore.metrics.marketing.Attribution;
import dev.crmcore.metrics.marketing.ChannelCredits;
import dev.crmcore.metrics.marketing.ConversionPaths;
import java.util.SplittableRandom;
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

/** Attribution of conversions to channels, beside a simulation of the same Markov chain. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@NullUnmarked // JMH sets the parameters, the setup the rest
public class AttributionBenchmark {

    private static final int CHANNELS = 12;
    private static final int LONGEST = 12;

    /** Who shares out; each returns the credit of the channel that is touched most. */
    public enum Contender {
        MARKOV_1 {
            @Override
            double credit(Attribution attribution) {
                return most(attribution.markov(1).credits());
            }
        },
        MARKOV_2 {
            @Override
            double credit(Attribution attribution) {
                return most(attribution.markov(2).credits());
            }
        },
        SHAPLEY {
            @Override
            double credit(Attribution attribution) {
                return most(attribution.shapley());
            }
        },
        LINEAR {
            @Override
            double credit(Attribution attribution) {
                return most(attribution.linear());
            }
        },
        /** Of order 1, with as many journeys as is usual. */
        SIMULATION {
            @Override
            double credit(Attribution attribution) {
                return new SimulatedAttribution(attribution, 100_000, 1).credit(0);
            }
        };

        abstract double credit(Attribution attribution);

        private static double most(ChannelCredits credits) {
            return credits.conversions(credits.channels().get(0));
        }
    }

    @Param({"1000", "10000", "100000"})
    public int n;

    @Param
    public Contender contender;

    private Attribution attribution;

    @Setup
    public void prepare() {
        attribution = simulated(n, 20_260_101L);
        double exact = Contender.MARKOV_1.credit(attribution);
        Agreement.near("the simulation", Contender.SIMULATION.credit(attribution), exact, 0.05 * exact);
    }

    /** Distinct paths of skewed channels; those of the first channel convert more often. */
    static Attribution simulated(int distinct, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ConversionPaths paths = ConversionPaths.TYPE.create();
        int[] channels = new int[CHANNELS];
        for (int i = 0; i < CHANNELS; i++) {
            channels[i] = paths.channel("channel " + (char) ('a' + i));
        }
        int[] path = new int[LONGEST];
        for (int i = 0; i < distinct; i++) {
            int length = 1 + random.nextInt(LONGEST);
            for (int k = 0; k < length; k++) {
                double skewed = random.nextDouble();
                path[k] = channels[(int) (CHANNELS * skewed * skewed)];
            }
            long conversions = random.nextInt(path[0] == 0 ? 4 : 2);
            paths.add(path, 0, length, conversions, conversions * 4_999L, 1 + random.nextInt(9));
        }
        return paths.result();
    }

    @Benchmark
    public double credit() {
        return contender.credit(attribution);
    }
}
