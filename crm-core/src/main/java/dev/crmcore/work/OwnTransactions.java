package dev.crmcore.work;

import dev.crmcore.context.CallContext;
import dev.crmcore.context.TenantId;
import java.util.Objects;
import java.util.function.Function;

/** The unbound unit of work: every call is a transaction of its own. */
final class OwnTransactions implements UnitOfWork {

    private final Workplace workplace;
    private final TenantId tenant;
    private final CallContext context;

    OwnTransactions(Workplace workplace, TenantId tenant, CallContext context) {
        this.workplace = workplace;
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.context = Objects.requireNonNull(context, "context");
    }

    @Override
    public <R> R call(Function<? super Work, ? extends R> call) {
        Objects.requireNonNull(call, "call");
        return inTransaction(transaction -> transaction.runCall(call));
    }

    @Override
    public <R> R transact(Function<? super Work, ? extends R> work) {
        Objects.requireNonNull(work, "work");
        return inTransaction(transaction -> transaction.runCalls(work));
    }

    private <R> R inTransaction(Function<Transaction, R> run) {
        workplace.enter();
        Transaction[] opened = new Transaction[1];
        R result;
        try {
            result = workplace.store().inTransaction(tenant, store -> {
                Transaction transaction = new Transaction(workplace, tenant, context, store);
                opened[0] = transaction;
                return run.apply(transaction);
            });
        } finally {
            workplace.leave();
        }
        opened[0].notifyListeners();
        return result;
    }
}
