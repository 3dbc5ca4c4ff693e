package dev.crmcore.purchase;

import dev.crmcore.context.DuplicateException;
import dev.crmcore.context.NotFoundException;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.customer.Customers;
import dev.crmcore.query.Cursor;
import dev.crmcore.query.Order;
import dev.crmcore.query.Page;
import dev.crmcore.query.Query;
import dev.crmcore.store.Inserted;
import dev.crmcore.store.StoredRecord;
import dev.crmcore.value.ExternalId;
import dev.crmcore.work.UnitOfWork;
import dev.crmcore.work.Work;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
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
     * Records a purchase. One that is delivered again under its external id is not recorded again.
     *
     * @param draft the purchase
     * @return the purchase as it is kept: the given one, or the one that has the external id and says the same
     * @throws NotFoundException if there is no such customer
     * @throws RuleViolationException if a rule of purchases is broken: of its time, its lines or its amounts
     * @throws DuplicateException if the purchase that has the external id says something else
     */
    public Purchase record(Purchase.Draft draft) {
        return unitOfWork.call(work -> {
            Inserted<Purchase> outcome =
                    new Purchases(work).recordAll(List.of(draft)).get(0);
            Purchase kept = outcome.entity();
            if (!outcome.isNew() && !draft.isRecordedAs(kept)) {
                throw DuplicateException.ofOtherContent(
                        Purchase.TYPE.name(),
                        Purchase.BY_EXTERNAL_ID.name(),
                        kept.id().value(),
                        kept.externalId().orElseThrow().system());
            }
            return kept;
        });
    }

    /**
     * Records many purchases, in a number of batches that does not depend on how many they are.
     *
     * @param drafts the purchases
     * @return one outcome for each, in the same order: new, or known already by its external id; whether what is known
     *     says the same, {@link Purchase.Draft#isRecordedAs} tells
     * @throws NotFoundException if one names no customer; then none is recorded
     * @throws RuleViolationException if one breaks a rule of purchases; then none is recorded
     */
    public List<Inserted<Purchase>> recordAll(List<Purchase.Draft> drafts) {
        return unitOfWork.call(work -> {
            List<Purchase> purchases = prepare(work, drafts);
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
     * Says what {@link #recordAll} would do, and does nothing.
     *
     * @param drafts the purchases
     * @return one outcome for each, in the same order: new, or known already by its external id, be it recorded or an
     *     earlier one of the drafts
     * @throws NotFoundException if one names no customer
     * @throws RuleViolationException if one breaks a rule of purchases
     */
    public List<Inserted<Purchase>> previewAll(List<Purchase.Draft> drafts) {
        return unitOfWork.call(work -> {
            List<Purchase> purchases = prepare(work, drafts);
            Map<ExternalId, Purchase> known = new Purchases(work)
                    .findByExternalIds(purchases.stream()
                            .flatMap(each -> each.externalId().stream())
                            .toList());
            List<Inserted<Purchase>> outcomes = new ArrayList<>(purchases.size());
            for (Purchase purchase : purchases) {
                StoredRecord unused = Purchase.TYPE.toStored(purchase); // refuses what no store can keep
                Purchase holder = purchase.externalId()
                        .map(id -> known.putIfAbsent(id, purchase))
                        .orElse(null);
                outcomes.add(new Inserted<>(holder == null ? purchase : holder, holder == null));
            }
            return outcomes;
        });
    }

    private static List<Purchase> prepare(Work work, List<Purchase.Draft> drafts) {
        List<Purchase> purchases = drafts.stream()
                .map(draft -> Objects.requireNonNull(draft, "draft").build(new PurchaseId(work.newId()), work.now()))
                .toList();
        new Customers(work)
                .requireAll(purchases.stream().map(Purchase::customer).toList());
        return purchases;
    }

    /**
     * Finds purchases by what other systems call them, in one query for each system.
     *
     * @param externalIds the external ids
     * @return for each external id that is a purchase's the purchase
     */
    public Map<ExternalId, Purchase> findByExternalIds(Collection<ExternalId> externalIds) {
        Map<String, List<String>> bySystem = new TreeMap<>();
        for (ExternalId id : new LinkedHashSet<>(externalIds)) {
            bySystem.computeIfAbsent(id.system(), system -> new ArrayList<>()).add(id.value());
        }
        return unitOfWork.call(work -> {
            Map<ExternalId, Purchase> found = new HashMap<>();
            bySystem.forEach((system, values) -> {
                Query<Purchase> query =
                        Query.of(Purchase.TYPE).where(Purchase.SOURCE.is(system).and(Purchase.EXTERNAL_ID.in(values)));
                for (Purchase purchase : work.store().list(query)) {
                    found.put(purchase.externalId().orElseThrow(), purchase);
                }
            });
            return found;
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
     * Takes goods back. What is delivered again under its external id is not taken back again. Several tills may take the same
     * goods back at once: each waits for the other, and together they never take back more than was bought.
     *
     * @param id of which purchase
     * @param draft what comes back
     * @return the return as it is kept: the given one, or the one that has the external id and says the same
     * @throws NotFoundException if there is no such purchase
     * @throws RuleViolationException if more would come back than was bought, or before it was bought, or the purchase was
     *     cancelled
     * @throws DuplicateException if the return that has the external id says something else, or is of another purchase
     */
    public Return takeBack(PurchaseId id, Return.Draft draft) {
        return unitOfWork.call(work -> {
            Purchase purchase = locked(work, id);
            Optional<Return> known = findReturn(work, draft.externalId());
            if (known.isPresent()) {
                return requireSame(known.get(), id, draft);
            }
            Purchase next = draft.applyTo(purchase);
            Return taken = draft.build(new ReturnId(work.newId()), purchase);
            work.store().update(Purchase.TYPE, List.of(next));
            work.record(PurchaseEvent.of("returned", purchase, taken.refund()));
            return work.store().insert(Return.TYPE, List.of(taken)).get(0);
        });
    }

    private static Return requireSame(Return known, PurchaseId purchase, Return.Draft draft) {
        if (!draft.isRecordedAs(known, purchase)) {
            throw DuplicateException.ofOtherContent(
                    Return.TYPE.name(),
                    Return.BY_EXTERNAL_ID.name(),
                    known.id().value(),
                    known.externalId().orElseThrow().system());
        }
        return known;
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
