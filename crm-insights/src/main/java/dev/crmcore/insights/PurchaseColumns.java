package dev.crmcore.insights;

import dev.crmcore.metrics.CustomerNumbers;
import dev.crmcore.store.RowCursor;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;

/** Purchases as columns: who, on which day of the scope's zone, at which second, for how much. */
final class PurchaseColumns {

    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final long MICROS_PER_DAY = 86_400L * MICROS_PER_SECOND;

    final CustomerNumbers<UUID> numbers;
    final long[] customers;
    final int[] days;
    final long[] seconds;
    final long[] minorUnits;

    private PurchaseColumns(
            CustomerNumbers<UUID> numbers, long[] customers, int[] days, long[] seconds, long[] minorUnits) {
        this.numbers = numbers;
        this.customers = customers;
        this.days = days;
        this.seconds = seconds;
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
                some.add(customers[i], days[i], seconds[i], minorUnits[i]);
            }
        }
        return some.end();
    }

    /** Reads customer, moment, total and refund from the rows of a cursor. */
    static PurchaseColumns read(RowCursor rows, ZoneId zone, int fractionDigits) {
        boolean utc = zone.normalized().equals(ZoneOffset.UTC);
        CustomerNumbers<UUID> numbers = new CustomerNumbers<>();
        Growing columns = new Growing(numbers);
        while (rows.next()) {
            long micros = rows.getEpochMicros(1);
            long day = utc
                    ? Math.floorDiv(micros, MICROS_PER_DAY)
                    : LocalDate.ofInstant(rows.getInstant(1), zone).toEpochDay();
            columns.add(
                    numbers.of(rows.getId(0)),
                    Math.toIntExact(day),
                    Math.floorDiv(micros, MICROS_PER_SECOND),
                    Math.subtractExact(rows.getScaled(2, fractionDigits), rows.getScaled(3, fractionDigits)));
        }
        return columns.end();
    }

    /** The columns while they grow. */
    private static final class Growing {

        private final CustomerNumbers<UUID> numbers;
        private long[] customers = new long[1 << 10];
        private int[] days = new int[1 << 10];
        private long[] seconds = new long[1 << 10];
        private long[] minorUnits = new long[1 << 10];
        private int size;

        Growing(CustomerNumbers<UUID> numbers) {
            this.numbers = numbers;
        }

        void add(long customer, int day, long second, long amount) {
            if (size == customers.length) {
                int larger = Math.multiplyExact(2, size);
                customers = Arrays.copyOf(customers, larger);
                days = Arrays.copyOf(days, larger);
                seconds = Arrays.copyOf(seconds, larger);
                minorUnits = Arrays.copyOf(minorUnits, larger);
            }
            customers[size] = customer;
            days[size] = day;
            seconds[size] = second;
            minorUnits[size++] = amount;
        }

        PurchaseColumns end() {
            return new PurchaseColumns(
                    numbers,
                    Arrays.copyOf(customers, size),
                    Arrays.copyOf(days, size),
                    Arrays.copyOf(seconds, size),
                    Arrays.copyOf(minorUnits, size));
        }
    }
}
