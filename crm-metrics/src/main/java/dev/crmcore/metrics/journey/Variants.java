package dev.crmcore.metrics.journey;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.internal.NameTable;
import dev.crmcore.metrics.internal.SequenceTable;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Counts cases by variant: the full sequence of their activities, repeats included.
 *
 * <p>Byte form, version 1: i32 activities, their names; i32 variants; for each i32 length and the activities' places as i32;
 * then for each variant u64 cases.
 *
 * <p>Mutable, not thread-safe. State: for each variant 4 bytes an activity and about 28 bytes.
 */
public final class Variants implements Accumulator<Trace, Variants, VariantCounts> {

    /** What is counted. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("journey-variants", 1)
            .name("Journey variants")
            .kind(KpiKind.KEYED)
            .unit("cases")
            .formula("cases with the same full sequence of activities, most frequent first")
            .variant("events of one instant in the order of the source")
            .emptyRule("no variant")
            .source("van der Aalst, Process Mining, 2016")
            .build();

    /** How to begin, resume and collect. */
    public static final AccumulatorType<Trace, Variants, VariantCounts> TYPE =
            AccumulatorType.of(DEFINITION, Variants::new, Variants::fromBytes);

    private static final int FORMAT = 1;

    private NameTable names = new NameTable("activity");
    private SequenceTable sequences = new SequenceTable();
    private long[] cases = new long[16];
    private long all;

    private Variants() {}

    /**
     * Numbers an activity.
     *
     * @param name the activity's name, 1 to 1,000 characters
     * @return its number in this accumulator, from 0
     * @throws IllegalArgumentException if the name is empty, too long or no text
     */
    public int activity(String name) {
        return names.number(name);
    }

    @Override
    public void add(Trace trace) {
        int[] numbers = trace.activities().stream().mapToInt(this::activity).toArray();
        add(numbers, 0, numbers.length);
    }

    /**
     * Counts one case.
     *
     * @param activities numbers that {@link #activity} gave, in order
     * @param from the index of the first event
     * @param to the index after the last event
     * @throws IllegalArgumentException if there is no event or a number is no activity's
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    public void add(int[] activities, int from, int to) {
        Objects.checkFromToIndex(from, to, activities.length);
        if (from == to) {
            throw new IllegalArgumentException("a case must have at least one event");
        }
        for (int i = from; i < to; i++) {
            names.require(activities[i]);
        }
        add(sequences.number(activities, from, to), 1);
    }

    private void add(int variant, long more) {
        if (variant >= cases.length) {
            cases = Arrays.copyOf(cases, Math.max(variant + 1, Math.multiplyExact(2, cases.length)));
        }
        all = Math.addExact(all, more);
        cases[variant] += more;
    }

    @Override
    public void merge(Variants other) {
        Math.addExact(all, other.all);
        int[] here = sequences.numbersOf(other.sequences, names.numbersOf(other.names));
        for (int i = 0; i < here.length; i++) {
            add(here[i], other.cases[i]);
        }
    }

    @Override
    public VariantCounts result() {
        List<VariantCounts.Variant> variants = new ArrayList<>(sequences.size());
        for (int variant : sequences.order(names.ranks())) {
            String[] activities = new String[sequences.length(variant)];
            Arrays.setAll(activities, i -> names.name(sequences.elements()[sequences.start(variant) + i]));
            variants.add(new VariantCounts.Variant(List.of(activities), cases[variant]));
        }
        return VariantCounts.of(variants);
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT);
        names.write(writer);
        sequences.write(writer);
        for (int i = 0; i < sequences.size(); i++) {
            writer.putLong(cases[i]);
        }
        return writer.toBytes();
    }

    private static Variants fromBytes(byte[] bytes) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        Variants read = new Variants();
        read.names = NameTable.read("activity", reader);
        read.sequences = SequenceTable.read(reader, read.names.size());
        for (int i = 0; i < read.sequences.size(); i++) {
            long count = reader.getCount();
            if (count == 0 || read.sequences.length(i) == 0) {
                throw reader.malformed("a variant without a case or an event");
            }
            read.add(i, count);
        }
        reader.end();
        return read;
    }
}
