package dev.crmcore.context;

import java.io.Serial;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A unique key is taken: by another record, or by the record that is delivered again with other content.
 */
public final class DuplicateException extends CrmException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String type;
    private final String key;
    private final @Nullable UUID holder;

    /**
     * Makes an exception.
     *
     * @param type the stored name of the record's type
     * @param key the name of the unique key; {@code id} for the id itself
     * @param holder the record that has the key, if it is known
     * @param cause what the database said, if a database said it
     */
    public DuplicateException(String type, String key, @Nullable UUID holder, @Nullable Throwable cause) {
        super(
                Objects.requireNonNull(type, "type") + ": unique key '" + Objects.requireNonNull(key, "key")
                        + "' is taken" + (holder == null ? "" : " by " + holder),
                cause);
        this.type = type;
        this.key = key;
        this.holder = holder;
    }

    private DuplicateException(String message, String type, String key, UUID holder) {
        super(message, null);
        this.type = type;
        this.key = key;
        this.holder = holder;
    }

    /**
     * What is delivered again under the external id of a record says something else than that record.
     *
     * @param type the stored name of the record's type
     * @param key the name of the unique key of external ids
     * @param holder the record that has the external id
     * @param system the system that the external id is of; the id itself is not in the message
     * @return the exception
     */
    public static DuplicateException ofOtherContent(String type, String key, UUID holder, String system) {
        return new DuplicateException(
                type + ": unique key '" + key + "' is taken by " + holder + ", which is recorded with other content"
                        + " under its external id of the system '" + system + "'",
                Objects.requireNonNull(type, "type"),
                Objects.requireNonNull(key, "key"),
                Objects.requireNonNull(holder, "holder"));
    }

    /**
     * What kind of record.
     *
     * @return the stored name of its type
     */
    public String type() {
        return type;
    }

    /**
     * Which unique key.
     *
     * @return the key's name; {@code id} for the id itself
     */
    public String key() {
        return key;
    }

    /**
     * Which record has it.
     *
     * @return the holder's id, where the store knows it
     */
    public Optional<UUID> holder() {
        return Optional.ofNullable(holder);
    }
}
