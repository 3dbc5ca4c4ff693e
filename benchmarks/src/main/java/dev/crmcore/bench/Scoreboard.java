package dev.crmcore.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** What was measured, as tables: times, what they are worth beside the baseline of the same run, and the targets. */
final class Scoreboard {

    private static final String CONTENDER = "contender";
    private static final String SIZE = "n";

    /** Against whom a benchmark's contenders run; a contender named with its benchmark has a baseline of its own. */
    private static final Map<String, String> BASELINES = Map.ofEntries(
            Map.entry("NpsBenchmark", "BARE_LOOP"),
            Map.entry("NpsBenchmark.ADD_BYTES", "BARE_LOOP_BYTES"),
            Map.entry("RfmBenchmark", "DUCKDB"),
            Map.entry("BgNbdFitBenchmark", "TEXTBOOK_SIMPLEX"),
            Map.entry("ValuePredictionBenchmark", "ONE_BY_ONE"),
            Map.entry("SketchBenchmark", "DATASKETCHES"),
            Map.entry("AttributionBenchmark", "SIMULATION"),
            Map.entry("VaderBenchmark", "PORT_1_0"),
            Map.entry("MemoryStoreBenchmark", "CONCURRENT_HASH_MAP"),
            Map.entry("JdbcStoreBenchmark", "HAND_WRITTEN"),
            Map.entry("ImportBenchmark.IMPORT_TO_MEMORY", "PLAIN_MAP"),
            Map.entry("ImportBenchmark.IMPORT_TO_H2", "PLAIN_JDBC_TO_H2"),
            Map.entry("CohortBenchmark", "DUCKDB"),
            Map.entry("KaplanMeierBenchmark", "TREE_MAP"),
            Map.entry("CoxBenchmark", "BIOJAVA"));

    /** One measured contender. */
    private record Entry(
            String type,
            String benchmark,
            Map<String, String> parameters,
            String contender,
            double micros,
            double error,
            double processorMicros,
            double bytes) {

        static Entry of(RunResult result) {
            String[] parts = result.getParams().getBenchmark().split("\\.", -1);
            String type = parts[parts.length - 2];
            Map<String, String> parameters = new TreeMap<>();
            result.getParams()
                    .getParamsKeys()
                    .forEach(key -> parameters.put(key, result.getParams().getParam(key)));
            String contender = String.valueOf(parameters.remove(CONTENDER));
            Result<?> time = result.getPrimaryResult();
            double unit = result.getParams().getTimeUnit().toNanos(1) / (double) TimeUnit.MICROSECONDS.toNanos(1);
            return new Entry(
                    type,
                    type + "." + parts[parts.length - 1],
                    parameters,
                    contender,
                    time.getScore() * unit,
                    time.getScoreError() * unit,
                    secondary(result, ProcessorTime.LABEL),
                    secondary(result, "gc.alloc.rate.norm"));
        }

        private static double secondary(RunResult result, String label) {
            for (String name : result.getSecondaryResults().keySet()) {
                if (name.endsWith(label)) {
                    return result.getSecondaryResults().get(name).getScore();
                }
            }
            return Double.NaN;
        }

        boolean is(String wantedBenchmark, Map<String, String> wanted, String wantedContender) {
            return benchmark.equals(wantedBenchmark) && parameters.equals(wanted) && contender.equals(wantedContender);
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    void add(Collection<RunResult> results) {
        results.stream().map(Entry::of).forEach(entries::add);
    }

    private Optional<Entry> find(String benchmark, Map<String, String> parameters, String contender) {
        return entries.stream()
                .filter(entry -> entry.is(benchmark, parameters, contender))
                .findFirst();
    }

    private Optional<Entry> baseline(Entry entry) {
        String baseline =
                BASELINES.getOrDefault(entry.type + "." + entry.contender, BASELINES.getOrDefault(entry.type, ""));
        return find(entry.benchmark, entry.parameters, baseline);
    }

    /** The entry of a tenth of the size. */
    private Optional<Entry> tenth(Entry entry) {
        String size = entry.parameters.get(SIZE);
        if (size == null || !size.endsWith("0")) {
            return Optional.empty();
        }
        Map<String, String> smaller = new TreeMap<>(entry.parameters);
        smaller.put(SIZE, size.substring(0, size.length() - 1));
        return find(entry.benchmark, smaller, entry.contender);
    }

    /** The targets, each with its figure. */
    String targets() {
        StringBuilder table = new StringBuilder("| Target | Limit | Measured | |\n|---|---|---|---|\n");
        for (Target target : Target.all()) {
            Optional<Entry> entry = find(target.benchmark(), target.parameters(), target.contender());
            double measured = entry.map(found -> measured(target, found)).orElse(Double.NaN);
            boolean isRatio = target.kind() != Target.Kind.MICROSECONDS;
            table.append("| ").append(target.promise()).append(" | ");
            table.append(isRatio ? ratio(target.limit()) : time(target.limit())).append(" | ");
            table.append(isRatio ? ratio(measured) : time(measured)).append(" | ");
            String verdict = measured <= target.limit() ? "met" : "**missed**";
            table.append(Double.isNaN(measured) ? "not run" : verdict).append(" |\n");
        }
        return table.toString();
    }

    private double measured(Target target, Entry entry) {
        if (target.kind() == Target.Kind.MICROSECONDS) {
            return entry.micros;
        }
        return baseline(entry)
                .map(base -> target.kind() == Target.Kind.TIME_RATIO
                        ? entry.micros / base.micros
                        : entry.processorMicros / base.processorMicros)
                .orElse(Double.NaN);
    }

    /** Everything, a section for each benchmark. */
    String sections() {
        StringBuilder text = new StringBuilder();
        entries.stream().map(Entry::benchmark).distinct().forEach(benchmark -> section(text, benchmark));
        return text.toString();
    }

    private void section(StringBuilder text, String benchmark) {
        text.append("\n### ").append(benchmark).append("\n\n");
        text.append("| Parameters | Contender | Time | +- 99.9 % | x baseline | Processor time | x baseline |"
                        + " Allocated")
                .append(" | Growth n to 10 n |\n|---|---|---|---|---|---|---|---|---|\n");
        for (Entry entry : entries) {
            if (entry.benchmark.equals(benchmark)) {
                row(text, entry);
            }
        }
    }

    private void row(StringBuilder text, Entry entry) {
        Optional<Entry> base = baseline(entry);
        List<String> cells = List.of(
                entry.parameters.toString().replaceAll("[{}]", ""),
                entry.contender,
                time(entry.micros),
                time(entry.error),
                ratio(base.map(b -> entry.micros / b.micros).orElse(Double.NaN)),
                time(entry.processorMicros),
                ratio(base.map(b -> entry.processorMicros / b.processorMicros).orElse(Double.NaN)),
                bytes(entry.bytes),
                ratio(tenth(entry).map(t -> entry.micros / t.micros).orElse(Double.NaN)));
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String ratio(double ratio) {
        return Double.isNaN(ratio) ? "" : String.format(Locale.ROOT, "%.2f", ratio);
    }

    private static String time(double micros) {
        if (Double.isNaN(micros)) {
            return "";
        }
        if (micros < 1) {
            return String.format(Locale.ROOT, "%.0f ns", micros * 1e3);
        }
        return micros < 1e3
                ? String.format(Locale.ROOT, "%.1f us", micros)
                : String.format(Locale.ROOT, "%,.1f ms", micros / 1e3);
    }

    private static String bytes(double bytes) {
        if (Double.isNaN(bytes)) {
            return "";
        }
        if (bytes < 1e4) {
            return String.format(Locale.ROOT, "%.0f B", bytes);
        }
        return bytes < 1e7
                ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%,.0f MB", bytes / 1e6);
    }
}
