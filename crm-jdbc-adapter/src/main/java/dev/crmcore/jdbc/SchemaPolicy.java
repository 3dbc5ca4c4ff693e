package dev.crmcore.jdbc;

/** What a store does with the tables of its database when it is opened. */
public enum SchemaPolicy {
    /**
     * Applies the shipped scripts where the catalog has the library's own types, and creates the tables, optional columns
     * and indexes that the types need beyond them.
     */
    APPLY,
    /** Refuses to open when a table or column is missing. */
    VALIDATE,
    /** Does not look. */
    NONE
}
