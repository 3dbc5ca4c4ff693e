package dev.crmcore.jdbc;

import dev.crmcore.store.CrmStore;
import dev.crmcore.store.EntityCatalog;
import dev.crmcore.store.tck.StoreContract;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;

/** The kit on one database, with its connections handed out in one way. */
abstract class JdbcContract extends StoreContract {

    private static final int POOL_SIZE = 16;

    private final DataSource dataSource;

    JdbcContract(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    static DataSource pooled(DataSource dataSource, boolean autoCommit) {
        return TestDatabase.pool(dataSource, autoCommit, POOL_SIZE);
    }

    @Override
    protected CrmStore newStore(EntityCatalog catalog) {
        return JdbcStore.open(dataSource, catalog);
    }

    @AfterAll
    void closePool() throws Exception {
        if (dataSource instanceof AutoCloseable pool) {
            pool.close();
        }
    }
}
