package dev.crmcore.metrics.internal;

/**
 * Orders and amounts by customer and period, in one hash table without objects: open addressing with linear probing, four
 * numbers side by side. An entry has at least one order, which marks its place as taken.
 *
 * <p>Not thread-safe.
 */
public final class CustomerPeriodTable {

    private static final int WIDTH = 4;
    private static final int PERIOD = 1;
    private static final int ORDERS = 2;
    private static final int AMOUNT = 3;
    private static final int LEAST_PLACES = 16;
    private static final int MOST_PLACES = 1 << 28;
    private static final int ENTRY_BYTES = 3 * Long.BYTES + Integer.BYTES;

    private long[] cells;
    private int shift;
    private int size;

    /** An empty table. */
    public CustomerPeriodTable() {
        allocate(LEAST_PLACES);
    }

    /** Receives the entries. */
    @FunctionalInterface
    public interface Entries {
        /** One entry; {@code orders} is positive. */
        void accept(long customer, int period, long orders, long amount);
    }

    /** How many entries there are. */
    public int size() {
        return size;
    }

    /** Adds to an entry; {@code orders} is positive. Nothing changes if a sum overflows. */
    public void add(long customer, int period, long orders, long amount) {
        int at = place(customer, period);
        long newOrders = Math.addExact(cells[at + ORDERS], orders);
        long newAmount = Math.addExact(cells[at + AMOUNT], amount);
        boolean isNew = cells[at + ORDERS] == 0;
        cells[at] = customer;
        cells[at + PERIOD] = period;
        cells[at + ORDERS] = newOrders;
        cells[at + AMOUNT] = newAmount;
        if (isNew && ++size > cells.length / (2 * WIDTH)) {
            rehash(cells.length / WIDTH * 2);
        }
    }

    /** A copy with room for more entries. */
    public CustomerPeriodTable copy(int more) {
        CustomerPeriodTable copy = new CustomerPeriodTable();
        long places = LEAST_PLACES;
        while ((size + (long) more) * 2 > places && places < MOST_PLACES) {
            places *= 2;
        }
        copy.allocate((int) places);
        forEach(copy::add);
        return copy;
    }

    /** All entries, in no particular order. */
    public void forEach(Entries entries) {
        for (int at = 0; at < cells.length; at += WIDTH) {
            if (cells[at + ORDERS] != 0) {
                entries.accept(cells[at], (int) cells[at + PERIOD], cells[at + ORDERS], cells[at + AMOUNT]);
            }
        }
    }

    /** Appends the entries. */
    public void write(StateWriter writer) {
        writer.putInt(size);
        forEach((customer, period, orders, amount) ->
                writer.putLong(customer).putInt(period).putLong(orders).putLong(amount));
    }

    /** Reads what {@link #write} appended. */
    public static CustomerPeriodTable read(StateReader reader) {
        int size = reader.getSize(ENTRY_BYTES);
        CustomerPeriodTable table = new CustomerPeriodTable().copy(size);
        for (int i = 0; i < size; i++) {
            long customer = reader.getLong();
            int period = reader.getInt();
            long orders = reader.getCount();
            if (orders == 0 || table.cells[table.place(customer, period) + ORDERS] != 0) {
                throw reader.malformed("an entry without orders or twice");
            }
            table.add(customer, period, orders, reader.getLong());
        }
        return table;
    }

    private int place(long customer, int period) {
        long[] places = cells;
        int last = places.length - WIDTH;
        int at = (int) (mixed(customer, period) >>> shift) * WIDTH;
        while (places[at + ORDERS] != 0 && (places[at] != customer || places[at + PERIOD] != period)) {
            at = (at + WIDTH) & last;
        }
        return at;
    }

    private void rehash(int places) {
        if (places > MOST_PLACES) {
            throw new IllegalStateException("more than " + MOST_PLACES / 2 + " customer periods in one state");
        }
        long[] old = cells;
        allocate(places);
        for (int from = 0; from < old.length; from += WIDTH) {
            if (old[from + ORDERS] != 0) {
                System.arraycopy(old, from, cells, place(old[from], (int) old[from + PERIOD]), WIDTH);
            }
        }
    }

    private void allocate(int places) {
        cells = new long[WIDTH * places];
        shift = Long.numberOfLeadingZeros(places) + 1;
    }

    private static long mixed(long customer, int period) {
        long mixed = (customer ^ (customer >>> 32) ^ period * 0xD6E8FEB86659FD93L) * 0x9E3779B97F4A7C15L;
        return (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
    }
}
