package dev.crmcore.context;

import dev.crmcore.internal.text.Quoted;
import java.io.Serial;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rule of the business said no.
 *
 * <p>{@link #rule()} is a stable key for code, such as {@code purchase.return.exceeds-bought}; the message is for
 * people. The refused value stands in the message unless it is personal.
 */
public final class RuleViolationException extends CrmException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String rule;
    private final @Nullable String field;
    private final @Nullable String value;

    private RuleViolationException(String rule, String message, @Nullable String field, @Nullable String value) {
        super(message, null);
        this.rule = rule;
        this.field = field;
        this.value = value;
    }

    /**
     * A rule about the whole record or about several fields.
     *
     * @param rule the rule's stable key
     * @param message what is wrong, without personal data
     * @return the exception
     */
    public static RuleViolationException of(String rule, String message) {
        Objects.requireNonNull(rule, "rule");
        return new RuleViolationException(rule, rule + ": " + Objects.requireNonNull(message, "message"), null, null);
    }

    /**
     * A rule about one field, with the refused value in the message.
     *
     * @param rule the rule's stable key
     * @param field the field
     * @param value the refused value; not a personal one
     * @param message what is wrong
     * @return the exception
     */
    public static RuleViolationException of(String rule, String field, Object value, String message) {
        Objects.requireNonNull(rule, "rule");
        String text = String.valueOf(value);
        return new RuleViolationException(
                rule,
                rule + ": " + Objects.requireNonNull(field, "field") + " "
                        + (text.isEmpty() ? "" : Quoted.of(text) + " ") + message,
                field,
                text);
    }

    /**
     * A rule about one personal field: the value can be read by code but is not in the message.
     *
     * @param rule the rule's stable key
     * @param field the field
     * @param value the refused value
     * @param message what is wrong, without the value
     * @return the exception
     */
    public static RuleViolationException ofPersonal(String rule, String field, Object value, String message) {
        Objects.requireNonNull(rule, "rule");
        return new RuleViolationException(
                rule,
                rule + ": " + Objects.requireNonNull(field, "field") + " " + message,
                field,
                String.valueOf(value));
    }

    /**
     * Which rule.
     *
     * @return its stable key
     */
    public String rule() {
        return rule;
    }

    /**
     * Which field.
     *
     * @return its name, if the rule is about one field
     */
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /**
     * Which value was refused. It may be personal: do not log it.
     *
     * @return the value as text, if the rule is about one field
     */
    public Optional<String> value() {
        return Optional.ofNullable(value);
    }
}
