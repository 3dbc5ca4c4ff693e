package dev.crmcore.bench;

import dev.crmcore.metrics.value.RfmAccumulator;
import dev.crmcore.metrics.value.RfmObservation;
import dev.crmcore.metrics.value.RfmSummary;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
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
import org.openjdk.jmh.annotations.TearDown;

/** The RFM summary of a purchase log of a million customers, purchases of one day merged. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
@NullUnmarked // JMH sets the parameters, the setup the rest
public class RfmBenchmark {

    private static final int CUSTOMERS = 1_000_000;
    private static final LocalDate LAST_DAY = LocalDate.ofEpochDay(PurchaseColumns.FIRST_DAY + PurchaseColumns.DAYS);
    private static final RfmObservation OBSERVATION = RfmObservation.until(LAST_DAY, ZoneOffset.UTC);

    /** Who makes the summary. */
    public enum Contender {
        ACCUMULATOR {
            @Override
            RfmRows summarize(Logs logs) {
                RfmAccumulator rfm = RfmAccumulator.over(OBSERVATION).create();
                PurchaseColumns log = logs.columns;
                rfm.add(log.customer, log.day, log.cents, 0, log.size());
                return rows(rfm.result());
            }
        },
        ACCUMULATOR_PARALLEL {
            @Override
            RfmRows summarize(Logs logs) {
                RfmAccumulator rfm = RfmAccumulator.over(OBSERVATION).create();
                PurchaseColumns log = logs.columns;
                rfm.addInParallel(log.customer, log.day, log.cents, 0, log.size());
                return rows(rfm.result());
            }
        },
        /** The code that one writes first: a sorted map of days in a map of customers. */
        HASH_MAP {
            @Override
            RfmRows summarize(Logs logs) {
                PurchaseColumns log = logs.columns;
                Map<Long, SortedMap<Integer, Long>> byCustomer = new HashMap<>();
                for (int i = 0; i < log.size(); i++) {
                    byCustomer
                            .computeIfAbsent(log.customer[i], customer -> new TreeMap<>())
                            .merge(log.day[i], log.cents[i], Long::sum);
                }
                return rows(byCustomer);
            }
        },
        /** Two levels of {@code group by} on two threads, all rows fetched. */
        DUCKDB {
            @Override
            RfmRows summarize(Logs logs) throws SQLException {
                return logs.duckDb.summarize();
            }
        };

        abstract RfmRows summarize(Logs logs) throws SQLException;

        private static RfmRows rows(RfmSummary summary) {
            long lastDay = LAST_DAY.toEpochDay();
            return reader -> {
                for (int row = 0; row < summary.size(); row++) {
                    reader.row(
                            summary.customer(row),
                            summary.frequency(row),
                            lastDay - summary.age(row),
                            lastDay - summary.silence(row),
                            summary.totalMinorUnits(row),
                            summary.repeatMinorUnits(row));
                }
            };
        }

        private static RfmRows rows(Map<Long, SortedMap<Integer, Long>> byCustomer) {
            return reader -> byCustomer.forEach((customer, days) -> {
                long total = days.values().stream().mapToLong(Long::longValue).sum();
                long first = days.get(days.firstKey());
                reader.row(customer, days.size() - 1, days.firstKey(), days.lastKey(), total, total - first);
            });
        }
    }

    /** The same purchases as columns and as a table. */
    record Logs(PurchaseColumns columns, DuckDbPurchases duckDb) {}

    @Param({"1000000", "10000000"})
    public int n;

    @Param
    public Contender contender;

    private Logs logs;

    @Setup
    public void prepare() throws SQLException {
        PurchaseColumns columns = new PurchaseColumns(n, CUSTOMERS, 20_050_102L);
        logs = new Logs(columns, new DuckDbPurchases(columns));
        long expected = Contender.HASH_MAP.summarize(logs).digest();
        for (Contender each : Contender.values()) {
            if (each != Contender.HASH_MAP) {
                Agreement.same(each + " of " + n, each.summarize(logs).digest(), expected);
            }
        }
    }

    @Benchmark
    public Object summarize() throws SQLException {
        return contender.summarize(logs);
    }

    @TearDown
    public void close() throws SQLException {
        logs.duckDb().close();
    }
}
