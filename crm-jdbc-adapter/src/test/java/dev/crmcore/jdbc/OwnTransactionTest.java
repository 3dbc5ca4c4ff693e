package dev.crmcore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.crmcore.context.DuplicateException;
import dev.crmcore.context.StoreException;
import dev.crmcore.query.Field;
import dev.crmcore.query.Query;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.LogPosition;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.RowCursor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Transactions of the store's own")
class OwnTransactionTest extends BuyerCases {

    @ParameterizedTest
    @CsvSource({
        "H2_MEMORY, true, 2", "H2_MEMORY, false, 8", "H2_FILE, false, 4",
        "POSTGRESQL, true, 8", "POSTGRESQL, false, 4", "POSTGRESQL, false, 2"
    })
    @DisplayName("give connections back as they were found: autocommit, isolation, no transaction, all of them")
    void connectionsAsFound(TestDatabase database, boolean autoCommit, int isolation) throws SQLException {
        DataSource target = database.create();
        JdbcStore.open(target, CATALOG).close();
        List<Connection> used = new ArrayList<>();
        DataSource watched = new DelegatingDataSource(target, connection -> {
            connection.setTransactionIsolation(isolation);
            connection.setAutoCommit(autoCommit);
            return Unclosed.of(connection, used);
        });
        CrmStore store = JdbcStore.open(watched, CATALOG);
        run(store, tx -> tx.insert(Buyer.TYPE, List.of(Buyer.of(1))));
        assertThatThrownBy(() -> run(store, tx -> tx.insert(Buyer.TYPE, List.of(Buyer.of(1)))))
                .isInstanceOf(DuplicateException.class);
        assertThatThrownBy(() -> run(store, tx -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        run(store, tx -> tx.append(List.of(event(1))));
        assertThat(store.readLog(ACME, LogQuery.after(LogPosition.START, 5))).hasSize(1);
        assertThat(store.tenants()).containsExactly(ACME);
        assertThat(used).hasSizeGreaterThan(5);
        for (Connection connection : used) {
            assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
            assertThat(connection.getTransactionIsolation()).isEqualTo(isolation);
            connection.close();
        }
    }

    /** A connection that notes that it was closed and stays open. */
    private static final class Unclosed {

        private Unclosed() {}

        static Connection of(Connection connection, List<Connection> closed) {
            return (Connection) java.lang.reflect.Proxy.newProxyInstance(
                    Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                        if (method.getName().equals("close")) {
                            closed.add(connection);
                            return null;
                        }
                        try {
                            return method.invoke(connection, args);
                        } catch (java.lang.reflect.InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("need one connection: a pool of one is enough for everything that is not done at the same time")
    void poolOfOne(TestDatabase database) {
        try (HikariDataSource pool = TestDatabase.pool(database.create(), false, 1)) {
            CrmStore store = JdbcStore.open(pool, CATALOG);
            List<Integer> seen = new ArrayList<>();
            run(store, tx -> {
                tx.insert(Buyer.TYPE, List.of(Buyer.of(1)));
                tx.append(List.of(event(1)));
                tx.afterCommit(() -> seen.add(store.readLog(ACME, LogQuery.after(LogPosition.START, 5))
                        .size()));
            });
            assertThat(seen).containsExactly(1);
            assertThat(all(store)).hasSize(1);
            assertThat(store.tenants()).containsExactly(ACME);
            assertThatThrownBy(() -> run(store, tx -> tx.insert(Buyer.TYPE, List.of(Buyer.of(1)))))
                    .isInstanceOf(DuplicateException.class);
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("stream scans of more rows than are sent at once, and end them early")
    void scans(TestDatabase database) {
        CrmStore store = JdbcStore.builder(ConnectionProvider.of(database.create()), CATALOG)
                .fetchSize(7)
                .open();
        List<Field<Buyer, ?>> columns = List.of(Buyer.VALUE, Buyer.CODE);
        run(store, tx -> {
            tx.insert(Buyer.TYPE, IntStream.range(0, 100).mapToObj(Buyer::of).toList());
            try (RowCursor rows = tx.scan(Query.of(Buyer.TYPE), columns)) {
                for (int i = 0; i < 100; i++) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getLong(0)).isEqualTo(i);
                }
                assertThat(rows.next()).isFalse();
            }
            try (RowCursor rows = tx.scan(Query.of(Buyer.TYPE), columns)) {
                assertThat(rows.next()).isTrue();
            }
            RowCursor left = tx.scan(Query.of(Buyer.TYPE), columns);
            assertThat(left.next()).isTrue();
        });
        assertThat(all(store)).hasSize(100);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("name the key that is taken and who has it, and quote no value")
    void duplicates(TestDatabase database) {
        CrmStore store = JdbcStore.open(database.create(), CATALOG);
        run(store, tx -> tx.insert(Buyer.TYPE, List.of(Buyer.of(1), Buyer.of(2))));
        Buyer taken = new Buyer(
                Buyer.of(9).id(), 1, "free", null, null, List.of(), Buyer.of(2).contacts());
        assertThatThrownBy(() -> run(store, tx -> tx.insert(Buyer.TYPE, List.of(Buyer.of(3), taken))))
                .isInstanceOfSatisfying(DuplicateException.class, e -> {
                    assertThat(e.key()).isEqualTo("buyer_address");
                    assertThat(e.holder()).contains(Buyer.of(2).id().value());
                    assertThat(e.getMessage()).doesNotContain("example.com");
                    assertThat(e).hasCauseInstanceOf(SQLException.class);
                });
        assertThatThrownBy(() -> run(store, tx -> tx.insert(Buyer.TYPE, List.of(Buyer.of(1)))))
                .isInstanceOfSatisfying(DuplicateException.class, e -> {
                    assertThat(e.key()).isEqualTo("id");
                    assertThat(e.holder()).contains(Buyer.of(1).id().value());
                });
        run(store, tx -> {
            assertThatThrownBy(() -> tx.nested(
                            () -> tx.update(Buyer.TYPE, List.of(Buyer.of(1).withCode("B2")))))
                    .isInstanceOfSatisfying(
                            DuplicateException.class,
                            e -> assertThat(e.holder())
                                    .contains(Buyer.of(2).id().value()));
            tx.update(Buyer.TYPE, List.of(Buyer.of(1).withCode("other")));
        });
        assertThat(all(store)).extracting(Buyer::code).containsExactly("other", "B2");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("that wait too long for a lock are refused for now, without a value in the message")
    void lockTimeout(TestDatabase database) {
        DataSource impatient = new DelegatingDataSource(database.create(), connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute(
                        database == TestDatabase.POSTGRESQL ? "set lock_timeout = '50ms'" : "set lock_timeout 50");
            }
            return connection;
        });
        CrmStore store = JdbcStore.open(impatient, CATALOG);
        run(store, tx -> tx.insert(Buyer.TYPE, List.of(Buyer.of(1))));
        run(store, tx -> {
            tx.lock(Buyer.TYPE, Buyer.of(1).id());
            assertThatThrownBy(() -> run(store, other -> other.update(Buyer.TYPE, List.of(Buyer.of(1)))))
                    .isInstanceOfSatisfying(StoreException.class, e -> {
                        assertThat(e.isTransient()).isTrue();
                        assertThat(e.getMessage()).startsWith("could not update buyer (SQL state ");
                    });
        });
        assertThat(all(store)).containsExactly(Buyer.of(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("that the database refuses for good are not to be tried again")
    void permanentFailure(TestDatabase database) {
        DataSource dataSource = database.create();
        CrmStore store = JdbcStore.builder(ConnectionProvider.of(dataSource), CATALOG)
                .schemaPolicy(SchemaPolicy.NONE)
                .open();
        assertThatThrownBy(() -> all(store))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.isTransient()).isFalse());
    }
}
