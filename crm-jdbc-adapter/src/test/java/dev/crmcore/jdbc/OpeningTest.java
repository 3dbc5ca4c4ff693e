package dev.crmcore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.crmcore.context.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

@DisplayName("A store that cannot be opened says whether it is worth another try")
class OpeningTest extends BuyerCases {

    private static StoreException refusal(ConnectionProvider connections) {
        StoreException[] refusal = new StoreException[1];
        assertThatThrownBy(() -> JdbcStore.builder(connections, CATALOG).open())
                .isInstanceOfSatisfying(StoreException.class, e -> refusal[0] = e);
        return refusal[0];
    }

    private static StoreException refusal(DataSource dataSource) {
        return refusal(ConnectionProvider.of(dataSource));
    }

    private static ConnectionProvider failing(SQLException failure) {
        return new ConnectionProvider() {
            @Override
            public Connection open() throws SQLException {
                throw failure;
            }

            @Override
            public @Nullable Connection joined() {
                return null;
            }
        };
    }

    @ParameterizedTest
    @CsvSource({
        "28P01, false", // wrong password
        "28000, false", // no such user
        "3D000, false", // no such database
        "42501, false", // may not
        "90146, false", // no such database, on H2
        "08001, true", // nobody listens
        "08006, true", // lost
        "57P03, true", // still starting
        "53300, true", // all connections are taken
        "HYT00, true", // time is out
        "90067, true" // nobody listens, on H2
    })
    @DisplayName("by the state")
    void states(String state, boolean isTransient) {
        SQLException failure = new SQLException("secret", state);
        StoreException refusal = refusal(failing(failure));
        assertThat(refusal.isTransient()).isEqualTo(isTransient);
        assertThat(refusal.getMessage()).contains(state).doesNotContain("secret");
    }

    @Test
    @DisplayName("by the class, where a pool gives no state; a state says more than the class")
    void classes() {
        assertThat(refusal(failing(new SQLTransientConnectionException("the pool is dry")))
                        .isTransient())
                .isTrue();
        assertThat(refusal(failing(new SQLTransientConnectionException("wrong password", "28P01")))
                        .isTransient())
                .isFalse();
        assertThat(refusal(failing(new SQLException("no idea"))).isTransient()).isFalse();
    }

    @Test
    @DisplayName("H2: a wrong password stays wrong")
    void wrongPassword() throws SQLException {
        JdbcDataSource right = new JdbcDataSource();
        right.setURL("jdbc:h2:mem:opening;DB_CLOSE_DELAY=-1");
        right.setUser("crm");
        right.setPassword("right");
        right.getConnection().close();
        JdbcDataSource wrong = new JdbcDataSource();
        wrong.setURL(right.getURL());
        wrong.setUser("crm");
        wrong.setPassword("wrong");
        assertThat(refusal(wrong).isTransient()).isFalse();
        assertThat(JdbcStore.open(right, CATALOG)).isNotNull();
    }

    @Test
    @DisplayName("PostgreSQL: an unknown database stays unknown, also behind a pool; a server may come up")
    void unknownDatabase() throws SQLException, IOException {
        PGSimpleDataSource unknown = PostgreSqlServer.newSchema();
        unknown.setDatabaseName("nowhere");
        assertThat(refusal(unknown).isTransient()).isFalse();
        HikariConfig config = new HikariConfig();
        config.setDataSource(unknown);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(250);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            assertThat(refusal(pool).isTransient()).isFalse();
        }
        PGSimpleDataSource down = PostgreSqlServer.newSchema();
        down.setPortNumbers(new int[] {freePort()});
        assertThat(refusal(down).isTransient()).isTrue();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
