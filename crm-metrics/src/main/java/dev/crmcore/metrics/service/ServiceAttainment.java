package dev.crmcore.metrics.service;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.Arrays;

/**
 * How many targets of the service were met. What is open and overdue counts as missed: counting only what was done flatters
 * whoever leaves the hard cases open.
 *
 * <p>Byte form, version 1, under the id of its KPI: u64 met, breached late, breached and open, running, paused.
 *
 * <p>Mutable, not thread-safe. State: five counts.
 */
public final class ServiceAttainment
        implements Accumulator<ServiceTarget, ServiceAttainment, ServiceAttainment.Result> {

    /** Attainment of first-response targets. */
    public static final KpiDefinition FIRST_RESPONSE_ATTAINMENT =
            definition("sla-first-response", "SLA attainment, first response", "met / (met + breached)");

    /** Attainment of resolution targets. */
    public static final KpiDefinition RESOLUTION_ATTAINMENT =
            definition("sla-resolution", "SLA attainment, resolution", "met / (met + breached)");

    /** Promises kept. */
    public static final KpiDefinition PROMISE_KEEPING = definition(
            "promise-keeping", "Promise-keeping rate", "kept in time / (kept + broken), of promises that are due");

    /** First-response targets. */
    public static final AccumulatorType<ServiceTarget, ServiceAttainment, Result> FIRST_RESPONSE =
            type(FIRST_RESPONSE_ATTAINMENT);

    /** Resolution targets. */
    public static final AccumulatorType<ServiceTarget, ServiceAttainment, Result> RESOLUTION =
            type(RESOLUTION_ATTAINMENT);

    /** Promises, as {@link Promise#target} says how they stand. */
    public static final AccumulatorType<ServiceTarget, ServiceAttainment, Result> PROMISES = type(PROMISE_KEEPING);

    private static final int FORMAT = 1;
    private static final int STATES = ServiceTarget.values().length;

    private final KpiDefinition definition;
    private final long[] counts = new long[STATES];
    private long all;

    private ServiceAttainment(KpiDefinition definition) {
        this.definition = definition;
    }

    /**
     * The counts. Immutable and thread-safe.
     *
     * @param met what was done in time
     * @param breachedLate what was done too late
     * @param breachedOpen what is overdue and not done
     * @param running what is open with time left
     * @param paused what is open with time left and stands still
     */
    public record Result(long met, long breachedLate, long breachedOpen, long running, long paused) {
        /**
         * The counts.
         *
         * @param met what was done in time
         * @param breachedLate what was done too late
         * @param breachedOpen what is overdue and not done
         * @param running what is open with time left
         * @param paused what is open with time left and stands still
         */
        public Result {}

        /**
         * What was done in time, of all that is decided: done, or overdue.
         *
         * @return the proportion; its estimate has the Wilson interval
         */
        public Proportion attainment() {
            return Proportion.of(met, met + breachedLate + breachedOpen);
        }

        /**
         * What was done in time, of what was done. It leaves out what is overdue and open, and so looks better than the service
         * is; here for comparing with reports that count so.
         *
         * @return the proportion; its estimate has the Wilson interval
         */
        public Proportion attainmentOfDone() {
            return Proportion.of(met, met + breachedLate);
        }
    }

    @Override
    public void add(ServiceTarget target) {
        all = Math.addExact(all, 1);
        counts[place(target)]++;
    }

    /** Where a state is counted, in memory and in the byte form; never changes. */
    private static int place(ServiceTarget target) {
        return switch (target) {
            case MET -> 0;
            case BREACHED_LATE -> 1;
            case BREACHED_OPEN -> 2;
            case RUNNING -> 3;
            case PAUSED -> 4;
        };
    }

    @Override
    public void merge(ServiceAttainment other) {
        if (!definition.toString().equals(other.definition.toString())) {
            throw new IllegalArgumentException(definition + " does not merge with " + other.definition);
        }
        all = Math.addExact(all, other.all);
        Arrays.setAll(counts, i -> counts[i] + other.counts[i]);
    }

    @Override
    public Result result() {
        return new Result(counts[0], counts[1], counts[2], counts[3], counts[4]);
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(definition.id(), FORMAT);
        for (long count : counts) {
            writer.putLong(count);
        }
        return writer.toBytes();
    }

    private static AccumulatorType<ServiceTarget, ServiceAttainment, Result> type(KpiDefinition definition) {
        return AccumulatorType.of(definition, () -> new ServiceAttainment(definition), bytes -> {
            StateReader reader = StateReader.open(bytes, definition.id(), FORMAT);
            ServiceAttainment read = new ServiceAttainment(definition);
            for (int i = 0; i < STATES; i++) {
                read.counts[i] = reader.getCount();
                read.all = Math.addExact(read.all, read.counts[i]);
            }
            reader.end();
            return read;
        });
    }

    private static KpiDefinition definition(String id, String name, String formula) {
        return KpiDefinition.builder(id, 1)
                .name(name)
                .kind(KpiKind.MERGEABLE)
                .unit("share, 0 to 1")
                .formula(formula)
                .variant("open and overdue counts as missed; open with time left in neither number")
                .emptyRule("undefined as long as nothing is decided")
                .source("usual practice; interval: Wilson 1927")
                .build();
    }
}
