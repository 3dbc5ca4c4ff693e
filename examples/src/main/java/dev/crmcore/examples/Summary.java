package dev.crmcore.examples;

import dev.crmcore.insights.CustomerValues;
import dev.crmcore.insights.PurchaseModel;
import dev.crmcore.metrics.CalendarPeriod;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.retention.SurvivalCurve;
import dev.crmcore.metrics.value.FittedParameter;
import dev.crmcore.metrics.value.ModelFit;
import dev.crmcore.metrics.value.RevenueConcentration;
import dev.crmcore.metrics.value.RfmSegment;
import dev.crmcore.value.Money;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report for people, on one screen. */
final class Summary {

    private static final int COHORT_MONTHS = 12;

    private final Report report;
    private final StringBuilder text = new StringBuilder();

    private Summary(Report report) {
        this.report = report;
    }

    static String of(Arguments arguments, List<Inputs.Imported> imported, Report report) {
        Summary summary = new Summary(report);
        summary.inputs(arguments, imported);
        summary.purchases();
        summary.timing();
        summary.segments();
        summary.cohorts();
        summary.values();
        summary.feedback();
        summary.line("");
        summary.line(
                "Written: %s, %s",
                arguments.out().resolve("kpis.json"), arguments.out().resolve("customers.csv"));
        return summary.text.toString();
    }

    private void inputs(Arguments arguments, List<Inputs.Imported> imported) {
        for (Inputs.Imported each : imported) {
            line(
                    "%s: %,d rows, %,d new",
                    each.file(), each.report().read(), each.report().created());
        }
        line("Store: %s", arguments.store());
    }

    private void purchases() {
        line("");
        line(
                "As of %s, in %s",
                report.asOf().map(Object::toString).orElse("no day, since there is no purchase"), report.currency());
        row("Customers", String.format(Locale.ROOT, "%,d", report.purchases().customers()));
        row("Purchases", String.format(Locale.ROOT, "%,d", report.purchases().size()));
        row("Revenue", money(report.purchases().revenue()));
        row("Average order value", figure(report.purchases().averageOrderValue(), "%,.2f"));
        row(
                "Repeat purchase rate",
                percentage(report.purchases().repeatPurchaseRate().estimate()));
        row("Revenue per customer", interval(report.spend().average(), "%,.2f", 1));
        RevenueConcentration concentration = report.spend().concentration();
        row(
                "Concentration",
                figure(concentration.gini(), "Gini %.3f")
                        + (concentration.gini().isDefined()
                                ? format(
                                        "; the best fifth brings %.1f %%",
                                        100 * concentration.topShare(Report.TOP).value())
                                : ""));
    }

    private void timing() {
        SurvivalCurve comingBack = report.timing().timeToSecondPurchase();
        line("");
        line("Coming back (with 95 %% intervals)");
        row("Within " + Report.SOON_DAYS + " days", percentage(comingBack.eventBy(Report.SOON_DAYS)));
        row("A quarter within", interval(comingBack.quantile(0.25), "%,.0f days", 1));
        row("Half within", interval(comingBack.median(), "%,.0f days", 1));
        row(
                "Silent for " + Report.SILENT_DAYS + " days",
                percentage(report.timing().inactivityChurn(Report.SILENT_DAYS).estimate()));
    }

    private void segments() {
        Map<RfmSegment, Long> customers = report.scores().customersBySegment();
        line("");
        line("RFM segments            customers         revenue");
        report.revenueBySegment()
                .forEach((segment, revenue) -> line(
                        "  %-20s %,10d %15s", segment.label(), customers.getOrDefault(segment, 0L), money(revenue)));
    }

    private void cohorts() {
        line("");
        line("Cohorts: customers by the month of their first purchase, and how many bought in each month from it on");
        for (CalendarPeriod cohort : report.cohorts().cohorts()) {
            List<Long> active = KpiJson.active(report.cohorts(), cohort);
            line(
                    "  %s %s%s",
                    cohort,
                    active.stream()
                            .limit(COHORT_MONTHS)
                            .map(each -> String.format(Locale.ROOT, "%7d", each))
                            .collect(Collectors.joining()),
                    active.size() > COHORT_MONTHS ? " ..." : "");
        }
    }

    private void values() {
        CustomerValues values = report.values();
        line("");
        line("Customer lifetime value (time in %ss, money in %s)", report.unitName(), report.currency());
        row("BG/NBD", model(values.purchaseModel()));
        row("MBG/NBD", model(report.otherModel(PurchaseModel.MBG_NBD)));
        row("Pareto/NBD", model(report.otherModel(PurchaseModel.PARETO_NBD)));
        row("Gamma-Gamma", model(values.spendModel()));
        String horizon = "Next " + report.horizon() + " " + report.unitName() + (report.horizon() == 1 ? "" : "s");
        row(
                horizon,
                figure(values.totalExpectedPurchases(), "%,.0f purchases") + ", worth "
                        + figure(values.totalLifetimeValue(), "%,.2f"));
    }

    private void feedback() {
        line("");
        line("Feedback (with 95 %% intervals)");
        row("NPS", interval(report.nps().estimate(), "%.1f", 1));
        row("CSAT", percentage(report.csat().estimate()));
        row("CES", interval(report.ces().estimate(), "%.2f", 1));
        row("Comments, positive", percentage(report.sentiment().positive().estimate()));
        row("Comments, negative", percentage(report.sentiment().negative().estimate()));
    }

    private static String model(ModelFit<?> fit) {
        if (fit.undefined().isPresent()) {
            return "undefined: " + fit.undefined().get().message();
        }
        String parameters = fit.parameters().stream().map(Summary::parameter).collect(Collectors.joining(", "));
        return parameters
                + String.format(Locale.ROOT, ", log-likelihood %.1f", fit.logLikelihood())
                + (fit.converged() ? "" : " (not converged)");
    }

    private static String parameter(FittedParameter parameter) {
        return String.format(Locale.ROOT, "%s %.3f", parameter.name(), parameter.value());
    }

    private static String percentage(Estimate estimate) {
        return interval(estimate, "%.1f %%", 100);
    }

    private static String interval(Estimate estimate, String format, double factor) {
        if (!estimate.isDefined()) {
            return figure(estimate, format);
        }
        String range = estimate.interval()
                .map(each -> " (" + format(format, each.lower() * factor) + " to "
                        + (Double.isFinite(each.upper()) ? format(format, each.upper() * factor) : "no bound") + ")")
                .orElse("");
        return format(format, estimate.value() * factor)
                + range
                + String.format(Locale.ROOT, ", n = %,d", estimate.n());
    }

    private static String figure(Estimate estimate, String format) {
        return estimate.isDefined()
                ? format(format, estimate.value())
                : "undefined: " + estimate.undefined().orElseThrow().message();
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String money(Money money) {
        return String.format(Locale.ROOT, "%,." + money.amount().scale() + "f", money.amount());
    }

    private void row(String name, String value) {
        line("  %-22s %s", name, value);
    }

    @SuppressWarnings("AnnotateFormatMethod") // called here alone, with literals
    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
