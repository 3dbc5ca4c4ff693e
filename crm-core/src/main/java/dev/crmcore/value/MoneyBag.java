package dev.crmcore.value;

import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Amounts of several currencies, one for each, where a sum over orders would otherwise mix them.
 *
 * <pre>{@code
 * MoneyBag revenue = orders.stream().map(Order::total).collect(MoneyBag.collector());
 * Money euros = revenue.in("EUR");            // zero if there were none
 * }</pre>
 *
 * <p>A currency whose amounts cancel out is not in the bag, so bags with the same money are equal. Immutable and
 * thread-safe.
 */
public final class MoneyBag {
    private static final MoneyBag EMPTY = new MoneyBag(new TreeMap<>());

    /** By currency code, none of them zero. */
    private final SortedMap<String, Money> amounts;

    private MoneyBag(SortedMap<String, Money> amounts) {
        this.amounts = amounts;
    }

    /**
     * The bag without money.
     *
     * @return an empty bag
     */
    public static MoneyBag empty() {
        return EMPTY;
    }

    /**
     * The sum of amounts.
     *
     * @param amounts of any currencies
     * @return what they come to in each currency
     */
    public static MoneyBag of(Money... amounts) {
        return sum(List.of(amounts));
    }

    /**
     * The sum of amounts.
     *
     * @param amounts of any currencies
     * @return what they come to in each currency
     */
    public static MoneyBag sum(Collection<Money> amounts) {
        return amounts.stream().collect(collector());
    }

    /**
     * Sums a stream of amounts, in parallel too.
     *
     * @return a collector of what they come to in each currency
     */
    public static Collector<Money, ?, MoneyBag> collector() {
        return Collector.<Money, SortedMap<String, Money>, MoneyBag>of(
                TreeMap::new,
                MoneyBag::add,
                (left, right) -> {
                    right.values().forEach(amount -> add(left, amount));
                    return left;
                },
                MoneyBag::wrap);
    }

    /**
     * This bag and an amount together.
     *
     * @param amount of any currency
     * @return the sum
     */
    public MoneyBag plus(Money amount) {
        SortedMap<String, Money> sum = new TreeMap<>(amounts);
        add(sum, amount);
        return wrap(sum);
    }

    /**
     * This and another bag together.
     *
     * @param other any bag
     * @return the sum
     */
    public MoneyBag plus(MoneyBag other) {
        SortedMap<String, Money> sum = new TreeMap<>(amounts);
        other.amounts.values().forEach(amount -> add(sum, amount));
        return wrap(sum);
    }

    /**
     * This bag less an amount.
     *
     * @param amount of any currency
     * @return the difference, negative where more is taken out than was in
     */
    public MoneyBag minus(Money amount) {
        return plus(amount.negated());
    }

    /**
     * This bag less another.
     *
     * @param other any bag
     * @return the difference, negative where more is taken out than was in
     */
    public MoneyBag minus(MoneyBag other) {
        return plus(other.negated());
    }

    /**
     * This bag with the other signs.
     *
     * @return the negative of each amount
     */
    public MoneyBag negated() {
        SortedMap<String, Money> negated = new TreeMap<>(amounts);
        negated.replaceAll((code, amount) -> amount.negated());
        return wrap(negated);
    }

    /**
     * What is in the bag of one currency.
     *
     * @param currencyCode three capital letters of ISO 4217
     * @return the amount, zero if there is none
     * @throws InvalidValueException if the currency does not exist
     */
    public Money in(String currencyCode) {
        Money amount = amounts.get(Objects.requireNonNull(currencyCode, "currencyCode"));
        return amount == null ? Money.zero(currencyCode) : amount;
    }

    /**
     * What is in the bag if it is of one currency.
     *
     * @return empty if the bag is empty or of several currencies
     */
    public Optional<Money> single() {
        return amounts.size() == 1 ? Optional.of(amounts.values().iterator().next()) : Optional.empty();
    }

    /**
     * All that is in the bag.
     *
     * @return unmodifiable, none of them zero, in the order of the currency codes
     */
    public Collection<Money> amounts() {
        return Collections.unmodifiableCollection(amounts.values());
    }

    /**
     * The currencies that are in the bag.
     *
     * @return in the order of their codes
     */
    public List<Currency> currencies() {
        return amounts.values().stream().map(Money::currency).toList();
    }

    /**
     * Whether nothing is in the bag.
     *
     * @return whether every currency comes to zero
     */
    public boolean isEmpty() {
        return amounts.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MoneyBag that && amounts.equals(that.amounts);
    }

    @Override
    public int hashCode() {
        return amounts.hashCode();
    }

    /** The amounts in the order of the currency codes: {@code [14.50 EUR, 3 JPY]}. */
    @Override
    public String toString() {
        return amounts.values().toString();
    }

    private static void add(Map<String, Money> sums, Money amount) {
        sums.merge(amount.currencyCode(), amount, Money::plus);
    }

    private static MoneyBag wrap(SortedMap<String, Money> sums) {
        sums.values().removeIf(Money::isZero);
        return sums.isEmpty() ? EMPTY : new MoneyBag(sums);
    }
}
