package dev.crmcore.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.ConflictException;
import dev.crmcore.context.CrmException;
import dev.crmcore.context.DuplicateException;
import dev.crmcore.context.NotFoundException;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.context.StoreException;
import dev.crmcore.customer.ContactPoint;
import dev.crmcore.customer.ContactPurpose;
import dev.crmcore.customer.ContactType;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.Organization;
import dev.crmcore.customer.OrganizationId;
import dev.crmcore.customer.OrganizationRole;
import dev.crmcore.customer.Organizations;
import dev.crmcore.query.Query;
import dev.crmcore.value.ExternalId;
import dev.crmcore.value.PostalAddress;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Organizations are kept, stand above one another without a circle, and have customers in roles. */
public abstract class OrganizationScenario extends Scenario {

    private Organizations organizations() {
        return desk().organizations();
    }

    @Test
    void anOrganizationComesBackAsItWasKept() {
        Organization group = organizations().register(Organization.named("Acme Holding"));
        Organization acme = organizations()
                .register(Organization.named("Ácme GmbH")
                        .registrationId("HRB 123")
                        .vatId("DE123456789")
                        .industry("retail")
                        .employees(250)
                        .parent(group.id())
                        .owner("agent:7")
                        .postalAddress(
                                PostalAddress.builder()
                                        .street("Hauptstr. 5")
                                        .country("DE")
                                        .build(),
                                ContactPurpose.BILLING)
                        .email("office@acme.example")
                        .phone("(030) 1234567", "DE")
                        .externalId("erp", "77")
                        .attribute("rating", "A")
                        .attribute("branches", 12)
                        .attribute("listed", true)
                        .tag("key account"));
        assertThat(organizations().require(acme.id())).isEqualTo(acme);
        assertThat(acme.contactPoints())
                .extracting(ContactPoint::type)
                .containsExactly(ContactType.POSTAL, ContactType.EMAIL, ContactType.PHONE);
        assertThat(acme.attributes().keys()).containsExactlyInAnyOrder("rating", "branches", "listed");
        assertThat(organizations().findByName("acme", 9).items()).containsExactly(acme, group);
        assertThat(organizations().findByExternalId(ExternalId.of("erp", "77"))).contains(acme);
        assertThat(organizations()
                        .list(Query.of(Organization.TYPE)
                                .where(Organization.attribute("rating").is("A")))
                        .items())
                .containsExactly(acme);
        assertThat(otherDesk().organizations().find(acme.id())).isEmpty();
        assertThatThrownBy(() ->
                        organizations().register(Organization.named("Other").externalId("erp", "77")))
                .isInstanceOf(DuplicateException.class);
    }

    @Test
    void noOrganizationStandsAboveItself() {
        Organization a = organizations().register(Organization.named("A"));
        Organization b = organizations().register(Organization.named("B").parent(a.id()));
        Organization c = organizations().register(Organization.named("C").parent(b.id()));
        assertThatThrownBy(
                        () -> organizations().save(a.toBuilder().parent(c.id()).build()))
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.rule()).isEqualTo("organization.parent.cycle"));
        assertThatThrownBy(() -> a.toBuilder().parent(a.id()).build()).isInstanceOf(RuleViolationException.class);
        assertThat(organizations().require(a.id())).isEqualTo(a);
        Organization alone =
                organizations().update(b.id(), o -> o.toBuilder().parent(null).build());
        assertThat(alone.parent()).isEmpty();
        assertThat(organizations().save(a.toBuilder().parent(c.id()).build()).parent())
                .contains(c.id());
    }

    @Test
    void noCircleIsClosedFromTwoEndsAtOnce() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            Organization a = organizations().register(Organization.named("A"));
            Organization b = organizations().register(Organization.named("B"));
            List<CrmException> refused = Race.run(List.of(
                    () -> organizations().save(a.toBuilder().parent(b.id()).build()),
                    () -> organizations().save(b.toBuilder().parent(a.id()).build())));
            assertThat(refused).isNotEmpty().allMatch(OrganizationScenario::isFair);
            assertThat(organizations().require(a.id()).parent().isPresent()
                            && organizations().require(b.id()).parent().isPresent())
                    .isFalse();
        }
    }

    private static boolean isFair(CrmException refusal) {
        return refusal instanceof RuleViolationException
                || (refusal instanceof StoreException store && store.isTransient());
    }

    @Test
    void aParentHasToExist() {
        OrganizationId nobody = new OrganizationId(new UUID(3, 3));
        assertThatThrownBy(
                        () -> organizations().register(Organization.named("A").parent(nobody)))
                .isInstanceOf(NotFoundException.class);
        assertThat(events("organization.")).isEmpty();
    }

    @Test
    void anOrganizationOfAnotherTenantIsNotFoundWhenSaved() {
        Organization a = organizations().register(Organization.named("A"));
        assertThatThrownBy(() -> otherDesk().organizations().save(a)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void changesAreNotedAndStaleCopiesRefused() {
        Organization a = organizations().register(Organization.named("A"));
        Organization renamed =
                organizations().save(a.toBuilder().legalName("A2").employees(7).build());
        assertThat(renamed.version()).isEqualTo(2);
        assertThat(events().get(1).event().data().texts("fields")).containsExactly("legal_name", "employees");
        assertThatThrownBy(
                        () -> organizations().save(a.toBuilder().legalName("A3").build()))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> a.toBuilder().employees(-1).build()).isInstanceOf(RuleViolationException.class);
        assertThat(organizations().save(renamed)).isEqualTo(renamed);
        assertThat(events("organization.changed")).hasSize(1);
    }

    @Test
    void customersHaveRolesInOrganizations() {
        Organization acme = organizations().register(Organization.named("Acme"));
        OrganizationRole buyer = OrganizationRole.at(acme.id()).as("buyer").withTitle("Head of Purchase");
        Customer ann = desk().customers().register(Customer.named("Ann", "Lee").role(buyer));
        desk().customers().register(Customer.named("Bob", "Lee"));
        assertThat(desk().customers().require(ann.id()).roles()).containsExactly(buyer);
        assertThat(desk().customers()
                        .list(Query.of(Customer.TYPE)
                                .where(Customer.ROLES.any(OrganizationRole.ORGANIZATION
                                        .is(acme.id())
                                        .and(OrganizationRole.ROLE.is("buyer")))))
                        .items())
                .containsExactly(ann);
    }
}
