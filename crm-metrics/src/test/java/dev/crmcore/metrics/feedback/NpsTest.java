package dev.crmcore.metrics.feedback;

import static dev.crmcore.metrics.Golden.assertInterval;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.Change;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.TestResult;
import dev.crmcore.metrics.Undefined;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpsTest implements AccumulatorLaws<Integer, Nps, NpsScore> {

    private static final JsonNode GOLDEN = Golden.json("kpi/nps.json");
    private static final double TOLERANCE = 1e-9;

    /**
     * The reference's t quantiles are wrong in the eleventh digit (with 2 degrees of freedom by 1.6e-10, where the exact value is
     * 0.95/sqrt(2 * 0.975 * 0.025)); ours are held against 40 digits where they are made.
     */
    private static final double T_TOLERANCE = 1e-8;

    private static final double TANGO_TOLERANCE = 1e-6;

    @Override
    public AccumulatorType<Integer, Nps, NpsScore> type() {
        return Nps.TYPE;
    }

    @Override
    public List<Integer> items(Random random, int size) {
        return random.ints(size, 0, 11).boxed().toList();
    }

    @Override
    public List<Integer> badItems() {
        return List.of(-1, 11, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    static Stream<JsonNode> cases() {
        return StreamSupport.stream(GOLDEN.get("cases").spliterator(), false);
    }

    static Stream<JsonNode> changes() {
        return StreamSupport.stream(GOLDEN.get("changes").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName("score, standard error and every interval equal the reference")
    void golden(JsonNode reference) {
        NpsScore score = NpsScore.of(
                reference.get("promoters").longValue(),
                reference.get("passives").longValue(),
                reference.get("detractors").longValue());
        if (score.n() == 0) {
            assertThat(score.estimate().undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.NO_DATA);
            assertThat(score.standardError().isDefined()).isFalse();
            for (NpsInterval method : NpsInterval.values()) {
                assertThat(score.interval(method, 0.95)).isEmpty();
            }
            return;
        }
        assertThat(score.estimate().value()).isCloseTo(reference.get("nps").doubleValue(), within(TOLERANCE));
        assertThat(score.standardError().value())
                .isCloseTo(reference.get("standard_error").doubleValue(), within(TOLERANCE));
        double error = score.standardError().value() / 100;
        assertThat(error * error * score.n())
                .isCloseTo(reference.get("variance").doubleValue(), within(TOLERANCE));
        assertInterval(interval(score, NpsInterval.WALD, 0.95), reference.get("wald_95"), TOLERANCE);
        assertInterval(interval(score, NpsInterval.ADJUSTED_WALD, 0.90), reference.get("adjusted_wald_90"), TOLERANCE);
        assertInterval(
                interval(score, NpsInterval.GOODMAN, 0.95), reference.get("goodman_1964_contrast_95"), TOLERANCE);
        assertInterval(interval(score, NpsInterval.TANGO, 0.95), reference.get("tango_score_95"), TANGO_TOLERANCE);
        JsonNode t = reference.get("trinomial_mean_t_95");
        if (t.isNull()) {
            assertThat(score.interval(NpsInterval.MEAN_T, 0.95)).isEmpty();
        } else {
            assertInterval(interval(score, NpsInterval.MEAN_T, 0.95), t, T_TOLERANCE);
        }
        JsonNode adjusted = reference.get("adjusted_wald_95");
        Interval raw = interval(score, NpsInterval.ADJUSTED_WALD, 0.95);
        assertThat(raw.lower()).isCloseTo(adjusted.get("low").doubleValue(), within(TOLERANCE));
        assertThat(raw.upper()).isCloseTo(adjusted.get("high").doubleValue(), within(TOLERANCE));
        assertThat((raw.lower() + raw.upper()) / 2)
                .isCloseTo(adjusted.get("center").doubleValue(), within(TOLERANCE));
        Interval shown = score.estimate().interval().orElseThrow();
        if (score.n() <= 10) {
            assertInterval(shown, reference.get("tango_score_95"), TANGO_TOLERANCE);
        } else {
            assertThat(shown.lower()).isCloseTo(adjusted.get("clamped_low").doubleValue(), within(TOLERANCE));
            assertThat(shown.upper()).isCloseTo(adjusted.get("clamped_high").doubleValue(), within(TOLERANCE));
        }
        JsonNode joint = reference.get("goodman_1965_simultaneous_proportions_95");
        assertShare(score, NpsCategory.PROMOTER, joint.get("promoters"));
        assertShare(score, NpsCategory.PASSIVE, joint.get("passives"));
        assertShare(score, NpsCategory.DETRACTOR, joint.get("detractors"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    @DisplayName("every test of change equals the reference")
    void goldenChanges(JsonNode reference) {
        NpsScore before = score(reference.get("period_1"));
        NpsScore after = score(reference.get("period_2"));
        assertThat(after.changeFrom(before).difference().value())
                .isCloseTo(reference.get("difference_nps_points").doubleValue(), within(TOLERANCE));
        assertChange(after.changeFrom(before, NpsChangeTest.WALD, 0.95), reference.get("wald"));
        assertChange(after.changeFrom(before), reference.get("adjusted_wald"));
        Change welch = after.changeFrom(before, NpsChangeTest.WELCH_T, 0.95);
        JsonNode t = reference.get("welch_t_on_minus1_0_1");
        assertThat(welch.test().statistic()).isCloseTo(t.get("t").doubleValue(), within(TOLERANCE));
        assertThat(welch.test().pValue()).isCloseTo(t.get("p_two_sided").doubleValue(), within(TOLERANCE));
        JsonNode shift = reference.get("chi2_3x2_distribution_shift");
        TestResult test = after.distributionShiftFrom(before).orElseThrow();
        assertThat(test.statistic()).isCloseTo(shift.get("chi2").doubleValue(), within(TOLERANCE));
        assertThat(test.degreesOfFreedom()).hasValue(shift.get("df").doubleValue());
        assertThat(test.pValue()).isCloseTo(shift.get("p").doubleValue(), within(TOLERANCE));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 1_000, 1_003})
    @DisplayName("a run of answers counts the same as single answers, from int and byte arrays alike")
    void bulk(int size) {
        int[] answers = new Random(size).ints(size + 2, 0, 11).toArray();
        byte[] bytes = new byte[answers.length];
        Nps single = Nps.create();
        for (int i = 0; i < answers.length; i++) {
            bytes[i] = (byte) answers[i];
            if (i > 0 && i <= size) {
                single.add(answers[i]);
            }
        }
        Nps fromInts = Nps.create();
        fromInts.add(answers, 1, size + 1);
        Nps fromBytes = Nps.create();
        fromBytes.add(bytes, 1, size + 1);
        assertThat(fromInts.result()).isEqualTo(single.result());
        assertThat(fromBytes.result()).isEqualTo(single.result());
        assertThat(IntStream.of(answers)
                        .skip(1)
                        .limit(size)
                        .collect(Nps::create, Nps::add, Nps::merge)
                        .result())
                .isEqualTo(single.result());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 8, 9})
    @DisplayName("a run with an answer off the scale counts nothing and names the index")
    void bulkIsAllOrNothing(int at) {
        for (int bad : new int[] {11, -1, 100, -100, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            int[] answers = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
            answers[at] = bad;
            Nps nps = Nps.create();
            assertThatThrownBy(() -> nps.add(answers, 0, 10))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("answers[" + at + "]")
                    .hasMessageContaining(String.valueOf(bad));
            byte[] bytes = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
            bytes[at] = bad > 0 ? Byte.MAX_VALUE : Byte.MIN_VALUE;
            assertThatThrownBy(() -> nps.add(bytes, 0, 10)).isInstanceOf(IllegalArgumentException.class);
            assertThat(nps.result().n()).isZero();
        }
        assertThatThrownBy(() -> Nps.create().add(new int[3], 2, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Nps.create().add(5, -1L)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("counts that cannot be added up are refused, not wrapped")
    void overflow() {
        Nps left = Nps.create();
        left.add(9, Long.MAX_VALUE - 1);
        Nps right = Nps.create();
        right.add(9, 2L);
        assertThatThrownBy(() -> left.merge(right)).isInstanceOf(ArithmeticException.class);
        assertThat(left.result().promoters()).isEqualTo(Long.MAX_VALUE - 1);
        assertThatThrownBy(() -> NpsScore.of(Long.MAX_VALUE, 1, 0)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    @DisplayName("raw answers are counted by what became of them and never bucketed silently")
    void rawAnswers() {
        Nps nps = Nps.create();
        assertThat(nps.offer("9")).isEqualTo(AnswerState.VALID);
        assertThat(nps.offer(" 7.0 ")).isEqualTo(AnswerState.VALID);
        assertThat(nps.offer("8.5")).isEqualTo(AnswerState.NOT_WHOLE);
        assertThat(nps.offer("11.5")).isEqualTo(AnswerState.OUT_OF_RANGE);
        assertThat(nps.offer("-1")).isEqualTo(AnswerState.OUT_OF_RANGE);
        assertThat(nps.offer("99999999999999999999")).isEqualTo(AnswerState.OUT_OF_RANGE);
        assertThat(nps.offer((String) null)).isEqualTo(AnswerState.BLANK);
        assertThat(nps.offer("  ")).isEqualTo(AnswerState.BLANK);
        for (String text : List.of("n/a", "1e1", "9,5", "0x9", "NaN", "\u0669", "9".repeat(50))) {
            assertThat(nps.offer(text)).as(text).isEqualTo(AnswerState.NOT_A_NUMBER);
        }
        assertThat(nps.offer(10.0)).isEqualTo(AnswerState.VALID);
        assertThat(nps.offer(6.5)).isEqualTo(AnswerState.NOT_WHOLE);
        assertThat(nps.offer(Double.NaN)).isEqualTo(AnswerState.NOT_A_NUMBER);
        assertThat(nps.offer(Double.POSITIVE_INFINITY)).isEqualTo(AnswerState.OUT_OF_RANGE);
        NpsScore score = nps.result();
        assertThat(score.n()).isEqualTo(3);
        AnswerDistribution answers = score.answers().orElseThrow();
        assertThat(answers.count(AnswerState.NOT_A_NUMBER)).isEqualTo(8);
        assertThat(answers.count(AnswerState.OUT_OF_RANGE)).isEqualTo(4);
        assertThat(answers.count(AnswerState.NOT_WHOLE)).isEqualTo(2);
        assertThat(answers.count(AnswerState.BLANK)).isEqualTo(2);
        assertThat(Nps.fromBytes(nps.toBytes()).result()).isEqualTo(score);
    }

    @Test
    @DisplayName("display rounding starts from the exact score")
    void rounding() {
        assertThat(NpsScore.of(0, 7, 1).estimate().rounded(0)).hasToString("-13");
        assertThat(NpsScore.of(1, 7, 0).estimate().rounded(0)).hasToString("13");
        Estimate estimate = NpsScore.of(60, 25, 15).estimate();
        assertThat(estimate.numerator()).hasValue(45);
        assertThat(estimate.denominator()).hasValue(100);
        assertThat(estimate.value()).isEqualTo(45);
    }

    @Test
    @DisplayName("a finite base narrows the interval down to the score itself")
    void finiteBase() {
        NpsScore score = NpsScore.of(60, 25, 15);
        Interval endless = interval(score, NpsInterval.ADJUSTED_WALD, 0.95);
        Interval large = score.intervalWithinBase(1_000_000_000_000L, 0.95).orElseThrow();
        assertThat(large.lower()).isCloseTo(endless.lower(), within(1e-6));
        Interval half = score.intervalWithinBase(200, 0.95).orElseThrow();
        // The standard error shrinks by sqrt((M - n)/(M - 1)), but for the three answers that are added
        assertThat(half.width() / endless.width()).isCloseTo(Math.sqrt(100 / 199.0), within(0.01));
        Interval all = score.intervalWithinBase(100, 0.95).orElseThrow();
        assertThat(all.lower()).isEqualTo(45.0);
        assertThat(all.width()).isZero();
        Interval allButOne = score.intervalWithinBase(101, 0.95).orElseThrow();
        assertThat(allButOne.contains(45)).isTrue();
        assertThat(allButOne.width()).isLessThan(3);
        assertThatThrownBy(() -> score.intervalWithinBase(99, 0.95)).isInstanceOf(IllegalArgumentException.class);
        assertThat(NpsScore.of(0, 0, 0).intervalWithinBase(0, 0.95)).isEmpty();
    }

    @Test
    @DisplayName("a change without variation is untested, one without answers undefined")
    void changeEdges() {
        NpsScore all = NpsScore.of(10, 0, 0);
        assertThat(all.changeFrom(NpsScore.of(5, 0, 0), NpsChangeTest.WALD, 0.95)
                        .isTested())
                .isFalse();
        assertThat(all.changeFrom(NpsScore.of(5, 0, 0)).isTested()).isTrue();
        assertThat(all.changeFrom(NpsScore.of(0, 0, 0)).difference().isDefined())
                .isFalse();
        assertThat(all.distributionShiftFrom(NpsScore.of(5, 0, 0))).isEmpty();
        TestResult two = all.distributionShiftFrom(NpsScore.of(5, 0, 5)).orElseThrow();
        assertThat(two.degreesOfFreedom()).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @DisplayName("Tango's bounds are mirrored when promoters and detractors swap, and hold the score")
    void tangoIsSymmetric(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            long p = random.nextInt(30);
            long d = random.nextInt(30);
            long passives = random.nextInt(30) + (p + d == 0 ? 1L : 0L);
            Interval one = interval(NpsScore.of(p, passives, d), NpsInterval.TANGO, 0.95);
            Interval other = interval(NpsScore.of(d, passives, p), NpsInterval.TANGO, 0.95);
            assertThat(one.lower()).isCloseTo(-other.upper(), within(1e-9));
            assertThat(one.contains(NpsScore.of(p, passives, d).estimate().value()))
                    .isTrue();
            assertThat(one.lower()).isGreaterThanOrEqualTo(-100);
        }
    }

    private static void assertShare(NpsScore score, NpsCategory category, JsonNode expected) {
        Interval interval = score.simultaneousShare(category, 0.95).interval().orElseThrow();
        assertInterval(interval, expected, TOLERANCE);
    }

    private static void assertChange(Change change, JsonNode expected) {
        assertThat(change.test().statistic()).isCloseTo(expected.get("z").doubleValue(), within(TOLERANCE));
        assertThat(change.test().pValue()).isCloseTo(expected.get("p_two_sided").doubleValue(), within(TOLERANCE));
        Interval interval = change.difference().interval().orElseThrow();
        assertInterval(interval, expected.get("ci95"), TOLERANCE);
        if (expected.has("difference")) {
            assertThat((interval.lower() + interval.upper()) / 2)
                    .isCloseTo(expected.get("difference").doubleValue(), within(TOLERANCE));
        }
    }

    private static Interval interval(NpsScore score, NpsInterval method, double level) {
        return score.interval(method, level).orElseThrow();
    }

    private static NpsScore score(JsonNode counts) {
        long[] groups = Golden.longs(counts);
        return NpsScore.of(groups[0], groups[1], groups[2]);
    }
}
