package dev.crmcore.metrics.marketing;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.CompensatedSum;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * How an attribution model shares conversions and their value out among channels.
 *
 * <p>The shares of the rules carry the interval that their variation from conversion to conversion gives: Wilson's where each
 * conversion goes to one channel, otherwise Student's t. Markov and Shapley shares depend on all journeys at once and get
 * theirs from {@link Attribution#bootstrap(java.util.function.Function, int, long)}.
 *
 * <p>Immutable and thread-safe.
 */
public final class ChannelCredits {

    private final KpiDefinition definition;
    private final List<String> channels;
    private final long n;
    private final double[] conversions;
    private final double[] minorUnits;
    private final @Nullable Interval[] intervals;

    ChannelCredits(
            KpiDefinition definition,
            List<String> channels,
            long n,
            double[] conversions,
            double[] minorUnits,
            @Nullable Interval[] intervals) {
        this.definition = definition;
        this.channels = channels;
        this.n = n;
        this.conversions = conversions;
        this.minorUnits = minorUnits;
        this.intervals = intervals;
    }

    /**
     * By which model.
     *
     * @return the model's definition
     */
    public KpiDefinition definition() {
        return definition;
    }

    /**
     * The channels.
     *
     * @return their names in ascending order; not modifiable
     */
    public List<String> channels() {
        return channels;
    }

    /**
     * The conversions credited to a channel.
     *
     * @param channel a channel's name
     * @return a number of conversions, rarely whole; negative only for Shapley values
     * @throws IllegalArgumentException if there is no such channel
     */
    public double conversions(String channel) {
        return conversions[place(channel)];
    }

    /**
     * The value credited to a channel.
     *
     * @param channel a channel's name
     * @return minor units of the currency, rarely whole; negative only for Shapley values
     * @throws IllegalArgumentException if there is no such channel
     */
    public double minorUnits(String channel) {
        return minorUnits[place(channel)];
    }

    /**
     * The share of the conversions credited to a channel, with its interval where the model gives one.
     *
     * @param channel a channel's name
     * @return the share, 0 to 1 unless a Shapley value; undefined without a conversion
     * @throws IllegalArgumentException if there is no such channel
     */
    public Estimate share(String channel) {
        int place = place(channel);
        if (n == 0) {
            return Estimate.undefined(Undefined.noData("no conversion"));
        }
        Estimate share = Estimate.ratio(conversions[place], (double) n, n);
        Interval interval = intervals[place];
        return interval == null ? share : share.withInterval(interval);
    }

    /**
     * The conversions that were shared out.
     *
     * @return how many conversions of touched journeys there are, not negative
     */
    public long attributedConversions() {
        return n;
    }

    /**
     * The sum of the conversions credited to all channels, for reconciling reports.
     *
     * @return {@link #attributedConversions()} up to rounding
     */
    public double sumOfConversions() {
        return DoubleStream.of(conversions).sum();
    }

    /**
     * The sum of the value credited to all channels.
     *
     * @return {@link Attribution#attributedMinorUnits()} up to rounding
     */
    public double sumOfMinorUnits() {
        return DoubleStream.of(minorUnits).sum();
    }

    /** The share of each channel, if there is a conversion. */
    double[] shares() {
        return Arrays.stream(conversions).map(credit -> credit / n).toArray();
    }

    ChannelCredits withIntervals(@Nullable Interval[] others) {
        return new ChannelCredits(definition, channels, n, conversions, minorUnits, others);
    }

    private int place(String channel) {
        int place = channels.indexOf(channel);
        if (place < 0) {
            throw new IllegalArgumentException("channel must be one of " + channels + ", not \"" + channel + "\"");
        }
        return place;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ChannelCredits that
                && definition.toString().equals(that.definition.toString())
                && channels.equals(that.channels)
                && n == that.n
                && Arrays.equals(conversions, that.conversions)
                && Arrays.equals(minorUnits, that.minorUnits)
                && Arrays.equals(intervals, that.intervals);
    }

    @Override
    public int hashCode() {
        return 31 * channels.hashCode() + Arrays.hashCode(conversions);
    }

    /** The model and how many conversions it shares out. */
    @Override
    public String toString() {
        return "ChannelCredits[" + definition + ", " + n + " conversions, " + channels.size() + " channels]";
    }

    /** Sums the credits of converting journeys, with what their variation needs. Not thread-safe. */
    static final class Counting {

        private final CompensatedSum[] conversions;
        private final CompensatedSum[] minorUnits;
        private final CompensatedSum[] squares;

        Counting(int channels) {
            conversions = sums(channels);
            minorUnits = sums(channels);
            squares = sums(channels);
        }

        /** Adds the credit of a path, once for each channel. */
        void add(int channel, double credit, double pathConversions, double pathMinorUnits) {
            conversions[channel].add(credit * pathConversions);
            minorUnits[channel].add(credit * pathMinorUnits);
            squares[channel].add(credit * credit * pathConversions);
        }

        /** Adds sums that were made elsewhere. */
        void add(
                int channel,
                CompensatedSum moreConversions,
                CompensatedSum moreMinorUnits,
                CompensatedSum moreSquares) {
            conversions[channel].add(moreConversions);
            minorUnits[channel].add(moreMinorUnits);
            squares[channel].add(moreSquares);
        }

        ChannelCredits credits(KpiDefinition definition, List<String> channels, long n) {
            @Nullable Interval[] intervals = new @Nullable Interval[channels.size()];
            for (int i = 0; i < intervals.length; i++) {
                intervals[i] = interval(conversions[i].value(), squares[i].value(), n);
            }
            return new ChannelCredits(definition, channels, n, values(conversions), values(minorUnits), intervals);
        }

        private static CompensatedSum[] sums(int channels) {
            CompensatedSum[] sums = new CompensatedSum[channels];
            Arrays.setAll(sums, i -> new CompensatedSum());
            return sums;
        }

        private static double[] values(CompensatedSum[] sums) {
            return Arrays.stream(sums).mapToDouble(CompensatedSum::value).toArray();
        }

        /** Credits of 0 and 1 alone are their own squares. */
        private static @Nullable Interval interval(double sum, double squares, long n) {
            if (n == 0) {
                return null;
            }
            if (sum == squares && sum >= 0 && sum <= n) {
                return Proportion.of((long) sum, n).estimate().interval().orElse(null);
            }
            double variance = n < 2 ? 0 : Math.max(0, squares - sum * sum / n) / (n - 1);
            return new SampleMean(n, sum, variance)
                    .interval(Interval.DEFAULT_LEVEL)
                    .orElse(null);
        }
    }
}
