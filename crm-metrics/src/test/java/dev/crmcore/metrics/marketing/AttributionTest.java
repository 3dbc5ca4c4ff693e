package dev.crmcore.metrics.marketing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Interval;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the reference within 1e-9, as it states; sums within 1e-12. */
class AttributionTest {

    private static final JsonNode GOLDEN = Golden.json("kpi/attribution.json");
    private static final double TOLERANCE = 1e-9;

    private static final List<String> MODELS = List.of(
            "first_touch",
            "last_touch",
            "linear_touch",
            "linear_unique_channels",
            "position_40_20_40",
            "last_non_direct",
            "markov_order_1",
            "markov_order_2",
            "markov_order_3",
            "shapley_rate_subset");

    private static ChannelCredits credits(Attribution attribution, String model) {
        return switch (model) {
            case "first_touch" -> attribution.firstTouch();
            case "last_touch" -> attribution.lastTouch();
            case "linear_touch" -> attribution.linear();
            case "linear_unique_channels" -> attribution.linearByChannel();
            case "position_40_20_40" -> attribution.positionBased();
            case "last_non_direct" -> attribution.lastTouchExcept("Direct");
            case "markov_order_1" -> attribution.markov(1).credits();
            case "markov_order_2" -> attribution.markov(2).credits();
            case "markov_order_3" -> attribution.markov(3).credits();
            case "shapley_rate_subset" -> attribution.shapley();
            default -> throw new IllegalArgumentException(model);
        };
    }

    private static long cents(String amount) {
        return amount.isEmpty() ? 0 : new BigDecimal(amount).movePointRight(2).longValueExact();
    }

    private static ConversionPath path(String path, long conversions, long minorUnits, long nulls) {
        return new ConversionPath(List.of(path.split(">")), conversions, minorUnits, nulls);
    }

    private static Attribution example(String name) {
        if (name.equals("synthetic")) {
            return ConversionPaths.TYPE.of(Golden.csv("kpi/journeys/synthetic_paths.csv").stream()
                    .map(row -> path(row[0], Long.parseLong(row[1]), cents(row[2]), Long.parseLong(row[3])))
                    .toList());
        }
        List<ConversionPath> paths = new ArrayList<>();
        GOLDEN.get(name)
                .get("paths")
                .forEach(row -> paths.add(path(
                        row.get("path").textValue(),
                        row.get("conversions").longValue(),
                        cents(row.get("value").asText()),
                        row.get("nulls").longValue())));
        return ConversionPaths.TYPE.of(paths);
    }

    private static void assertConversions(ChannelCredits actual, JsonNode expected) {
        expected.properties()
                .forEach(channel -> assertThat(actual.conversions(channel.getKey()))
                        .as(actual.definition() + " of " + channel.getKey())
                        .isCloseTo(channel.getValue().doubleValue(), within(TOLERANCE)));
    }

    private static void assertValue(ChannelCredits actual, JsonNode expected) {
        expected.properties()
                .forEach(channel -> assertThat(actual.minorUnits(channel.getKey()) / 100)
                        .as(actual.definition() + " of " + channel.getKey())
                        .isCloseTo(channel.getValue().doubleValue(), within(TOLERANCE * 10)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hand_example", "small_example", "synthetic"})
    @DisplayName("every rule, both chains and both games equal the reference")
    void golden(String name) {
        Attribution attribution = example(name);
        JsonNode expected = GOLDEN.get(name);
        JsonNode rules = expected.get("heuristics");
        for (String rule : MODELS.subList(0, 6)) {
            assertConversions(credits(attribution, rule), rules.get(rule));
            if (rules.has(rule + "_value")) {
                assertValue(credits(attribution, rule), rules.get(rule + "_value"));
            }
        }
        rules.get("any_touch_participation")
                .properties()
                .forEach(channel -> assertThat(
                                attribution.participation(channel.getKey()).successes())
                        .isEqualTo(channel.getValue().longValue()));
        for (int order = 1; order <= 2; order++) {
            assertMarkov(attribution.markov(order), expected.get("markov_order_" + order));
        }
        assertConversions(attribution.linearByChannel(), expected.get("shapley_converted_subset"));
        assertConversions(
                attribution.shapley(), expected.get("shapley_rate_subset").get("attributed_conversions_normalised"));
    }

    private static void assertMarkov(MarkovAttribution markov, JsonNode expected) {
        assertThat(markov.conversionProbability().value())
                .isCloseTo(expected.get("conversion_probability").doubleValue(), within(TOLERANCE));
        assertThat(markov.minorUnitsPerJourney().value() / 100)
                .isCloseTo(expected.get("expected_value_per_path").doubleValue(), within(TOLERANCE));
        expected.get("removal_effect")
                .properties()
                .forEach(channel -> assertThat(
                                markov.removalEffect(channel.getKey()).value())
                        .isCloseTo(channel.getValue().doubleValue(), within(TOLERANCE)));
        expected.get("removal_effect_value")
                .properties()
                .forEach(channel -> assertThat(
                                markov.removalEffectOfValue(channel.getKey()).value())
                        .isCloseTo(channel.getValue().doubleValue(), within(TOLERANCE)));
        assertConversions(markov.credits(), expected.get("attributed_conversions"));
        assertValue(markov.credits(), expected.get("attributed_value"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hand_example", "small_example", "synthetic"})
    @DisplayName("the transitions of order 1 are those of the reference, and no others")
    void transitions(String name) {
        Map<String, MarkovAttribution.Transition> actual = new LinkedHashMap<>();
        example(name).markov(1).transitions().forEach(t -> actual.put(t.from() + " " + t.to(), t));
        JsonNode expected = GOLDEN.get(name).get("transition_matrix_order_1");
        assertThat(actual).hasSize(expected.size());
        for (JsonNode row : expected) {
            MarkovAttribution.Transition t =
                    actual.get(row.get("from").textValue() + " " + row.get("to").textValue());
            assertThat(t.passages().successes()).isEqualTo(row.get("count").longValue());
            assertThat(t.passages().estimate().value())
                    .isCloseTo(row.get("probability").doubleValue(), within(TOLERANCE));
        }
    }

    @Test
    @DisplayName("raw touches give the same paths; time decay and a look-back of 7 days equal the reference")
    void rawTouches() {
        List<TouchedJourney> journeys = touchedJourneys();
        assertThat(ConversionPaths.TYPE.of(
                        journeys.stream().map(TouchedJourney::path).toList()))
                .isEqualTo(example("synthetic"));
        JsonNode expected = GOLDEN.get("synthetic");
        ChannelCredits decayed = TimeDecay.halving(TimeDecay.USUAL_HALF_LIFE).of(journeys);
        assertConversions(decayed, expected.get("time_decay_half_life_7d_conversions"));
        assertValue(decayed, expected.get("time_decay_half_life_7d_value"));
        assertThat(decayed.sumOfConversions()).isCloseTo((double) decayed.attributedConversions(), within(TOLERANCE));
        Attribution recent = ConversionPaths.TYPE.of(journeys.stream()
                .map(journey -> journey.path(Duration.ofDays(7)))
                .toList());
        JsonNode linear = expected.get("linear_with_7_day_lookback_conversions");
        linear.properties().forEach(channel -> {
            double actual = channel.getKey().equals("(unattributed)")
                    ? recent.unattributed()
                    : recent.linear().conversions(channel.getKey());
            assertThat(actual).isCloseTo(channel.getValue().doubleValue(), within(TOLERANCE));
        });
        assertThat(recent.linear().sumOfConversions() + recent.unattributed())
                .isCloseTo((double) recent.conversionRate().successes(), within(TOLERANCE));
    }

    private static List<TouchedJourney> touchedJourneys() {
        Map<String, List<String[]>> rows = new LinkedHashMap<>();
        Golden.csv("kpi/journeys/synthetic_touches.csv")
                .forEach(row ->
                        rows.computeIfAbsent(row[0], id -> new ArrayList<>()).add(row));
        return rows.values().stream()
                .map(touches -> new TouchedJourney(
                        touches.stream()
                                .map(row -> new Touch(row[2], Instant.parse(row[1])))
                                .toList(),
                        Optional.of(touches.get(0)[3])
                                .filter(at -> !at.isEmpty())
                                .map(Instant::parse),
                        cents(touches.get(0)[4])))
                .toList();
    }

    @Test
    @DisplayName("every model shares out exactly the conversions and their value, of random paths too")
    void sums() {
        Random random = new Random(5);
        Attribution attribution = ConversionPaths.TYPE.of(randomPaths(random, 500));
        for (String model : MODELS) {
            ChannelCredits credits = credits(attribution, model);
            double all = attribution.attributedConversions();
            double value = attribution.attributedMinorUnits();
            assertThat(credits.sumOfConversions()).as(model).isCloseTo(all, within(1e-12 * all));
            assertThat(credits.sumOfMinorUnits()).as(model).isCloseTo(value, within(1e-12 * value));
            assertThat(credits.channels()).containsExactly("a", "b", "c", "d", "e");
        }
        assertThat(attribution.attributedConversions() + attribution.unattributed())
                .isEqualTo(attribution.conversionRate().successes());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    @DisplayName("the removal effect is what following every journey through the chain without the channel loses")
    void removalByPowers(int order) {
        Attribution attribution = ConversionPaths.TYPE.of(randomPaths(new Random(order), 60));
        MarkovAttribution markov = attribution.markov(order);
        for (String channel : attribution.channels()) {
            double kept = absorbed(markov, channel);
            double all = absorbed(markov, "");
            assertThat(all).isCloseTo(markov.conversionProbability().value(), within(1e-12));
            assertThat(markov.removalEffect(channel).value()).isCloseTo(1 - kept / all, within(1e-10));
        }
    }

    /** By repeated multiplication: where journeys end that may not pass a channel. */
    private static double absorbed(MarkovAttribution markov, String without) {
        List<MarkovAttribution.Transition> transitions = markov.transitions();
        Map<String, Double> at = new LinkedHashMap<>(Map.of("(start)", 1.0));
        double converted = 0;
        for (int step = 0; step < 300; step++) {
            Map<String, Double> next = new LinkedHashMap<>();
            for (MarkovAttribution.Transition t : transitions) {
                double mass = at.getOrDefault(t.from(), 0.0)
                        * t.passages().successes()
                        / t.passages().trials();
                if (t.to().equals("(conversion)")) {
                    converted += mass;
                } else if (!t.to().equals("(null)")
                        && !List.of(t.to().split(">")).contains(without)) {
                    next.merge(t.to(), mass, Double::sum);
                }
            }
            at = next;
        }
        return converted;
    }

    @Test
    @DisplayName("Shapley values by the mean over all orders of the channels: rate game and converted subsets")
    void shapleyByOrders() {
        List<ConversionPath> paths = randomPaths(new Random(17), 40);
        Attribution attribution = ConversionPaths.TYPE.of(paths);
        List<String> channels = attribution.channels();
        double all = attribution.attributedConversions();
        double[] rate = byOrders(channels, within -> {
            long conversions = 0;
            long journeys = 0;
            for (ConversionPath path : paths) {
                if (!path.channels().isEmpty() && within.containsAll(path.channels())) {
                    conversions += path.conversions();
                    journeys += path.conversions() + path.nonConversions();
                }
            }
            return journeys == 0 ? 0 : (double) conversions / journeys;
        });
        double[] subsets = byOrders(
                channels,
                within -> paths.stream()
                        .filter(path -> !path.channels().isEmpty() && within.containsAll(path.channels()))
                        .mapToDouble(ConversionPath::conversions)
                        .sum());
        double whole = Arrays.stream(rate).sum();
        for (int i = 0; i < channels.size(); i++) {
            assertThat(attribution.shapley().conversions(channels.get(i)))
                    .isCloseTo(all * rate[i] / whole, within(1e-9));
            assertThat(attribution.linearByChannel().conversions(channels.get(i)))
                    .isCloseTo(subsets[i], within(1e-9));
        }
    }

    private static double[] byOrders(List<String> channels, Function<List<String>, Double> worth) {
        double[] values = new double[channels.size()];
        List<List<String>> orders = new ArrayList<>();
        permute(new ArrayList<>(channels), 0, orders);
        for (List<String> order : orders) {
            for (int i = 0; i < order.size(); i++) {
                values[channels.indexOf(order.get(i))] +=
                        (worth.apply(order.subList(0, i + 1)) - worth.apply(order.subList(0, i))) / orders.size();
            }
        }
        return values;
    }

    private static void permute(List<String> items, int from, List<List<String>> orders) {
        if (from == items.size()) {
            orders.add(List.copyOf(items));
        }
        for (int i = from; i < items.size(); i++) {
            Collections.swap(items, from, i);
            permute(items, from + 1, orders);
            Collections.swap(items, from, i);
        }
    }

    @Test
    @DisplayName("shares carry the interval of their kind, bootstrap intervals come from the seed and hold the share")
    void intervals() {
        Attribution attribution = example("synthetic");
        Interval first = attribution.firstTouch().share("search").interval().orElseThrow();
        assertThat(first.method()).isEqualTo("Wilson");
        assertThat(attribution.linear().share("search").interval().orElseThrow().method())
                .isEqualTo("Student t");
        ChannelCredits markov = attribution.bootstrap(a -> a.markov(1).credits(), 200, 7);
        for (String channel : attribution.channels()) {
            Interval interval = markov.share(channel).interval().orElseThrow();
            assertThat(interval.method()).isEqualTo("bootstrap percentile");
            assertThat(interval.contains(markov.share(channel).value())).isTrue();
        }
        assertThat(attribution.bootstrap(a -> a.markov(1).credits(), 200, 7)).isEqualTo(markov);
        // The bootstrap of a share of conversions is as wide as its Wilson interval
        Interval resampled = attribution
                .bootstrap(Attribution::firstTouch, 1_000, 1)
                .share("search")
                .interval()
                .orElseThrow();
        assertThat(resampled.width()).isCloseTo(first.width(), within(0.1 * first.width()));
        assertThatThrownBy(() -> attribution.bootstrap(Attribution::linear, 39, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("removal effects have bootstrap intervals that hold what a second sample of the same journeys shows")
    void removalIntervals() {
        Random random = new Random(11);
        double outside = 0;
        double looked = 0;
        for (int round = 0; round < 60; round++) {
            MarkovAttribution first = journeys(random, 1_000).markov(1).bootstrap(200, round, 0.9);
            MarkovAttribution truth = journeys(random, 60_000).markov(1);
            for (String channel : List.of("a", "b", "c")) {
                Interval effect = first.removalEffect(channel).interval().orElseThrow();
                outside += effect.contains(truth.removalEffect(channel).value()) ? 0 : 1;
                Interval ofValue =
                        first.removalEffectOfValue(channel).interval().orElseThrow();
                outside += ofValue.contains(truth.removalEffectOfValue(channel).value()) ? 0 : 1;
                Interval share = first.credits().share(channel).interval().orElseThrow();
                outside += share.contains(truth.credits().share(channel).value()) ? 0 : 1;
                looked += 3;
            }
        }
        assertThat(outside / looked).isBetween(0.06, 0.15);
        MarkovAttribution example = example("synthetic").markov(2);
        assertThat(example.bootstrap(50, 3).credits())
                .isEqualTo(example.bootstrap(50, 3).credits());
        assertThat(example.bootstrap(50, 3).removalEffect("search").value())
                .isEqualTo(example.removalEffect("search").value());
        assertThat(example.removalEffect("search").interval()).isEmpty();
        assertThatThrownBy(() -> example.bootstrap(39, 1)).hasMessageContaining("replicates");
        assertThatThrownBy(() -> example.bootstrap(40, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        MarkovAttribution lost =
                ConversionPaths.TYPE.of(List.of(path("a>b", 0, 0, 5))).markov(1).bootstrap(40, 1);
        assertThat(lost.removalEffect("a").isDefined()).isFalse();
    }

    /** Journeys through three channels; those that touch the first convert more often. All conversions are worth the same. */
    private static Attribution journeys(Random random, int count) {
        ConversionPaths paths = ConversionPaths.TYPE.create();
        int[] channels = {paths.channel("a"), paths.channel("b"), paths.channel("c")};
        for (int i = 0; i < count; i++) {
            int length = 1 + random.nextInt(3);
            int[] path = random.ints(length, 0, 3).map(c -> channels[c]).toArray();
            boolean converted = random.nextDouble() < (path[0] == channels[0] ? 0.4 : 0.15);
            paths.add(path, 0, length, converted ? 1 : 0, converted ? 500 : 0, converted ? 0 : 1);
        }
        return paths.result();
    }

    @Test
    @DisplayName("time looked back over and half-lives of any length are taken or refused by name")
    void longDurations() {
        Instant now = Instant.parse("2025-01-01T00:00:00Z");
        TouchedJourney journey = new TouchedJourney(
                List.of(new Touch("a", now.minusSeconds(10)), new Touch("b", now.minusSeconds(11))),
                Optional.of(now),
                1);
        assertThat(journey.path(Duration.ofSeconds(Long.MAX_VALUE)).channels()).containsExactly("b", "a");
        assertThat(journey.path(Duration.ofSeconds(10)).channels()).containsExactly("a");
        assertThatThrownBy(() -> TimeDecay.halving(Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("halfLife");
        assertThatThrownBy(() -> TimeDecay.halving(Duration.ofNanos(999_999))).hasMessageContaining("halfLife");
    }

    @Test
    @DisplayName("without a conversion there is no credit and no share; without a path nothing at all")
    void empty() {
        Attribution lost = ConversionPaths.TYPE.of(List.of(path("a>b", 0, 0, 5)));
        for (String model : MODELS) {
            assertThat(credits(lost, model).conversions("a")).as(model).isZero();
            assertThat(credits(lost, model).share("a").isDefined()).as(model).isFalse();
        }
        assertThat(lost.markov(1).removalEffect("a").isDefined()).isFalse();
        Attribution nothing = ConversionPaths.TYPE.create().result();
        for (String model : MODELS) {
            assertThat(credits(nothing, model).channels()).isEmpty();
        }
        assertThat(nothing.markov(1).conversionProbability().isDefined()).isFalse();
        Attribution untouched = ConversionPaths.TYPE.of(List.of(new ConversionPath(List.of(), 4, 400, 6)));
        assertThat(untouched.unattributed()).isEqualTo(4);
        assertThat(untouched.attributedMinorUnits()).isZero();
        assertThat(untouched.shapley().sumOfConversions()).isZero();
        assertThat(untouched.markov(2).states()).isZero();
    }

    @Test
    @DisplayName("a channel no journey converts without has the whole effect; a loop of touches is followed to its end")
    void certainChannel() {
        Attribution loops = ConversionPaths.TYPE.of(List.of(path("a>b>a>b>a>b>c", 1, 100, 0), path("a>b", 0, 0, 1)));
        assertThat(loops.markov(1).removalEffect("c").value()).isCloseTo(1, within(1e-12));
        assertThat(loops.markov(1).removalEffect("a").value()).isCloseTo(1, within(1e-12));
    }

    @Test
    @DisplayName("too many channels for a model are refused with what to do about it")
    void bounded() {
        List<ConversionPath> many =
                IntStream.range(0, 2_001).mapToObj(i -> path("c" + i, 1, 0, 0)).toList();
        Attribution attribution = ConversionPaths.TYPE.of(many);
        assertThatThrownBy(attribution::shapley)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 22 channels, not 2001");
        assertThatThrownBy(() -> attribution.markov(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than 2000 states");
        assertThatThrownBy(() -> attribution.markov(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> attribution.markov(9)).isInstanceOf(IllegalArgumentException.class);
        assertThat(attribution.linear().sumOfConversions()).isEqualTo(2_001);
        assertThatThrownBy(() -> attribution.participation("none")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("touches of long ago share as well as recent ones; touches after the conversion do not count")
    void decayOverCenturies() {
        Instant now = Instant.parse("2025-01-01T00:00:00Z");
        TouchedJourney old = new TouchedJourney(
                List.of(
                        new Touch("late", now.plusSeconds(1)),
                        new Touch("a", now.minus(Duration.ofDays(100_007))),
                        new Touch("b", now.minus(Duration.ofDays(100_000)))),
                Optional.of(now),
                300);
        TimeDecay decay = TimeDecay.halving(TimeDecay.USUAL_HALF_LIFE).create();
        decay.add(old);
        assertThat(decay.result().channels()).containsExactly("a", "b");
        assertThat(decay.result().minorUnits("a")).isCloseTo(100, within(1e-9));
        assertThat(decay.result().conversions("b")).isCloseTo(2 / 3.0, within(1e-12));
        decay.add(new TouchedJourney(List.of(), Optional.of(now), 100));
        assertThat(decay.unattributed()).isEqualTo(1);
        assertThat(decay.result().attributedConversions()).isEqualTo(1);
        assertThat(old.path().channels()).containsExactly("a", "b");
        assertThat(old.path(Duration.ofDays(100_000)).channels()).containsExactly("b");
        assertThatThrownBy(() -> old.path(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TimeDecay.halving(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<ConversionPath> randomPaths(Random random, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> {
                    long conversions = random.nextInt(4);
                    return new ConversionPath(
                            random.ints(random.nextInt(7), 0, 5)
                                    .mapToObj(c -> String.valueOf((char) ('a' + c)))
                                    .toList(),
                            conversions,
                            conversions * random.nextInt(5_000),
                            random.nextInt(6));
                })
                .toList();
    }

    @Nested
    class PathLaws implements AccumulatorLaws<ConversionPath, ConversionPaths, Attribution> {
        @Override
        public AccumulatorType<ConversionPath, ConversionPaths, Attribution> type() {
            return ConversionPaths.TYPE;
        }

        @Override
        public List<ConversionPath> items(Random random, int size) {
            return randomPaths(random, size);
        }

        @Override
        public List<ConversionPath> badItems() {
            return List.of(
                    new ConversionPath(List.of("new", ""), 1, 0, 0),
                    new ConversionPath(List.of("new", "x".repeat(1_001)), 1, 0, 0),
                    new ConversionPath(List.of("new", "\uD800"), 1, 0, 0));
        }
    }

    @Nested
    class TimeDecayLaws implements AccumulatorLaws<TouchedJourney, TimeDecay, ChannelCredits> {
        @Override
        public AccumulatorType<TouchedJourney, TimeDecay, ChannelCredits> type() {
            return TimeDecay.halving(TimeDecay.USUAL_HALF_LIFE);
        }

        @Override
        public AccumulatorType<TouchedJourney, TimeDecay, ChannelCredits> otherVariant() {
            return TimeDecay.halving(Duration.ofDays(8));
        }

        @Override
        public List<TouchedJourney> items(Random random, int size) {
            Instant start = Instant.parse("2025-03-01T00:00:00Z");
            return Stream.generate(() -> {
                        List<Touch> touches = random.ints(random.nextInt(5), 0, 4)
                                .mapToObj(c -> new Touch("c" + c, start.plusSeconds(random.nextInt(1_000_000))))
                                .toList();
                        boolean converts = random.nextInt(3) > 0;
                        return new TouchedJourney(
                                touches,
                                converts ? Optional.of(start.plusSeconds(900_000)) : Optional.empty(),
                                converts ? random.nextInt(9_999) : 0);
                    })
                    .limit(size)
                    .toList();
        }

        @Override
        public List<TouchedJourney> badItems() {
            Instant at = Instant.parse("2025-03-01T00:00:00Z");
            return List.of(
                    new TouchedJourney(List.of(new Touch("new", at), new Touch("", at)), Optional.of(at), 0),
                    new TouchedJourney(List.of(new Touch("\uDC00", at)), Optional.of(at), 0));
        }

        /** Sums of doubles: 4 units in the last place of the sums. */
        @Override
        public void assertSame(ChannelCredits actual, ChannelCredits expected) {
            assertThat(actual.channels()).isEqualTo(expected.channels());
            assertThat(actual.attributedConversions()).isEqualTo(expected.attributedConversions());
            for (String channel : expected.channels()) {
                assertThat(actual.conversions(channel))
                        .isCloseTo(expected.conversions(channel), within(4 * Math.ulp(expected.conversions(channel))));
                assertThat(actual.minorUnits(channel))
                        .isCloseTo(expected.minorUnits(channel), within(4 * Math.ulp(expected.minorUnits(channel))));
            }
        }
    }

    @Test
    @DisplayName("paths by numbers count like named ones, all or nothing")
    void byNumbers() {
        ConversionPaths paths = ConversionPaths.TYPE.create();
        int b = paths.channel("b");
        int a = paths.channel("a");
        int[] touches = {9, a, b, a, 9};
        paths.add(touches, 1, 4, 2, 50, 3);
        paths.add(touches, 1, 1, 1, 0, 0);
        assertThat(paths.result())
                .isEqualTo(ConversionPaths.TYPE.of(
                        List.of(path("a>b>a", 2, 50, 3), new ConversionPath(List.of(), 1, 0, 0))));
        byte[] before = paths.toBytes();
        assertThatThrownBy(() -> paths.add(touches, 0, 4, 2, 50, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> paths.add(touches, 1, 4, -1, 0, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> paths.add(touches, 1, 4, 0, 1, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> paths.add(touches, 1, 4, Long.MAX_VALUE, 0, 0))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> paths.add(touches, 1, 6, 1, 0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(paths.toBytes()).isEqualTo(before);
    }
}
