package dev.crmcore.work;

import java.util.function.Function;

/**
 * Where the calls of a service run.
 *
 * <p>Unbound, every outermost call is a transaction of its own, and the unit of work is thread-safe. {@link Work} is the
 * bound form: its calls join the open transaction, on its thread alone.
 */
public interface UnitOfWork {

    /**
     * Runs a call. When it throws, nothing of it remains.
     *
     * @param <R> what the call gives
     * @param call the call; it runs once, on this thread
     * @return what the call gave
     * @throws dev.crmcore.context.CrmException if the call or the commit is refused
     * @throws IllegalStateException if this is an unbound unit of work and a transaction is open on this thread: the
     *     call would silently be a second transaction
     */
    <R> R call(Function<? super Work, ? extends R> call);

    /**
     * Runs several calls in one transaction. Each that throws is undone alone: where the work catches what it threw, the
     * others stand. When the work itself throws, nothing remains.
     *
     * @param <R> what the work gives
     * @param work the work; it runs once, on this thread
     * @return what the work gave
     * @throws dev.crmcore.context.CrmException if the work or the commit is refused
     * @throws IllegalStateException if this is an unbound unit of work and a transaction is open on this thread
     */
    <R> R transact(Function<? super Work, ? extends R> work);
}
