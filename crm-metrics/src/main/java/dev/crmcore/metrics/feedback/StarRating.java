package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.internal.Normal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Scores by which rated items can be ranked without letting one enthusiastic answer win.
 *
 * <pre>{@code
 * List<RatedItem> best = StarRating.rank(items, StarRating.bayesianAverage(3.9, 10));
 * }</pre>
 *
 * <p>Every score also has a value for an item without ratings, so that all items can be ranked. Scores are in stars, except
 * the share of good ratings. A score is a lower bound, or a mean drawn towards the prior, by which to rank: it has no interval of
 * its own. The intervals of the mean and of the share of good ratings are those of {@link AnswerDistribution#mean()} and
 * {@link AnswerDistribution#topBox()}. Thread-safe: a score is a pure function.
 */
public final class StarRating {

    /** One to five stars: 4 and 5 are good, 1 and 2 are bad. */
    public static final RatingScale FIVE_STARS = RatingScale.higherIsBetter("stars-1-5", 1, 5, 4, 2);

    /** The z that is usual with the Dirichlet bound. */
    public static final double USUAL_Z = 1.65;

    /** What {@link #bayesianAverage} means. */
    public static final KpiDefinition BAYESIAN_AVERAGE = KpiDefinition.builder("star-rating-bayesian", 1)
            .name("Star rating, Bayesian average")
            .kind(KpiKind.MERGEABLE)
            .unit("stars")
            .formula("(C m + sum of ratings)/(C + n)")
            .variant("prior mean m and prior weight C are stated")
            .emptyRule("the prior mean m")
            .source("shrinkage to a prior mean")
            .build();

    /** What {@link #wilsonLowerBound} means. */
    public static final KpiDefinition WILSON_LOWER_BOUND = KpiDefinition.builder("star-rating-wilson", 1)
            .name("Star rating, Wilson lower bound of good ratings")
            .kind(KpiKind.MERGEABLE)
            .unit("share, 0 to 1")
            .formula("one-sided Wilson lower bound of ratings in the top box / ratings")
            .variant("the scale names the top box; the level is stated; of the mean: the mean rescaled to 0 to 1")
            .emptyRule("0, the lowest rating for the mean")
            .source("Wilson 1927; Miller 2009")
            .build();

    /** What {@link #dirichletLowerBound} means. */
    public static final KpiDefinition DIRICHLET_LOWER_BOUND = KpiDefinition.builder("star-rating-dirichlet", 1)
            .name("Star rating, Dirichlet lower bound")
            .kind(KpiKind.MERGEABLE)
            .unit("stars")
            .formula("S - z sqrt((sum s_k^2 (n_k+1)/(N+K) - S^2)/(N+K+1)), S = sum s_k (n_k+1)/(N+K)")
            .variant("z is stated, usually 1.65")
            .emptyRule("the prior's bound")
            .source("Miller 2012")
            .build();

    private StarRating() {}

    /**
     * The Bayesian average (C m + sum)/(C + n): as if the item had also been rated C times with the mean m.
     *
     * @param priorMean the mean m of all ratings, finite
     * @param priorWeight how many ratings the prior is worth, C, above 0; often the 25th percentile of the items' counts
     * @return the score; m for an item without ratings
     * @throws IllegalArgumentException if the mean is not finite or the weight is not positive and finite
     */
    public static ToDoubleFunction<AnswerDistribution> bayesianAverage(double priorMean, double priorWeight) {
        if (!Double.isFinite(priorMean)) {
            throw new IllegalArgumentException("priorMean must be finite, not " + priorMean);
        }
        if (!(priorWeight > 0 && Double.isFinite(priorWeight))) {
            throw new IllegalArgumentException("priorWeight must be positive and finite, not " + priorWeight);
        }
        return ratings -> {
            double all = priorWeight + ratings.n();
            return priorMean * (priorWeight / all) + ratings.mean().sum() / all;
        };
    }

    /**
     * The one-sided Wilson lower bound of the share of good ratings (the top box).
     *
     * @param level how sure the bound is, above 0 and below 1, such as 0.95
     * @return the score, 0 to 1; 0 for an item without ratings
     * @throws IllegalArgumentException if the level is out of range
     */
    public static ToDoubleFunction<AnswerDistribution> wilsonLowerBound(double level) {
        Interval.requireLevel(level);
        return ratings -> ratings.topBox().lowerBound(level);
    }

    /**
     * The Wilson lower bound of the mean rating, which treats the mean, rescaled to 0 to 1, as a share.
     *
     * @param level how sure the bound is, above 0 and below 1
     * @return the score in stars; the lowest rating for an item without ratings
     * @throws IllegalArgumentException if the level is out of range
     */
    public static ToDoubleFunction<AnswerDistribution> wilsonLowerBoundOfMean(double level) {
        double z = Normal.quantile(Interval.requireLevel(level));
        return ratings -> {
            RatingScale scale = ratings.scale();
            double n = ratings.n();
            if (n == 0) {
                return scale.lowest();
            }
            double range = scale.highest() - (double) scale.lowest();
            double p = (ratings.mean().sum() / n - scale.lowest()) / range;
            double z2 = z * z;
            double bound = (p + z2 / (2 * n) - z * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))) / (1 + z2 / n);
            return scale.lowest() + range * Math.max(0, bound);
        };
    }

    /**
     * The lower bound of the mean rating under a uniform Dirichlet prior, one rating more for each number of stars (Miller):
     * S - z sqrt((sum s_k^2 (n_k+1)/(N+K) - S^2)/(N+K+1)) with S = sum s_k (n_k+1)/(N+K).
     *
     * @param z how many standard deviations below the mean, finite and not negative; usually {@link #USUAL_Z}
     * @return the score in stars; the prior's bound for an item without ratings
     * @throws IllegalArgumentException if z is negative or not finite
     */
    public static ToDoubleFunction<AnswerDistribution> dirichletLowerBound(double z) {
        if (!(z >= 0 && Double.isFinite(z))) {
            throw new IllegalArgumentException("z must be finite and not negative, not " + z);
        }
        return ratings -> {
            RatingScale scale = ratings.scale();
            double total = (double) ratings.n() + scale.steps();
            double mean = 0;
            for (int stars = scale.lowest(); stars <= scale.highest(); stars++) {
                mean += stars * ((ratings.count(stars) + 1) / total);
            }
            double variance = 0;
            for (int stars = scale.lowest(); stars <= scale.highest(); stars++) {
                variance += (stars - mean) * (stars - mean) * ((ratings.count(stars) + 1) / total);
            }
            return mean - z * Math.sqrt(variance / (total + 1));
        };
    }

    /**
     * The plain mean, which ranks small samples far too high and far too low; for comparison.
     *
     * @return the score in stars; negative infinity for an item without ratings, so that it comes last
     */
    public static ToDoubleFunction<AnswerDistribution> mean() {
        return ratings ->
                ratings.n() == 0 ? Double.NEGATIVE_INFINITY : ratings.mean().sum() / ratings.n();
    }

    /**
     * Ranks items, best first; equal scores in the order of their ids.
     *
     * @param items the items, with different ids
     * @param score the score
     * @return the items in their order, immutable
     */
    public static List<RatedItem> rank(Collection<RatedItem> items, ToDoubleFunction<AnswerDistribution> score) {
        record Scored(RatedItem item, double score) {}
        return items.stream()
                .map(item -> new Scored(item, score.applyAsDouble(item.ratings())))
                .sorted(Comparator.comparingDouble(Scored::score)
                        .reversed()
                        .thenComparing(scored -> scored.item().id()))
                .map(Scored::item)
                .toList();
    }
}
