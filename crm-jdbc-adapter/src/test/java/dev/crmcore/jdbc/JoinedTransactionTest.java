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
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The host's own transaction is joined")
class JoinedTransactionTest extends BuyerCases {

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

        private DataSource dataSource;
        private JdbcHost host;
        private CrmStore store;

        private void open(TestDatabase database) throws SQLException {
            dataSource = database.create();
            host = new JdbcHost(dataSource);
            store = JdbcStore.builder(host, CATALOG).open();
        }

        @ParameterizedTest
        @EnumSource
        @DisplayName("and committed or rolled back by the host alone")
        void commitAndRollback(TestDatabase database) throws SQLException {
            open(database);
            assertThat(store.capabilities().has(Capability.JOINS_HOST_TRANSACTION))
                    .isTrue();
            CrmStore other = JdbcStore.open(dataSource, CATALOG);

            host.begin();
            host.insert(1);
            call(store, Buyer.of(1));
            run(store, tx -> {
                assertThat(tx.isJoined()).isTrue();
                assertThat(tx.afterCommit(() -> {})).as("without a hook").isFalse();
                assertThat(tx.find(Buyer.TYPE, Buyer.of(1).id())).isPresent();
                tx.append(List.of(event(1)));
            });
            assertThat(all(other)).isEmpty();
            assertThat(logged(store)).isZero();
            assertThat(store.tenants()).isEmpty();
            host.end(true);
            assertThat(all(other)).containsExactly(Buyer.of(1));
            assertThat(logged(store)).isEqualTo(1);
            assertThat(store.tenants()).containsExactly(ACME);

            host.begin();
            host.insert(2);
            call(store, Buyer.of(2));
            host.end(false);
            assertThat(all(other)).containsExactly(Buyer.of(1));
            assertThat(host.rows()).containsExactly(1);
            run(store, tx -> assertThat(tx.isJoined()).isFalse());
        }

        @ParameterizedTest
        @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
        @DisplayName("and refused where it is none: autocommit is on")
        void autoCommit(TestDatabase database) throws SQLException {
            open(database);
            host.begin().setAutoCommit(true);
            assertThatThrownBy(() -> call(store, Buyer.of(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("autocommit");
            host.joined().setAutoCommit(false);
            host.end(true);
            assertThat(all(store)).isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        @DisplayName("and a new tenant is registered by the first transaction that stands, not by one rolled back")
        void newTenantRolledBack(TestDatabase database) throws SQLException {
            open(database);
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
            open(database);
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
            open(database);
            call(store, Buyer.of(1));
            host.begin();
            host.insert(1);
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
            host.insert(2);
            host.end(true);
            assertThat(all(store)).containsExactly(Buyer.of(1), Buyer.of(4));
            assertThat(host.rows()).containsExactly(1, 2);
            assertThat(logged(store)).isZero();
        }

        @ParameterizedTest
        @EnumSource
        @DisplayName("and not ended when work without a savepoint fails: the host is told and decides")
        void failureWithoutSavepoint(TestDatabase database) throws SQLException {
            open(database);
            call(store, Buyer.of(1));
            Connection connection = host.begin();
            host.insert(1);
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
            assertThat(host.rows()).isEmpty();
            assertThat(all(store)).containsExactly(Buyer.of(1));
        }
    }

    @Nested
    @DisplayName("of Spring's transaction manager")
    class Spring {

        private SpringHost host;
        private CrmStore store;

        private void open(TestDatabase database) {
            host = new SpringHost(database);
            store = JdbcStore.builder(host.connections(), CATALOG).open();
        }

        @ParameterizedTest
        @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
        @DisplayName("and committed or rolled back with the host's work, actions after the commit included")
        void commitAndRollback(TestDatabase database) {
            open(database);
            List<String> ran = new ArrayList<>();
            host.required().executeWithoutResult(status -> {
                host.insert(1);
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
            assertThatThrownBy(() -> host.required().executeWithoutResult(status -> {
                        host.insert(2);
                        call(store, Buyer.of(2));
                        run(store, tx -> tx.afterCommit(() -> ran.add("rolled back")));
                        throw new IllegalStateException("host says no");
                    }))
                    .hasMessage("host says no");
            assertThat(ran).containsExactly("committed");
            assertThat(all(store)).containsExactly(Buyer.of(1));
            assertThat(host.rows()).containsExactly(1);
        }

        @ParameterizedTest
        @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
        @DisplayName("and goes on after a refused call that the host catches; the host then commits")
        void refusedCall(TestDatabase database) {
            open(database);
            call(store, Buyer.of(1));
            host.required().executeWithoutResult(status -> {
                host.insert(1);
                assertThatThrownBy(() -> call(store, Buyer.of(2).withCode("B1")))
                        .isInstanceOf(DuplicateException.class);
                call(store, Buyer.of(3));
                host.insert(2);
            });
            assertThat(all(store)).containsExactly(Buyer.of(1), Buyer.of(3));
            assertThat(host.rows()).containsExactly(1, 2);
        }

        @ParameterizedTest
        @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
        @DisplayName("and registers a new tenant with what stands, also where a nested part is taken back")
        void newTenantRolledBack(TestDatabase database) {
            open(database);
            host.required().executeWithoutResult(status -> {
                write(store, 1);
                write(store, 2);
                status.setRollbackOnly();
            });
            host.required()
                    .executeWithoutResult(outer -> host.nested().executeWithoutResult(inner -> {
                        write(store, 3);
                        write(store, 4);
                        inner.setRollbackOnly();
                    }));
            assertThat(store.tenants()).isEmpty();
            host.required().executeWithoutResult(status -> write(store, 5));
            assertThat(store.tenants()).containsExactly(ACME);
            assertThat(logged(store)).isEqualTo(1);
        }

        @ParameterizedTest
        @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
        @DisplayName("nested and suspended as Spring nests and suspends it")
        void propagation(TestDatabase database) {
            open(database);
            host.required().executeWithoutResult(outer -> {
                write(store, 1);
                assertThatThrownBy(() -> host.nested().executeWithoutResult(inner -> {
                            write(store, 2);
                            throw new IllegalStateException("nested says no");
                        }))
                        .hasMessage("nested says no");
                host.requiresNew().executeWithoutResult(independent -> {
                    host.insert(1);
                    write(store, 3);
                });
                outer.setRollbackOnly();
            });
            assertThat(all(store)).containsExactly(Buyer.of(3));
            host.required().executeWithoutResult(outer -> {
                host.nested().executeWithoutResult(inner -> call(store, Buyer.of(4)));
                call(store, Buyer.of(5));
            });
            assertThat(all(store)).containsExactly(Buyer.of(3), Buyer.of(4), Buyer.of(5));
            assertThat(host.rows()).containsExactly(1);
        }
    }
}
