package dev.crmcore.store;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.Comparison;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Field;
import dev.crmcore.query.SetField;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A field by which a record names another, on the record or in the elements of a set-valued field. Merge, erasure,
 * export and the timeline follow references from their declarations alone.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <T> the record that names another
 */
public final class Reference<T> {

    /** What becomes of a reference when the record that it names is merged into another. */
    public enum OnMerge {
        /** It names the survivor from then on, and the merged one again after an undo. */
        FOLLOW,
        /** It stays: the record is about the merged one itself, such as a proof. */
        STAY
    }

    private final String target;
    private final OnMerge onMerge;
    private final @Nullable Field<T, ? extends EntityId> field;
    private final @Nullable InElements<T, ?, ?> elements;

    private Reference(
            String target,
            OnMerge onMerge,
            @Nullable Field<T, ? extends EntityId> field,
            @Nullable InElements<T, ?, ?> elements) {
        this.target = Objects.requireNonNull(target, "target");
        this.onMerge = Objects.requireNonNull(onMerge, "onMerge");
        this.field = field;
        this.elements = elements;
    }

    /**
     * A field of the record names another record.
     *
     * @param <T> the record
     * @param field the field
     * @param target the stored name of the other's type
     * @param onMerge what becomes of it in a merge
     * @return the reference
     */
    public static <T> Reference<T> of(Field<T, ? extends EntityId> field, String target, OnMerge onMerge) {
        return new Reference<>(target, onMerge, Objects.requireNonNull(field, "field"), null);
    }

    /**
     * Elements of a set-valued field name another record.
     *
     * @param <T> the record
     * @param <E> the element
     * @param <I> the id
     * @param set the set-valued field
     * @param field the field of its elements
     * @param target the stored name of the other's type
     * @param onMerge what becomes of it in a merge
     * @return the reference
     */
    public static <T, E, I extends EntityId> Reference<T> ofElements(
            SetField<T, E> set, Field<E, I> field, String target, OnMerge onMerge) {
        return new Reference<>(target, onMerge, null, new InElements<>(set, field));
    }

    /**
     * What kind of record is named.
     *
     * @return the stored name of its type
     */
    public String target() {
        return target;
    }

    /**
     * What becomes of the reference in a merge.
     *
     * @return the policy
     */
    public OnMerge onMerge() {
        return onMerge;
    }

    /**
     * The records that name a certain one.
     *
     * @param id whom
     * @return the condition
     */
    public Condition<T> names(UUID id) {
        return field != null
                ? named(field, id)
                : Objects.requireNonNull(elements).names(id);
    }

    /**
     * Names another instead.
     *
     * @param from whom it names
     * @param to whom it shall name
     * @return the change, for the records that {@link #names names(from)} finds
     */
    public Assignment<T> repoint(UUID from, UUID to) {
        return field != null
                ? new Assignment.SetValue<>(field, to)
                : Objects.requireNonNull(elements).repoint(from, to);
    }

    /**
     * The field of the record.
     *
     * @return the field, null where the reference lies in elements
     */
    public @Nullable Field<T, ? extends EntityId> field() {
        return field;
    }

    private static <T> Condition<T> named(Field<T, ? extends EntityId> field, UUID id) {
        return new Condition.Compare<>(field, Comparison.EQUAL, id);
    }

    @Override
    public String toString() {
        return (field != null ? field.toString() : String.valueOf(elements)) + " -> " + target;
    }

    private record InElements<T, E, I extends EntityId>(SetField<T, E> set, Field<E, I> field) {

        Condition<T> names(UUID id) {
            return set.any(named(field, id));
        }

        Assignment<T> repoint(UUID from, UUID to) {
            return new Assignment.ReplaceInSet<>(set, field, from, to);
        }

        @Override
        public String toString() {
            return set + "." + field;
        }
    }
}
