package dev.crmcore.store;

import java.util.Objects;

/**
 * What became of one record of an insert-if-absent.
 *
 * @param entity the record as it is kept: the given one at version 1, or the one that was there
 * @param isNew whether it was inserted now
 * @param <T> the record
 */
public record Inserted<T>(T entity, boolean isNew) {

    /**
     * Checks the record.
     *
     * @param entity the record as it is kept: the given one at version 1, or the one that was there
     * @param isNew whether it was inserted now
     */
    public Inserted {
        Objects.requireNonNull(entity, "entity");
    }
}
