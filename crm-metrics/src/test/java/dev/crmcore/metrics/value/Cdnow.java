package dev.crmcore.metrics.value;

import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.PeriodUnit;
import java.util.List;

/** The published summary of the CDNOW sample, as columns. */
final class Cdnow {

    static final BgNbd BGNBD = BgNbd.of(0.2425929072, 4.413531561, 0.7928861481, 2.425753436, PeriodUnit.WEEK);
    static final GammaGamma GAMMA_GAMMA = GammaGamma.of(6.24880249, 3.744588453, 15.44774801);

    final long[] frequency;
    final double[] recency;
    final double[] age;
    final double[] meanSpend;

    Cdnow() {
        List<String[]> rows = Golden.csv("clv/cdnow_sample_summary_weeks.csv");
        int n = rows.size();
        frequency = new long[n];
        recency = new double[n];
        age = new double[n];
        meanSpend = new double[n];
        for (int i = 0; i < n; i++) {
            String[] row = rows.get(i);
            frequency[i] = Long.parseLong(row[1]);
            recency[i] = Double.parseDouble(row[2]);
            age[i] = Double.parseDouble(row[3]);
            meanSpend[i] = Double.parseDouble(row[4]);
        }
    }

    PurchaseHistories histories() {
        return PurchaseHistories.of(frequency, recency, age, PeriodUnit.WEEK);
    }

    SpendHistories spend() {
        return SpendHistories.of(frequency, meanSpend);
    }
}
