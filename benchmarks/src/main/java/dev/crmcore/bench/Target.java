package dev.crmcore.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the library sets itself, in one row of the table. */
record Target(
        String promise, String benchmark, Map<String, String> parameters, String contender, Kind kind, double limit) {

    /** What is limited. */
    enum Kind {
        TIME_RATIO,
        PROCESSOR_RATIO,
        MICROSECONDS
    }

    static List<Target> all() {
        List<Target> all = new ArrayList<>();
        all.add(new Target(
                "NPS of an int[] within 1.5 x the bare loop",
                "NpsBenchmark.score",
                Map.of("n", "10000000"),
                "ADD_INTS",
                Kind.TIME_RATIO,
                1.5));
        all.add(rfm("1000000", "at least as fast as DuckDB", 1));
        all.add(rfm("10000000", "at least twice as fast as DuckDB", 0.5));
        all.add(fit("CDNOW_SAMPLE", 5_000));
        all.add(fit("SIMULATED_100000", 50_000));
        for (String chain : List.of("MARKOV_1", "MARKOV_2")) {
            all.add(new Target(
                    "Exact " + chain + " attribution of 10,000 paths under 10 ms, warm",
                    "AttributionBenchmark.credit",
                    Map.of("n", "10000"),
                    chain,
                    Kind.MICROSECONDS,
                    10_000));
        }
        all.add(new Target(
                "Cohort table of 10000000 purchases at least twice as fast as DuckDB, two cores each",
                "CohortBenchmark.count",
                Map.of("n", "10000000"),
                "ACCUMULATOR_PARALLEL",
                Kind.TIME_RATIO,
                0.5));
        all.add(new Target(
                "Kaplan-Meier curve of 1000000 subjects under 150 ms, warm",
                "KaplanMeierBenchmark.median",
                Map.of("n", "1000000", "wholeDays", "false"),
                "KAPLAN_MEIER",
                Kind.MICROSECONDS,
                150_000));
        all.add(new Target(
                "Cox regression of 100000 subjects with 5 covariates under 150 ms, warm",
                "CoxBenchmark.fit",
                Map.of("n", "100000", "wholeDays", "false"),
                "COX_REGRESSION",
                Kind.MICROSECONDS,
                150_000));
        all.add(valueFit("PARETO_NBD", "2357", 15_000));
        all.add(valueFit("PARETO_NBD", "100000", 300_000));
        all.add(valueFit("GAMMA_GAMMA", "2357", 2_000));
        all.add(valueFit("GAMMA_GAMMA", "100000", 20_000));
        all.add(prediction("BG_NBD", 15_000));
        all.add(prediction("PARETO_NBD", 30_000));
        all.add(new Target(
                "VADER's sentiment of a tweet within 5 microseconds, warm",
                "VaderBenchmark.score",
                Map.of(),
                "VADER",
                Kind.MICROSECONDS,
                5));
        for (String n : List.of("100000", "1000000")) {
            all.add(new Target(
                    "In-memory find by id among " + n + " within 5 x the bare map",
                    "MemoryStoreBenchmark.find",
                    Map.of("n", n),
                    "MEMORY_STORE",
                    Kind.TIME_RATIO,
                    5));
        }
        for (BenchDatabase database : BenchDatabase.values()) {
            for (String job : List.of("insert", "insertBatch", "find")) {
                all.add(jdbc(database, job, "80 % of the throughput", Kind.TIME_RATIO, 1 / 0.8));
                all.add(jdbc(database, job, "1.5 x the client's processor time", Kind.PROCESSOR_RATIO, 1.5));
            }
        }
        return all;
    }

    private static Target rfm(String n, String promise, double limit) {
        return new Target(
                "RFM summary of " + n + " purchases " + promise + ", two cores each",
                "RfmBenchmark.summarize",
                Map.of("n", n),
                "ACCUMULATOR_PARALLEL",
                Kind.TIME_RATIO,
                limit);
    }

    private static Target fit(String customers, double micros) {
        return new Target(
                "BG/NBD fit of " + customers + " under " + (int) (micros / 1_000) + " ms, warm",
                "BgNbdFitBenchmark.fit",
                Map.of("customers", customers),
                "FIT_COLUMNS",
                Kind.MICROSECONDS,
                micros);
    }

    private static Target valueFit(String model, String n, double micros) {
        return new Target(
                model + " fit of " + n + " customers under " + (int) (micros / 1_000) + " ms, warm",
                "ValueFitBenchmark.fit",
                Map.of("n", n),
                model,
                Kind.MICROSECONDS,
                micros);
    }

    private static Target prediction(String model, double micros) {
        return new Target(
                "Expected purchases and P(alive) of 100000 customers by " + model + " under " + (int) (micros / 1_000)
                        + " ms",
                "ValuePredictionBenchmark.predict",
                Map.of("n", "100000", "model", model),
                "BULK",
                Kind.MICROSECONDS,
                micros);
    }

    private static Target jdbc(BenchDatabase database, String job, String promise, Kind kind, double limit) {
        return new Target(
                "JDBC " + job + " on " + database + ": " + promise + " of hand-written",
                "JdbcStoreBenchmark." + job,
                Map.of("database", database.name()),
                "JDBC_STORE",
                kind,
                limit);
    }
}
