package dev.crmcore.bench;

import java.util.Random;

/**
 * A purchase log in columns: customers mildly skewed, their numbers scattered over 64 bits, days over two years; every tenth
 * purchase is a second one of the same customer on the same day.
 */
final class PurchaseColumns {

    static final int FIRST_DAY = 19_000;
    static final int DAYS = 730;

    private static final long SCATTER = 0x9E3779B97F4A7C15L;
    private static final int SAME_DAY_EVERY = 10;

    final long[] customer;
    final int[] day;
    final long[] cents;

    PurchaseColumns(int n, int customers, long seed) {
        customer = new long[n];
        day = new int[n];
        cents = new long[n];
        Random random = new Random(seed);
        for (int i = 0; i < n; i++) {
            if (i % SAME_DAY_EVERY == SAME_DAY_EVERY - 1) {
                customer[i] = customer[i - 1];
                day[i] = day[i - 1];
            } else {
                double u = random.nextDouble();
                customer[i] = SCATTER * (long) (customers * u * Math.sqrt(u));
                day[i] = FIRST_DAY + random.nextInt(DAYS);
            }
            cents[i] = 100L + random.nextInt(20_000);
        }
    }

    int size() {
        return customer.length;
    }
}
