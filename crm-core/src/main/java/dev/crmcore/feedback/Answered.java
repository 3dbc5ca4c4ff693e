package dev.crmcore.feedback;

import dev.crmcore.query.Field;
import dev.crmcore.query.ScalarType;
import dev.crmcore.query.SetField;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * The answers as fields, from which conditions are made: {@code Answered.score("recommend").atMost(6)}.
 *
 * <p>A condition names questions by their keys. Whether there is such a question, and of such a kind, is checked when the
 * condition becomes part of a {@link Questionnaire}. There is none over matrices and contact details. Thread-safe.
 */
public final class Answered {

    private Answered() {}

    /**
     * The score of a rating, scale, NPS, CSAT or CES question.
     *
     * @param question the question's key
     * @return the field
     */
    public static Field<Answers, Integer> score(String question) {
        return Field.of(question, ScalarType.INTEGER, answers -> {
            var score = answers.score(question);
            return score.isPresent() ? score.getAsInt() : null;
        });
    }

    /**
     * The answer to a question for a number.
     *
     * @param question the question's key
     * @return the field
     */
    public static Field<Answers, BigDecimal> number(String question) {
        return Field.decimal(question, answers -> answers.number(question).orElse(null));
    }

    /**
     * The key of the one choice, the text, or the reference to the file.
     *
     * @param question the question's key
     * @return the field
     */
    public static Field<Answers, String> text(String question) {
        return Field.text(question, answers -> answers.text(question).orElse(null));
    }

    /**
     * The answer to a question for a day.
     *
     * @param question the question's key
     * @return the field
     */
    public static Field<Answers, LocalDate> date(String question) {
        return Field.date(question, answers -> answers.date(question).orElse(null));
    }

    /**
     * Yes or no, or whether consent was given.
     *
     * @param question the question's key
     * @return the field
     */
    public static Field<Answers, Boolean> yes(String question) {
        return Field.bool(question, answers -> answers.yes(question).orElse(null));
    }

    /**
     * The keys of the choices of a multiple choice or a ranking.
     *
     * @param question the question's key
     * @return the set-valued field
     */
    public static SetField<Answers, String> choices(String question) {
        return SetField.ofValues(question, ScalarType.TEXT, answers -> answers.choices(question));
    }
}
