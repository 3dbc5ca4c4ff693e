package dev.crmcore.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.DuplicateException;
import dev.crmcore.context.NotFoundException;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.interaction.Channel;
import dev.crmcore.interaction.Direction;
import dev.crmcore.interaction.Interaction;
import dev.crmcore.interaction.InteractionId;
import dev.crmcore.interaction.Interactions;
import dev.crmcore.interaction.Participant;
import dev.crmcore.interaction.Touchpoint;
import dev.crmcore.interaction.TouchpointId;
import dev.crmcore.query.Query;
import dev.crmcore.store.Inserted;
import dev.crmcore.value.ExternalId;
import dev.crmcore.value.InvalidValueException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happened is recorded once, in whatever order it arrives, and corrected by new entries. */
public abstract class InteractionScenario extends Scenario {

    private Customer ann;

    @BeforeEach
    void register() {
        ann = desk().customers().register(Customer.named("Ann", "Lee").email("ann@x.example"));
    }

    private Interactions interactions() {
        return desk().interactions();
    }

    private Interaction.Builder call() {
        return Interaction.with(ann.id(), "order question", Channel.CALL);
    }

    @Test
    void anInteractionComesBackAsItWasKept() {
        Customer bob = desk().customers().register(Customer.named("Bob", "Lee"));
        Touchpoint hotline = interactions().declareTouchpoint("hotline", Channel.CALL, "support");
        Interaction call = interactions()
                .record(call().inbound()
                        .at(START.minusSeconds(60))
                        .lasting(Duration.ofSeconds(90).plusNanos(1_999_999))
                        .sentiment(new BigDecimal("-0.40"))
                        .touchpoint(hotline.id())
                        .subject("Where is order 10017?")
                        .bodyRef("recordings/8812")
                        .externalId("pbx", "c-8812")
                        .participant(Participant.of(bob.id(), "cc"))
                        .participant(Participant.of("agent:7", "host"))
                        .participant(Participant.of(ann.id(), "caller")
                                .by(ann.contactPoints().get(0).id()))
                        .relatedTo(Customer.TYPE, bob.id()));
        assertThat(interactions().require(call.id())).isEqualTo(call);
        assertThat(call.duration()).contains(Duration.ofMillis(90_001));
        assertThat(call.direction()).contains(Direction.INBOUND);
        assertThat(call.recordedAt()).isEqualTo(START);
        assertThat(interactions().findByExternalId(ExternalId.of("pbx", "c-8812")))
                .contains(call);
        assertThat(interactions()
                        .list(Query.of(Interaction.TYPE)
                                .where(Interaction.PARTICIPANTS.any(Participant.CUSTOMER.is(bob.id()))))
                        .items())
                .containsExactly(call);
        assertThat(otherDesk().interactions().find(call.id())).isEmpty();
        var event = events().get(events().size() - 1).event();
        assertThat(event.type()).isEqualTo("interaction.recorded");
        assertThat(event.data().requireText("customer"))
                .isEqualTo(ann.id().value().toString());
        assertThat(event.data().toJson()).doesNotContain("10017");
    }

    @Test
    void whatHappensNowNeedsNoInstant() {
        assertThat(interactions().record(call().outbound()).occurredAt()).isEqualTo(START);
    }

    @Test
    void whatIsDeliveredTwiceIsRecordedOnce() {
        Interaction first = interactions().record(call().externalId("pbx", "1").subject("first"));
        pass(Duration.ofMinutes(1));
        assertThat(interactions().record(call().externalId("pbx", "1").subject("first")))
                .isEqualTo(first);
        assertThatThrownBy(() ->
                        interactions().record(call().externalId("pbx", "1").subject("second")))
                .as("delivered again with other content")
                .isInstanceOfSatisfying(
                        DuplicateException.class,
                        e -> assertThat(e.holder()).contains(first.id().value()));
        List<Inserted<Interaction>> outcomes = interactions()
                .recordAll(List.of(
                        call().externalId("pbx", "1"),
                        call().externalId("pbx", "2"),
                        call().externalId("pbx", "2"),
                        call(),
                        call()));
        assertThat(outcomes).extracting(Inserted::isNew).containsExactly(false, true, false, true, true);
        assertThat(events("interaction.")).hasSize(4);
    }

    @Test
    void aCorrectionIsANewEntryOfTheSameCustomer() {
        Interaction wrong = interactions().record(call().subject("wrong"));
        Interaction right = interactions().record(call().subject("right").corrects(wrong.id()));
        assertThat(right.corrects()).contains(wrong.id());
        assertThat(interactions().require(wrong.id())).as("it stays").isEqualTo(wrong);
        Customer bob = desk().customers().register(Customer.named("Bob", "Lee"));
        assertThatThrownBy(() -> interactions()
                        .record(Interaction.with(bob.id(), "call", Channel.CALL).corrects(wrong.id())))
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.rule()).isEqualTo("interaction.correction"));
    }

    @Test
    void whatIsNamedHasToExist() {
        UUID nobody = new UUID(9, 9);
        assertThatThrownBy(() -> interactions().record(Interaction.with(new CustomerId(nobody), "call", Channel.CALL)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(
                        () -> interactions().record(call().participant(Participant.of(new CustomerId(nobody), "cc"))))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> interactions().record(call().touchpoint(new TouchpointId(nobody))))
                .isInstanceOfSatisfying(
                        NotFoundException.class, e -> assertThat(e.type()).isEqualTo("touchpoint"));
        assertThatThrownBy(() -> interactions().recordAll(List.of(call(), call().corrects(new InteractionId(nobody)))))
                .isInstanceOf(NotFoundException.class);
        assertThat(events("interaction.")).isEmpty();
        assertThat(interactions().list(Query.of(Interaction.TYPE)).items()).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        for (long seconds : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> interactions().record(call().lasting(Duration.ofSeconds(seconds))))
                    .isInstanceOfSatisfying(
                            RuleViolationException.class,
                            e -> assertThat(e.rule()).isEqualTo("interaction.duration"));
        }
        assertThatThrownBy(() -> interactions().record(call().sentiment(new BigDecimal("1.01"))))
                .isInstanceOf(RuleViolationException.class);
        assertThatThrownBy(() -> interactions().record(call().subject(" "))).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> interactions().record(Interaction.with(ann.id(), "", Channel.CALL)))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aTouchpointHasOneName() {
        Touchpoint shop = interactions().declareTouchpoint("Lund", Channel.IN_STORE, null);
        assertThat(interactions().declareTouchpoint("Lund", Channel.IN_STORE, null))
                .isEqualTo(shop);
        Touchpoint staged = interactions().declareTouchpoint("Lund", Channel.IN_STORE, "purchase");
        assertThat(staged.id()).isEqualTo(shop.id());
        assertThat(staged.version()).isEqualTo(2);
        Touchpoint app = interactions().declareTouchpoint("App", Channel.WEB, null);
        assertThat(interactions().touchpoints()).containsExactly(app, staged);
        assertThat(interactions().findTouchpoint("Lund")).contains(staged);
        assertThat(interactions().findTouchpoint("lund")).isEmpty();
        assertThat(events("touchpoint.declared")).hasSize(3);
    }

    @Test
    void aBatchCostsAConstantNumberOfOperations() {
        long before = calls("scan") + calls("findAll") + calls("list") + calls("insertIfAbsent");
        interactions()
                .recordAll(IntStream.range(0, 500)
                        .mapToObj(i -> call().externalId("pbx", "" + i).at(START.minusSeconds(i)))
                        .toList());
        assertThat(calls("scan") + calls("findAll") + calls("list") + calls("insertIfAbsent") - before)
                .as("the customers, and the batch")
                .isEqualTo(2);
    }
}
