package dev.crmcore.purchase;

import dev.crmcore.context.NotFoundException;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.customer.Customers;
import dev.crmcore.query.Cursor;
import dev.crmcore.query.Order;
import dev.crmcore.query.Page;
import dev.crmcore.query.Query;
import dev.crmcore.store.Inserted;
import dev.crmcore.value.ExternalId;
import dev.crmcore.work.UnitOfWork;
import dev.crmcore.work.Work;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the customers of a tenant bought and brought back.
 *
 * <p>As thread-safe as the unit of work that it runs in.
 */
public final class Purchases {

    private final UnitOfWork unitOfWork;

    /**
     * Opens the purchases.
     *
     * @param unitOfWork where its calls run
     */
    public Purchases(UnitOfWork unitOfWork) {
        this.unitOfWork = Objects.requireNonNull(unitOfWork, "unitOfWork");
    }

    /**
     * Records a purchase. One whose external id is known already is not recorded again.
     *
     * @param draft the purchase
     * @return the purchase as it is kept: the given one, or the one that has the external id
     * @throws NotFoundException if there is no such customer
     * @throws RuleViolationException if the purchase says not when it was placed or has no line
     */
    public Purchase record(Purchase.Draft draft) {
        return recordAll(List.of(draft)).get(0).entity();
    }

    /**
     * Records many purchases, in a number of batches that does not depend on how many they are.
     *
     * @param drafts the purchases
     * @return one outcome for each, in the same order: new, or known already by its external id
     * @throws NotFoundException if one names no customer; then none is recorded
     * @throws RuleViolationException if one says not when it was placed or has no line; then none is recorded
     */
    public List<Inserted<Purchase>> recordAll(List<Purchase.Draft> drafts) {
        return unitOfWork.call(work -> {
            List<Purchase> purchases = drafts.stream()
                    .map(draft -> draft.build(new PurchaseId(work.newId()), work.now()))
                    .toList();
            new Customers(work)
                    .requireAll(purchases.stream().map(Purchase::customer).toList());
            List<Inserted<Purchase>> outcomes =
                    work.store().insertIfAbsent(Purchase.TYPE, purchases, Purchase.BY_EXTERNAL_ID);
            for (Inserted<Purchase> outcome : outcomes) {
                if (outcome.isNew()) {
                    Purchase purchase = outcome.entity();
                    work.record(PurchaseEvent.of("recorded", purchase, purchase.total()));
                }
            }
            return outcomes;
        });
    }

    /**
     * Finds a purchase.
     *
     * @param id its id
     * @return the purchase, if there is one
     */
    public Optional<Purchase> find(PurchaseId id) {
        return unitOfWork.call(work -> work.store().find(Purchase.TYPE, id));
    }

    /**
     * Finds a purchase by what another system calls it.
     *
     * @param externalId the external id
     * @return the purchase, if there is one
     */
    public Optional<Purchase> find(ExternalId externalId) {
        Query<Purchase> query = Query.of(Purchase.TYPE)
                .where(Purchase.SOURCE.is(externalId.system()).and(Purchase.EXTERNAL_ID.is(externalId.value())))
                .limit(1);
        return unitOfWork.call(work -> work.store().list(query).stream().findFirst());
    }

    /**
     * Lists the purchases of a customer, the latest first.
     *
     * @param customer whose
     * @param limit at most so many on a page, at least 1
     * @param after where the page begins, null for the first
     * @return the page
     */
    public Page<Purchase> list(CustomerId customer, int limit, @Nullable Cursor after) {
        Query<Purchase> query = Query.of(Purchase.TYPE)
                .where(Purchase.CUSTOMER.is(customer))
                .orderBy(Order.descending(Purchase.PLACED_AT))
                .limit(limit);
        return unitOfWork.call(work -> work.page(query, after));
    }

    /**
     * Moves a purchase on to another status.
     *
     * @param id which
     * @param next the status
     * @return the purchase as it is kept
     * @throws NotFoundException if there is no such purchase
     * @throws RuleViolationException if the status cannot follow the present one
     */
    public Purchase advance(PurchaseId id, PurchaseStatus next) {
        return unitOfWork.call(work -> {
            Purchase purchase = locked(work, id).become(next);
            work.record(PurchaseEvent.of(next.name().toLowerCase(Locale.ROOT), purchase, purchase.total()));
            return work.store().update(Purchase.TYPE, List.of(purchase)).get(0);
        });
    }

    /**
     * Takes goods back. One whose external id is known already is not taken back again. Several tills may take the same
     * goods back at once: each waits for the other, and together they never take back more than was bought.
     *
     * @param id of which purchase
     * @param draft what comes back
     * @return the return as it is kept: the given one, or the one that has the external id
     * @throws NotFoundException if there is no such purchase
     * @throws RuleViolationException if more would come back than was bought, or the purchase was cancelled
     */
    public Return takeBack(PurchaseId id, Return.Draft draft) {
        return unitOfWork.call(work -> {
            Purchase purchase = locked(work, id);
            Optional<Return> known = findReturn(work, draft.externalId());
            if (known.isPresent()) {
                return known.get();
            }
            Purchase next = draft.applyTo(purchase);
            Return taken = draft.build(new ReturnId(work.newId()), purchase);
            work.store().update(Purchase.TYPE, List.of(next));
            work.record(PurchaseEvent.of("returned", purchase, taken.refund()));
            return work.store().insert(Return.TYPE, List.of(taken)).get(0);
        });
    }

    private static Purchase locked(Work work, PurchaseId id) {
        return work.store().lock(Purchase.TYPE, id).orElseThrow(() -> new NotFoundException("purchase", id));
    }

    private static Optional<Return> findReturn(Work work, @Nullable ExternalId externalId) {
        if (externalId == null) {
            return Optional.empty();
        }
        Query<Return> query = Query.of(Return.TYPE)
                .where(Return.SOURCE.is(externalId.system()).and(Return.EXTERNAL_ID.is(externalId.value())))
                .limit(1);
        return work.store().list(query).stream().findFirst();
    }

    /**
     * Lists the returns of a purchase, the earliest first.
     *
     * @param purchase of which
     * @return the returns
     */
    public List<Return> returns(PurchaseId purchase) {
        Query<Return> query =
                Query.of(Return.TYPE).where(Return.PURCHASE.is(purchase)).orderBy(Order.ascending(Return.RETURNED_AT));
        return unitOfWork.call(work -> work.store().list(query));
    }
}
