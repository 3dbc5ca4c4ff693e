package dev.crmcore.metrics.value;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.CompensatedSum;
import dev.crmcore.metrics.internal.Normal;
import dev.crmcore.metrics.internal.WideSum;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Optional;

/**
 * How unevenly revenue is spread over customers: the more, the more depends on few of them.
 *
 * <p>Undefined without customers, if nobody paid anything, and if somebody's refunds exceed their purchases: the formulas then say
 * nothing, so such customers must be left out or floored at 0 beforehand, visibly.
 *
 * <pre>{@code
 * RevenueConcentration spread = RevenueConcentration.of(arpu.result().totals());
 * spread.gini().value();                     // 0 equal, towards 1 all with one
 * spread.topShare(0.2).value();              // which part of revenue the best fifth brings
 * spread.customersBringing(0.8).value();     // which part of customers brings four fifths
 * }</pre>
 *
 * <p>The figures describe the customers as they are, all of them, and have no interval, but for the one that takes them as a
 * sample: {@link #unbiasedGini()}.
 *
 * <p>Immutable and thread-safe. Cost: n log n once and n for each figure; sums are exact.
 */
public final class RevenueConcentration {

    /** The Gini coefficient. */
    public static final KpiDefinition GINI = definition(
            "gini",
            "Gini coefficient",
            "sum of (2i - n - 1) x_(i) / (n sum x)",
            "of the customers as they are",
            "0 to 1");

    /** The Gini coefficient of the population from which the customers are a sample. */
    public static final KpiDefinition UNBIASED_GINI = definition(
            "gini-unbiased", "Gini coefficient", "gini x n / (n - 1)", "unbiased, for a sample of customers", "0 to 1");

    /** The revenue of the best customers. */
    public static final KpiDefinition TOP_SHARE = definition(
            "top-share", "Revenue share of the top", "revenue of the ceil(q n) largest / revenue", "q", "0 to 1");

    /** The customers behind a share of revenue. */
    public static final KpiDefinition CUSTOMERS_BRINGING = definition(
            "customers-bringing",
            "Customers behind a share of revenue",
            "fewest customers, largest first, whose revenue is at least q of all / customers",
            "q",
            "share of customers, 0 to 1");

    /** The Lorenz curve. */
    public static final KpiDefinition LORENZ = definition(
            "lorenz",
            "Lorenz curve",
            "revenue of the p smallest / revenue, by straight lines between customers",
            "p",
            "0 to 1");

    /** The Herfindahl-Hirschman index. */
    public static final KpiDefinition HHI =
            definition("hhi", "Herfindahl-Hirschman index", "sum of squared shares of revenue", "", "1/n to 1");

    /** Theil's index. */
    public static final KpiDefinition THEIL =
            definition("theil", "Theil's T", "mean of x/m ln(x/m), m the mean, 0 ln 0 = 0", "", "0 to ln n");

    private final long[] ascending;
    private final long total;
    private final Optional<Undefined> reason;

    private RevenueConcentration(long[] ascending) {
        this.ascending = ascending;
        this.reason = reason(ascending);
        long sum = 0;
        for (int i = 0; i < ascending.length && reason.isEmpty(); i++) {
            sum = Math.addExact(sum, ascending[i]);
        }
        this.total = sum;
    }

    /**
     * The concentration of some revenue.
     *
     * @param totals what each customer brought, in minor units, in any order
     * @return the concentration
     * @throws ArithmeticException if the sum exceeds the range of a long
     */
    public static RevenueConcentration of(long... totals) {
        long[] sorted = totals.clone();
        Arrays.sort(sorted);
        return new RevenueConcentration(sorted);
    }

    /**
     * The Gini coefficient.
     *
     * @return 0 if all brought the same, (n - 1)/n if one brought everything
     */
    public Estimate gini() {
        return reason.map(this::undefined)
                .orElseGet(() -> Estimate.ratio(rankedSum(), (double) ascending.length * total, ascending.length));
    }

    /**
     * The Gini coefficient without the bias that a sample has, with the normal interval by the jackknife (Yitzhaki 1991). It is
     * too narrow where a few customers bring most.
     *
     * @return 0 if all brought the same, 1 if one brought everything, with its 95 % interval; without one below three customers,
     *     if all brought the same and if one brought everything; undefined also for a single customer
     */
    public Estimate unbiasedGini() {
        if (ascending.length == 1 && reason.isEmpty()) {
            return undefined(Undefined.tooFew("one customer has nobody to be compared with"));
        }
        if (reason.isPresent()) {
            return undefined(reason.get());
        }
        Estimate gini = Estimate.ratio(rankedSum(), (ascending.length - 1.0) * total, ascending.length);
        double half = Normal.twoSidedQuantile(Interval.DEFAULT_LEVEL) * jackknifeError();
        return half > 0
                ? gini.withInterval(
                        new Interval(gini.value() - half, gini.value() + half, Interval.DEFAULT_LEVEL, "jackknife")
                                .clampedTo(0, 1))
                : gini;
    }

    /** The spread of the coefficients without one customer each; 0 where one of them does not exist. */
    private double jackknifeError() {
        int n = ascending.length;
        if (n < 3 || ascending[n - 1] == total || ascending[0] == ascending[n - 1]) {
            return 0;
        }
        double ranked = rankedSum();
        double[] without = new double[n];
        long below = 0;
        for (int i = 0; i < n; i++) {
            long above = total - below - ascending[i];
            // Whoever is above moves down a rank, and all weights are for one customer less
            double rest = ranked - (2.0 * i + 1 - n) * ascending[i] + below - above;
            without[i] = rest / ((n - 2.0) * (total - ascending[i]));
            below += ascending[i];
        }
        return Math.sqrt(SampleMean.of(without).variance() / n) * (n - 1.0);
    }

    /**
     * Which part of revenue the largest customers bring.
     *
     * @param share which part of the customers, above 0 and at most 1, by its decimals; rounded up to whole customers
     * @return the part of revenue, 0 to 1
     * @throws IllegalArgumentException if the share is out of range
     */
    public Estimate topShare(double share) {
        requireShare(share);
        if (reason.isPresent()) {
            return undefined(reason.get());
        }
        // By the decimals: 0.1 of 30 is 3 customers, though 0.1 * 30 is 3.0000000000000004
        int top = part(share, ascending.length).intValueExact();
        long sum = 0;
        for (int i = ascending.length - top; i < ascending.length; i++) {
            sum += ascending[i];
        }
        return Estimate.ratio((double) sum, (double) total, ascending.length);
    }

    /**
     * Which part of the customers, largest first, brings a share of revenue.
     *
     * @param share which part of revenue, above 0 and at most 1, by its decimals
     * @return the smallest such part of the customers, above 0 and at most 1
     * @throws IllegalArgumentException if the share is out of range
     */
    public Estimate customersBringing(double share) {
        requireShare(share);
        if (reason.isPresent()) {
            return undefined(reason.get());
        }
        long needed = part(share, total).longValueExact();
        long sum = 0;
        int customers = 0;
        while (sum < needed) {
            customers++;
            sum += ascending[ascending.length - customers];
        }
        return Estimate.ratio(customers, ascending.length, ascending.length);
    }

    /**
     * The Lorenz curve: which part of revenue the smallest customers bring.
     *
     * @param share which part of the customers, 0 to 1, by its decimals
     * @return the part of revenue, 0 to 1
     * @throws IllegalArgumentException if the share is out of range
     */
    public Estimate lorenz(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be 0 to 1, not " + share);
        }
        if (reason.isPresent()) {
            return undefined(reason.get());
        }
        BigDecimal position = BigDecimal.valueOf(share).multiply(BigDecimal.valueOf(ascending.length));
        int whole = position.intValue();
        long sum = 0;
        for (int i = 0; i < whole; i++) {
            sum += ascending[i];
        }
        double rest = position.subtract(BigDecimal.valueOf(whole)).doubleValue();
        double further = rest == 0 ? 0 : rest * ascending[whole];
        return Estimate.ratio(sum + further, (double) total, ascending.length);
    }

    /**
     * The Herfindahl-Hirschman index.
     *
     * @return 1/n if all brought the same, 1 if one brought everything
     */
    public Estimate herfindahl() {
        if (reason.isPresent()) {
            return undefined(reason.get());
        }
        WideSum squares = new WideSum();
        for (long amount : ascending) {
            squares.addProduct(amount, amount);
        }
        return Estimate.ratio(squares.doubleValue(), (double) total * total, ascending.length);
    }

    /**
     * Theil's T.
     *
     * @return 0 if all brought the same, ln n if one brought everything
     */
    public Estimate theil() {
        if (reason.isPresent()) {
            return undefined(reason.get());
        }
        double mean = (double) total / ascending.length;
        CompensatedSum sum = new CompensatedSum();
        for (long amount : ascending) {
            double relative = amount / mean;
            sum.add(amount == 0 ? 0 : relative * Math.log(relative));
        }
        return Estimate.ratio(sum.value(), ascending.length, ascending.length);
    }

    /** &Sigma;(2i - n - 1) x_(i), exact until its last rounding. */
    private double rankedSum() {
        WideSum sum = new WideSum();
        for (int i = 0; i < ascending.length; i++) {
            sum.addProduct(2L * i + 1 - ascending.length, ascending[i]);
        }
        return sum.doubleValue();
    }

    private Estimate undefined(Undefined why) {
        return Estimate.undefined(why, ascending.length);
    }

    private static Optional<Undefined> reason(long[] ascending) {
        if (ascending.length == 0) {
            return Optional.of(Undefined.noData("no customer"));
        }
        if (ascending[0] < 0) {
            return Optional.of(new Undefined(
                    Undefined.Reason.DOES_NOT_EXIST, "a customer's total is negative: leave out or floor at 0 first"));
        }
        return ascending[ascending.length - 1] == 0
                ? Optional.of(new Undefined(Undefined.Reason.ZERO_BASE, "nobody paid anything"))
                : Optional.empty();
    }

    /** The share of a whole number by the share's decimals, rounded up. */
    private static BigInteger part(double share, long of) {
        return BigDecimal.valueOf(share)
                .multiply(BigDecimal.valueOf(of))
                .setScale(0, RoundingMode.CEILING)
                .toBigIntegerExact();
    }

    private static void requireShare(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be above 0 and at most 1, not " + share);
        }
    }

    private static KpiDefinition definition(String id, String name, String formula, String variant, String unit) {
        return KpiDefinition.builder(id, 1)
                .name(name)
                .kind(KpiKind.BATCH)
                .unit(unit)
                .formula(formula)
                .variant(variant)
                .emptyRule("undefined without customers, if nobody paid, and if a total is negative")
                .source("Gini 1912, Lorenz 1905, Hirschman 1945, Theil 1967; interval of a sample: Yitzhaki 1991")
                .build();
    }
}
