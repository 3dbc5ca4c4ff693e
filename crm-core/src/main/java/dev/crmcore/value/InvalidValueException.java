package dev.crmcore.value;

import java.io.Serial;
import java.util.Objects;

/**
 * Text that is not a value of the kind it was said to be: an e-mail address without a domain, a currency that does not
 * exist, JSON that is cut off.
 *
 * <p>The message names the kind and the reason and is safe to log. The refused text itself may be personal data, so it
 * is only in {@link #value()}, for a form or an import report that shows it to whoever typed it.
 */
public final class InvalidValueException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The kind of value or the field, in words. */
    private final String what;

    /** The refused text. */
    private final String value;

    /** Why, in words. */
    private final String reason;

    /**
     * Refuses a value.
     *
     * @param what the kind of value or the field, in words: {@code "e-mail address"}
     * @param value the refused text, as given
     * @param reason why, without quoting the value: {@code "has no domain"}
     */
    public InvalidValueException(String what, String value, String reason) {
        super(what + ": " + reason);
        this.what = Objects.requireNonNull(what, "what");
        this.value = Objects.requireNonNull(value, "value");
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * The kind of value or the field.
     *
     * @return in words, such as {@code "e-mail address"}
     */
    public String what() {
        return what;
    }

    /**
     * The refused text, which may be personal data.
     *
     * @return as given
     */
    public String value() {
        return value;
    }

    /**
     * Why it was refused.
     *
     * @return in words, without the value
     */
    public String reason() {
        return reason;
    }
}
