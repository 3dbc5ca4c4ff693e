package dev.crmcore.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.DuplicateException;
import dev.crmcore.context.NotFoundException;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.purchase.Product;
import dev.crmcore.purchase.Purchase;
import dev.crmcore.purchase.PurchaseId;
import dev.crmcore.purchase.PurchaseStatus;
import dev.crmcore.purchase.Return;
import dev.crmcore.query.Page;
import dev.crmcore.store.Inserted;
import dev.crmcore.store.LogPosition;
import dev.crmcore.value.ExternalId;
import dev.crmcore.value.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What customers bought, and what they gave back. */
public abstract class PurchaseScenario extends Scenario {

    private static final Instant PLACED = Instant.parse("2025-03-01T10:00:00Z");

    private CustomerId ann;

    @BeforeEach
    void registerAnn() {
        ann = desk().customers().register(Customer.named("Ann", "Lee")).id();
    }

    private Purchase.Draft order(String number) {
        return Purchase.by(ann)
                .at(PLACED)
                .line("SKU-1", 4, Money.of("14.50", "EUR"))
                .externalId("shop", number);
    }

    @Test
    void recordsAPurchaseOnceHoweverOftenItIsDelivered() {
        Purchase first = desk().purchases().record(order("10017"));
        Purchase again = desk().purchases().record(order("10017"));

        assertThat(again).isEqualTo(first);
        assertThat(desk().purchases().find(ExternalId.of("shop", "10017"))).contains(first);
        assertThat(desk().purchases().list(ann, 10, null).items()).containsExactly(first);
        assertThat(desk().log().about(first.id(), LogPosition.START, 10))
                .extracting(logged -> logged.event().type())
                .containsExactly("purchase.recorded");
    }

    @Test
    void refusesOtherContentUnderAKnownExternalId() {
        Purchase first = desk().purchases().record(order("10017"));
        CustomerId bob =
                desk().customers().register(Customer.named("Bob", "Lee")).id();
        List<Purchase.Draft> others = List.of(
                order("10017").line("SKU-2", 1, Money.of("1.00", "EUR")),
                order("10017").at(PLACED.plusSeconds(1)),
                order("10017").coupon("SPRING"),
                Purchase.by(bob)
                        .at(PLACED)
                        .line("SKU-1", 4, Money.of("14.50", "EUR"))
                        .externalId("shop", "10017"),
                Purchase.by(ann)
                        .at(PLACED)
                        .line("SKU-1", 4, Money.of("14.50", "USD"))
                        .externalId("shop", "10017"));
        for (Purchase.Draft other : others) {
            assertThatThrownBy(() -> desk().purchases().record(other))
                    .isInstanceOfSatisfying(
                            DuplicateException.class,
                            e -> assertThat(e.holder()).contains(first.id().value()))
                    .hasMessageContaining("'shop'")
                    .hasMessageNotContaining("10017");
        }
        desk().purchases().advance(first.id(), PurchaseStatus.PAID);
        assertThat(desk().purchases().record(order("10017")).status())
                .as("what came of it since is no other content")
                .isEqualTo(PurchaseStatus.PAID);
    }

    @Test
    void refusesAReturnThatIsKnownOfAnotherPurchaseOrWithOtherContent() {
        PurchaseId first = desk().purchases().record(order("1")).id();
        PurchaseId second = desk().purchases().record(order("2")).id();
        Return known = desk().purchases()
                .takeBack(first, Return.at(PLACED).line(1, 1, null).externalId("till", "1"));
        List<Return.Draft> others = List.of(
                Return.at(PLACED).line(1, 2, null).externalId("till", "1"),
                Return.at(PLACED.plusSeconds(1)).line(1, 1, null).externalId("till", "1"),
                Return.at(PLACED).line(1, 1, "broken").externalId("till", "1"));
        for (Return.Draft other : others) {
            assertThatThrownBy(() -> desk().purchases().takeBack(first, other)).isInstanceOf(DuplicateException.class);
        }
        assertThatThrownBy(() -> desk().purchases()
                        .takeBack(second, Return.at(PLACED).line(1, 1, null).externalId("till", "1")))
                .isInstanceOfSatisfying(
                        DuplicateException.class,
                        e -> assertThat(e.holder()).contains(known.id().value()));
        assertThat(desk().purchases()
                        .takeBack(
                                first,
                                Return.at(PLACED)
                                        .line(1, new BigDecimal("1.00"), null)
                                        .externalId("till", "1")))
                .isEqualTo(known);
        assertThat(desk().purchases().returns(second)).isEmpty();
    }

    @Test
    void listsAllOnOnePageWhereTheLimitIsTheLargest() {
        Purchase first = desk().purchases().record(order("1"));
        for (int i = 0; i < 200; i++) { // often enough that compiled code runs too
            assertThat(desk().purchases().list(ann, Integer.MAX_VALUE, null).items())
                    .containsExactly(first);
        }
        assertThat(desk().followUps().overdue(Integer.MAX_VALUE, null).items()).isEmpty();
        assertThat(desk().feedback().responses("nps", Integer.MAX_VALUE, null).items())
                .isEmpty();
        assertThat(desk().timeline().of(ann).page(Integer.MAX_VALUE).entries()).isNotEmpty();
    }

    @Test
    void refusesAReturnFromBeforeThePurchase() {
        PurchaseId id = desk().purchases().record(order("1")).id();
        assertThatThrownBy(() -> desk().purchases()
                        .takeBack(id, Return.at(PLACED.minusSeconds(1)).line(1, 1, null)))
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.rule()).isEqualTo("return.returned-at"));
    }

    @Test
    void recordsManyAndSaysWhichWereKnown() {
        desk().purchases().record(order("1"));

        List<Inserted<Purchase>> outcomes =
                desk().purchases().recordAll(List.of(order("1"), order("2"), order("2"), order("3")));

        assertThat(outcomes).extracting(Inserted::isNew).containsExactly(false, true, false, true);
        assertThat(desk().purchases().list(ann, 10, null).items()).hasSize(3);
    }

    @Test
    void refusesAPurchaseOfNobodyAndRecordsNoneOfTheBatch() {
        CustomerId nobody = new CustomerId(new UUID(7, 7));

        assertThatThrownBy(() -> desk().purchases()
                        .recordAll(List.of(
                                order("1"), Purchase.by(nobody).at(PLACED).amount(Money.of("1", "EUR")))))
                .isInstanceOfSatisfying(
                        NotFoundException.class,
                        e -> assertThat(e.id()).isEqualTo(nobody.value().toString()));
        assertThat(desk().purchases().list(ann, 10, null).items()).isEmpty();
    }

    @Test
    void pagesFromTheLatestOn() {
        List<PurchaseId> recorded = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            recorded.add(
                    0,
                    desk().purchases()
                            .record(Purchase.by(ann)
                                    .at(PLACED.plus(Duration.ofHours(i / 2)))
                                    .amount(Money.of("1", "EUR")))
                            .id());
        }
        List<PurchaseId> seen = new ArrayList<>();
        Page<Purchase> page = desk().purchases().list(ann, 2, null);
        page.items().forEach(purchase -> seen.add(purchase.id()));
        while (page.next().isPresent()) {
            page = desk().purchases().list(ann, 2, page.next().get());
            page.items().forEach(purchase -> seen.add(purchase.id()));
        }

        assertThat(seen).isEqualTo(recorded);
    }

    @Test
    void movesForwardAndNeverBack() {
        PurchaseId id = desk().purchases().record(order("1")).id();

        assertThat(desk().purchases().advance(id, PurchaseStatus.PAID).status()).isEqualTo(PurchaseStatus.PAID);
        assertThatThrownBy(() -> desk().purchases().advance(id, PurchaseStatus.PLACED))
                .isInstanceOf(RuleViolationException.class);
        assertThat(desk().purchases().find(id).orElseThrow().status()).isEqualTo(PurchaseStatus.PAID);
    }

    @Test
    void takesAReturnOnceHoweverOftenItIsDelivered() {
        PurchaseId id = desk().purchases().record(order("1")).id();

        Return first = desk().purchases()
                .takeBack(id, Return.at(PLACED).line(1, 3, "too small").externalId("shop", "R1"));
        Return again = desk().purchases()
                .takeBack(id, Return.at(PLACED).line(1, 3, "too small").externalId("shop", "R1"));

        assertThat(again).isEqualTo(first);
        assertThat(first.refund()).isEqualTo(Money.of("43.50", "EUR"));
        assertThat(desk().purchases().returns(id)).containsExactly(first);
        assertThat(desk().purchases().find(id).orElseThrow().refunded()).isEqualTo(Money.of("43.50", "EUR"));
    }

    @Test
    void aRefusedReturnLeavesNothingBehind() {
        PurchaseId id = desk().purchases().record(order("1")).id();

        desk().transact(tx -> {
            tx.purchases().takeBack(id, Return.at(PLACED).line(1, 1, "torn"));
            assertThatThrownBy(
                            () -> tx.purchases().takeBack(id, Return.at(PLACED).line(1, 4, "torn")))
                    .isInstanceOf(RuleViolationException.class);
        });

        assertThat(desk().purchases().returns(id)).hasSize(1);
        assertThat(desk().purchases().find(id).orElseThrow().line(1).returned()).isEqualByComparingTo("1");
        assertThat(desk().log().about(id, LogPosition.START, 10)).hasSize(2);
    }

    @Test
    void eightTillsNeverTakeBackMoreThanWasBought() throws Exception {
        PurchaseId id = desk().purchases().record(order("1")).id();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService tills = Executors.newFixedThreadPool(8);
        List<Future<Boolean>> outcomes = new ArrayList<>();
        try {
            for (int till = 0; till < 8; till++) {
                outcomes.add(tills.submit(() -> {
                    start.await();
                    try {
                        desk().purchases().takeBack(id, Return.at(PLACED).line(1, 1, "torn"));
                        return true;
                    } catch (RuleViolationException e) {
                        return false;
                    }
                }));
            }
            start.countDown();
            int taken = 0;
            for (Future<Boolean> outcome : outcomes) {
                taken += outcome.get() ? 1 : 0;
            }
            assertThat(taken).isEqualTo(4);
        } finally {
            tills.shutdownNow();
        }
        assertThat(desk().purchases().find(id).orElseThrow().line(1).returned()).isEqualByComparingTo("4");
        assertThat(desk().purchases().returns(id)).hasSize(4);
    }

    @Test
    void keepsProductsByTheirNumber() {
        Product shirt = desk().products()
                .register(Product.of("SKU-1", "Ärmelloses Hemd").category("shirts"));
        Product again = desk().products().register(Product.of("SKU-1", "something else"));
        Product renamed = desk().products().change(shirt.id(), product -> product.name("Hemd"));

        assertThat(again).isEqualTo(shirt);
        assertThat(renamed.category()).contains("shirts");
        assertThat(desk().products().findBySku("SKU-1")).contains(renamed);
        assertThat(desk().products().listByName("HEM", 10, null).items()).containsExactly(renamed);
        assertThat(desk().products().listByName("arm", 10, null).items()).isEmpty();
    }
}
