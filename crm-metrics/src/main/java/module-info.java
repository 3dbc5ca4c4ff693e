/** Feedback scoring, KPIs and customer-value models over arrays, primitives and streams. */
@org.jspecify.annotations.NullMarked
module dev.crmcore.metrics {
    requires static transitive org.jspecify;

    exports dev.crmcore.metrics;
    exports dev.crmcore.metrics.churn;
    exports dev.crmcore.metrics.feedback;
    exports dev.crmcore.metrics.feedback.text;
    exports dev.crmcore.metrics.journey;
    exports dev.crmcore.metrics.marketing;
    exports dev.crmcore.metrics.registry;
    exports dev.crmcore.metrics.retention;
    exports dev.crmcore.metrics.sales;
    exports dev.crmcore.metrics.series;
    exports dev.crmcore.metrics.service;
    exports dev.crmcore.metrics.stats;
    exports dev.crmcore.metrics.value;
}
