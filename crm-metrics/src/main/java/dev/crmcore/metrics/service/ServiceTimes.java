package dev.crmcore.metrics.service;

import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.CountedValues;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.SampleQuantiles;

/**
 * How long customers wait for a first answer and for a solution. An item is the elapsed time of a {@link ServiceClock} that has
 * stopped, in milliseconds; conversations still open are not in it, so read the times beside
 * {@link ServiceAttainment}, where they are.
 */
public final class ServiceTimes {

    /** Opening time from the first message of the customer to the first reply of a human. */
    public static final KpiDefinition FIRST_RESPONSE_TIME = KpiDefinition.builder("first-response-time", 1)
            .name("First response time")
            .kind(KpiKind.KEYED)
            .unit("milliseconds of opening time")
            .formula(
                    "opening time from the first message of the customer, or the hand-over from a bot, to the first human reply")
            .variant(
                    "quantiles by the definition that is asked for; bots do not stop the clock, reopening does not restart it")
            .emptyRule("undefined without a first response")
            .source("usual practice")
            .build();

    /** Opening time from creation to the first resolution, without pauses. */
    public static final KpiDefinition RESOLUTION_TIME = KpiDefinition.builder("resolution-time", 1)
            .name("Resolution time")
            .kind(KpiKind.KEYED)
            .unit("milliseconds of opening time")
            .formula("opening time from creation to the first resolution, less the opening time in pauses")
            .variant("quantiles by the definition that is asked for; reopening does not change the first resolution")
            .emptyRule("undefined without a resolution")
            .source("usual practice")
            .build();

    /** First response times. */
    public static final AccumulatorType<Long, CountedValues, SampleQuantiles> FIRST_RESPONSE =
            CountedValues.of(FIRST_RESPONSE_TIME);

    /** Resolution times. */
    public static final AccumulatorType<Long, CountedValues, SampleQuantiles> RESOLUTION =
            CountedValues.of(RESOLUTION_TIME);

    private ServiceTimes() {}
}
