package dev.crmcore.metrics;

/**
 * How a KPI can be computed, which tells where it can run.
 *
 * <p>Immutable and thread-safe.
 */
public enum KpiKind {
    /** An {@link Accumulator} whose state has a fixed size: streams, parallel runs, increments and clusters. */
    MERGEABLE,
    /** An {@link Accumulator} whose state grows with the number of keys (customers), not with the number of events. */
    KEYED,
    /** A function over the whole, bounded input, because the figure depends on the order or on all items at once. */
    BATCH
}
