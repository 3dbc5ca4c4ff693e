package dev.crmcore.insights;

import dev.crmcore.metrics.CustomerNumbers;
import dev.crmcore.purchase.Purchase;
import dev.crmcore.query.Query;
import dev.crmcore.store.RowCursor;
import dev.crmcore.work.Work;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Purchases as columns: who, on which day of the scope's zone, at which moment, for how much. */
final class PurchaseColumns {

    final CustomerNumbers<UUID> numbers;
    final long[] customers;
    final int[] days;
    final long[] micros;
    final long[] minorUnits;

    private PurchaseColumns(
            CustomerNumbers<UUID> numbers, long[] customers, int[] days, long[] micros, long[] minorUnits) {
        this.numbers = numbers;
        this.customers = customers;
        this.days = days;
        this.micros = micros;
        this.minorUnits = minorUnits;
    }

    int size() {
        return customers.length;
    }

    /** Those of a span of days, both ends within. */
    PurchaseColumns between(LocalDate first, LocalDate last) {
        long from = first.toEpochDay();
        long to = last.toEpochDay();
        if (Arrays.stream(days).allMatch(day -> day >= from && day <= to)) {
            return this;
        }
        Growing some = new Growing(numbers);
        for (int i = 0; i < size(); i++) {
            if (days[i] >= from && days[i] <= to) {
                some.add(customers[i], days[i], micros[i], minorUnits[i]);
            }
        }
        return some.end();
    }

    static PurchaseColumns read(Work work, PurchaseScope scope, Query<Purchase> query) {
        try (RowCursor rows = work.store()
                .scan(query, List.of(Purchase.CUSTOMER, Purchase.PLACED_AT, Purchase.TOTAL, Purchase.REFUNDED))) {
            return read(rows, scope.zone(), scope.fractionDigits());
        }
    }

    /** Reads customer, moment, total and refund from the rows of a cursor. */
    private static PurchaseColumns read(RowCursor rows, ZoneId zone, int fractionDigits) {
        ZoneDays zoneDays = new ZoneDays(zone);
        CustomerNumbers<UUID> numbers = new CustomerNumbers<>();
        Growing columns = new Growing(numbers);
        while (rows.next()) {
            columns.add(
                    numbers.of(rows.getId(0)),
                    zoneDays.day(rows, 1),
                    rows.getEpochMicros(1),
                    Math.subtractExact(rows.getScaled(2, fractionDigits), rows.getScaled(3, fractionDigits)));
        }
        return columns.end();
    }

    /** The columns while they grow. */
    private static final class Growing {

        private final CustomerNumbers<UUID> numbers;
        private long[] customers = new long[1 << 10];
        private int[] days = new int[1 << 10];
        private long[] micros = new long[1 << 10];
        private long[] minorUnits = new long[1 << 10];
        private int size;

        Growing(CustomerNumbers<UUID> numbers) {
            this.numbers = numbers;
        }

        void add(long customer, int day, long at, long amount) {
            if (size == customers.length) {
                int larger = Math.multiplyExact(2, size);
                customers = Arrays.copyOf(customers, larger);
                days = Arrays.copyOf(days, larger);
                micros = Arrays.copyOf(micros, larger);
                minorUnits = Arrays.copyOf(minorUnits, larger);
            }
            customers[size] = customer;
            days[size] = day;
            micros[size] = at;
            minorUnits[size++] = amount;
        }

        PurchaseColumns end() {
            return new PurchaseColumns(
                    numbers,
                    Arrays.copyOf(customers, size),
                    Arrays.copyOf(days, size),
                    Arrays.copyOf(micros, size),
                    Arrays.copyOf(minorUnits, size));
        }
    }
}
