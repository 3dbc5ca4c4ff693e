package dev.crmcore.insights;

import dev.crmcore.feedback.Review;
import dev.crmcore.feedback.ScoreScale;
import dev.crmcore.feedback.SurveyResponse;
import dev.crmcore.metrics.feedback.text.RatedText;
import dev.crmcore.metrics.feedback.text.SentimentSummary;
import dev.crmcore.metrics.feedback.text.ThemeShare;
import dev.crmcore.metrics.feedback.text.ThemeTaxonomy;
import dev.crmcore.metrics.feedback.text.Vader;
import dev.crmcore.query.Condition;
import dev.crmcore.work.UnitOfWork;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What customers have written beside their scores. The texts stay inside: only counts and means come out.
 *
 * <p>Words are personal data and no columns of the store, so each figure reads the records page by page; none stays in
 * memory. As thread-safe as the session.
 */
public final class Comments {

    /** How the texts of one kind of record are read, with the ratings beside them. */
    private interface Source {
        void read(BiConsumer<String, Integer> reader);

        void readRated(ScoreScale scale, BiConsumer<String, Integer> reader);
    }

    private final Source source;

    private Comments(Source source) {
        this.source = source;
    }

    static Comments ofResponses(UnitOfWork unitOfWork, FeedbackScope scope) {
        return new Comments(new Source() {
            @Override
            public void read(BiConsumer<String, Integer> reader) {
                read(Condition.always(), reader);
            }

            @Override
            public void readRated(ScoreScale scale, BiConsumer<String, Integer> reader) {
                read(SurveyResponse.SCALE.is(scale).and(SurveyResponse.SCORE.isPresent()), reader);
            }

            private void read(Condition<SurveyResponse> which, BiConsumer<String, Integer> reader) {
                unitOfWork.call(work -> Pages.forEach(
                        work,
                        scope.query(work).where(which),
                        response -> response.comment()
                                .ifPresent(text ->
                                        reader.accept(text, response.score().orElse(0)))));
            }
        });
    }

    static Comments ofReviews(UnitOfWork unitOfWork, RecordScope<Review> scope) {
        return new Comments(new Source() {
            @Override
            public void read(BiConsumer<String, Integer> reader) {
                unitOfWork.call(work -> Pages.forEach(work, scope.query(work), review -> {
                    String text = Stream.concat(review.title().stream(), review.text().stream())
                            .collect(Collectors.joining("\n"));
                    if (!text.isEmpty()) {
                        reader.accept(text, review.rating());
                    }
                }));
            }

            @Override
            public void readRated(ScoreScale scale, BiConsumer<String, Integer> reader) {
                if (!scale.equals(Review.SCALE)) {
                    throw new IllegalArgumentException("scale must be " + Review.SCALE + " for reviews, not " + scale);
                }
                read(reader);
            }
        });
    }

    /**
     * How the comments sound.
     *
     * @param vader the rules and the lexicon by which a text is scored
     * @return how many are positive, neutral and negative, and the mean; undefined figures without a comment
     */
    public SentimentSummary.Result sentiment(Vader vader) {
        Objects.requireNonNull(vader, "vader");
        SentimentSummary summary = SentimentSummary.TYPE.create();
        source.read((text, rating) -> summary.add(vader.score(text)));
        return summary.result();
    }

    /**
     * What the comments are about, and how those who raise a theme rate.
     *
     * @param scale the scale of the ratings; comments beside another scale have no part. Reviews are on {@link Review#SCALE}
     * @param taxonomy the themes and their keywords
     * @param lowAtMost up to which rating it counts as low
     * @return share, mean rating and low ratings by theme; undefined figures without a comment
     * @throws IllegalArgumentException if the scale is none of these records'
     */
    public ThemeShare.Result themes(ScoreScale scale, ThemeTaxonomy taxonomy, double lowAtMost) {
        ThemeShare themes = ThemeShare.on(taxonomy, lowAtMost).create();
        source.readRated(scale, (text, rating) -> themes.add(new RatedText(text, rating)));
        return themes.result();
    }

    @Override
    public String toString() {
        return "Comments";
    }
}
