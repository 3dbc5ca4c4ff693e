package dev.crmcore.bench;

import dev.crmcore.metrics.retention.KaplanMeier;
import java.util.Map;
import java.util.TreeMap;
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

/** The Kaplan-Meier curve of columns with its median, of times to the second and of whole days. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
@NullUnmarked // JMH sets the parameters, the setup the rest
public class KaplanMeierBenchmark {

    /** Who draws the curve; each returns its median. */
    public enum Contender {
        KAPLAN_MEIER {
            @Override
            double median(SurvivalSubjects subjects) {
                KaplanMeier curve = KaplanMeier.TYPE.create();
                curve.add(subjects.time, subjects.event, 0, subjects.size());
                return curve.result().median().value();
            }
        },
        /** The code that one writes first: a sorted map of times, no variance, no interval. */
        TREE_MAP {
            @Override
            double median(SurvivalSubjects subjects) {
                Map<Double, int[]> left = new TreeMap<>();
                for (int i = 0; i < subjects.size(); i++) {
                    left.computeIfAbsent(subjects.time[i], time -> new int[2])[subjects.event[i] ? 1 : 0]++;
                }
                double survival = 1;
                int atRisk = subjects.size();
                for (Map.Entry<Double, int[]> time : left.entrySet()) {
                    int[] counts = time.getValue();
                    survival *= 1 - (double) counts[1] / atRisk;
                    if (survival < 0.5) {
                        return time.getKey();
                    }
                    atRisk -= counts[0] + counts[1];
                }
                return Double.NaN;
            }
        };

        abstract double median(SurvivalSubjects subjects);
    }

    @Param({"10000", "100000", "1000000"})
    public int n;

    @Param({"false", "true"})
    public boolean wholeDays;

    @Param
    public Contender contender;

    private SurvivalSubjects subjects;

    @Setup
    public void prepare() {
        subjects = new SurvivalSubjects(n, wholeDays, 19_580_601L);
        double expected = Contender.TREE_MAP.median(subjects);
        Agreement.near("median of " + n, Contender.KAPLAN_MEIER.median(subjects), expected, 1e-9);
    }

    @Benchmark
    public double median() {
        return contender.median(subjects);
    }
}
