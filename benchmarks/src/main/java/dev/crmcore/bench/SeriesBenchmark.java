package dev.crmcore.bench;

import dev.crmcore.metrics.series.ChangePoints;
import dev.crmcore.metrics.series.ExponentialSmoothing;
import dev.crmcore.metrics.series.GeneralizedEsd;
import dev.crmcore.metrics.series.RegularSeries;
import dev.crmcore.metrics.series.RobustFourier;
import dev.crmcore.metrics.series.RobustFourierFit;
import dev.crmcore.metrics.series.Stl;
import dev.crmcore.metrics.series.TheilSen;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Series of n, 10 n and 100 n months: forecast, decomposition, trend, outliers and changes. No other implementation runs on the
 * JVM, so the figures stand alone.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@NullUnmarked // JMH sets the parameters, the setup the rest
public class SeriesBenchmark {

    private static final int PERIOD = 12;
    private static final double LEVEL = 100;
    private static final double RISE = 20;

    /** What is found in which series; each returns a figure that is known of it. */
    public enum Contender {
        /** Fitted by least squares from several beginnings; the mean of the year ahead. */
        HOLT_WINTERS {
            @Override
            double find(Months months) {
                return Arrays.stream(ExponentialSmoothing.holtWinters(PERIOD)
                                .forecast(months.seasonal, PERIOD)
                                .value()
                                .values())
                        .average()
                        .orElseThrow();
            }
        },
        /** With fifteen robust rounds; the trend at the end. */
        STL_ROBUST {
            @Override
            double find(Months months) {
                return Stl.builder(PERIOD)
                        .robust()
                        .build()
                        .decompose(months.seasonal)
                        .value()
                        .trend(months.n - 1);
            }
        },
        /** With every wave of the year; the mean of the last year as it should have been. */
        ROBUST_FOURIER {
            @Override
            double find(Months months) {
                RobustFourierFit fit =
                        RobustFourier.ofPeriod(PERIOD).fit(months.seasonal).value();
                return IntStream.range(months.n - PERIOD, months.n)
                        .mapToDouble(fit::usual)
                        .average()
                        .orElseThrow();
            }
        },
        /** The exact median of all slopes; the line at the end. */
        THEIL_SEN {
            @Override
            double find(Months months) {
                TheilSen line = TheilSen.fit(months.seasonal).value();
                return line.intercept() + line.slope().value() * (months.n - 1);
            }
        },
        /** The step of the one outlier. */
        GENERALIZED_ESD {
            @Override
            double find(Months months) {
                return GeneralizedEsd.test(months.level, 10, 0.001).value().anomalies()[0];
            }

            @Override
            double expected(int n) {
                return Months.outlier(n);
            }
        },
        /** The step of the first change, which is the one outlier; there are few, and so the search takes longest. */
        CHANGE_POINTS {
            @Override
            double find(Months months) {
                return ChangePoints.of(months.level, 50).value().starts()[0];
            }

            @Override
            double expected(int n) {
                return Months.outlier(n);
            }
        };

        abstract double find(Months months);

        /** Where the rising series ends, unless said otherwise. */
        double expected(int n) {
            return LEVEL + RISE;
        }
    }

    /** A rising series with a season, and a level one with one outlier, both with normal noise. */
    static final class Months {
        final int n;
        final RegularSeries seasonal;
        final RegularSeries level;

        Months(int n, long seed) {
            this.n = n;
            Random random = new Random(seed);
            double[] rising = new double[n];
            double[] flat = new double[n];
            for (int i = 0; i < n; i++) {
                double season = 10 * Math.sin(2 * Math.PI * i / PERIOD);
                rising[i] = LEVEL + RISE * i / n + season + random.nextGaussian();
                flat[i] = LEVEL + random.nextGaussian();
            }
            flat[outlier(n)] += 20;
            seasonal = RegularSeries.of(rising);
            level = RegularSeries.of(flat);
        }

        static int outlier(int n) {
            return n / 3;
        }
    }

    @Param({"120", "1200", "12000"})
    public int n;

    @Param
    public Contender contender;

    private Months months;

    @Setup
    public void prepare() {
        months = new Months(n, 19_490_101L);
        Agreement.near(contender + " of " + n, contender.find(months), contender.expected(n), 3);
    }

    @Benchmark
    public double find() {
        return contender.find(months);
    }
}
