package dev.crmcore.feedback;

import dev.crmcore.customer.CustomerId;
import dev.crmcore.event.DomainEvent;
import dev.crmcore.value.JsonObject;
import java.util.Objects;

/**
 * Something happened to a review: {@code review.submitted}, {@code review.replied} or a new status such as {@code
 * review.published}. Its words are not in it.
 *
 * @param type what
 * @param subjectId to which
 * @param customer who wrote it
 * @param rating the stars
 */
public record ReviewEvent(String type, ReviewId subjectId, CustomerId customer, int rating) implements DomainEvent {

    /**
     * Checks the parts.
     *
     * @param type what
     * @param subjectId to which
     * @param customer who wrote it
     * @param rating the stars
     */
    public ReviewEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(subjectId, "subjectId");
        Objects.requireNonNull(customer, "customer");
    }

    static ReviewEvent of(String what, Review review) {
        return new ReviewEvent("review." + what, review.id(), review.customer(), review.rating());
    }

    @Override
    public String subjectType() {
        return "review";
    }

    @Override
    public JsonObject data() {
        return JsonObject.builder()
                .put("customer", customer.value().toString())
                .put("rating", rating)
                .build();
    }
}
