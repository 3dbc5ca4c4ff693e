/** The figures of the metrics module, read from a CRM's store. */
@org.jspecify.annotations.NullMarked
module dev.crmcore.insights {
    requires static transitive org.jspecify;
    requires transitive dev.crmcore.core;
    requires transitive dev.crmcore.metrics;

    exports dev.crmcore.insights;
}
