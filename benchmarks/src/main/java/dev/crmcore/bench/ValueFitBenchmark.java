package dev.crmcore.bench;

import dev.crmcore.metrics.value.BgNbd;
import dev.crmcore.metrics.value.GammaGamma;
import dev.crmcore.metrics.value.MbgNbd;
import dev.crmcore.metrics.value.ModelFit;
import dev.crmcore.metrics.value.ParetoNbd;
import dev.crmcore.metrics.value.PurchaseHistories;
import dev.crmcore.metrics.value.RepeatPurchaseModel;
import dev.crmcore.metrics.value.SpendHistories;
import java.io.IOException;
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
 * The fits of the models of customer value, with standard errors, from the distinct histories. No other implementation runs on
 * the JVM, so the figures stand alone, for n, 10 n and 100 n customers and for the published sample of 2,357.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@NullUnmarked // JMH sets the parameters, the setup the rest
public class ValueFitBenchmark {

    /** Which model is fitted. */
    public enum Contender {
        BG_NBD {
            @Override
            ModelFit<?> fit(PurchaseHistories histories, SpendHistories spend) {
                return BgNbd.fit(histories);
            }
        },
        MBG_NBD {
            @Override
            ModelFit<?> fit(PurchaseHistories histories, SpendHistories spend) {
                return MbgNbd.fit(histories);
            }
        },
        PARETO_NBD {
            @Override
            ModelFit<?> fit(PurchaseHistories histories, SpendHistories spend) {
                return ParetoNbd.fit(histories);
            }
        },
        GAMMA_GAMMA {
            @Override
            ModelFit<?> fit(PurchaseHistories histories, SpendHistories spend) {
                return GammaGamma.fit(spend);
            }
        };

        abstract ModelFit<?> fit(PurchaseHistories histories, SpendHistories spend);
    }

    @Param({"2357", "1000", "10000", "100000"})
    public int n;

    @Param
    public Contender contender;

    private PurchaseHistories histories;
    private SpendHistories spend;

    @Setup
    public void prepare() throws IOException {
        HistoryColumns columns = n == 2357 ? HistoryColumns.cdnow() : HistoryColumns.simulated(n, 20_050_103L);
        histories = columns.histories();
        spend = columns.spend();
        ModelFit<?> fit = contender.fit(histories, spend);
        Agreement.same("convergence of " + contender, fit.converged(), true);
        Agreement.near("gradient of " + contender, fit.largestGradient(), 0, 1e-3);
        if (fit.model() instanceof RepeatPurchaseModel model) {
            double sum = 0;
            for (int row = 0; row < histories.size(); row++) {
                sum += histories.customers(row) * model.logLikelihood(histories.history(row));
            }
            Agreement.near("likelihood of " + contender, fit.logLikelihood(), sum, 1e-9 * Math.abs(sum));
        }
    }

    @Benchmark
    public double fit() {
        return contender.fit(histories, spend).logLikelihood();
    }
}
