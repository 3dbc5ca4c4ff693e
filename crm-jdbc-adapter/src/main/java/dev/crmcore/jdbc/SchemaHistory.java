package dev.crmcore.jdbc;

/** Names of the table in which applied scripts are noted. */
final class SchemaHistory {

    static final String TABLE = "crm_schema_history";

    private SchemaHistory() {}
}
