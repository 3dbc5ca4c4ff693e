package dev.crmcore.metrics.value;

/**
 * How the search for the maximum of a likelihood ended. Constants may be added.
 *
 * <p>Immutable and thread-safe.
 */
public enum Convergence {
    /** At a maximum with all parameters between their borders. */
    CONVERGED,
    /** At a maximum at the border of the parameter space; the parameters say which. The model is usable. */
    AT_BORDER,
    /** The search was stopped at its limit; the parameters are the best found, but not known to be a maximum. */
    ITERATION_LIMIT
}
