package dev.crmcore.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Real databases, given out empty, behind a pool whose connections have autocommit off. */
public enum BenchDatabase {
    /** H2 in the memory of this process. */
    H2_MEMORY {
        @Override
        DataSource empty() {
            JdbcDataSource dataSource = new JdbcDataSource();
            dataSource.setURL("jdbc:h2:mem:bench" + NUMBERS.incrementAndGet());
            return dataSource;
        }
    },
    /** PostgreSQL 18 as a process of its own, {@code fsync=off, synchronous_commit=off}: no disk is measured. */
    POSTGRESQL {
        @Override
        DataSource empty() throws SQLException {
            String schema = "bench" + NUMBERS.incrementAndGet();
            try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create schema " + schema);
            }
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setURL(Server.RUNNING.getJdbcUrl("postgres", "postgres"));
            dataSource.setCurrentSchema(schema);
            return dataSource;
        }
    };

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static final class Server {

        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    abstract DataSource empty() throws SQLException;

    /** A new database or schema. H2's is gone with the pool. */
    HikariDataSource open() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setDataSource(empty());
        config.setAutoCommit(false);
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }
}
