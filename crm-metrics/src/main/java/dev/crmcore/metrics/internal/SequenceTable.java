package dev.crmcore.metrics.internal;

import java.util.Arrays;
import java.util.Objects;

/**
 * Numbers sequences of numbers from 0 in the order in which they are seen; equal sequences are one. All elements lie in one
 * array and a hash table finds them, so that looking up a known sequence allocates nothing.
 *
 * <p>Not thread-safe.
 */
public final class SequenceTable {

    private static final int LEAST_PLACES = 16;
    private static final int MOST_PLACES = 1 << 30;

    private int[] elements = new int[64];
    private int[] starts = new int[LEAST_PLACES];
    private int[] hashes = new int[LEAST_PLACES];
    private int[] places = new int[LEAST_PLACES];
    private int size;

    /** An empty table. */
    public SequenceTable() {}

    /** How many sequences there are. */
    public int size() {
        return size;
    }

    /** Where the sequence begins in {@link #elements()}; that of {@link #size()} is where the next would begin. */
    public int start(int sequence) {
        return starts[sequence];
    }

    /** How long a sequence is. */
    public int length(int sequence) {
        return starts[sequence + 1] - starts[sequence];
    }

    /** The array in which all sequences lie one after the other; only to be read, and only until the next one is added. */
    public int[] elements() {
        return elements;
    }

    /** The number of a sequence, a new one if it was not seen before. */
    public int number(int[] items, int from, int to) {
        Objects.checkFromToIndex(from, to, items.length);
        int hash = hash(items, from, to);
        int place = place(hash, items, from, to);
        if (places[place] != 0) {
            return places[place] - 1;
        }
        append(hash, items, from, to);
        places[place] = size;
        if (2L * size > places.length) {
            rehash();
        }
        return size - 1;
    }

    /** For each number of another table the number of that sequence here, its elements renamed. */
    public int[] numbersOf(SequenceTable other, int[] renamed) {
        int[] here = new int[other.size];
        int[] items = new int[16];
        for (int i = 0; i < other.size; i++) {
            int length = other.length(i);
            if (length > items.length) {
                items = new int[2 * length];
            }
            for (int k = 0; k < length; k++) {
                items[k] = renamed[other.elements[other.starts[i] + k]];
            }
            here[i] = number(items, 0, length);
        }
        return here;
    }

    /** The sequences in the order of their elements' ranks, a shorter one before its continuations. */
    public int[] order(int[] ranks) {
        return IndexSort.sorted(size, (i, j) -> compare(i, j, ranks));
    }

    private int compare(int i, int j, int[] ranks) {
        int shorter = Math.min(length(i), length(j));
        for (int k = 0; k < shorter; k++) {
            int order = Integer.compare(ranks[elements[starts[i] + k]], ranks[elements[starts[j] + k]]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(length(i), length(j));
    }

    /** Appends the sequences. */
    public void write(StateWriter writer) {
        writer.putInt(size);
        for (int i = 0; i < size; i++) {
            writer.putInt(length(i));
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                writer.putInt(elements[k]);
            }
        }
    }

    /** Reads what {@link #write} appended; elements are 0 to below {@code bound}. */
    public static SequenceTable read(StateReader reader, int bound) {
        SequenceTable table = new SequenceTable();
        int size = reader.getSize(Integer.BYTES);
        for (int i = 0; i < size; i++) {
            int[] items = new int[reader.getSize(Integer.BYTES)];
            for (int k = 0; k < items.length; k++) {
                items[k] = reader.getInt();
                if (items[k] < 0 || items[k] >= bound) {
                    throw reader.malformed("element " + items[k] + " of a sequence, of " + bound + " names");
                }
            }
            if (table.number(items, 0, items.length) != i) {
                throw reader.malformed("a sequence that is there twice");
            }
        }
        return table;
    }

    private int place(int hash, int[] items, int from, int to) {
        int last = places.length - 1;
        int place = mixed(hash) & last;
        while (places[place] != 0 && !holds(places[place] - 1, hash, items, from, to)) {
            place = (place + 1) & last;
        }
        return place;
    }

    private boolean holds(int sequence, int hash, int[] items, int from, int to) {
        return hashes[sequence] == hash
                && Arrays.equals(elements, starts[sequence], starts[sequence + 1], items, from, to);
    }

    private void append(int hash, int[] items, int from, int to) {
        int end = Math.addExact(starts[size], to - from);
        if (end > elements.length) {
            elements = Arrays.copyOf(elements, (int)
                    Math.max(end, Math.min(Integer.MAX_VALUE - 8L, elements.length * 2L)));
        }
        System.arraycopy(items, from, elements, starts[size], to - from);
        if (size + 2 > starts.length) {
            starts = Arrays.copyOf(starts, Math.multiplyExact(2, starts.length));
            hashes = Arrays.copyOf(hashes, starts.length);
        }
        hashes[size] = hash;
        size++;
        starts[size] = end;
    }

    private void rehash() {
        if (places.length >= MOST_PLACES) {
            throw new IllegalStateException("more than " + MOST_PLACES / 2 + " sequences in one state");
        }
        int last = places.length * 2 - 1;
        places = new int[places.length * 2];
        for (int i = 0; i < size; i++) {
            int place = mixed(hashes[i]) & last;
            while (places[place] != 0) {
                place = (place + 1) & last;
            }
            places[place] = i + 1;
        }
    }

    private static int hash(int[] items, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = (hash ^ items[i]) * 0x9E3779B1;
            hash ^= hash >>> 15;
        }
        return hash;
    }

    private static int mixed(int hash) {
        int mixed = hash * 0x85EBCA6B;
        return mixed ^ (mixed >>> 13);
    }
}
