package dev.crmcore.jdbc;

import dev.crmcore.store.EntityType;
import dev.crmcore.store.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A record to be written, and its stored form.
 *
 * @param entity the record
 * @param stored its stored form
 * @param <T> the record
 */
record Row<T>(T entity, StoredRecord stored) {

    /** Makes the stored forms of all before anything is written. */
    static <T> List<Row<T>> of(EntityType<T> type, List<T> entities) {
        List<Row<T>> rows = new ArrayList<>(entities.size());
        for (T entity : entities) {
            rows.add(new Row<>(entity, type.toStored(entity)));
        }
        return rows;
    }

    static <T> List<T> entitiesAt(EntityType<T> type, List<Row<T>> rows, long version) {
        List<T> entities = new ArrayList<>(rows.size());
        for (Row<T> row : rows) {
            entities.add(type.withVersion(row.entity, version));
        }
        return List.copyOf(entities);
    }

    UUID id() {
        return stored.id();
    }
}
