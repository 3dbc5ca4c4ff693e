package dev.crmcore.metrics.retention;

/**
 * What a Cox regression found out about a coefficient.
 *
 * <p>Constants may be added. Immutable and thread-safe.
 */
public enum CoefficientState {
    /** It is estimated: the usual case. */
    FINITE,
    /**
     * The likelihood rises without end as it runs to infinity, alone or together with others: the covariate tells perfectly
     * who has the event next (monotone likelihood, separation). Its sign means something, its size and error do not.
     */
    INFINITE,
    /** It cannot be told apart from others: the covariate is a linear combination of those before it, or never varies. */
    COLLINEAR
}
