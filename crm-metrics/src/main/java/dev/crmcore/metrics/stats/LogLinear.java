package dev.crmcore.metrics.stats;

/** Buckets for magnitudes from 0 to 2^63: one for each number below 128, then 64 for each power of two. */
final class LogLinear {

    /** Sub-buckets of a power of two, as a power of two themselves. */
    private static final int BITS = 6;

    private static final int PER_OCTAVE = 1 << BITS;

    /** How many buckets there are. */
    static final int BUCKETS = (Long.SIZE - BITS + 1) * PER_OCTAVE;

    private LogLinear() {}

    /** The bucket of a magnitude, which is taken as unsigned. */
    static int bucket(long magnitude) {
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(magnitude | 1);
        if (exponent < BITS) {
            return (int) magnitude;
        }
        int shift = exponent - BITS;
        return (shift << BITS) + (int) (magnitude >>> shift);
    }

    /** The least magnitude of a bucket, unsigned. */
    static long least(int bucket) {
        if (bucket < PER_OCTAVE) {
            return bucket;
        }
        int shift = (bucket >> BITS) - 1;
        return ((long) (bucket & (PER_OCTAVE - 1)) + PER_OCTAVE) << shift;
    }

    /** The greatest magnitude of a bucket, unsigned. */
    static long greatest(int bucket) {
        return bucket < PER_OCTAVE ? bucket : least(bucket) + (1L << ((bucket >> BITS) - 1)) - 1;
    }
}
