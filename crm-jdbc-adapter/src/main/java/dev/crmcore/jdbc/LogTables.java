package dev.crmcore.jdbc;

/** The names of the log's tables and of the columns by which events get their positions, quoted. */
record LogTables(String events, String tenants, String tenant, String sequence, String position) {

    static final String EVENTS = "crm_event_log";
    static final String TENANTS = "crm_tenant";

    static LogTables of(Dialect dialect) {
        return new LogTables(
                dialect.quote(EVENTS),
                dialect.quote(TENANTS),
                dialect.quote("tenant"),
                dialect.quote("sequence"),
                dialect.quote("position"));
    }
}
