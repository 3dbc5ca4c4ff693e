/**
 * What the library costs, beside what its users would otherwise take. Each benchmark is a JMH class with an enum of contenders
 * that do one and the same job; before anything is timed, its setup compares their answers.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.crmcore.bench.BenchmarkRun quick
 * }</pre>
 *
 * <p>{@link dev.crmcore.bench.BenchmarkRun} runs a preset and writes the table of ratios.
 */
@NullMarked
package dev.crmcore.bench;

import org.jspecify.annotations.NullMarked;
