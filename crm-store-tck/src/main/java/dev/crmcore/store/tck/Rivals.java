package dev.crmcore.store.tck;

import dev.crmcore.context.EntityId;
import dev.crmcore.context.StoreException;
import dev.crmcore.store.StoreTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Other threads of one case. Whoever waits for one of them loses patience after a while, so that a store that hangs
 * fails the case instead of the build; no assertion depends on how long anything takes.
 */
final class Rivals implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 180;
    private static final int CHANCES = 300;
    private static final int SPINS = 1_000;

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "rival");
        thread.setDaemon(true);
        return thread;
    });

    <R> Future<R> start(Callable<R> work) {
        return threads.submit(work);
    }

    /** Runs work on several threads that begin together, and gives what each gave, in order. */
    static <R> List<R> race(int count, IntFunction<R> work) {
        try (Rivals rivals = new Rivals()) {
            CountDownLatch ready = new CountDownLatch(count);
            List<Future<R>> results = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                results.add(rivals.start(() -> {
                    ready.countDown();
                    await(ready);
                    return work.apply(number);
                }));
            }
            return results.stream().map(Rivals::get).toList();
        }
    }

    /**
     * Runs a transaction again as long as the store says that this may help. Of several that refuse each other one gets
     * through every time, so that all do in the end, however often the others come too early.
     */
    static <R> R retried(Supplier<R> work) {
        while (true) {
            try {
                return work.get();
            } catch (StoreException e) {
                if (!e.isTransient() || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    static <R> R get(Future<R> result) {
        try {
            return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw new AssertionError("the other thread failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("the other thread hangs", e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the other thread does not come");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /**
     * Gives a rival every chance to finish while this transaction stays open. One that has to wait for the transaction
     * cannot, whatever the machine does; one that does not wait will have.
     */
    static boolean finishesMeanwhile(Future<?> rival, StoreTransaction tx, EntityId anyone) {
        for (int i = 0; i < CHANCES && !rival.isDone(); i++) {
            if (tx.find(Member.TYPE, anyone).isPresent()) {
                Thread.onSpinWait();
            }
            for (int spin = 0; spin < SPINS; spin++) {
                Thread.onSpinWait();
            }
        }
        return rival.isDone();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
