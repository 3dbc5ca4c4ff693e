/** A host application: it sees what the libraries export and nothing else. */
@org.jspecify.annotations.NullMarked
module dev.crmcore.examples {
    requires static org.jspecify;
    requires dev.crmcore.core;
    requires dev.crmcore.metrics;
    requires dev.crmcore.insights;
    requires dev.crmcore.jdbc;
    requires com.h2database;
}
