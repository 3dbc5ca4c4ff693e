package dev.crmcore.feedback;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.value.EmailAddress;
import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.PhoneNumber;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether an answer is one that its question takes. Texts of respondents may be personal and stay out of messages. */
final class AnswerCheck {

    private static final String RULE = "feedback.answer";
    private static final int MAX_REFERENCE_LENGTH = 1_000;
    private static final int MAX_DETAIL_LENGTH = 1_000;

    private final Question question;
    private final Answers answers;

    private AnswerCheck(Question question, Answers answers) {
        this.question = question;
        this.answers = answers;
    }

    /** Refuses an answer that the question does not take; none, and a blank one, pass. */
    static void requireFitting(Question question, Answers answers) {
        if (answers.questions().contains(question.key())) {
            new AnswerCheck(question, answers).check();
        }
    }

    /** Refuses a missing answer to a required question. */
    static void requireComplete(Question question, Answers answers) {
        if (question.isRequired() && !isWhole(question, answers)) {
            throw RuleViolationException.of(
                    "feedback.answer.required", question.key(), "", "is asked and must be answered");
        }
    }

    private static boolean isWhole(Question question, Answers answers) {
        String key = question.key();
        return switch (question.type()) {
            case MATRIX -> answers.matrix(key).size() == question.rows().size();
            case CONTACT ->
                answers.contact(key).values().stream()
                                .filter(detail -> !detail.isBlank())
                                .count()
                        == question.details().size();
            default -> answers.questions().contains(key);
        };
    }

    /** Whether a fitting answer says anything. */
    static boolean isAnswered(Question question, Answers answers) {
        String key = question.key();
        return switch (question.type()) {
            case SINGLE_CHOICE, DROPDOWN, SHORT_TEXT, LONG_TEXT, FILE, DATE ->
                answers.text(key).filter(text -> !text.isBlank()).isPresent();
            case MULTI_CHOICE, RANKING -> !answers.choices(key).isEmpty();
            case MATRIX -> !answers.matrix(key).isEmpty();
            case CONTACT -> answers.contact(key).values().stream().anyMatch(detail -> !detail.isBlank());
            case YES_NO, CONSENT -> answers.yes(key).isPresent();
            case NUMBER, RATING, SCALE, NPS, CSAT, CES -> answers.number(key).isPresent();
        };
    }

    private void check() {
        try {
            if (isAnswered(question, answers)) {
                checkAnswer();
            }
        } catch (InvalidValueException e) {
            // the answer is of another kind than the question: a text where a number is asked, and so on
            throw RuleViolationException.ofPersonal(RULE, question.key(), e.value(), e.reason());
        }
    }

    private void checkAnswer() {
        String key = question.key();
        switch (question.type()) {
            case SINGLE_CHOICE, DROPDOWN ->
                requireOffered(question.choices(), answers.text(key).orElseThrow());
            case MULTI_CHOICE, RANKING -> checkChoices(answers.choices(key));
            case SHORT_TEXT, LONG_TEXT -> checkText(answers.text(key).orElseThrow());
            case FILE -> requireLength(answers.text(key).orElseThrow(), MAX_REFERENCE_LENGTH);
            case NUMBER -> checkNumber(answers.number(key).orElseThrow());
            case DATE -> checkDate(answers.date(key).orElseThrow());
            case RATING, SCALE, NPS, CSAT, CES ->
                checkScore(answers.number(key).orElseThrow(), question.scale().orElseThrow());
            case MATRIX -> checkMatrix(answers.matrix(key));
            case CONTACT -> checkContact(answers.contact(key));
            case YES_NO, CONSENT -> {
                // either is an answer
            }
        }
    }

    private void checkChoices(List<String> chosen) {
        Set<String> seen = new HashSet<>();
        for (String choice : chosen) {
            requireOffered(question.choices(), choice);
            if (!seen.add(choice)) {
                throw refused(choice, "is chosen twice: " + choice);
            }
        }
        requireWithin(BigDecimal.valueOf(chosen.size()), "choices");
    }

    private void requireOffered(List<Choice> offered, String chosen) {
        if (offered.stream().noneMatch(choice -> choice.key().equals(chosen))) {
            throw refused(
                    chosen, "is none of " + offered.stream().map(Choice::key).toList());
        }
    }

    private void checkText(String text) {
        requireWithin(BigDecimal.valueOf(text.codePointCount(0, text.length())), "characters");
    }

    private void checkNumber(BigDecimal number) {
        requireWithin(number, "");
    }

    private void requireWithin(BigDecimal value, String unit) {
        boolean tooSmall =
                question.min().filter(min -> value.compareTo(min) < 0).isPresent();
        boolean tooLarge =
                question.max().filter(max -> value.compareTo(max) > 0).isPresent();
        if (tooSmall || tooLarge) {
            String range = range(
                    question.min().map(BigDecimal::toPlainString),
                    question.max().map(BigDecimal::toPlainString));
            throw refused(value.toPlainString(), unit.isEmpty() ? range : range + " " + unit);
        }
    }

    private void checkDate(LocalDate date) {
        boolean tooEarly = question.earliest().filter(date::isBefore).isPresent();
        boolean tooLate = question.latest().filter(date::isAfter).isPresent();
        if (tooEarly || tooLate) {
            throw refused(
                    date.toString(),
                    range(
                            question.earliest().map(LocalDate::toString),
                            question.latest().map(LocalDate::toString)));
        }
    }

    /** Of two bounds, of which one at least is there. */
    private static String range(Optional<String> from, Optional<String> to) {
        if (from.isEmpty()) {
            return "must be at most " + to.orElseThrow();
        }
        return to.isEmpty() ? "must be at least " + from.get() : "must be " + from.get() + " to " + to.get();
    }

    private void checkScore(BigDecimal score, ScoreScale scale) {
        // by value: 9.0 is written 9, and 9.5 is between the steps
        boolean whole = score.stripTrailingZeros().scale() <= 0;
        if (!whole
                || score.compareTo(BigDecimal.valueOf(scale.min())) < 0
                || score.compareTo(BigDecimal.valueOf(scale.max())) > 0) {
            throw refused(
                    score.toPlainString(),
                    "must be a whole number from " + scale.min() + " to " + scale.max() + " (" + scale + ")");
        }
    }

    private void checkMatrix(Map<String, String> rows) {
        rows.forEach((row, choice) -> {
            requireOffered(question.rows(), row);
            requireOffered(question.choices(), choice);
        });
    }

    private void checkContact(Map<ContactField, String> details) {
        details.forEach((field, detail) -> {
            if (!question.details().contains(field)) {
                throw refused(field.name(), "is not asked; it asks " + question.details());
            }
            if (!detail.isBlank()) {
                checkDetail(field, detail);
            }
        });
    }

    private void checkDetail(ContactField field, String detail) {
        switch (field) {
            case EMAIL -> {
                EmailAddress unused = EmailAddress.parse(detail);
            }
            case PHONE -> {
                PhoneNumber unused = PhoneNumber.parse(detail);
            }
            case NAME, COMPANY, ADDRESS -> requireLength(detail, MAX_DETAIL_LENGTH);
        }
    }

    private void requireLength(String text, int length) {
        if (text.length() > length) {
            throw refused(text, "is longer than " + length + " characters");
        }
    }

    /** Scores are shown; what else an answer says may be personal. */
    private RuleViolationException refused(String value, String message) {
        return question.type().hasScore()
                ? RuleViolationException.of(RULE, question.key(), value, message)
                : RuleViolationException.ofPersonal(RULE, question.key(), value, message);
    }
}
