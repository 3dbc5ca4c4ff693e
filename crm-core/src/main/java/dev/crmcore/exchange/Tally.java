package dev.crmcore.exchange;

import java.util.ArrayList;
import java.util.List;

/** Counts what became of rows. Not thread-safe. */
final class Tally {

    private final ImportOptions options;
    private final List<Reject> kept = new ArrayList<>();
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
        options.rejects().accept(reject);
        if (kept.size() < options.keptRejects()) {
            kept.add(reject);
        }
    }

    long rows() {
        return read;
    }

    ImportReport report() {
        return new ImportReport(read, created, updated, unchanged, duplicate, invalid, customersCreated, kept);
    }
}
