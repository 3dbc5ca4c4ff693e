package dev.crmcore.insights;

import dev.crmcore.feedback.Review;
import dev.crmcore.metrics.feedback.AnswerDistribution;
import dev.crmcore.metrics.feedback.RatedItem;
import dev.crmcore.metrics.feedback.StarRating;
import dev.crmcore.query.Aggregate;
import dev.crmcore.query.Field;
import dev.crmcore.store.RowCursor;
import dev.crmcore.work.UnitOfWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What the reviews of a scope say: stars, counted by the store, and comments.
 *
 * <p>Each figure asks the store anew. As thread-safe as the session.
 */
public final class ReviewFigures {

    private final UnitOfWork unitOfWork;
    private final RecordScope<Review> scope;

    ReviewFigures(UnitOfWork unitOfWork, RecordScope<Review> scope) {
        this.unitOfWork = unitOfWork;
        this.scope = scope;
    }

    /**
     * How many stars were given.
     *
     * @return the ratings from 1 to 5; {@link AnswerDistribution#mean()} is undefined without a review
     */
    public AnswerDistribution stars() {
        return unitOfWork.call(work -> {
            long[] counts = counts();
            try (RowCursor rows =
                    work.store().group(scope.query(work), List.of(Review.RATING), List.of(Aggregate.count()))) {
                while (rows.next()) {
                    counts[place(rows.getLong(0))] = rows.getLong(1);
                }
            }
            return AnswerDistribution.of(StarRating.FIVE_STARS, counts);
        });
    }

    /**
     * How many stars each product was given, to be ranked by {@link StarRating#rank}. Reviews of no product have no part.
     *
     * @return an item for each product that has a review, by the product's id, in no order
     */
    public List<RatedItem> byProduct() {
        return unitOfWork.call(work -> {
            Map<UUID, long[]> counts = new LinkedHashMap<>();
            List<Field<Review, ?>> keys = List.of(Review.PRODUCT, Review.RATING);
            try (RowCursor rows = work.store()
                    .group(scope.query(work).where(Review.PRODUCT.isPresent()), keys, List.of(Aggregate.count()))) {
                while (rows.next()) {
                    counts.computeIfAbsent(rows.getId(0), product -> counts())[place(rows.getLong(1))] =
                            rows.getLong(2);
                }
            }
            List<RatedItem> items = new ArrayList<>(counts.size());
            counts.forEach((product, stars) ->
                    items.add(new RatedItem(product.toString(), AnswerDistribution.of(StarRating.FIVE_STARS, stars))));
            return items;
        });
    }

    /**
     * What the customers have written: title and text of a review are one comment.
     *
     * @return the comments, which are read when a figure is asked for
     */
    public Comments comments() {
        return Comments.ofReviews(unitOfWork, scope);
    }

    private static long[] counts() {
        return new long[Review.SCALE.max() - Review.SCALE.min() + 1];
    }

    private static int place(long rating) {
        return Math.toIntExact(rating - Review.SCALE.min());
    }

    @Override
    public String toString() {
        return "ReviewFigures[" + scope + "]";
    }
}
