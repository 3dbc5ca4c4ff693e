package dev.crmcore.context;

import java.io.Serial;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A unique key is taken. */
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
