package dev.crmcore.metrics.internal;

import java.util.Arrays;

/**
 * A hash table from long to long without objects: open addressing with linear probing, key and value side by side so that a
 * look-up costs one cache line. A value of 0 marks a free place, so a stored value is never 0.
 *
 * <p>Not thread-safe.
 */
public final class LongTable {

    private static final int LEAST_PLACES = 16;
    private static final int MOST_PLACES = 1 << 29;

    private long[] cells;
    private int shift;
    private int size;

    /** An empty table. */
    public LongTable() {
        allocate(LEAST_PLACES);
    }

    /** Receives the entries. */
    @FunctionalInterface
    public interface Entries {
        /** One entry; {@code value} is not 0. */
        void accept(long key, long value);
    }

    /** How many keys there are. */
    public int size() {
        return size;
    }

    /** The value of a key, or 0. */
    public long get(long key) {
        return cells[place(key) + 1];
    }

    /** Sets the value of a key; {@code value} is not 0. */
    public void put(long key, long value) {
        int at = place(key);
        if (cells[at + 1] == 0) {
            insert(at, key, value);
        } else {
            cells[at + 1] = value;
        }
    }

    /** Adds bits to the value of a key; {@code bits} is not 0. */
    public void or(long key, long bits) {
        int at = place(key);
        if (cells[at + 1] == 0) {
            insert(at, key, bits);
        } else {
            cells[at + 1] |= bits;
        }
    }

    /** In which of {@code 2^bits} parts of every table a key lies; keys of one part lie side by side. */
    public static int part(long key, int bits) {
        return (int) (mixed(key) >>> (Long.SIZE - bits));
    }

    /**
     * Adds bits to the values of keys of one part, without looking beyond it, so that other threads can fill other parts at
     * the same time. Afterwards {@link #filled} must be told.
     */
    public PartFilling fill(int part, int bits) {
        return new PartFilling(part, bits);
    }

    /** Takes note of what threads have filled, and adds what did not fit into its part. */
    public void filled(Iterable<PartFilling> fillings) {
        for (PartFilling filling : fillings) {
            size += filling.inserted;
        }
        expect(0);
        for (PartFilling filling : fillings) {
            for (int i = 0; i < filling.leftOver; i++) {
                or(filling.keys[i], 1L << filling.shifts[i]);
            }
        }
    }

    /** Fills one part, to seven eighths at the most; see {@link #fill}. Not thread-safe. */
    public final class PartFilling {

        private final int end;
        private final int room;
        private int inserted;
        private long[] keys = {};
        private byte[] shifts = {};
        private int leftOver;

        /** Counts what is there, which also brings the part into the cache many times faster than look-ups would. */
        private PartFilling(int part, int bits) {
            int length = cells.length >>> bits;
            int start = part * length;
            end = start + length;
            int taken = 0;
            for (int at = start + 1; at < end; at += 2) {
                taken += cells[at] != 0 ? 1 : 0;
            }
            room = length / 16 * 7 - taken;
        }

        /** Adds one bit, of the given number, to each of some keys of the part. */
        public void or(long[] ofKeys, byte[] bitNumbers, int from, int to) {
            long[] places = cells;
            for (int i = from; i < to; i++) {
                long key = ofKeys[i];
                int at = (int) (mixed(key) >>> shift) << 1;
                while (at < end && places[at + 1] != 0 && places[at] != key) {
                    at += 2;
                }
                if (at >= end || (places[at + 1] == 0 && inserted >= room)) {
                    leave(key, bitNumbers[i]);
                } else {
                    inserted += places[at + 1] == 0 ? 1 : 0;
                    places[at] = key;
                    places[at + 1] |= 1L << bitNumbers[i];
                }
            }
        }

        private void leave(long key, byte bit) {
            if (leftOver == keys.length) {
                keys = Arrays.copyOf(keys, 2 * leftOver + 16);
                shifts = Arrays.copyOf(shifts, keys.length);
            }
            keys[leftOver] = key;
            shifts[leftOver++] = bit;
        }
    }

    /** Moves all values by some bits, to higher ones if positive; no value may lose its last bit. */
    public void shiftAll(int bits) {
        for (int at = 1; at < cells.length; at += 2) {
            cells[at] = bits >= 0 ? cells[at] << bits : cells[at] >>> -bits;
        }
    }

    /** The bits that are in any value. */
    public long union() {
        long union = 0;
        for (int at = 1; at < cells.length; at += 2) {
            union |= cells[at];
        }
        return union;
    }

    /** Makes room for some more keys at once, so that filling from another table does not crowd the places. */
    public void expect(int more) {
        long places = cells.length / 2;
        while ((size + (long) more) * 2 > places && places < MOST_PLACES) {
            places *= 2;
        }
        if (places * 2 > cells.length) {
            rehash((int) places);
        }
    }

    /** All entries, in no particular order. */
    public void forEach(Entries entries) {
        for (int at = 0; at < cells.length; at += 2) {
            if (cells[at + 1] != 0) {
                entries.accept(cells[at], cells[at + 1]);
            }
        }
    }

    /** Appends the entries. */
    public void write(StateWriter writer) {
        writer.putInt(size);
        forEach((key, value) -> writer.putLong(key).putLong(value));
    }

    /** Reads what {@link #write} appended. */
    public static LongTable read(StateReader reader) {
        LongTable table = new LongTable();
        int size = reader.getSize(2 * Long.BYTES);
        table.expect(size);
        for (int i = 0; i < size; i++) {
            long key = reader.getLong();
            long value = reader.getLong();
            if (value == 0 || table.get(key) != 0) {
                throw reader.malformed("a customer without content or twice");
            }
            table.put(key, value);
        }
        return table;
    }

    private int place(long key) {
        long[] places = cells;
        int last = places.length - 2;
        int at = (int) (mixed(key) >>> shift) << 1;
        while (places[at + 1] != 0 && places[at] != key) {
            at = (at + 2) & last;
        }
        return at;
    }

    private void insert(int at, long key, long value) {
        cells[at] = key;
        cells[at + 1] = value;
        size++;
        // At most half full, so that runs stay short
        if (size > cells.length / 4) {
            rehash(Math.multiplyExact(cells.length / 2, 2));
        }
    }

    private void rehash(int places) {
        if (places > MOST_PLACES) {
            throw new IllegalStateException("more than " + MOST_PLACES / 2 + " customers in one state");
        }
        long[] old = cells;
        allocate(places);
        for (int from = 0; from < old.length; from += 2) {
            if (old[from + 1] != 0) {
                int at = place(old[from]);
                cells[at] = old[from];
                cells[at + 1] = old[from + 1];
            }
        }
    }

    private void allocate(int places) {
        cells = new long[2 * places];
        shift = Long.numberOfLeadingZeros(places) + 1;
    }

    private static long mixed(long key) {
        long mixed = (key ^ (key >>> 32)) * 0x9E3779B97F4A7C15L;
        return (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
    }
}
