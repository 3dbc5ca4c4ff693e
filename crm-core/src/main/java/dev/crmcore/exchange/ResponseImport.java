package dev.crmcore.exchange;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.customer.Customers;
import dev.crmcore.feedback.Feedback;
import dev.crmcore.feedback.Question;
import dev.crmcore.feedback.ScoreScale;
import dev.crmcore.feedback.Survey;
import dev.crmcore.feedback.SurveyResponse;
import dev.crmcore.feedback.SurveyStatus;
import dev.crmcore.query.Query;
import dev.crmcore.store.Inserted;
import dev.crmcore.value.ExternalId;
import dev.crmcore.value.InvalidValueException;
import dev.crmcore.work.Work;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rows are answers to surveys: who, when, to which survey, which score, and what was said beside it.
 *
 * <p>The survey is named by its key; it must be there, published, and ask for a score. A response that was given before
 * the survey was closed can still be brought in afterwards. A row with a response id is known by it: further down, the
 * same id is a duplicate when it says the same and invalid when it does not. A row without one is known by its content and
 * its occurrence.
 *
 * <p>Immutable and thread-safe.
 */
public final class ResponseImport extends ImportPlan {

    /** Who answered: the customer's id in the other system. Required. */
    public static final String CUSTOMER_ID = "customer_id";

    /** When: a day, a local time or an instant, in ISO 8601. Required. */
    public static final String ANSWERED_AT = "answered_at";

    /** To which survey: its key. Required. */
    public static final String SURVEY = "survey";

    /** The score: a whole number on the survey's scale. Required. */
    public static final String SCORE = "score";

    /** What was said beside it. */
    public static final String COMMENT = "comment";

    /** The response's id in the other system. */
    public static final String RESPONSE_ID = "response_id";

    private static final List<String> REQUIRED = List.of(CUSTOMER_ID, ANSWERED_AT, SURVEY, SCORE);
    private static final List<String> KNOWN = List.of(CUSTOMER_ID, ANSWERED_AT, SURVEY, SCORE, COMMENT, RESPONSE_ID);
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,9}");

    private final String source;
    private final ColumnMapping columns;
    private final ZoneId zone;
    private final boolean createCustomers;

    private ResponseImport(String source, ColumnMapping columns, ZoneId zone, boolean createCustomers) {
        this.source = source;
        this.columns = columns;
        this.zone = zone;
        this.createCustomers = createCustomers;
    }

    /**
     * Begins a plan: days and times in UTC, customers must exist.
     *
     * @param source the system whose ids the file has; customers are found under it, and responses are kept under it
     * @return the plan
     */
    public static ResponseImport from(String source) {
        return new ResponseImport(
                Objects.requireNonNull(source, "source"), ColumnMapping.of(KNOWN), ZoneOffset.UTC, false);
    }

    /**
     * The same, where the file calls a column otherwise.
     *
     * @param column one of the constants of this class
     * @param nameInFile what the file calls it
     * @return a copy
     * @throws IllegalArgumentException if there is no such column
     */
    public ResponseImport column(String column, String nameInFile) {
        return new ResponseImport(source, columns.with(column, nameInFile), zone, createCustomers);
    }

    /**
     * The same, with days and local times in a zone. A day is its first moment.
     *
     * @param days the zone
     * @return a copy
     */
    public ResponseImport zone(ZoneId days) {
        return new ResponseImport(source, columns, Objects.requireNonNull(days, "zone"), createCustomers);
    }

    /**
     * The same, where customers that a row names and nobody knows are registered by their id alone.
     *
     * @return a copy
     */
    public ResponseImport createMissingCustomers() {
        return new ResponseImport(source, columns, zone, true);
    }

    @Override
    void checkHeader(List<String> header) {
        columns.requireIn(header, REQUIRED);
    }

    @Override
    Intake begin() {
        return new ResponseIntake();
    }

    /** What one row says. */
    private record Parsed(
            Row row,
            ExternalId customer,
            Instant answeredAt,
            String survey,
            int score,
            @Nullable String comment,
            Optional<String> ownId,
            String content) {

        SurveyResponse.Draft draft(Survey asked, ExternalId externalId) {
            SurveyResponse.Draft draft = SurveyResponse.to(asked.id())
                    .at(answeredAt)
                    .score(score)
                    .externalId(externalId.system(), externalId.value());
            return comment == null ? draft : draft.comment(comment);
        }

        boolean isRecordedAs(SurveyResponse recorded, CustomerId by) {
            return recorded.surveyKey().equals(survey)
                    && recorded.customer().equals(Optional.of(by))
                    && recorded.answeredAt().equals(answeredAt)
                    && recorded.score().equals(OptionalInt.of(score))
                    && recorded.comment().equals(Optional.ofNullable(comment));
        }
    }

    /** A response that waits to be written, and what it is known by. */
    private record Ready(Parsed parsed, ExternalId externalId) implements NamedCustomers.Named {

        @Override
        public ExternalId customer() {
            return parsed.customer;
        }
    }

    /** A response that its survey does not take, and why. */
    private record Refused(Ready response, Reject why) {}

    private final class ResponseIntake implements Intake, NamedCustomers.Refusals<Ready> {

        private final RowIds ids = new RowIds();
        private final NamedCustomers<Ready> customers = new NamedCustomers<>(
                createCustomers,
                new NamedCustomers.Records<>(SurveyResponse.TYPE, SurveyResponse.SOURCE, SurveyResponse.EXTERNAL_ID));
        private final List<Ready> ready = new ArrayList<>();

        @Override
        public void take(Row row, Tally tally) {
            Parsed parsed = parse(row);
            if (parsed.ownId.isEmpty()) {
                ready.add(new Ready(parsed, ExternalId.of(source, ids.byContent(parsed.content))));
            } else {
                takeById(parsed, parsed.ownId.get(), tally);
            }
        }

        private Parsed parse(Row row) {
            RowReading reading = new RowReading(row, columns);
            ExternalId customer = reading.require(CUSTOMER_ID, text -> ExternalId.of(source, text));
            Instant answeredAt = reading.requireInstant(ANSWERED_AT, zone);
            String survey = reading.require(SURVEY);
            int score = reading.require(SCORE, ResponseImport::wholeNumber);
            String comment = reading.text(COMMENT).orElse(null);
            Optional<String> ownId = reading.find(
                    RESPONSE_ID, text -> ExternalId.of(source, text).value());
            String content = ids.content(List.of(
                    customer.value(),
                    answeredAt.toString(),
                    survey,
                    Integer.toString(score),
                    comment == null ? "" : comment));
            return new Parsed(row, customer, answeredAt, survey, score, comment, ownId, content);
        }

        private void takeById(Parsed parsed, String id, Tally tally) {
            switch (ids.byId(id, parsed.content)) {
                case FIRST -> ready.add(new Ready(parsed, ExternalId.of(source, id)));
                case REPEATED -> tally.duplicate(1);
                case CONTRADICTING -> reject(tally, parsed, RESPONSE_ID, id, "stands further up with other content");
            }
        }

        private void reject(Tally tally, Parsed parsed, String column, String value, String reason) {
            tally.reject(rejection(parsed, column, value, reason));
        }

        private Reject rejection(Parsed parsed, String column, String value, String reason) {
            return new Reject(parsed.row.line(), columns.inFile(column), value, reason);
        }

        @Override
        public int pending() {
            return ready.size();
        }

        @Override
        public void end(Tally tally) {
            // a row never waits for the next one
        }

        @Override
        public void write(Work work, Tally tally) {
            Map<String, Survey> surveys = surveys(work);
            List<Ready> answers = new ArrayList<>();
            List<Refused> refused = new ArrayList<>();
            for (Ready each : ready) {
                refusal(each, surveys.get(each.parsed.survey))
                        .ifPresentOrElse(why -> refused.add(new Refused(each, why)), () -> answers.add(each));
            }
            settle(work, refused, tally);
            List<NamedCustomers.Resolved<Ready>> resolved = customers.resolve(work, answers, this, tally);
            List<SurveyResponse.Draft> drafts =
                    resolved.stream().map(each -> draft(each, surveys)).toList();
            List<Inserted<SurveyResponse>> outcomes = new Feedback(work).submitAll(drafts);
            for (int i = 0; i < outcomes.size(); i++) {
                count(tally, resolved.get(i), outcomes.get(i));
            }
        }

        private static SurveyResponse.Draft draft(NamedCustomers.Resolved<Ready> answer, Map<String, Survey> surveys) {
            Ready row = answer.row();
            Survey survey = Objects.requireNonNull(surveys.get(row.parsed.survey));
            return row.parsed.draft(survey, row.externalId).by(answer.customer());
        }

        @Override
        public void recorded(Ready row, Tally tally) {
            row.parsed.ownId.ifPresentOrElse(
                    id -> reject(tally, row.parsed, RESPONSE_ID, id, "is recorded with other content"),
                    () -> tally.unchanged(1));
        }

        @Override
        public void unknown(Ready row, String reason, Tally tally) {
            reject(tally, row.parsed, CUSTOMER_ID, row.customer().value(), reason);
        }

        private Map<String, Survey> surveys(Work work) {
            Set<String> keys = new LinkedHashSet<>();
            ready.forEach(each -> keys.add(each.parsed.survey));
            Map<String, Survey> found = new HashMap<>();
            work.store()
                    .list(Query.of(Survey.TYPE).where(Survey.KEY.in(keys)))
                    .forEach(survey -> found.put(survey.key(), survey));
            return found;
        }

        /** One that is recorded is no news, though its survey was revised or closed since; the others are rejected. */
        private void settle(Work work, List<Refused> refused, Tally tally) {
            if (refused.isEmpty()) {
                return;
            }
            Set<ExternalId> named = new LinkedHashSet<>();
            refused.forEach(each -> named.add(each.response.customer()));
            Map<ExternalId, CustomerId> known = new Customers(work).findIdsByExternalIds(named);
            Map<ExternalId, SurveyResponse> taken = taken(work, refused);
            for (Refused each : refused) {
                SurveyResponse recorded = taken.get(each.response.externalId);
                CustomerId by = known.get(each.response.customer());
                if (recorded != null && by != null && each.response.parsed.isRecordedAs(recorded, by)) {
                    tally.unchanged(1);
                } else {
                    tally.reject(each.why);
                }
            }
        }

        private Map<ExternalId, SurveyResponse> taken(Work work, List<Refused> refused) {
            List<String> values = refused.stream()
                    .map(each -> each.response.externalId.value())
                    .toList();
            Map<ExternalId, SurveyResponse> taken = new HashMap<>();
            work.store()
                    .list(Query.of(SurveyResponse.TYPE)
                            .where(SurveyResponse.SOURCE.is(source).and(SurveyResponse.EXTERNAL_ID.in(values))))
                    .forEach(response -> taken.put(response.externalId().orElseThrow(), response));
            return taken;
        }

        /** Why the survey does not take the answer; empty if it does. */
        private Optional<Reject> refusal(Ready row, @Nullable Survey survey) {
            Parsed parsed = row.parsed;
            if (survey == null) {
                return Optional.of(rejection(parsed, SURVEY, parsed.survey, "is no survey's key"));
            }
            Optional<ScoreScale> scale = survey.questionnaire().scoreQuestion().flatMap(Question::scale);
            boolean closed = survey.closedAt()
                    .filter(at -> !parsed.answeredAt.isBefore(at))
                    .isPresent();
            if (survey.status() == SurveyStatus.DRAFT || closed || scale.isEmpty()) {
                String why = scale.isEmpty() ? "asks for no score" : closed ? "was closed by then" : "is not published";
                return Optional.of(rejection(parsed, SURVEY, parsed.survey, why));
            }
            if (!scale.get().includes(parsed.score)) {
                String range = scale.get().min() + " to " + scale.get().max();
                return Optional.of(
                        rejection(parsed, SCORE, Integer.toString(parsed.score), "is not on the scale from " + range));
            }
            try {
                parsed.draft(survey, row.externalId).requireTakenBy(survey);
                return Optional.empty();
            } catch (RuleViolationException e) {
                return Optional.of(rejection(parsed, SURVEY, parsed.survey, "does not take it: " + e.getMessage()));
            }
        }

        private void count(Tally tally, NamedCustomers.Resolved<Ready> written, Inserted<SurveyResponse> outcome) {
            Ready row = written.row();
            if (outcome.isNew()) {
                tally.created(1);
            } else if (row.parsed.isRecordedAs(outcome.entity(), written.customer())) {
                tally.unchanged(1);
            } else {
                recorded(row, tally);
            }
        }

        @Override
        public void clear() {
            ready.clear();
        }
    }

    private static int wholeNumber(String text) {
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            throw new InvalidValueException(SCORE, text, "is no whole number");
        }
        return Integer.parseInt(text);
    }
}
