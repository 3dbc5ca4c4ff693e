package dev.crmcore.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmcore.customer.ContactPoint;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.interaction.Channel;
import dev.crmcore.interaction.Interaction;
import dev.crmcore.interaction.TimelineEntry;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.EntityCatalog;
import dev.crmcore.store.memory.MemoryStore;
import dev.crmcore.value.ExternalId;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The scenarios over the store in memory, and at how many records it looks. */
class MemoryScenariosTest extends StoreScenarios {

    @Override
    protected CrmStore open(EntityCatalog catalog) {
        return MemoryStore.create();
    }

    @Nested
    class Visits extends Scenario {
        @Override
        protected CrmStore open(EntityCatalog catalog) {
            return MemoryScenariosTest.this.open(catalog);
        }

        @Test
        void findingDoesNotLookAtTheOthers() {
            List<Customer.Builder> drafts = IntStream.range(0, 2_000)
                    .mapToObj(i -> Customer.named("Given" + i, "Family" + i)
                            .email(i + "@x.example")
                            .externalId("shop", "" + i))
                    .toList();
            desk().customers().registerAll(drafts);
            assertThat(visitedBy(() -> assertThat(desk().customers().findByContact(ContactPoint.email("77@X.example")))
                            .extracting(
                                    customer -> customer.name().orElseThrow().display())
                            .containsExactly("Given77 Family77")))
                    .isLessThanOrEqualTo(2);
            assertThat(visitedBy(() -> assertThat(desk().customers().findByExternalId(ExternalId.of("shop", "77")))
                            .map(customer -> customer.name().orElseThrow().display())
                            .contains("Given77 Family77")))
                    .isLessThanOrEqualTo(2);
            List<ExternalId> many = IntStream.range(1_500, 2_500)
                    .mapToObj(i -> ExternalId.of("shop", "" + i))
                    .toList();
            assertThat(visitedBy(() -> assertThat(desk().customers().findByExternalIds(many))
                            .hasSize(500)))
                    .as("a thousand keys, five hundred of them known")
                    .isLessThanOrEqualTo(500);
            assertThat(visitedBy(() -> assertThat(
                                    desk().customers().findByName("given77", 3).items())
                            .extracting(
                                    customer -> customer.name().orElseThrow().display())
                            .containsExactly("Given77 Family77", "Given770 Family770", "Given771 Family771")))
                    .isLessThanOrEqualTo(30);
        }

        @Test
        void aPageOfATimelineLooksAtNoMoreThanItNeeds() {
            CustomerId ann = desk().customers().register(Customer.builder()).id();
            desk().interactions()
                    .recordAll(IntStream.range(0, 3_000)
                            .mapToObj(i ->
                                    Interaction.with(ann, "call", Channel.CALL).at(START.minusSeconds(i)))
                            .toList());
            assertThat(visitedBy(() -> {
                        var first = desk().timeline().of(ann).newestFirst().page(10);
                        var second = desk().timeline()
                                .of(ann)
                                .newestFirst()
                                .after(first.next().orElseThrow())
                                .page(10);
                        assertThat(Stream.of(first, second).flatMap(page -> page.entries().stream()))
                                .extracting(TimelineEntry::at)
                                .isEqualTo(Stream.iterate(START, at -> at.minusSeconds(1))
                                        .limit(20)
                                        .toList());
                    }))
                    .isLessThanOrEqualTo(30);
        }

        private long visitedBy(Runnable question) {
            MemoryStore memory = (MemoryStore) store();
            long before = memory.recordsVisited();
            question.run();
            return memory.recordsVisited() - before;
        }
    }
}
