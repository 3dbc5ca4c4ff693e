package dev.crmcore.examples;

import java.io.Serial;
import java.util.List;

/** The arguments or the files are not what the quick start takes: nothing was done. */
final class InvalidInputException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    InvalidInputException(String message) {
        super(message);
    }

    InvalidInputException(List<String> messages) {
        super(String.join(System.lineSeparator(), messages));
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
