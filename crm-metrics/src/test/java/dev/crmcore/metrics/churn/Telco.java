package dev.crmcore.metrics.churn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Golden;
import java.util.Arrays;
import java.util.List;

/** The telephone company's customers, split as the reference splits them. */
final class Telco {

    static final JsonNode GOLDEN = Golden.json("churn/telco_churn_golden.json");

    private static final List<String> HEADER = Arrays.asList(
            ("row_id,split,churn,female,senior_citizen,partner,dependents,tenure,phone_service,multiple_lines,"
                            + "internet_service,online_security,online_backup,device_protection,tech_support,"
                            + "streaming_tv,streaming_movies,contract,paperless_billing,payment_method,"
                            + "monthly_charges,total_charges")
                    .split(","));

    static final Telco TRAIN = new Telco("train");
    static final Telco TEST = new Telco("test");

    final FeatureTable customers;
    final boolean[] churned;

    private Telco(String split) {
        List<String[]> rows = Golden.csv("churn/telco_churn.csv").stream()
                .filter(row -> row[1].equals(split))
                .toList();
        FeatureTable.Builder table = FeatureTable.builder(rows.size());
        GOLDEN.get("preprocessing")
                .get("numeric")
                .fieldNames()
                .forEachRemaining(name -> table.numeric(
                        name,
                        rows.stream()
                                .mapToDouble(row -> {
                                    String cell = row[HEADER.indexOf(name)];
                                    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
                                })
                                .toArray()));
        GOLDEN.get("preprocessing")
                .get("categorical")
                .fieldNames()
                .forEachRemaining(name -> table.category(
                        name,
                        rows.stream().map(row -> row[HEADER.indexOf(name)]).toList()));
        customers = table.build();
        churned = new boolean[rows.size()];
        for (int i = 0; i < churned.length; i++) {
            churned[i] = rows.get(i)[2].equals("1");
        }
    }

    ChurnEvaluation evaluate(ChurnModel model) {
        return ChurnEvaluation.of(model.probabilities(customers), churned);
    }
}
