package dev.crmcore.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    @ParameterizedTest
    @CsvSource({
        "1, EUR, 1.00 EUR",
        "1.0, EUR, 1.00 EUR",
        "1.0000, EUR, 1.00 EUR",
        "-0.00, EUR, 0.00 EUR",
        "0.0050, EUR, 0.005 EUR",
        "+007.5, EUR, 7.50 EUR",
        "100, JPY, 100 JPY",
        "100.00, JPY, 100 JPY",
        "0.5, JPY, 0.5 JPY",
        "1, KWD, 1.000 KWD",
        "1.2, CLF, 1.2000 CLF",
        "1, XAU, 1 XAU",
        "1, DEM, 1.00 DEM",
    })
    void oneAmountHasOneForm(String amount, String currency, String form) {
        Money money = Money.of(amount, currency);
        Money again = Money.of(new BigDecimal(amount).setScale(12), currency);
        assertThat(money).hasToString(form).isEqualTo(again).hasSameHashCodeAs(again);
        assertThat(money).isEqualByComparingTo(again);
        assertThat(new Money(money.amount(), money.currency())).isEqualTo(money);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "1,50", "1.", ".5", "1e3", "0x1", "١", "1_000", "1 000", "--1", "NaN", "1.2.3"})
    void onlyPlainNumbersAreRead(String amount) {
        assertThatThrownBy(() -> eur(amount))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.value()).isEqualTo(amount))
                .hasMessage("amount of money: is not a plain decimal number such as 14.50");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eur", "EURO", "ZZZ", "€", "EU"})
    void currenciesHaveToExist(String currency) {
        assertThatThrownBy(() -> Money.of("1", currency))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("currency: is not a currency code of ISO 4217 such as EUR");
    }

    @Test
    void sizeIsLimitedToWhatEveryStoreKeeps() {
        String largest = "9".repeat(26) + "." + "9".repeat(12);
        assertThat(eur(largest)).hasToString(largest + " EUR");
        assertThatThrownBy(() -> eur("1" + "0".repeat(26)))
                .hasMessage("amount of money: has more than 26 digits before the point");
        assertThatThrownBy(() -> eur("0." + "0".repeat(12) + "1"))
                .hasMessage("amount of money: has more than 12 digits after the point");
        assertThatThrownBy(() -> eur(largest).plus(eur("1"))).isInstanceOf(InvalidValueException.class);
        for (String factor : List.of("1e2147483647", "1e-2147483647", "1e-100000000", "1e1001", "1e-1001")) {
            assertThatThrownBy(() -> eur("1").times(new BigDecimal(factor)))
                    .as(factor)
                    .isInstanceOf(InvalidValueException.class);
        }
        assertThat(eur("1").times(new BigDecimal("1e-1000"))).isEqualTo(Money.zero("EUR"));
        assertThat(eur("1").times(new BigDecimal("0e-2147483647"))).isEqualTo(Money.zero("EUR"));
        assertThatThrownBy(() -> Money.of(new BigDecimal("1e2147483647"), "EUR"))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Money.of(new BigDecimal("1e-2147483647"), "EUR"))
                .isInstanceOf(InvalidValueException.class);
        assertThat(Money.of(new BigDecimal("0e2147483647"), "EUR")).isEqualTo(Money.zero("EUR"));
    }

    @Test
    void sumsAreExact() {
        assertThat(eur("0.10").plus(eur("0.20"))).isEqualTo(eur("0.30"));
        assertThat(eur("0.10").minus(eur("0.30"))).isEqualTo(eur("-0.20"));
        assertThat(eur("0.005").plus(eur("0.005"))).isEqualTo(eur("0.01")).hasToString("0.01 EUR");
        assertThat(eur("19.99").times(3)).isEqualTo(eur("59.97"));
        assertThat(eur("0.0005").times(2)).isEqualTo(eur("0.001"));
        assertThat(eur("-2").negated())
                .isEqualTo(eur("2"))
                .isEqualTo(eur("-2").abs())
                .isEqualTo(eur("2").abs());
    }

    @Test
    void currenciesDoNotMix() {
        Money euro = eur("1");
        Money dollar = Money.of("1", "USD");
        assertThatThrownBy(() -> euro.plus(dollar)).isInstanceOfSatisfying(CurrencyMismatchException.class, e -> {
            assertThat(e).hasMessage("cannot combine EUR with USD: convert one, or keep both in a MoneyBag");
            assertThat(e.expected()).isEqualTo(Currency.getInstance("EUR"));
            assertThat(e.actual()).isEqualTo(Currency.getInstance("USD"));
        });
        assertThatThrownBy(() -> euro.minus(dollar)).isInstanceOf(CurrencyMismatchException.class);
        assertThatThrownBy(() -> euro.compareTo(dollar)).isInstanceOf(CurrencyMismatchException.class);
        assertThat(euro).isNotEqualTo(dollar);
        assertThat(Money.zero("EUR")).isNotEqualTo(Money.zero("USD"));
    }

    @ParameterizedTest
    @CsvSource({
        "0.50, 0.25, 0.13, 0.12",
        "0.50, 0.75, 0.38, 0.38",
        "-0.50, 0.25, -0.13, -0.12",
        "28.00, 0.19, 5.32, 5.32",
        "0.005, 1, 0.01, 0.00",
        "0.00, 1e-5, 0.00, 0.00",
        "100.00, -0.00125, -0.13, -0.12",
    })
    void productsRoundOnceToTheMinorUnit(String amount, BigDecimal factor, String halfUp, String halfEven) {
        assertThat(eur(amount).times(factor)).isEqualTo(eur(halfUp));
        assertThat(eur(amount).times(factor, RoundingMode.HALF_EVEN)).isEqualTo(eur(halfEven));
    }

    @Test
    void roundingIsToTheCurrencysMinorUnit() {
        assertThat(eur("1.005").rounded()).isEqualTo(eur("1.01"));
        assertThat(eur("1.005").rounded(RoundingMode.HALF_EVEN)).isEqualTo(eur("1.00"));
        assertThat(Money.of("2.5", "JPY").rounded(RoundingMode.HALF_EVEN)).isEqualTo(Money.of("2", "JPY"));
        assertThatThrownBy(() -> eur("1.005").rounded(RoundingMode.UNNECESSARY))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void minorUnitsAreExact() {
        assertThat(eur("14.5").toMinorUnits()).isEqualTo(1450);
        assertThat(Money.of("14", "JPY").toMinorUnits()).isEqualTo(14);
        assertThat(Money.of("-1.5", "KWD").toMinorUnits()).isEqualTo(-1500);
        for (String currency : List.of("EUR", "JPY", "KWD", "CLF", "XAU")) {
            for (long units : new long[] {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
                assertThat(Money.ofMinorUnits(units, currency).toMinorUnits()).isEqualTo(units);
            }
        }
        assertThatThrownBy(() -> eur("0.001").toMinorUnits())
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("0.001 EUR is no whole number of minor units in 64 bits");
        assertThatThrownBy(() -> eur("92233720368547758.08").toMinorUnits()).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void comparesAndTellsTheSign() {
        assertThat(eur("2")).isGreaterThan(eur("1.999")).isLessThan(eur("10"));
        List<Money> sorted = new ArrayList<>(List.of(eur("10"), eur("-1"), eur("9")));
        Collections.sort(sorted);
        assertThat(sorted).containsExactly(eur("-1"), eur("9"), eur("10"));
        assertThat(eur("0").isZero()).isTrue();
        assertThat(eur("0").isPositive() || eur("0").isNegative()).isFalse();
        assertThat(eur("0.01").isPositive()).isTrue();
        assertThat(eur("-0.01").isNegative()).isTrue();
    }

    @Test
    void allocationLosesNoCent() {
        assertThat(eur("28").split(3)).containsExactly(eur("9.34"), eur("9.33"), eur("9.33"));
        assertThat(eur("0.05").allocate(7, 3)).containsExactly(eur("0.04"), eur("0.01"));
        assertThat(eur("-28").split(3)).containsExactly(eur("-9.34"), eur("-9.33"), eur("-9.33"));
        assertThat(eur("10").allocate(0, 1, 0, 2)).containsExactly(eur("0"), eur("3.33"), eur("0"), eur("6.67"));
        assertThat(eur("0").split(2)).containsExactly(eur("0"), eur("0"));
        assertThat(eur("0.01").split(3)).containsExactly(eur("0.01"), eur("0"), eur("0"));
        assertThat(eur("0.001").split(2)).containsExactly(eur("0.001"), eur("0"));
        assertThat(Money.of("100", "JPY").split(3))
                .containsExactly(Money.of("34", "JPY"), Money.of("33", "JPY"), Money.of("33", "JPY"));
        assertThat(eur("1").allocate(List.of(new BigDecimal("0.5"), new BigDecimal("1E+1"), BigDecimal.ZERO)))
                .containsExactly(eur("0.05"), eur("0.95"), eur("0"));
    }

    @Test
    void allocationNeedsAWeight() {
        assertThatThrownBy(() -> eur("1").split(0)).hasMessage("parts: 0 is less than 1");
        assertThatThrownBy(() -> eur("1").allocate()).hasMessage("weights: 0 of them, none above zero");
        assertThatThrownBy(() -> eur("1").allocate(0, 0)).hasMessage("weights: 2 of them, none above zero");
        assertThatThrownBy(() -> eur("1").allocate(1, -1)).hasMessage("weights: -1 is negative");
        assertThatThrownBy(() -> eur("1").allocate(List.of(new BigDecimal("1e99999999"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyAllocationSumsUpAndIsWithinOneUnitOfItsShare() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            long units = random.nextLong() >> random.nextInt(64);
            long[] weights = LongStream.generate(() -> random.nextInt(4) == 0 ? 0 : random.nextLong(1_000))
                    .limit(1 + random.nextInt(12))
                    .toArray();
            long total = LongStream.of(weights).sum();
            if (total == 0) {
                continue;
            }
            Money whole = Money.ofMinorUnits(units, "EUR");
            List<Money> parts = whole.allocate(weights);
            assertThat(MoneyBag.sum(parts).in("EUR")).isEqualTo(whole);
            for (int p = 0; p < weights.length; p++) {
                BigInteger off = BigInteger.valueOf(parts.get(p).toMinorUnits())
                        .multiply(BigInteger.valueOf(total))
                        .subtract(BigInteger.valueOf(units).multiply(BigInteger.valueOf(weights[p])));
                assertThat(off.abs()).isLessThan(BigInteger.valueOf(total));
                assertThat(weights[p] == 0 && !parts.get(p).isZero()).isFalse();
            }
            assertThat(whole.negated().allocate(weights))
                    .isEqualTo(parts.stream().map(Money::negated).toList());
        }
    }

    @Test
    void aBagKeepsCurrenciesApart() {
        Money yen = Money.of("3", "JPY");
        MoneyBag bag = MoneyBag.of(yen, eur("1"), eur("2"), Money.zero("USD"));
        assertThat(bag.in("EUR")).isEqualTo(eur("3"));
        assertThat(bag.in("USD")).isEqualTo(Money.zero("USD"));
        assertThat(bag.amounts()).containsExactly(eur("3"), yen);
        assertThat(bag.currencies()).containsExactly(Currency.getInstance("EUR"), Currency.getInstance("JPY"));
        assertThat(bag).hasToString("[3.00 EUR, 3 JPY]");
        assertThat(bag.single()).isEmpty();
        assertThat(bag.minus(yen).single()).contains(eur("3"));
        assertThat(bag.minus(bag)).isEqualTo(MoneyBag.empty()).hasSameHashCodeAs(MoneyBag.empty());
        assertThat(bag.plus(eur("-3"))).isEqualTo(MoneyBag.of(yen));
        assertThat(MoneyBag.empty().isEmpty()).isTrue();
        assertThat(MoneyBag.empty().single()).isEmpty();
        assertThat(bag.plus(bag).negated()).isEqualTo(MoneyBag.of(eur("-6"), Money.of("-6", "JPY")));
        assertThatThrownBy(() -> bag.amounts().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> bag.in("euro")).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aBagIsTheSameHoweverTheStreamIsSplit() {
        List<Money> amounts = new Random(3)
                .longs(10_000, -1_000, 1_000)
                .mapToObj(units -> Money.ofMinorUnits(units, units % 2 == 0 ? "EUR" : "USD"))
                .toList();
        assertThat(amounts.parallelStream().collect(MoneyBag.collector()))
                .isEqualTo(amounts.stream().collect(MoneyBag.collector()))
                .isEqualTo(MoneyBag.sum(amounts));
    }
}
