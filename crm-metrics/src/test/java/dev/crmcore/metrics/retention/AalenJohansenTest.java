package dev.crmcore.metrics.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.Undefined;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Competing risks by their definition, by the jackknife, and under the laws. */
class AalenJohansenTest {

    private static final double[] TIMES = {1, 2, 2, 3, 4, 4, 5, 6, 7, 7, 8, 9};
    private static final int[] CAUSES = {1, 0, 2, 1, 2, 1, 0, 2, 1, 0, 2, 0};

    private static CumulativeIncidence of(double[] times, int[] causes) {
        AalenJohansen risks = AalenJohansen.ofCauses(2).create();
        risks.add(times, causes, 0, times.length);
        return risks.result();
    }

    @Test
    @DisplayName("by hand: survival before the event times the share of the cause")
    void byHand() {
        CumulativeIncidence incidence = of(TIMES, CAUSES);
        // 12 at risk at 1 (cause 1), 11 at 2 (cause 2), 9 at 3 (cause 1), 8 at 4 (one each)
        double afterOne = 11.0 / 12;
        double afterTwo = afterOne * 10 / 11;
        double afterThree = afterTwo * 8 / 9;
        assertThat(incidence.incidenceAt(1, 3).value()).isCloseTo(1.0 / 12 + afterTwo / 9, within(1e-15));
        assertThat(incidence.incidenceAt(2, 4).value()).isCloseTo(afterOne / 11 + afterThree / 8, within(1e-15));
        assertThat(incidence.atRisk(3)).isEqualTo(8);
        assertThat(incidence.time(3)).isEqualTo(4);
        assertThat(incidence.events(1)).isEqualTo(4);
        assertThat(incidence.incidenceAt(1, 0.5).value()).isZero();
        assertThat(incidence.standardErrorAt(1, 0.5)).isZero();
        for (int row = 0; row < incidence.size(); row++) {
            double time = incidence.time(row);
            double sum = incidence.incidenceAt(1, time).value()
                    + incidence.incidenceAt(2, time).value();
            assertThat(incidence.eventFreeAt(time, SurvivalInterval.LOG, 0.95).value())
                    .isCloseTo(1 - sum, within(1e-14));
        }
    }

    @Test
    @DisplayName("a single cause is the Kaplan-Meier curve turned round, with Greenwood's error")
    void singleCause() {
        AalenJohansen one = AalenJohansen.ofCauses(1).create();
        KaplanMeier curve = KaplanMeier.TYPE.create();
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            double time = random.nextInt(60);
            boolean event = random.nextBoolean();
            one.add(time, event ? 1 : 0);
            curve.add(time, event);
        }
        CumulativeIncidence incidence = one.result();
        SurvivalCurve survival = curve.result();
        for (int row = 0; row < survival.size(); row++) {
            double time = survival.time(row);
            assertThat(incidence.incidenceAt(1, time).value()).isCloseTo(1 - survival.survival(row), within(1e-14));
            double error = survival.standardError(row).orElse(incidence.standardErrorAt(0, time));
            assertThat(incidence.standardErrorAt(0, time)).isCloseTo(error, within(1e-14));
            assertThat(incidence.standardErrorAt(1, time)).isCloseTo(error, within(1e-14));
        }
    }

    @Test
    @DisplayName("the standard error is that of the infinitesimal jackknife")
    void jackknife() {
        CumulativeIncidence incidence = of(TIMES, CAUSES);
        for (double time : new double[] {2, 4, 6.5, 8}) {
            for (int cause = 1; cause <= 2; cause++) {
                double squares = 0;
                for (int i = 0; i < TIMES.length; i++) {
                    double up = weighted(cause, time, i, 1e-5);
                    double down = weighted(cause, time, i, -1e-5);
                    double influence = (up - down) / 2e-5;
                    squares += influence * influence;
                }
                assertThat(incidence.standardErrorAt(cause, time)).isCloseTo(Math.sqrt(squares), within(1e-8));
            }
        }
    }

    /** The incidence with the weight of one subject changed, straight from the definition. */
    private static double weighted(int cause, double until, int subject, double change) {
        double survival = 1;
        double incidence = 0;
        for (double time = 1; time <= until; time++) {
            double atRisk = 0;
            double events = 0;
            double ofCause = 0;
            for (int i = 0; i < TIMES.length; i++) {
                double weight = i == subject ? 1 + change : 1;
                atRisk += TIMES[i] >= time ? weight : 0;
                events += TIMES[i] == time && CAUSES[i] > 0 ? weight : 0;
                ofCause += TIMES[i] == time && CAUSES[i] == cause ? weight : 0;
            }
            incidence += survival * ofCause / atRisk;
            survival *= 1 - events / atRisk;
        }
        return incidence;
    }

    @Test
    @DisplayName("nobody, and after the last time")
    void edges() {
        CumulativeIncidence empty = AalenJohansen.ofCauses(2).create().result();
        assertThat(empty.incidenceAt(1, 3).undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.NO_DATA);
        CumulativeIncidence incidence = of(TIMES, CAUSES);
        assertThat(incidence.incidenceAt(1, 9.5).undefined().orElseThrow().reason())
                .isEqualTo(Undefined.Reason.NOT_YET_OBSERVED);
        assertThatThrownBy(() -> incidence.incidenceAt(3, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> incidence.incidenceAt(1, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AalenJohansen.ofCauses(0)).isInstanceOf(IllegalArgumentException.class);
        CumulativeIncidence all = of(new double[] {1, 2}, new int[] {1, 2});
        assertThat(all.incidenceAt(1, 100).value()).isEqualTo(0.5);
        assertThat(all.eventFreeAt(100, SurvivalInterval.LOG, 0.9).value()).isZero();
    }

    /** The laws of the accumulator. */
    @Nested
    class Laws implements AccumulatorLaws<CompetingTime, AalenJohansen, CumulativeIncidence> {

        @Override
        public AccumulatorType<CompetingTime, AalenJohansen, CumulativeIncidence> type() {
            return AalenJohansen.ofCauses(3);
        }

        @Override
        public AccumulatorType<CompetingTime, AalenJohansen, CumulativeIncidence> otherVariant() {
            return AalenJohansen.ofCauses(2);
        }

        @Override
        public List<CompetingTime> items(Random random, int size) {
            return Stream.generate(() -> {
                        double entry = random.nextInt(3) == 0 ? random.nextInt(20) : 0;
                        return new CompetingTime(entry, entry + 1 + random.nextInt(30), random.nextInt(4));
                    })
                    .limit(size)
                    .toList();
        }

        @Override
        public List<CompetingTime> badItems() {
            return List.of(CompetingTime.of(3, 4));
        }
    }
}
