package dev.crmcore.jdbc;

/** What a store does with the tables of its database when it is opened. */
public enum SchemaPolicy {
    /** Creates the tables, optional columns and indexes that are missing. */
    APPLY,
    /** Refuses to open when a table or column is missing. */
    VALIDATE,
    /** Does not look. */
    NONE
}
