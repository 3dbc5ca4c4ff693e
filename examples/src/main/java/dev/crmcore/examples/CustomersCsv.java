package dev.crmcore.examples;

import dev.crmcore.insights.CustomerValues;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.value.PurchaseHistory;
import dev.crmcore.metrics.value.RfmScores;
import dev.crmcore.metrics.value.RfmSummary;
import java.util.List;
import java.util.stream.Collectors;

/** The report as {@code customers.csv}: a line for each customer, an empty field for what has no value. */
final class CustomersCsv {

    private static final String HEADER = "customer_id,frequency,recency,age,monetary_value,r,f,m,segment,"
            + "p_alive,expected_purchases,expected_value,clv";

    private CustomersCsv() {}

    static String of(Report report) {
        StringBuilder csv = new StringBuilder(HEADER).append('\n');
        for (int row : report.rowsByCustomerId()) {
            csv.append(line(report, row)).append('\n');
        }
        return csv.toString();
    }

    private static String line(Report report, int row) {
        RfmSummary rfm = report.rfm();
        RfmScores scores = report.scores();
        CustomerValues values = report.values();
        PurchaseHistory history = values.history(row);
        double majorUnit = Math.pow(10, report.purchases().fractionDigits());
        List<String> fields = List.of(
                quoted(report.customerId(row)),
                Long.toString(history.frequency()),
                number(history.recency()),
                number(history.age()),
                number(rfm.monetaryValue(row) / majorUnit),
                Integer.toString(scores.recency(row)),
                Integer.toString(scores.frequency(row)),
                Integer.toString(scores.monetary(row)),
                scores.segment(row).label(),
                figure(values.probabilityAlive(row)),
                figure(values.expectedPurchases(row)),
                figure(values.expectedSpend(row)),
                figure(values.lifetimeValue(row)));
        return fields.stream().collect(Collectors.joining(","));
    }

    private static String figure(Estimate estimate) {
        return estimate.isDefined() ? number(estimate.value()) : "";
    }

    private static String number(double value) {
        return Decimals.of(value).toPlainString();
    }

    /** After RFC 4180: in quotes where it holds what ends a field. */
    static String quoted(String text) {
        boolean plain = text.chars().noneMatch(each -> each == ',' || each == '"' || each == '\n' || each == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
