package dev.crmcore.query;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * A set-valued field: tags, contact points, lines, custom attributes. A side table in every store.
 *
 * <p>The elements keep the order in which the record gives them, and may repeat. Equality is identity: a field is a
 * constant.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <T> the record
 * @param <E> the element
 */
public final class SetField<T, E> {

    private final String name;
    private final ElementType<E> element;
    private final Function<? super T, ? extends Collection<E>> getter;

    private SetField(String name, ElementType<E> element, Function<? super T, ? extends Collection<E>> getter) {
        this.name = name;
        this.element = element;
        this.getter = getter;
    }

    /**
     * Declares a set-valued field.
     *
     * @param <T> the record
     * @param <E> the element
     * @param name the stored name: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param element what the elements are
     * @param getter reads them from the record; empty where there are none
     * @return the field
     */
    public static <T, E> SetField<T, E> of(
            String name, ElementType<E> element, Function<? super T, ? extends Collection<E>> getter) {
        Objects.requireNonNull(element, "element");
        Objects.requireNonNull(getter, "getter");
        return new SetField<>(Names.check(name), element, getter);
    }

    /**
     * Declares a set of single values, such as tags.
     *
     * @param <T> the record
     * @param <V> the value
     * @param name the stored name, also that of the elements
     * @param type how a value is kept
     * @param getter reads the values from the record; empty where there are none
     * @return the field; its elements have one indexed field, {@code item}
     */
    public static <T, V> SetField<T, V> ofValues(
            String name, ScalarType<V> type, Function<? super T, ? extends Collection<V>> getter) {
        Field<V, V> item = Field.<V, V>of("item", type, v -> v).required().indexed();
        return of(name, ElementType.of(name, values -> values.require(item), item), getter);
    }

    /**
     * The stored name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * What the elements are.
     *
     * @return their type
     */
    public ElementType<E> element() {
        return element;
    }

    /**
     * Reads the elements from a record.
     *
     * @param entity the record
     * @return its elements
     */
    public List<E> get(T entity) {
        return List.copyOf(getter.apply(entity));
    }

    /**
     * At least one element fulfils a condition.
     *
     * @param condition the condition on one element
     * @return the condition on the record
     */
    public Condition<T> any(Condition<E> condition) {
        return new Condition.Any<>(this, condition);
    }

    /**
     * There is an element.
     *
     * @return the condition
     */
    public Condition<T> isNotEmpty() {
        return any(Condition.always());
    }

    /**
     * A set of single values contains this one.
     *
     * @param value the value
     * @return the condition
     * @throws IllegalStateException if the elements have more than one field
     */
    public Condition<T> contains(E value) {
        return any(item().is(value));
    }

    /**
     * A set of single values contains one of these.
     *
     * @param values the values
     * @return the condition
     * @throws IllegalStateException if the elements have more than one field
     */
    public Condition<T> containsAny(Collection<? extends E> values) {
        return any(item().in(values));
    }

    @SuppressWarnings("unchecked") // only ofValues declares a field 'item' alone, of the element's own type
    private Field<E, E> item() {
        if (element.fields().size() != 1 || !element.fields().get(0).name().equals("item")) {
            throw new IllegalStateException(name + " is not a set of single values: ask with any(...)");
        }
        return (Field<E, E>) element.fields().get(0);
    }

    @Override
    public String toString() {
        return name;
    }
}
