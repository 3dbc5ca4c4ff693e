package dev.crmcore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.Crm;
import dev.crmcore.CrmSession;
import dev.crmcore.context.CallContext;
import dev.crmcore.context.DuplicateException;
import dev.crmcore.context.NotFoundException;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.feedback.Survey;
import dev.crmcore.feedback.SurveyId;
import dev.crmcore.feedback.SurveyInvitation;
import dev.crmcore.purchase.Purchase;
import dev.crmcore.query.Query;
import dev.crmcore.store.LogPosition;
import dev.crmcore.value.Money;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Sessions work in the host's own transaction")
class JoinedSessionTest extends BuyerCases {

    private static final CallContext WHY = CallContext.of("agent:7", "a test");

    /** What listeners heard, in the order in which they heard it. */
    private final List<String> heard = new ArrayList<>();

    private CrmSession session(ConnectionProvider connections) {
        Crm crm = Crm.builder()
                .store(JdbcStore.builder(connections, Crm.catalog()).open())
                .listener((tenant, event) -> heard.add(event.type()))
                .build();
        return crm.session(ACME, WHY);
    }

    private static CrmSession outside(DataSource dataSource) {
        return Crm.on(JdbcStore.open(dataSource)).session(ACME, WHY);
    }

    private static CustomerId register(CrmSession session, String externalId) {
        return session.customers()
                .register(Customer.named("Ann", "Lee").externalId("shop", externalId))
                .id();
    }

    private static void buy(CrmSession session, CustomerId customer, String number) {
        session.purchases()
                .record(Purchase.by(customer)
                        .at(NOW)
                        .amount(Money.of("12.50", "EUR"))
                        .externalId("shop", number));
    }

    private static final CustomerId NOBODY = new CustomerId(new UUID(7, 7));

    private static List<String> logged(CrmSession session) {
        return session.log().after(LogPosition.START, 100).stream()
                .map(logged -> logged.event().type())
                .toList();
    }

    private static long customers(CrmSession session) {
        return session.customers().count(Query.of(Customer.TYPE));
    }

    private static List<String> bought(CrmSession session, CustomerId customer) {
        return session.purchases().list(customer, 100, null).items().stream()
                .map(purchase -> purchase.externalId().orElseThrow().value())
                .sorted()
                .toList();
    }

    @Nested
    @DisplayName("of plain JDBC")
    class PlainJdbc {

        private JdbcHost host;
        private CrmSession session;
        private CrmSession outside;

        private void open(TestDatabase database) throws SQLException {
            DataSource dataSource = database.create();
            host = new JdbcHost(dataSource);
            session = session(host);
            outside = outside(dataSource);
        }

        @ParameterizedTest
        @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
        @DisplayName("and nobody sees of them before the host commits")
        void commit(TestDatabase database) throws SQLException {
            open(database);
            host.begin();
            host.insert(1);
            CustomerId ann = register(session, "1");
            buy(session, ann, "p1");
            assertThat(bought(session, ann)).containsExactly("p1");
            assertThat(customers(outside)).isZero();
            assertThat(logged(session)).isEmpty();

            host.end(true);

            assertThat(bought(outside, ann)).containsExactly("p1");
            assertThat(logged(session)).containsExactly("customer.registered", "purchase.recorded");
            assertThat(host.rows()).containsExactly(1);
            assertThat(heard).as("the host has no hook: there is the log").isEmpty();

            buy(session, ann, "p2");
            assertThat(heard).as("a transaction of the library's own").containsExactly("purchase.recorded");
        }

        @ParameterizedTest
        @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
        @DisplayName("and are gone when the host rolls back")
        void rollback(TestDatabase database) throws SQLException {
            open(database);
            CustomerId ann = register(session, "1");
            heard.clear();
            host.begin();
            host.insert(1);
            buy(session, ann, "p1");
            session.customers().tag(ann, "vip");

            host.end(false);

            assertThat(bought(session, ann)).isEmpty();
            assertThat(session.customers().require(ann).tags()).isEmpty();
            assertThat(logged(session)).containsExactly("customer.registered");
            assertThat(host.rows()).isEmpty();
            assertThat(heard).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
        @DisplayName("and a refused call that the host catches leaves nothing; the rest stands")
        void refusals(TestDatabase database) throws SQLException {
            open(database);
            host.begin();
            host.insert(1);
            CustomerId ann = register(session, "1");
            buy(session, ann, "p1");
            assertThatThrownBy(() -> buy(session, NOBODY, "p2")).isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> session.purchases().record(Purchase.by(ann)))
                    .isInstanceOf(RuleViolationException.class);
            assertThatThrownBy(() -> register(session, "1"))
                    .as("refused by the database itself")
                    .isInstanceOf(DuplicateException.class);
            assertThatThrownBy(() -> session.transact(tx -> {
                        buy(tx, register(tx, "2"), "p3");
                        buy(tx, NOBODY, "p4");
                    }))
                    .as("several calls, refused together")
                    .isInstanceOf(NotFoundException.class);
            host.insert(2);
            buy(session, ann, "p5");

            host.end(true);

            assertThat(bought(outside, ann)).containsExactly("p1", "p5");
            assertThat(customers(outside)).isEqualTo(1);
            assertThat(logged(outside))
                    .containsExactly("customer.registered", "purchase.recorded", "purchase.recorded");
            assertThat(host.rows()).containsExactly(1, 2);
        }

        @ParameterizedTest
        @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
        @DisplayName("and one of several calls is undone alone")
        void nested(TestDatabase database) throws SQLException {
            open(database);
            host.begin();
            host.insert(1);
            CustomerId ann = session.compute(tx -> {
                CustomerId first = register(tx, "1");
                assertThatThrownBy(() -> register(tx, "1")).isInstanceOf(DuplicateException.class);
                assertThatThrownBy(() -> tx.transact(inner -> {
                            buy(inner, first, "p1");
                            buy(inner, NOBODY, "p2");
                        }))
                        .isInstanceOf(NotFoundException.class);
                tx.transact(inner -> {
                    buy(inner, first, "p3");
                    assertThatThrownBy(() -> register(inner, "1")).isInstanceOf(DuplicateException.class);
                    buy(inner, first, "p4");
                });
                return first;
            });

            host.end(true);

            assertThat(bought(outside, ann)).containsExactly("p3", "p4");
            assertThat(logged(outside))
                    .containsExactly("customer.registered", "purchase.recorded", "purchase.recorded");
        }
    }

    @Nested
    @DisplayName("of Spring's transaction manager")
    class Spring {

        private SpringHost host;
        private CrmSession session;

        private void open(TestDatabase database) {
            host = new SpringHost(database);
            session = session(host.connections());
        }

        @ParameterizedTest
        @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
        @DisplayName("and listeners hear of them after the commit, refused calls left out")
        void commit(TestDatabase database) {
            open(database);
            CustomerId ann = host.required().execute(status -> {
                host.insert(1);
                CustomerId first = register(session, "1");
                assertThatThrownBy(() -> buy(session, NOBODY, "p1")).isInstanceOf(NotFoundException.class);
                session.transact(tx -> {
                    assertThatThrownBy(() -> register(tx, "1")).isInstanceOf(DuplicateException.class);
                    buy(tx, first, "p2");
                    tx.customers().tag(first, "vip");
                });
                assertThat(heard).as("before the commit").isEmpty();
                return first;
            });

            List<String> events = List.of("customer.registered", "purchase.recorded", "customer.changed");
            assertThat(heard).isEqualTo(events);
            assertThat(logged(session)).isEqualTo(events);
            assertThat(bought(session, ann)).containsExactly("p2");
            assertThat(host.rows()).containsExactly(1);
        }

        @ParameterizedTest
        @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
        @DisplayName("and listeners hear nothing when the host rolls back")
        void rollback(TestDatabase database) {
            open(database);
            assertThatThrownBy(() -> host.required().executeWithoutResult(status -> {
                        buy(session, register(session, "1"), "p1");
                        throw new IllegalStateException("host says no");
                    }))
                    .hasMessage("host says no");
            host.required().executeWithoutResult(status -> {
                register(session, "2");
                status.setRollbackOnly();
            });

            assertThat(heard).isEmpty();
            assertThat(customers(session)).isZero();
            assertThat(logged(session)).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
        @DisplayName("but nothing that is due is done in it: a claim would not be committed before the host is called")
        void dueWork(TestDatabase database) {
            host = new SpringHost(database);
            List<String> sent = new ArrayList<>();
            Crm crm = Crm.builder()
                    .store(JdbcStore.builder(host.connections(), Crm.catalog()).open())
                    .invitationSender(delivery -> sent.add(delivery.id()))
                    .build();
            session = crm.session(ACME, WHY);
            SurveyId survey = session.feedback()
                    .publish(session.feedback()
                            .define(Survey.nps("nps", "Recommend?"))
                            .id())
                    .id();
            session.feedback().invite(SurveyInvitation.to(survey, register(session, "1")));

            host.required()
                    .executeWithoutResult(status -> assertThatThrownBy(crm::runDue)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageStartingWith("a transaction of the host is open"));
            assertThat(sent).isEmpty();
            assertThat(crm.runDue().done()).isEqualTo(1);
            assertThat(sent).hasSize(1);
        }

        @ParameterizedTest
        @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
        @DisplayName("nested and suspended as Spring nests and suspends it")
        void propagation(TestDatabase database) {
            open(database);
            host.required().executeWithoutResult(outer -> {
                CustomerId ann = register(session, "1");
                assertThatThrownBy(() -> host.nested().executeWithoutResult(inner -> {
                            buy(session, ann, "p1");
                            throw new IllegalStateException("nested says no");
                        }))
                        .hasMessage("nested says no");
                host.requiresNew().executeWithoutResult(independent -> register(session, "2"));
                assertThat(heard).as("of the independent one").containsExactly("customer.registered");
                session.customers().tag(ann, "vip");
            });

            assertThat(customers(session)).isEqualTo(2);
            assertThat(logged(session))
                    .containsExactlyInAnyOrder("customer.registered", "customer.registered", "customer.changed");
            assertThat(heard).containsExactly("customer.registered", "customer.registered", "customer.changed");
        }
    }
}
