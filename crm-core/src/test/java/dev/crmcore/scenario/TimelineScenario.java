package dev.crmcore.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.crmcore.context.EntityId;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.interaction.Channel;
import dev.crmcore.interaction.Interaction;
import dev.crmcore.interaction.Timeline;
import dev.crmcore.interaction.TimelineEntry;
import dev.crmcore.interaction.TimelinePage;
import dev.crmcore.interaction.TimelinePosition;
import dev.crmcore.query.Field;
import dev.crmcore.query.ScalarType;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.Reference;
import dev.crmcore.store.Reference.OnMerge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that happened with a customer stands on one timeline, in one order, both ways, from the declarations alone. */
public abstract class TimelineScenario extends Scenario {

    private static final int SIZE = 2_000;
    private static final Comparator<TimelineEntry> OLDEST_FIRST =
            Comparator.comparing(TimelineEntry::at).thenComparing(TimelineEntry::id, ScalarType.UNSIGNED_ORDER);

    record VisitId(UUID value) implements EntityId {}

    /** A host's own record, of which the library knows no more than what it declares. */
    record Visit(
            VisitId id,
            long version,
            CustomerId customer,
            @Nullable Instant enteredAt) {

        static final Field<Visit, CustomerId> CUSTOMER = Field.<Visit, CustomerId>id(
                        "customer_id", CustomerId::new, Visit::customer)
                .required();
        static final Field<Visit, Instant> ENTERED_AT = Field.instant("entered_at", Visit::enteredAt);
        static final EntityType<Visit> TYPE = EntityType.define("visit", Visit.class)
                .id(Visit::id)
                .version(
                        Visit::version,
                        (visit, version) -> new Visit(visit.id, version, visit.customer, visit.enteredAt))
                .fields(CUSTOMER, ENTERED_AT)
                .index(CUSTOMER, ENTERED_AT)
                .subject(Reference.of(CUSTOMER, "customer", OnMerge.FOLLOW))
                .timelineAt(ENTERED_AT)
                .onErasure(EntityType.OnErasure.DELETE)
                .readBy(stored -> new Visit(
                        new VisitId(stored.id()), stored.version(), stored.require(CUSTOMER), stored.get(ENTERED_AT)));
    }

    private CustomerId ann;

    @Override
    protected List<EntityType<?>> moreTypes() {
        return List.of(Visit.TYPE);
    }

    @BeforeEach
    void register() {
        ann = desk().customers().register(Customer.named("Ann", "Lee")).id();
    }

    private Timeline timeline() {
        return desk().timeline();
    }

    private void visit(CustomerId customer, @Nullable Instant... enteredAt) {
        desk().unitOfWork().call(work -> {
            List<Visit> visits = new ArrayList<>();
            for (Instant at : enteredAt) {
                visits.add(new Visit(new VisitId(work.newId()), 0, customer, at));
            }
            return work.store().insert(Visit.TYPE, visits);
        });
    }

    /** Thousands of entries of two types over few instants, so that most stand beside others of their instant. */
    private List<TimelineEntry> fill() {
        Random random = new Random(42);
        CustomerId bob =
                desk().customers().register(Customer.named("Bob", "Lee")).id();
        List<Interaction.Builder> calls = new ArrayList<>();
        Instant[] entered = new Instant[SIZE / 2];
        for (int i = 0; i < SIZE / 2; i++) {
            calls.add(Interaction.with(i % 50 == 0 ? bob : ann, "call", Channel.CALL)
                    .at(START.minusSeconds(random.nextInt(SIZE / 10))));
            entered[i] = START.minusSeconds(random.nextInt(SIZE / 10));
        }
        desk().interactions().recordAll(calls);
        visit(ann, entered);
        visit(bob, entered[0], entered[1]);
        List<TimelineEntry> all =
                new ArrayList<>(timeline().of(ann).page(Integer.MAX_VALUE).entries());
        List<TimelineEntry> sorted = new ArrayList<>(all);
        sorted.sort(OLDEST_FIRST);
        assertThat(all).isEqualTo(sorted).hasSize(SIZE / 2 - SIZE / 100 + SIZE / 2);
        return all;
    }

    @ParameterizedTest
    @CsvSource({"true, 37", "false, 999", "true, 1980", "false, 1981"})
    void pagesFollowOneAnotherBothWays(boolean newestFirst, int size) {
        List<TimelineEntry> expected = new ArrayList<>(fill());
        if (newestFirst) {
            Collections.reverse(expected);
        }
        Timeline.View view = newestFirst
                ? timeline().of(ann).newestFirst()
                : timeline().of(ann).oldestFirst();
        List<TimelineEntry> forward = new ArrayList<>();
        TimelinePage page = view.page(size);
        assertThat(page.previous()).isEmpty();
        TimelinePage last = page;
        while (true) {
            forward.addAll(page.entries());
            last = page;
            Optional<TimelinePosition> next = page.next();
            if (next.isEmpty()) {
                break;
            }
            assertThat(page.entries()).hasSize(size);
            page = view.after(TimelinePosition.parse(next.get().toText())).page(size);
        }
        assertThat(forward).isEqualTo(expected);

        List<TimelineEntry> backward = new ArrayList<>(last.entries());
        Optional<TimelinePosition> previous = last.previous();
        while (previous.isPresent()) {
            TimelinePage before = view.before(previous.get()).page(size);
            assertThat(before.next()).isPresent();
            backward.addAll(0, before.entries());
            previous = before.previous();
        }
        assertThat(backward).isEqualTo(expected);
    }

    @Test
    void aPageCostsOneQueryForEachType() {
        fill();
        long before = calls("list");
        TimelinePage page = timeline().of(ann).newestFirst().page(20);
        assertThat(page.entries()).hasSize(20);
        assertThat(calls("list") - before).isEqualTo(timeline().types().size());
        long again = calls("list");
        timeline()
                .of(ann)
                .newestFirst()
                .ofTypes(Visit.TYPE)
                .after(page.next().orElseThrow())
                .page(20);
        assertThat(calls("list") - again).isEqualTo(1);
    }

    @Test
    void entriesAreOfTheTypesThatAreAskedFor() {
        visit(ann, START, START.minusSeconds(5));
        Interaction call = desk().interactions().record(Interaction.with(ann, "call", Channel.CALL));
        assertThat(timeline().of(ann).page(9).entries()).hasSize(3);
        List<TimelineEntry> calls =
                timeline().of(ann).ofTypes(Interaction.TYPE).page(9).entries();
        assertThat(calls).hasSize(1);
        TimelineEntry entry = calls.get(0);
        assertThat(entry.as(Interaction.TYPE)).contains(call);
        assertThat(entry.as(Visit.TYPE)).isEmpty();
        assertThat(entry.typeName()).isEqualTo("interaction");
        assertThat(entry.id()).isEqualTo(call.id().value());
        assertThat(entry.at()).isEqualTo(START);
        assertThat(timeline().of(ann).ofTypes().page(9).entries()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> timeline().of(ann).ofTypes(Customer.TYPE));
    }

    @Test
    void theTypesComeFromTheirDeclarationsAlone() {
        assertThat(timeline().types()).contains(Interaction.TYPE, Visit.TYPE).doesNotContain(Customer.TYPE);
    }

    @Test
    void whatArrivesLateStandsWhereItHappened() {
        desk().interactions()
                .recordAll(IntStream.of(3, 1, 2)
                        .mapToObj(i ->
                                Interaction.with(ann, "n" + i, Channel.CHAT).at(START.plusSeconds(i)))
                        .toList());
        assertThat(timeline().of(ann).page(9).entries())
                .extracting(entry -> entry.as(Interaction.TYPE).orElseThrow().type())
                .containsExactly("n1", "n2", "n3");
    }

    @Test
    void aPageGoesOnWhereItStoodWhateverComesAndGoes() {
        visit(ann, START, START.plusSeconds(1), START.plusSeconds(2), START.plusSeconds(3));
        TimelinePage first = timeline().of(ann).page(2);
        desk().unitOfWork().call(work -> {
            TimelineEntry last = first.entries().get(1);
            work.store().delete(Visit.TYPE, new VisitId(last.id()), 1);
            return work;
        });
        visit(ann, START.plusMillis(500), START.plusMillis(1_500));
        TimelinePage second =
                timeline().of(ann).after(first.next().orElseThrow()).page(9);
        assertThat(second.entries())
                .extracting(TimelineEntry::at)
                .containsExactly(START.plusMillis(1_500), START.plusSeconds(2), START.plusSeconds(3));
    }

    @Test
    void whatHasNoInstantAndWhoHasNoPastHasNoEntry() {
        visit(ann, (Instant) null);
        assertThat(timeline().of(ann).page(9).entries()).isEmpty();
        assertThat(timeline().of(ann).newestFirst().page(9).entries()).isEmpty();
        TimelinePage nobody =
                timeline().of(new CustomerId(new UUID(1, 1))).newestFirst().page(9);
        assertThat(nobody.entries()).isEmpty();
        assertThat(nobody.next()).isEmpty();
        assertThat(nobody.previous()).isEmpty();
        assertThat(otherDesk().timeline().of(ann).page(9).entries()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> timeline().of(ann).page(0));
        for (String text : List.of("", "_", "x_y", "2026-03-01T09:30:00Z", "2026-03-01T09:30:00Z_1")) {
            assertThatIllegalArgumentException().isThrownBy(() -> TimelinePosition.parse(text));
        }
    }
}
