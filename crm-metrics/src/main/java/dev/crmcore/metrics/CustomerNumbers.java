package dev.crmcore.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Numbers the customers of a host whose keys are texts or UUIDs, for the KPIs that take customers as {@code long}: 0 for the
 * first key seen, 1 for the second, and so on.
 *
 * <p>States may be merged only if their customers were numbered by the same directory; a host whose keys are numbers needs
 * none. Mutable, not thread-safe. Memory: one entry for each customer.
 *
 * @param <K> the host's key, with {@code equals} and {@code hashCode}
 */
public final class CustomerNumbers<K> {

    private final Map<K, Long> numberOf = new HashMap<>();
    private final List<K> keys = new ArrayList<>();

    /** Begins with no customer. */
    public CustomerNumbers() {}

    /**
     * The number of a customer, a new one if the key was not seen before.
     *
     * @param key the host's key
     * @return the customer's number, from 0
     */
    public long of(K key) {
        Long number = numberOf.putIfAbsent(Objects.requireNonNull(key, "key"), (long) keys.size());
        if (number != null) {
            return number;
        }
        keys.add(key);
        return keys.size() - 1L;
    }

    /**
     * The key of a number.
     *
     * @param number a number that {@link #of} returned
     * @return the host's key
     * @throws IndexOutOfBoundsException if the number was never given
     */
    public K key(long number) {
        return keys.get((int) Objects.checkIndex(number, (long) keys.size()));
    }

    /**
     * How many customers were numbered.
     *
     * @return the number of different keys
     */
    public int size() {
        return keys.size();
    }
}
