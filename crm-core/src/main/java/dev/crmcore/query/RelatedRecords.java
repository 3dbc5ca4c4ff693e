package dev.crmcore.query;

import dev.crmcore.context.EntityId;
import java.util.UUID;

/** Where the evaluation of a condition in memory finds the records of other types that name a record. */
public interface RelatedRecords {

    /**
     * Finds the records that name another.
     *
     * @param <R> the records
     * @param type their type
     * @param by the field in which they name it
     * @param id the id that they name
     * @return the records, in any order
     */
    <R> Iterable<R> naming(RecordType<R> type, Field<R, ? extends EntityId> by, UUID id);
}
