package dev.crmcore.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.DuplicateException;
import dev.crmcore.context.NotFoundException;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.feedback.Review;
import dev.crmcore.feedback.ReviewId;
import dev.crmcore.feedback.ReviewStatus;
import dev.crmcore.feedback.Reviews;
import dev.crmcore.purchase.Product;
import dev.crmcore.purchase.ProductId;
import dev.crmcore.purchase.Purchase;
import dev.crmcore.purchase.PurchaseId;
import dev.crmcore.purchase.PurchaseStatus;
import dev.crmcore.value.Money;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reviews are handed in, looked at, published and replied to. */
public abstract class ReviewScenario extends Scenario {

    private CustomerId ann;
    private ProductId kettle;

    @BeforeEach
    void fill() {
        ann = desk().customers().register(Customer.named("Ann", "Lee")).id();
        kettle = desk().products().register(Product.of("SKU-1", "Kettle")).id();
    }

    private Reviews reviews() {
        return desk().reviews();
    }

    private Purchase bought(String sku) {
        return desk().purchases().record(Purchase.by(ann).at(now()).line(sku, 1, Money.of("20.00", "EUR")));
    }

    @Test
    void aReviewIsPublishedRepliedToAndTakenBack() {
        Review pending = reviews()
                .submit(Review.by(ann, 5)
                        .product(kettle)
                        .title("Boils")
                        .text("quick and quiet")
                        .externalId("shop", "r1"));
        assertThat(pending.status()).isEqualTo(ReviewStatus.PENDING);
        assertThat(reviews().pending(10, null).items()).containsExactly(pending);
        assertThat(reviews().published(kettle, 10, null).items()).isEmpty();
        assertThat(reviews()
                        .submit(Review.by(ann, 5)
                                .product(kettle)
                                .title("Boils")
                                .text("quick and quiet")
                                .externalId("shop", "r1")))
                .as("delivered twice, it is one")
                .isEqualTo(pending);
        assertThatThrownBy(
                        () -> reviews().submit(Review.by(ann, 1).product(kettle).externalId("shop", "r1")))
                .as("delivered again with other content")
                .isInstanceOfSatisfying(
                        DuplicateException.class,
                        e -> assertThat(e.holder()).contains(pending.id().value()));

        pass(Duration.ofHours(1));
        reviews().publish(pending.id());
        Review replied = reviews().reply(pending.id(), "Thank you!");
        assertThat(replied.statusAt()).isEqualTo(now());
        assertThat(replied.reply()).contains("Thank you!");
        assertThat(reviews().published(kettle, 10, null).items()).containsExactly(replied);
        assertThat(reviews().list(ann, 10, null).items()).containsExactly(replied);
        assertThat(reviews().find(pending.id())).contains(replied);

        Review rejected = reviews().reject(pending.id(), "names a person");
        assertThat(rejected.reason()).contains("names a person");
        assertThat(reviews().publish(pending.id()).reason()).isEmpty();
        reviews().withdraw(pending.id());
        assertThat(reviews().published(kettle, 10, null).items()).isEmpty();
        assertThatThrownBy(() -> reviews().publish(pending.id()))
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.rule()).isEqualTo("feedback.review.status"));
        assertThatThrownBy(() -> reviews().reply(pending.id(), "x")).isInstanceOf(RuleViolationException.class);
        assertThat(events("review."))
                .containsExactly(
                        "review.submitted",
                        "review.published",
                        "review.replied",
                        "review.rejected",
                        "review.published",
                        "review.withdrawn");
        assertThat(events()).noneMatch(logged -> logged.event().data().toJson().contains("quick"));
        assertThat(desk().timeline()
                        .of(ann)
                        .ofTypes(Review.TYPE)
                        .newestFirst()
                        .page(10)
                        .entries())
                .hasSize(1);
    }

    @Test
    void whoBoughtItIsVerified() {
        assertThat(reviews().submit(Review.by(ann, 4).product(kettle)).isVerifiedPurchase())
                .isFalse();
        Purchase other = bought("SKU-2");
        assertThat(reviews().submit(Review.by(ann, 4).product(kettle)).isVerifiedPurchase())
                .as("something else")
                .isFalse();
        assertThat(reviews()
                        .submit(Review.by(ann, 4).product(kettle).purchase(other.id()))
                        .isVerifiedPurchase())
                .as("a purchase without it")
                .isFalse();
        assertThat(reviews().submit(Review.by(ann, 4).purchase(other.id())).isVerifiedPurchase())
                .as("about the purchase as a whole")
                .isTrue();

        pass(Duration.ofDays(1));
        Purchase kettles = bought("SKU-1");
        assertThat(reviews().submit(Review.by(ann, 4).product(kettle)).isVerifiedPurchase())
                .isTrue();
        assertThat(reviews()
                        .submit(Review.by(ann, 4).product(kettle).at(now().minusNanos(1_000)))
                        .isVerifiedPurchase())
                .as("written before it was bought")
                .isFalse();
        CustomerId bob =
                desk().customers().register(Customer.named("Bob", "Lee")).id();
        assertThat(reviews()
                        .submit(Review.by(bob, 4).product(kettle).purchase(kettles.id()))
                        .isVerifiedPurchase())
                .as("somebody else's purchase")
                .isFalse();
        desk().purchases().advance(kettles.id(), PurchaseStatus.CANCELLED);
        assertThat(reviews().submit(Review.by(ann, 4).product(kettle)).isVerifiedPurchase())
                .as("cancelled")
                .isFalse();
    }

    @Test
    void refusesWhatIsNoReview() {
        assertThatThrownBy(() -> Review.by(ann, 0)).isInstanceOf(RuleViolationException.class);
        assertThatThrownBy(() -> Review.by(ann, 6)).isInstanceOf(RuleViolationException.class);
        assertThatThrownBy(() -> reviews().submit(Review.by(ann, 3)))
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.rule()).isEqualTo("feedback.review.subject"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Review.by(ann, 3).title("x".repeat(Review.MAX_TITLE_LENGTH + 1)));
        assertThatThrownBy(() -> reviews().submit(Review.by(ann, 3).product(new ProductId(new UUID(7, 7)))))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> reviews().submit(Review.by(ann, 3).purchase(new PurchaseId(new UUID(7, 7)))))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> reviews()
                        .submit(Review.by(new CustomerId(new UUID(7, 7)), 3).product(kettle)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> reviews().publish(new ReviewId(new UUID(7, 7))))
                .isInstanceOf(NotFoundException.class);
    }
}
