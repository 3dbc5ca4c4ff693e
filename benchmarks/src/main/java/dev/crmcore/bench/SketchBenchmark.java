package dev.crmcore.bench;

import dev.crmcore.metrics.stats.ApproximateDistinct;
import dev.crmcore.metrics.stats.ApproximateQuantiles;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.kll.KllLongsSketch;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Distinct customers and the median of amounts, approximately and in fixed space, beside Apache DataSketches. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@NullUnmarked // JMH sets the parameters, the setup the rest
public class SketchBenchmark {

    private static final int CUSTOMERS = 1_000_000;
    private static final double GREATEST_AMOUNT = 1_200_000;
    private static final int LOG_REGISTERS = 12;
    private static final int KLL_WIDTH = 200;

    /** Whose sketches. */
    public enum Contender {
        DATASKETCHES {
            @Override
            double distinct(long[] customers) {
                HllSketch sketch = new HllSketch(LOG_REGISTERS);
                for (long customer : customers) {
                    sketch.update(customer);
                }
                return sketch.getEstimate();
            }

            @Override
            double median(long[] amounts) {
                KllLongsSketch sketch = KllLongsSketch.newHeapInstance(KLL_WIDTH);
                for (long amount : amounts) {
                    sketch.update(amount);
                }
                return sketch.getQuantile(0.5);
            }
        },
        CRM_CORE {
            @Override
            double distinct(long[] customers) {
                ApproximateDistinct sketch =
                        ApproximateDistinct.withPrecision(LOG_REGISTERS).create();
                sketch.add(customers, 0, customers.length);
                return sketch.result().value();
            }

            @Override
            double median(long[] amounts) {
                ApproximateQuantiles sketch = ApproximateQuantiles.TYPE.create();
                sketch.add(amounts, 0, amounts.length);
                return sketch.result().quantile(0.5).value();
            }
        };

        abstract double distinct(long[] customers);

        abstract double median(long[] amounts);
    }

    @Param({"10000000"})
    public int n;

    @Param
    public Contender contender;

    private long[] customers;
    private long[] amounts;

    @Setup
    public void prepare() {
        Random random = new Random(20_050_101L);
        customers = random.longs(n, 0, CUSTOMERS).toArray();
        // Evenly spread over orders of magnitude, so that half of them are below the root of the greatest
        amounts = random.doubles(n)
                .mapToLong(share -> (long) Math.pow(GREATEST_AMOUNT, share))
                .toArray();
        double seen = -CUSTOMERS * Math.expm1(-(double) n / CUSTOMERS);
        double median = Math.sqrt(GREATEST_AMOUNT);
        for (Contender each : Contender.values()) {
            Agreement.near(each + " distinct", each.distinct(customers), seen, 0.06 * seen);
            Agreement.near(each + " median", each.median(amounts), median, 0.25 * median);
        }
    }

    @Benchmark
    public double distinct() {
        return contender.distinct(customers);
    }

    @Benchmark
    public double median() {
        return contender.median(amounts);
    }
}
