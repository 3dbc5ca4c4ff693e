package dev.crmcore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/** One real PostgreSQL for all tests of the module; each asks for a schema of its own. It stops with the JVM. */
final class PostgreSqlServer {

    private static final int MAJOR_VERSION = 18;
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private PostgreSqlServer() {}

    private static final class Running {

        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("lock_timeout", "20s")
                        .setServerConfig("deadlock_timeout", "100ms")
                        .start();
                try (Connection connection = server.getPostgresDatabase().getConnection()) {
                    assertThat(connection.getMetaData().getDatabaseMajorVersion())
                            .isEqualTo(MAJOR_VERSION);
                }
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A data source whose connections work in a new, empty schema. */
    static PGSimpleDataSource newSchema() throws SQLException {
        String schema = "test" + SCHEMAS.incrementAndGet();
        try (Connection connection = Running.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema " + schema);
        }
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setURL(Running.SERVER.getJdbcUrl("postgres", "postgres"));
        dataSource.setCurrentSchema(schema);
        return dataSource;
    }
}
