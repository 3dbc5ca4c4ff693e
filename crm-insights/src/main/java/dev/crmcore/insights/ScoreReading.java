package dev.crmcore.insights;

import dev.crmcore.feedback.ScoreScale;
import dev.crmcore.feedback.SurveyResponse;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.feedback.DuplicatePolicy;
import dev.crmcore.metrics.feedback.ScoreAccumulator;
import dev.crmcore.metrics.feedback.SurveyAnswer;
import dev.crmcore.query.Aggregate;
import dev.crmcore.query.Query;
import dev.crmcore.store.RowCursor;
import dev.crmcore.work.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the scores of a scope on one scale: counted by the store where each answer counts, one by one otherwise. */
final class ScoreReading {

    private final Work work;
    private final FeedbackScope scope;
    private final Query<SurveyResponse> query;

    ScoreReading(Work work, FeedbackScope scope, ScoreScale scale) {
        this.work = work;
        this.scope = scope;
        this.query = scope.query(work).where(SurveyResponse.SCALE.is(scale).and(SurveyResponse.SCORE.isPresent()));
    }

    <A extends ScoreAccumulator<A, R>, R> R into(AccumulatorType<Integer, A, R> figure) {
        A scores = figure.create();
        if (scope.policy() == DuplicatePolicy.ALL) {
            count(scores);
        } else {
            scope.policy().apply(answers()).forEach(answer -> scores.add(answer.score()));
        }
        return scores.result();
    }

    /** The last of the answers that count, of each customer. */
    Map<String, Integer> lastByCustomer() {
        Map<String, Integer> last = new HashMap<>();
        // A policy leaves the answers in the order of time
        scope.policy().apply(answers()).forEach(answer -> last.put(answer.customer(), answer.score()));
        return last;
    }

    private void count(ScoreAccumulator<?, ?> scores) {
        try (RowCursor rows = work.store().group(query, List.of(SurveyResponse.SCORE), List.of(Aggregate.count()))) {
            while (rows.next()) {
                scores.add(Math.toIntExact(rows.getLong(0)), rows.getLong(1));
            }
        }
    }

    private List<SurveyAnswer> answers() {
        List<SurveyAnswer> answers = new ArrayList<>();
        try (RowCursor rows = work.store()
                .scan(
                        query,
                        List.of(
                                SurveyResponse.TYPE.idField(),
                                SurveyResponse.CUSTOMER,
                                SurveyResponse.ANSWERED_AT,
                                SurveyResponse.SCORE))) {
            while (rows.next()) {
                UUID id = rows.getId(0);
                UUID customer = rows.isNull(1) ? id : rows.getId(1);
                answers.add(new SurveyAnswer(
                        id.toString(), customer.toString(), rows.getInstant(2), Math.toIntExact(rows.getLong(3))));
            }
        }
        return answers;
    }
}
