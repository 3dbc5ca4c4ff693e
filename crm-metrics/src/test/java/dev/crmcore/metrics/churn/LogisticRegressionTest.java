package dev.crmcore.metrics.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.Undefined;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {

    /** Hours of study and passing of 20 students, the textbook example. */
    private static final double[] HOURS = {
        0.50, 0.75, 1.00, 1.25, 1.50, 1.75, 1.75, 2.00, 2.25, 2.50, 2.75, 3.00, 3.25, 3.50, 4.00, 4.25, 4.50, 4.75,
        5.00, 5.50
    };

    private static final boolean[] PASSED = {
        false, false, false, false, false, false, true, false, true, false, true, false, true, false, true, true, true,
        true, true, true
    };

    @Test
    @DisplayName("maximum likelihood with standard errors, intervals and test, as published for the textbook example")
    void textbook() {
        LogisticModel model =
                unpenalised(FeatureTable.builder(20).numeric("hours", HOURS).build(), PASSED);
        assertThat(model.term("hours").value()).isCloseTo(1.5046, within(5e-5));
        assertThat(model.term("hours").standardError().orElseThrow()).isCloseTo(0.6287, within(5e-5));
        assertThat(model.intercept().value()).isCloseTo(-4.0777, within(5e-5));
        assertThat(model.intercept().standardError().orElseThrow()).isCloseTo(1.7610, within(5e-5));
        assertThat(model.term("hours").test().orElseThrow().pValue()).isCloseTo(0.0167, within(5e-5));
        assertThat(model.logLikelihood()).isCloseTo(-8.02988, within(1e-5));
        Interval interval = model.term("hours").estimate(0.95).interval().orElseThrow();
        assertThat(interval.lower()).isCloseTo(1.5046 - 1.959964 * 0.6287, within(2e-4));
        assertThat(model.term("hours").oddsRatio(0.95).value()).isCloseTo(Math.exp(1.5046), within(3e-4));
        assertThat(model.isPenalised()).isFalse();
    }

    @Test
    @DisplayName("one binary column: coefficient and standard error of the two by two table, in closed form")
    void twoByTwo() {
        // 30 of 100 with the level churned, 60 of 120 without
        String[] levels = new String[220];
        boolean[] churned = new boolean[220];
        for (int i = 0; i < 220; i++) {
            levels[i] = i < 100 ? "b" : "a";
            churned[i] = i < 30 || i >= 160;
        }
        LogisticModel model = unpenalised(
                FeatureTable.builder(220)
                        .category("plan", Arrays.asList(levels))
                        .build(),
                churned);
        assertThat(model.term("plan=b").value()).isCloseTo(Math.log(30.0 / 70) - Math.log(1), within(1e-10));
        assertThat(model.term("plan=b").standardError().orElseThrow())
                .isCloseTo(Math.sqrt(1.0 / 30 + 1.0 / 70 + 1.0 / 60 + 1.0 / 60), within(1e-10));
        assertThat(model.intercept().value()).isCloseTo(0, within(1e-10));
    }

    @Test
    @DisplayName("complete and partial separation are named with their terms, and ridge still answers")
    void separation() {
        double[] x = {1, 2, 3, 4, 5, 6, 7, 8};
        double[] noise = {3, 1, 4, 1, 5, 9, 2, 6};
        boolean[] late = {false, false, false, false, true, true, true, true};
        FeatureTable table =
                FeatureTable.builder(8).numeric("x", x).numeric("noise", noise).build();
        Undefined complete =
                LogisticRegression.unpenalised().fit(table, late).undefined().orElseThrow();
        assertThat(complete.reason()).isEqualTo(Undefined.Reason.DOES_NOT_EXIST);
        assertThat(complete.message()).contains("separated by x");
        assertThat(LogisticRegression.ridge(0.1).fit(table, late).isDefined()).isTrue();

        // One level of which everybody left, beside overlap everywhere else
        List<String> plan = List.of("a", "a", "a", "b", "b", "b", "c", "c");
        boolean[] quasi = {true, false, true, false, true, false, true, true};
        FeatureTable levels = FeatureTable.builder(8)
                .category("plan", plan)
                .numeric("noise", noise)
                .build();
        Undefined partial =
                LogisticRegression.unpenalised().fit(levels, quasi).undefined().orElseThrow();
        assertThat(partial.message()).contains("plan=c").doesNotContain("noise").doesNotContain("plan=b");
    }

    @Test
    @DisplayName("near separation is no separation")
    void nearSeparation() {
        Random random = new Random(3);
        double[] x = new double[2_000];
        boolean[] churned = new boolean[2_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextGaussian();
            churned[i] = x[i] > 0;
        }
        churned[17] = !churned[17];
        LogisticModel model =
                unpenalised(FeatureTable.builder(2_000).numeric("x", x).build(), churned);
        assertThat(model.term("x").value()).isPositive();
        assertThat(model.term("x").standardError()).isPresent();
    }

    @Test
    @DisplayName("constant and repeated terms are left out by name, and the others are as without them")
    void aliased() {
        Random random = new Random(5);
        int n = 400;
        double[] x = random.doubles(n).toArray();
        boolean[] churned = new boolean[n];
        for (int i = 0; i < n; i++) {
            churned[i] = random.nextDouble() < x[i];
        }
        double[] twice = Arrays.stream(x).map(v -> 3 - 2 * v).toArray();
        double[] constant = new double[n];
        Arrays.fill(constant, 7);
        LogisticModel alone =
                unpenalised(FeatureTable.builder(n).numeric("x", x).build(), churned);
        LogisticModel all = unpenalised(
                FeatureTable.builder(n)
                        .numeric("constant", constant)
                        .numeric("x", x)
                        .numeric("twice", twice)
                        .build(),
                churned);
        assertThat(all.terms())
                .filteredOn(LogisticTerm::isAliased)
                .extracting(LogisticTerm::name)
                .containsExactly("constant", "twice");
        assertThat(all.term("twice").value()).isZero();
        assertThat(all.term("twice").standardError()).isEmpty();
        assertThat(all.term("x").value()).isCloseTo(alone.term("x").value(), within(1e-9));
        assertThat(all.term("x").standardError().orElseThrow())
                .isCloseTo(alone.term("x").standardError().orElseThrow(), within(1e-9));
        assertThat(all.intercept().standardError().orElseThrow())
                .isCloseTo(alone.intercept().standardError().orElseThrow(), within(1e-9));
    }

    @Test
    @DisplayName(
            "missing numbers count as the median, missing levels as a level, unseen levels as the average customer")
    void missing() {
        List<String> plan = Arrays.asList("a", "a", null, "b", "b", null, "a", "b");
        boolean[] churned = {true, false, true, false, true, true, false, false};
        double[] x = {1, 2, 3, Double.NaN, 5, 6, 7, 8};
        FeatureTable known =
                FeatureTable.builder(8).numeric("x", x).category("plan", plan).build();
        LogisticModel model = LogisticRegression.ridge(1).fit(known, churned).value();
        assertThat(model.terms()).extracting(LogisticTerm::name).containsExactly("x", "plan=b", "plan=(missing)");
        FeatureTable asked = FeatureTable.builder(3)
                .numeric("x", Double.NaN, 5, 5)
                .category("plan", Arrays.asList("a", "z", null))
                .build();
        double[] logOdds = model.logOdds(asked);
        double atMedian = model.intercept().value() + 5 * model.term("x").value();
        double average = 3.0 / 8 * model.term("plan=b").value()
                + 2.0 / 8 * model.term("plan=(missing)").value();
        assertThat(logOdds[0]).isCloseTo(atMedian, within(1e-12));
        assertThat(logOdds[1]).isCloseTo(atMedian + average, within(1e-12));
        assertThat(logOdds[2]).isCloseTo(atMedian + model.term("plan=(missing)").value(), within(1e-12));
        assertThat(model.reasons(asked, 1).contributions())
                .filteredOn(part -> part.feature().equals("plan"))
                .singleElement()
                .satisfies(part -> assertThat(part.logOdds()).isCloseTo(0, within(1e-12)));
    }

    @Test
    @DisplayName("reasons sum to the score, and the mean customer has none")
    void reasons() {
        LogisticModel model = LogisticRegression.ridge(1)
                .fit(Telco.TRAIN.customers, Telco.TRAIN.churned)
                .value();
        double[] logOdds = model.logOdds(Telco.TEST.customers);
        for (int row = 0; row < 50; row++) {
            Reasons reasons = model.reasons(Telco.TEST.customers, row);
            assertThat(reasons.logOdds()).isCloseTo(logOdds[row], within(1e-10));
            assertThat(reasons.contributions()).hasSize(19);
            assertThat(reasons.forChurn(3))
                    .allSatisfy(part -> assertThat(part.logOdds()).isPositive());
        }
        double base = model.reasons(Telco.TRAIN.customers, 0).base();
        double mean =
                Arrays.stream(model.logOdds(Telco.TRAIN.customers)).average().orElseThrow();
        assertThat(base).isCloseTo(mean, within(1e-9));
    }

    @Test
    @DisplayName("the byte form carries the model; damaged bytes are refused")
    void bytes() {
        LogisticModel model =
                unpenalised(FeatureTable.builder(20).numeric("hours", HOURS).build(), PASSED);
        LogisticModel read = (LogisticModel) ExplainedModel.fromBytes(model.toBytes());
        assertThat(read.term("hours").value()).isEqualTo(model.term("hours").value());
        assertThat(read.term("hours").standardError())
                .isEqualTo(model.term("hours").standardError());
        assertThat(read.toBytes()).isEqualTo(model.toBytes());
        ModelBytesChecks.refuseDamage(model);
    }

    @Test
    @DisplayName("a penalised regression has the posterior's intervals, in closed form for one binary column")
    void ridgeIntervals() {
        String[] levels = new String[220];
        boolean[] churned = new boolean[220];
        for (int i = 0; i < 220; i++) {
            levels[i] = i < 100 ? "b" : "a";
            churned[i] = i < 30 || i >= 160;
        }
        double strength = 4;
        FeatureTable table = FeatureTable.builder(220)
                .category("plan", Arrays.asList(levels))
                .build();
        LogisticModel model =
                LogisticRegression.ridge(strength).fit(table, churned).value();
        double[] p = model.probabilities(
                FeatureTable.builder(2).category("plan", List.of("a", "b")).build());
        double ofA = 120 * p[0] * (1 - p[0]);
        double ofB = 100 * p[1] * (1 - p[1]);
        // The inverse of [[ofA + ofB, ofB], [ofB, ofB + strength]]
        double determinant = (ofA + ofB) * (ofB + strength) - ofB * ofB;
        LogisticTerm term = model.term("plan=b");
        assertThat(term.standardError().orElseThrow()).isCloseTo(Math.sqrt((ofA + ofB) / determinant), within(1e-9));
        assertThat(model.intercept().standardError().orElseThrow())
                .isCloseTo(Math.sqrt((ofB + strength) / determinant), within(1e-9));
        Interval interval = term.estimate(0.95).interval().orElseThrow();
        assertThat(interval.method()).isEqualTo("normal prior");
        assertThat(interval.contains(term.value())).isTrue();
        assertThat(term.oddsRatio(0.95).interval().orElseThrow().lower())
                .isCloseTo(Math.exp(interval.lower()), within(1e-12));
        assertThat(term.test()).isEmpty();
        assertThat(((LogisticModel) ExplainedModel.fromBytes(model.toBytes()))
                        .term("plan=b")
                        .estimate(0.95))
                .isEqualTo(term.estimate(0.95));
    }

    @Test
    @DisplayName("where coefficients come from the prior, 95 of 100 penalised intervals hold them")
    void ridgeCoverage() {
        Random random = new Random(6);
        int n = 80;
        int inside = 0;
        int rounds = 1_500;
        for (int round = 0; round < rounds; round++) {
            double[] x = random.doubles(n).map(u -> u < 0.5 ? -1 : 1).toArray();
            double standardised = random.nextGaussian() / Math.sqrt(2);
            boolean[] churned = new boolean[n];
            for (int i = 0; i < n; i++) {
                churned[i] = random.nextDouble() < 1 / (1 + Math.exp(0.3 - standardised * x[i]));
            }
            LogisticModel model = LogisticRegression.ridge(2)
                    .fit(FeatureTable.builder(n).numeric("x", x).build(), churned)
                    .value();
            inside += model.term("x").estimate(0.95).interval().orElseThrow().contains(standardised) ? 1 : 0;
        }
        assertThat(inside / (double) rounds).isBetween(0.93, 0.965);
    }

    @Test
    @DisplayName("nothing to learn from is a reason, and slips are refused")
    void edges() {
        FeatureTable one = FeatureTable.builder(2).numeric("x", 1, 2).build();
        assertThat(LogisticRegression.ridge(1)
                        .fit(one, new boolean[2])
                        .undefined()
                        .orElseThrow()
                        .reason())
                .isEqualTo(Undefined.Reason.NO_VARIATION);
        assertThat(LogisticRegression.ridge(1)
                        .fit(FeatureTable.builder(0).build(), new boolean[0])
                        .undefined()
                        .orElseThrow()
                        .reason())
                .isEqualTo(Undefined.Reason.NO_DATA);
        assertThatThrownBy(() -> LogisticRegression.ridge(1).fit(one, new boolean[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 values");
        assertThatThrownBy(() -> LogisticRegression.ridge(0)).isInstanceOf(IllegalArgumentException.class);
        LogisticModel model =
                unpenalised(FeatureTable.builder(20).numeric("hours", HOURS).build(), PASSED);
        assertThatThrownBy(() -> model.probabilities(
                        FeatureTable.builder(1).numeric("other", 1).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"hours\"");
        assertThatThrownBy(() -> model.probabilities(FeatureTable.builder(1)
                        .category("hours", Collections.singletonList("3"))
                        .build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be numeric");
        // No column at all: the base rate
        LogisticModel bare = unpenalised(FeatureTable.builder(20).build(), PASSED);
        assertThat(bare.probabilities(FeatureTable.builder(1).build())[0]).isCloseTo(0.5, within(1e-12));
    }

    @Test
    @DisplayName("a column of ids is refused by name, and not by running out of memory")
    void tooManyTerms() {
        List<String> ids = IntStream.range(0, 3_000).mapToObj(i -> "id " + i).toList();
        boolean[] churned = new boolean[3_000];
        Arrays.fill(churned, 0, 500, true);
        FeatureTable table =
                FeatureTable.builder(3_000).category("customer", ids).build();
        assertThat(LogisticRegression.ridge(1).fit(table, churned).undefined())
                .hasValueSatisfying(
                        reason -> assertThat(reason.message()).contains("3000 levels of column \"customer\""));
    }

    @Test
    @DisplayName("numbers of any size give the same model in their own unit")
    void units() {
        LogisticModel model =
                unpenalised(FeatureTable.builder(20).numeric("hours", HOURS).build(), PASSED);
        for (double unit : new double[] {1e-200, 1e-9, 1e12, 1e200}) {
            double[] scaled = Arrays.stream(HOURS).map(h -> h * unit).toArray();
            LogisticModel other = unpenalised(
                    FeatureTable.builder(20).numeric("hours", scaled).build(), PASSED);
            assertThat(other.term("hours").value() * unit)
                    .isCloseTo(model.term("hours").value(), within(1e-9));
        }
    }

    private static LogisticModel unpenalised(FeatureTable table, boolean[] churned) {
        return LogisticRegression.unpenalised().fit(table, churned).value();
    }
}
