package dev.crmcore.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A host with a table of its own, whose transactions are Spring's. */
final class SpringHost {

    private final DataSource dataSource;
    private final DataSourceTransactionManager manager;
    private final JdbcTemplate jdbc;

    SpringHost(TestDatabase database) {
        dataSource = TestDatabase.pool(database.create(), true, 4);
        manager = new DataSourceTransactionManager(dataSource);
        jdbc = new JdbcTemplate(dataSource);
        jdbc.execute("create table host (n integer)");
    }

    ConnectionProvider connections() {
        return new SpringConnections(dataSource);
    }

    TransactionTemplate required() {
        return template(TransactionDefinition.PROPAGATION_REQUIRED);
    }

    TransactionTemplate nested() {
        return template(TransactionDefinition.PROPAGATION_NESTED);
    }

    TransactionTemplate requiresNew() {
        return template(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    private TransactionTemplate template(int propagation) {
        TransactionTemplate template = new TransactionTemplate(manager);
        template.setPropagationBehavior(propagation);
        return template;
    }

    void insert(int n) {
        jdbc.update("insert into host values (?)", n);
    }

    List<Integer> rows() {
        return jdbc.queryForList("select n from host order by n", Integer.class);
    }

    /** The whole bridge. */
    private record SpringConnections(DataSource dataSource) implements ConnectionProvider {

        @Override
        public Connection open() throws SQLException {
            return dataSource.getConnection();
        }

        @Override
        public Connection joined() {
            return TransactionSynchronizationManager.isActualTransactionActive()
                    ? DataSourceUtils.getConnection(dataSource)
                    : null;
        }

        @Override
        public void release(Connection joined) {
            DataSourceUtils.releaseConnection(joined, dataSource);
        }

        @Override
        public boolean afterCommit(Runnable action) {
            TransactionSynchronizationManager.registerSynchronization(new AfterCommit(action));
            return true;
        }
    }

    /** Runs an action after the commit, unless a savepoint was rolled back to that is older than the action. */
    private static final class AfterCommit implements TransactionSynchronization {

        private final Runnable action;
        private final Set<Object> younger = new HashSet<>();
        private boolean undone;

        AfterCommit(Runnable action) {
            this.action = action;
        }

        @Override
        public void savepoint(Object savepoint) {
            younger.add(savepoint);
        }

        @Override
        public void savepointRollback(Object savepoint) {
            undone |= !younger.contains(savepoint);
        }

        @Override
        public void afterCommit() {
            if (!undone) {
                action.run();
            }
        }
    }
}
