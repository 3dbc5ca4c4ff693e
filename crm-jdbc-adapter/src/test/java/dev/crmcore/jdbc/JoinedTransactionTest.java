package dev.crmcore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.DuplicateException;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.LogPosition;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.StoreCapabilities.Capability;
import dev.crmcore.store.StoreTransaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@DisplayName("The host's own transaction is joined")
class JoinedTransactionTest extends BuyerCases {

    static void createHostTable(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table host (n integer)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void insertIntoHostTable(Connection connection, int n) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("insert into host values (" + n + ")");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Integer> hostRows(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select n from host order by n")) {
            List<Integer> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getInt(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int logged(CrmStore store) {
        return store.readLog(ACME, LogQuery.after(LogPosition.START, 9)).size();
    }

    /** A call that writes and notes an event. */
    private static void write(CrmStore store, int number) {
        run(
                store,
                tx -> tx.nested(() -> {
                    tx.append(List.of(event(number)));
                    return tx.insert(Buyer.TYPE, List.of(Buyer.of(number)));
                }));
    }

    /** What a library call does in a joined transaction: it can be refused without harm to what stands around it. */
    private static void call(CrmStore store, Buyer buyer) {
        run(store, (StoreTransaction tx) -> tx.nested(() -> tx.insert(Buyer.TYPE, List.of(buyer))));
    }

    @Nested
    @DisplayName("of plain JDBC")
    class PlainJdbc {

        /** A host that keeps the connection of its open transaction in a field. */
        static final class Host implements ConnectionProvider {

            private final DataSource dataSource;
            private Connection current;

            Host(DataSource dataSource) {
                this.dataSource = dataSource;
            }

            @Override
            public Connection open() throws SQLException {
                return dataSource.getConnection();
            }

            @Override
            public Connection joined() {
                return current;
            }

            Connection current() {
                return current;
            }

            Connection begin() throws SQLException {
                current = dataSource.getConnection();
                current.setAutoCommit(false);
                return current;
            }

            void end(boolean commit) throws SQLException {
                if (commit) {
                    current.commit();
                } else {
                    current.rollback();
                }
                current.setAutoCommit(true);
                current.close();
                current = null;
            }
        }

        @ParameterizedTest
        @EnumSource
        @DisplayName("and committed or rolled back by the host alone")
        void commitAndRollback(TestDatabase database) throws SQLException {
            DataSource dataSource = database.create();
            createHostTable(dataSource);
            Host host = new Host(dataSource);
            CrmStore store = JdbcStore.builder(host, CATALOG).open();
            assertThat(store.capabilities().has(Capability.JOINS_HOST_TRANSACTION))
                    .isTrue();
            CrmStore other = JdbcStore.open(dataSource, CATALOG);

            insertIntoHostTable(host.begin(), 1);
            call(store, Buyer.of(1));
            run(store, tx -> {
                assertThat(tx.isJoined()).isTrue();
                assertThat(tx.afterCommit(() -> {})).as("without a hook").isFalse();
                assertThat(tx.find(Buyer.TYPE, Buyer.of(1).id())).isPresent();
                tx.append(List.of(event(1)));
            });
            assertThat(all(other)).isEmpty();
            assertThat(store.readLog(ACME, LogQuery.after(LogPosition.START, 9)))
                    .isEmpty();
            assertThat(store.tenants()).isEmpty();
            host.end(true);
            assertThat(all(other)).containsExactly(Buyer.of(1));
            assertThat(store.readLog(ACME, LogQuery.after(LogPosition.START, 9)))
                    .hasSize(1);
            assertThat(store.tenants()).containsExactly(ACME);

            insertIntoHostTable(host.begin(), 2);
            call(store, Buyer.of(2));
            host.end(false);
            assertThat(all(other)).containsExactly(Buyer.of(1));
            assertThat(hostRows(dataSource)).containsExactly(1);
            run(store, tx -> assertThat(tx.isJoined()).isFalse());
        }

        @ParameterizedTest
        @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
        @DisplayName("and refused where it is none: autocommit is on")
        void autoCommit(TestDatabase database) throws SQLException {
            Host host = new Host(database.create());
            CrmStore store = JdbcStore.builder(host, CATALOG).open();
            host.begin().setAutoCommit(true);
            assertThatThrownBy(() -> call(store, Buyer.of(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("autocommit");
            host.current.setAutoCommit(false);
            host.end(true);
            assertThat(all(store)).isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        @DisplayName("and a new tenant is registered by the first transaction that stands, not by one rolled back")
        void newTenantRolledBack(TestDatabase database) throws SQLException {
            Host host = new Host(database.create());
            CrmStore store = JdbcStore.builder(host, CATALOG).open();
            host.begin();
            write(store, 1);
            write(store, 2);
            host.end(false);
            assertThat(logged(store)).isZero();
            host.begin();
            write(store, 3);
            write(store, 4);
            host.end(false);
            write(store, 5);
            assertThat(store.tenants()).containsExactly(ACME);
            assertThat(logged(store)).isEqualTo(1);
            host.begin();
            write(store, 6);
            host.end(true);
            assertThat(logged(store)).isEqualTo(2);
        }

        @ParameterizedTest
        @EnumSource
        @DisplayName("and a log whose tenant has no row gets one when it is read, and goes on where it was")
        void logWithoutHead(TestDatabase database) throws SQLException {
            DataSource dataSource = database.create();
            CrmStore store = JdbcStore.open(dataSource, CATALOG);
            write(store, 1);
            assertThat(logged(store)).isEqualTo(1);
            write(store, 2);
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("delete from " + LogTables.TENANTS);
            }
            assertThat(store.readLog(ACME, LogQuery.after(LogPosition.START, 9)))
                    .extracting(logged -> logged.position().value())
                    .containsExactly(1L, 2L);
            assertThat(store.tenants()).containsExactly(ACME);
            write(store, 3);
            assertThat(logged(store)).isEqualTo(3);
        }

        @ParameterizedTest
        @EnumSource
        @DisplayName("and goes on after a refused call that the host catches: of that call nothing is left")
        void refusedCall(TestDatabase database) throws SQLException {
            DataSource dataSource = database.create();
            createHostTable(dataSource);
            Host host = new Host(dataSource);
            CrmStore store = JdbcStore.builder(host, CATALOG).open();
            call(store, Buyer.of(1));
            insertIntoHostTable(host.begin(), 1);
            assertThatThrownBy(() -> run(
                            store,
                            tx -> tx.nested(() -> {
                                tx.insert(Buyer.TYPE, List.of(Buyer.of(2)));
                                tx.append(List.of(event(2)));
                                return tx.insert(Buyer.TYPE, List.of(Buyer.of(3).withCode("B1")));
                            })))
                    .isInstanceOfSatisfying(
                            DuplicateException.class,
                            e -> assertThat(e.holder())
                                    .contains(Buyer.of(1).id().value()));
            call(store, Buyer.of(4));
            insertIntoHostTable(host.current(), 2);
            host.end(true);
            assertThat(all(store)).containsExactly(Buyer.of(1), Buyer.of(4));
            assertThat(hostRows(dataSource)).containsExactly(1, 2);
            assertThat(store.readLog(ACME, LogQuery.after(LogPosition.START, 9)))
                    .isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        @DisplayName("and not ended when work without a savepoint fails: the host is told and decides")
        void failureWithoutSavepoint(TestDatabase database) throws SQLException {
            DataSource dataSource = database.create();
            createHostTable(dataSource);
            Host host = new Host(dataSource);
            CrmStore store = JdbcStore.builder(host, CATALOG).open();
            call(store, Buyer.of(1));
            Connection connection = host.begin();
            insertIntoHostTable(connection, 1);
            assertThatThrownBy(() -> run(store, tx -> {
                        assertThatThrownBy(() -> tx.insert(
                                        Buyer.TYPE, List.of(Buyer.of(2).withCode("B1"))))
                                .isInstanceOf(DuplicateException.class);
                        assertThatThrownBy(() -> tx.find(Buyer.TYPE, Buyer.of(1).id()))
                                .isInstanceOf(IllegalStateException.class);
                    }))
                    .as("swallowed by the work, and told at its end")
                    .isInstanceOf(DuplicateException.class);
            assertThat(connection.isClosed()).isFalse();
            assertThat(connection.getAutoCommit()).isFalse();
            host.end(false);
            assertThat(hostRows(dataSource)).isEmpty();
            assertThat(all(store)).containsExactly(Buyer.of(1));
        }
    }

    @Nested
    @DisplayName("of Spring's transaction manager")
    class Spring {

        /** The whole bridge. */
        static final class SpringConnections implements ConnectionProvider {

            private final DataSource dataSource;

            SpringConnections(DataSource dataSource) {
                this.dataSource = dataSource;
            }

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

        private DataSource dataSource;
        private CrmStore store;
        private JdbcTemplate jdbc;
        private TransactionTemplate required;
        private TransactionTemplate nested;
        private TransactionTemplate requiresNew;

        private void open(TestDatabase database) {
            dataSource = TestDatabase.pool(database.create(), true, 4);
            createHostTable(dataSource);
            store = JdbcStore.builder(new SpringConnections(dataSource), CATALOG)
                    .open();
            jdbc = new JdbcTemplate(dataSource);
            DataSourceTransactionManager manager = new DataSourceTransactionManager(dataSource);
            required = new TransactionTemplate(manager);
            nested = template(manager, TransactionDefinition.PROPAGATION_NESTED);
            requiresNew = template(manager, TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        }

        private static TransactionTemplate template(DataSourceTransactionManager manager, int propagation) {
            TransactionTemplate template = new TransactionTemplate(manager);
            template.setPropagationBehavior(propagation);
            return template;
        }

        @ParameterizedTest
        @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
        @DisplayName("and committed or rolled back with the host's work, actions after the commit included")
        void commitAndRollback(TestDatabase database) {
            open(database);
            List<String> ran = new ArrayList<>();
            required.executeWithoutResult(status -> {
                jdbc.update("insert into host values (1)");
                call(store, Buyer.of(1));
                run(
                        store,
                        tx -> assertThat(tx.afterCommit(() -> ran.add("committed")))
                                .isTrue());
                assertThatThrownBy(() -> run(
                                store,
                                tx -> tx.nested(() -> {
                                    tx.afterCommit(() -> ran.add("undone"));
                                    throw new IllegalStateException("no");
                                })))
                        .hasMessage("no");
                assertThat(ran).isEmpty();
            });
            assertThat(ran).containsExactly("committed");
            assertThatThrownBy(() -> required.executeWithoutResult(status -> {
                        jdbc.update("insert into host values (2)");
                        call(store, Buyer.of(2));
                        run(store, tx -> tx.afterCommit(() -> ran.add("rolled back")));
                        throw new IllegalStateException("host says no");
                    }))
                    .hasMessage("host says no");
            assertThat(ran).containsExactly("committed");
            assertThat(all(store)).containsExactly(Buyer.of(1));
            assertThat(hostRows(dataSource)).containsExactly(1);
        }

        @ParameterizedTest
        @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
        @DisplayName("and goes on after a refused call that the host catches; the host then commits")
        void refusedCall(TestDatabase database) {
            open(database);
            call(store, Buyer.of(1));
            required.executeWithoutResult(status -> {
                jdbc.update("insert into host values (1)");
                assertThatThrownBy(() -> call(store, Buyer.of(2).withCode("B1")))
                        .isInstanceOf(DuplicateException.class);
                call(store, Buyer.of(3));
                jdbc.update("insert into host values (2)");
            });
            assertThat(all(store)).containsExactly(Buyer.of(1), Buyer.of(3));
            assertThat(hostRows(dataSource)).containsExactly(1, 2);
        }

        @ParameterizedTest
        @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
        @DisplayName("and registers a new tenant with what stands, also where a nested part is taken back")
        void newTenantRolledBack(TestDatabase database) {
            open(database);
            required.executeWithoutResult(status -> {
                write(store, 1);
                write(store, 2);
                status.setRollbackOnly();
            });
            required.executeWithoutResult(outer -> nested.executeWithoutResult(inner -> {
                write(store, 3);
                write(store, 4);
                inner.setRollbackOnly();
            }));
            assertThat(store.tenants()).isEmpty();
            required.executeWithoutResult(status -> write(store, 5));
            assertThat(store.tenants()).containsExactly(ACME);
            assertThat(logged(store)).isEqualTo(1);
        }

        @ParameterizedTest
        @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
        @DisplayName("nested and suspended as Spring nests and suspends it")
        void propagation(TestDatabase database) {
            open(database);
            required.executeWithoutResult(outer -> {
                write(store, 1);
                assertThatThrownBy(() -> nested.executeWithoutResult(inner -> {
                            write(store, 2);
                            throw new IllegalStateException("nested says no");
                        }))
                        .hasMessage("nested says no");
                requiresNew.executeWithoutResult(independent -> {
                    jdbc.update("insert into host values (1)");
                    write(store, 3);
                });
                outer.setRollbackOnly();
            });
            assertThat(all(store)).containsExactly(Buyer.of(3));
            required.executeWithoutResult(outer -> {
                nested.executeWithoutResult(inner -> call(store, Buyer.of(4)));
                call(store, Buyer.of(5));
            });
            assertThat(all(store)).containsExactly(Buyer.of(3), Buyer.of(4), Buyer.of(5));
            assertThat(hostRows(dataSource)).containsExactly(1);
        }
    }
}
