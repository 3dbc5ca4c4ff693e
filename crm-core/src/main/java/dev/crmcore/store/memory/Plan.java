package dev.crmcore.store.memory;

/**
 * How a query is worked off.
 *
 * @param path the way to its records
 * @param ordered whether the path gives them in the order of the query
 */
record Plan<T>(AccessPath<T> path, boolean ordered) {}
