package dev.crmcore.metrics.marketing;

import dev.crmcore.metrics.DiscountRate;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.Undefined;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an account of a subscription business is worth: its monthly gross profit over the months that it stays, if every month
 * loses the same share of accounts. All inputs are monthly and of the same segment; value is counted on margin, not on revenue,
 * except where the name says so.
 *
 * <p>Churn that comes as counts carries its Wilson interval into every value: all of them fall or rise with it alone.
 *
 * <p>Where churn falls with age, as it does in most businesses, these formulas undervalue an account; the models in
 * {@code dev.crmcore.metrics.value} do not.
 *
 * <p>Immutable and thread-safe.
 */
public final class UnitEconomics {

    /** Months until the acquisition cost has come back. */
    public static final KpiDefinition PAYBACK = KpiDefinition.builder("cac-payback", 1)
            .name("CAC payback")
            .kind(KpiKind.BATCH)
            .unit("months")
            .formula("CAC / (monthly ARPA x gross margin)")
            .emptyRule("undefined without a CAC or without a gross profit")
            .source("usual practice")
            .build();

    /** Mean lifetime of an account. */
    public static final KpiDefinition LIFETIME = KpiDefinition.builder("account-lifetime", 1)
            .name("Expected lifetime")
            .kind(KpiKind.BATCH)
            .unit("months")
            .formula("1 / monthly churn")
            .emptyRule("undefined if nobody leaves")
            .source("geometric lifetime")
            .build();

    /** Lifetime value on margin. */
    public static final KpiDefinition LTV =
            ltv("ltv-margin", "monthly ARPA x gross margin / monthly churn", "on margin");

    /** Lifetime value on revenue. */
    public static final KpiDefinition LTV_REVENUE = ltv("ltv-revenue", "monthly ARPA / monthly churn", "on revenue");

    /** Lifetime value within a number of months. */
    public static final KpiDefinition LTV_WITHIN =
            ltv("ltv-within", "sum over t = 0 ... H-1 of GP (1-c)^t", "undiscounted, within H months");

    /** Discounted lifetime value whose first margin comes after a month, if the account is still there. */
    public static final KpiDefinition LTV_DISCOUNTED =
            ltv("ltv-discounted", "GP r / (1 + d - r), r = 1 - churn", "discounted, paid at the end of each month");

    /** Discounted lifetime value whose first margin comes at once. */
    public static final KpiDefinition LTV_DISCOUNTED_IN_ADVANCE = ltv(
            "ltv-discounted-in-advance",
            "GP (1 + d) / (1 + d - r), r = 1 - churn",
            "discounted, paid at the beginning of each month");

    /** Lifetime value of accounts that grow. */
    public static final KpiDefinition LTV_EXPANDING =
            ltv("ltv-expanding", "GP / (c - g)", "with monthly growth g of those who stay");

    /** Lifetime value over acquisition cost. */
    public static final KpiDefinition LTV_TO_CAC = KpiDefinition.builder("ltv-to-cac", 1)
            .name("LTV:CAC")
            .kind(KpiKind.BATCH)
            .unit("ratio")
            .formula("LTV on margin / CAC")
            .emptyRule("undefined if either is, or if the CAC is 0")
            .source("usual practice")
            .build();

    private static final String NOBODY_LEAVES =
            "nobody leaves, so the sum has no end: ask for the value within a horizon";

    private final double arpa;
    private final double grossMargin;
    private final double churn;
    private final @Nullable Proportion lost;

    private UnitEconomics(double arpa, double grossMargin, double churn, @Nullable Proportion lost) {
        if (!(arpa >= 0 && Double.isFinite(arpa))) {
            throw new IllegalArgumentException("arpa must be finite and not negative, not " + arpa);
        }
        if (!(grossMargin <= 1 && Double.isFinite(grossMargin))) {
            throw new IllegalArgumentException("grossMargin must be finite and at most 1, not " + grossMargin);
        }
        if (!(churn >= 0 && churn <= 1)) {
            throw new IllegalArgumentException("monthlyChurn must be 0 to 1, not " + churn);
        }
        this.arpa = arpa;
        this.grossMargin = grossMargin;
        this.churn = churn;
        this.lost = lost;
    }

    /**
     * An account with a churn that is known or assumed.
     *
     * @param arpa revenue for each account and month, in minor units, finite and not negative
     * @param grossMargin the share of revenue left after the cost of the service, at most 1; negative if each month loses money
     * @param monthlyChurn the share of accounts that leave in a month, 0 to 1
     * @return the figures
     * @throws IllegalArgumentException if a number is out of range
     */
    public static UnitEconomics of(double arpa, double grossMargin, double monthlyChurn) {
        return new UnitEconomics(arpa, grossMargin, monthlyChurn, null);
    }

    /**
     * An account with a churn that was counted, so that the values have intervals.
     *
     * @param arpa revenue for each account and month, in minor units, finite and not negative
     * @param grossMargin the share of revenue left after the cost of the service, at most 1; negative if each month loses money
     * @param monthlyChurn accounts lost in a month of those at its start, at least one
     * @return the figures
     * @throws IllegalArgumentException if a number is out of range
     */
    public static UnitEconomics of(double arpa, double grossMargin, Proportion monthlyChurn) {
        Objects.requireNonNull(monthlyChurn, "monthlyChurn");
        if (monthlyChurn.trials() == 0) {
            throw new IllegalArgumentException("monthlyChurn must be of at least one account, not of 0");
        }
        double share = monthlyChurn.estimate().value();
        return new UnitEconomics(arpa, grossMargin, share, monthlyChurn);
    }

    /**
     * The gross profit of an account in a month.
     *
     * @return minor units for each account and month; negative if the margin is
     */
    public double grossProfit() {
        return arpa * grossMargin;
    }

    /**
     * How many months of gross profit repay the cost of winning an account.
     *
     * @param acquisitionCost the cost of winning a customer, in minor units
     * @return months; undefined without an acquisition cost or a gross profit
     */
    public Estimate payback(Estimate acquisitionCost) {
        if (!acquisitionCost.isDefined()) {
            return acquisitionCost;
        }
        return grossProfit() <= 0
                ? Estimate.undefined(zeroBase("there is no gross profit that could repay the cost"))
                : Estimate.ratio(acquisitionCost.value(), grossProfit(), acquisitionCost.n());
    }

    /**
     * How long an account stays on average.
     *
     * @return months; undefined if nobody leaves
     */
    public Estimate lifetime() {
        return quotient(c -> 1, c -> c, NOBODY_LEAVES);
    }

    /**
     * The value of an account for good, not discounted.
     *
     * @return gross profit in minor units; undefined if nobody leaves
     */
    public Estimate lifetimeValue() {
        return quotient(c -> grossProfit(), c -> c, NOBODY_LEAVES);
    }

    /**
     * The revenue of an account for good, not discounted. It is not what the account is worth.
     *
     * @return revenue in minor units; undefined if nobody leaves
     */
    public Estimate lifetimeRevenue() {
        return quotient(c -> arpa, c -> c, NOBODY_LEAVES);
    }

    /**
     * The value of an account within some months, the first one paid at once, not discounted. This one exists also if nobody
     * leaves.
     *
     * @param months how many months, at least 1
     * @return gross profit in minor units
     * @throws IllegalArgumentException if {@code months} is below 1
     */
    public Estimate lifetimeValueWithin(int months) {
        if (months < 1) {
            throw new IllegalArgumentException("months must be at least 1, not " + months);
        }
        DoubleUnaryOperator paidMonths = c -> c == 0 ? months : -Math.expm1(months * Math.log1p(-c)) / c;
        return quotient(c -> grossProfit() * paidMonths.applyAsDouble(c), c -> 1, NOBODY_LEAVES);
    }

    /**
     * The discounted value of an account that pays at the end of each month, if it is still there (Gupta and Lehmann 2003).
     *
     * @param discount the rate at which later money is worth less; brought to a month by compounding
     * @return gross profit in minor units; undefined if nobody leaves and nothing is discounted
     */
    public Estimate discountedLifetimeValue(DiscountRate discount) {
        double rate = discount.in(PeriodUnit.MONTH);
        return quotient(c -> grossProfit() * (1 - c), c -> rate + c, NOBODY_LEAVES);
    }

    /**
     * The discounted value of an account that pays at the beginning of each month, the first time at once.
     *
     * @param discount the rate at which later money is worth less; brought to a month by compounding
     * @return gross profit in minor units; undefined if nobody leaves and nothing is discounted
     */
    public Estimate discountedLifetimeValueInAdvance(DiscountRate discount) {
        double rate = discount.in(PeriodUnit.MONTH);
        return quotient(c -> grossProfit() * (1 + rate), c -> rate + c, NOBODY_LEAVES);
    }

    /**
     * The value of an account if those who stay pay more every month, not discounted.
     *
     * @param monthlyGrowth the growth of an account's revenue in a month, finite and above -1
     * @return gross profit in minor units; undefined if accounts grow as fast as they leave
     * @throws IllegalArgumentException if the growth is out of range
     */
    public Estimate expandingLifetimeValue(double monthlyGrowth) {
        if (!(monthlyGrowth > -1 && Double.isFinite(monthlyGrowth))) {
            throw new IllegalArgumentException("monthlyGrowth must be finite and above -1, not " + monthlyGrowth);
        }
        return quotient(
                c -> grossProfit(), c -> c - monthlyGrowth, "accounts grow as fast as they leave: the sum has no end");
    }

    /**
     * How many times an account's value on margin covers the cost of winning it.
     *
     * @param acquisitionCost the cost of winning a customer, in minor units
     * @return the ratio; undefined if either is, or if the cost is 0
     */
    public Estimate lifetimeValueToCost(Estimate acquisitionCost) {
        Estimate value = lifetimeValue();
        if (!acquisitionCost.isDefined() || !value.isDefined()) {
            return acquisitionCost.isDefined() ? value : acquisitionCost;
        }
        double cost = acquisitionCost.value();
        if (cost <= 0) {
            return Estimate.undefined(zeroBase("winning a customer cost nothing"));
        }
        Estimate ratio = Estimate.ratio(value.value(), cost, value.n());
        return value.interval().map(i -> ratio.withInterval(i.times(1 / cost))).orElse(ratio);
    }

    /** A figure of churn; without a value where the divisor is not above zero. */
    private Estimate quotient(DoubleUnaryOperator dividend, DoubleUnaryOperator divisor, String otherwise) {
        long accounts = lost == null ? 0 : lost.trials();
        double base = divisor.applyAsDouble(churn);
        if (base <= 0) {
            return Estimate.undefined(new Undefined(Undefined.Reason.DOES_NOT_EXIST, otherwise), accounts);
        }
        Estimate estimate = Estimate.ratio(dividend.applyAsDouble(churn), base, accounts);
        return interval(dividend, divisor).map(estimate::withInterval).orElse(estimate);
    }

    /** What the bounds of churn make of the figure, which is monotone in it. */
    private Optional<Interval> interval(DoubleUnaryOperator dividend, DoubleUnaryOperator divisor) {
        if (lost == null) {
            return Optional.empty();
        }
        return lost.estimate().interval().map(bounds -> {
            double one = valueAt(bounds.lower(), dividend, divisor);
            double other = valueAt(bounds.upper(), dividend, divisor);
            return new Interval(
                    Math.min(one, other), Math.max(one, other), bounds.level(), bounds.method() + " of churn");
        });
    }

    private static double valueAt(double churn, DoubleUnaryOperator dividend, DoubleUnaryOperator divisor) {
        double top = dividend.applyAsDouble(churn);
        double base = divisor.applyAsDouble(churn);
        if (base > 0) {
            return top / base;
        }
        return top == 0 ? 0 : top * Double.POSITIVE_INFINITY;
    }

    private static Undefined zeroBase(String message) {
        return new Undefined(Undefined.Reason.ZERO_BASE, message);
    }

    private static KpiDefinition ltv(String id, String formula, String variant) {
        return KpiDefinition.builder(id, 1)
                .name("Customer lifetime value")
                .kind(KpiKind.BATCH)
                .unit("minor units for each account")
                .formula(formula)
                .variant(variant + ", constant churn")
                .emptyRule("undefined where the sum has no end")
                .source("Gupta and Lehmann 2003; interval: bounds of churn by Wilson 1927")
                .build();
    }
}
