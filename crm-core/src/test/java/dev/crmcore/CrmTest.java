package dev.crmcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.CallContext;
import dev.crmcore.context.DuplicateException;
import dev.crmcore.context.EntityId;
import dev.crmcore.context.NotFoundException;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.context.TenantId;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.customer.Customers;
import dev.crmcore.event.CloudEvents;
import dev.crmcore.event.DomainEvent;
import dev.crmcore.event.EventListener;
import dev.crmcore.purchase.Product;
import dev.crmcore.purchase.Purchase;
import dev.crmcore.query.Query;
import dev.crmcore.store.EventRecord;
import dev.crmcore.store.LogPosition;
import dev.crmcore.store.LoggedEvent;
import dev.crmcore.store.memory.MemoryStore;
import dev.crmcore.value.JsonObject;
import dev.crmcore.value.Money;
import dev.crmcore.work.DueWork;
import dev.crmcore.work.UnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The door: what a host sees of sessions, transactions, listeners, due work and the log. */
class CrmTest {

    private static final TenantId ACME = TenantId.of("acme");
    private static final TenantId OTHER = TenantId.of("other");
    private static final CallContext ANN = CallContext.of("agent:ann", "phone order");
    private static final Instant NOW = Instant.parse("2026-03-01T09:30:00.123456Z");

    /** Remembers what it heard. */
    private static final class Ear implements EventListener {

        private final String name;
        private final List<String> heard;

        Ear(String name, List<String> heard) {
            this.name = name;
            this.heard = heard;
        }

        @Override
        public void on(TenantId tenant, EventRecord event) {
            heard.add(name + " " + tenant + " " + event.type());
        }
    }

    /** An event of a host's own. */
    private record Rang(CustomerId subjectId, JsonObject data) implements DomainEvent {

        @Override
        public String type() {
            return "bell.rang";
        }

        @Override
        public String subjectType() {
            return "customer";
        }
    }

    private static Customer register(CrmSession session) {
        return session.customers().register(Customer.named("Ann", "Lee"));
    }

    private static List<LoggedEvent> log(CrmSession session) {
        return session.log().after(LogPosition.START, 100);
    }

    private static List<String> types(List<LoggedEvent> events) {
        return events.stream().map(logged -> logged.event().type()).toList();
    }

    @Nested
    class Listeners {

        private final List<String> heard = new ArrayList<>();

        @Test
        void hearEveryEventInItsOrderAndInTheOrderInWhichTheyWereAdded() {
            Crm crm = Crm.builder()
                    .listener(new Ear("first", heard))
                    .listener(new Ear("second", heard))
                    .build();

            crm.session(ACME, ANN).transact(tx -> {
                register(tx);
                tx.products().register(Product.of("P-1", "Tea"));
                assertThat(heard).as("before the commit").isEmpty();
            });

            assertThat(heard)
                    .containsExactly(
                            "first acme customer.registered",
                            "second acme customer.registered",
                            "first acme product.registered",
                            "second acme product.registered");
        }

        @Test
        void hearOnTheThreadThatCommittedAndSeeWhatIsCommitted() {
            List<Thread> threads = new ArrayList<>();
            List<Integer> logged = new ArrayList<>();
            MemoryStore store = MemoryStore.create();
            Crm reader = Crm.on(store);
            Crm crm = Crm.builder()
                    .store(store)
                    .listener((tenant, event) -> {
                        threads.add(Thread.currentThread());
                        logged.add(log(reader.session(tenant, ANN)).size());
                    })
                    .build();

            register(crm.session(ACME, ANN));

            assertThat(threads).containsExactly(Thread.currentThread());
            assertThat(logged).containsExactly(1);
        }

        @Test
        void mayCallTheLibraryThemselves() {
            Crm[] crm = new Crm[1];
            crm[0] = Crm.builder()
                    .listener((tenant, event) -> {
                        if (event.type().equals("customer.registered")) {
                            crm[0].session(tenant, ANN).customers().tag(new CustomerId(event.subjectId()), "greeted");
                        }
                    })
                    .listener(new Ear("ear", heard))
                    .build();

            Customer ann = register(crm[0].session(ACME, ANN));

            assertThat(crm[0].session(ACME, ANN).customers().require(ann.id()).tags())
                    .containsExactly("greeted");
            assertThat(heard).containsExactly("ear acme customer.changed", "ear acme customer.registered");
        }

        @Test
        void doNoHarmWhenTheyThrow() {
            Crm crm = Crm.builder()
                    .listener((tenant, event) -> {
                        throw new IllegalStateException("deaf");
                    })
                    .listener(new Ear("ear", heard))
                    .build();

            Customer ann = register(crm.session(ACME, ANN));

            assertThat(crm.session(ACME, ANN).customers().find(ann.id())).contains(ann);
            assertThat(heard).containsExactly("ear acme customer.registered");
        }

        @Test
        void hearNothingOfWhatWasRolledBack() {
            Crm crm = Crm.builder().listener(new Ear("ear", heard)).build();
            CrmSession session = crm.session(ACME, ANN);

            assertThatThrownBy(() -> session.transact(tx -> {
                        register(tx);
                        throw new IllegalStateException("host says no");
                    }))
                    .hasMessage("host says no");

            assertThat(heard).isEmpty();
            assertThat(log(session)).isEmpty();
        }

        @Test
        void hearNothingOfACallThatWasUndoneAlone() {
            Crm crm = Crm.builder().listener(new Ear("ear", heard)).build();
            CrmSession session = crm.session(ACME, ANN);

            Customer ann = session.compute(tx -> {
                Customer first = register(tx);
                assertThatThrownBy(() -> tx.unitOfWork().call(work -> {
                            register(tx);
                            work.record(new Rang(first.id(), JsonObject.empty()));
                            throw new IllegalStateException("undone");
                        }))
                        .hasMessage("undone");
                tx.customers().tag(first.id(), "kept");
                return first;
            });

            assertThat(heard).containsExactly("ear acme customer.registered", "ear acme customer.changed");
            assertThat(types(log(session))).containsExactly("customer.registered", "customer.changed");
            assertThat(session.customers().count(Query.of(Customer.TYPE))).isEqualTo(1);
            assertThat(session.customers().require(ann.id()).tags()).containsExactly("kept");
        }
    }

    @Nested
    class Transactions {

        private final Crm crm = Crm.inMemory();
        private final CrmSession session = crm.session(ACME, ANN);

        @Test
        void refuseAnUnboundCallOnTheirThread() {
            String message = "a transaction is open on this thread";
            CrmSession second = crm.session(ACME, CallContext.of("agent:bob", "by the way"));
            CrmSession otherTenant = crm.session(OTHER, ANN);

            session.transact(tx -> {
                Customer ann = register(tx);
                for (CrmSession unbound : List.of(session, second, otherTenant)) {
                    assertThatThrownBy(() -> register(unbound))
                            .as("a write")
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageStartingWith(message);
                    assertThatThrownBy(() -> unbound.customers().find(ann.id()))
                            .as("a read")
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageStartingWith(message);
                    assertThatThrownBy(() -> unbound.transact(inner -> register(inner)))
                            .as("a transaction")
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageStartingWith(message);
                }
                tx.customers().tag(ann.id(), "goes on");
            });

            assertThat(types(log(session))).containsExactly("customer.registered", "customer.changed");
            assertThat(log(otherTenant)).isEmpty();
            assertThat(register(second)).as("the thread is free again").isNotNull();
        }

        @Test
        void leaveTheThreadFreeWhenTheyFail() {
            assertThatThrownBy(() -> session.transact(tx -> {
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
            assertThatThrownBy(() -> session.customers().require(new CustomerId(new UUID(1, 1))))
                    .isInstanceOf(NotFoundException.class);

            assertThat(register(session)).isNotNull();
        }

        @Test
        void letOtherThreadsAndOtherLibrariesBe() {
            Crm another = Crm.inMemory();

            session.transact(tx -> {
                assertThat(CompletableFuture.supplyAsync(() -> register(crm.session(OTHER, ANN)))
                                .join())
                        .isNotNull();
                assertThat(register(another.session(ACME, ANN))).isNotNull();
            });
        }

        @Test
        void takeTransactOnTheirOwnSessionForOneMoreCall() {
            session.transact(tx -> {
                register(tx);
                assertThatThrownBy(() -> tx.transact(inner -> {
                            register(inner);
                            throw new IllegalStateException("inner says no");
                        }))
                        .hasMessage("inner says no");
                tx.transact(inner -> register(inner));
            });

            assertThat(types(log(session))).containsExactly("customer.registered", "customer.registered");
        }

        @Test
        void undoEachCallAloneInATransactWithinATransactToo() {
            session.transact(tx -> tx.transact(inner -> {
                Customer ann =
                        inner.customers().register(Customer.named("Ann", "Lee").externalId("shop", "1"));
                assertThatThrownBy(() -> inner.customers()
                                .register(Customer.named("Bob", "Ray").externalId("shop", "1")))
                        .isInstanceOf(DuplicateException.class);
                assertThatThrownBy(() -> inner.unitOfWork().call(work -> {
                            new Customers(work).tag(ann.id(), "half done");
                            throw new IllegalStateException("refused");
                        }))
                        .hasMessage("refused");
                inner.customers().tag(ann.id(), "vip");
            }));

            assertThat(session.customers().list(Query.of(Customer.TYPE)).items())
                    .singleElement()
                    .satisfies(ann -> assertThat(ann.tags()).containsExactly("vip"));
            assertThat(types(log(session))).containsExactly("customer.registered", "customer.changed");
        }

        @Test
        void undoEachCallAloneWhereAServiceMakesSeveralInOneCall() {
            long[] milliseconds = {0};
            Crm ticking =
                    Crm.builder().clock(() -> NOW.plusMillis(milliseconds[0]++)).build();
            CrmSession desk = ticking.session(ACME, ANN);
            Customer ann = register(desk);
            desk.unitOfWork().call(work -> {
                new Customers(work).tag(ann.id(), "first");
                Instant moment = work.now();
                work.transact(several -> {
                    assertThatThrownBy(() -> several.call(one -> {
                                new Customers(one).tag(ann.id(), "half done");
                                throw new IllegalStateException("refused");
                            }))
                            .hasMessage("refused");
                    return new Customers(several).tag(ann.id(), "second");
                });
                assertThat(work.now()).as("one call has one moment").isEqualTo(moment);
                return new Customers(work).tag(ann.id(), "third");
            });

            assertThat(desk.customers().require(ann.id()).tags()).containsExactly("first", "second", "third");
        }

        @Test
        void goOnAfterARefusalThatTheHostCatches() {
            session.transact(tx -> {
                Customer ann = register(tx);
                assertThatThrownBy(() -> tx.purchases().record(Purchase.by(ann.id())))
                        .isInstanceOf(RuleViolationException.class);
                tx.purchases().record(Purchase.by(ann.id()).at(NOW).amount(Money.of("7.50", "EUR")));
            });

            assertThat(types(log(session))).containsExactly("customer.registered", "purchase.recorded");
        }

        @Test
        void endWithTheirSession() {
            CrmSession[] leaked = new CrmSession[1];
            session.transact(tx -> leaked[0] = tx);

            assertThatThrownBy(() -> register(leaked[0]))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the transaction has ended");
        }

        @Test
        void showTheLogAsItIsCommitted() {
            register(session);
            session.transact(tx -> {
                register(tx);
                assertThat(log(tx)).hasSize(1);
            });
            assertThat(log(session)).hasSize(2);
        }
    }

    @Nested
    class Sessions {

        @Test
        void areOfTheBuildersTenantWhereTheCallNamesNone() {
            Crm crm = Crm.builder().tenant(ACME).build();

            CrmSession session = crm.session(ANN);
            register(session);

            assertThat(session.tenant()).isEqualTo(ACME);
            assertThat(session.context()).isEqualTo(ANN);
            assertThat(log(crm.session(ACME, ANN))).hasSize(1);
            assertThat(log(crm.session(OTHER, ANN))).isEmpty();
        }

        @Test
        void needATenant() {
            assertThatThrownBy(() -> Crm.inMemory().session(ANN))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("which tenant?");
        }

        @Test
        void refuseEverythingOnceTheLibraryIsClosed() {
            Crm crm = Crm.inMemory();
            CrmSession session = crm.session(ACME, ANN);
            register(session);

            crm.close();
            crm.close();

            assertThatThrownBy(() -> register(session)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> log(session)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(crm::runDue).isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class TheLog {

        private final Crm crm = Crm.builder().clock(() -> NOW).build();
        private final CrmSession session = crm.session(ACME, ANN);

        @Test
        void isAnAuditTrailByRecordAndByActor() {
            CrmSession bob = crm.session(ACME, CallContext.of("agent:bob", "clean up"));
            Customer first = register(session);
            Customer second = register(bob);
            bob.customers().tag(first.id(), "vip");
            session.customers().tag(second.id(), "new");
            register(crm.session(OTHER, CallContext.of("agent:bob", "elsewhere")));

            assertThat(about(first.id())).containsExactly("agent:ann phone order", "agent:bob clean up");
            assertThat(about(second.id())).containsExactly("agent:bob clean up", "agent:ann phone order");
            assertThat(session.log().by("agent:bob", LogPosition.START, 100))
                    .extracting(logged -> logged.event().subjectId())
                    .containsExactly(second.id().value(), first.id().value());
            assertThat(session.log().by("agent:carl", LogPosition.START, 100)).isEmpty();

            LogPosition seen =
                    session.log().by("agent:bob", LogPosition.START, 1).get(0).position();
            assertThat(session.log().by("agent:bob", seen, 100))
                    .extracting(logged -> logged.event().type())
                    .containsExactly("customer.changed");
        }

        private List<String> about(EntityId id) {
            return session.log().about(id, LogPosition.START, 100).stream()
                    .map(LoggedEvent::event)
                    .map(event -> event.actor() + " " + event.reason())
                    .toList();
        }

        @Test
        void goesOutAsCloudEvents() {
            CrmSession correlated = crm.session(ACME, ANN.correlatedWith("req-8812"));
            Customer ann = register(correlated);
            JsonObject data = JsonObject.builder()
                    .put("tone", "c\u266f \"loud\"")
                    .put("times", 3L)
                    .build();
            UUID cause = log(session).get(0).event().id();
            correlated.unitOfWork().call(work -> work.record(new Rang(ann.id(), data), cause));
            EventRecord rang = log(session).get(1).event();

            JsonObject expected = JsonObject.builder()
                    .put("specversion", "1.0")
                    .put("id", rang.id().toString())
                    .put("source", "/crm/acme")
                    .put("type", "dev.crmcore.bell.rang")
                    .put("time", "2026-03-01T09:30:00.123456Z")
                    .put("subject", "customer/" + ann.id().value())
                    .put("datacontenttype", "application/json")
                    .put("tenantid", "acme")
                    .put("actor", "agent:ann")
                    .put("reason", "phone order")
                    .put("correlationid", "req-8812")
                    .put("causationid", cause.toString())
                    .put("data", data)
                    .build();
            assertThat(JsonObject.parse(CloudEvents.toJson(ACME, rang))).isEqualTo(expected);
            assertThat(CloudEvents.toJson(ACME, log(session).get(0).event()))
                    .contains("\"correlationid\":\"req-8812\"")
                    .doesNotContain("causationid");
        }
    }

    @Nested
    class DueForEveryTenant {

        /** Rings a bell for each customer who has none yet: as many as it finds. */
        private record Bells(String name) implements DueWork {

            @Override
            public int run(UnitOfWork unitOfWork) {
                return unitOfWork.call(work -> {
                    List<Customer> waiting = work.store().list(Query.of(Customer.TYPE));
                    waiting.forEach(customer -> work.record(new Rang(customer.id(), JsonObject.empty())));
                    return waiting.size();
                });
            }
        }

        @Test
        void doesTheWorkOfEachOnceInItsOwnTransactions() {
            List<String> heard = new ArrayList<>();
            Crm crm = Crm.builder()
                    .dueWork(new Bells("bells"))
                    .listener(new Ear("ear", heard))
                    .build();
            register(crm.session(ACME, ANN));
            register(crm.session(OTHER, ANN));
            register(crm.session(OTHER, ANN));
            heard.clear();

            DueReport report = crm.runDue();

            assertThat(report.done()).isEqualTo(3);
            assertThat(report.failures()).isEmpty();
            assertThat(report.lines())
                    .filteredOn(line -> line.work().equals("bells"))
                    .extracting(line -> line.tenant() + " " + line.done())
                    .containsExactly("acme 1", "other 2");
            assertThat(heard).containsExactly("ear acme bell.rang", "ear other bell.rang", "ear other bell.rang");
            assertThat(crm.session(OTHER, ANN).log().by("crm", LogPosition.START, 10))
                    .extracting(logged -> logged.event().reason())
                    .containsExactly("due work", "due work");
        }

        @Test
        void isNotDoneWhileATransactionIsOpen() {
            try (Crm crm = Crm.inMemory()) {
                CrmSession session = crm.session(ACME, ANN);
                register(session);

                session.transact(tx -> assertThatThrownBy(crm::runDue)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("a transaction is open on this thread"));
            }
        }

        @Test
        void doesNothingWhereNobodyHasWrittenAnything() {
            Crm crm = Crm.builder().dueWork(new Bells("bells")).tenant(ACME).build();

            assertThat(crm.session(ANN).customers().find(new CustomerId(new UUID(1, 1))))
                    .isEmpty();

            assertThat(crm.runDue().lines()).isEmpty();
        }

        @Test
        void runsKindsOfWorkInTheOrderInWhichTheyWereAdded() {
            Crm crm = Crm.builder()
                    .tenant(ACME)
                    .dueWork(new Bells("first"))
                    .dueWork(new Bells("second"))
                    .build();
            register(crm.session(ANN));

            assertThat(crm.runDue().lines()).extracting(DueReport.Line::work).endsWith("first", "second");
        }
    }
}
