package dev.crmcore.context;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The store could not do its work: a lost connection, a full disk, a deadlock, a time-out. */
public final class StoreException extends CrmException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean isTransient;

    /**
     * Makes an exception.
     *
     * @param message what could not be done, without personal data
     * @param isTransient whether the same transaction, run again, may succeed
     * @param cause what the database said, if a database said it
     */
    public StoreException(String message, boolean isTransient, @Nullable Throwable cause) {
        super(message, cause);
        this.isTransient = isTransient;
    }

    /**
     * Whether the same transaction, run again, may succeed: true for deadlocks, time-outs, serialization failures and
     * lost connections.
     *
     * @return whether a retry makes sense
     */
    public boolean isTransient() {
        return isTransient;
    }
}
