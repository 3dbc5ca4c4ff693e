package dev.crmcore.metrics.marketing;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.BootstrapReplicates;
import dev.crmcore.metrics.internal.CompensatedSum;
import dev.crmcore.metrics.internal.IndexSort;
import dev.crmcore.metrics.internal.Shares;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How well a score finds those whom a campaign moves, judged on a campaign with a randomised holdout: customers in descending
 * order of the score, treated and held-out ones mixed.
 *
 * <p>Customers with equal scores have no order. A cut through them takes treated, held-out and converted ones in proportion, so
 * that no figure depends on the order of the input.
 *
 * <pre>{@code
 * UpliftRanking ranking = UpliftRanking.of(scores, treated, converted);
 * ranking.upliftAtTop(0.1);                                        // among the tenth with the highest scores
 * ranking.qiniCoefficient(QiniNormalization.PERFECT_ORDER);
 * ranking.bootstrap(UpliftRanking::meanUpliftHeight, 500, 42);      // with an interval
 * }</pre>
 *
 * <p>Immutable and thread-safe. Cost: n log n once, and n to n log n for each figure; 10 bytes for each customer and 16 for each distinct
 * score.
 */
public final class UpliftRanking {

    /** Uplift among the highest scores of everyone. */
    public static final KpiDefinition UPLIFT_AT_TOP =
            atTop("uplift-at-top", "the highest scores of everyone, treated and held out together");

    /** Uplift among the highest scores of each group. */
    public static final KpiDefinition UPLIFT_AT_TOP_OF_EACH_GROUP =
            atTop("uplift-at-top-of-each-group", "the highest scores of the treated and the highest of the holdout");

    /** The Qini coefficient. */
    public static final KpiDefinition QINI = KpiDefinition.builder("qini-coefficient", 1)
            .name("Qini coefficient")
            .kind(KpiKind.BATCH)
            .unit("as the normalisation says; 0 for a random order")
            .formula("area between g(n) = Y_T(n) - Y_C(n) N_T(n)/N_C(n) and the line to its last value, normalised")
            .variant("the normalisation")
            .emptyRule("undefined if a group is empty or nothing is left to divide by")
            .source("Radcliffe 2007")
            .build();

    /** The coefficient of the uplift curve. */
    public static final KpiDefinition UPLIFT_AREA = KpiDefinition.builder("uplift-area-coefficient", 1)
            .name("Area under the uplift curve")
            .kind(KpiKind.BATCH)
            .unit("0 for a random order, 1 for the best")
            .formula(
                    "area between n (Y_T(n)/N_T(n) - Y_C(n)/N_C(n)) and the line to its last value, over the perfect area")
            .variant("by the best possible order")
            .emptyRule("undefined if a group is empty or no order is better than another")
            .source("Rzepakowski and Jaroszewicz 2012")
            .build();

    /** The mean height of the uplift curve over its last value. */
    public static final KpiDefinition AUUC = KpiDefinition.builder("auuc-last-value", 1)
            .name("Area under the uplift curve (AUUC)")
            .kind(KpiKind.BATCH)
            .unit("0.5 for a random order, more for a better one")
            .formula("mean over n customers of n (Y_T(n)/N_T(n) - Y_C(n)/N_C(n)), over the absolute last value")
            .variant("by the last value, nothing subtracted")
            .emptyRule("undefined if a group is empty or the last value is 0")
            .source("causalml")
            .build();

    /** The mean over bins of the uplift, weighted by the treated in each. */
    public static final KpiDefinition WEIGHTED_UPLIFT = KpiDefinition.builder("weighted-uplift", 1)
            .name("Weighted average uplift")
            .kind(KpiKind.BATCH)
            .unit("difference of shares, -1 to 1")
            .formula("sum over bins of N_T (rate of the treated - rate of the holdout) / sum of N_T")
            .variant("bins of equal size by descending score")
            .emptyRule("undefined if a bin lacks treated or held-out customers")
            .source("scikit-uplift")
            .build();

    /** In the order of the ranking, the highest score first. */
    private final double[] scores;

    private final boolean[] treated;
    private final boolean[] converted;
    /** After each run of equal scores: how many customers, treated, treated converts, held-out converts there were. */
    private final int[] customers;

    private final int[] treatedCount;
    private final int[] treatedConverts;
    private final int[] heldOutConverts;

    private UpliftRanking(double[] scores, boolean[] treated, boolean[] converted) {
        this.scores = scores;
        this.treated = treated;
        this.converted = converted;
        int runs = runs(scores);
        customers = new int[runs + 1];
        treatedCount = new int[runs + 1];
        treatedConverts = new int[runs + 1];
        heldOutConverts = new int[runs + 1];
        int run = 0;
        for (int i = 0; i < scores.length; i++) {
            if (i == 0 || scores[i] != scores[i - 1]) {
                open(++run);
            }
            count(run, i);
        }
    }

    private static UpliftRanking ranked(double[] scores, boolean[] treated, boolean[] converted) {
        int[] order = IndexSort.sorted(scores.length, (i, j) -> Double.compare(scores[j], scores[i]));
        double[] rankedScores = new double[order.length];
        boolean[] rankedTreated = new boolean[order.length];
        boolean[] rankedConverted = new boolean[order.length];
        for (int i = 0; i < order.length; i++) {
            rankedScores[i] = scores[order[i]];
            rankedTreated[i] = treated[order[i]];
            rankedConverted[i] = converted[order[i]];
        }
        return new UpliftRanking(rankedScores, rankedTreated, rankedConverted);
    }

    /**
     * Ranks the customers of a campaign.
     *
     * @param scores a score for each customer, higher for those to treat first; not NaN
     * @param treated for each customer, whether the campaign was meant for them
     * @param converted for each customer, whether they converted
     * @return the ranking
     * @throws IllegalArgumentException if the lengths differ or a score is NaN
     */
    public static UpliftRanking of(double[] scores, boolean[] treated, boolean[] converted) {
        if (scores.length != treated.length || scores.length != converted.length) {
            throw new IllegalArgumentException("scores, treated and converted must be of one length, not "
                    + scores.length + ", " + treated.length + " and " + converted.length);
        }
        double[] copy = new double[scores.length];
        for (int i = 0; i < copy.length; i++) {
            if (Double.isNaN(scores[i])) {
                throw new IllegalArgumentException("scores must be numbers, but scores[" + i + "] is NaN");
            }
            // 0.0 and -0.0 are one score
            copy[i] = scores[i] + 0.0;
        }
        return ranked(copy, treated, converted);
    }

    /**
     * How many customers were ranked.
     *
     * @return the number of customers
     */
    public int size() {
        return treated.length;
    }

    /**
     * The uplift among the customers with the highest scores: {@code floor(share * n)} of all.
     *
     * @param share which share of the customers, above 0 and at most 1
     * @return the difference of the rates, with Newcombe's interval unless the cut goes through equal scores; undefined if the
     *     cut leaves a group empty
     * @throws IllegalArgumentException if the share is out of range
     */
    public Estimate upliftAtTop(double share) {
        Cut cut = cut(Shares.floor(share, size()));
        return difference(cut, cut, Math.round(cut.treated + cut.heldOut));
    }

    /**
     * The uplift among those with the highest scores of each group: {@code floor(share * n)} of the treated, and of the holdout.
     *
     * @param share which share of each group, above 0 and at most 1
     * @return the difference of the rates, with Newcombe's interval unless a cut goes through equal scores; undefined if a cut
     *     leaves a group empty
     * @throws IllegalArgumentException if the share is out of range
     */
    public Estimate upliftAtTopOfEachGroup(double share) {
        int treatedPart = Shares.floor(share, allTreated());
        int heldOutPart = Shares.floor(share, size() - allTreated());
        Cut top = cutOfTreated(treatedPart);
        Cut held = cutOfHeldOut(heldOutPart);
        return difference(top, held, (long) treatedPart + heldOutPart);
    }

    /**
     * At how many customers the Qini curve has its points: 0, and the end of each run of equal scores.
     *
     * @return the numbers of customers, ascending; a new array
     */
    public int[] curvePoints() {
        return customers.clone();
    }

    /**
     * The Qini curve: the conversions gained among the first customers, as many held-out ones counted as treated.
     *
     * @param firstCustomers how many customers, 0 to {@link #size()}; between the points the curve is a straight line
     * @return the height of the curve, in conversions
     * @throws IllegalArgumentException if there are not so many customers
     */
    public double qini(int firstCustomers) {
        if (firstCustomers < 0 || firstCustomers > size()) {
            throw new IllegalArgumentException("firstCustomers must be 0 to " + size() + ", not " + firstCustomers);
        }
        int run = runOf(firstCustomers);
        if (run == 0) {
            return 0;
        }
        double before = qiniAfter(run - 1);
        double within = (double) (firstCustomers - customers[run - 1]) / (customers[run] - customers[run - 1]);
        return before + within * (qiniAfter(run) - before);
    }

    /**
     * The area under the Qini curve, by straight lines between its points.
     *
     * @return the area, in conversions times customers
     */
    public double qiniArea() {
        return area(this::qiniAfter);
    }

    /**
     * The area under the straight line to the curve's last value, which is what a random order gives on average.
     *
     * @return the area, in conversions times customers
     */
    public double randomArea() {
        return size() * qiniAfter(customers.length - 1) / 2;
    }

    /**
     * The Qini coefficient: how much better than a random order the scores are.
     *
     * @param normalization what the area is divided by
     * @return the coefficient, negative if a random order is better; undefined if a group is empty, or if there is nothing to
     *     divide by
     */
    public Estimate qiniCoefficient(QiniNormalization normalization) {
        Objects.requireNonNull(normalization, "normalization");
        double gain = qiniArea() - randomArea();
        return switch (normalization) {
            case CUSTOMERS_SQUARED -> coefficient(gain, (double) size() * size());
            case PERFECT_ORDER -> coefficient(gain, perfectQiniArea() - randomArea());
            case LAST_VALUE -> coefficient(meanGain(), Math.abs(qiniAfter(customers.length - 1)));
        };
    }

    /**
     * The area under the uplift curve, compared with a random and with the best possible order.
     *
     * @return the coefficient, 0 for a random order and 1 for the best; undefined if a group is empty or no order is better
     */
    public Estimate upliftAreaCoefficient() {
        UpliftRanking perfect = perfectForUplift();
        double random = size() * upliftAfter(customers.length - 1) / 2;
        double gain = area(this::upliftAfter) - random;
        return coefficient(gain, perfect.area(perfect::upliftAfter) - random);
    }

    /**
     * The mean height of the uplift curve over its last value, as causalml has it. A random order is not subtracted.
     *
     * @return the mean height, 0.5 for a random order; undefined if a group is empty or the curve ends at 0
     */
    public Estimate meanUpliftHeight() {
        return coefficient(
                meanHeight(Cut::upliftHeight, Cut::hasBothGroups), Math.abs(upliftAfter(customers.length - 1)));
    }

    /**
     * The mean uplift over bins of equal size by descending score, each weighted by its treated.
     *
     * @param bins how many bins, 1 to {@link #size()}; the first ones are larger by one where the size does not divide
     * @return the mean difference of rates; undefined if a bin has no treated or no held-out customer
     * @throws IllegalArgumentException if there are not so many customers
     */
    public Estimate weightedUplift(int bins) {
        if (bins < 1 || bins > size()) {
            throw new IllegalArgumentException("bins must be 1 to " + size() + ", not " + bins);
        }
        double sum = 0;
        Cut before = cut(0);
        int end = 0;
        for (int bin = 0; bin < bins; bin++) {
            end += size() / bins + (bin < size() % bins ? 1 : 0);
            Cut after = cut(end);
            Cut here = after.minus(before);
            if (!here.hasBothGroups()) {
                return Estimate.undefined(Undefined.tooFew("bin " + (bin + 1) + " lacks one of the groups"), size());
            }
            sum += here.treated * here.uplift();
            before = after;
        }
        return Estimate.ratio(sum, allTreated(), size());
    }

    /**
     * A figure of this ranking with its 95 % interval by the bootstrap.
     *
     * @param figure the figure, such as {@code ranking -> ranking.qiniCoefficient(QiniNormalization.PERFECT_ORDER)}
     * @param replicates how often to resample, at least 40
     * @param seed of the pseudo-random numbers: the same seed, the same interval
     * @return the figure with its interval
     * @throws IllegalArgumentException if there are too few replicates
     */
    public Estimate bootstrap(Function<UpliftRanking, Estimate> figure, int replicates, long seed) {
        return bootstrap(figure, replicates, seed, Interval.DEFAULT_LEVEL);
    }

    /**
     * A figure of this ranking with a percentile interval by the bootstrap: each replicate draws as many treated and as many
     * held-out customers as there are, with replacement, and keeps their scores. The scores are taken as given, so the interval
     * says nothing of how they would come out if their model were fitted anew. Replicates for which the figure is undefined are
     * left out.
     *
     * <p>Cost: as many times n, and as many times the figure, as there are replicates.
     *
     * @param figure the figure, such as {@code ranking -> ranking.qiniCoefficient(QiniNormalization.PERFECT_ORDER)}
     * @param replicates how often to resample, at least 40
     * @param seed of the pseudo-random numbers: the same seed, the same interval
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the figure with its interval; without one if the figure is defined for fewer than 40 replicates
     * @throws IllegalArgumentException if there are too few replicates or the level is out of range
     */
    public Estimate bootstrap(Function<UpliftRanking, Estimate> figure, int replicates, long seed, double level) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] treatedPlaces = IntStream.range(0, size()).filter(i -> treated[i]).toArray();
        int[] heldOutPlaces =
                IntStream.range(0, size()).filter(i -> !treated[i]).toArray();
        return BootstrapReplicates.withInterval(
                figure.apply(this),
                () -> {
                    int[] times = new int[size()];
                    draw(treatedPlaces, times, random);
                    draw(heldOutPlaces, times, random);
                    return figure.apply(drawn(times));
                },
                replicates,
                level);
    }

    private static void draw(int[] places, int[] times, SplittableRandom random) {
        for (int i = 0; i < places.length; i++) {
            times[places[random.nextInt(places.length)]]++;
        }
    }

    /** Each customer so many times, in the same order. */
    private UpliftRanking drawn(int[] times) {
        double[] someScores = new double[size()];
        boolean[] someTreated = new boolean[size()];
        boolean[] someConverted = new boolean[size()];
        int at = 0;
        for (int i = 0; i < times.length; i++) {
            Arrays.fill(someScores, at, at + times[i], scores[i]);
            Arrays.fill(someTreated, at, at + times[i], treated[i]);
            Arrays.fill(someConverted, at, at + times[i], converted[i]);
            at += times[i];
        }
        return new UpliftRanking(someScores, someTreated, someConverted);
    }

    private static int runs(double[] ranked) {
        int runs = 0;
        for (int i = 0; i < ranked.length; i++) {
            runs += i == 0 || ranked[i] != ranked[i - 1] ? 1 : 0;
        }
        return runs;
    }

    private void open(int run) {
        customers[run] = customers[run - 1];
        treatedCount[run] = treatedCount[run - 1];
        treatedConverts[run] = treatedConverts[run - 1];
        heldOutConverts[run] = heldOutConverts[run - 1];
    }

    private void count(int run, int customer) {
        customers[run]++;
        if (treated[customer]) {
            treatedCount[run]++;
            treatedConverts[run] += converted[customer] ? 1 : 0;
        } else {
            heldOutConverts[run] += converted[customer] ? 1 : 0;
        }
    }

    private int allTreated() {
        return treatedCount[treatedCount.length - 1];
    }

    private double qiniAfter(int run) {
        int heldOut = customers[run] - treatedCount[run];
        double expected = heldOut == 0 ? 0 : (double) heldOutConverts[run] * treatedCount[run] / heldOut;
        return treatedConverts[run] - expected;
    }

    private double upliftAfter(int run) {
        int heldOut = customers[run] - treatedCount[run];
        double rate = treatedCount[run] == 0 ? 0 : (double) treatedConverts[run] / treatedCount[run];
        double other = heldOut == 0 ? 0 : (double) heldOutConverts[run] / heldOut;
        return (rate - other) * customers[run];
    }

    private interface Height {
        double after(int run);
    }

    private double area(Height height) {
        CompensatedSum area = new CompensatedSum();
        for (int run = 1; run < customers.length; run++) {
            double width = customers[run] - customers[run - 1];
            area.add(width * (height.after(run) + height.after(run - 1)) / 2);
        }
        return area.value();
    }

    /** First those who were treated and converted, last those who converted without it. */
    private double perfectQiniArea() {
        double[] best = new double[size()];
        for (int i = 0; i < best.length; i++) {
            best[i] = !converted[i] ? 0 : treated[i] ? 1 : -1;
        }
        return ranked(best, treated, converted).qiniArea();
    }

    /** First those who did what their group should: converted when treated, not converted when held out. */
    private UpliftRanking perfectForUplift() {
        int all = customers.length - 1;
        boolean byConversion = heldOutConverts[all] > allTreated() - treatedConverts[all];
        double[] best = new double[size()];
        for (int i = 0; i < best.length; i++) {
            boolean second = byConversion ? converted[i] : treated[i];
            best[i] = (converted[i] == treated[i] ? 2 : 0) + (second ? 1 : 0);
        }
        return ranked(best, treated, converted);
    }

    /** The mean height above the line of a random order. */
    private double meanGain() {
        return meanHeight(Cut::qini, cut -> cut.heldOut > 0) - qiniAfter(customers.length - 1) / 2;
    }

    /** The mean height at 0, 1, ... n customers; where a cut says nothing yet, it is a part of the first that does. */
    private double meanHeight(ToDoubleFunction<Cut> height, Predicate<Cut> speaks) {
        int first = 1;
        while (first < size() && !speaks.test(cut(first))) {
            first++;
        }
        double atFirst = height.applyAsDouble(cut(first));
        CompensatedSum sum = new CompensatedSum();
        for (int n = 1; n <= size(); n++) {
            double part = (double) n / first;
            sum.add(n < first ? atFirst * part : height.applyAsDouble(cut(n)));
        }
        return sum.value() / (size() + 1.0);
    }

    private Estimate coefficient(double gain, double base) {
        if (allTreated() == 0 || allTreated() == size()) {
            return Estimate.undefined(Undefined.noData("an uplift needs treated and held-out customers"), size());
        }
        return base == 0
                ? Estimate.undefined(
                        new Undefined(Undefined.Reason.NO_VARIATION, "no order is better than another"), size())
                : Estimate.ratio(gain, base, size());
    }

    private static Estimate difference(Cut top, Cut held, long n) {
        if (top.treated == 0 || held.heldOut == 0) {
            return Estimate.undefined(Undefined.tooFew("no treated or no held-out customer is that high"), n);
        }
        Estimate uplift = Estimate.of(top.treatedConverts / top.treated - held.heldOutConverts / held.heldOut, n);
        if (!top.isWhole() || !held.isWhole()) {
            return uplift;
        }
        Interval interval = Proportion.of((long) top.treatedConverts, (long) top.treated)
                .changeFrom(Proportion.of((long) held.heldOutConverts, (long) held.heldOut))
                .difference()
                .interval()
                .orElseThrow();
        return uplift.withInterval(interval);
    }

    /** The run in which the n-th customer is; 0 for none. */
    private int runOf(int n) {
        int low = 0;
        int high = customers.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (customers[middle] < n) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Cut cut(int n) {
        int run = runOf(n);
        return run == 0
                ? new Cut(0, 0, 0, 0)
                : within(run, (double) (n - customers[run - 1]) / (customers[run] - customers[run - 1]));
    }

    private Cut cutOfTreated(int n) {
        int run = 0;
        while (treatedCount[run] < n) {
            run++;
        }
        return run == 0
                ? new Cut(0, 0, 0, 0)
                : within(run, (double) (n - treatedCount[run - 1]) / (treatedCount[run] - treatedCount[run - 1]));
    }

    private Cut cutOfHeldOut(int n) {
        int run = 0;
        while (customers[run] - treatedCount[run] < n) {
            run++;
        }
        if (run == 0) {
            return new Cut(0, 0, 0, 0);
        }
        int before = customers[run - 1] - treatedCount[run - 1];
        return within(run, (double) (n - before) / (customers[run] - treatedCount[run] - before));
    }

    private Cut within(int run, double part) {
        double heldOutBefore = customers[run - 1] - treatedCount[run - 1];
        double heldOut = customers[run] - treatedCount[run];
        return new Cut(
                between(treatedCount[run - 1], treatedCount[run], part),
                between(treatedConverts[run - 1], treatedConverts[run], part),
                between(heldOutBefore, heldOut, part),
                between(heldOutConverts[run - 1], heldOutConverts[run], part));
    }

    private static double between(double before, double after, double part) {
        return part == 1 ? after : before + part * (after - before);
    }

    /** How many of each there are above a cut, fractions where it goes through equal scores. */
    private record Cut(double treated, double treatedConverts, double heldOut, double heldOutConverts) {

        Cut minus(Cut before) {
            return new Cut(
                    treated - before.treated,
                    treatedConverts - before.treatedConverts,
                    heldOut - before.heldOut,
                    heldOutConverts - before.heldOutConverts);
        }

        boolean hasBothGroups() {
            return treated > 0 && heldOut > 0;
        }

        boolean isWhole() {
            return treated % 1 == 0 && treatedConverts % 1 == 0 && heldOut % 1 == 0 && heldOutConverts % 1 == 0;
        }

        double uplift() {
            return treatedConverts / treated - heldOutConverts / heldOut;
        }

        double upliftHeight() {
            return hasBothGroups() ? uplift() * (treated + heldOut) : 0;
        }

        double qini() {
            return treatedConverts - (heldOut == 0 ? 0 : heldOutConverts * treated / heldOut);
        }
    }

    private static KpiDefinition atTop(String id, String variant) {
        return KpiDefinition.builder(id, 1)
                .name("Uplift at k")
                .kind(KpiKind.BATCH)
                .unit("difference of shares, -1 to 1")
                .formula("rate of the treated - rate of the holdout, among the highest scores")
                .variant(variant)
                .emptyRule("undefined if the cut leaves a group empty")
                .source("scikit-uplift; interval: Newcombe 1998")
                .build();
    }
}
