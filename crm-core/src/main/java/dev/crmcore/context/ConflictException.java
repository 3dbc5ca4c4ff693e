package dev.crmcore.context;

import java.io.Serial;
import java.util.Objects;
import java.util.UUID;

/** Somebody else changed or deleted the record since it was read: read again and retry. */
public final class ConflictException extends CrmException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String type;
    private final UUID id;
    private final long expectedVersion;

    /**
     * Makes an exception.
     *
     * @param type the stored name of the record's type
     * @param id the record
     * @param expectedVersion the version that the writer had read
     */
    public ConflictException(String type, UUID id, long expectedVersion) {
        super(
                Objects.requireNonNull(type, "type") + " " + Objects.requireNonNull(id, "id")
                        + " is no longer at version " + expectedVersion,
                null);
        this.type = type;
        this.id = id;
        this.expectedVersion = expectedVersion;
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
     * Which record.
     *
     * @return its id
     */
    public UUID id() {
        return id;
    }

    /**
     * The version that the writer had read.
     *
     * @return the stale version
     */
    public long expectedVersion() {
        return expectedVersion;
    }
}
