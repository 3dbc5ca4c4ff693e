package dev.crmcore.exchange;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * How an import runs.
 *
 * <p>Immutable and thread-safe.
 */
public final class ImportOptions {

    private static final int DEFAULT_BATCH = 1_000;
    private static final int DEFAULT_KEPT_REJECTS = 1_000;

    private final int batchSize;
    private final boolean dryRun;
    private final int keptRejects;
    private final ImportProgress.Listener progress;
    private final Consumer<Reject> rejects;

    private ImportOptions(
            int batchSize,
            boolean dryRun,
            int keptRejects,
            ImportProgress.Listener progress,
            Consumer<Reject> rejects) {
        this.batchSize = batchSize;
        this.dryRun = dryRun;
        this.keptRejects = keptRejects;
        this.progress = progress;
        this.rejects = rejects;
    }

    /**
     * Writes, in batches of 1,000 records, one transaction each; the report keeps the first 1,000 rejects.
     *
     * @return the options
     */
    public static ImportOptions defaults() {
        return new ImportOptions(DEFAULT_BATCH, false, DEFAULT_KEPT_REJECTS, progress -> {}, reject -> {});
    }

    /**
     * As {@link #defaults()}, but nothing is kept: what a batch writes, if it has to write at all, is rolled back. The
     * report says what a real run would do.
     *
     * @return the options
     */
    public static ImportOptions dryRun() {
        return new ImportOptions(DEFAULT_BATCH, true, DEFAULT_KEPT_REJECTS, progress -> {}, reject -> {});
    }

    /**
     * The same with another size of batches. A batch is one transaction: what fails takes it along.
     *
     * @param records how many records, rejected rows counted as one each, at least 1
     * @return a copy
     * @throws IllegalArgumentException if it is less than 1
     */
    public ImportOptions withBatchSize(int records) {
        if (records < 1) {
            throw new IllegalArgumentException("a batch has at least 1 record: " + records);
        }
        return new ImportOptions(records, dryRun, keptRejects, progress, rejects);
    }

    /**
     * The same with another number of rejects kept in the report.
     *
     * @param most how many at most, at least 0
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public ImportOptions withKeptRejects(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("kept rejects cannot be negative: " + most);
        }
        return new ImportOptions(batchSize, dryRun, most, progress, rejects);
    }

    /**
     * The same with a listener to progress.
     *
     * @param listener the listener
     * @return a copy
     */
    public ImportOptions withProgress(ImportProgress.Listener listener) {
        return new ImportOptions(batchSize, dryRun, keptRejects, Objects.requireNonNull(listener, "listener"), rejects);
    }

    /**
     * The same with a listener to rejects, which hears of all of them: after each batch, in the order of the file.
     *
     * @param listener the listener
     * @return a copy
     */
    public ImportOptions withRejects(Consumer<Reject> listener) {
        return new ImportOptions(
                batchSize, dryRun, keptRejects, progress, Objects.requireNonNull(listener, "listener"));
    }

    int batchSize() {
        return batchSize;
    }

    boolean isDryRun() {
        return dryRun;
    }

    int keptRejects() {
        return keptRejects;
    }

    ImportProgress.Listener progress() {
        return progress;
    }

    Consumer<Reject> rejects() {
        return rejects;
    }
}
