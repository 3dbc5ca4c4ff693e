package dev.crmcore.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.ConflictException;
import dev.crmcore.context.CrmException;
import dev.crmcore.context.DuplicateException;
import dev.crmcore.context.NotFoundException;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.AttributeValue;
import dev.crmcore.customer.Attributes;
import dev.crmcore.customer.ContactPoint;
import dev.crmcore.customer.ContactPointId;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.customer.Customers;
import dev.crmcore.customer.OrganizationId;
import dev.crmcore.customer.OrganizationRole;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Cursor;
import dev.crmcore.query.Order;
import dev.crmcore.query.Page;
import dev.crmcore.query.Query;
import dev.crmcore.store.Inserted;
import dev.crmcore.value.ExternalId;
import dev.crmcore.value.Money;
import dev.crmcore.value.PersonName;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Customers are registered, found by whatever is known of them, changed and never lost. */
public abstract class CustomerScenario extends Scenario {

    private Customers customers() {
        return desk().customers();
    }

    @Test
    void aRegisteredCustomerComesBackAsItWasKept() {
        Customer ann = customers()
                .register(Customer.named("Ann", "Łee")
                        .nickname("Annie")
                        .birthday(LocalDate.of(1980, 2, 29))
                        .language("de")
                        .timeZone("Europe/Berlin")
                        .email("Ann@Example.com")
                        .phone("+49 30 1234567")
                        .externalId("shop", "4711")
                        .attribute("plan", "gold")
                        .attribute("seats", 12)
                        .attribute("budget", AttributeValue.of(Money.of("12.50", "EUR")))
                        .tag("vip")
                        .owner("agent:7"));
        assertThat(ann.version()).isEqualTo(1);
        assertThat(ann.createdAt()).isEqualTo(START);
        assertThat(ann.contactPoints()).extracting(ContactPoint::id).doesNotHaveDuplicates();
        assertThat(customers().require(ann.id())).isEqualTo(ann);
        assertThat(events("customer.")).containsExactly("customer.registered");
        assertThat(otherDesk().customers().find(ann.id()))
                .as("tenants are sealed off")
                .isEmpty();
    }

    @Test
    void whoIsMissingIsMissing() {
        CustomerId nobody = new CustomerId(new UUID(7, 7));
        assertThat(customers().find(nobody)).isEmpty();
        assertThatThrownBy(() -> customers().require(nobody)).isInstanceOfSatisfying(NotFoundException.class, e -> {
            assertThat(e.type()).isEqualTo("customer");
            assertThat(e.id()).isEqualTo(nobody.value().toString());
        });
        assertThatThrownBy(() -> customers().update(nobody, c -> c)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> customers().requireAll(List.of(nobody))).isInstanceOf(NotFoundException.class);
        assertThat(customers().findAll(List.of(nobody))).isEmpty();
    }

    @Test
    void aContactPointIsFoundHoweverItIsTyped() {
        Customer ann = customers()
                .register(
                        Customer.named("Ann", "Lee").email("Ann@Bücher.example").phone("030 1234567", "DE"));
        Customer bob = customers().register(Customer.named("Bob", "Lee").phone("+49 30 1234567"));
        assertThat(customers().findByContact(ContactPoint.email("ANN@xn--bcher-kva.example")))
                .containsExactly(ann);
        assertThat(customers().findByContact(ContactPoint.phone("0049 30 1234567")))
                .as("one phone, two people")
                .containsExactly(ann, bob);
        assertThat(customers().findByContact(ContactPoint.email("bob@x.example")))
                .isEmpty();
        assertThat(customers().findByContact(ContactPoint.push("+49301234567")))
                .as("of another type")
                .isEmpty();
    }

    @Test
    void anAddressThatManyShareIsListedPageByPage() {
        ContactPoint shared = ContactPoint.phone("+49 30 1234567");
        List<Customer> all = customers()
                .registerAll(IntStream.range(0, 105)
                        .mapToObj(i -> Customer.named("Ann" + i, "Lee").phone("+49 30 1234567"))
                        .toList())
                .stream()
                .map(Inserted::entity)
                .toList();
        assertThat(customers().findByContact(shared)).isEqualTo(all.subList(0, Customers.CONTACT_LIMIT));
        Page<Customer> first = customers().listByContact(shared, 60, null);
        Page<Customer> second = customers().listByContact(shared, 60, first.nextCursor());
        assertThat(first.items()).isEqualTo(all.subList(0, 60));
        assertThat(second.items()).isEqualTo(all.subList(60, 105));
        assertThat(second.next()).isEmpty();
        assertThat(customers().listByContact(shared, 105, null).next()).isEmpty();
    }

    @Test
    void addressesThatBeginAlikeDoNotHideEachOther() {
        String path = "https://x.example/" + "a".repeat(600);
        List<Customer> all = customers()
                .registerAll(IntStream.range(0, 12)
                        .mapToObj(i -> Customer.builder().contactPoint(ContactPoint.web(path + i % 4)))
                        .toList())
                .stream()
                .map(Inserted::entity)
                .toList();
        Page<Customer> first = customers().listByContact(ContactPoint.web(path + 3), 2, null);
        assertThat(first.items()).containsExactly(all.get(3), all.get(7));
        Page<Customer> second = customers().listByContact(ContactPoint.web(path + 3), 2, first.nextCursor());
        assertThat(second.items()).containsExactly(all.get(11));
        assertThat(second.next()).isEmpty();
    }

    @Test
    void aVeryLongAddressIsComparedWhole() {
        String path = "https://x.example/" + "a".repeat(600);
        Customer ann = customers().register(Customer.builder().contactPoint(ContactPoint.web(path + "1")));
        customers().register(Customer.builder().contactPoint(ContactPoint.web(path + "2")));
        assertThat(customers().findByContact(ContactPoint.web(path + "1"))).containsExactly(ann);
        assertThat(customers().findByContact(ContactPoint.web(path + "3"))).isEmpty();
    }

    @Test
    void anExternalIdBelongsToOneCustomer() {
        Customer ann =
                customers().register(Customer.builder().externalId("shop", "1").externalId("erp", "1"));
        assertThat(customers().findByExternalId(ExternalId.of("erp", "1"))).contains(ann);
        assertThat(customers().findByExternalId(ExternalId.of("erp", "2"))).isEmpty();
        assertThatThrownBy(() -> customers().register(Customer.builder().externalId("shop", "1")))
                .isInstanceOfSatisfying(
                        DuplicateException.class, e -> assertThat(e.key()).isEqualTo("customer_external_id"));
        Customer bob = customers().register(Customer.builder().externalId("shop", "2"));
        assertThatThrownBy(() -> customers().save(bob.withExternalId(ExternalId.of("shop", "1"))))
                .isInstanceOf(DuplicateException.class);
        assertThat(customers().require(bob.id())).as("nothing half done").isEqualTo(bob);
        assertThat(otherDesk()
                        .customers()
                        .register(Customer.builder().externalId("shop", "1"))
                        .version())
                .isEqualTo(1);
    }

    @Test
    void namesAreFoundByTheirBeginningsFromEitherEnd() {
        Customer lodz = customers().register(Customer.named("Zoë", "Łódź"));
        Customer lee = customers().register(Customer.named("Ann Mary", "Lee"));
        Customer leeds = customers().register(Customer.named("Ann", "Leeds"));
        Customer sato = customers()
                .register(Customer.named(PersonName.builder()
                        .family("佐藤")
                        .given("陽子")
                        .formatted("佐藤 陽子")
                        .build()));
        customers().register(Customer.builder().externalId("shop", "nameless"));
        assertThat(customers().findByName("lod", 9).items()).containsExactly(lodz);
        assertThat(customers().findByName("ZOE LO", 9).items()).containsExactly(lodz);
        assertThat(customers().findByName("lee", 9).items()).containsExactly(leeds, lee);
        assertThat(customers().findByName("lee a", 9).items()).containsExactly(lee);
        assertThat(customers().findByName("ann", 1).items()).containsExactly(leeds);
        assertThat(customers().findByName("ann", 1).next()).isPresent();
        assertThat(customers().findByName("佐", 9).items()).containsExactly(sato);
        assertThat(customers().findByName("x", 9).items()).isEmpty();
        assertThat(customers().findByName(" ", 9).items()).hasSize(4);
    }

    @Test
    void attributesAreAskedByTheirKind() {
        Customer gold = customers()
                .register(Customer.builder()
                        .attribute("plan", "gold")
                        .attribute("seats", 12)
                        .attribute("trial", false));
        Customer free = customers()
                .register(Customer.builder()
                        .attribute("plan", "free")
                        .attribute("seats", 2)
                        .attribute("trial", true));
        Customer many = customers()
                .register(Customer.builder()
                        .attributes(Attributes.none()
                                .with("likes", List.of(AttributeValue.of("tea"), AttributeValue.of("rain")))));
        Customer wordy = customers().register(Customer.builder().attribute("note", "x".repeat(3_000)));
        assertFinds(Customer.attribute("plan").is("gold"), gold);
        assertFinds(Customer.attribute("plan").isPresent(), gold, free);
        assertFinds(Customer.attribute("plan").isAbsent(), many, wordy);
        assertFinds(Customer.attribute("plan").startsWith("fr"), free);
        assertFinds(Customer.attribute("seats").atLeast(3), gold);
        assertFinds(Customer.attribute("seats").atMost(3), free);
        assertFinds(Customer.attribute("seats").is("12"));
        assertFinds(Customer.attribute("trial").is(true), free);
        assertFinds(Customer.attribute("likes").is("rain"), many);
        assertFinds(Customer.attribute("note").is("x".repeat(3_000)), wordy);
        assertFinds(Customer.attribute("note").startsWith("x".repeat(500)), wordy);
        assertFinds(Customer.attribute("note").is("x".repeat(400)));
    }

    private void assertFinds(Condition<Customer> condition, Customer... expected) {
        assertThat(customers().list(Query.of(Customer.TYPE).where(condition)).items())
                .containsExactly(expected);
        assertThat(customers().count(Query.of(Customer.TYPE).where(condition))).isEqualTo(expected.length);
    }

    @Test
    void pagesFollowOneAnotherWithoutGapOrRepetition() {
        List<Customer.Builder> drafts = IntStream.range(0, 57)
                .mapToObj(i -> Customer.named("N" + i % 5, "F").externalId("shop", "" + i))
                .toList();
        customers().registerAll(drafts);
        Query<Customer> query = Query.of(Customer.TYPE)
                .orderBy(Order.descending(Customer.NAME_KEY))
                .limit(10);
        List<CustomerId> seen = new ArrayList<>();
        Page<Customer> page = customers().list(query);
        for (int pages = 1; ; pages++) {
            page.items().forEach(customer -> seen.add(customer.id()));
            if (page.next().isEmpty()) {
                assertThat(pages).isEqualTo(6);
                break;
            }
            Cursor next = page.next().orElseThrow();
            page = customers().list(query.after(next));
        }
        assertThat(seen).hasSize(57).doesNotHaveDuplicates();
        assertThat(seen)
                .containsExactlyElementsOf(
                        customers()
                                .list(Query.of(Customer.TYPE).orderBy(Order.descending(Customer.NAME_KEY)))
                                .items()
                                .stream()
                                .map(Customer::id)
                                .toList());
    }

    @Test
    void aChangeIsKeptWithItsNamesAndWithoutItsValues() {
        Customer ann = customers().register(Customer.named("Ann", "Lee").attribute("plan", "gold"));
        pass(Duration.ofMinutes(5));
        Customer changed = customers()
                .update(
                        ann.id(),
                        customer -> customer
                                .withName(PersonName.of("Ann", "Levi"))
                                .withAttribute("plan", AttributeValue.of("free"))
                                .withAttribute("seats", AttributeValue.of(3))
                                .tagged("moved")
                                .toBuilder()
                                .nickname("Nan")
                                .email("ann@levi.example")
                                .build());
        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.createdAt()).isEqualTo(START);
        assertThat(changed.updatedAt()).isEqualTo(now());
        assertThat(customers().require(ann.id())).isEqualTo(changed);
        var event = events().get(1).event();
        assertThat(event.type()).isEqualTo("customer.changed");
        assertThat(event.data().texts("fields"))
                .containsExactlyInAnyOrder(
                        "family_name", "nickname", "contact_points", "tags", "attributes.plan", "attributes.seats");
        assertThat(event.data().toJson()).doesNotContain("Levi", "free", "Nan", "moved");
    }

    @Test
    void whatChangesNothingWritesNothing() {
        Customer ann = customers().register(Customer.named("Ann", "Lee").tag("vip"));
        pass(Duration.ofMinutes(5));
        assertThat(customers().tag(ann.id(), "vip")).isEqualTo(ann);
        assertThat(customers().untag(ann.id(), "other")).isEqualTo(ann);
        assertThat(customers().save(ann)).isEqualTo(ann);
        assertThat(events("customer.changed")).isEmpty();
        assertThat(customers().untag(ann.id(), "vip").tags()).isEmpty();
        assertThat(events("customer.changed")).hasSize(1);
    }

    @Test
    void aCustomerOfAnotherTenantIsNotFoundWhenSaved() {
        Customer ann = customers().register(Customer.named("Ann", "Lee"));
        assertThatThrownBy(() -> otherDesk().customers().save(ann.tagged("vip")))
                .isInstanceOf(NotFoundException.class);
        assertThat(customers().require(ann.id())).isEqualTo(ann);
    }

    @Test
    void aStaleCopyIsNotSaved() {
        Customer read = customers().register(Customer.named("Ann", "Lee"));
        Customer first = customers().save(read.tagged("a"));
        assertThatThrownBy(() -> customers().save(read.tagged("b")))
                .isInstanceOfSatisfying(ConflictException.class, e -> {
                    assertThat(e.id()).isEqualTo(read.id().value());
                    assertThat(e.expectedVersion()).isEqualTo(1);
                });
        assertThat(customers().save(first.tagged("b")).tags()).containsExactly("a", "b");
        Customer bob = customers().register(Customer.named("Bob", "Lee"));
        assertThatThrownBy(() -> customers().saveAll(List.of(bob.tagged("x"), read.tagged("x"))))
                .isInstanceOf(ConflictException.class);
        assertThat(customers().require(bob.id())).as("all or none").isEqualTo(bob);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> customers().saveAll(List.of(bob.tagged("x"), bob.tagged("y"))));
        assertThatIllegalArgumentException().isThrownBy(() -> customers().update(bob.id(), ignored -> read));
    }

    @Test
    void noChangeIsLostAmongEightWriters() throws InterruptedException {
        Customer ann = customers().register(Customer.named("Ann", "Lee"));
        List<CrmException> refused = Race.run(IntStream.range(0, 8)
                .<Runnable>mapToObj(i -> () -> customers().tag(ann.id(), "tag" + i))
                .toList());
        assertThat(refused).isEmpty();
        Customer tagged = customers().require(ann.id());
        assertThat(tagged.tags()).hasSize(8);
        assertThat(tagged.version()).isEqualTo(9);
        assertThat(events("customer.changed")).hasSize(8);
    }

    @Test
    void oneExternalIdIsRegisteredOnceByEightWriters() throws InterruptedException {
        List<CrmException> refused = Race.run(IntStream.range(0, 8)
                .<Runnable>mapToObj(i ->
                        () -> customers().registerAll(List.of(Customer.builder().externalId("shop", "1"))))
                .toList());
        assertThat(refused).isEmpty();
        assertThat(customers().count(Query.of(Customer.TYPE))).isEqualTo(1);
        assertThat(events("customer.registered")).hasSize(1);
    }

    @Test
    void aContactPointKeepsItsIdThroughChanges() {
        Customer ann = customers().register(Customer.named("Ann", "Lee").email("ann@x.example"));
        ContactPointId email = ann.contactPoints().get(0).id();
        Customer changed = customers()
                .save(ann.toBuilder()
                        .contactPoint(ann.contactPoints().get(0).bouncedSoftly())
                        .phone("+49 30 1234567")
                        .build());
        assertThat(changed.contactPoints().get(0).id()).isEqualTo(email);
        assertThat(changed.contactPoints().get(0).softBounces()).isEqualTo(1);
        assertThat(changed.contactPoints().get(1).id()).isNotEqualTo(email);
        assertThat(customers().require(ann.id())).isEqualTo(changed);
    }

    @Test
    void aRefusedChangeLeavesNothingBehind() {
        Customer ann = customers().register(Customer.named("Ann", "Lee"));
        assertThatThrownBy(() -> customers()
                        .update(
                                ann.id(),
                                c -> c.toBuilder()
                                        .birthday(LocalDate.of(2030, 1, 1))
                                        .build()))
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.rule()).isEqualTo("customer.birthday.future"));
        assertThatThrownBy(() ->
                        customers().save(ann.withRole(OrganizationRole.at(new OrganizationId(new UUID(1, 2))))))
                .isInstanceOfSatisfying(
                        NotFoundException.class, e -> assertThat(e.type()).isEqualTo("organization"));
        assertThat(customers().require(ann.id())).isEqualTo(ann);
        assertThat(events("customer.changed")).isEmpty();
    }

    @Test
    void aBatchRegistersThoseWhoAreNew() {
        Customer known = customers().register(Customer.named("Ann", "Lee").externalId("shop", "1"));
        List<Inserted<Customer>> outcomes = customers()
                .registerAll(List.of(
                        Customer.builder().externalId("shop", "2"),
                        Customer.builder().externalId("shop", "1"),
                        Customer.builder().externalId("shop", "2"),
                        Customer.builder(),
                        Customer.builder()));
        assertThat(outcomes).extracting(Inserted::isNew).containsExactly(true, false, false, true, true);
        assertThat(outcomes.get(1).entity()).isEqualTo(known);
        assertThat(outcomes.get(2).entity()).isEqualTo(outcomes.get(0).entity());
        assertThat(events("customer.registered")).hasSize(4);
        assertThat(customers().registerAll(List.of())).isEmpty();
    }

    @Test
    void aBatchCostsAConstantNumberOfOperations() {
        long before = calls("list") + calls("insertIfAbsent") + calls("findAll") + calls("find");
        List<Customer.Builder> drafts = IntStream.range(0, 500)
                .mapToObj(
                        i -> Customer.named("N", "F").externalId("shop", "" + i).email(i + "@x.example"))
                .toList();
        List<Inserted<Customer>> outcomes = customers().registerAll(drafts);
        assertThat(calls("list") + calls("insertIfAbsent") + calls("findAll") + calls("find") - before)
                .as("the definitions of attributes, and the batch")
                .isEqualTo(2);
        long beforeUpdate = calls("update") + calls("findAll");
        customers()
                .saveAll(outcomes.stream()
                        .map(o -> o.entity().tagged("imported"))
                        .toList());
        assertThat(calls("update") + calls("findAll") - beforeUpdate).isEqualTo(2);
        assertThat(customers().count(Query.of(Customer.TYPE).where(Customer.TAGS.contains("imported"))))
                .isEqualTo(500);
        assertThat(customers().findByExternalIds(List.of(ExternalId.of("shop", "3"), ExternalId.of("shop", "x"))))
                .containsOnlyKeys(ExternalId.of("shop", "3"));
    }
}
