package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.RatioMoments;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Monthly recurring revenue at both ends of a period, its movements in two views, and the rates that are made of them.
 *
 * <p>The <em>activity view</em> counts every movement; a customer who left and came back within the period is churn and
 * reactivation. The <em>net view</em> compares each customer's start and end, so that customer is nothing at all. Both add up
 * from start to end exactly. Rates that follow single customers (retention, logo churn) are of start and end, the churn rates and
 * the quick ratio of the activity view.
 *
 * <p>Each rate has an interval for which the accounts are the sample: that of a ratio estimator, by linearisation with Student's t
 * (Cochran 1977), on the logarithm for the quick ratio. Where a few accounts bring most of the revenue it is too narrow. There is
 * none below two accounts, and none where all accounts have the same ratio, such as where nobody changed anything.
 *
 * <p>Immutable and thread-safe.
 */
public final class MrrPeriod {

    /** Twelve times the revenue at the end. */
    public static final KpiDefinition ARR = definition(
            "arr",
            "Annual recurring revenue",
            "12 x MRR at the end",
            "",
            "minor units a year",
            "zero without customers");

    /** Revenue for each paying account at the end. */
    public static final KpiDefinition ARPA = definition(
            "arpa",
            "Average revenue per account",
            "MRR at the end / paying accounts at the end",
            "at the end of the period",
            "minor units a month",
            "undefined without an account at the end");

    /** New business for each new account. */
    public static final KpiDefinition ASP = definition(
            "average-sale-price",
            "Average sale price",
            "new-business MRR / new accounts",
            "activity view",
            "minor units a month",
            "undefined without a new account");

    /** Revenue lost, over that at the start. */
    public static final KpiDefinition GROSS_CHURN = rate(
            "gross-mrr-churn", "Gross MRR churn rate", "(churn + contraction) / MRR at the start", "activity view");

    /** Revenue lost less revenue regained, over that at the start. */
    public static final KpiDefinition NET_CHURN = rate(
            "net-mrr-churn",
            "Net MRR churn rate",
            "(churn + contraction - expansion - reactivation) / MRR at the start",
            "activity view, reactivation subtracted");

    /** What those who paid at the start pay at the end. */
    public static final KpiDefinition NRR = rate(
            "nrr",
            "Net revenue retention",
            "sum of end / sum of start over customers paying at the start",
            "start and end of each customer; new and returned ones are not in it");

    /** What those who paid at the start still pay, growth not counted. */
    public static final KpiDefinition GRR = rate(
            "grr",
            "Gross revenue retention",
            "sum of min(end, start) / sum of start over customers paying at the start",
            "start and end of each customer");

    /** Customers lost of those at the start. */
    public static final KpiDefinition LOGO_CHURN = rate(
            "logo-churn",
            "Logo churn",
            "customers paying at the start and not at the end / customers paying at the start",
            "start and end of each customer; interval: Wilson 1927");

    /** Revenue gained over revenue lost. */
    public static final KpiDefinition QUICK_RATIO = definition(
            "quick-ratio",
            "Quick ratio",
            "(new business + expansion + reactivation) / (churn + contraction)",
            "activity view",
            "ratio",
            "undefined if nothing was lost");

    private static final int MONTHS = 12;

    private final Instant from;
    private final Instant to;
    private final long[] sums;
    private final RatioMoments[] ratios;

    /** Keeps the arrays. */
    MrrPeriod(Instant from, Instant to, long[] sums, RatioMoments[] ratios) {
        this.from = from;
        this.to = to;
        this.sums = sums;
        this.ratios = ratios;
    }

    /**
     * When the period begins.
     *
     * @return the first instant of the period
     */
    public Instant from() {
        return from;
    }

    /**
     * When the period ends.
     *
     * @return the first instant after the period
     */
    public Instant to() {
        return to;
    }

    /**
     * Revenue just before the period began.
     *
     * @return the amount a month
     */
    public MonthlyAmount start() {
        return amount(Mrr.START);
    }

    /**
     * Revenue just before the period ended.
     *
     * @return the amount a month
     */
    public MonthlyAmount end() {
        return amount(Mrr.END);
    }

    /**
     * How many customers paid just before the period began.
     *
     * @return the number of customers
     */
    public long startCustomers() {
        return sums[Mrr.START_CUSTOMERS];
    }

    /**
     * How many customers paid just before the period ended.
     *
     * @return the number of customers
     */
    public long endCustomers() {
        return sums[Mrr.END_CUSTOMERS];
    }

    /**
     * Every movement: one for each customer and instant.
     *
     * @return the sums by type
     */
    public MrrMovements activity() {
        return MrrMovements.in(sums, Mrr.ACTIVITY);
    }

    /**
     * The movements netted per customer: at most one for each.
     *
     * @return the sums by type
     */
    public MrrMovements netPerCustomer() {
        return MrrMovements.in(sums, Mrr.NET);
    }

    /**
     * Annual recurring revenue at the end. It is what the books say and no estimate, so it has no interval.
     *
     * @return minor units a year
     */
    public Estimate annualRecurringRevenue() {
        return Estimate.ratio((double) end().parts(), (double) MonthlyAmount.PARTS, MONTHS, endCustomers());
    }

    /**
     * Average revenue per account at the end, with its 95 % t interval.
     *
     * @return minor units a month; undefined without an account
     */
    public Estimate averageRevenuePerAccount() {
        return each(MrrRatio.ARPA, "no account pays at the end");
    }

    /**
     * What a new account pays on average, with its 95 % t interval.
     *
     * @return minor units a month; undefined without a new account
     */
    public Estimate averageSalePrice() {
        return each(MrrRatio.ASP, "no account is new");
    }

    /**
     * The share of the revenue at the start that was lost, with its 95 % interval.
     *
     * @return the rate; above 1 if also more was lost than there was at the start; undefined without revenue at the start
     */
    public Estimate grossChurnRate() {
        return ofStart(MrrRatio.GROSS_CHURN, 0, Double.POSITIVE_INFINITY);
    }

    /**
     * The share of the revenue at the start that was lost and not made up for by those paying before or coming back, with its
     * 95 % interval.
     *
     * @return the rate, negative if more was regained than lost; undefined without revenue at the start
     */
    public Estimate netChurnRate() {
        return ofStart(MrrRatio.NET_CHURN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /**
     * What those who paid at the start pay at the end, relative to then, with its 95 % interval.
     *
     * @return the ratio, above 1 if they grew; undefined without revenue at the start
     */
    public Estimate netRevenueRetention() {
        return ofStart(MrrRatio.NET_RETENTION, 0, Double.POSITIVE_INFINITY);
    }

    /**
     * What those who paid at the start pay at the end, nobody counted with more than then, with its 95 % interval.
     *
     * @return the ratio, 0 to 1; undefined without revenue at the start
     */
    public Estimate grossRevenueRetention() {
        return ofStart(MrrRatio.GROSS_RETENTION, 0, 1);
    }

    /**
     * Customers lost of those at the start.
     *
     * @return the counts, whose {@code estimate()} has Wilson's interval
     */
    public Proportion logoChurn() {
        return Proportion.of(sums[Mrr.LOST_CUSTOMERS], startCustomers());
    }

    /**
     * Revenue gained for each unit lost, with its 95 % interval on the logarithm.
     *
     * @return the ratio; undefined if nothing was lost
     */
    public Estimate quickRatio() {
        RatioMoments moments = moments(MrrRatio.QUICK_RATIO);
        if (moments.denominator() == 0) {
            return Estimate.undefined(new Undefined(Undefined.Reason.ZERO_BASE, "nothing was lost"), endCustomers());
        }
        Estimate ratio = Estimate.ratio((double) moments.numerator(), (double) moments.denominator(), endCustomers());
        return moments.logInterval(Interval.DEFAULT_LEVEL)
                .map(ratio::withInterval)
                .orElse(ratio);
    }

    /** Whether the sums can be those of subscriptions. */
    boolean isConsistent() {
        MonthlyAmount moved = end().minus(start());
        return start().parts() >= 0
                && end().parts() >= 0
                && Arrays.stream(sums, Mrr.START_CUSTOMERS, sums.length).noneMatch(count -> count < 0)
                && sums[Mrr.LOST_CUSTOMERS] <= startCustomers()
                && activity().total().equals(moved)
                && netPerCustomer().total().equals(moved)
                && ratiosAreOfSums();
    }

    private boolean ratiosAreOfSums() {
        MrrMovements moved = activity();
        return Stream.of(MrrRatio.NET_RETENTION, MrrRatio.GROSS_RETENTION, MrrRatio.GROSS_CHURN, MrrRatio.NET_CHURN)
                        .allMatch(ratio -> moments(ratio).denominator() == start().parts())
                && moments(MrrRatio.NET_RETENTION).numerator()
                        >= moments(MrrRatio.GROSS_RETENTION).numerator()
                && moments(MrrRatio.GROSS_RETENTION).numerator() >= 0
                && moments(MrrRatio.GROSS_CHURN).numerator() == moved.lost().parts()
                && moments(MrrRatio.NET_CHURN).numerator()
                        == moved.lost().minus(moved.regained()).parts()
                && moments(MrrRatio.QUICK_RATIO).numerator() == moved.gained().parts()
                && moments(MrrRatio.QUICK_RATIO).denominator() == moved.lost().parts()
                && moments(MrrRatio.ARPA).numerator() == end().parts()
                && moments(MrrRatio.ARPA).denominator() == endCustomers()
                && moments(MrrRatio.ASP).denominator() == moved.count(MrrMovementType.NEW_BUSINESS);
    }

    private RatioMoments moments(MrrRatio ratio) {
        return ratios[ratio.place()];
    }

    private MonthlyAmount amount(int index) {
        return new MonthlyAmount(sums[index]);
    }

    private Estimate ofStart(MrrRatio which, double least, double greatest) {
        if (start().isZero()) {
            return Estimate.undefined(new Undefined(Undefined.Reason.ZERO_BASE, "there was no revenue at the start"));
        }
        RatioMoments moments = moments(which);
        Estimate ratio = Estimate.ratio((double) moments.numerator(), (double) moments.denominator(), startCustomers());
        return moments.interval(Interval.DEFAULT_LEVEL)
                .map(interval -> ratio.withInterval(interval.clampedTo(least, greatest)))
                .orElse(ratio);
    }

    private Estimate each(MrrRatio which, String none) {
        RatioMoments moments = moments(which);
        long accounts = moments.denominator();
        if (accounts == 0) {
            return Estimate.undefined(Undefined.noData(none));
        }
        double minorUnits = new MonthlyAmount(moments.numerator()).minorUnits();
        Estimate mean = Estimate.ratio(minorUnits, (double) accounts, accounts);
        return moments.interval(Interval.DEFAULT_LEVEL)
                .map(interval -> mean.withInterval(interval.times(1.0 / MonthlyAmount.PARTS)))
                .orElse(mean);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MrrPeriod that
                && from.equals(that.from)
                && to.equals(that.to)
                && Arrays.equals(sums, that.sums)
                && Arrays.equals(ratios, that.ratios);
    }

    @Override
    public int hashCode() {
        return Objects.hash(from, to, Arrays.hashCode(sums));
    }

    /** Start, end and the movements between. */
    @Override
    public String toString() {
        return start() + " to " + end() + ": " + activity();
    }

    private static KpiDefinition rate(String id, String name, String formula, String variant) {
        return definition(id, name, formula, variant, "ratio; 1 is 100 %", "undefined if nobody paid at the start");
    }

    private static KpiDefinition definition(
            String id, String name, String formula, String variant, String unit, String emptyRule) {
        return KpiDefinition.builder(id, 1)
                .name(name)
                .kind(KpiKind.MERGEABLE)
                .unit(unit)
                .formula(formula)
                .variant(variant)
                .emptyRule(emptyRule)
                .source("ChartMogul, churn-rate formulas; usual practice; interval: ratio estimator, Cochran 1977")
                .build();
    }
}
