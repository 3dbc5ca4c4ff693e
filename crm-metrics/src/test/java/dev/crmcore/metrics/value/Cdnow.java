package dev.crmcore.metrics.value;

import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.PeriodUnit;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The published summary of the CDNOW sample, as columns. */
final class Cdnow {

    static final BgNbd BGNBD = BgNbd.of(0.2425929072, 4.413531561, 0.7928861481, 2.425753436, PeriodUnit.WEEK);
    static final MbgNbd MBGNBD = MbgNbd.of(0.5248379837, 6.18299202, 0.8913561553, 1.613999335, PeriodUnit.WEEK);
    static final ParetoNbd PARETO_NBD =
            ParetoNbd.of(0.5532755087, 10.57761224, 0.6062135687, 11.66791124, PeriodUnit.WEEK);
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

    /** Histories made by the plainest code there is, to hold the RFM summary against elsewhere. */
    static PurchaseHistories exactDates() {
        LocalDate end = LocalDate.of(1997, 9, 30);
        Map<String, TreeSet<LocalDate>> days = new TreeMap<>();
        for (String[] row : Golden.csv("clv/cdnow_sample_transactions.csv")) {
            LocalDate day = LocalDate.parse(row[2]);
            if (!day.isAfter(end)) {
                days.computeIfAbsent(row[1], id -> new TreeSet<>()).add(day);
            }
        }
        PurchaseHistoryCounts counts = PurchaseHistoryCounts.in(PeriodUnit.WEEK).create();
        days.values()
                .forEach(d -> counts.add(
                        d.size() - 1L,
                        ChronoUnit.DAYS.between(d.first(), d.last()) / 7.0,
                        ChronoUnit.DAYS.between(d.first(), end) / 7.0));
        return counts.result();
    }
}
