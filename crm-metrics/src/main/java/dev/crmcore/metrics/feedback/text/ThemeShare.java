package dev.crmcore.metrics.feedback.text;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.internal.CompensatedSum;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How many texts speak of each theme, and how those are rated. A text can speak of several themes or of none. Ratings are
 * people's, or what a model makes of the text.
 *
 * <p>Ratings are summed with compensation: any order and any split give the same sums within 4 units in the last place.
 *
 * <p>Byte form, version 1: double bound of low ratings, u32 number of themes; u64 texts; for each theme its name as text, u32
 * number of its keywords and each as text, u64 texts, u64 texts rated low, and the sum of the ratings and of their squares, each
 * as two doubles (sum and carried error).
 *
 * <p>Mutable, not thread-safe. State: two counts and four doubles for each theme.
 */
public final class ThemeShare implements Accumulator<RatedText, ThemeShare, ThemeShare.Result> {

    /** What the figure means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("theme-share", 1)
            .name("Themes of texts")
            .kind(KpiKind.MERGEABLE)
            .unit("share of the texts, 0 to 1")
            .formula("texts with a keyword of the theme / texts; mean rating and share rated low among them")
            .variant("the taxonomy names the keywords, the bound says which ratings are low")
            .emptyRule("undefined without a text; ratings undefined without a text on the theme")
            .source("share: Wilson interval; mean: t interval")
            .build();

    private static final int FORMAT = 1;
    /** Squares of larger ratings, summed, could leave the range of a double. */
    private static final double GREATEST_RATING = 1e100;

    private final ThemeTaxonomy taxonomy;
    private final double lowAtMost;
    private final List<Tally> tallies;
    private long texts;

    private static final class Tally {
        private long texts;
        private long low;
        private CompensatedSum sum = new CompensatedSum();
        private CompensatedSum squares = new CompensatedSum();
    }

    private ThemeShare(ThemeTaxonomy taxonomy, double lowAtMost) {
        this.taxonomy = taxonomy;
        this.lowAtMost = lowAtMost;
        this.tallies =
                Stream.generate(Tally::new).limit(taxonomy.themes().size()).toList();
    }

    /**
     * A theme's figures.
     *
     * @param theme its name
     * @param share the texts that speak of it among all texts
     * @param rating the mean and spread of their ratings
     * @param low those rated low among them
     */
    public record Theme(String theme, Proportion share, SampleMean rating, Proportion low) {

        /**
         * A theme's figures.
         *
         * @param theme its name
         * @param share the texts that speak of it among all texts
         * @param rating the mean and spread of their ratings
         * @param low those rated low among them
         */
        public Theme {}
    }

    /**
     * What came out.
     *
     * @param texts how many texts there are
     * @param themes the themes in the order of the taxonomy
     */
    public record Result(long texts, List<Theme> themes) {

        /**
         * A result.
         *
         * @param texts how many texts there are
         * @param themes the themes in the order of the taxonomy
         */
        public Result {
            themes = List.copyOf(themes);
        }

        /**
         * The figures of one theme.
         *
         * @param name the theme's name
         * @return its figures
         * @throws IllegalArgumentException if there is no such theme
         */
        public Theme theme(String name) {
            return themes.stream()
                    .filter(theme -> theme.theme().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown theme \"" + name + "\""));
        }
    }

    /**
     * The KPI by a taxonomy.
     *
     * @param taxonomy the themes and their keywords
     * @param lowAtMost a rating up to this one is low, finite; for compounds -0.05
     * @return how to begin, resume and collect
     * @throws IllegalArgumentException if the bound is not finite
     */
    public static AccumulatorType<RatedText, ThemeShare, Result> on(ThemeTaxonomy taxonomy, double lowAtMost) {
        Objects.requireNonNull(taxonomy, "taxonomy");
        if (!Double.isFinite(lowAtMost)) {
            throw new IllegalArgumentException("lowAtMost must be finite, not " + lowAtMost);
        }
        return AccumulatorType.of(
                DEFINITION, () -> new ThemeShare(taxonomy, lowAtMost), bytes -> read(taxonomy, lowAtMost, bytes));
    }

    @Override
    public void add(RatedText text) {
        double rating = text.rating();
        if (Math.abs(rating) > GREATEST_RATING) {
            throw new IllegalArgumentException("rating must be within +-" + GREATEST_RATING + ", not " + rating);
        }
        boolean[] found = taxonomy.find(text.text());
        texts++;
        for (int i = 0; i < found.length; i++) {
            if (found[i]) {
                Tally tally = tallies.get(i);
                tally.texts++;
                tally.low += rating <= lowAtMost ? 1 : 0;
                tally.sum.add(rating);
                tally.squares.add(rating * rating);
            }
        }
    }

    @Override
    public void merge(ThemeShare other) {
        if (!taxonomy.equals(other.taxonomy) || lowAtMost != other.lowAtMost) {
            throw new IllegalArgumentException("themes " + taxonomy + " low up to " + lowAtMost + " do not mix with "
                    + other.taxonomy + " low up to " + other.lowAtMost);
        }
        texts = Math.addExact(texts, other.texts);
        for (int i = 0; i < tallies.size(); i++) {
            Tally mine = tallies.get(i);
            Tally theirs = other.tallies.get(i);
            // no more than all texts, whose sum did not overflow
            mine.texts += theirs.texts;
            mine.low += theirs.low;
            mine.sum.add(theirs.sum);
            mine.squares.add(theirs.squares);
        }
    }

    @Override
    public Result result() {
        List<Theme> themes = new ArrayList<>();
        for (int i = 0; i < tallies.size(); i++) {
            Tally tally = tallies.get(i);
            themes.add(new Theme(
                    taxonomy.themes().get(i),
                    Proportion.of(tally.texts, texts),
                    mean(tally),
                    Proportion.of(tally.low, tally.texts)));
        }
        return new Result(texts, themes);
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT);
        writer.putDouble(lowAtMost).putInt(tallies.size()).putLong(texts);
        for (int i = 0; i < tallies.size(); i++) {
            String theme = taxonomy.themes().get(i);
            writer.putString(theme).putInt(taxonomy.keywords(theme).size());
            taxonomy.keywords(theme).forEach(writer::putString);
            Tally tally = tallies.get(i);
            writer.putLong(tally.texts).putLong(tally.low);
            tally.sum.write(writer);
            tally.squares.write(writer);
        }
        return writer.toBytes();
    }

    private static ThemeShare read(ThemeTaxonomy taxonomy, double lowAtMost, byte[] bytes) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        ThemeShare share = new ThemeShare(taxonomy, lowAtMost);
        requireVariant(reader.getFinite() == lowAtMost && reader.getInt() == share.tallies.size(), reader, taxonomy);
        share.texts = reader.getCount();
        for (int i = 0; i < share.tallies.size(); i++) {
            String theme = taxonomy.themes().get(i);
            requireVariant(
                    reader.getString().equals(theme)
                            && reader.getInt() == taxonomy.keywords(theme).size(),
                    reader,
                    taxonomy);
            for (String keyword : taxonomy.keywords(theme)) {
                requireVariant(reader.getString().equals(keyword), reader, taxonomy);
            }
            Tally tally = share.tallies.get(i);
            tally.texts = reader.getCount();
            tally.low = reader.getCount();
            tally.sum = CompensatedSum.read(reader);
            tally.squares = CompensatedSum.read(reader);
            if (tally.low > tally.texts
                    || tally.texts > share.texts
                    || !(Math.abs(tally.sum.value()) <= GREATEST_RATING * tally.texts)
                    || !(tally.squares.value() >= 0
                            && tally.squares.value() <= GREATEST_RATING * GREATEST_RATING * tally.texts)) {
                throw reader.malformed("figures of theme \"" + theme + "\" that no texts make");
            }
        }
        reader.end();
        return share;
    }

    private static void requireVariant(boolean same, StateReader reader, ThemeTaxonomy taxonomy) {
        if (!same) {
            throw reader.malformed("other themes, keywords or bound than " + taxonomy);
        }
    }

    private static SampleMean mean(Tally tally) {
        if (tally.texts < 2) {
            return new SampleMean(tally.texts, tally.sum.value(), 0);
        }
        double sum = tally.sum.value();
        double about = tally.squares.value() - sum * (sum / tally.texts);
        // what is left of equal ratings is rounding
        double noise = 1e-14 * tally.squares.value();
        return new SampleMean(tally.texts, sum, about <= noise ? 0 : about / (tally.texts - 1.0));
    }
}
