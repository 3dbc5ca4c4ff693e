package dev.crmcore.purchase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.value.CurrencyMismatchException;
import dev.crmcore.value.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PurchaseTest {

    private static final Instant PLACED = Instant.parse("2025-03-01T10:00:00.123456789Z");
    private static final CustomerId ANN = new CustomerId(new UUID(0x0190_0000_0000_7000L, 1));

    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    private static Purchase build(Purchase.Draft draft) {
        return draft.build(new PurchaseId(new UUID(1, 2)), Instant.parse("2025-03-02T00:00:00Z"));
    }

    @Test
    void addsUpLinesDiscountsTaxAndShipping() {
        Purchase purchase = build(Purchase.by(ANN)
                .at(PLACED)
                .line("A", 2, eur("14.50"))
                .line(PurchaseLine.of("B", new BigDecimal("0.335"), eur("9.99"))
                        .withDiscount(eur("0.35"))
                        .withTax(eur("0.57")))
                .shipping(eur("4.90")));

        assertThat(purchase.line(2).total()).isEqualTo(eur("3.57")); // 0.335 x 9.99 = 3.34665, 3.35 - 0.35 + 0.57
        assertThat(purchase.total()).isEqualTo(eur("37.47"));
        assertThat(purchase.quantity()).isEqualByComparingTo("2.335");
        assertThat(purchase.placedAt()).isEqualTo(Instant.parse("2025-03-01T10:00:00.123456Z"));
    }

    @Test
    void refusesDiscountsAboveWhatThereIsNegativeShippingAndBlankNumbers() {
        assertThat(build(order().discount(eur("10.00"))).total()).isEqualTo(eur("0.00"));
        assertRefused("purchase.discount", order().discount(eur("10.01")));
        assertRefused("purchase.discount", order().line("B", 1, eur("-3.00")).discount(eur("7.01")));
        assertRefused(
                "purchase.discount",
                order().line(PurchaseLine.of("B", BigDecimal.ONE, eur("1.00")).withDiscount(eur("1.01"))));
        assertRefused(
                "purchase.discount",
                order().line(PurchaseLine.of("B", BigDecimal.ONE, eur("1.00")).withDiscount(eur("-0.01"))));
        assertRefused("purchase.shipping", order().shipping(eur("-0.01")));
        assertThatThrownBy(() -> order().line(" ", 1, eur("1.00")))
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.rule()).isEqualTo("purchase.sku"));
    }

    private static Purchase.Draft order() {
        return Purchase.by(ANN).at(PLACED).line("A", 1, eur("10.00"));
    }

    private static void assertRefused(String rule, Purchase.Draft draft) {
        assertThatThrownBy(() -> build(draft))
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.rule()).isEqualTo(rule));
    }

    @Test
    void spreadsADiscountOverTheLinesWithoutLosingACent() {
        Purchase purchase = build(Purchase.by(ANN)
                .at(PLACED)
                .line("A", 1, eur("10.00"))
                .line("B", 1, eur("10.00"))
                .line("C", 1, eur("10.00"))
                .discount(eur("1.00")));

        assertThat(purchase.lines())
                .extracting(PurchaseLine::discount)
                .containsExactly(eur("0.34"), eur("0.33"), eur("0.33"));
        assertThat(purchase.total()).isEqualTo(eur("29.00"));
    }

    @Test
    void takesACorrectionOfTheWholeAmountAsAnAmountWithoutAThing() {
        Purchase purchase = build(Purchase.by(ANN).at(PLACED).amount(eur("-15.00")));

        assertThat(purchase.total()).isEqualTo(eur("-15.00"));
        assertThat(purchase.line(1).sku()).isEmpty();
    }

    @Test
    void refusesWhatIsNoPurchase() {
        assertThatThrownBy(() -> build(Purchase.by(ANN).at(PLACED)))
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.rule()).isEqualTo("purchase.lines"));
        assertThatThrownBy(() -> build(Purchase.by(ANN).line("A", 1, eur("1"))))
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.rule()).isEqualTo("purchase.placed-at"));
        assertThatThrownBy(() -> Purchase.by(ANN).line("A", 0, eur("1")))
                .isInstanceOfSatisfying(RuleViolationException.class, e -> {
                    assertThat(e.field()).contains("quantity");
                    assertThat(e.value()).contains("0");
                });
        assertThatThrownBy(() ->
                        build(Purchase.by(ANN).at(PLACED).line("A", 1, eur("1")).line("B", 1, Money.of("1", "USD"))))
                .isInstanceOf(CurrencyMismatchException.class);
        assertThatThrownBy(() ->
                        build(Purchase.by(ANN).at(PLACED).line("A", 1, eur("1")).shipping(eur("0.005"))))
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.rule()).isEqualTo("purchase.minor-unit"));
        assertThatThrownBy(() ->
                        build(Purchase.by(ANN).at(PLACED).line("A", 1, eur("0")).discount(eur("1"))))
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.rule()).isEqualTo("purchase.discount"));
    }

    @Test
    void takesBackNoMoreThanWasBought() {
        Purchase purchase = build(Purchase.by(ANN).at(PLACED).line("A", 2, eur("14.50")));

        Purchase once = purchase.takeBack(1, BigDecimal.ONE);
        Purchase twice = once.takeBack(1, new BigDecimal("1.000"));

        assertThat(once.refunded()).isEqualTo(eur("14.50"));
        assertThat(twice.refunded()).isEqualTo(eur("29.00"));
        assertThatThrownBy(() -> twice.takeBack(1, new BigDecimal("0.000001")))
                .isInstanceOfSatisfying(
                        RuleViolationException.class,
                        e -> assertThat(e.rule()).isEqualTo("purchase.return.exceeds-bought"));
        assertThatThrownBy(() -> purchase.takeBack(2, BigDecimal.ONE)).isInstanceOf(RuleViolationException.class);
        assertThatThrownBy(() -> purchase.become(PurchaseStatus.CANCELLED).takeBack(1, BigDecimal.ONE))
                .isInstanceOf(RuleViolationException.class);
        assertThatThrownBy(() -> once.become(PurchaseStatus.CANCELLED))
                .as("one was handed over and is kept")
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.rule()).isEqualTo("purchase.status"));
        assertThat(once.become(PurchaseStatus.FULFILLED).status()).isEqualTo(PurchaseStatus.FULFILLED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1E-7", "1E-1000000000", "1E+15", "1E+1000000000"})
    void aQuantityHasASizeThatCanBeWrittenOut(String quantity) {
        BigDecimal odd = new BigDecimal(quantity);
        Purchase purchase = build(Purchase.by(ANN).at(PLACED).line("A", 2, eur("14.50")));

        assertThatThrownBy(() -> PurchaseLine.of("A", odd, eur("0.00")))
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.rule()).isEqualTo("purchase.quantity"));
        assertThatThrownBy(() -> Return.at(PLACED).line(1, odd, "torn").applyTo(purchase))
                .isInstanceOf(RuleViolationException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void refundsAddUpToTheTotalHoweverTheThingsComeBack(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int quantity = 1 + random.nextInt(9);
            Purchase purchase = build(Purchase.by(ANN)
                    .at(PLACED)
                    .line("A", quantity, Money.ofMinorUnits(random.nextInt(5000), "EUR"))
                    .line("B", 1, eur("50.00"))
                    .discount(Money.ofMinorUnits(random.nextInt(5000), "EUR")));
            Purchase state = purchase;
            for (int left = quantity; left > 0; ) {
                int back = 1 + random.nextInt(left);
                state = state.takeBack(1, BigDecimal.valueOf(back));
                left -= back;
            }
            assertThat(state.line(1).refunded())
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(purchase.line(1).total());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void theTotalIsTheSumOfTheLinesAndTheShipping(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Purchase.Draft draft =
                    Purchase.by(ANN).at(PLACED).shipping(Money.ofMinorUnits(random.nextInt(1000), "EUR"));
            long gross = 0;
            int lines = 1 + random.nextInt(8);
            for (int i = 0; i < lines; i++) {
                long price = random.nextLong(1, 10_000);
                int quantity = 1 + random.nextInt(5);
                gross += price * quantity;
                draft.line("S" + i, quantity, Money.ofMinorUnits(price, "EUR"));
            }
            long discount = random.nextLong(gross + 1);
            Purchase purchase = build(draft.discount(Money.ofMinorUnits(discount, "EUR")));

            assertThat(purchase.total().minus(purchase.shipping()).toMinorUnits())
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(gross - discount);
        }
    }

    @Test
    void showsNoPersonalData() {
        Purchase purchase = build(Purchase.by(ANN).at(PLACED).amount(eur("1")).externalId("shop", "ann@example.com"));

        assertThat(purchase.toString()).doesNotContain("ann");
    }
}
