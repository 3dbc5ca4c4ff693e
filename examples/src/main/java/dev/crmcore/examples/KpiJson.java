package dev.crmcore.examples;

import dev.crmcore.insights.CustomerValues;
import dev.crmcore.insights.PurchaseModel;
import dev.crmcore.metrics.CalendarPeriod;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.feedback.NpsScore;
import dev.crmcore.metrics.feedback.text.SentimentSummary;
import dev.crmcore.metrics.retention.CohortTable;
import dev.crmcore.metrics.retention.InterpurchaseTimes;
import dev.crmcore.metrics.retention.RollingTable;
import dev.crmcore.metrics.retention.SurvivalCurve;
import dev.crmcore.metrics.value.FittedParameter;
import dev.crmcore.metrics.value.ModelFit;
import dev.crmcore.metrics.value.RevenueConcentration;
import dev.crmcore.metrics.value.RfmSegment;
import dev.crmcore.value.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The report as {@code kpis.json}: always the same names in the same order, a reason in place of what has no value. */
final class KpiJson {

    private final Report report;

    private KpiJson(Report report) {
        this.report = report;
    }

    static String of(Report report) {
        return Json.pretty(new KpiJson(report).all());
    }

    private Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("asOf", report.asOf().<Object>map(LocalDate::toString).orElseGet(() -> undefined("no purchase")));
        all.put("unit", report.unitName());
        all.put("currency", report.currency());
        all.put("customers", report.purchases().customers());
        all.put("purchases", report.purchases().size());
        all.put(
                "repeatPurchaseRate",
                figure(report.purchases().repeatPurchaseRate().estimate()));
        all.put("averageOrderValue", number(report.purchases().averageOrderValue()));
        all.put("revenue", amount(report.purchases().revenue()));
        all.put("rfm", Map.of("segments", segments()));
        all.put("cohorts", cohorts());
        all.put("lifetimeValue", lifetimeValue());
        all.put("feedback", feedback());
        all.put("revenuePerCustomer", figure(report.spend().average()));
        all.put("concentration", concentration());
        all.put("timeToSecondPurchase", timeToSecondPurchase());
        all.put("interpurchaseTime", interpurchaseTime());
        all.put("inactivityChurn", inactivityChurn());
        all.put("rollingRetention", rollingRetention());
        return all;
    }

    private List<Object> segments() {
        List<Object> segments = new ArrayList<>();
        Map<RfmSegment, Long> customers = report.scores().customersBySegment();
        report.revenueBySegment().forEach((segment, revenue) -> {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("name", segment.label());
            each.put("customers", customers.getOrDefault(segment, 0L));
            each.put("revenue", amount(revenue));
            segments.add(each);
        });
        return segments;
    }

    private List<Object> cohorts() {
        CohortTable table = report.cohorts();
        List<Object> cohorts = new ArrayList<>();
        for (CalendarPeriod cohort : table.cohorts()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("cohort", cohort.toString());
            each.put("size", table.size(cohort));
            each.put("active", active(table, cohort));
            cohorts.add(each);
        }
        return cohorts;
    }

    static List<Long> active(CohortTable table, CalendarPeriod cohort) {
        List<Long> active = new ArrayList<>();
        OptionalLong each = table.active(cohort, 0);
        while (each.isPresent()) {
            active.add(each.getAsLong());
            each = table.active(cohort, active.size());
        }
        return active;
    }

    private Map<String, Object> lifetimeValue() {
        CustomerValues values = report.values();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("bgnbd", model(values.purchaseModel(), true));
        all.put("gammaGamma", model(values.spendModel(), false));
        all.put("horizonUnits", report.horizon());
        all.put("totalClv", number(values.totalLifetimeValue()));
        all.put("expectedPurchases", number(values.totalExpectedPurchases()));
        all.put("mbgNbd", model(report.otherModel(PurchaseModel.MBG_NBD), true));
        all.put("paretoNbd", model(report.otherModel(PurchaseModel.PARETO_NBD), true));
        return all;
    }

    private static Map<String, Object> model(ModelFit<?> fit, boolean withErrors) {
        if (fit.undefined().isPresent()) {
            return undefined(fit.undefined().get());
        }
        Map<String, Object> all = new LinkedHashMap<>();
        Map<String, Object> errors = new LinkedHashMap<>();
        for (FittedParameter parameter : fit.parameters()) {
            all.put(parameter.name(), Decimals.of(parameter.value()));
            errors.put(
                    parameter.name(),
                    parameter.standardError().isPresent()
                            ? Decimals.of(parameter.standardError().getAsDouble())
                            : undefined("the parameter is at its border or not told apart from the others"));
        }
        all.put("logLikelihood", Decimals.of(fit.logLikelihood()));
        all.put("converged", fit.converged());
        if (withErrors) {
            all.put("standardErrors", errors);
        }
        return all;
    }

    private Map<String, Object> concentration() {
        RevenueConcentration concentration = report.spend().concentration();
        if (!concentration.gini().isDefined()) {
            return figure(concentration.gini());
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("gini", number(concentration.gini()));
        all.put("top20Share", number(concentration.topShare(Report.TOP)));
        all.put("customersBringing80", number(concentration.customersBringing(1 - Report.TOP)));
        return all;
    }

    /** In days. */
    private Map<String, Object> timeToSecondPurchase() {
        SurvivalCurve curve = report.timing().timeToSecondPurchase();
        if (curve.n() == 0) {
            return figure(curve.median());
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("n", curve.n());
        all.put("second", curve.events());
        all.put("within90Days", figure(curve.eventBy(Report.SOON_DAYS)));
        all.put("lowerQuartile", figure(curve.quantile(0.25)));
        all.put("median", figure(curve.median()));
        all.put("upperQuartile", figure(curve.quantile(0.75)));
        return all;
    }

    /** In days. */
    private Map<String, Object> interpurchaseTime() {
        InterpurchaseTimes times = report.timing().interpurchaseTimes();
        Map<String, Object> all = figure(times.mean());
        if (times.n() > 0) {
            all.put("median", number(times.quantile(0.5)));
        }
        return all;
    }

    private Map<String, Object> inactivityChurn() {
        Estimate churn = report.timing().inactivityChurn(Report.SILENT_DAYS).estimate();
        return churn.isDefined() ? of("days", Report.SILENT_DAYS, churn) : figure(churn);
    }

    private Map<String, Object> rollingRetention() {
        RollingTable table = report.rollingRetention();
        List<Object> windows = new ArrayList<>();
        for (int k = 1; k < table.windows() && table.retention(k).isDefined(); k++) {
            windows.add(of("window", k, table.retention(k)));
        }
        if (windows.isEmpty()) {
            return undefined("no customer has been known for two windows of " + Report.WINDOW_DAYS + " days");
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("windowDays", Report.WINDOW_DAYS);
        all.put("windows", windows);
        return all;
    }

    /** The figure behind what it is about. */
    private static Map<String, Object> of(String name, int value, Estimate estimate) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put(name, value);
        all.putAll(figure(estimate));
        return all;
    }

    private Map<String, Object> feedback() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("nps", nps(report.nps()));
        all.put("csat", figure(report.csat().estimate()));
        all.put("ces", figure(report.ces().estimate()));
        all.put("sentiment", sentiment());
        return all;
    }

    private Map<String, Object> sentiment() {
        SentimentSummary.Result sentiment = report.sentiment();
        if (!sentiment.estimate().isDefined()) {
            return figure(sentiment.estimate());
        }
        Map<String, Object> all = figure(sentiment.estimate());
        all.put("positive", figure(sentiment.positive().estimate()));
        all.put("negative", figure(sentiment.negative().estimate()));
        return all;
    }

    private static Map<String, Object> nps(NpsScore score) {
        Map<String, Object> figure = figure(score.estimate());
        if (score.n() == 0) {
            return figure;
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("value", figure.getOrDefault("value", ""));
        all.put("promoters", score.promoters());
        all.put("passives", score.passives());
        all.put("detractors", score.detractors());
        all.putAll(figure);
        return all;
    }

    private static Map<String, Object> figure(Estimate estimate) {
        if (!estimate.isDefined()) {
            return undefined(estimate.undefined().orElseThrow());
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("value", Decimals.of(estimate.value()));
        all.put("n", estimate.n());
        all.put("interval95", interval(estimate.interval()));
        return all;
    }

    private static Object interval(Optional<Interval> interval) {
        return interval.map(KpiJson::ends).orElseGet(() -> undefined("too few observations, or all of them equal"));
    }

    private static Object ends(Interval interval) {
        return Double.isFinite(interval.lower()) && Double.isFinite(interval.upper())
                ? List.of(Decimals.of(interval.lower()), Decimals.of(interval.upper()))
                : undefined("the observations do not bound it on both sides");
    }

    private static Object number(Estimate estimate) {
        return estimate.isDefined()
                ? Decimals.of(estimate.value())
                : undefined(estimate.undefined().orElseThrow());
    }

    /** In whole units of the currency, with as many digits after the point as it has. */
    private static Object amount(Money money) {
        return money.amount();
    }

    private static Map<String, Object> undefined(Undefined reason) {
        return undefined(reason.message());
    }

    private static Map<String, Object> undefined(String reason) {
        return Map.of("undefined", reason);
    }
}
