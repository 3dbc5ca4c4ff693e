package dev.crmcore.metrics.churn;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.BootstrapReplicates;
import dev.crmcore.metrics.internal.IndexSort;
import dev.crmcore.metrics.internal.Normal;
import dev.crmcore.metrics.internal.Shares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * How good predicted probabilities are, held against what happened. Use it on customers that the model was not fitted on.
 *
 * <pre>{@code
 * ChurnEvaluation quality = ChurnEvaluation.of(model.probabilities(held), heldChurned);
 * quality.auc();               // does it order them? with DeLong's interval
 * quality.brier();             // are the probabilities right?
 * quality.lift(0.1);           // how much better than chance is the top tenth?
 * quality.calibrationCurve(10);
 * }</pre>
 *
 * <p>A figure that does not exist, such as an AUC where nobody churned, is undefined with its reason. Immutable and
 * thread-safe; made in O(n log n).
 */
public final class ChurnEvaluation {

    /** The area under the ROC curve. */
    public static final KpiDefinition AUC_DEFINITION = definition("churn-auc", "AUC")
            .unit("probability, 0 to 1; 0.5 is chance")
            .formula("P(score of a churned customer > score of a retained one) + P(equal) / 2")
            .emptyRule("undefined unless some churned and some did not")
            .source("Hanley and McNeil 1982; interval: DeLong and others 1988")
            .build();

    /** The Brier score. */
    public static final KpiDefinition BRIER_DEFINITION = definition("churn-brier", "Brier score")
            .unit("squared probability, 0 to 1; less is better")
            .formula("mean of (predicted probability - outcome)^2")
            .emptyRule("undefined without a customer")
            .source("Brier 1950; interval: Student's t on the mean")
            .build();

    /** The log loss. */
    public static final KpiDefinition LOG_LOSS_DEFINITION = definition("churn-log-loss", "Log loss")
            .unit("nats, from 0; less is better")
            .formula("mean of -ln(probability that was given to what happened)")
            .emptyRule("undefined without a customer, or if something happened that was given probability 0")
            .source("Good 1952")
            .build();

    /** The average precision. */
    public static final KpiDefinition AVERAGE_PRECISION_DEFINITION = definition(
                    "churn-average-precision", "Average precision")
            .unit("precision, 0 to 1; the churn rate is chance")
            .formula("sum over descending scores of (recall gained) * precision; equal scores are one step")
            .variant("no interpolation")
            .emptyRule("undefined if nobody churned")
            .source("Buckley and Voorhees 2000")
            .build();

    /** The expected calibration error. */
    public static final KpiDefinition CALIBRATION_ERROR_DEFINITION = definition(
                    "churn-calibration-error", "Expected calibration error")
            .unit("probability, 0 to 1; less is better")
            .formula("mean over customers of |mean predicted - observed share| of their bin")
            .variant("bins of equal numbers of customers")
            .emptyRule("undefined without a customer")
            .source("Naeini and others 2015")
            .build();

    /** The lift. */
    public static final KpiDefinition LIFT_DEFINITION = definition("churn-lift", "Lift")
            .unit("ratio, from 0; 1 is chance")
            .formula("churn rate among the share with the highest scores / churn rate of all")
            .variant("number of customers rounded down; equal scores in proportion")
            .emptyRule("undefined if nobody churned or the share holds no customer")
            .source("usual practice")
            .build();

    private final double[] probabilities;
    private final boolean[] churned;
    private final int[] ascending;
    private final int left;

    private ChurnEvaluation(double[] probabilities, boolean[] churned, int[] ascending) {
        this.probabilities = probabilities;
        this.churned = churned;
        this.ascending = ascending;
        this.left = Outcomes.count(churned);
    }

    /**
     * Holds predictions against outcomes.
     *
     * @param probabilities the predicted probabilities of churn, 0 to 1; copied
     * @param churned whether each of the customers churned; copied
     * @return the evaluation
     * @throws IllegalArgumentException if the lengths differ or a probability is not 0 to 1
     */
    public static ChurnEvaluation of(double[] probabilities, boolean[] churned) {
        if (probabilities.length != churned.length) {
            throw new IllegalArgumentException("churned must have " + probabilities.length
                    + " values, one for each probability, not " + churned.length);
        }
        double[] copy = probabilities.clone();
        for (int i = 0; i < copy.length; i++) {
            if (!(copy[i] >= 0 && copy[i] <= 1)) {
                throw new IllegalArgumentException("probability " + i + " must be 0 to 1, not " + copy[i]);
            }
            copy[i] += 0.0; // -0 is 0
        }
        int[] ascending = IndexSort.sorted(copy.length, (i, j) -> Double.compare(copy[i], copy[j]));
        return new ChurnEvaluation(copy, churned.clone(), ascending);
    }

    /**
     * A figure of this evaluation with its 95 % interval by the bootstrap, for figures that have no interval of their own.
     *
     * @param figure the figure, such as {@code quality -> quality.lift(0.1)}
     * @param replicates how often to resample, at least 40
     * @param seed of the pseudo-random numbers: the same seed, the same interval
     * @return the figure with its interval
     * @throws IllegalArgumentException if there are too few replicates
     */
    public Estimate bootstrap(Function<ChurnEvaluation, Estimate> figure, int replicates, long seed) {
        return bootstrap(figure, replicates, seed, Interval.DEFAULT_LEVEL);
    }

    /**
     * A figure of this evaluation with a percentile interval by the bootstrap: each replicate draws as many customers as there
     * are, with replacement. The probabilities are taken as given, so the interval says nothing of how they would come out if
     * their model were fitted anew. Replicates for which the figure is undefined are left out.
     *
     * <p>Cost: as many times n, and as many times the figure, as there are replicates.
     *
     * @param figure the figure, such as {@code quality -> quality.lift(0.1)}
     * @param replicates how often to resample, at least 40
     * @param seed of the pseudo-random numbers: the same seed, the same interval
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the figure with its interval; without one if the figure is defined for fewer than 40 replicates
     * @throws IllegalArgumentException if there are too few replicates or the level is out of range
     */
    public Estimate bootstrap(Function<ChurnEvaluation, Estimate> figure, int replicates, long seed, double level) {
        SplittableRandom random = new SplittableRandom(seed);
        return BootstrapReplicates.withInterval(
                figure.apply(this), () -> figure.apply(resampled(random)), replicates, level);
    }

    /** As many customers, drawn with replacement; their order is known already. */
    private ChurnEvaluation resampled(SplittableRandom random) {
        int[] times = new int[churned.length];
        for (int i = 0; i < times.length; i++) {
            times[random.nextInt(times.length)]++;
        }
        double[] someProbabilities = new double[times.length];
        boolean[] someChurned = new boolean[times.length];
        int[] inOrder = new int[times.length];
        Arrays.setAll(inOrder, i -> i);
        int at = 0;
        for (int row : ascending) {
            Arrays.fill(someProbabilities, at, at + times[row], probabilities[row]);
            Arrays.fill(someChurned, at, at + times[row], churned[row]);
            at += times[row];
        }
        return new ChurnEvaluation(someProbabilities, someChurned, inOrder);
    }

    /**
     * The share of customers who churned.
     *
     * @return the churn rate
     */
    public Proportion churnRate() {
        return Proportion.of(left, churned.length);
    }

    /**
     * How well the probabilities order customers, with DeLong's interval at 95 %.
     *
     * @return the area under the ROC curve
     */
    public Estimate auc() {
        return auc(Interval.DEFAULT_LEVEL);
    }

    /**
     * How well the probabilities order customers, with DeLong's interval.
     *
     * @param level the nominal coverage, above 0 and below 1
     * @return the area under the ROC curve; without an interval if one of the groups has one
     *     customer or the scores separate the groups, where it would have width 0
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Estimate auc(double level) {
        Interval.requireLevel(level);
        Optional<Undefined> reason = oneOutcome();
        if (reason.isPresent()) {
            return Estimate.undefined(reason.get(), churned.length);
        }
        double[] ranks = midranks(ascending, probabilities);
        int stayed = churned.length - left;
        double[] ranksOfLeft = midranksWithin(true);
        double[] ranksOfStayed = midranksWithin(false);
        // For each customer: the share of the other group that is placed on the right side of them
        double[] placedLeft = new double[left];
        double[] placedStayed = new double[stayed];
        int i = 0;
        int j = 0;
        for (int row = 0; row < churned.length; row++) {
            if (churned[row]) {
                placedLeft[i++] = (ranks[row] - ranksOfLeft[row]) / stayed;
            } else {
                placedStayed[j++] = 1 - (ranks[row] - ranksOfStayed[row]) / left;
            }
        }
        SampleMean meanOfLeft = SampleMean.of(placedLeft);
        double auc = Math.max(0, Math.min(1, meanOfLeft.sum() / left));
        Estimate estimate = Estimate.of(auc, churned.length);
        if (left < 2 || stayed < 2) {
            return estimate;
        }
        double variance =
                meanOfLeft.variance() / left + SampleMean.of(placedStayed).variance() / stayed;
        if (variance == 0) {
            return estimate;
        }
        double half = Normal.twoSidedQuantile(level) * Math.sqrt(variance);
        return estimate.withInterval(new Interval(auc - half, auc + half, level, "DeLong").clampedTo(0, 1));
    }

    /**
     * The mean squared error of the probabilities, with an interval of its mean at 95 %.
     *
     * @return the Brier score
     */
    public Estimate brier() {
        return SampleMean.of(squaredErrors()).estimate();
    }

    /**
     * The mean logarithmic loss, with an interval of its mean at 95 %.
     *
     * @return the log loss
     */
    public Estimate logLoss() {
        double[] losses = new double[churned.length];
        for (int row = 0; row < losses.length; row++) {
            losses[row] = -(churned[row] ? Math.log(probabilities[row]) : Math.log1p(-probabilities[row])) + 0.0;
            if (Double.isInfinite(losses[row])) {
                return Estimate.undefined(
                        new Undefined(
                                Undefined.Reason.DOES_NOT_EXIST,
                                "what happened to customer " + row + " had been given probability 0"),
                        losses.length);
            }
        }
        return SampleMean.of(losses).estimate();
    }

    /**
     * The area under the curve of precision over recall, as a sum of steps.
     *
     * @return the average precision
     */
    public Estimate averagePrecision() {
        if (left == 0) {
            return Estimate.undefined(nobody(), churned.length);
        }
        double sum = 0;
        int hits = 0;
        int seen = 0;
        for (int i = churned.length - 1; i >= 0; ) {
            double score = probabilities[ascending[i]];
            int gained = 0;
            for (; i >= 0 && probabilities[ascending[i]] == score; i--) {
                gained += churned[ascending[i]] ? 1 : 0;
                seen++;
            }
            hits += gained;
            sum += (double) gained / left * hits / seen;
        }
        return Estimate.of(sum, churned.length);
    }

    /**
     * How much more often the customers with the highest probabilities churned than all.
     *
     * @param share the share of customers that are turned to, above 0 and at most 1; their number is rounded down
     * @return the lift
     * @throws IllegalArgumentException if the share is out of range
     */
    public Estimate lift(double share) {
        int customers = Shares.floor(share, churned.length);
        if (left == 0) {
            return Estimate.undefined(nobody(), churned.length);
        }
        if (customers == 0) {
            return Estimate.undefined(
                    Undefined.tooFew("the top " + share + " of " + churned.length + " customers is nobody"),
                    churned.length);
        }
        GainPoint top = gain(customers);
        return Estimate.ratio(top.churned() / customers, (double) left / churned.length, churned.length);
    }

    /**
     * The gain curve: what is reached by turning to more and more customers.
     *
     * @param parts how many points, from 1; point k stands for the top k / parts of the customers, rounded to the nearest
     * @return the points, ascending; none if nobody churned, and fewer than {@code parts} if there are fewer customers
     * @throws IllegalArgumentException if {@code parts} is not positive
     */
    public List<GainPoint> gainCurve(int parts) {
        requirePositive(parts, "parts");
        List<GainPoint> curve = new ArrayList<>();
        if (left == 0) {
            return List.of();
        }
        int before = 0;
        for (int part = 1; part <= parts; part++) {
            int customers = (int) Math.round((double) churned.length * part / parts);
            if (customers > before) {
                curve.add(gain(customers));
                before = customers;
            }
        }
        return List.copyOf(curve);
    }

    /**
     * The calibration curve: customers in bins of equal size by ascending probability, the first bins one larger if the
     * number does not divide.
     *
     * @param bins how many bins, from 1
     * @return the bins that hold a customer
     * @throws IllegalArgumentException if {@code bins} is not positive
     */
    public List<CalibrationBin> calibrationCurve(int bins) {
        requirePositive(bins, "bins");
        List<CalibrationBin> curve = new ArrayList<>();
        int from = 0;
        for (int bin = 0; bin < bins && from < churned.length; bin++) {
            int to = from + churned.length / bins + (bin < churned.length % bins ? 1 : 0);
            double sum = 0;
            int gone = 0;
            for (int i = from; i < to; i++) {
                sum += probabilities[ascending[i]];
                gone += churned[ascending[i]] ? 1 : 0;
            }
            curve.add(new CalibrationBin(Math.min(1, sum / (to - from)), Proportion.of(gone, to - from)));
            from = to;
        }
        return List.copyOf(curve);
    }

    /**
     * How far the probabilities are off in the mean, over the bins of {@link #calibrationCurve}.
     *
     * @param bins how many bins, from 1
     * @return the expected calibration error, which chance alone keeps above 0
     * @throws IllegalArgumentException if {@code bins} is not positive
     */
    public Estimate calibrationError(int bins) {
        requirePositive(bins, "bins");
        if (churned.length == 0) {
            return Estimate.undefined(Undefined.noData("no customer"));
        }
        double sum = 0;
        for (CalibrationBin bin : calibrationCurve(bins)) {
            double observed =
                    (double) bin.observed().successes() / bin.observed().trials();
            sum += bin.observed().trials() * Math.abs(bin.meanPredicted() - observed);
        }
        return Estimate.ratio(sum, churned.length, churned.length);
    }

    /**
     * The slope of the outcomes on the log-odds of the probabilities: 1 if they are right, less if they are too extreme, more
     * if they are too timid.
     *
     * @return the calibration slope
     */
    public Estimate calibrationSlope() {
        Optional<Undefined> reason = oneOutcome();
        if (reason.isPresent()) {
            return Estimate.undefined(reason.get(), churned.length);
        }
        double[] target = new double[churned.length];
        for (int row = 0; row < target.length; row++) {
            target[row] = churned[row] ? 1 : 0;
        }
        double auc = auc().value();
        if (auc == 1 || auc == 0) {
            return Estimate.undefined(
                    new Undefined(
                            Undefined.Reason.DOES_NOT_EXIST, "the scores separate the outcomes: there is no slope"),
                    churned.length);
        }
        double[] logOdds = Arrays.stream(probabilities).map(Outcomes::logOdds).toArray();
        return Estimate.of(Calibration.line(logOdds, target)[1], churned.length);
    }

    boolean hasOneOutcome() {
        return oneOutcome().isPresent();
    }

    private Optional<Undefined> oneOutcome() {
        if (churned.length == 0) {
            return Optional.of(Undefined.noData("no customer"));
        }
        if (left > 0 && left < churned.length) {
            return Optional.empty();
        }
        return Optional.of(new Undefined(
                Undefined.Reason.NO_VARIATION,
                (left == 0 ? "none of " : "all of ") + churned.length + " customers churned"));
    }

    private Undefined nobody() {
        return churned.length == 0
                ? Undefined.noData("no customer")
                : new Undefined(Undefined.Reason.ZERO_BASE, "none of " + churned.length + " customers churned");
    }

    private double[] squaredErrors() {
        double[] squares = new double[churned.length];
        for (int row = 0; row < squares.length; row++) {
            double error = probabilities[row] - (churned[row] ? 1 : 0);
            squares[row] = error * error;
        }
        return squares;
    }

    private GainPoint gain(int customers) {
        double hits = 0;
        int taken = 0;
        for (int i = churned.length - 1; taken < customers; ) {
            double score = probabilities[ascending[i]];
            int equal = 0;
            int gone = 0;
            for (; i >= 0 && probabilities[ascending[i]] == score; i--) {
                equal++;
                gone += churned[ascending[i]] ? 1 : 0;
            }
            int some = Math.min(equal, customers - taken);
            hits += (double) gone * some / equal;
            taken += some;
        }
        double rate = (double) left / churned.length;
        return new GainPoint(customers, hits, hits / left, hits / customers / rate);
    }

    private double[] midranksWithin(boolean group) {
        int[] some =
                Arrays.stream(ascending).filter(row -> churned[row] == group).toArray();
        return midranks(some, probabilities);
    }

    /** The rank of each customer among the given ones, from 1; equal scores share the mean of their ranks. */
    private static double[] midranks(int[] ascending, double[] scores) {
        double[] ranks = new double[scores.length];
        for (int from = 0; from < ascending.length; ) {
            int to = from;
            while (to < ascending.length && scores[ascending[to]] == scores[ascending[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[ascending[i]] = (from + 1 + to) / 2.0;
            }
            from = to;
        }
        return ranks;
    }

    private static void requirePositive(int number, String name) {
        if (number < 1) {
            throw new IllegalArgumentException(name + " must be positive, not " + number);
        }
    }

    private static KpiDefinition.Builder definition(String id, String name) {
        return KpiDefinition.builder(id, 1).name(name).kind(KpiKind.BATCH);
    }

    /** The number of customers and of those who churned. */
    @Override
    public String toString() {
        return "predictions for " + churned.length + " customers, of whom " + left + " churned";
    }
}
