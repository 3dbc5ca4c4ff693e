package dev.crmcore.metrics.marketing;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.internal.NameTable;
import dev.crmcore.metrics.internal.SequenceTable;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Counts how journeys through the channels of marketing ended, by distinct path; {@link Attribution} shares the conversions
 * out from there.
 *
 * <p>The fast way in is by numbers: {@link #channel} numbers a channel once, and {@link #add(int[], int, int, long, long, long)}
 * counts a path of such numbers without allocating.
 *
 * <p>Byte form, version 1: i32 channels, their names; i32 paths; for each i32 length and the channels' places as i32; then for
 * each path u64 conversions, value in minor units and non-conversions.
 *
 * <p>Mutable, not thread-safe. State: for each distinct path 4 bytes a touch and about 44 bytes.
 */
public final class ConversionPaths implements Accumulator<ConversionPath, ConversionPaths, Attribution> {

    /** What is counted; the models of {@link Attribution} have definitions of their own. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("conversion-paths", 1)
            .name("Conversion paths")
            .kind(KpiKind.KEYED)
            .unit("journeys, and minor units of a currency")
            .formula("conversions, their value, and non-conversions, for each distinct sequence of channels")
            .emptyRule("no path")
            .source("usual practice")
            .build();

    /** How to begin, resume and collect. */
    public static final AccumulatorType<ConversionPath, ConversionPaths, Attribution> TYPE =
            AccumulatorType.of(DEFINITION, ConversionPaths::new, ConversionPaths::fromBytes);

    private static final int FORMAT = 1;

    private NameTable channels = new NameTable("channel");
    private SequenceTable paths = new SequenceTable();
    private PathCounts counts = new PathCounts();

    private ConversionPaths() {}

    /**
     * Numbers a channel.
     *
     * @param name the channel's name, 1 to 1,000 characters
     * @return its number in this accumulator, from 0
     * @throws IllegalArgumentException if the name is empty, too long or no text
     */
    public int channel(String name) {
        return channels.number(name);
    }

    @Override
    public void add(ConversionPath path) {
        List<String> names = path.channels();
        names.forEach(name -> NameTable.check("channel", name));
        counts.requireRoom(path.conversions(), path.minorUnits(), path.nonConversions());
        int[] numbers = new int[names.size()];
        Arrays.setAll(numbers, i -> channels.number(names.get(i)));
        counts.add(
                paths.number(numbers, 0, numbers.length), path.conversions(), path.minorUnits(), path.nonConversions());
    }

    /**
     * Counts journeys of one path.
     *
     * @param path numbers that {@link #channel} gave, in the order of the touches
     * @param from the index of the first touch
     * @param to the index after the last touch
     * @param conversions how many journeys converted, not negative
     * @param minorUnits what they were worth together, not negative, 0 without a conversion
     * @param nonConversions how many journeys did not convert, not negative
     * @throws IllegalArgumentException if a number is no channel's, or a count is out of range
     * @throws IndexOutOfBoundsException if the range is not within the array
     * @throws ArithmeticException if a total exceeds 64 bits
     */
    public void add(int[] path, int from, int to, long conversions, long minorUnits, long nonConversions) {
        ConversionPath.check(conversions, minorUnits, nonConversions);
        Objects.checkFromToIndex(from, to, path.length);
        for (int i = from; i < to; i++) {
            channels.require(path[i]);
        }
        counts.requireRoom(conversions, minorUnits, nonConversions);
        counts.add(paths.number(path, from, to), conversions, minorUnits, nonConversions);
    }

    /**
     * {@inheritDoc}
     *
     * @throws ArithmeticException if a total exceeds 64 bits
     */
    @Override
    public void merge(ConversionPaths other) {
        counts.requireRoom(other.counts);
        int[] renamed = channels.numbersOf(other.channels);
        counts.add(other.counts, paths.numbersOf(other.paths, renamed));
    }

    /** The paths in the order of their channels' names, ready for every model. */
    @Override
    public Attribution result() {
        int[] ranks = channels.ranks();
        String[] names = new String[ranks.length];
        for (int i = 0; i < ranks.length; i++) {
            names[ranks[i]] = channels.name(i);
        }
        int[] order = paths.order(ranks);
        int[] touches = new int[paths.start(paths.size())];
        int[] starts = new int[order.length + 1];
        for (int i = 0; i < order.length; i++) {
            int start = paths.start(order[i]);
            int length = paths.length(order[i]);
            for (int k = 0; k < length; k++) {
                touches[starts[i] + k] = ranks[paths.elements()[start + k]];
            }
            starts[i + 1] = starts[i] + length;
        }
        return new Attribution(List.of(names), touches, starts, counts.inOrder(order));
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT);
        channels.write(writer);
        paths.write(writer);
        counts.write(writer, paths.size());
        return writer.toBytes();
    }

    private static ConversionPaths fromBytes(byte[] bytes) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        ConversionPaths read = new ConversionPaths();
        read.channels = NameTable.read("channel", reader);
        read.paths = SequenceTable.read(reader, read.channels.size());
        read.counts = PathCounts.read(reader, read.paths.size());
        reader.end();
        return read;
    }
}
