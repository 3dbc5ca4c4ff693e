package dev.crmcore.store.memory;

import dev.crmcore.query.Field;
import dev.crmcore.query.SetField;
import dev.crmcore.store.Assignment;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies assignments to a record's stored form, one after the other. */
final class Changes<T> {

    private final EntityType<T> type;
    private final List<Assignment<T>> assignments;

    Changes(EntityType<T> type, List<Assignment<T>> assignments) {
        this.type = type;
        this.assignments = List.copyOf(assignments);
        if (assignments.isEmpty()) {
            throw new IllegalArgumentException("an update of " + type + " assigns nothing");
        }
        this.assignments.forEach(this::check);
        this.assignments.forEach(type::requireStorable);
    }

    private void check(Assignment<T> assignment) {
        if (assignment instanceof Assignment.SetValue<T> value) {
            int unused = type.position(value.field()); // refuses a field of another type, and the id
        } else if (assignment instanceof Assignment.ReplaceInSet<T, ?> replace) {
            QueryCheck.checkSet(type, replace.set());
        } else if (assignment instanceof Assignment.ClearSet<T> clear) {
            QueryCheck.checkSet(type, clear.set());
        }
    }

    /** The next version of a record; a lease on it stays. */
    Entry<T> appliedTo(Entry<T> entry) {
        StoredRecord stored = type.toStored(entry.entity);
        @Nullable Object[] values = entry.values.clone();
        List<List<@Nullable Object[]>> sets = new ArrayList<>(stored.sets());
        String body = stored.body();
        for (Assignment<T> assignment : assignments) {
            if (assignment instanceof Assignment.SetValue<T> value) {
                values[type.position(value.field())] = value.value();
            } else if (assignment instanceof Assignment.ReplaceInSet<T, ?> replace) {
                replace(sets.get(type.sets().indexOf(replace.set())), replace);
            } else if (assignment instanceof Assignment.ClearSet<T> clear) {
                sets.set(type.sets().indexOf(clear.set()), List.of());
            } else {
                body = null;
            }
        }
        StoredRecord next = new StoredRecord(entry.id, entry.version + 1, values, sets, body, stored.schema());
        return Entry.of(type, next, entry.hold);
    }

    private static <T, E> void replace(List<@Nullable Object[]> rows, Assignment.ReplaceInSet<T, E> replace) {
        SetField<T, E> set = replace.set();
        Field<E, ?> field = replace.field();
        int column = set.element().fields().indexOf(field);
        for (@Nullable Object[] row : rows) {
            if (replace.from().equals(row[column])) {
                row[column] = replace.to();
            }
        }
    }
}
