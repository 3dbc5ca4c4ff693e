package dev.crmcore.metrics.churn;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.IndexSort;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.Arrays;

/**
 * Repairs probabilities so that of the customers who are given 30 % about 30 % leave: a rising function from a model's
 * probability to a calibrated one. It must be learnt from customers that the model was not fitted on, such as
 * {@linkplain CrossValidation#outOfFold out-of-fold} predictions.
 *
 * <ul>
 *   <li>{@link #platt}: a straight line on the scale of log-odds, two numbers; good for small data. Source: Platt 1999, with
 *       his smoothed targets.
 *   <li>{@link #isotonic}: any rising function, by pooling adjacent violators, linear between the pools; needs about a
 *       thousand customers. Source: Ayer and others 1955; Zadrozny and Elkan 2002.
 * </ul>
 *
 * <p>Immutable and thread-safe. Byte form: framed, id "churn-calibration", version 1: u8 kind (1 Platt, 2 isotonic), i32
 * length and the abscissas (Platt: the intercept), i32 length and the ordinates (Platt: the slope).
 */
public final class Calibration {

    private static final String ID = "churn-calibration";
    private static final int VERSION = 1;
    private static final int PLATT = 1;
    private static final int ISOTONIC = 2;
    private static final int STEPS = 100;

    private final int kind;
    private final double[] at;
    private final double[] becomes;

    private Calibration(int kind, double[] at, double[] becomes) {
        this.kind = kind;
        this.at = at;
        this.becomes = becomes;
    }

    /**
     * Learns a straight line on the scale of log-odds.
     *
     * @param probabilities what the model said, 0 to 1
     * @param churned what happened, one for each probability
     * @return the calibration, or the reason why there is none: no customer, or all of one outcome
     * @throws IllegalArgumentException if the lengths differ or a probability is not 0 to 1
     */
    public static Finding<Calibration> platt(double[] probabilities, boolean[] churned) {
        ChurnEvaluation checked = ChurnEvaluation.of(probabilities, churned);
        if (checked.hasOneOutcome()) {
            return Finding.undefined(oneOutcome(churned.length));
        }
        double[] line = line(probabilities, churned);
        if (line[1] < 0) {
            line = new double[] {Outcomes.logOdds((double) Outcomes.count(churned) / churned.length), 0};
        }
        return Finding.of(new Calibration(PLATT, new double[] {line[0]}, new double[] {line[1]}));
    }

    /**
     * Learns the rising function that is nearest to what happened.
     *
     * @param probabilities what the model said, 0 to 1
     * @param churned what happened, one for each probability
     * @return the calibration, or the reason why there is none: no customer, or all of one outcome
     * @throws IllegalArgumentException if the lengths differ or a probability is not 0 to 1
     */
    public static Finding<Calibration> isotonic(double[] probabilities, boolean[] churned) {
        ChurnEvaluation checked = ChurnEvaluation.of(probabilities, churned);
        if (checked.hasOneOutcome()) {
            return Finding.undefined(oneOutcome(churned.length));
        }
        return Finding.of(pool(probabilities, churned));
    }

    /**
     * Repairs one probability.
     *
     * @param probability what the model said, 0 to 1
     * @return the calibrated probability, 0 to 1
     * @throws IllegalArgumentException if the probability is not 0 to 1
     */
    public double apply(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be 0 to 1, not " + probability);
        }
        if (kind == PLATT) {
            return Outcomes.probability(at[0] + becomes[0] * Outcomes.logOdds(probability));
        }
        int found = Arrays.binarySearch(at, probability);
        if (found >= 0) {
            return becomes[found];
        }
        int above = -found - 1;
        if (above == 0) {
            return becomes[0];
        }
        if (above == at.length) {
            return becomes[at.length - 1];
        }
        double share = (probability - at[above - 1]) / (at[above] - at[above - 1]);
        return becomes[above - 1] + share * (becomes[above] - becomes[above - 1]);
    }

    /**
     * A model that gives calibrated probabilities.
     *
     * @param model the model whose probabilities are repaired, of this library or a host's own
     * @return the model with this calibration behind it
     */
    public ChurnModel calibrated(ChurnModel model) {
        return customers ->
                Arrays.stream(model.probabilities(customers)).map(this::apply).toArray();
    }

    /**
     * The calibration as bytes, for {@link #fromBytes}.
     *
     * @return the bytes
     */
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(ID, VERSION).putByte(kind);
        ModelBytes.writeDoubles(writer, at);
        ModelBytes.writeDoubles(writer, becomes);
        return writer.toBytes();
    }

    /**
     * Reads a calibration.
     *
     * @param bytes what {@link #toBytes()} wrote
     * @return the calibration, with the same answers
     * @throws IllegalArgumentException if the bytes are truncated, damaged or of another or a newer kind
     */
    public static Calibration fromBytes(byte[] bytes) {
        StateReader reader = StateReader.open(bytes, ID, VERSION);
        int kind = reader.getByte();
        double[] at = ModelBytes.readDoubles(reader);
        double[] becomes = ModelBytes.readDoubles(reader);
        reader.end();
        boolean fits = at.length == becomes.length && at.length > 0;
        boolean line = kind == PLATT && fits && at.length == 1 && becomes[0] >= 0;
        boolean steps = kind == ISOTONIC && fits && becomes[0] >= 0 && becomes[becomes.length - 1] <= 1;
        for (int i = 1; steps && i < at.length; i++) {
            steps = at[i - 1] < at[i] && becomes[i - 1] <= becomes[i];
        }
        if (!line && !steps) {
            throw reader.malformed("no rising function");
        }
        return new Calibration(kind, at, becomes);
    }

    /**
     * Intercept and slope of the line on the log-odds that fits best, with Platt's targets, which are a little inside 0 and 1
     * so that a perfect model does not send the slope to infinity.
     */
    private static double[] line(double[] probabilities, boolean[] churned) {
        int left = Outcomes.count(churned);
        double high = (left + 1.0) / (left + 2.0);
        double low = 1.0 / (churned.length - left + 2.0);
        double[] x = Arrays.stream(probabilities).map(Outcomes::logOdds).toArray();
        double[] target = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            target[i] = churned[i] ? high : low;
        }
        return line(x, target);
    }

    /** Intercept and slope by Newton's method with halved steps; the slope is 0 where all scores are equal. */
    static double[] line(double[] x, double[] target) {
        double mean = Arrays.stream(target).average().orElse(0.5);
        double[] line = {Outcomes.logOdds(mean), 0};
        double loss = loss(x, target, line);
        for (int step = 0; step < STEPS; step++) {
            double g0 = 0;
            double g1 = 0;
            double h00 = 0;
            double h01 = 0;
            double h11 = 0;
            for (int i = 0; i < x.length; i++) {
                double p = Outcomes.probability(line[0] + line[1] * x[i]);
                double w = p * (1 - p);
                g0 += target[i] - p;
                g1 += (target[i] - p) * x[i];
                h00 += w;
                h01 += w * x[i];
                h11 += w * x[i] * x[i];
            }
            double determinant = h00 * h11 - h01 * h01;
            if (!(determinant > 1e-12 * h00 * h11)) {
                return line;
            }
            double d0 = (h11 * g0 - h01 * g1) / determinant;
            double d1 = (h00 * g1 - h01 * g0) / determinant;
            double[] next = line;
            double better = loss;
            for (double length = 1; length > 1e-9 && !(better < loss); length /= 2) {
                next = new double[] {line[0] + length * d0, line[1] + length * d1};
                better = loss(x, target, next);
            }
            if (!(better < loss)) {
                return line;
            }
            line = next;
            loss = better;
        }
        return line;
    }

    private static double loss(double[] x, double[] target, double[] line) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double logOdds = line[0] + line[1] * x[i];
            sum += target[i] * Outcomes.logLoss(logOdds, true) + (1 - target[i]) * Outcomes.logLoss(logOdds, false);
        }
        return sum;
    }

    private static Calibration pool(double[] probabilities, boolean[] churned) {
        int[] order = IndexSort.sorted(
                probabilities.length, (i, j) -> Double.compare(probabilities[i] + 0.0, probabilities[j] + 0.0));
        double[] first = new double[order.length];
        double[] last = new double[order.length];
        double[] sum = new double[order.length];
        double[] count = new double[order.length];
        int pools = 0;
        for (int i = 0; i < order.length; ) {
            double value = probabilities[order[i]];
            first[pools] = value;
            last[pools] = value;
            sum[pools] = 0;
            count[pools] = 0;
            for (; i < order.length && probabilities[order[i]] == value; i++) {
                sum[pools] += churned[order[i]] ? 1 : 0;
                count[pools]++;
            }
            pools++;
            while (pools > 1 && sum[pools - 2] * count[pools - 1] >= sum[pools - 1] * count[pools - 2]) {
                pools--;
                sum[pools - 1] += sum[pools];
                count[pools - 1] += count[pools];
                last[pools - 1] = last[pools];
            }
        }
        double[] at = new double[2 * pools];
        double[] becomes = new double[2 * pools];
        int points = 0;
        for (int pool = 0; pool < pools; pool++) {
            at[points] = first[pool];
            becomes[points++] = sum[pool] / count[pool];
            if (last[pool] > first[pool]) {
                at[points] = last[pool];
                becomes[points++] = sum[pool] / count[pool];
            }
        }
        return new Calibration(ISOTONIC, Arrays.copyOf(at, points), Arrays.copyOf(becomes, points));
    }

    private static Undefined oneOutcome(int customers) {
        return customers == 0
                ? Undefined.noData("no customer to calibrate on")
                : new Undefined(
                        Undefined.Reason.NO_VARIATION, "all of " + customers + " customers have the same outcome");
    }

    /** The kind of calibration and its size. */
    @Override
    public String toString() {
        return kind == PLATT
                ? "Platt: intercept " + at[0] + ", slope " + becomes[0]
                : "isotonic through " + at.length + " points";
    }
}
