package dev.crmcore.bench;

import dev.crmcore.metrics.churn.BoostedTrees;
import dev.crmcore.metrics.churn.ChurnEvaluation;
import dev.crmcore.metrics.churn.ChurnLearner;
import dev.crmcore.metrics.churn.ChurnModel;
import dev.crmcore.metrics.churn.FeatureTable;
import dev.crmcore.metrics.churn.LogisticRegression;
import java.util.ArrayList;
import java.util.List;
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

/**
 * Churn of n, 10 n and 100 n customers with ten numbers and two categories each: learning, predicting, judging. Nothing stands
 * beside it, so the figures are for the growth.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@NullUnmarked // JMH sets the parameters, the setup the rest
public class ChurnBenchmark {

    private static final ChurnLearner RIDGE = LogisticRegression.ridge(1);
    /** 200 trees of depth 3. */
    private static final ChurnLearner TREES = BoostedTrees.builder().build();

    /** What is done; each returns a probability or an AUC. */
    public enum Contender {
        RIDGE_FIT {
            @Override
            double run(Customers customers) {
                return customers.learnt(RIDGE).probabilities(customers.one)[0];
            }
        },
        TREES_FIT {
            @Override
            double run(Customers customers) {
                return customers.learnt(TREES).probabilities(customers.one)[0];
            }
        },
        RIDGE_PREDICT {
            @Override
            double run(Customers customers) {
                return customers.ridge.probabilities(customers.table)[0];
            }
        },
        TREES_PREDICT {
            @Override
            double run(Customers customers) {
                return customers.trees.probabilities(customers.table)[0];
            }
        },
        /** AUC with DeLong's interval, Brier score and the lift of the top tenth. */
        EVALUATE {
            @Override
            double run(Customers customers) {
                ChurnEvaluation quality = ChurnEvaluation.of(customers.risks, customers.churned);
                return quality.auc().value()
                        + quality.brier().value()
                        + quality.lift(0.1).value();
            }
        };

        abstract double run(Customers customers);
    }

    /** Customers whose churn follows two numbers, a category and an interaction; the other columns are noise. */
    static final class Customers {
        final FeatureTable table;
        final FeatureTable one;
        final boolean[] churned;
        final double[] risks;
        ChurnModel ridge;
        ChurnModel trees;

        Customers(int n, long seed) {
            Random random = new Random(seed);
            double[][] numbers = new double[10][n];
            List<String> plans = new ArrayList<>(n);
            List<String> regions = new ArrayList<>(n);
            churned = new boolean[n];
            risks = new double[n];
            for (int i = 0; i < n; i++) {
                for (double[] column : numbers) {
                    column[i] = random.nextGaussian();
                }
                int plan = random.nextInt(3);
                plans.add("plan " + plan);
                regions.add("region " + random.nextInt(20));
                double logOdds = -1 + numbers[0][i] - 0.5 * numbers[1][i] + 0.5 * plan;
                logOdds += numbers[2][i] > 0 == numbers[3][i] > 0 ? 0.5 : -0.5;
                risks[i] = 1 / (1 + Math.exp(-logOdds));
                churned[i] = random.nextDouble() < risks[i];
            }
            FeatureTable.Builder columns = FeatureTable.builder(n);
            for (int j = 0; j < numbers.length; j++) {
                columns.numeric("x" + j, numbers[j]);
            }
            table = columns.category("plan", plans).category("region", regions).build();
            one = table.select(0);
        }

        ChurnModel learnt(ChurnLearner learner) {
            return learner.fit(table, churned).value();
        }
    }

    @Param({"1000", "10000", "100000"})
    public int n;

    @Param
    public Contender contender;

    private Customers customers;

    @Setup
    public void prepare() {
        customers = new Customers(n, 20_010_101L);
        customers.ridge = customers.learnt(RIDGE);
        customers.trees = customers.learnt(TREES);
        Customers others = new Customers(20_000, 19_580_101L);
        double best = auc(others.risks, others);
        Agreement.near("AUC of ridge from " + n, auc(customers.ridge.probabilities(others.table), others), best, 0.06);
        Agreement.near("AUC of trees from " + n, auc(customers.trees.probabilities(others.table), others), best, 0.06);
    }

    private static double auc(double[] probabilities, Customers of) {
        return ChurnEvaluation.of(probabilities, of.churned).auc().value();
    }

    @Benchmark
    public double run() {
        return contender.run(customers);
    }
}
