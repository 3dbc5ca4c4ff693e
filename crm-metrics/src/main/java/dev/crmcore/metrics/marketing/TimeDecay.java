package dev.crmcore.metrics.marketing;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.internal.CompensatedSum;
import dev.crmcore.metrics.internal.Durations;
import dev.crmcore.metrics.internal.NameTable;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Attribution by which a touch counts half as much for every half-life that it lies before the conversion. The weights of a
 * journey are scaled to sum to 1, so its length and age do not matter; touches after the conversion do not count.
 *
 * <p>The credits are summed with compensation: any order and any split give the same sums within 4 units in the last place.
 *
 * <p>Byte form, version 1: u64 half-life in milliseconds, u64 attributed and u64 unattributed conversions, u64 value of the
 * attributed ones in minor units; i32 channels, their names; for each channel the sums of conversions, of minor units and of
 * squared credits, each as two doubles (sum and carried error).
 *
 * <p>Mutable, not thread-safe. State: six doubles for each channel.
 */
public final class TimeDecay implements Accumulator<TouchedJourney, TimeDecay, ChannelCredits> {

    /** What the credits mean. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("attribution-time-decay", 1)
            .name("Time-decay attribution")
            .kind(KpiKind.MERGEABLE)
            .unit("conversions, and minor units of a currency")
            .formula("sum over converting journeys of w(touch)/sum of w, w = 2^(-(conversion - touch)/half-life)")
            .variant("the half-life, of which 7 days is usual")
            .emptyRule("no credit without a conversion")
            .source("usual practice")
            .build();

    /** The half-life that is used where none is given: 7 days of 24 hours. */
    public static final Duration USUAL_HALF_LIFE = Duration.ofDays(7);

    private static final int FORMAT = 1;

    private final long halfLife;
    private NameTable channels = new NameTable("channel");
    private final List<Sums> sums = new ArrayList<>();
    private double[] credit = new double[8];
    private long attributed;
    private long unattributed;
    private long minorUnits;

    private TimeDecay(long halfLife) {
        this.halfLife = halfLife;
    }

    /**
     * The model with a half-life.
     *
     * @param halfLife the time that halves the weight of a touch, at least a millisecond
     * @return how to begin, resume and collect
     * @throws IllegalArgumentException if the half-life is shorter, or beyond 64 bits of milliseconds
     */
    public static AccumulatorType<TouchedJourney, TimeDecay, ChannelCredits> halving(Duration halfLife) {
        long millis = Durations.millis("halfLife", halfLife, Duration.ofMillis(1));
        return AccumulatorType.of(DEFINITION, () -> new TimeDecay(millis), bytes -> fromBytes(bytes, millis));
    }

    /**
     * Numbers a channel.
     *
     * @param name the channel's name, 1 to 1,000 characters
     * @return its number in this accumulator, from 0
     * @throws IllegalArgumentException if the name is empty, too long or no text
     */
    public int channel(String name) {
        int number = channels.number(name);
        if (number == sums.size()) {
            sums.add(new Sums());
        }
        return number;
    }

    @Override
    public void add(TouchedJourney journey) {
        if (journey.convertedAt().isEmpty()) {
            return;
        }
        Instant convertedAt = journey.convertedAt().get();
        List<Touch> touches = journey.touches().stream()
                .filter(touch -> !touch.at().isAfter(convertedAt))
                .toList();
        touches.forEach(touch -> NameTable.check("channel", touch.channel()));
        requireRoom(1, 0, journey.minorUnits());
        int[] numbers =
                touches.stream().mapToInt(touch -> channel(touch.channel())).toArray();
        long[] touchedAt =
                touches.stream().mapToLong(touch -> touch.at().toEpochMilli()).toArray();
        add(numbers, touchedAt, 0, numbers.length, convertedAt.toEpochMilli(), journey.minorUnits());
    }

    /**
     * Counts a journey that converted.
     *
     * @param path numbers that {@link #channel} gave, in any order
     * @param touchedAt when each was touched, in milliseconds since 1970
     * @param from the index of the first touch
     * @param to the index after the last touch
     * @param convertedAt when the journey converted, in milliseconds since 1970; later touches do not count
     * @param conversionMinorUnits what the conversion was worth in minor units of the currency, not negative
     * @throws IllegalArgumentException if a number is no channel's, or the value is negative
     * @throws IndexOutOfBoundsException if the range is not within both arrays
     * @throws ArithmeticException if a total exceeds 64 bits
     */
    public void add(int[] path, long[] touchedAt, int from, int to, long convertedAt, long conversionMinorUnits) {
        Objects.checkFromToIndex(from, to, Math.min(path.length, touchedAt.length));
        ConversionPath.check(1, conversionMinorUnits, 0);
        long latest = Long.MIN_VALUE;
        for (int i = from; i < to; i++) {
            channels.require(path[i]);
            latest = touchedAt[i] <= convertedAt ? Math.max(latest, touchedAt[i]) : latest;
        }
        requireRoom(1, 0, conversionMinorUnits);
        if (latest == Long.MIN_VALUE) {
            unattributed++;
            return;
        }
        attributed++;
        minorUnits += conversionMinorUnits;
        share(path, touchedAt, from, to, convertedAt, latest, (double) conversionMinorUnits);
    }

    /** Weighs from the latest touch and not from the conversion, so that a journey of long ago does not vanish. */
    private void share(
            int[] path,
            long[] touchedAt,
            int from,
            int to,
            long convertedAt,
            long latest,
            double conversionMinorUnits) {
        if (credit.length < sums.size()) {
            credit = new double[2 * sums.size()];
        }
        double all = 0;
        for (int i = from; i < to; i++) {
            if (touchedAt[i] <= convertedAt) {
                double weight = Math.pow(2, -((double) latest - touchedAt[i]) / halfLife);
                credit[path[i]] += weight;
                all += weight;
            }
        }
        for (int i = from; i < to; i++) {
            if (credit[path[i]] != 0) {
                sums.get(path[i]).add(credit[path[i]] / all, conversionMinorUnits);
                credit[path[i]] = 0;
            }
        }
    }

    /**
     * How many conversions no touch came before.
     *
     * @return conversions in no channel's credit, not negative
     */
    public long unattributed() {
        return unattributed;
    }

    @Override
    public void merge(TimeDecay other) {
        if (halfLife != other.halfLife) {
            throw new IllegalArgumentException("a half-life of " + Duration.ofMillis(halfLife)
                    + " does not merge with one of " + Duration.ofMillis(other.halfLife));
        }
        requireRoom(other.attributed, other.unattributed, other.minorUnits);
        attributed += other.attributed;
        unattributed += other.unattributed;
        minorUnits += other.minorUnits;
        for (int i = 0; i < other.sums.size(); i++) {
            sums.get(channel(other.channels.name(i))).add(other.sums.get(i));
        }
    }

    private void requireRoom(long moreAttributed, long moreUnattributed, long moreMinorUnits) {
        Math.addExact(Math.addExact(attributed, moreAttributed), Math.addExact(unattributed, moreUnattributed));
        Math.addExact(minorUnits, moreMinorUnits);
    }

    @Override
    public ChannelCredits result() {
        int[] ranks = channels.ranks();
        String[] names = new String[ranks.length];
        ChannelCredits.Counting counting = new ChannelCredits.Counting(ranks.length);
        for (int i = 0; i < ranks.length; i++) {
            names[ranks[i]] = channels.name(i);
            Sums own = sums.get(i);
            counting.add(ranks[i], own.conversions, own.minorUnits, own.squares);
        }
        return counting.credits(DEFINITION, List.of(names), attributed);
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT)
                .putLong(halfLife)
                .putLong(attributed)
                .putLong(unattributed)
                .putLong(minorUnits);
        channels.write(writer);
        sums.forEach(sum -> sum.write(writer));
        return writer.toBytes();
    }

    private static TimeDecay fromBytes(byte[] bytes, long halfLife) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        long found = reader.getLong();
        if (found != halfLife) {
            throw reader.malformed("a half-life of " + found + " ms");
        }
        TimeDecay read = new TimeDecay(halfLife);
        read.attributed = reader.getCount();
        read.unattributed = reader.getCount();
        read.minorUnits = reader.getCount();
        Math.addExact(read.attributed, read.unattributed);
        read.channels = NameTable.read("channel", reader);
        for (int i = 0; i < read.channels.size(); i++) {
            read.sums.add(Sums.read(reader));
        }
        reader.end();
        return read;
    }

    /** The credits of one channel. */
    private static final class Sums {
        private final CompensatedSum conversions;
        private final CompensatedSum minorUnits;
        private final CompensatedSum squares;

        Sums() {
            this(new CompensatedSum(), new CompensatedSum(), new CompensatedSum());
        }

        private Sums(CompensatedSum conversions, CompensatedSum minorUnits, CompensatedSum squares) {
            this.conversions = conversions;
            this.minorUnits = minorUnits;
            this.squares = squares;
        }

        void add(double credit, double conversionMinorUnits) {
            conversions.add(credit);
            minorUnits.add(credit * conversionMinorUnits);
            squares.add(credit * credit);
        }

        void add(Sums other) {
            conversions.add(other.conversions);
            minorUnits.add(other.minorUnits);
            squares.add(other.squares);
        }

        void write(StateWriter writer) {
            conversions.write(writer);
            minorUnits.write(writer);
            squares.write(writer);
        }

        static Sums read(StateReader reader) {
            return new Sums(CompensatedSum.read(reader), CompensatedSum.read(reader), CompensatedSum.read(reader));
        }
    }
}
