package dev.crmcore.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs a preset and writes its tables: {@code BenchmarkRun [quick|standard|full] [PATTERN] [DIRECTORY]}. The pattern picks
 * benchmarks by a part of their names; the directory is {@code benchmarks/results} unless said.
 */
public final class BenchmarkRun {

    private static final int PINNED_CORE = 0;

    /** Asked before anything is pinned: a pinned process sees one. */
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final Preset preset;
    private final Scoreboard scoreboard = new Scoreboard();
    private final List<RunResult> results = new ArrayList<>();
    private final StringBuilder loads = new StringBuilder();
    private boolean pinned = true;

    private BenchmarkRun(Preset preset) {
        this.preset = preset;
    }

    /**
     * Runs a preset.
     *
     * @param args the preset, a part of the names, and where to write; each may be left out from the end
     * @throws RunnerException if a benchmark fails
     * @throws IOException if the tables cannot be written
     */
    public static void main(String[] args) throws RunnerException, IOException {
        Preset preset = args.length > 0 ? Preset.valueOf(args[0].toUpperCase(Locale.ROOT)) : Preset.QUICK;
        String pattern = args.length > 1 ? args[1] : "";
        Path directory = Path.of(args.length > 2 ? args[2] : "benchmarks/results");
        new BenchmarkRun(preset).run(pattern, directory);
    }

    private void run(String pattern, Path directory) throws RunnerException, IOException {
        long begin = System.nanoTime();
        for (Preset.Heat heat : preset.heats()) {
            if (heat.benchmark().contains(pattern)) {
                run(heat);
            }
        }
        Files.createDirectories(directory);
        Path table = directory.resolve(preset.title() + ".md");
        Files.writeString(table, report(Duration.ofNanos(System.nanoTime() - begin)));
        Files.writeString(directory.resolve(preset.title() + ".json"), json());
        System.out.println("\n" + scoreboard.targets() + "\nwritten to " + table);
    }

    private void run(Preset.Heat heat) throws RunnerException {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        loads.append(String.format(Locale.ROOT, "| %s | %.1f |%n", heat.benchmark(), load));
        if (heat.pinned()) {
            pinned &= pin(Integer.toString(PINNED_CORE));
        }
        try {
            Collection<RunResult> measured = new Runner(heat.options().build()).run();
            scoreboard.add(measured);
            results.addAll(measured);
        } finally {
            if (heat.pinned()) {
                pin(PINNED_CORE + "-" + (CORES - 1));
            }
        }
    }

    /** Keeps this process, and the forks that inherit it, to some cores; false where the system has no such tool. */
    private static boolean pin(String cores) {
        String self = Long.toString(ProcessHandle.current().pid());
        ProcessBuilder taskset = new ProcessBuilder("taskset", "-a", "-p", "-c", cores, self);
        try {
            return taskset.redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String report(Duration took) {
        return "# Benchmarks, preset " + preset.title() + "\n\n"
                + "Made by `java -cp benchmarks/target/benchmarks.jar dev.crmcore.bench.BenchmarkRun " + preset.title()
                + "`; do not edit.\n\n"
                + machine() + ", " + took.toMinutes() + " min " + took.toSecondsPart()
                + " s in all. Ratios compare with"
                + " the baseline of the same run (1 for the baseline itself; smaller is faster); times are of this machine"
                + " only. Processor time is that of the client's JVM, all threads. JDBC: client and database "
                + (pinned ? "pinned to one core" : "not pinned, `taskset` is missing: expect swings")
                + "; PostgreSQL with `fsync=off, synchronous_commit=off`.\n\n"
                + "## Targets\n\n" + scoreboard.targets() + "\n## Measured\n" + scoreboard.sections()
                + "\n## Load of the machine before each benchmark\n\n| Benchmark | Load |\n|---|---|\n" + loads;
    }

    private static String machine() {
        return CORES + " cores, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", " + System.getProperty("java.vm.name") + " "
                + Runtime.version();
    }

    /** JMH's own form, without the path of the JVM. */
    private String json() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
        }
        return bytes.toString(StandardCharsets.UTF_8).replaceAll("(?m)^\\s*\"jvm\" : .*\\R", "");
    }
}
