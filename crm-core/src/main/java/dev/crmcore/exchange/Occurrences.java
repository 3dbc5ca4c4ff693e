package dev.crmcore.exchange;

/**
 * Counts how often each fingerprint was seen: 24 to 48 bytes for each different one. It grows with the file: by a
 * fingerprint for each row without an id of its own, by two for each row with one.
 *
 * <p>Two different rows share a fingerprint with a chance of about n²/2⁶⁵ for n rows. They would still be told apart by
 * their contents; one of them would count from 2.
 */
final class Occurrences {

    private final NumberTable counts = new NumberTable();

    /** Takes one in. Returns how many times it has been seen now, from 1. */
    int next(long fingerprint) {
        int count = counts.get(fingerprint) + 1;
        counts.put(fingerprint, count);
        return count;
    }

    boolean has(long fingerprint) {
        return counts.get(fingerprint) != 0;
    }
}
