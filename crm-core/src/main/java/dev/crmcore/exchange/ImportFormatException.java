package dev.crmcore.exchange;

import dev.crmcore.context.CrmException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A file as a whole is not what an import can read: no such columns, a broken quote, a header that names a column twice. */
public final class ImportFormatException extends CrmException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message what is wrong, without values
     */
    public ImportFormatException(String message) {
        this(message, null);
    }

    /**
     * Makes an exception.
     *
     * @param message what is wrong, without values
     * @param cause what led to it, if anything
     */
    public ImportFormatException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
