package dev.crmcore.scenario;

import dev.crmcore.context.EntityId;
import dev.crmcore.context.TenantId;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.LoggedEvent;
import dev.crmcore.store.StoreCapabilities;
import dev.crmcore.store.StoreTransaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** A store that counts the operations of its transactions, and notes which records they lock. */
record CountedStore(CrmStore inner, Map<String, LongAdder> counts, Queue<UUID> locked) implements CrmStore {

    CountedStore(CrmStore inner) {
        this(inner, new ConcurrentHashMap<>(), new ConcurrentLinkedQueue<>());
    }

    long calls(String operation) {
        return counts.getOrDefault(operation, new LongAdder()).sum();
    }

    @Override
    public <R> R inTransaction(TenantId tenant, Function<? super StoreTransaction, ? extends R> work) {
        return inner.inTransaction(tenant, transaction -> work.apply(counted(transaction)));
    }

    private StoreTransaction counted(StoreTransaction transaction) {
        return (StoreTransaction) Proxy.newProxyInstance(
                CountedStore.class.getClassLoader(), new Class<?>[] {StoreTransaction.class}, (proxy, method, args) -> {
                    counts.computeIfAbsent(method.getName(), name -> new LongAdder())
                            .increment();
                    if (method.getName().equals("lock")) {
                        locked.add(((EntityId) args[1]).value());
                    }
                    try {
                        return method.invoke(transaction, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public List<LoggedEvent> readLog(TenantId tenant, LogQuery query) {
        return inner.readLog(tenant, query);
    }

    @Override
    public List<TenantId> tenants() {
        return inner.tenants();
    }

    @Override
    public StoreCapabilities capabilities() {
        return inner.capabilities();
    }

    @Override
    public void close() {
        inner.close();
    }
}
