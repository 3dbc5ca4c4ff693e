package dev.crmcore.metrics.sales;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.internal.NameTable;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * How opportunities get from stage to stage, from what became of those that were there. An opportunity that skipped a stage
 * passed through it: what counts is the furthest stage it reached.
 *
 * <p>Byte form, version 1: i32 stages, their names; for each, in their order, u64 opportunities that got no further and are open,
 * were won, were lost.
 *
 * <p>Mutable, not thread-safe. State: 24 bytes for each stage.
 */
public final class StageConversion implements Accumulator<StageHistory, StageConversion, StageRates> {

    /** What the rates mean. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("stage-conversion", 1)
            .name("Stage conversion")
            .kind(KpiKind.MERGEABLE)
            .unit("share of opportunities, 0 to 1")
            .formula(
                    "advanced = reached a later stage or won, of those that reached the stage and are not still in it; "
                            + "win probability = won, of those that reached the stage and are closed")
            .variant("by the furthest stage reached; skipped stages are passed through")
            .emptyRule("undefined without an opportunity in the denominator")
            .source("usual practice; interval: Wilson 1927")
            .build();

    private static final int FORMAT = 1;
    private static final int OUTCOMES = StageHistory.Outcome.values().length;

    private final List<String> stages;
    private final long[][] furthest;
    private long all;

    private StageConversion(List<String> stages) {
        this.stages = stages;
        this.furthest = new long[stages.size()][OUTCOMES];
    }

    /**
     * The rates of a pipeline.
     *
     * @param stages its stages in order, at least one, all different
     * @return how to begin, resume and collect
     * @throws IllegalArgumentException if there is no stage, or a name is malformed or there twice
     */
    public static AccumulatorType<StageHistory, StageConversion, StageRates> through(String... stages) {
        List<String> names = List.of(stages);
        names.forEach(name -> NameTable.check("stage", name));
        if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException("stages must be at least one and differ, not " + names);
        }
        return AccumulatorType.of(DEFINITION, () -> new StageConversion(names), bytes -> fromBytes(bytes, names));
    }

    @Override
    public void add(StageHistory history) {
        int last = -1;
        for (String stage : history.stages()) {
            int place = stages.indexOf(stage);
            if (place < 0) {
                throw new IllegalArgumentException("stage must be one of " + stages + ", not \"" + stage + "\"");
            }
            last = Math.max(last, place);
        }
        if (last < 0) {
            throw new IllegalArgumentException("an opportunity must have been in at least one stage");
        }
        all = Math.addExact(all, 1);
        furthest[last][place(history.outcome())]++;
    }

    /** Where an outcome is counted, in memory and in the byte form; never changes. */
    private static int place(StageHistory.Outcome outcome) {
        return switch (outcome) {
            case OPEN -> 0;
            case WON -> 1;
            case LOST -> 2;
        };
    }

    @Override
    public void merge(StageConversion other) {
        if (!stages.equals(other.stages)) {
            throw new IllegalArgumentException(
                    "a pipeline of " + stages + " does not merge with one of " + other.stages);
        }
        all = Math.addExact(all, other.all);
        for (int stage = 0; stage < furthest.length; stage++) {
            for (int outcome = 0; outcome < OUTCOMES; outcome++) {
                furthest[stage][outcome] += other.furthest[stage][outcome];
            }
        }
    }

    @Override
    public StageRates result() {
        long[][] copy = new long[furthest.length][];
        Arrays.setAll(copy, stage -> furthest[stage].clone());
        return new StageRates(stages, copy);
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT).putInt(stages.size());
        stages.forEach(writer::putString);
        for (long[] outcomes : furthest) {
            for (long count : outcomes) {
                writer.putLong(count);
            }
        }
        return writer.toBytes();
    }

    private static StageConversion fromBytes(byte[] bytes, List<String> stages) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        String[] found = new String[reader.getSize(Short.BYTES)];
        Arrays.setAll(found, i -> reader.getString());
        if (!List.of(found).equals(stages)) {
            throw reader.malformed("a pipeline of " + List.of(found));
        }
        StageConversion read = new StageConversion(stages);
        for (long[] outcomes : read.furthest) {
            for (int outcome = 0; outcome < OUTCOMES; outcome++) {
                outcomes[outcome] = reader.getCount();
                read.all = Math.addExact(read.all, outcomes[outcome]);
            }
        }
        reader.end();
        return read;
    }
}
