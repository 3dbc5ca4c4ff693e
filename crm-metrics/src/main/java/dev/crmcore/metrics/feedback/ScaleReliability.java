package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.math.BigInteger;
import java.util.Objects;

/**
 * Whether the items of a {@link SurveyScale} measure one thing: Cronbach's alpha and what each item does to it, from the
 * respondents who answered every item.
 *
 * <p>The state holds whole-number sums of answers and of their products: any order and any split give exactly the same
 * result. Weights and the minimum number of answers play no part.
 *
 * <p>Byte form, version 1: the scale as in {@link ScaleScore}; u64 respondents left out, u64 complete respondents; for each item
 * the u64 sum of its points (0 to max - min, reversed items turned); for each pair of items i &le; j, i outermost, the u64 sum of
 * the products of their points.
 *
 * <p>Mutable, not thread-safe. State: one count for each pair of items. Adding costs time in proportion to the pairs and
 * allocates one small array.
 */
public final class ScaleReliability implements Accumulator<int[], ScaleReliability, Reliability> {

    /** What the figure means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("survey-scale-reliability", 1)
            .name("Cronbach's alpha")
            .kind(KpiKind.MERGEABLE)
            .unit("at most 1")
            .formula("k/(k - 1) (1 - sum of the items' variances / variance of their sum)")
            .variant("complete rows, reversed items turned, sample variances")
            .emptyRule("undefined below two items, below two complete rows, or if the sum does not vary")
            .source("Cronbach 1951; interval: Feldt 1965")
            .build();

    private static final int FORMAT = 1;

    private final SurveyScale scale;
    private final long[] sums;
    private final long[][] products;
    private long complete;
    private long leftOut;

    private ScaleReliability(SurveyScale scale) {
        int k = scale.items().size();
        this.scale = scale;
        this.sums = new long[k];
        this.products = new long[k][];
        for (int i = 0; i < k; i++) {
            products[i] = new long[k - i];
        }
    }

    /**
     * The KPI on a scale. What is added are rows: one answer for each item, or {@link SurveyScale#MISSING}.
     *
     * @param scale the scale
     * @return how to begin, resume and collect
     */
    public static AccumulatorType<int[], ScaleReliability, Reliability> on(SurveyScale scale) {
        Objects.requireNonNull(scale, "scale");
        return AccumulatorType.of(DEFINITION, () -> new ScaleReliability(scale), bytes -> read(scale, bytes));
    }

    @Override
    public void add(int[] answers) {
        if (scale.requireRow(answers) < answers.length) {
            leftOut++;
            return;
        }
        long[] points = new long[answers.length];
        for (int i = 0; i < answers.length; i++) {
            points[i] = scale.points(i, answers[i]);
        }
        for (int i = 0; i < points.length; i++) {
            sums[i] += points[i];
            for (int j = i; j < points.length; j++) {
                products[i][j - i] += points[i] * points[j];
            }
        }
        complete++;
    }

    @Override
    public void merge(ScaleReliability other) {
        scale.requireSame(other.scale);
        long[] newSums = sum(sums, other.sums);
        long[][] newProducts = new long[products.length][];
        for (int i = 0; i < products.length; i++) {
            newProducts[i] = sum(products[i], other.products[i]);
        }
        complete = Math.addExact(complete, other.complete);
        leftOut = Math.addExact(leftOut, other.leftOut);
        System.arraycopy(newSums, 0, sums, 0, sums.length);
        System.arraycopy(newProducts, 0, products, 0, products.length);
    }

    @Override
    public Reliability result() {
        int k = sums.length;
        double[][] covariance = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = i; j < k; j++) {
                covariance[i][j] = covariance(i, j);
                covariance[j][i] = covariance[i][j];
            }
        }
        return new Reliability(scale, complete, leftOut, covariance);
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT);
        scale.write(writer);
        writer.putLong(leftOut).putLong(complete);
        for (long sum : sums) {
            writer.putLong(sum);
        }
        for (long[] row : products) {
            for (long product : row) {
                writer.putLong(product);
            }
        }
        return writer.toBytes();
    }

    /** The sample covariance, from whole numbers; 0 below two rows. */
    private double covariance(int i, int j) {
        if (complete < 2) {
            return 0;
        }
        BigInteger n = BigInteger.valueOf(complete);
        BigInteger numerator = n.multiply(BigInteger.valueOf(products[i][j - i]))
                .subtract(BigInteger.valueOf(sums[i]).multiply(BigInteger.valueOf(sums[j])));
        return numerator.doubleValue() / ((double) complete * (complete - 1.0));
    }

    private static ScaleReliability read(SurveyScale scale, byte[] bytes) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        scale.requireNext(reader);
        ScaleReliability reliability = new ScaleReliability(scale);
        reliability.leftOut = reader.getCount();
        reliability.complete = reader.getCount();
        for (int i = 0; i < reliability.sums.length; i++) {
            reliability.sums[i] = reader.getCount();
        }
        for (long[] row : reliability.products) {
            for (int j = 0; j < row.length; j++) {
                row[j] = reader.getCount();
            }
        }
        reader.end();
        reliability.requirePossible(reader);
        return reliability;
    }

    private void requirePossible(StateReader reader) {
        for (int i = 0; i < sums.length; i++) {
            boolean possible = sums[i] <= (double) complete * scale.range() && covariance(i, i) >= 0;
            for (int j = i; possible && j < sums.length; j++) {
                double c = covariance(i, j);
                // Cauchy and Schwarz, with room for the rounding of the right-hand side
                possible = c * c <= covariance(i, i) * covariance(j, j) * (1 + 1e-12);
            }
            if (!possible) {
                throw reader.malformed("sums that no " + complete + " rows make");
            }
        }
    }

    private static long[] sum(long[] left, long[] right) {
        long[] sum = new long[left.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = Math.addExact(left[i], right[i]);
        }
        return sum;
    }
}
