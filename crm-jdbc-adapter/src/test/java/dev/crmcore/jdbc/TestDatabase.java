package dev.crmcore.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** The databases on which the tests run, each new and empty. */
enum TestDatabase {
    H2_MEMORY {
        @Override
        DataSource create() {
            return h2("jdbc:h2:mem:test" + NUMBERS.incrementAndGet());
        }
    },
    H2_FILE {
        @Override
        DataSource create() {
            try {
                Path folder = Files.createTempDirectory("crm-h2");
                folder.toFile().deleteOnExit();
                return h2("jdbc:h2:" + folder.resolve("crm"));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    },
    POSTGRESQL {
        @Override
        DataSource create() {
            try {
                return PostgreSqlServer.newSchema();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    };

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** A data source without a pool, its connections with autocommit on. */
    abstract DataSource create();

    private static DataSource h2(String url) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(url + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000");
        return dataSource;
    }

    /** A pool on a data source. */
    static HikariDataSource pool(DataSource dataSource, boolean autoCommit, int size) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(dataSource);
        config.setAutoCommit(autoCommit);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(10_000);
        return new HikariDataSource(config);
    }
}
