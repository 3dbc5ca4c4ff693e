package dev.crmcore.insights;

import dev.crmcore.context.TenantId;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.LoggedEvent;
import dev.crmcore.store.StoreCapabilities;
import dev.crmcore.store.StoreTransaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A store that notes which operations of its transactions are called. */
final class CountingStore implements CrmStore {

    private final CrmStore store;
    private final List<String> questions = new ArrayList<>();

    CountingStore(CrmStore store) {
        this.store = store;
    }

    List<String> questions() {
        return questions;
    }

    @Override
    public <R> R inTransaction(TenantId tenant, Function<? super StoreTransaction, ? extends R> work) {
        return store.inTransaction(tenant, transaction -> work.apply(counted(transaction)));
    }

    private StoreTransaction counted(StoreTransaction transaction) {
        return (StoreTransaction) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {StoreTransaction.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("isJoined")) {
                        questions.add(method.getName());
                    }
                    return call(transaction, method, arguments);
                });
    }

    private static Object call(Object on, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public List<LoggedEvent> readLog(TenantId tenant, LogQuery query) {
        return store.readLog(tenant, query);
    }

    @Override
    public List<TenantId> tenants() {
        return store.tenants();
    }

    @Override
    public StoreCapabilities capabilities() {
        return store.capabilities();
    }

    @Override
    public void close() {
        store.close();
    }
}
