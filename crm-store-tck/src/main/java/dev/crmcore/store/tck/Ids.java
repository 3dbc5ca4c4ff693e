package dev.crmcore.store.tck;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Ids in ascending order, of version 7, the same in every run. Thread-safe. */
final class Ids {

    private static final long EARLIEST = 0x0190_0000_0000L;
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final AtomicLong given = new AtomicLong();

    UUID next() {
        return number(given.incrementAndGet());
    }

    static UUID number(long n) {
        return new UUID((EARLIEST + n) << 16 | VERSION_7, VARIANT | n);
    }
}
