/** A host application: it sees what the libraries export and nothing else. */
@org.jspecify.annotations.NullMarked
module dev.crmcore.examples {
    requires static org.jspecify;
    requires com.h2database;
    requires com.zaxxer.hikari;
    requires dev.crmcore.core;
    requires dev.crmcore.insights;
    requires dev.crmcore.jdbc;
    requires dev.crmcore.metrics;
}
