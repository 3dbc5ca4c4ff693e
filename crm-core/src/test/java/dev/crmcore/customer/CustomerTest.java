package dev.crmcore.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.query.RelatedRecords;
import dev.crmcore.store.EntityCatalog;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.StoredRecord;
import dev.crmcore.value.ExternalId;
import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.Money;
import dev.crmcore.value.PersonName;
import dev.crmcore.value.PostalAddress;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerTest {

    private static final Instant NOW = Instant.parse("2026-03-01T11:00:00.123456789Z");
    private static final RelatedRecords NONE = new RelatedRecords() {
        @Override
        public <R> List<R> naming(
                dev.crmcore.query.RecordType<R> type,
                dev.crmcore.query.Field<R, ? extends dev.crmcore.context.EntityId> by,
                UUID id) {
            return List.of();
        }
    };

    private long lastId;

    private UUID nextId() {
        return new UUID(0x7000, ++lastId);
    }

    private Customer register(Customer.Builder draft) {
        return draft.build(new CustomerId(nextId()), NOW, AttributeRules.of(List.of()), this::nextId);
    }

    private static Customer stored(Customer customer) {
        return Customer.TYPE.fromStored(Customer.TYPE.toStored(customer));
    }

    private Customer.Builder everything() {
        return Customer.named(PersonName.builder()
                        .prefix("Dr.")
                        .given("Ann")
                        .additional("Mary")
                        .family("Łee")
                        .suffix("Jr.")
                        .formatted("Dr. Ann M. Łee")
                        .phoneticGiven("an")
                        .phoneticFamily("li")
                        .build())
                .nickname("Annie")
                .birthday(LocalDate.of(1980, 2, 29))
                .language("pt-br")
                .timeZone("Europe/Berlin")
                .email("Ann@Bücher.example")
                .phone("030 1234567", "DE")
                .postalAddress(PostalAddress.builder()
                        .street("Hauptstraße 5")
                        .extended("Flat 2")
                        .poBox("12")
                        .postalCode("10827")
                        .locality("Berlin")
                        .region("Berlin")
                        .regionCode("DE-BE")
                        .country("DE")
                        .build())
                .contactPoint(ContactPoint.social("Mastodon", "@Ann")
                        .forPurposes(ContactPurpose.HOME, ContactPurpose.MARKETING)
                        .preferred()
                        .verified(NOW, "link")
                        .validFrom(NOW)
                        .validThru(NOW.plusSeconds(60))
                        .bouncedSoftly())
                .contactPoint(ContactPoint.push("token-" + "x".repeat(900)))
                .contactPoint(ContactPoint.web("https://Ann.example/" + "a/".repeat(400)))
                .externalId("shop", "4711")
                .externalId("erp", "A-1")
                .attribute("plan", "gold")
                .attribute("note", "long ".repeat(200))
                .attribute("seats", 12)
                .attribute("trial", false)
                .attribute("budget", AttributeValue.of(Money.of("1200.50", "EUR")))
                .attribute("renews", AttributeValue.of(LocalDate.of(2026, 12, 31)))
                .attribute("seen", AttributeValue.of(NOW))
                .attributes(Attributes.none()
                        .with("plan", AttributeValue.of("gold"))
                        .with("note", AttributeValue.of("long ".repeat(200)))
                        .with("seats", AttributeValue.of(12))
                        .with("trial", AttributeValue.of(false))
                        .with("budget", AttributeValue.of(Money.of("1200.50", "EUR")))
                        .with("renews", AttributeValue.of(LocalDate.of(2026, 12, 31)))
                        .with("seen", AttributeValue.of(NOW))
                        .with("likes", List.of(AttributeValue.of("tea"), AttributeValue.of("rain"))))
                .tag("vip")
                .tag("berlin")
                .role(OrganizationRole.at(new OrganizationId(nextId()))
                        .as("buyer")
                        .withTitle("Head of Purchase")
                        .from(LocalDate.of(2020, 1, 1))
                        .thru(LocalDate.of(2025, 12, 31)))
                .owner("agent:7")
                .lifecycleStage("customer")
                .source("form:42")
                .acquisition(Acquisition.through("search")
                        .byCampaign("spring")
                        .costing(Money.of("4.20", "EUR"))
                        .at(NOW));
    }

    @Test
    void everyPartSurvivesItsStoredForm() {
        Customer customer = register(everything());
        assertThat(stored(customer)).isEqualTo(customer);
        assertThat(stored(customer).createdAt()).isEqualTo(Instant.parse("2026-03-01T11:00:00.123456Z"));
        assertThat(stored(customer).attributes().texts("likes")).containsExactly("tea", "rain");
    }

    @Test
    void aCustomerOfWhomNothingIsKnownSurvivesToo() {
        Customer customer = register(Customer.builder());
        assertThat(stored(customer)).isEqualTo(customer);
        assertThat(customer.name()).isEmpty();
        assertThat(customer.status()).isEqualTo(CustomerStatus.ACTIVE);
    }

    @Test
    void aBlankedCustomerCanStillBeReadAndHasNothingPersonal() {
        Customer customer = register(everything());
        StoredRecord full = Customer.TYPE.toStored(customer);
        Object[] values = full.values().clone();
        for (int i = 0; i < values.length; i++) {
            if (Customer.TYPE.fields().get(i).isPersonal()) {
                values[i] = null;
            }
        }
        StoredRecord blank = new StoredRecord(
                full.id(),
                full.version(),
                values,
                Customer.TYPE.sets().stream().map(set -> List.<Object[]>of()).toList(),
                null,
                full.schema());
        Customer erased = Customer.TYPE.fromStored(blank);
        assertThat(erased.id()).isEqualTo(customer.id());
        assertThat(erased.name()).isEmpty();
        assertThat(erased.birthday()).isEmpty();
        assertThat(erased.acquisition()).isEqualTo(customer.acquisition());
        assertThat(Customer.TYPE.blanking())
                .as("name (2) and its keys (2), birthday (2), language, zone, five sets, the body")
                .hasSize(14);
        assertThat(Customer.TYPE.onErasure()).isEqualTo(EntityType.OnErasure.BLANK);
    }

    @Test
    void theTypesMakeACatalog() {
        assertThat(EntityCatalog.of(CustomerTypes.all()).type("customer")).isSameAs(Customer.TYPE);
    }

    @Test
    void aChangedCopyKeepsIdVersionAndWhatWasNotChanged() {
        Customer customer = Customer.TYPE.withVersion(register(everything()), 5);
        Customer changed = customer.tagged("new").atStage("lost").withoutAttribute("plan");
        assertThat(changed.id()).isEqualTo(customer.id());
        assertThat(changed.version()).isEqualTo(5);
        assertThat(changed.tags()).containsExactly("vip", "berlin", "new");
        assertThat(changed.untagged("new").toBuilder()
                        .lifecycleStage("customer")
                        .attributes(customer.attributes())
                        .build())
                .isEqualTo(customer);
        assertThat(customer.deactivated().status()).isEqualTo(CustomerStatus.INACTIVE);
        assertThat(customer.deactivated().activated()).isEqualTo(customer);
    }

    @Test
    void draftsAndCopiesAreNotMixedUp() {
        assertThatIllegalStateException().isThrownBy(Customer.builder()::build);
        Customer customer = register(Customer.builder());
        assertThatIllegalStateException().isThrownBy(() -> register(customer.toBuilder()));
    }

    @ParameterizedTest
    @CsvSource({
        // zone, birthday, accepted: it is already 2 March in Auckland, and somewhere at UTC+14
        "Pacific/Auckland, 2026-03-02, true",
        "Pacific/Auckland, 2026-03-03, false",
        "Europe/Berlin,    2026-03-01, true",
        "Europe/Berlin,    2026-03-02, false",
        ",                 2026-03-02, true",
        ",                 2026-03-03, false"
    })
    void aBirthdayDoesNotLieInTheFuture(String zone, LocalDate date, boolean accepted) {
        Customer.Builder draft = Customer.named("Ann", "Lee").birthday(date);
        if (zone != null) {
            draft.timeZone(zone);
        }
        if (accepted) {
            assertThat(register(draft).birthday()).contains(Birthday.of(date));
        } else {
            assertThatThrownBy(() -> register(draft)).isInstanceOfSatisfying(RuleViolationException.class, e -> {
                assertThat(e.rule()).isEqualTo("customer.birthday.future");
                assertThat(e.value()).contains(date.toString());
                assertThat(e).hasMessageNotContaining(date.toString());
            });
        }
    }

    @Test
    void aBirthdayOn29FebruaryNeedsNoYear() {
        Customer customer = register(Customer.builder().birthday(Birthday.of(MonthDay.of(2, 29))));
        assertThat(stored(customer).birthday()).contains(Birthday.of(MonthDay.of(2, 29)));
        assertThat(Customer.BIRTH_DAY.get(customer)).isEqualTo(229);
        assertThat(Customer.BIRTH_DATE.get(customer)).isNull();
    }

    @Test
    void oneContactPointIsPreferredForEachTypeAndPurpose() {
        ContactPoint home = ContactPoint.email("a@x.example")
                .forPurposes(ContactPurpose.HOME)
                .preferred();
        ContactPoint both = ContactPoint.email("b@x.example")
                .forPurposes(ContactPurpose.WORK, ContactPurpose.HOME)
                .preferred();
        assertThatThrownBy(() -> register(Customer.builder().contactPoint(home).contactPoint(both)))
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.rule()).isEqualTo("contact.preferred"));
        ContactPoint any = ContactPoint.email("c@x.example").preferred();
        ContactPoint otherAny = ContactPoint.email("d@x.example").preferred();
        assertThatThrownBy(() -> register(Customer.builder().contactPoint(any).contactPoint(otherAny)))
                .isInstanceOf(RuleViolationException.class);
        Customer fine = register(Customer.builder()
                .contactPoint(home)
                .contactPoint(both.forPurposes(ContactPurpose.WORK))
                .contactPoint(any)
                .contactPoint(otherAny.notPreferred())
                .contactPoint(ContactPoint.phone("+49 30 1234567")
                        .forPurposes(ContactPurpose.HOME)
                        .preferred()));
        assertThat(fine.contactPoints()).hasSize(5);
    }

    @Test
    void oneAddressIsOneContactPoint() {
        Customer customer = register(Customer.builder().email("ann@x.example").email("ANN@X.example"));
        assertThat(customer.contactPoints()).hasSize(1);
        ContactPointId id = customer.contactPoints().get(0).id();
        Customer verified =
                customer.withContactPoint(ContactPoint.email("Ann@x.example").verified(NOW, "call"));
        assertThat(verified.contactPoints()).hasSize(1);
        assertThat(verified.contactPoints().get(0).id()).isEqualTo(id);
        assertThatThrownBy(() -> customer.toBuilder()
                        .contactPoints(List.of(ContactPoint.email("a@x.example"), ContactPoint.email("A@x.example")))
                        .build())
                .isInstanceOfSatisfying(RuleViolationException.class, e -> {
                    assertThat(e.rule()).isEqualTo("contact.twice");
                    assertThat(e).hasMessageNotContaining("x.example");
                });
        assertThat(verified.withoutContactPoint(id).contactPoints()).isEmpty();
    }

    @Test
    void whatIsExpiredOrDeadIsNotSentTo() {
        ContactPoint point = ContactPoint.email("a@x.example").validFrom(NOW).validThru(NOW.plusSeconds(60));
        assertThat(point.isUsableAt(NOW.minusSeconds(1))).isFalse();
        assertThat(point.isUsableAt(NOW)).isTrue();
        assertThat(point.isUsableAt(NOW.plusSeconds(60).minusNanos(1000))).isTrue();
        assertThat(point.isUsableAt(NOW.plusSeconds(60))).isFalse();
        assertThat(point.bouncedHard().isUsableAt(NOW)).isFalse();
        assertThat(point.complained().isUsableAt(NOW)).isFalse();
        assertThat(point.bouncedSoftly().isUsableAt(NOW)).isTrue();
        assertThatThrownBy(() -> point.validThru(NOW.minusSeconds(1)))
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.rule()).isEqualTo("contact.validity"));
        assertThat(point.validThru(NOW).isUsableAt(NOW)).isFalse();
    }

    @Test
    void deliverabilityFollowsWhatBecomesOfMessages() {
        ContactPoint point = ContactPoint.email("a@x.example");
        ContactPoint soft = point.bouncedSoftly().bouncedSoftly();
        assertThat(soft.softBounces()).isEqualTo(2);
        assertThat(soft.deliverability()).isEqualTo(Deliverability.SOFT_BOUNCE);
        assertThat(soft.delivered()).isEqualTo(point);
        assertThat(soft.bouncedHard().delivered().deliverability()).isEqualTo(Deliverability.HARD_BOUNCE);
        assertThat(soft.bouncedHard().verified(NOW, "call").deliverability()).isEqualTo(Deliverability.OK);
        assertThat(soft.complained().bouncedHard().verified(NOW, "call").deliverability())
                .as("a complaint stays")
                .isEqualTo(Deliverability.COMPLAINED);
    }

    @Test
    void theBestContactPointIsUsableForThePurposeAndPreferred() {
        Customer customer = register(Customer.builder()
                .contactPoint(ContactPoint.email("old@x.example").preferred().validThru(NOW))
                .contactPoint(ContactPoint.email("any@x.example"))
                .contactPoint(ContactPoint.email("work@x.example").forPurposes(ContactPurpose.WORK))
                .contactPoint(ContactPoint.email("best@x.example")
                        .forPurposes(ContactPurpose.WORK)
                        .preferred()));
        assertThat(customer.contactPoint(ContactType.EMAIL, ContactPurpose.WORK, NOW)
                        .orElseThrow()
                        .value())
                .isEqualTo("best@x.example");
        assertThat(customer.contactPoint(ContactType.EMAIL, ContactPurpose.HOME, NOW)
                        .orElseThrow()
                        .value())
                .isEqualTo("any@x.example");
        assertThat(customer.contactPoint(ContactType.PHONE, ContactPurpose.HOME, NOW))
                .isEmpty();
    }

    @Test
    void addressesThatMeanTheSameAreTheSame() {
        assertSame(ContactPoint.phone("030 1234567", "DE"), ContactPoint.phone("0049 30 1234567"));
        assertSame(ContactPoint.social("Mastodon", "@Ann"), ContactPoint.parse(ContactType.SOCIAL, "mastodon:ann"));
        assertSame(ContactPoint.web("http://ann.example/"), ContactPoint.web("HTTPS://Ann.Example#me"));
        assertThat(ContactPoint.web("https://ann.example/A").normalized())
                .isNotEqualTo(ContactPoint.web("https://ann.example/a").normalized());
        assertThat(ContactPoint.push("aB").normalized())
                .isNotEqualTo(ContactPoint.push("ab").normalized());
    }

    private static void assertSame(ContactPoint a, ContactPoint b) {
        assertThat(a.isSameAddressAs(b)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x.example", "x.example", "http://", "http://a b", " "})
    void whatIsNoWebAddressIsRefused(String url) {
        assertThatThrownBy(() -> ContactPoint.web(url)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aPostalAddressIsNotParsedFromOneLine() {
        assertThatThrownBy(() -> ContactPoint.parse(ContactType.POSTAL, "Hauptstr. 5, Berlin"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesAreFoundWithoutCaseAndAccentsFromEitherEnd() {
        Customer customer = register(everything());
        assertThat(Customer.NAME_KEY.get(customer)).isEqualTo("ann mary lee");
        assertThat(Customer.FAMILY_KEY.get(customer)).isEqualTo("lee ann");
        String huge = "\uD83D\uDE00".repeat(500);
        assertThat(Customer.NAME_KEY.get(register(Customer.named(huge, ""))))
                .as("an index takes 400 characters, and half of one is none")
                .isEqualTo("\uD83D\uDE00".repeat(200));
    }

    @Test
    void attributesAreAskedByKind() {
        Customer customer = register(everything());
        assertThat(List.of(
                        Customer.attribute("plan").is("gold"),
                        Customer.attribute("plan").in(List.of("silver", "gold")),
                        Customer.attribute("plan").startsWith("go"),
                        Customer.attribute("note").is("long ".repeat(200)),
                        Customer.attribute("note").startsWith("long long"),
                        Customer.attribute("seats").is(12),
                        Customer.attribute("seats").is(new BigDecimal("12.00")),
                        Customer.attribute("seats").atLeast(12),
                        Customer.attribute("seats").atMost(12),
                        Customer.attribute("budget").atLeast(1200),
                        Customer.attribute("trial").is(false),
                        Customer.attribute("renews").is(LocalDate.of(2026, 12, 31)),
                        Customer.attribute("seen").is(NOW),
                        Customer.attribute("likes").is("rain"),
                        Customer.attribute("likes").isPresent(),
                        Customer.attribute("nothing").isAbsent(),
                        Customer.TAGS.contains("vip"),
                        ExternalIds.contains(Customer.EXTERNAL_IDS, ExternalId.of("shop", "4711"))))
                .allMatch(condition -> condition.matches(customer, NONE));
        assertThat(List.of(
                        Customer.attribute("plan").is("Gold"),
                        Customer.attribute("seats").is("12"),
                        Customer.attribute("seats").atLeast(13),
                        Customer.attribute("note").is("long"),
                        Customer.attribute("plan").isAbsent(),
                        Customer.attribute("trial").is(true),
                        ExternalIds.contains(Customer.EXTERNAL_IDS, ExternalId.of("shop", "A-1"))))
                .noneMatch(condition -> condition.matches(customer, NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1st", "two words", "é", "a\u0000"})
    void anAttributeKeyHasOneForm(String key) {
        assertThatThrownBy(() -> Customer.builder().attribute(key, "x")).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void nothingPersonalIsPrinted() {
        Customer customer = register(everything());
        assertThat(customer.toString()).isEqualTo("Customer[" + customer.id().value() + "]");
        assertThat(customer.contactPoints().toString() + customer.attributes() + customer.birthday())
                .doesNotContainIgnoringCase("ann@")
                .doesNotContain("gold")
                .doesNotContain("1980");
    }
}
