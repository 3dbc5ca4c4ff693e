package dev.crmcore.feedback;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Field;
import dev.crmcore.query.RecordType;
import dev.crmcore.query.RelatedRecords;
import dev.crmcore.query.SetField;
import dev.crmcore.value.InvalidValueException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What conditions of a questionnaire can ask: the answers to some of its questions, each as a field of its kind. */
record AnswerType(List<Field<Answers, ?>> fields, List<SetField<Answers, ?>> sets) implements RecordType<Answers> {

    /** A condition over answers asks of nothing but them. */
    private static final RelatedRecords NOTHING = new RelatedRecords() {
        @Override
        public <R> Iterable<R> naming(RecordType<R> type, Field<R, ? extends EntityId> by, UUID id) {
            return List.of();
        }
    };

    static AnswerType of(List<Question> before, Question last) {
        List<Field<Answers, ?>> fields = new ArrayList<>();
        List<SetField<Answers, ?>> sets = new ArrayList<>();
        before.forEach(question -> add(question, fields, sets));
        add(last, fields, sets);
        return new AnswerType(fields, sets);
    }

    private static void add(Question question, List<Field<Answers, ?>> fields, List<SetField<Answers, ?>> sets) {
        String key = question.key();
        switch (question.type()) {
            case RATING, SCALE, NPS, CSAT, CES -> fields.add(Answered.score(key));
            case NUMBER -> fields.add(Answered.number(key));
            case DATE -> fields.add(Answered.date(key));
            case YES_NO, CONSENT -> fields.add(Answered.yes(key));
            case SINGLE_CHOICE, DROPDOWN, SHORT_TEXT, LONG_TEXT, FILE -> fields.add(Answered.text(key));
            case MULTI_CHOICE, RANKING -> sets.add(Answered.choices(key));
            case MATRIX, CONTACT -> {
                // no one value to compare
            }
        }
    }

    /** Reads a condition over these questions; relative time is refused, because the same answers go one way. */
    Condition<Answers> parse(String json) {
        Condition<Answers> condition = Condition.parse(
                this,
                related -> {
                    throw new IllegalArgumentException("a condition over answers asks of no other records: " + related);
                },
                json);
        if (!condition.asOf(Instant.EPOCH).equals(condition)) {
            throw new InvalidValueException("condition over answers", json, "must not depend on the time of asking");
        }
        return condition;
    }

    static boolean holds(Condition<Answers> condition, Answers answers) {
        return condition.matches(answers, NOTHING);
    }

    @Override
    public String name() {
        return "answers";
    }

    @Override
    public UUID idOf(Answers entity) {
        throw new UnsupportedOperationException("answers have no id");
    }
}
