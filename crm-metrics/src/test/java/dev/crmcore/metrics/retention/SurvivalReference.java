package dev.crmcore.metrics.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Interval;
import java.util.Optional;

/** Holds curves against a group of the reference file, every field of it. */
final class SurvivalReference {

    private static final double SURVIVAL = 1e-12;
    private static final double ERROR = 1e-9;

    private SurvivalReference() {}

    static void check(SurvivalCurve curve, JsonNode group) {
        assertThat(curve.n()).isEqualTo(group.get("n").longValue());
        assertThat(curve.events()).isEqualTo(group.get("events").longValue());
        if (group.has("table")) {
            JsonNode table = group.get("table");
            assertThat(curve.size()).isEqualTo(table.size());
            for (int row = 0; row < table.size(); row++) {
                assertThat(curve.time(row)).isEqualTo(table.get(row).get("time").doubleValue());
                assertThat(curve.atRisk(row))
                        .isEqualTo(table.get(row).get("n_risk").longValue());
                checkRow(curve, row, table.get(row));
            }
        } else {
            for (JsonNode row : group.get("at_times")) {
                double time = row.get("time").doubleValue();
                int next = 0;
                while (curve.time(next) < time) {
                    next++;
                }
                assertThat(curve.atRisk(next)).isEqualTo(row.get("n_risk").longValue());
                int at = curve.time(next) == time ? next : next - 1;
                assertThat(curve.survivalAt(time).value()).isEqualTo(at < 0 ? 1 : curve.survival(at));
                if (at < 0) {
                    assertThat(row.get("survival").doubleValue()).isEqualTo(1);
                } else {
                    checkRow(curve, at, row);
                }
            }
        }
        checkQuantiles(curve, group.get("quantiles"));
        if (group.has("lifelines_median")) {
            JsonNode median = group.get("lifelines_median");
            assertThat(curve.median().asOptional().orElse(Double.POSITIVE_INFINITY))
                    .isEqualTo(median.isTextual() ? Double.POSITIVE_INFINITY : median.doubleValue());
        }
        if (group.has("rmst")) {
            JsonNode rmst = group.get("rmst");
            RestrictedMean mean =
                    curve.restrictedMean(rmst.get("tau").doubleValue()).orElseThrow();
            assertThat(mean.value()).isCloseTo(rmst.get("rmst").doubleValue(), within(ERROR));
            assertThat(mean.standardError()).isCloseTo(rmst.get("se").doubleValue(), within(ERROR));
        }
    }

    private static void checkRow(SurvivalCurve curve, int row, JsonNode expected) {
        assertThat(curve.survival(row)).isCloseTo(expected.get("survival").doubleValue(), within(SURVIVAL));
        if (expected.get("se_greenwood").isNull()) {
            assertThat(curve.standardError(row)).isEmpty();
        } else {
            assertThat(curve.standardError(row).orElseThrow())
                    .isCloseTo(expected.get("se_greenwood").doubleValue(), within(ERROR));
        }
        for (SurvivalInterval scale : SurvivalInterval.values()) {
            String name = scale.word().replace("-", "");
            Optional<Interval> interval = curve.interval(row, scale, Interval.DEFAULT_LEVEL);
            assertThat(interval.isEmpty()).isEqualTo(expected.get(name + "_low").isNull());
            interval.ifPresent(found -> {
                assertThat(found.lower()).isCloseTo(expected.get(name + "_low").doubleValue(), within(ERROR));
                assertThat(found.upper()).isCloseTo(expected.get(name + "_high").doubleValue(), within(ERROR));
            });
        }
        if (expected.has("nelson_aalen")) {
            assertThat(curve.events(row)).isEqualTo(expected.get("n_event").longValue());
            assertThat(curve.censored(row)).isEqualTo(expected.get("n_censor").longValue());
            assertThat(curve.cumulativeHazard(row))
                    .isCloseTo(expected.get("nelson_aalen").doubleValue(), within(SURVIVAL));
        }
    }

    private static void checkQuantiles(SurvivalCurve curve, JsonNode quantiles) {
        for (int i = 0; i < quantiles.get("p").size(); i++) {
            double p = quantiles.get("p").get(i).doubleValue();
            assertThat(curve.quantile(p).asOptional().orElse(Double.POSITIVE_INFINITY))
                    .isEqualTo(orInfinite(quantiles.get("time").get(i)));
            for (SurvivalInterval scale : new SurvivalInterval[] {SurvivalInterval.LOG, SurvivalInterval.LOG_LOG}) {
                String name = scale.word().replace("-", "");
                Optional<Interval> interval = curve.quantileInterval(p, scale, Interval.DEFAULT_LEVEL);
                assertThat(interval.map(Interval::lower).orElse(Double.POSITIVE_INFINITY))
                        .isEqualTo(orInfinite(quantiles.get("low_" + name).get(i)));
                assertThat(interval.map(Interval::upper).orElse(Double.POSITIVE_INFINITY))
                        .isEqualTo(orInfinite(quantiles.get("high_" + name).get(i)));
            }
        }
    }

    private static double orInfinite(JsonNode value) {
        return value.isNull() ? Double.POSITIVE_INFINITY : value.doubleValue();
    }
}
