package dev.crmcore.internal.json;

import java.io.Serial;

/**
 * Text that is not the JSON asked for. The message says what is wrong and where, and never quotes the text: it may be
 * somebody's personal data.
 */
public final class JsonSyntaxException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    JsonSyntaxException(String reason, int line, int column) {
        super(reason + " at line " + line + ", column " + column);
    }
}
