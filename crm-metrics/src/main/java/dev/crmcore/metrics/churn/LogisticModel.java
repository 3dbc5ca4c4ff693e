package dev.crmcore.metrics.churn;

import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A fitted logistic regression.
 *
 * <p>The reasons of a score are exact: each feature contributes its coefficient times the customer's distance from the mean
 * of the customers that the model was fitted on. Immutable and thread-safe.
 *
 * <p>Byte form, after the frame of {@link ExplainedModel}: i64 customers; f64 log-likelihood; u8 whether penalised; i32
 * features, for each its encoding (text name; u8 numeric; median, mean, standard deviation, or levels, u8 whether missing is
 * one, shares); the standardised intercept and coefficients; then for the intercept and each term f64 standard error (-1 if
 * there is none) and u8 whether aliased.
 */
public final class LogisticModel implements ExplainedModel {

    private final List<EncodedFeature> encoding;
    private final double[] weights;
    private final boolean penalised;
    private final long customers;
    private final double logLikelihood;
    private final LogisticTerm intercept;
    private final List<LogisticTerm> terms;

    private LogisticModel(
            List<EncodedFeature> encoding,
            double[] weights,
            double[] standardErrors,
            boolean[] aliased,
            boolean penalised,
            long customers,
            double logLikelihood) {
        this.encoding = List.copyOf(encoding);
        this.weights = weights;
        this.penalised = penalised;
        this.customers = customers;
        this.logLikelihood = logLikelihood;
        List<LogisticTerm> made = new ArrayList<>();
        double atZero = weights[0];
        int at = 1;
        for (EncodedFeature feature : encoding) {
            for (int term = 0; term < feature.terms(); term++, at++) {
                double value = weights[at] * feature.scale();
                atZero -= value * feature.mean();
                made.add(new LogisticTerm(
                        termName(feature, term),
                        feature.name(),
                        value,
                        weights[at],
                        standardErrors[at],
                        aliased[at],
                        penalised,
                        customers));
            }
        }
        this.terms = List.copyOf(made);
        this.intercept = new LogisticTerm(
                "(intercept)", "", atZero, weights[0], standardErrors[0], aliased[0], penalised, customers);
    }

    static LogisticModel fitted(List<EncodedFeature> encoding, LogisticNewton newton, long customers) {
        int columns = newton.weights().length;
        double[] scale = new double[columns];
        double[] shift = new double[columns];
        boolean[] aliased = new boolean[columns];
        scale[0] = 1;
        int at = 1;
        for (EncodedFeature feature : encoding) {
            for (int term = 0; term < feature.terms(); term++, at++) {
                scale[at] = feature.scale();
                shift[at] = feature.numeric() ? -feature.mean() * feature.scale() : 0;
            }
        }
        shift[0] = 1;
        double[] standardErrors = new double[columns];
        for (int j = 0; j < columns; j++) {
            aliased[j] = !newton.keeps(j);
            standardErrors[j] = aliased[j] ? Double.NaN : Math.sqrt(newton.covariance(j, j)) * scale[j];
        }
        standardErrors[0] = Math.sqrt(varianceAtZero(newton, shift));
        return new LogisticModel(
                encoding,
                newton.weights().clone(),
                standardErrors,
                aliased,
                newton.penalised(),
                customers,
                newton.logLikelihood());
    }

    /** The variance of the intercept in the columns' own units. */
    private static double varianceAtZero(LogisticNewton newton, double[] shift) {
        double variance = 0;
        for (int i = 0; i < shift.length; i++) {
            for (int j = 0; j < shift.length; j++) {
                variance += shift[i] * shift[j] * newton.covariance(i, j);
            }
        }
        return variance;
    }

    static String termName(EncodedFeature feature, int term) {
        return feature.numeric() ? feature.name() : feature.name() + "=" + feature.level(term);
    }

    /**
     * The coefficients, in the order of the columns and of the levels.
     *
     * @return the terms without the intercept
     */
    public List<LogisticTerm> terms() {
        return terms;
    }

    /**
     * One coefficient.
     *
     * @param name the term's name, such as {@code tenure} or {@code contract=yearly}
     * @return the term
     * @throws IllegalArgumentException if there is no such term
     */
    public LogisticTerm term(String name) {
        return terms.stream()
                .filter(term -> term.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no term \"" + name + "\""));
    }

    /**
     * The intercept: the log-odds of a customer whose numbers are all 0 and whose levels are the first ones; its
     * standardised value is that of a customer with mean numbers.
     *
     * @return the intercept
     */
    public LogisticTerm intercept() {
        return intercept;
    }

    /**
     * Whether there was a ridge penalty.
     *
     * @return false for maximum likelihood, which has standard errors
     */
    public boolean isPenalised() {
        return penalised;
    }

    /**
     * The log-likelihood of the customers that the model was fitted on, without the penalty.
     *
     * @return the log-likelihood, not positive
     */
    public double logLikelihood() {
        return logLikelihood;
    }

    /**
     * How many customers the model was fitted on.
     *
     * @return the number of customers
     */
    public long customers() {
        return customers;
    }

    @Override
    public List<String> features() {
        return encoding.stream().map(EncodedFeature::name).toList();
    }

    @Override
    public double[] logOdds(FeatureTable table) {
        double[] sums = new double[table.rows()];
        Arrays.fill(sums, weights[0]);
        int at = 1;
        for (EncodedFeature feature : encoding) {
            feature.accumulate(table, weights, at, sums);
            at += feature.terms();
        }
        return sums;
    }

    @Override
    public Reasons reasons(FeatureTable table, int row) {
        Objects.checkIndex(row, table.rows());
        double base = weights[0];
        double[] parts = new double[encoding.size()];
        int at = 1;
        for (int f = 0; f < parts.length; f++) {
            EncodedFeature feature = encoding.get(f);
            base += feature.average(weights, at);
            parts[f] = feature.contribution(table, row, weights, at);
            at += feature.terms();
        }
        return Reasons.of(base, "coefficient times distance from the mean", features(), parts);
    }

    @Override
    public byte[] toBytes() {
        return ModelBytes.of(this);
    }

    void write(StateWriter writer) {
        writer.putLong(customers).putDouble(logLikelihood).putByte(penalised ? 1 : 0);
        writer.putInt(encoding.size());
        encoding.forEach(feature -> feature.write(writer));
        ModelBytes.writeDoubles(writer, weights);
        writeError(writer, intercept);
        terms.forEach(term -> writeError(writer, term));
    }

    private static void writeError(StateWriter writer, LogisticTerm term) {
        double error = term.rawStandardError();
        writer.putDouble(Double.isNaN(error) ? -1 : error).putByte(term.isAliased() ? 1 : 0);
    }

    static LogisticModel read(StateReader reader) {
        long customers = reader.getCount();
        double logLikelihood = reader.getFinite();
        boolean penalised = reader.getByte() == 1;
        int features = reader.getSize(3);
        List<EncodedFeature> encoding = new ArrayList<>(features);
        int columns = 1;
        for (int f = 0; f < features; f++) {
            encoding.add(EncodedFeature.read(reader));
            columns += encoding.get(f).terms();
        }
        double[] weights = ModelBytes.readDoubles(reader);
        if (weights.length != columns) {
            throw reader.malformed(weights.length + " coefficients of " + columns);
        }
        double[] standardErrors = new double[columns];
        boolean[] aliased = new boolean[columns];
        for (int j = 0; j < columns; j++) {
            double error = reader.getFinite();
            standardErrors[j] = error < 0 ? Double.NaN : error;
            aliased[j] = reader.getByte() == 1;
        }
        return new LogisticModel(encoding, weights, standardErrors, aliased, penalised, customers, logLikelihood);
    }

    /** The number of terms and of customers. */
    @Override
    public String toString() {
        return "logistic regression of " + terms.size() + " terms on " + customers + " customers";
    }
}
