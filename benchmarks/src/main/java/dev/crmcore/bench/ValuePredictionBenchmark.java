package dev.crmcore.bench;

import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TimeSpan;
import dev.crmcore.metrics.value.BgNbd;
import dev.crmcore.metrics.value.ParetoNbd;
import dev.crmcore.metrics.value.PurchaseHistories;
import dev.crmcore.metrics.value.RepeatPurchaseModel;
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
import org.openjdk.jmh.infra.Blackhole;

/** P(alive) and the purchases to expect of every customer, in bulk and one by one. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@NullUnmarked // JMH sets the parameters, the setup the rest
public class ValuePredictionBenchmark {

    private static final TimeSpan AHEAD = TimeSpan.of(39, PeriodUnit.WEEK);

    /** Whose formulas. */
    public enum Model {
        BG_NBD {
            @Override
            RepeatPurchaseModel model() {
                return BgNbd.of(0.243, 4.414, 0.793, 2.426, PeriodUnit.WEEK);
            }
        },
        PARETO_NBD {
            @Override
            RepeatPurchaseModel model() {
                return ParetoNbd.of(0.553, 10.578, 0.606, 11.669, PeriodUnit.WEEK);
            }
        };

        abstract RepeatPurchaseModel model();
    }

    /** How the customers are asked for. */
    public enum Contender {
        /** Over the distinct histories, given back to the customers. */
        BULK {
            @Override
            double[][] predict(RepeatPurchaseModel model, PurchaseHistories histories) {
                return new double[][] {
                    histories.spread(model.probabilityAlive(histories)),
                    histories.spread(model.expectedPurchases(histories, AHEAD))
                };
            }
        },
        /** Each distinct history by itself, given back to the customers. */
        ONE_BY_ONE {
            @Override
            double[][] predict(RepeatPurchaseModel model, PurchaseHistories histories) {
                double[] alive = new double[histories.size()];
                double[] expected = new double[histories.size()];
                for (int row = 0; row < alive.length; row++) {
                    alive[row] = model.probabilityAlive(histories.history(row));
                    expected[row] = model.expectedPurchases(histories.history(row), AHEAD);
                }
                return new double[][] {histories.spread(alive), histories.spread(expected)};
            }
        };

        abstract double[][] predict(RepeatPurchaseModel model, PurchaseHistories histories);
    }

    @Param({"1000", "10000", "100000"})
    public int n;

    @Param
    public Model model;

    @Param
    public Contender contender;

    private RepeatPurchaseModel formulas;
    private PurchaseHistories histories;

    @Setup
    public void prepare() {
        formulas = model.model();
        histories = HistoryColumns.simulated(n, 20_050_103L).histories();
        double[][] bulk = Contender.BULK.predict(formulas, histories);
        double[][] single = Contender.ONE_BY_ONE.predict(formulas, histories);
        for (int i = 0; i < n; i++) {
            Agreement.near("P(alive) of " + model, bulk[0][i], single[0][i], 1e-10);
            Agreement.near("purchases of " + model, bulk[1][i], single[1][i], 1e-10 * (1 + single[1][i]));
        }
    }

    @Benchmark
    public void predict(Blackhole hole) {
        for (double[] column : contender.predict(formulas, histories)) {
            hole.consume(column);
        }
    }
}
