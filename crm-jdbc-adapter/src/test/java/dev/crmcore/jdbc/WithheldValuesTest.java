package dev.crmcore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crmcore.Crm;
import dev.crmcore.CrmSession;
import dev.crmcore.context.CallContext;
import dev.crmcore.context.CrmException;
import dev.crmcore.context.DuplicateException;
import dev.crmcore.customer.Customer;
import dev.crmcore.store.CrmStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What a refusal of the database says in a log")
class WithheldValuesTest extends BuyerCases {

    private static final String SECRET = "ann.lee@example.com";

    private static String logged(Throwable refusal) {
        StringWriter text = new StringWriter();
        refusal.printStackTrace(new PrintWriter(text));
        return text.toString().toLowerCase(Locale.ROOT);
    }

    private static void assertWithoutValues(CrmException refusal, String state) {
        String hex = HexFormat.of().formatHex(SECRET.getBytes(StandardCharsets.UTF_8));
        assertThat(logged(refusal)).doesNotContain("ann.lee", "example.com", hex);
        assertThat(refusal.getCause()).isInstanceOfSatisfying(SQLException.class, cause -> {
            assertThat(cause.getSQLState()).isEqualTo(state);
            assertThat(cause.getMessage()).contains(state, "(values withheld)");
            assertThat(cause.getStackTrace()).as("where it came from").isNotEmpty();
            assertThat((Throwable) cause.getNextException()).isNull();
            assertThat(cause.getCause()).isNull();
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("of a key that is taken is nothing of the key, in one insert and in a batch of many")
    void takenKeys(TestDatabase database) {
        CrmSession desk = Crm.on(JdbcStore.open(database.create())).session(ACME, CallContext.of("agent:7", "a test"));
        desk.customers().register(Customer.named("Ann", "Lee").externalId("shop", SECRET));
        DuplicateException one = catchThrowableOfType(
                DuplicateException.class,
                () -> desk.customers().register(Customer.named("Eve", "Lee").externalId("shop", SECRET)));
        assertWithoutValues(one, "23505");
        CrmStore store = JdbcStore.open(database.create(), CATALOG);
        run(store, tx -> tx.insert(Buyer.TYPE, List.of(Buyer.of(1).withCode(SECRET))));
        DuplicateException batch = catchThrowableOfType(
                DuplicateException.class,
                () -> run(
                        store,
                        tx -> tx.insert(
                                Buyer.TYPE, List.of(Buyer.of(2), Buyer.of(3).withCode(SECRET), Buyer.of(4)))));
        assertWithoutValues(batch, "23505");
        DuplicateException update = catchThrowableOfType(DuplicateException.class, () -> {
            run(store, tx -> tx.insert(Buyer.TYPE, List.of(Buyer.of(2))));
            run(store, tx -> tx.update(Buyer.TYPE, List.of(Buyer.of(2).withCode(SECRET))));
        });
        assertWithoutValues(update, "23505");
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("of a check that the host put on a table is nothing of the row")
    void checks(TestDatabase database) throws SQLException {
        DataSource dataSource = database.create();
        CrmStore store = JdbcStore.open(dataSource, CATALOG);
        String code = database == TestDatabase.POSTGRESQL ? "\"code\"" : "\"CODE\"";
        String table = database == TestDatabase.POSTGRESQL ? "\"crm_buyer\"" : "\"CRM_BUYER\"";
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("alter table " + table + " add constraint plain check (" + code + " not like '%@%')");
        }
        CrmException refused = catchThrowableOfType(
                CrmException.class,
                () -> run(store, tx -> tx.insert(Buyer.TYPE, List.of(Buyer.of(3).withCode(SECRET)))));
        assertWithoutValues(refused, database == TestDatabase.POSTGRESQL ? "23514" : "23513");
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("of a text that is no number is nothing of the text")
    void conversions(TestDatabase database) throws SQLException {
        try (Connection connection = database.create().getConnection();
                PreparedStatement statement = connection.prepareStatement("select cast(? as integer)")) {
            statement.setString(1, SECRET);
            SQLException said = catchThrowableOfType(SQLException.class, statement::executeQuery);
            assertThat(logged(said)).contains("ann.lee");
            assertThat(logged(WithheldValues.in(said)))
                    .doesNotContain("ann.lee")
                    .contains(said.getSQLState().toLowerCase(Locale.ROOT));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("of a missing table is its name: what holds no values stays")
    void statements(TestDatabase database) {
        CrmStore store = JdbcStore.builder(ConnectionProvider.of(database.create()), CATALOG)
                .schemaPolicy(SchemaPolicy.NONE)
                .open();
        CrmException refused = catchThrowableOfType(CrmException.class, () -> all(store));
        assertThat(logged(refused.getCause())).contains("crm_buyer");
    }
}
