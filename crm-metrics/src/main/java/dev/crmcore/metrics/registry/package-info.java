/**
 * The list of every KPI of the library, for a report that names its formulas, a catalogue page, or a check that two systems mean
 * the same.
 *
 * <pre>{@code
 * KpiDefinition nps = KpiRegistry.find("nps").orElseThrow();
 * nps.formula();      // what is counted, over what
 * nps.emptyRule();    // what it says about nothing
 *
 * KpiRegistry.all().forEach(kpi -> System.out.println(kpi + "  " + kpi.name() + ", " + kpi.unit()));
 * }</pre>
 */
@NullMarked
package dev.crmcore.metrics.registry;

import org.jspecify.annotations.NullMarked;
