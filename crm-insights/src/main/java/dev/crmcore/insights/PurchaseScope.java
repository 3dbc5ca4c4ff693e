package dev.crmcore.insights;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.purchase.Purchase;
import dev.crmcore.purchase.PurchaseStatus;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Query;
import dev.crmcore.value.Money;
import dev.crmcore.work.Work;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Objects;

/**
 * Which purchases a figure is about, and in which zone the business counts its days.
 *
 * <p>One currency at a time: amounts of several are never added. Cancelled purchases are left out. Amounts are net of what
 * was paid back; a purchase that came back whole still counts as one, of nothing.
 *
 * <p>Immutable and thread-safe.
 */
public final class PurchaseScope {

    private final String currency;
    private final ZoneId zone;
    private final Condition<Purchase> where;

    private PurchaseScope(String currency, ZoneId zone, Condition<Purchase> where) {
        this.currency = currency;
        this.zone = Objects.requireNonNull(zone, "zone");
        this.where = where;
    }

    /**
     * All purchases in a currency that were not cancelled.
     *
     * @param currency the ISO 4217 code
     * @param zone the zone in which the business counts its days
     * @return the scope
     * @throws dev.crmcore.value.InvalidValueException if there is no such currency
     */
    public static PurchaseScope in(String currency, ZoneId zone) {
        String code = Money.zero(currency).currencyCode();
        return new PurchaseScope(
                code, zone, Purchase.CURRENCY.is(code).and(Purchase.STATUS.isNot(PurchaseStatus.CANCELLED)));
    }

    /**
     * Of these, the purchases up to a day.
     *
     * @param last the last day, with all its hours in the zone
     * @return a copy
     */
    public PurchaseScope until(LocalDate last) {
        return where(
                Purchase.PLACED_AT.lessThan(last.plusDays(1).atStartOfDay(zone).toInstant()));
    }

    /**
     * Of these, the purchases from a day on.
     *
     * @param first the first day
     * @return a copy
     */
    public PurchaseScope from(LocalDate first) {
        return where(Purchase.PLACED_AT.atLeast(first.atStartOfDay(zone).toInstant()));
    }

    /**
     * Of these, the purchases that also fulfil a condition, such as a channel.
     *
     * @param condition the condition
     * @return a copy
     */
    public PurchaseScope where(Condition<Purchase> condition) {
        return new PurchaseScope(currency, zone, where.and(condition));
    }

    /**
     * The currency of all amounts.
     *
     * @return the ISO 4217 code
     */
    public String currency() {
        return currency;
    }

    /**
     * The zone in which the business counts its days.
     *
     * @return the zone
     */
    public ZoneId zone() {
        return zone;
    }

    /** How many digits the currency has after the point. */
    int fractionDigits() {
        return Math.max(Currency.getInstance(currency).getDefaultFractionDigits(), 0);
    }

    /** A mean of minor units in whole units of the currency. */
    Estimate inWholeUnits(Estimate minor) {
        if (!minor.isDefined()) {
            return minor;
        }
        double unit = Math.pow(10, fractionDigits());
        Estimate whole = Estimate.ratio(
                minor.numerator().orElseThrow() / unit, minor.denominator().orElseThrow(), minor.n());
        return minor.interval()
                .map(interval -> whole.withInterval(interval.times(1 / unit)))
                .orElse(whole);
    }

    /** The question for these purchases, asked now. */
    Query<Purchase> query(Work work) {
        return Query.of(Purchase.TYPE).where(where).asOf(work.now());
    }

    @Override
    public String toString() {
        return "PurchaseScope[" + where + " in " + zone + "]";
    }
}
