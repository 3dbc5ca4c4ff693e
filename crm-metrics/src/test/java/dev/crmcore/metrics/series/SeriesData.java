package dev.crmcore.metrics.series;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Golden;
import java.util.stream.StreamSupport;

/** The inputs of the series tests. */
final class SeriesData {

    private SeriesData() {}

    /** One column of an input as a series of numbered steps; an empty cell is missing. */
    static RegularSeries column(String path, int column) {
        return RegularSeries.of(Golden.csv(path).stream()
                .mapToDouble(row -> row[column].isEmpty() ? Double.NaN : Double.parseDouble(row[column]))
                .toArray());
    }

    static RegularSeries airPassengers() {
        return column("series/monthly_airpassengers.csv", 1);
    }

    static RegularSeries weeklyKpi() {
        return column("series/weekly_kpi_synthetic_dev.csv", 1);
    }

    static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }

    static int[] ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::intValue)
                .toArray();
    }
}
