package dev.crmcore.exchange;

/**
 * Counts how often each row was seen: open addressing over 64-bit fingerprints, 12 bytes for each different row. It is the
 * only part of an import that grows with the file.
 *
 * <p>Two different rows share a fingerprint with a chance of about n²/2⁶⁵ for n rows. They would still be told apart by
 * their contents; one of them would count from 2.
 */
final class Occurrences {

    private static final int FIRST_CAPACITY = 1 << 10;

    private long[] fingerprints = new long[FIRST_CAPACITY];
    private int[] counts = new int[FIRST_CAPACITY];
    private int size;

    /** Takes a row in. Returns how many times it has been seen now, from 1. */
    int next(long fingerprint) {
        if (size * 2 >= counts.length) {
            grow();
        }
        int slot = slot(fingerprint);
        if (counts[slot] == 0) {
            fingerprints[slot] = fingerprint;
            size++;
        }
        return ++counts[slot];
    }

    private int slot(long fingerprint) {
        int mask = counts.length - 1;
        int slot = (int) (fingerprint ^ (fingerprint >>> 32)) & mask;
        while (counts[slot] != 0 && fingerprints[slot] != fingerprint) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldFingerprints = fingerprints;
        int[] oldCounts = counts;
        fingerprints = new long[oldFingerprints.length * 2];
        counts = new int[fingerprints.length];
        for (int i = 0; i < oldCounts.length; i++) {
            if (oldCounts[i] != 0) {
                int slot = slot(oldFingerprints[i]);
                fingerprints[slot] = oldFingerprints[i];
                counts[slot] = oldCounts[i];
            }
        }
    }
}
