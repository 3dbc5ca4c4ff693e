package dev.crmcore.metrics.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.Undefined;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BoostedTreesTest {

    /** Customers who leave if exactly one of two things holds, beside noise. */
    private static final class Planted {
        final FeatureTable customers;
        final boolean[] churned;

        Planted(long seed, int n) {
            Random random = new Random(seed);
            double[] visits = new double[n];
            List<String> plan = new ArrayList<>();
            double[] noise = new double[n];
            List<String> city = new ArrayList<>();
            churned = new boolean[n];
            for (int i = 0; i < n; i++) {
                visits[i] = random.nextGaussian();
                plan.add(random.nextBoolean() ? "basic" : "pro");
                noise[i] = random.nextDouble();
                city.add("city " + random.nextInt(200));
                boolean odd = visits[i] > 0.3 ^ plan.get(i).equals("pro");
                churned[i] = random.nextDouble() < (odd ? 0.85 : 0.1);
            }
            customers = FeatureTable.builder(n)
                    .numeric("visits", visits)
                    .category("plan", plan)
                    .numeric("noise", noise)
                    .category("city", city)
                    .build();
        }

        double auc(ChurnModel model) {
            return ChurnEvaluation.of(model.probabilities(customers), churned)
                    .auc()
                    .value();
        }
    }

    private static final Planted LEARN = new Planted(1, 4_000);
    private static final Planted HELD = new Planted(2, 2_000);

    @Test
    @DisplayName("a planted interaction is found that a linear model cannot see")
    void interaction() {
        LogisticModel linear =
                LogisticRegression.ridge(1).fit(LEARN.customers, LEARN.churned).value();
        BoostedTreesModel trees = BoostedTrees.builder()
                .build()
                .fit(LEARN.customers, LEARN.churned)
                .value();
        assertThat(HELD.auc(linear)).isLessThan(0.62);
        // Nobody can do better than about 0.875: the true probabilities order no better
        assertThat(HELD.auc(trees)).isGreaterThan(0.85);
        assertThat(trees.importance()).extracting(FeatureShare::feature).startsWith("visits", "plan");
        assertThat(trees.importance().get(0).share() + trees.importance().get(1).share())
                .isGreaterThan(0.75);
        BoostedTreesModel stumps = BoostedTrees.builder()
                .depth(1)
                .build()
                .fit(LEARN.customers, LEARN.churned)
                .value();
        assertThat(HELD.auc(stumps)).isLessThan(0.65);
    }

    @Test
    @DisplayName("the selection prefers what sees the interaction")
    void selection() {
        SelectedModel chosen = ModelSelection.builder(CrossValidation.of(3, 4))
                .candidate("linear", LogisticRegression.ridge(1))
                .candidate(
                        "trees",
                        BoostedTrees.builder().trees(60).learningRate(0.1).build())
                .build()
                .choose(LEARN.customers, LEARN.churned)
                .value();
        assertThat(chosen.name()).isEqualTo("trees");
        assertThat(chosen.explained()).isPresent();
    }

    @Test
    @DisplayName("missing values speak: who has none is found, and goes to the right side")
    void missing() {
        Random random = new Random(7);
        int n = 2_000;
        double[] last = new double[n];
        boolean[] churned = new boolean[n];
        for (int i = 0; i < n; i++) {
            last[i] = random.nextInt(4) == 0 ? Double.NaN : random.nextInt(30);
            churned[i] = random.nextDouble() < (Double.isNaN(last[i]) ? 0.9 : 0.1);
        }
        BoostedTreesModel model = BoostedTrees.builder()
                .build()
                .fit(FeatureTable.builder(n).numeric("last", last).build(), churned)
                .value();
        double[] asked = model.probabilities(
                FeatureTable.builder(3).numeric("last", Double.NaN, 3, 1e9).build());
        assertThat(asked[0]).isCloseTo(0.9, within(0.05));
        assertThat(asked[1]).isLessThan(0.2);
        assertThat(asked[2]).isLessThan(0.2);
    }

    @Test
    @DisplayName("levels are grouped whatever their names, and an unseen one is no error")
    void levels() {
        Random random = new Random(8);
        int n = 6_000;
        List<String> level = new ArrayList<>();
        boolean[] churned = new boolean[n];
        for (int i = 0; i < n; i++) {
            int k = random.nextInt(40);
            level.add("level " + k);
            churned[i] = random.nextDouble() < (k % 2 == 0 ? 0.7 : 0.2);
        }
        BoostedTreesModel model = BoostedTrees.builder()
                .depth(1)
                .leaves(2)
                .build()
                .fit(FeatureTable.builder(n).category("level", level).build(), churned)
                .value();
        double[] asked = model.probabilities(FeatureTable.builder(4)
                .category("level", Arrays.asList("level 2", "level 3", "never seen", null))
                .build());
        assertThat(asked[0]).isGreaterThan(0.6);
        assertThat(asked[1]).isLessThan(0.3);
        assertThat(asked[2]).isEqualTo(asked[3]).isBetween(0.1, 0.8);
    }

    @Test
    @DisplayName("equal inputs give the same bytes, another seed others, and the byte form answers alike")
    void deterministic() {
        BoostedTrees.Builder settings =
                BoostedTrees.builder().trees(30).shareOfCustomers(0.6).shareOfFeatures(0.5);
        BoostedTreesModel one =
                settings.seed(5).build().fit(LEARN.customers, LEARN.churned).value();
        BoostedTreesModel two =
                settings.seed(5).build().fit(LEARN.customers, LEARN.churned).value();
        BoostedTreesModel other =
                settings.seed(6).build().fit(LEARN.customers, LEARN.churned).value();
        assertThat(two.toBytes()).isEqualTo(one.toBytes());
        assertThat(other.toBytes()).isNotEqualTo(one.toBytes());
        ExplainedModel read = ExplainedModel.fromBytes(one.toBytes());
        assertThat(read.probabilities(HELD.customers)).isEqualTo(one.probabilities(HELD.customers));
        assertThat(read.reasons(HELD.customers, 3).contributions())
                .isEqualTo(one.reasons(HELD.customers, 3).contributions());
        assertThat(((BoostedTreesModel) read).importance()).isEqualTo(one.importance());
        ModelBytesChecks.refuseDamage(
                settings.trees(3).build().fit(HELD.customers, HELD.churned).value());
    }

    @Test
    @DisplayName("the order of rows and columns does not decide what is learnt")
    void orderOfRows() {
        int n = HELD.churned.length;
        int[] reversed = new int[n];
        boolean[] churned = new boolean[n];
        for (int i = 0; i < n; i++) {
            reversed[i] = n - 1 - i;
            churned[i] = HELD.churned[n - 1 - i];
        }
        BoostedTrees settings = BoostedTrees.builder().trees(40).build();
        double[] forward = settings.fit(HELD.customers, HELD.churned).value().logOdds(LEARN.customers);
        double[] backward =
                settings.fit(HELD.customers.select(reversed), churned).value().logOdds(LEARN.customers);
        assertThat(backward).containsExactly(forward, within(1e-9));
    }

    @Test
    @DisplayName("reasons are the Shapley values, found by trying every subset of features")
    void shapley() {
        BoostedTreesModel model = BoostedTrees.builder()
                .trees(12)
                .depth(5)
                .leaves(14)
                .build()
                .fit(HELD.customers, HELD.churned)
                .value();
        double[] logOdds = model.logOdds(LEARN.customers);
        for (int row = 0; row < 25; row++) {
            Reasons reasons = model.reasons(LEARN.customers, row);
            assertThat(reasons.logOdds()).isCloseTo(logOdds[row], within(1e-10));
            double[] expected = BruteShapley.values(model, LEARN.customers.select(row));
            for (Contribution part : reasons.contributions()) {
                assertThat(part.logOdds())
                        .as(part.feature())
                        .isCloseTo(expected[model.features().indexOf(part.feature())], within(1e-10));
            }
        }
    }

    @Test
    @DisplayName("a blend is the mean of its parts, in its reasons and bytes too")
    void blend() {
        BlendedModel blend = Blend.of(
                        LogisticRegression.ridge(1),
                        BoostedTrees.builder().trees(20).build())
                .fit(LEARN.customers, LEARN.churned)
                .value();
        double[] logOdds = blend.logOdds(HELD.customers);
        double[] linear = blend.models().get(0).logOdds(HELD.customers);
        double[] trees = blend.models().get(1).logOdds(HELD.customers);
        assertThat(logOdds[0]).isCloseTo((linear[0] + trees[0]) / 2, within(1e-12));
        assertThat(blend.reasons(HELD.customers, 5).logOdds()).isCloseTo(logOdds[5], within(1e-10));
        assertThat(ExplainedModel.fromBytes(blend.toBytes()).logOdds(HELD.customers))
                .isEqualTo(logOdds);
        ModelBytesChecks.refuseDamage(blend);
    }

    @Test
    @DisplayName("nothing to learn from is a reason; without variation the answer is the base rate")
    void edges() {
        FeatureTable none = FeatureTable.builder(0).build();
        assertThat(BoostedTrees.builder().build().fit(none, new boolean[0]).undefined())
                .hasValueSatisfying(reason -> assertThat(reason.reason()).isEqualTo(Undefined.Reason.NO_DATA));
        boolean[] churned = new boolean[100];
        Arrays.fill(churned, 0, 25, true);
        assertThat(BoostedTrees.builder()
                        .build()
                        .fit(FeatureTable.builder(1).build(), new boolean[1])
                        .undefined())
                .hasValueSatisfying(reason -> assertThat(reason.reason()).isEqualTo(Undefined.Reason.NO_VARIATION));
        double[] same = new double[100];
        double[] gone = new double[100];
        Arrays.fill(gone, Double.NaN);
        for (FeatureTable table : List.of(
                FeatureTable.builder(100).build(),
                FeatureTable.builder(100)
                        .numeric("same", same)
                        .numeric("gone", gone)
                        .category("none", Arrays.asList(new String[100]))
                        .build())) {
            BoostedTreesModel model =
                    BoostedTrees.builder().build().fit(table, churned).value();
            assertThat(model.probabilities(table)).containsOnly(new double[] {0.25}, within(1e-9));
            assertThat(model.reasons(table, 0).probability()).isCloseTo(0.25, within(1e-9));
            assertThat(model.importance())
                    .allSatisfy(part -> assertThat(part.share()).isZero());
        }
        assertThatThrownBy(() -> BoostedTrees.builder().learningRate(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("learningRate");
        assertThatThrownBy(() -> BoostedTrees.builder().depth(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BoostedTrees.builder().penalty(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("more distinct values than bins, and values at the ends of the range")
    void manyValues() {
        Random random = new Random(10);
        int n = 3_000;
        double[] x = new double[n];
        boolean[] churned = new boolean[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextGaussian();
            churned[i] = random.nextDouble() < (x[i] > 1 ? 0.9 : 0.1);
        }
        x[0] = 1e300;
        x[1] = -1e300;
        x[2] = Double.MIN_VALUE;
        BoostedTreesModel model = BoostedTrees.builder()
                .build()
                .fit(FeatureTable.builder(n).numeric("x", x).build(), churned)
                .value();
        double[] asked = model.probabilities(
                FeatureTable.builder(4).numeric("x", -5, 0.5, 1.5, 1e300).build());
        assertThat(asked[0]).isLessThan(0.2);
        assertThat(asked[1]).isLessThan(0.2);
        assertThat(asked[2]).isGreaterThan(0.75);
        assertThat(asked[3]).isGreaterThan(0.75);
    }
}
