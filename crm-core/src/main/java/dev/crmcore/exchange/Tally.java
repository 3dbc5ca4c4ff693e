package dev.crmcore.exchange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts what became of rows. Not thread-safe. */
final class Tally {

    private final ImportOptions options;
    private final List<Reject> kept = new ArrayList<>();

    /** Those that have to be put in order: some are found when a row is read, others when it is written. */
    private final List<Reject> waiting = new ArrayList<>();

    private long read;
    private long created;
    private long updated;
    private long unchanged;
    private long duplicate;
    private long invalid;
    private long customersCreated;

    Tally(ImportOptions options) {
        this.options = options;
    }

    void read() {
        read++;
    }

    void created(long rows) {
        created += rows;
    }

    void updated(long rows) {
        updated += rows;
    }

    void unchanged(long rows) {
        unchanged += rows;
    }

    void duplicate(long rows) {
        duplicate += rows;
    }

    void customersCreated(long customers) {
        customersCreated += customers;
    }

    void reject(Reject reject) {
        invalid++;
        waiting.add(reject);
    }

    long rejected() {
        return invalid;
    }

    /** Tells of the rejects before a line, in the order of the file. */
    void tellBefore(long line) {
        waiting.sort(Comparator.comparingLong(Reject::line));
        int told = 0;
        for (; told < waiting.size() && waiting.get(told).line() < line; told++) {
            Reject reject = waiting.get(told);
            options.rejects().accept(reject);
            if (kept.size() < options.keptRejects()) {
                kept.add(reject);
            }
        }
        waiting.subList(0, told).clear();
    }

    long rows() {
        return read;
    }

    ImportReport report() {
        return new ImportReport(read, created, updated, unchanged, duplicate, invalid, customersCreated, kept);
    }
}
