package dev.crmcore.metrics.value;

import dev.crmcore.metrics.internal.IndexSort;
import java.util.Arrays;

/**
 * Purchases merged by customer and period, sorted by both: the state of an RFM summary, as columns. The periods of customer
 * {@code i} are at {@code offset[i]} to before {@code offset[i + 1]}.
 */
final class CustomerDays {

    static final CustomerDays EMPTY = new CustomerDays(new long[0], new long[0], new int[1], new int[0], new long[0]);

    final long[] customer;

    /** How many purchases each customer made, before merging. */
    final long[] purchases;

    final int[] offset;
    final int[] period;
    final long[] amount;

    CustomerDays(long[] customer, long[] purchases, int[] offset, int[] period, long[] amount) {
        this.customer = customer;
        this.purchases = purchases;
        this.offset = offset;
        this.period = period;
        this.amount = amount;
    }

    int customers() {
        return customer.length;
    }

    int size() {
        return period.length;
    }

    /** Both together, in one pass. */
    static CustomerDays merge(CustomerDays a, CustomerDays b) {
        if (a.size() == 0) {
            return b;
        }
        if (b.size() == 0) {
            return a;
        }
        Merger merger = new Merger(a.customers() + b.customers(), Math.addExact(a.size(), b.size()));
        int i = 0;
        int j = 0;
        while (i < a.customers() || j < b.customers()) {
            if (j == b.customers() || (i < a.customers() && a.customer[i] < b.customer[j])) {
                merger.copy(a, i++);
            } else if (i == a.customers() || b.customer[j] < a.customer[i]) {
                merger.copy(b, j++);
            } else {
                merger.merge(a, i++, b, j++);
            }
        }
        return merger.result();
    }

    /** The same with other customer numbers, which must be distinct. */
    CustomerDays relabelled(long[] newCustomer) {
        int[] order = IndexSort.sorted(customers(), (i, j) -> Long.compare(newCustomer[i], newCustomer[j]));
        Merger merger = new Merger(customers(), size());
        for (int i : order) {
            merger.copy(this, i);
            merger.customer[merger.customers - 1] = newCustomer[i];
        }
        return merger.result();
    }

    private static final class Merger {

        private final long[] customer;
        private final long[] purchases;
        private final int[] offset;
        private final int[] period;
        private final long[] amount;
        private int customers;
        private int size;

        Merger(int customers, int size) {
            customer = new long[customers];
            purchases = new long[customers];
            offset = new int[customers + 1];
            period = new int[size];
            amount = new long[size];
        }

        void copy(CustomerDays from, int i) {
            int start = from.offset[i];
            int length = from.offset[i + 1] - start;
            System.arraycopy(from.period, start, period, size, length);
            System.arraycopy(from.amount, start, amount, size, length);
            size += length;
            end(from.customer[i], from.purchases[i]);
        }

        void merge(CustomerDays a, int i, CustomerDays b, int j) {
            int p = a.offset[i];
            int q = b.offset[j];
            int endP = a.offset[i + 1];
            int endQ = b.offset[j + 1];
            while (p < endP || q < endQ) {
                if (q == endQ || (p < endP && a.period[p] < b.period[q])) {
                    append(a.period[p], a.amount[p++]);
                } else if (p == endP || b.period[q] < a.period[p]) {
                    append(b.period[q], b.amount[q++]);
                } else {
                    append(a.period[p], Math.addExact(a.amount[p++], b.amount[q++]));
                }
            }
            end(a.customer[i], Math.addExact(a.purchases[i], b.purchases[j]));
        }

        private void append(int newPeriod, long newAmount) {
            period[size] = newPeriod;
            amount[size++] = newAmount;
        }

        private void end(long newCustomer, long count) {
            customer[customers] = newCustomer;
            purchases[customers++] = count;
            offset[customers] = size;
        }

        CustomerDays result() {
            return new CustomerDays(
                    trimmed(customer, customers),
                    trimmed(purchases, customers),
                    offset.length == customers + 1 ? offset : Arrays.copyOf(offset, customers + 1),
                    period.length == size ? period : Arrays.copyOf(period, size),
                    trimmed(amount, size));
        }

        private static long[] trimmed(long[] column, int size) {
            return column.length == size ? column : Arrays.copyOf(column, size);
        }
    }
}
