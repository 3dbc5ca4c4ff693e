package dev.crmcore.exchange;

/** A number for each of many 64-bit fingerprints: open addressing, 24 to 48 bytes for each. */
final class NumberTable {

    private static final int FIRST_CAPACITY = 1 << 10;

    private long[] keys = new long[FIRST_CAPACITY];
    private int[] numbers = new int[FIRST_CAPACITY];
    private int size;

    /** The number; 0 where there is none. */
    int get(long key) {
        return numbers[slot(key)];
    }

    /** Keeps a number that is not 0. */
    void put(long key, int number) {
        int slot = slot(key);
        if (numbers[slot] == 0) {
            size++;
        }
        keys[slot] = key;
        numbers[slot] = number;
        if (size * 2 >= numbers.length) {
            grow();
        }
    }

    private int slot(long key) {
        int mask = numbers.length - 1;
        int slot = (int) (key ^ (key >>> 32)) & mask;
        while (numbers[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[oldKeys.length * 2];
        numbers = new int[keys.length];
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldNumbers[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                numbers[slot] = oldNumbers[i];
            }
        }
    }
}
