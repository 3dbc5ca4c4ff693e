package dev.crmcore.metrics.value;

/**
 * Where the likelihood has its maximum in one parameter. Constants may be added.
 *
 * <p>Immutable and thread-safe.
 */
public enum ParameterState {
    /** At a value between the borders: the usual case. */
    INTERIOR,
    /** The likelihood is no lower if the parameter goes to zero; the value given merely makes no difference to that. */
    AT_ZERO,
    /**
     * The likelihood is no lower if the parameter goes to infinity, alone or together with another one while their ratio is
     * determined; the value given merely makes no difference to that.
     */
    AT_INFINITY,
    /** The data says nothing about the parameter, because another one is at its border. */
    UNDETERMINED
}
