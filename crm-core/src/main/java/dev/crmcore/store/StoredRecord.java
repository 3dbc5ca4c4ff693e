package dev.crmcore.store;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record in the form in which stores exchange it: what {@link EntityType#toStored} makes and {@link
 * EntityType#fromStored} reads.
 *
 * <p>The arrays are shared, not copied, so that bulk paths stay cheap: whoever gets a stored record reads it only.
 *
 * @param id the record's id
 * @param version the record's version
 * @param values the stored values in the order of the type's fields, null where absent
 * @param sets for each set-valued field of the type, in order, the elements; each the stored values in the order of the
 *     element's fields
 * @param body the JSON text of what has no column or side table, null where there is nothing
 * @param schema the schema number of the body
 */
@SuppressWarnings("ArrayRecordComponent") // a row in flight between a type and a store, never compared
public record StoredRecord(
        UUID id,
        long version,
        @Nullable Object[] values,
        List<List<@Nullable Object[]>> sets,
        @Nullable String body,
        int schema) {}
