package dev.crmcore.feedback;

import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.JsonObject;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The answers to the questions of a survey, by the keys of the questions.
 *
 * <pre>{@code
 * Answers answers = Answers.builder()
 *         .score("recommend", 9)
 *         .choices("liked", "service", "price")
 *         .text("why", "quick and friendly")
 *         .build();
 * }</pre>
 *
 * <p>They are checked against the questions when they are handed in. A blank text and an empty list are no answer.
 * Immutable and thread-safe; {@code toString} shows keys only, because answers may be personal data.
 */
public final class Answers {

    private static final Answers NONE = new Answers(JsonObject.empty());

    private final JsonObject json;

    private Answers(JsonObject json) {
        this.json = json;
    }

    /**
     * No answers.
     *
     * @return the empty answers
     */
    public static Answers none() {
        return NONE;
    }

    /**
     * Begins answers.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads answers as a form sends them: an object with one member for each question. Scores and numbers are numbers;
     * choices, texts and files are texts; several choices and rankings are lists of texts; days are texts in ISO 8601;
     * yes and no, and consent, are booleans; a matrix is an object of rows, contact details are an object of {@link
     * ContactField} names.
     *
     * @param text the JSON
     * @return the answers, not checked against any questions yet
     * @throws InvalidValueException if the text is no JSON object that can be stored
     */
    public static Answers parse(String text) {
        return of(JsonObject.parse(text));
    }

    static Answers of(JsonObject json) {
        return json.isEmpty() ? NONE : new Answers(json);
    }

    JsonObject json() {
        return json;
    }

    /**
     * The answers as {@link #parse} reads them.
     *
     * @return the JSON
     */
    public String toJson() {
        return json.toJson();
    }

    /**
     * Which questions have an answer.
     *
     * @return their keys in the order in which the answers were given
     */
    public Set<String> questions() {
        return json.names();
    }

    /**
     * Whether there is no answer at all.
     *
     * @return whether it is empty
     */
    public boolean isEmpty() {
        return json.isEmpty();
    }

    /**
     * The answer to a rating, scale, NPS, CSAT or CES question.
     *
     * @param question the question's key
     * @return the score, empty if there is none
     * @throws InvalidValueException if the answer is no whole number of 32 bits
     */
    public OptionalInt score(String question) {
        OptionalLong score = json.longValue(question);
        if (score.isEmpty()) {
            return OptionalInt.empty();
        }
        if (score.getAsLong() != (int) score.getAsLong()) {
            throw new InvalidValueException(question, Long.toString(score.getAsLong()), "is no score");
        }
        return OptionalInt.of((int) score.getAsLong());
    }

    /**
     * The answer to a question for a number.
     *
     * @param question the question's key
     * @return the number, if there is one
     * @throws InvalidValueException if the answer is no number
     */
    public Optional<BigDecimal> number(String question) {
        return json.decimal(question);
    }

    /**
     * The answer to a question for text, for one choice (its key) or for a file (its reference).
     *
     * @param question the question's key
     * @return the text, if there is one
     * @throws InvalidValueException if the answer is no text
     */
    public Optional<String> text(String question) {
        return json.text(question);
    }

    /**
     * The answer to a question for several choices or a ranking.
     *
     * @param question the question's key
     * @return the keys of the choices, in the order given; empty if there are none
     * @throws InvalidValueException if the answer is no list of texts
     */
    public List<String> choices(String question) {
        return json.texts(question);
    }

    /**
     * The answer to a question for a day.
     *
     * @param question the question's key
     * @return the day, if there is one
     * @throws InvalidValueException if the answer is no day
     */
    public Optional<LocalDate> date(String question) {
        return json.date(question);
    }

    /**
     * The answer to a question for yes or no, or for consent.
     *
     * @param question the question's key
     * @return whether it was yes, if it was answered
     * @throws InvalidValueException if the answer is no boolean
     */
    public Optional<Boolean> yes(String question) {
        return json.bool(question);
    }

    /**
     * The answers to the rows of a matrix.
     *
     * @param question the question's key
     * @return the key of a choice for the key of each row that was answered
     * @throws InvalidValueException if the answer is no object of texts
     */
    public Map<String, String> matrix(String question) {
        JsonObject rows = json.object(question).orElse(JsonObject.empty());
        Map<String, String> result = new LinkedHashMap<>();
        rows.names().forEach(row -> result.put(row, rows.requireText(row)));
        return Map.copyOf(result);
    }

    /**
     * The answer to a question for contact details.
     *
     * @param question the question's key
     * @return the details that were given
     * @throws InvalidValueException if the answer is no object of contact details
     */
    public Map<ContactField, String> contact(String question) {
        Map<ContactField, String> result = new EnumMap<>(ContactField.class);
        matrix(question).forEach((name, value) -> result.put(contactField(question, name), value));
        return Map.copyOf(result);
    }

    private static ContactField contactField(String question, String name) {
        return Arrays.stream(ContactField.values())
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(question, name, "is no contact detail"));
    }

    /** These answers, and those of another in place of the ones to the same questions. */
    Answers with(Answers later) {
        JsonObject.Builder merged = json.toBuilder();
        for (String question : later.json.names()) {
            copy(later.json, question, merged.remove(question));
        }
        return of(merged.build());
    }

    private static void copy(JsonObject from, String name, JsonObject.Builder to) {
        switch (from.kind(name).orElseThrow()) {
            case TEXT -> to.put(name, from.requireText(name));
            case NUMBER -> to.put(name, from.requireDecimal(name));
            case BOOLEAN -> to.put(name, from.requireBool(name));
            case OBJECT -> to.put(name, from.requireObject(name));
            case LIST -> to.putTexts(name, from.texts(name));
        }
    }

    /** Of these answers those to certain questions. */
    Answers only(Collection<String> questions) {
        JsonObject.Builder kept = json.toBuilder();
        json.names().stream().filter(name -> !questions.contains(name)).forEach(kept::remove);
        return of(kept.build());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Answers that && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return "Answers" + questions();
    }

    /** Gathers answers; a second answer to a question replaces the first. Not thread-safe. */
    public static final class Builder {

        private final JsonObject.Builder json = JsonObject.builder();

        private Builder() {}

        /**
         * Answers a rating, scale, NPS, CSAT or CES question.
         *
         * @param question the question's key
         * @param score the score
         * @return this builder
         */
        public Builder score(String question, int score) {
            json.remove(question).put(question, score);
            return this;
        }

        /**
         * Answers a question for a number.
         *
         * @param question the question's key
         * @param number the number
         * @return this builder
         */
        public Builder number(String question, BigDecimal number) {
            json.remove(question).put(question, number);
            return this;
        }

        /**
         * Answers a question for text, for one choice (by its key) or for a file (by its reference).
         *
         * @param question the question's key
         * @param text the text
         * @return this builder
         * @throws InvalidValueException if the text cannot be stored
         */
        public Builder text(String question, String text) {
            json.remove(question).put(question, text);
            return this;
        }

        /**
         * Answers a question for several choices, or for a ranking, the best first.
         *
         * @param question the question's key
         * @param choices the keys of the choices
         * @return this builder
         * @throws InvalidValueException if a text cannot be stored
         */
        public Builder choices(String question, String... choices) {
            json.remove(question).putTexts(question, List.of(choices));
            return this;
        }

        /**
         * Answers a question for a day.
         *
         * @param question the question's key
         * @param date the day
         * @return this builder
         */
        public Builder date(String question, LocalDate date) {
            json.remove(question).put(question, date);
            return this;
        }

        /**
         * Answers a question for yes or no, or for consent.
         *
         * @param question the question's key
         * @param yes whether it is yes
         * @return this builder
         */
        public Builder yes(String question, boolean yes) {
            json.remove(question).put(question, yes);
            return this;
        }

        /**
         * Answers the rows of a matrix.
         *
         * @param question the question's key
         * @param rows the key of a choice for the key of each row
         * @return this builder
         * @throws InvalidValueException if a text cannot be stored
         */
        public Builder matrix(String question, Map<String, String> rows) {
            JsonObject.Builder object = JsonObject.builder();
            rows.forEach(object::put);
            json.remove(question).put(question, object.build());
            return this;
        }

        /**
         * Answers a question for contact details.
         *
         * @param question the question's key
         * @param details the details
         * @return this builder
         * @throws InvalidValueException if a text cannot be stored
         */
        public Builder contact(String question, Map<ContactField, String> details) {
            return matrix(
                    question,
                    details.entrySet().stream()
                            .collect(Collectors.toMap(detail -> detail.getKey().name(), Map.Entry::getValue)));
        }

        /**
         * Makes the answers.
         *
         * @return the answers
         */
        public Answers build() {
            return of(Objects.requireNonNull(json.build()));
        }
    }
}
