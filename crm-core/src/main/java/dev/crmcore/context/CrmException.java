package dev.crmcore.context;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything that the library refuses for a reason of the business or of the store.
 *
 * <p>Whatever the kind, the refused call left nothing behind.
 */
public abstract class CrmException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message what was refused, without personal data
     * @param cause what led to it, if anything
     */
    protected CrmException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
