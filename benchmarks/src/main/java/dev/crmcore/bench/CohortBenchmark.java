package dev.crmcore.bench;

import dev.crmcore.bench.DuckDbCohorts.CohortCells;
import dev.crmcore.metrics.CalendarPeriod;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.retention.CohortRetention;
import dev.crmcore.metrics.retention.CohortTable;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
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

/** The monthly cohort table of a purchase log of a million customers. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
@NullUnmarked // JMH sets the parameters, the setup the rest
public class CohortBenchmark {

    private static final int CUSTOMERS = 1_000_000;

    /** Who makes the table. */
    public enum Contender {
        ACCUMULATOR {
            @Override
            CohortCells count(Logs logs) {
                CohortRetention retention = retention();
                retention.add(logs.columns.customer, logs.columns.day, 0, logs.columns.size());
                return cells(retention.result());
            }
        },
        ACCUMULATOR_PARALLEL {
            @Override
            CohortCells count(Logs logs) {
                CohortRetention retention = retention();
                retention.addInParallel(logs.columns.customer, logs.columns.day, 0, logs.columns.size());
                return cells(retention.result());
            }
        },
        /** The code that one writes first: a set of months in a map of customers. */
        HASH_MAP {
            @Override
            CohortCells count(Logs logs) {
                Map<Long, BitSet> months = new HashMap<>();
                int first = DuckDbCohorts.month(PurchaseColumns.FIRST_DAY);
                for (int i = 0; i < logs.columns.size(); i++) {
                    months.computeIfAbsent(logs.columns.customer[i], customer -> new BitSet())
                            .set(DuckDbCohorts.month(logs.columns.day[i]) - first);
                }
                CohortCells cells = new CohortCells();
                for (BitSet active : months.values()) {
                    int cohort = active.nextSetBit(0);
                    active.stream().forEach(month -> cells.add(cohort, month - cohort, 1));
                }
                return cells;
            }
        },
        DUCKDB {
            @Override
            CohortCells count(Logs logs) throws SQLException {
                return logs.duckDb.byBitMasks();
            }
        },
        DUCKDB_TEXTBOOK {
            @Override
            CohortCells count(Logs logs) throws SQLException {
                return logs.duckDb.byJoin();
            }
        };

        abstract CohortCells count(Logs logs) throws SQLException;

        private static CohortRetention retention() {
            return CohortRetention.by(PeriodUnit.MONTH, ZoneOffset.UTC).create();
        }

        private static CohortCells cells(CohortTable table) {
            CohortCells cells = new CohortCells();
            CalendarPeriod first = CalendarPeriod.of(PeriodUnit.MONTH, LocalDate.ofEpochDay(PurchaseColumns.FIRST_DAY));
            for (CalendarPeriod cohort : table.cohorts()) {
                for (int k = 0; table.active(cohort, k).isPresent(); k++) {
                    cells.add(
                            (int) first.until(cohort),
                            k,
                            table.active(cohort, k).getAsLong());
                }
            }
            return cells;
        }
    }

    /** The same purchases as columns and as a table. */
    record Logs(PurchaseColumns columns, DuckDbCohorts duckDb) {}

    @Param({"1000000", "10000000"})
    public int n;

    @Param
    public Contender contender;

    private Logs logs;

    @Setup
    public void prepare() throws SQLException {
        PurchaseColumns columns = new PurchaseColumns(n, CUSTOMERS, 20_050_102L);
        logs = new Logs(columns, new DuckDbCohorts(columns));
        CohortCells expected = Contender.HASH_MAP.count(logs);
        for (Contender each : Contender.values()) {
            if (each != Contender.HASH_MAP) {
                Agreement.same(each + " of " + n, each.count(logs), expected);
            }
        }
    }

    @Benchmark
    public Object count() throws SQLException {
        return contender.count(logs);
    }

    @TearDown
    public void close() throws SQLException {
        logs.duckDb().close();
    }
}
