package dev.crmcore.context;

import java.util.UUID;

/**
 * Where new ids come from. Implementations are thread-safe and never give an id twice.
 */
@FunctionalInterface
public interface IdSource {

    /**
     * Makes an id.
     *
     * @return a UUID of version 7, greater than those given before by this source
     */
    UUID next();
}
