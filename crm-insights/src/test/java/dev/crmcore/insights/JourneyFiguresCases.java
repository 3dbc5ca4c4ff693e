package dev.crmcore.insights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.customer.CustomerId;
import dev.crmcore.interaction.Channel;
import dev.crmcore.interaction.Interaction;
import dev.crmcore.interaction.Touchpoint;
import dev.crmcore.metrics.CalendarPeriod;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.journey.DirectlyFollows;
import dev.crmcore.metrics.journey.EventLog;
import dev.crmcore.metrics.journey.Trace;
import dev.crmcore.metrics.marketing.Attribution;
import dev.crmcore.metrics.marketing.ChannelCredits;
import dev.crmcore.metrics.marketing.ConversionPath;
import dev.crmcore.metrics.marketing.ConversionPaths;
import dev.crmcore.metrics.marketing.TimeDecay;
import dev.crmcore.metrics.marketing.Touch;
import dev.crmcore.metrics.marketing.TouchedJourney;
import dev.crmcore.metrics.sales.Funnel;
import dev.crmcore.metrics.sales.FunnelOrder;
import dev.crmcore.metrics.sales.FunnelResult;
import dev.crmcore.metrics.series.RegularSeries;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the journeys of customers say, whatever the store. */
abstract class JourneyFiguresCases extends InsightsFixture {

    private static final RecordScope<Interaction> ALL = RecordScope.interactions(ZoneOffset.UTC);
    private static final PurchaseScope EUR = PurchaseScope.in("EUR", ZoneOffset.UTC);
    private static final Duration MONTH = Duration.ofDays(30);

    private Interaction touch(CustomerId who, String at, String type, Channel channel) {
        return desk.interactions().record(Interaction.with(who, type, channel).at(Instant.parse(at)));
    }

    @Test
    void nothingIsUndefinedAndNeverZero() {
        assertThat(insights.journeys(ALL, JourneyStep.TYPE).cases()).isZero();
        assertThat(insights.journeys(ALL, JourneyStep.TOUCHPOINT).variants().cases())
                .isZero();
        assertThat(insights.journeys(ALL, JourneyStep.TYPE)
                        .graph()
                        .rework()
                        .estimate()
                        .isDefined())
                .isFalse();
        assertThat(insights.attribution(ALL, JourneyStep.CHANNEL, EUR, MONTH)
                        .conversionRate()
                        .estimate()
                        .isDefined())
                .isFalse();
        assertThat(insights.funnel(ALL, JourneyStep.TYPE, Funnel.of(FunnelOrder.ORDERED, "visit", "signup"))
                        .conversion()
                        .estimate()
                        .isDefined())
                .isFalse();
    }

    @Test
    void stepsOfACustomerFollowEachOtherInTime() {
        CustomerId ann = customer("Ann");
        CustomerId bob = customer("Bob");
        touch(bob, "2025-03-02T10:00:00Z", "visit", Channel.WEB);
        touch(ann, "2025-03-01T12:00:00Z", "call", Channel.CALL);
        touch(ann, "2025-03-01T10:00:00Z", "visit", Channel.WEB);
        touch(bob, "2025-03-02T10:30:00Z", "call", Channel.CALL);
        touch(bob, "2025-03-02T11:30:00Z", "call", Channel.CALL);

        EventLog log = insights.journeys(ALL, JourneyStep.TYPE);

        assertThat(log.graph())
                .isEqualTo(DirectlyFollows.TYPE.of(List.of(
                        Trace.of(List.of("visit", "call"), 0, 7_200_000),
                        Trace.of(List.of("visit", "call", "call"), 0, 1_800_000, 5_400_000))));
        assertThat(log.graph().edge("visit", "call").orElseThrow().passages().successes())
                .isEqualTo(2);
        assertThat(log.variants().variants()).hasSize(2);
        assertThat(insights.journeys(ALL, JourneyStep.CHANNEL).activities()).containsExactlyInAnyOrder("WEB", "CALL");
        FunnelResult funnel = insights.funnel(
                ALL,
                JourneyStep.TYPE,
                Funnel.of(FunnelOrder.ORDERED, "visit", "call").within(Duration.ofHours(1)));
        assertThat(funnel.units()).isEqualTo(2);
        assertThat(funnel.reached(1)).as("Ann took two hours").isEqualTo(1);
        assertThat(insights.journeys(ALL.from(LocalDate.parse("2025-03-02")), JourneyStep.TYPE)
                        .cases())
                .isEqualTo(1);
        assertThat(insights.journeys(
                                RecordScope.interactions(ZoneId.of("Pacific/Auckland"))
                                        .until(LocalDate.parse("2025-03-01")),
                                JourneyStep.TYPE)
                        .events())
                .as("11 in the evening and 1 in the morning there")
                .isEqualTo(1);
    }

    @Test
    void aCorrectionStandsForWhatItCorrects() {
        CustomerId ann = customer("Ann");
        Interaction wrong = touch(ann, "2025-03-01T10:00:00Z", "visit", Channel.WEB);
        desk.interactions()
                .record(Interaction.with(ann, "meeting", Channel.MEETING)
                        .at(Instant.parse("2025-03-01T11:00:00Z"))
                        .corrects(wrong.id()));

        assertThat(insights.journeys(ALL, JourneyStep.TYPE).activities()).containsExactly("meeting");
    }

    @Test
    void touchpointsAreNamedAndInteractionsElsewhereAreNoSteps() {
        CustomerId ann = customer("Ann");
        Touchpoint shop = desk.interactions().declareTouchpoint("shop window", Channel.VISIT, "awareness");
        desk.interactions()
                .record(Interaction.with(ann, "visit", Channel.VISIT)
                        .at(Instant.parse("2025-03-01T11:00:00Z"))
                        .touchpoint(shop.id()));
        touch(ann, "2025-03-01T12:00:00Z", "call", Channel.CALL);

        assertThat(insights.journeys(ALL, JourneyStep.TOUCHPOINT).activities()).containsExactly("shop window");
        assertThat(questions(() -> insights.journeys(ALL, JourneyStep.TOUCHPOINT)))
                .containsExactly("scan", "scan", "scan");
        assertThat(questions(() -> insights.journeys(ALL, JourneyStep.TYPE))).containsExactly("scan", "scan");
    }

    @Test
    void aPurchaseConvertsWhatWasTouchedSinceTheOneBefore() {
        CustomerId ann = customer("Ann");
        CustomerId bob = customer("Bob");
        CustomerId cem = customer("Cem");
        touch(ann, "2025-01-01T10:00:00Z", "ad", Channel.SOCIAL); // too long before
        touch(ann, "2025-03-01T10:00:00Z", "mail", Channel.EMAIL);
        touch(ann, "2025-03-02T10:00:00Z", "visit", Channel.WEB);
        buy(ann, "2025-03-02T10:00:00Z", "10.00", "EUR"); // at the moment of the visit
        touch(ann, "2025-03-02T10:00:00.000001Z", "call", Channel.CALL);
        buy(ann, "2025-03-05T10:00:00Z", "5.00", "EUR");
        touch(ann, "2025-03-09T10:00:00Z", "mail", Channel.EMAIL); // not converted
        touch(bob, "2025-03-09T10:00:00Z", "mail", Channel.EMAIL); // nor this
        buy(cem, "2025-03-09T10:00:00Z", "1.00", "EUR"); // touched by nothing

        Attribution attribution = insights.attribution(ALL, JourneyStep.CHANNEL, EUR, MONTH);

        assertThat(attribution)
                .isEqualTo(ConversionPaths.TYPE.of(List.of(
                        new ConversionPath(List.of("EMAIL", "WEB"), 1, 1000, 0),
                        new ConversionPath(List.of("CALL"), 1, 500, 0),
                        new ConversionPath(List.of("EMAIL"), 0, 0, 2),
                        new ConversionPath(List.of(), 1, 100, 0))));
        assertThat(attribution.unattributed()).isEqualTo(1);
        assertThat(attribution.lastTouch().minorUnits("WEB")).isCloseTo(1000, within(1e-9));
        assertThat(insights.attribution(ALL, JourneyStep.CHANNEL, EUR, Duration.ofSeconds(Long.MAX_VALUE))
                        .firstTouch()
                        .conversions("SOCIAL"))
                .isCloseTo(1, within(1e-12));
        assertThat(questions(() -> insights.attribution(ALL, JourneyStep.CHANNEL, EUR, MONTH)))
                .containsExactly("scan", "scan", "scan");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> insights.attribution(ALL, JourneyStep.CHANNEL, EUR, Duration.ofDays(-1)))
                .withMessageContaining("lookback");
    }

    @Test
    void manyPathsAreThoseOfTheJourneysThemselves() {
        Random random = new Random(5);
        List<ConversionPath> expected = new ArrayList<>();
        List<TouchedJourney> converted = new ArrayList<>();
        Channel[] channels = {Channel.EMAIL, Channel.WEB, Channel.SOCIAL, Channel.CALL};
        Instant begin = Instant.parse("2025-01-01T00:00:00Z");
        Duration lookback = Duration.ofHours(20);
        for (int i = 0; i < 25; i++) {
            CustomerId who = customer("C" + i);
            List<Touch> touches = new ArrayList<>();
            for (int hour = 0; hour < 60; hour += 1 + random.nextInt(9)) {
                Instant at = begin.plus(Duration.ofHours(hour));
                if (random.nextInt(4) > 0) {
                    Channel channel = channels[random.nextInt(channels.length)];
                    touch(who, at.toString(), "touch", channel);
                    touches.add(new Touch(channel.name(), at));
                } else {
                    buy(who, at.toString(), "2.50", "EUR");
                    TouchedJourney journey = new TouchedJourney(touches, Optional.of(at), 250);
                    expected.add(journey.path(lookback));
                    List<Touch> near = touches.stream()
                            .filter(touch -> Duration.between(touch.at(), at).compareTo(lookback) <= 0)
                            .toList();
                    converted.add(new TouchedJourney(near, Optional.of(at), 250));
                    touches.clear();
                }
            }
            if (!touches.isEmpty()) {
                expected.add(new TouchedJourney(touches, Optional.empty(), 0).path());
            }
        }

        assertThat(insights.attribution(ALL, JourneyStep.CHANNEL, EUR, lookback))
                .isEqualTo(ConversionPaths.TYPE.of(expected));
        ChannelCredits decayed = TimeDecay.halving(Duration.ofHours(7)).of(converted);
        ChannelCredits read =
                insights.attribution(ALL, JourneyStep.CHANNEL, EUR, lookback, TimeDecay.halving(Duration.ofHours(7)));
        assertThat(read.attributedConversions()).isEqualTo(decayed.attributedConversions());
        for (Channel channel : channels) {
            assertThat(read.conversions(channel.name())).isCloseTo(decayed.conversions(channel.name()), within(1e-9));
            assertThat(read.minorUnits(channel.name())).isCloseTo(decayed.minorUnits(channel.name()), within(1e-7));
            assertThat(read.share(channel.name()).interval()).isPresent();
        }
        assertThat(questions(() -> insights.attribution(
                        ALL, JourneyStep.CHANNEL, EUR, lookback, TimeDecay.halving(Duration.ofHours(7)))))
                .containsExactly("scan", "scan", "scan");
    }

    @Test
    void recordsAreCountedByPeriodsThatAreOver() {
        RecordScope<Interaction> auckland = RecordScope.interactions(ZoneId.of("Pacific/Auckland"));
        LocalDate wednesday = LocalDate.parse("2025-03-26");
        assertThat(insights.series(auckland, PeriodUnit.WEEK, wednesday).length())
                .isZero();
        CustomerId ann = customer("Ann");
        touch(
                ann,
                "2025-03-02T10:59:00Z",
                "complaint",
                Channel.WEB); // Sunday evening there, the last minute of its week
        touch(ann, "2025-03-02T11:00:00Z", "complaint", Channel.WEB);
        touch(ann, "2025-03-09T10:59:00Z", "complaint", Channel.WEB);
        touch(ann, "2025-03-19T10:59:00Z", "complaint", Channel.WEB);
        touch(ann, "2025-03-25T10:59:00Z", "complaint", Channel.WEB); // in the week that is running
        touch(ann, "2025-06-25T10:59:00Z", "complaint", Channel.WEB);

        RegularSeries weeks = insights.series(auckland, PeriodUnit.WEEK, wednesday);
        assertThat(weeks.values()).containsExactly(1, 2, 0, 1);
        assertThat(weeks.period(0)).hasValue(CalendarPeriod.of(PeriodUnit.WEEK, LocalDate.parse("2025-02-24")));
        assertThat(insights.series(auckland, PeriodUnit.WEEK, LocalDate.parse("2025-03-30"))
                        .values())
                .as("on Sunday the week is over")
                .containsExactly(1, 2, 0, 1, 1);
        assertThat(insights.series(
                                auckland.where(Interaction.INTERACTION_TYPE.is("praise")), PeriodUnit.MONTH, wednesday)
                        .length())
                .isZero();
        assertThat(questions(() -> insights.series(auckland, PeriodUnit.DAY, wednesday)))
                .containsExactly("scan");
    }
}
