package dev.crmcore.bench;

import dev.crmcore.metrics.value.BgNbd;
import dev.crmcore.metrics.value.PurchaseHistories;
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

/** The BG/NBD fit by maximum likelihood, beside the simplex search that is usual for it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@NullUnmarked // JMH sets the parameters, the setup the rest
public class BgNbdFitBenchmark {

    /** Whose histories. */
    public enum Customers {
        CDNOW_SAMPLE {
            @Override
            HistoryColumns columns() throws IOException {
                return HistoryColumns.cdnow();
            }
        },
        SIMULATED_100000 {
            @Override
            HistoryColumns columns() {
                return HistoryColumns.simulated(100_000, 20_050_103L);
            }
        };

        abstract HistoryColumns columns() throws IOException;
    }

    /** Who fits; each returns the log-likelihood at its maximum. */
    public enum Contender {
        /** From columns, a row for each customer. */
        FIT_COLUMNS {
            @Override
            double fit(HistoryColumns columns, PurchaseHistories distinct) {
                return BgNbd.fit(columns.histories()).logLikelihood();
            }
        },
        /** From the distinct histories, with standard errors. */
        FIT {
            @Override
            double fit(HistoryColumns columns, PurchaseHistories distinct) {
                return BgNbd.fit(distinct).logLikelihood();
            }
        },
        /** From the distinct histories, without standard errors. */
        TEXTBOOK_SIMPLEX {
            @Override
            double fit(HistoryColumns columns, PurchaseHistories distinct) {
                return new TextbookBgNbd(distinct).fit();
            }
        };

        abstract double fit(HistoryColumns columns, PurchaseHistories distinct);
    }

    @Param
    public Customers customers;

    @Param
    public Contender contender;

    private HistoryColumns columns;
    private PurchaseHistories distinct;

    @Setup
    public void prepare() throws IOException {
        columns = customers.columns();
        distinct = columns.histories();
        double expected = Contender.TEXTBOOK_SIMPLEX.fit(columns, distinct);
        for (Contender each : Contender.values()) {
            double tolerance = 1e-7 * Math.abs(expected);
            Agreement.near(each + " of " + customers, each.fit(columns, distinct), expected, tolerance);
        }
    }

    @Benchmark
    public double fit() {
        return contender.fit(columns, distinct);
    }
}
