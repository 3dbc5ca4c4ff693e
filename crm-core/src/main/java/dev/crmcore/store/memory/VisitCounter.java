package dev.crmcore.store.memory;

import java.util.concurrent.atomic.LongAdder;

/** Counts the records that queries looked at. Thread-safe. */
final class VisitCounter {

    private final LongAdder visited = new LongAdder();

    void add(long records) {
        visited.add(records);
    }

    long sum() {
        return visited.sum();
    }
}
