package dev.crmcore.store.memory;

import dev.crmcore.context.StoreException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which record and which unique key of all tenants.
 *
 * <p>A free key is taken without any lock. Only who has to wait enters the room of the waiting, where each key has its
 * queue. Who waits for whom is known there: a circle of waiting threads is found by the one that would close it. As
 * threads count, not transactions, an inner transaction that waits for an outer one of the same thread is such a circle.
 */
final class RecordLocks {

    private final ConcurrentMap<Object, MemoryTransaction> owners = new ConcurrentHashMap<>();
    private final long timeoutNanos;

    private final ReentrantLock room = new ReentrantLock();
    private final Map<Object, Queue<Waiter>> queues = new HashMap<>();
    private final Map<Thread, Waiter> waiters = new HashMap<>();
    private volatile int waiting;

    private static final class Waiter {

        private final MemoryTransaction transaction;
        private final Object key;
        private final Condition turn;
        private boolean granted;

        Waiter(MemoryTransaction transaction, Object key, Condition turn) {
            this.transaction = transaction;
            this.key = key;
            this.turn = turn;
        }
    }

    RecordLocks(Duration timeout) {
        this.timeoutNanos = timeout.toNanos();
    }

    /** Takes a key for a transaction unless another has it; true also where it has it already. */
    boolean tryAcquire(MemoryTransaction transaction, Object key) {
        MemoryTransaction owner = owners.putIfAbsent(key, transaction);
        if (owner == null) {
            transaction.holds(key);
        }
        return owner == null || owner == transaction;
    }

    /**
     * Takes a key for a transaction, waiting for the one that has it.
     *
     * @return whether it was taken now, false where the transaction had it already
     */
    boolean acquire(MemoryTransaction transaction, Object key) {
        MemoryTransaction owner = owners.putIfAbsent(key, transaction);
        if (owner == transaction) {
            return false;
        }
        if (owner != null) {
            await(transaction, key);
        }
        transaction.holds(key);
        return true;
    }

    private void await(MemoryTransaction transaction, Object key) {
        room.lock();
        Waiter waiter = new Waiter(transaction, key, room.newCondition());
        try {
            enter(waiter);
            // Who gives a key back looks for the waiting after that: so look for the key after entering
            MemoryTransaction owner = owners.putIfAbsent(key, transaction);
            if (owner == null) {
                waiter.granted = true;
                return;
            }
            refuseCircle(transaction.thread(), owner);
            awaitTurn(waiter);
        } finally {
            leave(waiter);
            room.unlock();
        }
    }

    private void enter(Waiter waiter) {
        queues.computeIfAbsent(waiter.key, key -> new ArrayDeque<>()).add(waiter);
        waiters.put(waiter.transaction.thread(), waiter);
        waiting = waiters.size();
    }

    private void leave(Waiter waiter) {
        waiters.remove(waiter.transaction.thread());
        waiting = waiters.size();
        Queue<Waiter> queue = queues.get(waiter.key);
        if (queue != null) {
            queue.remove(waiter);
            if (queue.isEmpty()) {
                queues.remove(waiter.key);
            }
        }
    }

    private void refuseCircle(Thread self, MemoryTransaction owner) {
        @Nullable MemoryTransaction next = owner;
        while (next != null) {
            if (next.thread().equals(self)) {
                throw new StoreException("deadlock: transactions wait for each other's records", true, null);
            }
            Waiter waiter = waiters.get(next.thread());
            next = waiter == null ? null : owners.get(waiter.key);
        }
    }

    private void awaitTurn(Waiter waiter) {
        long left = timeoutNanos;
        try {
            while (!waiter.granted) {
                if (left <= 0) {
                    throw new StoreException(
                            "timed out waiting for a record that another transaction holds", true, null);
                }
                left = waiter.turn.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            if (!waiter.granted) {
                throw new StoreException("interrupted waiting for a record that another transaction holds", false, e);
            }
        }
    }

    /** Gives keys back; the first in the queue of each gets it. */
    void release(MemoryTransaction transaction, List<Object> keys) {
        for (Object key : keys) {
            owners.remove(key, transaction);
        }
        if (waiting > 0) {
            room.lock();
            try {
                keys.forEach(this::grantNext);
            } finally {
                room.unlock();
            }
        }
    }

    private void grantNext(Object key) {
        Queue<Waiter> queue = queues.get(key);
        Waiter first = queue == null ? null : queue.peek();
        if (first != null && owners.putIfAbsent(key, first.transaction) == null) {
            first.granted = true;
            leave(first);
            first.turn.signal();
        }
    }
}
