package dev.crmcore.bench;

import java.util.Random;

/** Positions among n things as they are asked for: some often, most rarely (the k-th with a frequency of 1/k). */
final class SkewedKeys {

    private static final int SIZE = 1 << 16;

    private final int[] keys = new int[SIZE];
    private int at;

    SkewedKeys(int n, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < SIZE; i++) {
            keys[i] = (int) Math.min(n - 1, Math.pow(n, random.nextDouble()) - 1);
        }
    }

    int next() {
        int key = keys[at];
        at = at + 1 & SIZE - 1;
        return key;
    }
}
