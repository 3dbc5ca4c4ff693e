package dev.crmcore.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long is measured: less than ten minutes in all, an hour or two, or as long as it takes. */
enum Preset {
    QUICK(1, 2, 3, 500) {
        @Override
        List<Heat> heats() {
            List<Heat> heats = new ArrayList<>();
            heats.add(heat("NpsBenchmark.score")
                    .with("contender", "BARE_LOOP", "BARE_LOOP_BYTES", "ADD_INTS", "ADD_BYTES", "STREAM_COLLECTOR")
                    .with("n", "10000000"));
            heats.add(heat("SketchBenchmark.distinct"));
            heats.add(heat("RfmBenchmark.summarize")
                    .with("contender", "ACCUMULATOR", "ACCUMULATOR_PARALLEL", "DUCKDB")
                    .times(2, 3, 500));
            heats.add(heat("RfmBenchmark.summarize")
                    .with("contender", "HASH_MAP")
                    .with("n", "1000000")
                    .times(1, 3, 500));
            heats.add(heat("BgNbdFitBenchmark.fit").times(3, 3, 500));
            heats.add(heat("AttributionBenchmark.credit").with("n", "10000").times(3, 3, 500));
            heats.add(heat("CohortBenchmark.count")
                    .with("contender", "ACCUMULATOR", "ACCUMULATOR_PARALLEL", "DUCKDB")
                    .times(2, 3, 500));
            heats.add(heat("KaplanMeierBenchmark.median")
                    .with("contender", "KAPLAN_MEIER")
                    .times(4, 3, 500));
            heats.add(heat("CoxBenchmark.fit").with("wholeDays", "false").times(4, 3, 500));
            heats.add(heat("ValueFitBenchmark.fit")
                    .with("contender", "PARETO_NBD", "GAMMA_GAMMA")
                    .with("n", "2357", "100000")
                    .times(3, 3, 500));
            heats.add(heat("ValuePredictionBenchmark.predict")
                    .with("contender", "BULK")
                    .with("n", "100000")
                    .times(3, 3, 300));
            heats.add(heat("VaderBenchmark.score").times(3, 3, 500));
            heats.add(heat("MemoryStoreBenchmark.find").with("n", "1000000").times(6, 5, 600));
            heats.add(heat("MemoryStoreBenchmark.findByEmail")
                    .with("contender", "CONCURRENT_HASH_MAP", "MEMORY_STORE")
                    .with("n", "100000")
                    .times(5, 4, 500));
            heats.add(heat("MemoryStoreBenchmark.change")
                    .with("contender", "CONCURRENT_HASH_MAP", "MEMORY_STORE")
                    .with("n", "100000")
                    .times(5, 4, 500));
            heats.addAll(jdbc(16, 4, 500)); // pinned to one core, compiling takes its time
            heats.add(heat("ImportBenchmark.take").with("n", "100000").times(0, 1, 0));
            return heats;
        }
    },
    STANDARD(3, 5, 5, 1_000) {
        @Override
        List<Heat> heats() {
            return all(1);
        }
    },
    FULL(5, 10, 10, 2_000) {
        @Override
        List<Heat> heats() {
            return all(3);
        }
    };

    private static final int MILLIS_OF_SINGLE_SHOT = 1;

    private final int forks;
    private final int warmups;
    private final int iterations;
    private final int millis;

    Preset(int forks, int warmups, int iterations, int millis) {
        this.forks = forks;
        this.warmups = warmups;
        this.iterations = iterations;
        this.millis = millis;
    }

    /** What is run, in this order. */
    abstract List<Heat> heats();

    final List<Heat> all(int imports) {
        List<Heat> heats = new ArrayList<>();
        for (String benchmark : List.of(
                "NpsBenchmark.score",
                "SketchBenchmark.distinct",
                "SketchBenchmark.median",
                "RfmBenchmark.summarize",
                "BgNbdFitBenchmark.fit",
                "AttributionBenchmark.credit",
                "CohortBenchmark.count",
                "KaplanMeierBenchmark.median",
                "CoxBenchmark.fit",
                "ValueFitBenchmark.fit",
                "ValuePredictionBenchmark.predict",
                "VaderBenchmark.score",
                "MemoryStoreBenchmark.find",
                "MemoryStoreBenchmark.findByEmail",
                "MemoryStoreBenchmark.change")) {
            heats.add(heat(benchmark));
        }
        for (String alone : List.of("SeriesBenchmark.find", "ChurnBenchmark.run")) {
            heats.add(heat(alone).times(3, 3, millis));
        }
        heats.addAll(jdbc(warmups, iterations, millis));
        heats.add(heat("JdbcStoreBenchmark.find")
                .with("contender", "HAND_WRITTEN_AUTOCOMMIT")
                .onOneCore());
        heats.add(heat("ImportBenchmark.take").times(1, imports, 0));
        return heats;
    }

    final Heat heat(String benchmark) {
        return new Heat(benchmark, new OptionsBuilder(), false).begin(forks).times(warmups, iterations, millis);
    }

    final List<Heat> jdbc(int warmup, int measured, int duration) {
        List<Heat> heats = new ArrayList<>();
        for (String job : List.of("insert", "insertBatch", "find")) {
            heats.add(heat("JdbcStoreBenchmark." + job).with("contender", "JDBC_STORE", "HAND_WRITTEN"));
        }
        return heats.stream()
                .map(heat -> heat.times(warmup, measured, duration).onOneCore())
                .toList();
    }

    final String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One benchmark method with its settings. */
    record Heat(String benchmark, ChainedOptionsBuilder options, boolean pinned) {

        private Heat begin(int forks) {
            options.include("\\." + benchmark.replace(".", "\\.") + "$")
                    .forks(forks)
                    .jvmArgsAppend("-Xmx6g")
                    .addProfiler(GCProfiler.class)
                    .addProfiler(ProcessorTime.class)
                    .shouldFailOnError(true);
            return this;
        }

        private Heat with(String parameter, String... values) {
            options.param(parameter, values);
            return this;
        }

        private Heat times(int warmups, int iterations, int millis) {
            TimeValue time = TimeValue.milliseconds(Math.max(millis, MILLIS_OF_SINGLE_SHOT));
            options.warmupIterations(warmups)
                    .warmupTime(time)
                    .measurementIterations(iterations)
                    .measurementTime(time);
            return this;
        }

        private Heat onOneCore() {
            return new Heat(benchmark, options, true);
        }
    }
}
