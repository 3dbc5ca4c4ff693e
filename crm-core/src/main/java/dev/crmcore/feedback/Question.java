package dev.crmcore.feedback;

import dev.crmcore.query.Condition;
import dev.crmcore.query.ElementType;
import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.JsonObject;
import dev.crmcore.value.StorableText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A question of a survey: what it asks, which answers it takes, and where the survey goes on after it.
 *
 * <pre>{@code
 * Question.nps("recommend", "How likely are you to recommend us?").required()
 *         .endIf(Answered.score("recommend").atLeast(9));
 * Question.multiChoice("missed", "What did you miss?", Choice.of("price", "A lower price"), Choice.of("speed", "Speed"))
 *         .between(1, 2).shuffled();
 * }</pre>
 *
 * <p>What {@link #between(BigDecimal, BigDecimal) between} bounds depends on the question: the number of a {@code NUMBER},
 * the characters (code points) of a text, how many choices are chosen or ranked. Immutable and thread-safe.
 */
public final class Question {

    /** Characters of a short text unless bounded otherwise: {@value}. */
    public static final int SHORT_TEXT_LENGTH = 200;

    /** Characters of a long text unless bounded otherwise: {@value}. */
    public static final int LONG_TEXT_LENGTH = 10_000;

    private static final int MAX_CHOICES = 1_000;

    private final QuestionType type;
    private final String key;
    private final String text;
    private final List<Choice> choices;
    private final List<Choice> rows;
    private final List<String> labels;
    private final List<ContactField> details;
    private final @Nullable ScoreScale scale;
    private final boolean required;
    private final boolean shuffled;
    private final @Nullable BigDecimal min;
    private final @Nullable BigDecimal max;
    private final @Nullable LocalDate earliest;
    private final @Nullable LocalDate latest;
    private final List<Skip> skips;

    /** Where to go on, if a condition holds: to a later question, or to the end where there is none. */
    record Skip(Condition<Answers> when, @Nullable String to) {}

    private Question(Parts parts) {
        this.type = parts.type;
        this.key = ElementType.requireStoredName("question key", parts.key);
        this.text = StorableText.require("text of question " + key, parts.text);
        this.choices = List.copyOf(parts.choices);
        this.rows = List.copyOf(parts.rows);
        this.labels = List.copyOf(parts.labels);
        this.details = List.copyOf(parts.details);
        this.scale = parts.scale;
        this.required = parts.required;
        this.shuffled = parts.shuffled;
        this.min = parts.min;
        this.max = parts.max;
        this.earliest = parts.earliest;
        this.latest = parts.latest;
        this.skips = List.copyOf(parts.skips);
        checkParts();
    }

    private void checkParts() {
        if (type.hasChoices()) {
            requireDistinct("choices", choices);
        }
        if (type == QuestionType.MATRIX) {
            requireDistinct("rows", rows);
        }
        if (type.hasScore() && scale == null) {
            throw refused("", "has no scale");
        }
        if (type == QuestionType.CONTACT
                && (details.isEmpty() || Set.copyOf(details).size() < details.size())) {
            throw refused(details.toString(), "asks for different contact details, at least one");
        }
        if (min != null && max != null && min.compareTo(max) > 0) {
            throw refused(min + " to " + max, "has a lower bound above the upper one");
        }
        if (earliest != null && latest != null && earliest.isAfter(latest)) {
            throw refused(earliest + " to " + latest, "has a first day after the last one");
        }
    }

    private void requireDistinct(String what, List<Choice> list) {
        long distinct = list.stream().map(Choice::key).distinct().count();
        if (list.isEmpty() || list.size() > MAX_CHOICES || distinct < list.size()) {
            throw refused(list.toString(), "has 1 to " + MAX_CHOICES + " " + what + " of different keys");
        }
    }

    private InvalidValueException refused(String value, String reason) {
        return new InvalidValueException("question " + key, value, reason);
    }

    /**
     * One of several choices, all in view.
     *
     * @param key the stored key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param text what is asked
     * @param choices the choices, at least one
     * @return the question
     * @throws IllegalArgumentException if the key is no stored name or the choices' keys are not different
     */
    public static Question singleChoice(String key, String text, Choice... choices) {
        return ofChoices(QuestionType.SINGLE_CHOICE, key, text, choices);
    }

    /**
     * Any number of several choices.
     *
     * @param key the stored key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param text what is asked
     * @param choices the choices, at least one
     * @return the question
     * @throws IllegalArgumentException if the key is no stored name or the choices' keys are not different
     */
    public static Question multiChoice(String key, String text, Choice... choices) {
        return ofChoices(QuestionType.MULTI_CHOICE, key, text, choices);
    }

    /**
     * One of many choices, from a list that opens.
     *
     * @param key the stored key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param text what is asked
     * @param choices the choices, at least one
     * @return the question
     * @throws IllegalArgumentException if the key is no stored name or the choices' keys are not different
     */
    public static Question dropdown(String key, String text, Choice... choices) {
        return ofChoices(QuestionType.DROPDOWN, key, text, choices);
    }

    /**
     * Choices to be brought into an order, the best first; all of them, unless bounded.
     *
     * @param key the stored key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param text what is asked
     * @param choices the choices, at least one
     * @return the question
     * @throws IllegalArgumentException if the key is no stored name or the choices' keys are not different
     */
    public static Question ranking(String key, String text, Choice... choices) {
        Question question = ofChoices(QuestionType.RANKING, key, text, choices);
        return question.between(choices.length, choices.length);
    }

    private static Question ofChoices(QuestionType type, String key, String text, Choice... choices) {
        Parts parts = new Parts(type, key, text);
        parts.choices = List.of(choices);
        return new Question(parts);
    }

    /**
     * Several rows, each answered with one of the same choices.
     *
     * @param key the stored key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param text what is asked
     * @param rows the rows, at least one
     * @param choices the choices, at least one
     * @return the question; required, it wants every row answered
     * @throws IllegalArgumentException if the key is no stored name, or keys of rows or of choices are not different
     */
    public static Question matrix(String key, String text, List<Choice> rows, List<Choice> choices) {
        Parts parts = new Parts(QuestionType.MATRIX, key, text);
        parts.rows = rows;
        parts.choices = choices;
        return new Question(parts);
    }

    /**
     * A line of text.
     *
     * @param key the stored key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param text what is asked
     * @return the question; an answer has at most {@value #SHORT_TEXT_LENGTH} characters unless bounded
     * @throws IllegalArgumentException if the key is no stored name
     */
    public static Question shortText(String key, String text) {
        return new Question(new Parts(QuestionType.SHORT_TEXT, key, text));
    }

    /**
     * Text of several lines.
     *
     * @param key the stored key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param text what is asked
     * @return the question; an answer has at most {@value #LONG_TEXT_LENGTH} characters unless bounded
     * @throws IllegalArgumentException if the key is no stored name
     */
    public static Question longText(String key, String text) {
        return new Question(new Parts(QuestionType.LONG_TEXT, key, text));
    }

    /**
     * A number.
     *
     * @param key the stored key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param text what is asked
     * @return the question
     * @throws IllegalArgumentException if the key is no stored name
     */
    public static Question number(String key, String text) {
        return new Question(new Parts(QuestionType.NUMBER, key, text));
    }

    /**
     * A calendar day.
     *
     * @param key the stored key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param text what is asked
     * @return the question
     * @throws IllegalArgumentException if the key is no stored name
     */
    public static Question date(String key, String text) {
        return new Question(new Parts(QuestionType.DATE, key, text));
    }

    /**
     * One to n stars.
     *
     * @param key the stored key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param text what is asked
     * @param stars how many stars there are, 2 to 100
     * @return the question
     * @throws IllegalArgumentException if the key is no stored name or the number of stars is out of range
     */
    public static Question rating(String key, String text, int stars) {
        return scored(QuestionType.RATING, key, text, ScoreScale.stars(stars));
    }

    /**
     * Steps of agreement, each with its words; the answer is the number of the step, from 1.
     *
     * @param key the stored key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param text what is asked
     * @param labels the words of the steps, from the least agreement to the most, at least 2
     * @return the question
     * @throws IllegalArgumentException if the key is no stored name or there are fewer than 2 steps
     */
    public static Question scale(String key, String text, String... labels) {
        Parts parts = new Parts(QuestionType.SCALE, key, text);
        parts.scale = ScoreScale.likert(labels.length);
        parts.labels = List.of(labels);
        return new Question(parts);
    }

    /**
     * Net Promoter: likelihood to recommend, 0 to 10.
     *
     * @param key the stored key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param text what is asked
     * @return the question
     * @throws IllegalArgumentException if the key is no stored name
     */
    public static Question nps(String key, String text) {
        return scored(QuestionType.NPS, key, text, ScoreScale.NPS);
    }

    /**
     * Customer satisfaction, 1 to 5.
     *
     * @param key the stored key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param text what is asked
     * @return the question
     * @throws IllegalArgumentException if the key is no stored name
     */
    public static Question csat(String key, String text) {
        return scored(QuestionType.CSAT, key, text, ScoreScale.CSAT_5);
    }

    /**
     * Customer effort 2.0: agreement that it was made easy, 1 to 7.
     *
     * @param key the stored key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param text what is asked
     * @return the question
     * @throws IllegalArgumentException if the key is no stored name
     */
    public static Question ces(String key, String text) {
        return ces(key, text, ScoreScale.CES_2_0_7);
    }

    /**
     * Customer effort of either version.
     *
     * @param key the stored key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param text what is asked
     * @param scale one of {@link ScoreScale#CES_2_0_7}, {@link ScoreScale#CES_1_0_5}, {@link ScoreScale#CES_1_0_7}
     * @return the question
     * @throws IllegalArgumentException if the key is no stored name or the scale is not one of effort
     */
    public static Question ces(String key, String text, ScoreScale scale) {
        if (!scale.name().startsWith("CES_")) {
            throw new InvalidValueException("question " + key, scale.name(), scale + " is no scale of effort");
        }
        return scored(QuestionType.CES, key, text, scale);
    }

    private static Question scored(QuestionType type, String key, String text, ScoreScale scale) {
        Parts parts = new Parts(type, key, text);
        parts.scale = scale;
        return new Question(parts);
    }

    /**
     * Yes or no.
     *
     * @param key the stored key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param text what is asked
     * @return the question
     * @throws IllegalArgumentException if the key is no stored name
     */
    public static Question yesNo(String key, String text) {
        return new Question(new Parts(QuestionType.YES_NO, key, text));
    }

    /**
     * A file; the answer is a reference to where the host keeps it.
     *
     * @param key the stored key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param text what is asked
     * @return the question
     * @throws IllegalArgumentException if the key is no stored name
     */
    public static Question file(String key, String text) {
        return new Question(new Parts(QuestionType.FILE, key, text));
    }

    /**
     * Contact details.
     *
     * @param key the stored key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param text what is asked
     * @param details which details, at least one
     * @return the question; required, it wants all of them
     * @throws IllegalArgumentException if the key is no stored name, or the details are none or not different
     */
    public static Question contact(String key, String text, ContactField... details) {
        Parts parts = new Parts(QuestionType.CONTACT, key, text);
        parts.details = List.of(details);
        return new Question(parts);
    }

    /**
     * Agreement to the words of the question. Required, it wants an answer, which may be no: consent that cannot be
     * refused is none.
     *
     * @param key the stored key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param wording what is agreed to
     * @return the question
     * @throws IllegalArgumentException if the key is no stored name
     */
    public static Question consent(String key, String wording) {
        return new Question(new Parts(QuestionType.CONSENT, key, wording));
    }

    /**
     * The same question, which must be answered if it is asked.
     *
     * @return a copy
     */
    public Question required() {
        Parts parts = parts();
        parts.required = true;
        return new Question(parts);
    }

    /**
     * The same question, its choices (of a matrix, its rows) in an order that differs between respondents.
     *
     * @return a copy
     * @throws InvalidValueException if it has no choices
     */
    public Question shuffled() {
        if (!type.hasChoices()) {
            throw refused(type.name(), "has no choices to shuffle");
        }
        Parts parts = parts();
        parts.shuffled = true;
        return new Question(parts);
    }

    /**
     * The same question, with bounds: of the number, of the number of characters, or of how many are chosen.
     *
     * @param atLeast the lower bound, within
     * @param atMost the upper bound, within
     * @return a copy
     * @throws InvalidValueException if the question has nothing to bound, or the lower bound is above the upper one
     */
    public Question between(long atLeast, long atMost) {
        return between(BigDecimal.valueOf(atLeast), BigDecimal.valueOf(atMost));
    }

    /**
     * The same question, with bounds: of the number, of the number of characters, or of how many are chosen.
     *
     * @param atLeast the lower bound, within; null for none
     * @param atMost the upper bound, within; null for none
     * @return a copy
     * @throws InvalidValueException if the question has nothing to bound, or the lower bound is above the upper one
     */
    public Question between(@Nullable BigDecimal atLeast, @Nullable BigDecimal atMost) {
        if (type != QuestionType.NUMBER && !type.isText() && !type.isSeveralOfChoices()) {
            throw refused(type.name(), "has nothing to bound");
        }
        Parts parts = parts();
        parts.min = atLeast;
        parts.max = atMost;
        return new Question(parts);
    }

    /**
     * The same question, for days of a range.
     *
     * @param first the first day, within; null for none
     * @param last the last day, within; null for none
     * @return a copy
     * @throws InvalidValueException if the question asks for no day, or the first is after the last
     */
    public Question between(@Nullable LocalDate first, @Nullable LocalDate last) {
        if (type != QuestionType.DATE) {
            throw refused(type.name(), "asks for no day");
        }
        Parts parts = parts();
        parts.earliest = first;
        parts.latest = last;
        return new Question(parts);
    }

    /**
     * The same question, after which the survey goes on with a later one if a condition holds. Of several rules the
     * first whose condition holds decides.
     *
     * @param when a condition over this answer and earlier ones, made from {@link Answered}
     * @param question the key of the later question
     * @return a copy
     */
    public Question skipTo(Condition<Answers> when, String question) {
        return with(new Skip(when, Objects.requireNonNull(question, "question")));
    }

    /**
     * The same question, after which the survey ends if a condition holds.
     *
     * @param when a condition over this answer and earlier ones, made from {@link Answered}
     * @return a copy
     */
    public Question endIf(Condition<Answers> when) {
        return with(new Skip(when, null));
    }

    private Question with(Skip skip) {
        Parts parts = parts();
        parts.skips = new ArrayList<>(skips);
        parts.skips.add(skip);
        return new Question(parts);
    }

    /** The same question for one respondent. */
    Question shuffledBy(long seed) {
        if (!shuffled) {
            return this;
        }
        Parts parts = parts();
        if (type == QuestionType.MATRIX) {
            parts.rows = Shuffle.of(rows, Choice::isPinned, seed);
        } else {
            parts.choices = Shuffle.of(choices, Choice::isPinned, seed);
        }
        return new Question(parts);
    }

    /**
     * The kind.
     *
     * @return the type
     */
    public QuestionType type() {
        return type;
    }

    /**
     * The key, by which answers and conditions name the question.
     *
     * @return the key
     */
    public String key() {
        return key;
    }

    /**
     * What is asked; of a consent, what is agreed to.
     *
     * @return the words
     */
    public String text() {
        return text;
    }

    /**
     * The choices in order.
     *
     * @return the choices, none where the kind has none
     */
    public List<Choice> choices() {
        return choices;
    }

    /**
     * The rows of a matrix in order.
     *
     * @return the rows, none where it is no matrix
     */
    public List<Choice> rows() {
        return rows;
    }

    /**
     * The words of the steps of a scale.
     *
     * @return the words, none where it is no scale
     */
    public List<String> labels() {
        return labels;
    }

    /**
     * The contact details that are asked for.
     *
     * @return the details, none where it asks for none
     */
    public List<ContactField> details() {
        return details;
    }

    /**
     * The scale of the score.
     *
     * @return the scale, empty where the answer is no score
     */
    public Optional<ScoreScale> scale() {
        return Optional.ofNullable(scale);
    }

    /**
     * Whether it must be answered if it is asked.
     *
     * @return whether it is required
     */
    public boolean isRequired() {
        return required;
    }

    /**
     * Whether its choices or rows come in an order that differs between respondents.
     *
     * @return whether it is shuffled
     */
    public boolean isShuffled() {
        return shuffled;
    }

    /**
     * The lower bound of the number, of the number of characters, or of how many are chosen.
     *
     * @return the bound, if there is one
     */
    public Optional<BigDecimal> min() {
        return Optional.ofNullable(min);
    }

    /**
     * The upper bound of the number, of the number of characters, or of how many are chosen.
     *
     * @return the bound, if there is one
     */
    public Optional<BigDecimal> max() {
        return max == null ? defaultMax() : Optional.of(max);
    }

    private Optional<BigDecimal> defaultMax() {
        return switch (type) {
            case SHORT_TEXT -> Optional.of(BigDecimal.valueOf(SHORT_TEXT_LENGTH));
            case LONG_TEXT -> Optional.of(BigDecimal.valueOf(LONG_TEXT_LENGTH));
            default -> Optional.empty();
        };
    }

    /**
     * The first day that is an answer.
     *
     * @return the day, if there is a bound
     */
    public Optional<LocalDate> earliest() {
        return Optional.ofNullable(earliest);
    }

    /**
     * The last day that is an answer.
     *
     * @return the day, if there is a bound
     */
    public Optional<LocalDate> latest() {
        return Optional.ofNullable(latest);
    }

    List<Skip> skips() {
        return skips;
    }

    JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder()
                .put("key", key)
                .put("type", type.name())
                .put("text", text)
                .putIfPresent("scale", scale == null ? null : scale.name())
                .putIfPresent("required", required ? Boolean.TRUE : null)
                .putIfPresent("shuffled", shuffled ? Boolean.TRUE : null)
                .putIfPresent("min", min)
                .putIfPresent("max", max)
                .putIfPresent("earliest", earliest)
                .putIfPresent("latest", latest);
        if (!choices.isEmpty()) {
            json.putObjects("choices", choices.stream().map(Choice::toJson).toList());
        }
        if (!rows.isEmpty()) {
            json.putObjects("rows", rows.stream().map(Choice::toJson).toList());
        }
        if (!labels.isEmpty()) {
            json.putTexts("labels", labels);
        }
        if (!details.isEmpty()) {
            json.putTexts("details", details.stream().map(Enum::name).toList());
        }
        if (!skips.isEmpty()) {
            json.putObjects("skips", skips.stream().map(Question::write).toList());
        }
        return json.build();
    }

    private static JsonObject write(Skip skip) {
        return JsonObject.builder()
                .put("when", JsonObject.parse(skip.when.toJson()))
                .putIfPresent("to", skip.to)
                .build();
    }

    /** Reads a question; its conditions may name only those before it. */
    static Question read(JsonObject json, List<Question> before) {
        Parts parts = new Parts(
                QuestionType.valueOf(json.requireText("type")), json.requireText("key"), json.requireText("text"));
        parts.scale = json.text("scale").map(ScoreScale::parse).orElse(null);
        parts.required = json.bool("required").orElse(false);
        parts.shuffled = json.bool("shuffled").orElse(false);
        parts.min = json.decimal("min").orElse(null);
        parts.max = json.decimal("max").orElse(null);
        parts.earliest = json.date("earliest").orElse(null);
        parts.latest = json.date("latest").orElse(null);
        parts.choices = json.objects("choices").stream().map(Choice::read).toList();
        parts.rows = json.objects("rows").stream().map(Choice::read).toList();
        parts.labels = json.texts("labels");
        parts.details =
                json.texts("details").stream().map(ContactField::valueOf).toList();
        AnswerType known = AnswerType.of(before, new Question(parts));
        parts.skips = json.objects("skips").stream()
                .map(skip -> new Skip(
                        known.parse(skip.requireObject("when").toJson()),
                        skip.text("to").orElse(null)))
                .collect(Collectors.toCollection(ArrayList::new));
        return new Question(parts);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Question that && toJson().equals(that.toJson());
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, key, text);
    }

    @Override
    public String toString() {
        return "Question[" + key + ", " + type + "]";
    }

    private Parts parts() {
        Parts parts = new Parts(type, key, text);
        parts.choices = choices;
        parts.rows = rows;
        parts.labels = labels;
        parts.details = details;
        parts.scale = scale;
        parts.required = required;
        parts.shuffled = shuffled;
        parts.min = min;
        parts.max = max;
        parts.earliest = earliest;
        parts.latest = latest;
        parts.skips = skips;
        return parts;
    }

    /** What a question is made of, while it is made. */
    private static final class Parts {
        private final QuestionType type;
        private final String key;
        private final String text;
        private List<Choice> choices = List.of();
        private List<Choice> rows = List.of();
        private List<String> labels = List.of();
        private List<ContactField> details = List.of();
        private @Nullable ScoreScale scale;
        private boolean required;
        private boolean shuffled;
        private @Nullable BigDecimal min;
        private @Nullable BigDecimal max;
        private @Nullable LocalDate earliest;
        private @Nullable LocalDate latest;
        private List<Skip> skips = List.of();

        Parts(QuestionType type, String key, String text) {
            this.type = type;
            this.key = key;
            this.text = text;
        }
    }
}
