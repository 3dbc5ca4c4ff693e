package dev.crmcore.insights;

import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a customer touched at the purchases: a purchase converts what was touched since the one before, and what was
 * touched after the last one has not converted.
 */
final class PathReading {

    /** Longer than anything is ago, and still so many microseconds in 64 bits. */
    private static final long LONGEST_SECONDS = 1_000_000_000_000L;

    private final PurchaseColumns purchases;
    private final Journeys journeys;
    private final long lookback;
    /** Where the purchases of each customer begin, and the end. */
    private final int[] starts;

    private final boolean[] seen;
    private @Nullable UUID customer;
    private String[] channels = new String[16];
    private long[] micros = new long[16];
    private int touches;

    /** Receives the journeys one by one; the arrays are used again for the next. */
    interface Journeys {
        /** What was touched, and when, before a conversion. */
        void converted(String[] channels, long[] micros, int from, int to, long atMicros, long minorUnits);

        /** What was touched and has not converted. */
        void notConverted(String[] channels, int from, int to);
    }

    /** The purchases are in the order of customers and, of each, of time. */
    PathReading(PurchaseColumns purchases, Duration lookback, Journeys journeys) {
        this.purchases = purchases;
        this.journeys = journeys;
        this.lookback = Math.min(lookback.toSeconds(), LONGEST_SECONDS) * 1_000_000L + lookback.toNanosPart() / 1_000L;
        int customers = purchases.numbers.size();
        this.starts = new int[customers + 1];
        this.seen = new boolean[customers];
        for (int i = 0; i < purchases.size(); i++) {
            starts[(int) purchases.customers[i] + 1] = i + 1;
        }
    }

    void read(JourneyReading reading) {
        reading.forEach(this::touch);
        end();
        for (int number = 0; number < seen.length; number++) {
            if (!seen[number]) {
                cut(starts[number], starts[number + 1]);
            }
        }
    }

    private void touch(UUID who, long at, String channel) {
        if (!who.equals(customer)) {
            end();
            customer = who;
        }
        if (touches == channels.length) {
            int larger = Math.multiplyExact(2, touches);
            channels = Arrays.copyOf(channels, larger);
            micros = Arrays.copyOf(micros, larger);
        }
        channels[touches] = channel;
        micros[touches++] = at;
    }

    private void end() {
        if (customer == null) {
            return;
        }
        long number = purchases.numbers.of(customer);
        boolean bought = number < seen.length;
        if (bought) {
            seen[(int) number] = true;
        }
        cut(bought ? starts[(int) number] : 0, bought ? starts[(int) number + 1] : 0);
        touches = 0;
    }

    private void cut(int from, int to) {
        int begin = 0;
        for (int i = from; i < to; i++) {
            int end = begin;
            while (end < touches && micros[end] <= purchases.micros[i]) {
                end++;
            }
            while (begin < end && purchases.micros[i] - micros[begin] > lookback) {
                begin++;
            }
            journeys.converted(channels, micros, begin, end, purchases.micros[i], purchases.minorUnits[i]);
            begin = end;
        }
        if (begin < touches) {
            journeys.notConverted(channels, begin, touches);
        }
    }
}
