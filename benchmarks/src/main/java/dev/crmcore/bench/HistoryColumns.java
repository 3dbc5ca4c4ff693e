package dev.crmcore.bench;

import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.value.PurchaseHistories;
import dev.crmcore.metrics.value.SpendHistories;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Purchase histories in columns, times in weeks: repeat purchases, recency, age and mean spend of each customer. */
final class HistoryColumns {

    private static final String CDNOW = "cdnow_sample_summary_weeks.csv";

    private final long[] frequency;
    private final double[] recency;
    private final double[] age;
    private final double[] meanSpend;

    private HistoryColumns(long[] frequency, double[] recency, double[] age, double[] meanSpend) {
        this.frequency = frequency;
        this.recency = recency;
        this.age = age;
        this.meanSpend = meanSpend;
    }

    SpendHistories spend() {
        return SpendHistories.of(frequency, meanSpend);
    }

    PurchaseHistories histories() {
        return PurchaseHistories.of(frequency, recency, age, PeriodUnit.WEEK);
    }

    /** The published sample, 2,357 customers. */
    static HistoryColumns cdnow() throws IOException {
        List<String[]> rows;
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(HistoryColumns.class.getResourceAsStream(CDNOW), CDNOW),
                StandardCharsets.UTF_8))) {
            rows = reader.lines().skip(1).map(line -> line.split(",", -1)).toList();
        }
        return new HistoryColumns(
                rows.stream().mapToLong(row -> Long.parseLong(row[1])).toArray(),
                rows.stream().mapToDouble(row -> Double.parseDouble(row[2])).toArray(),
                rows.stream().mapToDouble(row -> Double.parseDouble(row[3])).toArray(),
                rows.stream().mapToDouble(row -> Double.parseDouble(row[4])).toArray());
    }

    /** Customers as the models suppose them, with the parameters of CDNOW, observed by days; money in cents. */
    static HistoryColumns simulated(int customers, long seed) {
        Random random = new Random(seed);
        HistoryColumns columns = new HistoryColumns(
                new long[customers], new double[customers], new double[customers], new double[customers]);
        for (int i = 0; i < customers; i++) {
            columns.simulate(i, random);
        }
        Random spending = new Random(seed + 1);
        for (int i = 0; i < customers; i++) {
            columns.spend(i, spending);
        }
        return columns;
    }

    private void spend(int i, Random random) {
        double rate = gamma(3.745, random) / 15.45;
        long cents = 0;
        for (int k = 0; k < frequency[i]; k++) {
            cents += Math.max(1, Math.round(100 * gamma(6.249, random) / rate));
        }
        meanSpend[i] = frequency[i] == 0 ? 0 : cents / 100.0 / frequency[i];
    }

    private void simulate(int i, Random random) {
        int lastDay = 27 * 7 + random.nextInt(12 * 7);
        double ratePerDay = gamma(0.243, random) / 4.414 / 7;
        double x = gamma(0.793, random);
        double dropout = x / (x + gamma(2.426, random));
        int last = 0;
        double time = 0;
        boolean alive = true;
        while (alive) {
            time -= Math.log1p(-random.nextDouble()) / ratePerDay;
            if (time > lastDay) {
                break;
            }
            int day = (int) Math.ceil(time);
            if (day > last) {
                frequency[i]++;
                last = day;
            }
            alive = random.nextDouble() >= dropout;
        }
        recency[i] = last / 7.0;
        age[i] = lastDay / 7.0;
    }

    /** Marsaglia and Tsang 2000, with their step for shapes below one. */
    private static double gamma(double shape, Random random) {
        double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        double v;
        double z;
        do {
            z = random.nextGaussian();
            v = Math.pow(1 + c * z, 3);
        } while (v <= 0 || Math.log(1 - random.nextDouble()) >= z * z / 2 + d - d * v + d * Math.log(v));
        return shape < 1 ? d * v * Math.pow(1 - random.nextDouble(), 1 / shape) : d * v;
    }
}
