package dev.crmcore.insights;

import dev.crmcore.Crm;
import dev.crmcore.jdbc.JdbcStore;
import dev.crmcore.store.CrmStore;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;

class H2InsightsTest extends InsightsCases {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    @Override
    CrmStore openStore() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:insights" + DATABASES.incrementAndGet() + ";DB_CLOSE_DELAY=-1");
        return JdbcStore.open(dataSource, Crm.catalog());
    }
}
