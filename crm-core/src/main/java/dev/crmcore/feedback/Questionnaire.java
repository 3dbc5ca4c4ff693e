package dev.crmcore.feedback;

import dev.crmcore.context.EntityId;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The questions of one edition of a survey, in order.
 *
 * <p>A respondent goes from question to question; after each, the first of its skip rules whose condition holds leads to
 * a later question or to the end. What is not passed is not asked: it need not be answered, and an answer to it is not
 * kept. The <b>score</b> of a response is the answer to the first question with a scale, its <b>comment</b> that to the
 * first question for text.
 *
 * <p>Immutable and thread-safe.
 */
public final class Questionnaire {

    private static final int MAX_QUESTIONS = 500;

    private final List<Question> questions;
    private final boolean shuffled;

    private Questionnaire(List<Question> questions, boolean shuffled) {
        this.questions = List.copyOf(questions);
        this.shuffled = shuffled;
        if (questions.isEmpty() || questions.size() > MAX_QUESTIONS) {
            throw new InvalidValueException(
                    "questions", Integer.toString(questions.size()), "must be 1 to " + MAX_QUESTIONS);
        }
        Set<String> passed = new HashSet<>();
        for (Question question : this.questions) {
            if (!passed.add(question.key())) {
                throw new InvalidValueException("question " + question.key(), question.key(), "comes twice");
            }
            checkSkips(question, passed);
        }
    }

    private void checkSkips(Question question, Set<String> passed) {
        if (shuffled && !question.skips().isEmpty()) {
            throw new InvalidValueException(
                    "question " + question.key(), "", "has a skip rule, so the order of questions cannot be shuffled");
        }
        for (Question.Skip skip : question.skips()) {
            if (skip.to() != null && (passed.contains(skip.to()) || indexOf(skip.to()) < 0)) {
                throw new InvalidValueException("question " + question.key(), skip.to(), "skips to no later question");
            }
        }
    }

    private int indexOf(String key) {
        for (int i = 0; i < questions.size(); i++) {
            if (questions.get(i).key().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Puts questions together.
     *
     * @param questions the questions in order, 1 to 500
     * @return the questionnaire
     * @throws IllegalArgumentException if a key comes twice, a rule skips to no later question, or a condition names a
     *     question that is not asked before it, or asks of it what its kind does not have
     */
    public static Questionnaire of(Question... questions) {
        return of(List.of(questions));
    }

    /**
     * Puts questions together.
     *
     * @param questions the questions in order, 1 to 500
     * @return the questionnaire
     * @throws IllegalArgumentException if a key comes twice, a rule skips to no later question, or a condition names a
     *     question that is not asked before it, or asks of it what its kind does not have
     */
    public static Questionnaire of(Collection<Question> questions) {
        return new Questionnaire(
                rebuilt(questions.stream().map(Question::toJson).toList()), false);
    }

    /** Each question read from its JSON, so that its conditions are checked against the questions before it. */
    private static List<Question> rebuilt(List<JsonObject> all) {
        List<Question> result = new ArrayList<>(all.size());
        for (JsonObject json : all) {
            result.add(Question.read(json, List.copyOf(result)));
        }
        return result;
    }

    /**
     * The same questions, in an order that differs between respondents.
     *
     * @return a copy
     * @throws InvalidValueException if a question has a skip rule
     */
    public Questionnaire shuffled() {
        return new Questionnaire(questions, true);
    }

    /**
     * The questions in order.
     *
     * @return at least one
     */
    public List<Question> questions() {
        return questions;
    }

    /**
     * Whether the questions come in an order that differs between respondents.
     *
     * @return whether they are shuffled
     */
    public boolean isShuffled() {
        return shuffled;
    }

    /**
     * A question by its key.
     *
     * @param key the key
     * @return the question, if there is one
     */
    public Optional<Question> question(String key) {
        int index = indexOf(key);
        return index < 0 ? Optional.empty() : Optional.of(questions.get(index));
    }

    /**
     * The questions as one respondent sees them: what is shuffled is in that respondent's order, the same each time.
     *
     * @param respondent who is asked: the id of the customer or of the invitation
     * @return the questions
     */
    public List<Question> presentedTo(EntityId respondent) {
        List<Question> presented = questions.stream()
                .map(question -> question.shuffledBy(Shuffle.seed(respondent.value(), question.key())))
                .toList();
        return shuffled
                ? Shuffle.of(presented, question -> false, Shuffle.seed(respondent.value(), "questions"))
                : presented;
    }

    /**
     * The question that gives the score of a response.
     *
     * @return the first with a scale, if there is one
     */
    public Optional<Question> scoreQuestion() {
        return questions.stream().filter(question -> question.type().hasScore()).findFirst();
    }

    /**
     * The question that gives the comment of a response.
     *
     * @return the first for text, if there is one
     */
    public Optional<Question> commentQuestion() {
        return questions.stream().filter(question -> question.type().isText()).findFirst();
    }

    /**
     * Checks answers that are complete.
     *
     * @param answers the answers
     * @return those to the questions that were asked; blank ones are not kept
     * @throws RuleViolationException {@code feedback.answer} if one is not what its question takes or answers no
     *     question, {@code feedback.answer.required} if one is missing; the field is the question's key
     */
    public Answers complete(Answers answers) {
        Answers given = started(answers);
        given = given.only(given.questions().stream()
                .filter(key -> AnswerCheck.isAnswered(given(key), answers))
                .toList());
        Set<String> asked = new LinkedHashSet<>();
        for (int next = 0; next < questions.size(); ) {
            Question question = questions.get(next);
            asked.add(question.key());
            AnswerCheck.requireComplete(question, given);
            next = after(next, question, given, asked);
        }
        return given.only(asked);
    }

    private Question given(String key) {
        return question(key).orElseThrow();
    }

    private int after(int index, Question question, Answers given, Set<String> asked) {
        for (Question.Skip skip : question.skips()) {
            if (AnswerType.holds(skip.when(), given.only(asked))) {
                return skip.to() == null ? questions.size() : indexOf(skip.to());
            }
        }
        return index + 1;
    }

    /**
     * Checks answers that are not complete yet.
     *
     * @param answers the answers
     * @return the same answers
     * @throws RuleViolationException {@code feedback.answer} if one is not what its question takes or answers no
     *     question; the field is the question's key
     */
    public Answers started(Answers answers) {
        for (String key : answers.questions()) {
            Question question = question(key)
                    .orElseThrow(() -> RuleViolationException.of("feedback.answer", key, "", "is no question"));
            AnswerCheck.requireFitting(question, answers);
        }
        return answers;
    }

    JsonObject toJson() {
        return JsonObject.builder()
                .putObjects(
                        "questions", questions.stream().map(Question::toJson).toList())
                .putIfPresent("shuffled", shuffled ? Boolean.TRUE : null)
                .build();
    }

    static Questionnaire read(JsonObject json) {
        return new Questionnaire(
                rebuilt(json.objects("questions")), json.bool("shuffled").orElse(false));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Questionnaire that && questions.equals(that.questions) && shuffled == that.shuffled;
    }

    @Override
    public int hashCode() {
        return Objects.hash(questions, shuffled);
    }

    @Override
    public String toString() {
        return "Questionnaire" + questions.stream().map(Question::key).toList();
    }
}
