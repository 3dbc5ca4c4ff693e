package dev.crmcore.insights;

import dev.crmcore.Crm;
import dev.crmcore.jdbc.JdbcStore;
import dev.crmcore.store.CrmStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One real PostgreSQL with one set of tables for all tests of the module. It stops with the JVM. */
final class PostgreSql {

    private static final EmbeddedPostgres SERVER = start();

    private PostgreSql() {}

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CrmStore openStore() {
        return JdbcStore.open(SERVER.getPostgresDatabase(), Crm.catalog());
    }
}
