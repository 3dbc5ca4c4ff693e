package dev.crmcore.metrics.internal;

/**
 * A seeded stream of pseudo-random numbers, the same on every machine and for ever (SplitMix64: Steele, Lea and Flood 2014).
 *
 * <p>Not thread-safe.
 */
public final class SplitMix {

    private long state;

    /** Begins the stream of a seed. */
    public SplitMix(long seed) {
        this.state = seed;
    }

    /** The next 64 bits. */
    public long nextLong() {
        state += 0x9E3779B97F4A7C15L;
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** The next whole number from 0 to below {@code bound}, which is positive; even to within 2^-32. */
    public int nextInt(int bound) {
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }
}
