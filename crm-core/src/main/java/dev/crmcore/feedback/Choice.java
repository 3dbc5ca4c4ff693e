package dev.crmcore.feedback;

import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.JsonObject;
import dev.crmcore.value.StorableText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One of the answers that a question offers, or one row of a matrix: a key that is stored, and words to show.
 *
 * <p>Immutable and thread-safe.
 */
public final class Choice {

    private static final int MAX_KEY_LENGTH = 100;

    private final String key;
    private final String label;
    private final boolean pinned;

    private Choice(String key, String label, boolean pinned) {
        this.key = StorableText.require("key of a choice", key);
        this.label = StorableText.require("label of a choice", label);
        this.pinned = pinned;
        if (key.isBlank() || key.length() > MAX_KEY_LENGTH) {
            throw new InvalidValueException("key of a choice", key, "must be 1 to " + MAX_KEY_LENGTH + " characters");
        }
    }

    /**
     * Makes a choice.
     *
     * @param key what is stored when it is chosen, 1 to 100 characters
     * @param label what is shown
     * @return the choice
     * @throws InvalidValueException if the key is blank or too long, or a text cannot be stored
     */
    public static Choice of(String key, String label) {
        return new Choice(key, label, false);
    }

    /**
     * The same choice, kept in its place where choices are shuffled: "none of these" at the end.
     *
     * @return a copy
     */
    public Choice pinned() {
        return new Choice(key, label, true);
    }

    /**
     * What is stored when it is chosen.
     *
     * @return the key
     */
    public String key() {
        return key;
    }

    /**
     * What is shown.
     *
     * @return the label
     */
    public String label() {
        return label;
    }

    /**
     * Whether it keeps its place where choices are shuffled.
     *
     * @return whether it is pinned
     */
    public boolean isPinned() {
        return pinned;
    }

    JsonObject toJson() {
        return JsonObject.builder()
                .put("key", key)
                .put("label", label)
                .putIfPresent("pinned", pinned ? Boolean.TRUE : null)
                .build();
    }

    static Choice read(JsonObject json) {
        return new Choice(
                json.requireText("key"),
                json.requireText("label"),
                json.bool("pinned").orElse(false));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Choice that
                && key.equals(that.key)
                && label.equals(that.label)
                && pinned == that.pinned;
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, label);
    }

    @Override
    public String toString() {
        return "Choice[" + key + "]";
    }
}
