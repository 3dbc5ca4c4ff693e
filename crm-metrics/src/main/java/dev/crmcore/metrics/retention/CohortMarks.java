package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.internal.LongTable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Marks the periods of many events in a table of customers. The events are dealt out to parts of the table first, a run at a
 * time, so that each part is filled while it is in the processor's cache, by as many threads as there are.
 */
final class CohortMarks {

    /** From so many events on the dealing pays. */
    static final int WORTHWHILE = 1 << 17;

    private static final int PART_BITS = 7;
    private static final int PARTS = 1 << PART_BITS;
    private static final int RUN = 1 << 21;

    private final LongTable table;
    private final long[] customers;
    private final int[] days;
    private final byte[] bitOfDay;
    private final int firstDay;
    private final int slices;
    private final boolean parallel;

    private final long[] dealtKeys;
    private final byte[] dealtBits;
    /** Where each part of each slice begins. */
    private final int[][] starts;

    /** Day {@code d} is bit {@code bitOfDay[d - firstDay]}. */
    CohortMarks(
            LongTable table,
            long[] customers,
            int[] days,
            byte[] bitOfDay,
            int firstDay,
            int events,
            boolean parallel) {
        this.table = table;
        this.customers = customers;
        this.days = days;
        this.bitOfDay = bitOfDay;
        this.firstDay = firstDay;
        this.parallel = parallel;
        slices = parallel ? 2 * Runtime.getRuntime().availableProcessors() : 1;
        dealtKeys = new long[Math.min(RUN, events)];
        dealtBits = new byte[dealtKeys.length];
        starts = new int[slices][PARTS + 1];
    }

    void mark(int from, int to) {
        for (int start = from; start < to; ) {
            int end = (int) Math.min(to, (long) start + RUN);
            markRun(start, end - start);
            start = end;
        }
    }

    private void markRun(int start, int events) {
        range(slices).forEach(slice -> {
            int first = (int) ((long) events * slice / slices);
            int last = (int) ((long) events * (slice + 1) / slices);
            deal(start, first, last, starts[slice]);
        });
        table.expect(newCustomers());
        List<LongTable.PartFilling> fillings = range(PARTS)
                .mapToObj(part -> {
                    LongTable.PartFilling filling = table.fill(part, PART_BITS);
                    for (int[] of : starts) {
                        filling.or(dealtKeys, dealtBits, of[part], of[part + 1]);
                    }
                    return filling;
                })
                .toList();
        table.filled(fillings);
    }

    /** Deals one slice of a run out to the parts, within its own stretch of the columns. */
    private void deal(int start, int first, int last, int[] ends) {
        int[] next = new int[PARTS];
        for (int i = first; i < last; i++) {
            next[LongTable.part(customers[start + i], PART_BITS)]++;
        }
        int at = first;
        for (int part = 0; part < PARTS; part++) {
            ends[part] = at;
            at += next[part];
            next[part] = ends[part];
        }
        ends[PARTS] = at;
        for (int i = first; i < last; i++) {
            long customer = customers[start + i];
            int to = next[LongTable.part(customer, PART_BITS)]++;
            dealtKeys[to] = customer;
            dealtBits[to] = bitOfDay[days[start + i] - firstDay];
        }
    }

    /** About how many customers of a run are not yet known: as many in each part as in the first one. */
    private int newCustomers() {
        LongTable fresh = new LongTable();
        for (int[] of : starts) {
            for (int i = of[0]; i < of[1]; i++) {
                if (table.get(dealtKeys[i]) == 0) {
                    fresh.put(dealtKeys[i], 1);
                }
            }
        }
        // A table always has so many places that every part has some
        return Math.min(dealtKeys.length, fresh.size() * PARTS + PARTS * 8);
    }

    private IntStream range(int end) {
        return parallel ? IntStream.range(0, end).parallel() : IntStream.range(0, end);
    }
}
