package dev.crmcore.internal.json;

import java.io.Serial;

/**
 * Text that is not the JSON asked for. The message says what is wrong and where, and never quotes the text: it may be
 * somebody's personal data.
 */
public final class JsonSyntaxException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Where it is wrong is said by a line and a column from 1, and not at all where they are not known. */
    JsonSyntaxException(String reason, int line, int column) {
        super(line < 1 || column < 1 ? reason : reason + " at line " + line + ", column " + column);
    }
}
