package dev.crmcore.metrics.sales;

import dev.crmcore.metrics.KpiDefinition;

/**
 * In which order the steps of a funnel must come. The same events give very different figures, so the order is part of the
 * KPI's name.
 *
 * <p>Immutable and thread-safe.
 */
public enum FunnelOrder {
    /** One step after the other; other events may lie between. */
    ORDERED,
    /** One step directly after the other; any other event ends the attempt. */
    STRICT,
    /** Any order: what counts is how many different steps lie within one window. */
    ANY;

    /**
     * What a funnel of this order means.
     *
     * @return the definition
     */
    public KpiDefinition definition() {
        return switch (this) {
            case ORDERED -> Funnel.ORDERED;
            case STRICT -> Funnel.STRICT;
            case ANY -> Funnel.ANY_ORDER;
        };
    }
}
