package dev.crmcore.store.memory;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Field;
import dev.crmcore.query.SetField;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.Reference;
import dev.crmcore.store.UniqueKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which indexes a type gets: one by id, one for each field and each list of fields declared as indexed, one for each
 * reference, and one by subject and instant for what stands on a timeline; for indexed fields and references in
 * elements one each; and its unique keys.
 */
final class Indexes<T> {

    /** The sorted index without columns: by id alone. */
    static final int BY_ID = 0;

    private final EntityType<T> type;
    private final List<SortedIndex.Columns<T>> sorted = new ArrayList<>();
    private final List<ElementIndex.Source<T, ?>> elements = new ArrayList<>();

    Indexes(EntityType<T> type) {
        this.type = type;
        addSorted(List.of());
        for (Field<T, ?> field : type.fields()) {
            if (field.isIndexed()) {
                addSorted(List.of(field));
            }
        }
        type.indexes().forEach(this::addSorted);
        addTimeline();
        type.references().forEach(this::addReference);
        type.sets().forEach(this::addElements);
    }

    private void addSorted(List<Field<T, ?>> fields) {
        if (sorted.stream().noneMatch(columns -> columns.fields().equals(fields))) {
            int[] positions = fields.stream().mapToInt(type::position).toArray();
            sorted.add(new SortedIndex.Columns<>(fields, positions));
        }
    }

    private void addTimeline() {
        Optional<Field<T, Instant>> at = type.timelineAt();
        Field<T, ? extends EntityId> subject =
                type.subject().map(Reference::field).orElse(null);
        if (at.isPresent() && subject != null) {
            addSorted(List.of(subject, at.get()));
        }
    }

    private void addReference(Reference<T> reference) {
        Field<T, ? extends EntityId> field = reference.field();
        if (field != null) {
            if (beginningWith(field) < 0) {
                addSorted(List.of(field));
            }
        } else if (reference.names(new UUID(0, 0)) instanceof Condition.Any<T, ?> any) {
            addNamed(any);
        }
    }

    private <E> void addNamed(Condition.Any<T, E> any) {
        if (any.condition() instanceof Condition.Compare<E> named) {
            addElements(any.set(), named.field());
        }
    }

    private <E> void addElements(SetField<T, E> set) {
        for (Field<E, ?> field : set.element().fields()) {
            if (field.isIndexed()) {
                addElements(set, field);
            }
        }
    }

    private <E> void addElements(SetField<T, E> set, Field<E, ?> field) {
        if (elementsOf(field) < 0) {
            elements.add(new ElementIndex.Source<>(set, field));
        }
    }

    EntityType<T> type() {
        return type;
    }

    List<SortedIndex.Columns<T>> sorted() {
        return sorted;
    }

    List<ElementIndex.Source<T, ?>> elements() {
        return elements;
    }

    List<UniqueKey<T>> uniqueKeys() {
        return type.uniqueKeys();
    }

    /** The sorted index whose first column is a field, -1 for none. */
    int beginningWith(Field<T, ?> field) {
        for (int i = 0; i < sorted.size(); i++) {
            List<Field<T, ?>> fields = sorted.get(i).fields();
            if (!fields.isEmpty() && fields.get(0) == field) {
                return i;
            }
        }
        return -1;
    }

    /** The index over a field of elements, -1 for none. */
    int elementsOf(Field<?, ?> field) {
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i).field() == field) {
                return i;
            }
        }
        return -1;
    }

    /** What makes two records collide: a single value as it is, several as a list. */
    static Object keyOf(List<Object> values) {
        return values.size() == 1 ? values.get(0) : List.copyOf(values);
    }

    /** The value of a declared field or of the id. */
    static @Nullable Object value(Entry<?> entry, int position) {
        return position < 0 ? entry.id : entry.values[position];
    }

    /** Where a field's value lies: -1 for the id. */
    static <T> int position(EntityType<T> type, Field<T, ?> field) {
        return field == type.idField() ? -1 : type.position(field);
    }
}
