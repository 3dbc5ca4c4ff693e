package dev.crmcore.scenario;

import dev.crmcore.context.CrmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs calls at once, each on a thread of its own, from one starting line. */
final class Race {

    private Race() {}

    /** What each call was refused with, those that were not left out. */
    static List<CrmException> run(List<Runnable> calls) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            CyclicBarrier line = new CyclicBarrier(calls.size());
            List<Callable<Boolean>> runners = new ArrayList<>();
            for (Runnable call : calls) {
                runners.add(() -> {
                    line.await(30, TimeUnit.SECONDS);
                    call.run();
                    return true;
                });
            }
            List<CrmException> refused = new ArrayList<>();
            for (Future<Boolean> outcome : threads.invokeAll(runners)) {
                try {
                    outcome.get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof CrmException refusal)) {
                        throw new AssertionError("a call failed that was not refused", e.getCause());
                    }
                    refused.add(refusal);
                }
            }
            return refused;
        } finally {
            threads.shutdownNow();
        }
    }
}
