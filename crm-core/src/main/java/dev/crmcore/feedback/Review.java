package dev.crmcore.feedback;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.purchase.ProductId;
import dev.crmcore.purchase.PurchaseId;
import dev.crmcore.query.Field;
import dev.crmcore.query.ScalarType;
import dev.crmcore.store.EntityRecord;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.Reference;
import dev.crmcore.store.UniqueKey;
import dev.crmcore.value.ExternalId;
import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.JsonObject;
import dev.crmcore.value.Microseconds;
import dev.crmcore.value.StorableText;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a customer says in public about a product or a purchase: one to five stars, with or without words.
 *
 * <p>Title, text and reply are personal and go when the customer is erased; the stars stay. Immutable and thread-safe;
 * {@code toString} shows the id and the status alone.
 */
public final class Review {

    /** The scale of the rating. */
    public static final ScoreScale SCALE = ScoreScale.stars(5);

    /** Characters that a title may have: {@value}. */
    public static final int MAX_TITLE_LENGTH = 200;

    /** Characters that a text or a reply may have: {@value}. */
    public static final int MAX_TEXT_LENGTH = 10_000;

    /** Who wrote it. */
    public static final Field<Review, CustomerId> CUSTOMER = Field.<Review, CustomerId>id(
                    "customer_id", CustomerId::new, Review::customer)
            .required();

    /** About which product; absent where it is about a purchase as a whole. */
    public static final Field<Review, ProductId> PRODUCT =
            Field.id("product_id", ProductId::new, review -> review.product);

    /** About which purchase, or from which the product was. */
    public static final Field<Review, PurchaseId> PURCHASE =
            Field.id("purchase_id", PurchaseId::new, review -> review.purchase);

    /** The stars. */
    public static final Field<Review, Integer> RATING = Field.<Review, Integer>of(
                    "rating", ScalarType.INTEGER, Review::rating)
            .required();

    /** Whether the customer is known to have bought it. */
    public static final Field<Review, Boolean> VERIFIED =
            Field.<Review>bool("verified", Review::isVerifiedPurchase).required();

    /** How far it is. */
    public static final Field<Review, ReviewStatus> STATUS = Field.<Review, ReviewStatus>enumerated(
                    "status", ReviewStatus.class, Review::status)
            .required();

    /** When it was written. */
    public static final Field<Review, Instant> REVIEWED_AT =
            Field.<Review>instant("reviewed_at", Review::reviewedAt).required();

    /** When the present status began. */
    public static final Field<Review, Instant> STATUS_AT =
            Field.<Review>instant("status_at", Review::statusAt).required();

    /** When it was replied to. */
    public static final Field<Review, Instant> REPLIED_AT = Field.instant("replied_at", review -> review.repliedAt);

    /** The system that the external id is of. */
    public static final Field<Review, String> SOURCE =
            Field.text("source", review -> review.externalId == null ? null : review.externalId.system());

    /** The external id. */
    public static final Field<Review, String> EXTERNAL_ID =
            Field.text("external_id", review -> review.externalId == null ? null : review.externalId.value());

    /** One review for one external id. */
    public static final UniqueKey<Review> BY_EXTERNAL_ID = UniqueKey.of("review_external_id", SOURCE, EXTERNAL_ID);

    /** How reviews are kept. */
    public static final EntityType<Review> TYPE = EntityType.define("review", Review.class)
            .id(Review::id)
            .version(Review::version, Review::withVersion)
            .fields(
                    CUSTOMER,
                    PRODUCT,
                    PURCHASE,
                    RATING,
                    VERIFIED,
                    STATUS,
                    REVIEWED_AT,
                    STATUS_AT,
                    REPLIED_AT,
                    SOURCE,
                    EXTERNAL_ID)
            .unique(BY_EXTERNAL_ID)
            .index(CUSTOMER, REVIEWED_AT)
            .index(PRODUCT, REVIEWED_AT)
            .index(STATUS, REVIEWED_AT)
            .references(Reference.of(PRODUCT, "product", Reference.OnMerge.STAY))
            .references(Reference.of(PURCHASE, "purchase", Reference.OnMerge.STAY))
            .subject(Reference.of(CUSTOMER, "customer", Reference.OnMerge.FOLLOW))
            .timelineAt(REVIEWED_AT)
            .onErasure(EntityType.OnErasure.BLANK)
            .personalBody(Review::body)
            .readBy(Review::read);

    private final ReviewId id;
    private final long version;
    private final CustomerId customer;
    private final int rating;
    private final Instant reviewedAt;
    private final boolean verified;
    private final ReviewStatus status;
    private final Instant statusAt;
    private final @Nullable ProductId product;
    private final @Nullable PurchaseId purchase;
    private final @Nullable String title;
    private final @Nullable String text;
    private final @Nullable String reply;
    private final @Nullable Instant repliedAt;
    private final @Nullable String reason;
    private final @Nullable ExternalId externalId;

    private Review(Parts parts) {
        this.id = Objects.requireNonNull(parts.id, "id");
        this.version = parts.version;
        this.customer = parts.customer;
        this.rating = parts.rating;
        this.reviewedAt = parts.reviewedAt;
        this.verified = parts.verified;
        this.status = parts.status;
        this.statusAt = parts.statusAt;
        this.product = parts.product;
        this.purchase = parts.purchase;
        this.title = parts.title;
        this.text = parts.text;
        this.reply = parts.reply;
        this.repliedAt = parts.repliedAt;
        this.reason = parts.reason;
        this.externalId = parts.externalId;
    }

    private static Review read(EntityRecord<Review> stored) {
        Parts parts = new Parts(
                new ReviewId(stored.id()),
                stored.require(CUSTOMER),
                stored.require(RATING),
                stored.require(REVIEWED_AT),
                stored.require(STATUS_AT));
        parts.version = stored.version();
        parts.verified = stored.require(VERIFIED);
        parts.status = stored.require(STATUS);
        parts.product = stored.get(PRODUCT);
        parts.purchase = stored.get(PURCHASE);
        parts.repliedAt = stored.get(REPLIED_AT);
        String system = stored.get(SOURCE);
        parts.externalId = system == null ? null : ExternalId.of(system, stored.require(EXTERNAL_ID));
        JsonObject body = stored.body();
        parts.title = body.text("title").orElse(null);
        parts.text = body.text("text").orElse(null);
        parts.reply = body.text("reply").orElse(null);
        parts.reason = body.text("reason").orElse(null);
        return new Review(parts);
    }

    private JsonObject body() {
        return JsonObject.builder()
                .putIfPresent("title", title)
                .putIfPresent("text", text)
                .putIfPresent("reply", reply)
                .putIfPresent("reason", reason)
                .build();
    }

    /**
     * Begins a review.
     *
     * @param customer who writes it
     * @param rating the stars, 1 to 5
     * @return the draft; a product or a purchase is still to be said
     * @throws RuleViolationException {@code feedback.review.rating} if the rating is out of range
     */
    public static Draft by(CustomerId customer, int rating) {
        return new Draft(customer, rating);
    }

    /** The next state with another status. */
    Review become(ReviewStatus next, Instant at, @Nullable String why) {
        if (!status.mayBecome(next)) {
            throw RuleViolationException.of("feedback.review.status", "status", next, "cannot follow " + status);
        }
        Parts parts = parts();
        parts.status = next;
        parts.statusAt = at;
        parts.reason = why == null ? null : requireText("reason", why, MAX_TEXT_LENGTH);
        return new Review(parts);
    }

    /** The next state with a reply, in place of a former one. */
    Review replied(String words, Instant at) {
        if (status == ReviewStatus.WITHDRAWN) {
            throw RuleViolationException.of(
                    "feedback.review.status", "status", status, "is the end: there is nothing to reply to");
        }
        Parts parts = parts();
        parts.reply = requireText("reply", words, MAX_TEXT_LENGTH);
        parts.repliedAt = at;
        return new Review(parts);
    }

    private static String requireText(String what, String words, int maxLength) {
        StorableText.require(what + " of a review", words);
        if (words.isBlank() || words.codePointCount(0, words.length()) > maxLength) {
            throw new InvalidValueException(what + " of a review", words, "must be 1 to " + maxLength + " characters");
        }
        return words;
    }

    private Review withVersion(long newVersion) {
        Parts parts = parts();
        parts.version = newVersion;
        return new Review(parts);
    }

    /**
     * The id.
     *
     * @return the id
     */
    public ReviewId id() {
        return id;
    }

    /**
     * The version, raised by every change.
     *
     * @return the version
     */
    public long version() {
        return version;
    }

    /**
     * Who wrote it.
     *
     * @return the customer
     */
    public CustomerId customer() {
        return customer;
    }

    /**
     * The stars.
     *
     * @return 1 to 5
     */
    public int rating() {
        return rating;
    }

    /**
     * About which product.
     *
     * @return the product, empty where it is about a purchase as a whole
     */
    public Optional<ProductId> product() {
        return Optional.ofNullable(product);
    }

    /**
     * About which purchase, or from which the product was.
     *
     * @return the purchase, if one was said
     */
    public Optional<PurchaseId> purchase() {
        return Optional.ofNullable(purchase);
    }

    /**
     * Whether the customer was known to have bought it when the review was handed in.
     *
     * @return whether it is a verified purchase
     */
    public boolean isVerifiedPurchase() {
        return verified;
    }

    /**
     * How far it is.
     *
     * @return the status
     */
    public ReviewStatus status() {
        return status;
    }

    /**
     * When the present status began.
     *
     * @return the instant
     */
    public Instant statusAt() {
        return statusAt;
    }

    /**
     * When it was written.
     *
     * @return the instant, exact to the microsecond
     */
    public Instant reviewedAt() {
        return reviewedAt;
    }

    /**
     * The title.
     *
     * @return the title, if there is one
     */
    public Optional<String> title() {
        return Optional.ofNullable(title);
    }

    /**
     * The words.
     *
     * @return the text, if there is one
     */
    public Optional<String> text() {
        return Optional.ofNullable(text);
    }

    /**
     * What was replied to it.
     *
     * @return the reply, if there is one
     */
    public Optional<String> reply() {
        return Optional.ofNullable(reply);
    }

    /**
     * When it was replied to.
     *
     * @return the instant, if it was
     */
    public Optional<Instant> repliedAt() {
        return Optional.ofNullable(repliedAt);
    }

    /**
     * Why it was rejected.
     *
     * @return the reason, if it is rejected
     */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /**
     * What another system calls it.
     *
     * @return the external id, if there is one
     */
    public Optional<ExternalId> externalId() {
        return Optional.ofNullable(externalId);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Review that
                && id.equals(that.id)
                && version == that.version
                && customer.equals(that.customer)
                && rating == that.rating
                && reviewedAt.equals(that.reviewedAt)
                && verified == that.verified
                && status == that.status
                && statusAt.equals(that.statusAt)
                && Objects.equals(product, that.product)
                && Objects.equals(purchase, that.purchase)
                && Objects.equals(title, that.title)
                && Objects.equals(text, that.text)
                && Objects.equals(reply, that.reply)
                && Objects.equals(repliedAt, that.repliedAt)
                && Objects.equals(reason, that.reason)
                && Objects.equals(externalId, that.externalId);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "Review[" + id.value() + ", " + status + "]";
    }

    private Parts parts() {
        Parts parts = new Parts(id, customer, rating, reviewedAt, statusAt);
        parts.version = version;
        parts.verified = verified;
        parts.status = status;
        parts.product = product;
        parts.purchase = purchase;
        parts.title = title;
        parts.text = text;
        parts.reply = reply;
        parts.repliedAt = repliedAt;
        parts.reason = reason;
        parts.externalId = externalId;
        return parts;
    }

    static String eventOf(ReviewStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    /** What a review is made of, while it is made. */
    private static final class Parts {
        private final ReviewId id;
        private final CustomerId customer;
        private final int rating;
        private final Instant reviewedAt;
        private Instant statusAt;
        private long version = 1;
        private boolean verified;
        private ReviewStatus status = ReviewStatus.PENDING;
        private @Nullable ProductId product;
        private @Nullable PurchaseId purchase;
        private @Nullable String title;
        private @Nullable String text;
        private @Nullable String reply;
        private @Nullable Instant repliedAt;
        private @Nullable String reason;
        private @Nullable ExternalId externalId;

        Parts(ReviewId id, CustomerId customer, int rating, Instant reviewedAt, Instant statusAt) {
            this.id = id;
            this.customer = customer;
            this.rating = rating;
            this.reviewedAt = reviewedAt;
            this.statusAt = statusAt;
        }
    }

    /** A review that is not handed in yet. Not thread-safe. */
    public static final class Draft {

        private final CustomerId customer;
        private final int rating;
        private @Nullable ProductId product;
        private @Nullable PurchaseId purchase;
        private @Nullable String title;
        private @Nullable String text;
        private @Nullable Instant reviewedAt;
        private @Nullable ExternalId externalId;

        private Draft(CustomerId customer, int rating) {
            this.customer = Objects.requireNonNull(customer, "customer");
            this.rating = rating;
            if (!SCALE.includes(rating)) {
                throw RuleViolationException.of("feedback.review.rating", "rating", rating, "must be 1 to 5");
            }
        }

        /**
         * Says about which product.
         *
         * @param id the product
         * @return this draft
         */
        public Draft product(ProductId id) {
            this.product = Objects.requireNonNull(id, "id");
            return this;
        }

        /**
         * Says about which purchase, or from which the product was.
         *
         * @param id the purchase
         * @return this draft
         */
        public Draft purchase(PurchaseId id) {
            this.purchase = Objects.requireNonNull(id, "id");
            return this;
        }

        /**
         * Says the title.
         *
         * @param words the title, 1 to 200 characters
         * @return this draft
         * @throws InvalidValueException if it is blank, too long or cannot be stored
         */
        public Draft title(String words) {
            this.title = requireText("title", words, MAX_TITLE_LENGTH);
            return this;
        }

        /**
         * Says the words.
         *
         * @param words the text, 1 to 10000 characters
         * @return this draft
         * @throws InvalidValueException if it is blank, too long or cannot be stored
         */
        public Draft text(String words) {
            this.text = requireText("text", words, MAX_TEXT_LENGTH);
            return this;
        }

        /**
         * Says when; now unless said.
         *
         * @param instant when; cut to microseconds
         * @return this draft
         * @throws InvalidValueException if it is not in the years 1 to 9999
         */
        public Draft at(Instant instant) {
            this.reviewedAt = Microseconds.of(instant);
            return this;
        }

        /**
         * Says what another system calls it: the same review delivered twice is one review.
         *
         * @param system the other system
         * @param value the id there
         * @return this draft
         * @throws InvalidValueException if one of them is blank, too long or cannot be stored
         */
        public Draft externalId(String system, String value) {
            this.externalId = ExternalId.of(system, value);
            return this;
        }

        CustomerId customer() {
            return customer;
        }

        @Nullable
        ProductId product() {
            return product;
        }

        @Nullable
        PurchaseId purchase() {
            return purchase;
        }

        Instant reviewedAt(Instant now) {
            return reviewedAt == null ? now : reviewedAt;
        }

        /** Whether a noted review says what this draft says; a draft without an instant is of any. */
        boolean isRecordedAs(Review noted) {
            return customer.equals(noted.customer)
                    && rating == noted.rating
                    && Objects.equals(product, noted.product)
                    && Objects.equals(purchase, noted.purchase)
                    && Objects.equals(title, noted.title)
                    && Objects.equals(text, noted.text)
                    && reviewedAt(noted.reviewedAt).equals(noted.reviewedAt);
        }

        Review build(ReviewId id, boolean verified, Instant now) {
            if (product == null && purchase == null) {
                throw RuleViolationException.of("feedback.review.subject", "a review is about a product or a purchase");
            }
            Parts parts = new Parts(id, customer, rating, reviewedAt(now), now);
            parts.verified = verified;
            parts.product = product;
            parts.purchase = purchase;
            parts.title = title;
            parts.text = text;
            parts.externalId = externalId;
            return new Review(parts);
        }
    }
}
