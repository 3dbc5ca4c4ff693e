package dev.crmcore.feedback;

import dev.crmcore.context.DuplicateException;
import dev.crmcore.context.NotFoundException;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.customer.Customers;
import dev.crmcore.purchase.Product;
import dev.crmcore.purchase.ProductId;
import dev.crmcore.purchase.Purchase;
import dev.crmcore.purchase.PurchaseId;
import dev.crmcore.purchase.PurchaseLine;
import dev.crmcore.purchase.PurchaseStatus;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Cursor;
import dev.crmcore.query.Order;
import dev.crmcore.query.Page;
import dev.crmcore.query.Query;
import dev.crmcore.store.Inserted;
import dev.crmcore.work.UnitOfWork;
import dev.crmcore.work.Work;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reviews that customers of a tenant write.
 *
 * <p>As thread-safe as the unit of work that it runs in.
 */
public final class Reviews {

    private final UnitOfWork unitOfWork;

    /**
     * Opens the reviews.
     *
     * @param unitOfWork where its calls run
     */
    public Reviews(UnitOfWork unitOfWork) {
        this.unitOfWork = Objects.requireNonNull(unitOfWork, "unitOfWork");
    }

    /**
     * Hands in a review; it waits to be published. Whether it is a verified purchase is found out now: the purchase that
     * it names, or any purchase of the product before the review, is the customer's and was not cancelled. One that is
     * delivered again under its external id is not noted again.
     *
     * @param draft the review
     * @return the review as it is kept: the given one, or the one that has the external id and says the same
     * @throws NotFoundException if there is no such customer, product or purchase
     * @throws RuleViolationException {@code feedback.review.subject} if it is about neither a product nor a purchase
     * @throws DuplicateException if the review that has the external id says something else
     */
    public Review submit(Review.Draft draft) {
        return unitOfWork.call(work -> {
            new Customers(work).requireAll(List.of(draft.customer()));
            boolean verified = isVerified(work, draft, draft.reviewedAt(work.now()));
            Review review = draft.build(new ReviewId(work.newId()), verified, work.now());
            Inserted<Review> outcome = work.store()
                    .insertIfAbsent(Review.TYPE, List.of(review), Review.BY_EXTERNAL_ID)
                    .get(0);
            if (outcome.isNew()) {
                work.record(ReviewEvent.of("submitted", review));
                ClosedLoop.noted(work, List.of(Verdict.of(outcome.entity())));
            } else {
                requireSame(outcome.entity(), draft);
            }
            return outcome.entity();
        });
    }

    private static void requireSame(Review known, Review.Draft draft) {
        if (!draft.isRecordedAs(known)) {
            throw DuplicateException.ofOtherContent(
                    Review.TYPE.name(),
                    Review.BY_EXTERNAL_ID.name(),
                    known.id().value(),
                    known.externalId().orElseThrow().system());
        }
    }

    private static boolean isVerified(Work work, Review.Draft draft, Instant at) {
        ProductId about = draft.product();
        PurchaseId from = draft.purchase();
        Product product = about == null ? null : product(work, about);
        if (from == null) {
            return product != null && hasBought(work, draft.customer(), product, at);
        }
        Purchase purchase =
                work.store().find(Purchase.TYPE, from).orElseThrow(() -> new NotFoundException("purchase", from));
        return purchase.customer().equals(draft.customer())
                && purchase.status() != PurchaseStatus.CANCELLED
                && (product == null || purchase.lines().stream().anyMatch(line -> isOf(line, product)));
    }

    private static Product product(Work work, ProductId id) {
        return work.store().find(Product.TYPE, id).orElseThrow(() -> new NotFoundException("product", id));
    }

    private static boolean isOf(PurchaseLine line, Product product) {
        return line.sku().filter(product.sku()::equals).isPresent();
    }

    private static boolean hasBought(Work work, CustomerId customer, Product product, Instant until) {
        Query<Purchase> purchases = Query.of(Purchase.TYPE)
                .where(Purchase.CUSTOMER
                        .is(customer)
                        .and(Purchase.PLACED_AT.atMost(until))
                        .and(Purchase.STATUS.isNot(PurchaseStatus.CANCELLED))
                        .and(Purchase.LINES.any(PurchaseLine.SKU.is(product.sku()))));
        return work.store().count(purchases) > 0;
    }

    /**
     * Lets everybody see a review.
     *
     * @param id which
     * @return the review as it is kept
     * @throws NotFoundException if there is no such review
     * @throws RuleViolationException {@code feedback.review.status} if it is published or withdrawn
     */
    public Review publish(ReviewId id) {
        return become(id, ReviewStatus.PUBLISHED, null);
    }

    /**
     * Keeps or takes a review from sight.
     *
     * @param id which
     * @param reason why
     * @return the review as it is kept
     * @throws NotFoundException if there is no such review
     * @throws RuleViolationException {@code feedback.review.status} if it is rejected or withdrawn
     */
    public Review reject(ReviewId id, String reason) {
        return become(id, ReviewStatus.REJECTED, Objects.requireNonNull(reason, "reason"));
    }

    /**
     * Takes a review back for who wrote it.
     *
     * @param id which
     * @return the review as it is kept
     * @throws NotFoundException if there is no such review
     * @throws RuleViolationException {@code feedback.review.status} if it is withdrawn
     */
    public Review withdraw(ReviewId id) {
        return become(id, ReviewStatus.WITHDRAWN, null);
    }

    private Review become(ReviewId id, ReviewStatus next, @Nullable String reason) {
        return unitOfWork.call(work -> {
            Review review = locked(work, id).become(next, work.now(), reason);
            work.record(ReviewEvent.of(Review.eventOf(next), review));
            return work.store().update(Review.TYPE, List.of(review)).get(0);
        });
    }

    /**
     * Replies to a review; a second reply stands in place of the first.
     *
     * @param id which
     * @param reply the words, 1 to 10000 characters
     * @return the review as it is kept
     * @throws NotFoundException if there is no such review
     * @throws RuleViolationException {@code feedback.review.status} if it is withdrawn
     */
    public Review reply(ReviewId id, String reply) {
        return unitOfWork.call(work -> {
            Review review = locked(work, id).replied(reply, work.now());
            work.record(ReviewEvent.of("replied", review));
            return work.store().update(Review.TYPE, List.of(review)).get(0);
        });
    }

    private static Review locked(Work work, ReviewId id) {
        return work.store().lock(Review.TYPE, id).orElseThrow(() -> new NotFoundException("review", id));
    }

    /**
     * Finds a review.
     *
     * @param id its id
     * @return the review, if there is one
     */
    public Optional<Review> find(ReviewId id) {
        return unitOfWork.call(work -> work.store().find(Review.TYPE, id));
    }

    /**
     * Lists what everybody may see about a product, the latest first.
     *
     * @param product about which product
     * @param limit at most so many on a page, at least 1
     * @param after where the page begins, null for the first
     * @return the page
     */
    public Page<Review> published(ProductId product, int limit, @Nullable Cursor after) {
        Condition<Review> which = Review.PRODUCT.is(product).and(Review.STATUS.is(ReviewStatus.PUBLISHED));
        return page(which, Order.descending(Review.REVIEWED_AT), limit, after);
    }

    /**
     * Lists what waits to be published, the oldest first.
     *
     * @param limit at most so many on a page, at least 1
     * @param after where the page begins, null for the first
     * @return the page
     */
    public Page<Review> pending(int limit, @Nullable Cursor after) {
        return page(Review.STATUS.is(ReviewStatus.PENDING), Order.ascending(Review.REVIEWED_AT), limit, after);
    }

    /**
     * Lists the reviews of a customer, whatever their status, the latest first.
     *
     * @param customer whose
     * @param limit at most so many on a page, at least 1
     * @param after where the page begins, null for the first
     * @return the page
     */
    public Page<Review> list(CustomerId customer, int limit, @Nullable Cursor after) {
        return page(Review.CUSTOMER.is(customer), Order.descending(Review.REVIEWED_AT), limit, after);
    }

    private Page<Review> page(Condition<Review> which, Order<Review> order, int limit, @Nullable Cursor after) {
        Query<Review> query = Query.of(Review.TYPE).where(which).orderBy(order).limit(limit);
        return unitOfWork.call(work -> work.page(query, after));
    }
}
