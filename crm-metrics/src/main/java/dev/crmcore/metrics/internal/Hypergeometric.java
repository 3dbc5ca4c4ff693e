package dev.crmcore.metrics.internal;

/**
 * The hypergeometric distribution of a 2&times;2 table with fixed margins: how many of {@code drawn} successes fall to the first
 * side. Likelihoods are multiplied up from the mode, so nothing cancels; the walk ends where a likelihood cannot matter.
 */
public final class Hypergeometric {

    private static final double TIE = 1 + 1e-7;
    private static final double NEGLIGIBLE = 1e-300;

    private final long first;
    private final long second;
    private final long drawn;
    private final long least;
    private final long most;

    /** The table whose sides have {@code first} and {@code second} trials and together {@code drawn} successes. */
    public Hypergeometric(long first, long second, long drawn) {
        this.first = first;
        this.second = second;
        this.drawn = drawn;
        this.least = Math.max(0, drawn - second);
        this.most = Math.min(first, drawn);
    }

    /** The expected number of successes on the first side. */
    public double mean() {
        return (double) drawn / ((double) first + second) * first;
    }

    /** The probability of all outcomes that are no more likely than {@code k}. */
    public double noMoreLikelyThan(long k) {
        double bar = relative(k) * TIE;
        Sums sums = new Sums(bar);
        long mode = mode();
        double weight = 1;
        for (long i = mode; i <= most && weight > NEGLIGIBLE; weight *= up(i), i++) {
            sums.add(weight);
        }
        weight = down(mode);
        for (long i = mode - 1; i >= least && weight > NEGLIGIBLE; weight *= down(i), i--) {
            sums.add(weight);
        }
        return Math.min(1, sums.tail.value() / sums.all.value());
    }

    /** The likelihood of {@code k} relative to the mode's, or 0 where it is negligible. */
    private double relative(long k) {
        double weight = 1;
        long mode = mode();
        for (long i = mode; i < k && weight > NEGLIGIBLE; i++) {
            weight *= up(i);
        }
        for (long i = mode; i > k && weight > NEGLIGIBLE; i--) {
            weight *= down(i);
        }
        return weight > NEGLIGIBLE ? weight : 0;
    }

    private long mode() {
        double mode = Math.floor((drawn + 1.0) / (first + 2.0 + second) * (first + 1.0));
        return Math.max(least, Math.min(most, (long) mode));
    }

    /** The likelihood of i + 1 over that of i. */
    private double up(long i) {
        return ((double) drawn - i) * ((double) first - i) / ((i + 1.0) * ((double) second - drawn + i + 1));
    }

    /** The likelihood of i - 1 over that of i. */
    private double down(long i) {
        return i * ((double) second - drawn + i) / ((drawn - i + 1.0) * (first - i + 1.0));
    }

    private static final class Sums {
        private final double bar;
        private final CompensatedSum tail = new CompensatedSum();
        private final CompensatedSum all = new CompensatedSum();

        Sums(double bar) {
            this.bar = bar;
        }

        void add(double weight) {
            all.add(weight);
            if (weight <= bar) {
                tail.add(weight);
            }
        }
    }
}
