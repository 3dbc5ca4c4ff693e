package dev.crmcore.query;

import dev.crmcore.context.EntityId;
import dev.crmcore.internal.text.Quoted;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A question about one record that is either true or false: data, not code.
 *
 * <p>Conditions begin at a {@link Field}, a {@link SetField} or {@link Related} and are joined by {@link #and},
 * {@link #or} and {@link #not}. The values inside are canonical stored forms. {@code toString} hides the values of
 * personal fields, {@link #describe()} shows them.
 *
 * <p>Immutable and thread-safe; equal when built alike.
 *
 * @param <T> the record
 */
public sealed interface Condition<T> {

    /**
     * How deep conditions are nested at most: {@value}, counting each within another. Deeper ones are refused when they
     * are built, so that all that can be built can be written by {@link #toJson} and read back.
     */
    int MAX_DEPTH = 30;

    /**
     * True for every record.
     *
     * @param <T> the record
     * @return the condition
     */
    static <T> Condition<T> always() {
        return new And<>(List.of());
    }

    /**
     * True for no record.
     *
     * @param <T> the record
     * @return the condition
     */
    static <T> Condition<T> never() {
        return new Or<>(List.of());
    }

    /**
     * All of these are true; with none of them, true.
     *
     * @param <T> the record
     * @param parts the conditions; the parts of one that is of this kind itself stand in its place
     * @return the condition
     * @throws IllegalArgumentException if it would be nested deeper than {@link #MAX_DEPTH}
     */
    static <T> Condition<T> allOf(List<? extends Condition<T>> parts) {
        List<Condition<T>> flat = new ArrayList<>(parts.size());
        for (Condition<T> part : parts) {
            if (part instanceof And<T> and) {
                flat.addAll(and.parts());
            } else {
                flat.add(part);
            }
        }
        return flat.size() == 1 ? flat.get(0) : new And<>(flat);
    }

    /**
     * At least one of these is true; with none of them, false.
     *
     * @param <T> the record
     * @param parts the conditions; the parts of one that is of this kind itself stand in its place
     * @return the condition
     * @throws IllegalArgumentException if it would be nested deeper than {@link #MAX_DEPTH}
     */
    static <T> Condition<T> anyOf(List<? extends Condition<T>> parts) {
        List<Condition<T>> flat = new ArrayList<>(parts.size());
        for (Condition<T> part : parts) {
            if (part instanceof Or<T> or) {
                flat.addAll(or.parts());
            } else {
                flat.add(part);
            }
        }
        return flat.size() == 1 ? flat.get(0) : new Or<>(flat);
    }

    /**
     * This and the other are true.
     *
     * @param other the other
     * @return the condition
     * @throws IllegalArgumentException if it would be nested deeper than {@link #MAX_DEPTH}
     */
    default Condition<T> and(Condition<T> other) {
        return allOf(List.of(this, Objects.requireNonNull(other, "other")));
    }

    /**
     * This or the other is true, or both are.
     *
     * @param other the other
     * @return the condition
     * @throws IllegalArgumentException if it would be nested deeper than {@link #MAX_DEPTH}
     */
    default Condition<T> or(Condition<T> other) {
        return anyOf(List.of(this, Objects.requireNonNull(other, "other")));
    }

    /**
     * This is false, be it because a value is absent.
     *
     * @return the condition
     * @throws IllegalArgumentException if it would be nested deeper than {@link #MAX_DEPTH}
     */
    default Condition<T> not() {
        return this instanceof Not<T> not ? not.part() : new Not<>(this);
    }

    /**
     * Evaluates the condition on one record.
     *
     * @param entity the record
     * @param related where records of other types are found
     * @return whether the record fulfils it
     * @throws IllegalStateException if it has relative time that {@link #asOf} has not bound
     */
    boolean matches(T entity, RelatedRecords related);

    /**
     * The same condition, asked at a moment: relative time becomes absolute.
     *
     * @param now the moment of asking
     * @return the condition without relative time
     * @throws IllegalArgumentException if a relative time reaches beyond the years 1 to 9999
     */
    Condition<T> asOf(Instant now);

    /**
     * Hands the condition to what works on its kind.
     *
     * @param <R> what the visitor gives
     * @param visitor the visitor
     * @return what the visitor gave
     */
    <R> R accept(ConditionVisitor<T, R> visitor);

    /**
     * The condition as readable text with all its values, personal ones too.
     *
     * @return the text, such as {@code status = ACTIVE and any tags (item = vip)}
     */
    default String describe() {
        return ConditionText.of(this, true);
    }

    /**
     * The condition as JSON, to be stored or sent.
     *
     * @return a JSON object
     */
    default String toJson() {
        return ConditionJson.write(this).toJson();
    }

    /**
     * Reads a condition and checks every name and value in it against the types.
     *
     * @param <T> the record
     * @param type the type of the records that it is about
     * @param related finds the types of related records by their stored names; throws IllegalArgumentException for an
     *     unknown one
     * @param json what {@link #toJson} gave
     * @return the condition
     * @throws IllegalArgumentException if the text is not a condition on this type; the message says where
     */
    static <T> Condition<T> parse(RecordType<T> type, Function<String, RecordType<?>> related, String json) {
        return ConditionJson.parse(type, related, json);
    }

    /**
     * All parts are true.
     *
     * @param parts the parts
     * @param <T> the record
     */
    record And<T>(List<Condition<T>> parts) implements Condition<T> {
        /**
         * Copies the parts.
         *
         * @param parts the parts
         */
        public And {
            parts = List.copyOf(parts);
            requireDepth(parts);
        }

        @Override
        public boolean matches(T entity, RelatedRecords related) {
            for (Condition<T> part : parts) {
                if (!part.matches(entity, related)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Condition<T> asOf(Instant now) {
            return new And<>(parts.stream().map(part -> part.asOf(now)).toList());
        }

        @Override
        public <R> R accept(ConditionVisitor<T, R> visitor) {
            return visitor.and(this);
        }

        @Override
        public String toString() {
            return ConditionText.of(this, false);
        }
    }

    /**
     * At least one part is true.
     *
     * @param parts the parts
     * @param <T> the record
     */
    record Or<T>(List<Condition<T>> parts) implements Condition<T> {
        /**
         * Copies the parts.
         *
         * @param parts the parts
         */
        public Or {
            parts = List.copyOf(parts);
            requireDepth(parts);
        }

        @Override
        public boolean matches(T entity, RelatedRecords related) {
            for (Condition<T> part : parts) {
                if (part.matches(entity, related)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Condition<T> asOf(Instant now) {
            return new Or<>(parts.stream().map(part -> part.asOf(now)).toList());
        }

        @Override
        public <R> R accept(ConditionVisitor<T, R> visitor) {
            return visitor.or(this);
        }

        @Override
        public String toString() {
            return ConditionText.of(this, false);
        }
    }

    /**
     * The part is false.
     *
     * @param part the part
     * @param <T> the record
     */
    record Not<T>(Condition<T> part) implements Condition<T> {
        /**
         * Checks the part.
         *
         * @param part the part
         */
        public Not {
            Objects.requireNonNull(part, "part");
            requireDepth(List.of(part));
        }

        @Override
        public boolean matches(T entity, RelatedRecords related) {
            return !part.matches(entity, related);
        }

        @Override
        public Condition<T> asOf(Instant now) {
            return new Not<>(part.asOf(now));
        }

        @Override
        public <R> R accept(ConditionVisitor<T, R> visitor) {
            return visitor.not(this);
        }

        @Override
        public String toString() {
            return ConditionText.of(this, false);
        }
    }

    /**
     * A value stands in a relation to a constant.
     *
     * @param field the field
     * @param comparison the relation
     * @param value the stored form of the constant
     * @param <T> the record
     */
    record Compare<T>(Field<T, ?> field, Comparison comparison, Object value) implements Condition<T> {
        /**
         * Checks the parts.
         *
         * @param field the field
         * @param comparison the relation
         * @param value the stored form of the constant
         */
        public Compare {
            Objects.requireNonNull(comparison, "comparison");
            requireStored(field, value);
        }

        @Override
        public boolean matches(T entity, RelatedRecords related) {
            Object actual = field.getStored(entity);
            return actual != null && comparison.holds(field.type().compareStored(actual, value));
        }

        @Override
        public Condition<T> asOf(Instant now) {
            return this;
        }

        @Override
        public <R> R accept(ConditionVisitor<T, R> visitor) {
            return visitor.compare(this);
        }

        @Override
        public String toString() {
            return ConditionText.of(this, false);
        }
    }

    /**
     * A value lies in a closed range.
     *
     * @param field the field
     * @param lower the stored form of the lower bound
     * @param upper the stored form of the upper bound
     * @param <T> the record
     */
    record Between<T>(Field<T, ?> field, Object lower, Object upper) implements Condition<T> {
        /**
         * Checks the parts.
         *
         * @param field the field
         * @param lower the stored form of the lower bound
         * @param upper the stored form of the upper bound
         */
        public Between {
            requireStored(field, lower);
            requireStored(field, upper);
        }

        @Override
        public boolean matches(T entity, RelatedRecords related) {
            Object actual = field.getStored(entity);
            return actual != null
                    && field.type().compareStored(actual, lower) >= 0
                    && field.type().compareStored(actual, upper) <= 0;
        }

        @Override
        public Condition<T> asOf(Instant now) {
            return this;
        }

        @Override
        public <R> R accept(ConditionVisitor<T, R> visitor) {
            return visitor.between(this);
        }

        @Override
        public String toString() {
            return ConditionText.of(this, false);
        }
    }

    /**
     * A value is one of several.
     *
     * @param field the field
     * @param values the stored forms
     * @param <T> the record
     */
    record In<T>(Field<T, ?> field, List<Object> values) implements Condition<T> {
        /**
         * Checks and copies the values.
         *
         * @param field the field
         * @param values the stored forms
         */
        public In {
            values = new StoredValues(values);
            values.forEach(value -> requireStored(field, value));
        }

        @Override
        public boolean matches(T entity, RelatedRecords related) {
            Object actual = field.getStored(entity);
            return actual != null && values.contains(actual);
        }

        @Override
        public Condition<T> asOf(Instant now) {
            return this;
        }

        @Override
        public <R> R accept(ConditionVisitor<T, R> visitor) {
            return visitor.in(this);
        }

        @Override
        public String toString() {
            return ConditionText.of(this, false);
        }
    }

    /**
     * A text begins with another.
     *
     * @param field a field of text
     * @param prefix the beginning
     * @param <T> the record
     */
    record StartsWith<T>(Field<T, ?> field, String prefix) implements Condition<T> {
        /**
         * Checks the parts.
         *
         * @param field a field of text
         * @param prefix the beginning
         */
        public StartsWith {
            requireStored(field, prefix);
        }

        @Override
        public boolean matches(T entity, RelatedRecords related) {
            Object actual = field.getStored(entity);
            return actual != null && ((String) actual).startsWith(prefix);
        }

        @Override
        public Condition<T> asOf(Instant now) {
            return this;
        }

        @Override
        public <R> R accept(ConditionVisitor<T, R> visitor) {
            return visitor.startsWith(this);
        }

        @Override
        public String toString() {
            return ConditionText.of(this, false);
        }
    }

    /**
     * There is a value.
     *
     * @param field the field
     * @param <T> the record
     */
    record Present<T>(Field<T, ?> field) implements Condition<T> {
        /**
         * Checks the field.
         *
         * @param field the field
         */
        public Present {
            Objects.requireNonNull(field, "field");
        }

        @Override
        public boolean matches(T entity, RelatedRecords related) {
            return field.get(entity) != null;
        }

        @Override
        public Condition<T> asOf(Instant now) {
            return this;
        }

        @Override
        public <R> R accept(ConditionVisitor<T, R> visitor) {
            return visitor.present(this);
        }

        @Override
        public String toString() {
            return ConditionText.of(this, false);
        }
    }

    /**
     * At least one element of a set-valued field fulfils a condition.
     *
     * @param set the set-valued field
     * @param condition the condition on an element
     * @param <T> the record
     * @param <E> the element
     */
    record Any<T, E>(SetField<T, E> set, Condition<E> condition) implements Condition<T> {
        /**
         * Checks the parts.
         *
         * @param set the set-valued field
         * @param condition the condition on an element
         */
        public Any {
            Objects.requireNonNull(set, "set");
            Objects.requireNonNull(condition, "condition");
            requireDepth(List.of(condition));
        }

        @Override
        public boolean matches(T entity, RelatedRecords related) {
            for (E element : set.get(entity)) {
                if (condition.matches(element, related)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Condition<T> asOf(Instant now) {
            return new Any<>(set, condition.asOf(now));
        }

        @Override
        public <R> R accept(ConditionVisitor<T, R> visitor) {
            return visitor.any(this);
        }

        @Override
        public String toString() {
            return ConditionText.of(this, false);
        }
    }

    /**
     * A value stands in a relation to the moment of asking.
     *
     * @param field a field of instants or days
     * @param comparison the relation
     * @param exact the exact offset, null where the offset is in calendar days
     * @param calendar the offset in calendar days, null where it is exact
     * @param zone whose days, null where the offset is exact
     * @param <T> the record
     */
    record Relative<T>(
            Field<T, ?> field,
            Comparison comparison,
            @Nullable Duration exact,
            @Nullable Period calendar,
            @Nullable ZoneId zone)
            implements Condition<T> {

        /**
         * Checks the parts.
         *
         * @param field a field of instants or days
         * @param comparison the relation
         * @param exact the exact offset, null where the offset is in calendar days
         * @param calendar the offset in calendar days, null where it is exact
         * @param zone whose days, null where the offset is exact
         */
        public Relative {
            ScalarKind kind = field.type().kind();
            boolean fits = exact != null
                    ? kind == ScalarKind.INSTANT && calendar == null && zone == null
                    : (kind == ScalarKind.INSTANT || kind == ScalarKind.DATE) && calendar != null && zone != null;
            if (!fits) {
                throw new IllegalStateException(field.name() + " is " + kind + ": it has no relation to "
                        + (exact != null ? "an exact moment" : "a calendar day"));
            }
        }

        static <T> Relative<T> of(Field<T, ?> field, Comparison comparison, Duration offset) {
            return new Relative<>(field, comparison, Objects.requireNonNull(offset, "offset"), null, null);
        }

        static <T> Relative<T> of(Field<T, ?> field, Comparison comparison, Period offset, ZoneId zone) {
            return new Relative<>(
                    field,
                    comparison,
                    null,
                    Objects.requireNonNull(offset, "offset"),
                    Objects.requireNonNull(zone, "zone"));
        }

        @Override
        public boolean matches(T entity, RelatedRecords related) {
            throw new IllegalStateException("relative time must be bound by asOf(now) first: " + this);
        }

        @Override
        public Condition<T> asOf(Instant now) {
            return new Compare<>(field, comparison, bound(now));
        }

        private Object bound(Instant now) {
            try {
                return moved(now);
            } catch (DateTimeException | ArithmeticException e) {
                throw new IllegalArgumentException(
                        field.name() + ": " + this + " as of " + now + " lies beyond the years 1 to 9999", e);
            }
        }

        private Object moved(Instant now) {
            if (exact != null) {
                return ScalarType.INSTANT.encode(field.name(), now.plus(exact));
            }
            ZoneId days = Objects.requireNonNull(zone);
            LocalDate day = LocalDate.ofInstant(now, days).plus(Objects.requireNonNull(calendar));
            return field.type().kind() == ScalarKind.DATE
                    ? ScalarType.DATE.encode(field.name(), day)
                    : ScalarType.INSTANT.encode(
                            field.name(), day.atStartOfDay(days).toInstant());
        }

        @Override
        public <R> R accept(ConditionVisitor<T, R> visitor) {
            return visitor.relative(this);
        }

        @Override
        public String toString() {
            return ConditionText.of(this, false);
        }
    }

    /**
     * Figures over the records that name this one stand in relations to constants, all over the same records.
     *
     * @param owner the type of the record asked about
     * @param type the type of the related records
     * @param by the field in which they name the record
     * @param where which of them count
     * @param having the figures and their relations, at least one
     * @param <T> the record asked about
     * @param <R> the related records
     */
    record Aggregated<T, R>(
            RecordType<T> owner,
            RecordType<R> type,
            Field<R, ? extends EntityId> by,
            Condition<R> where,
            List<Having<R>> having)
            implements Condition<T> {

        /**
         * Checks the parts.
         *
         * @param owner the type of the record asked about
         * @param type the type of the related records
         * @param by the field in which they name the record
         * @param where which of them count
         * @param having the figures and their relations, at least one
         * @throws IllegalArgumentException if there is no figure
         */
        public Aggregated {
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(where, "where");
            requireDepth(List.of(where));
            having = List.copyOf(having);
            if (having.isEmpty()) {
                throw new IllegalArgumentException("a related condition needs a figure");
            }
        }

        /**
         * The same, and another figure over the same records stands in a relation to a constant.
         *
         * @param aggregate the figure
         * @param comparison the relation
         * @param value the value on its right: of the stored class of the aggregate's kind
         * @return the condition
         * @throws IllegalArgumentException if the value is of another class
         */
        public Aggregated<T, R> having(Aggregate<R> aggregate, Comparison comparison, Object value) {
            List<Having<R>> all = new ArrayList<>(having);
            all.add(Having.of(aggregate, comparison, value));
            return new Aggregated<>(owner, type, by, where, all);
        }

        @Override
        public boolean matches(T entity, RelatedRecords related) {
            UUID id = owner.idOf(entity);
            List<Aggregation<R>> figures =
                    having.stream().map(h -> new Aggregation<>(h.aggregate())).collect(Collectors.toList());
            for (R record : related.naming(type, by, id)) {
                if (where.matches(record, related)) {
                    figures.forEach(figure -> figure.add(record));
                }
            }
            for (int i = 0; i < figures.size(); i++) {
                if (!having.get(i).holds(figures.get(i).result())) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Condition<T> asOf(Instant now) {
            return new Aggregated<>(owner, type, by, where.asOf(now), having);
        }

        @Override
        public <V> V accept(ConditionVisitor<T, V> visitor) {
            return visitor.aggregated(this);
        }

        @Override
        public String toString() {
            return ConditionText.of(this, false);
        }
    }

    /**
     * A figure stands in a relation to a constant.
     *
     * @param aggregate the figure
     * @param comparison the relation
     * @param value the stored form of the constant
     * @param <R> the records that the figure is over
     */
    record Having<R>(Aggregate<R> aggregate, Comparison comparison, Object value) {

        /**
         * Checks the parts.
         *
         * @param aggregate the figure
         * @param comparison the relation
         * @param value the stored form of the constant
         */
        public Having {
            Objects.requireNonNull(comparison, "comparison");
            if (!aggregate.kind().storedAs().isInstance(value)) {
                throw new IllegalArgumentException(
                        aggregate + " is " + aggregate.kind() + ": it cannot be compared with " + value);
            }
        }

        static <R> Having<R> of(Aggregate<R> aggregate, Comparison comparison, Object value) {
            return new Having<>(aggregate, comparison, value);
        }

        boolean holds(@Nullable Object figure) {
            return figure != null && comparison.holds(Aggregation.compare(aggregate, figure, value));
        }
    }

    /** Checks what is to hold the parts; each of them was checked when it was built, so the recursion is as shallow. */
    private static void requireDepth(List<? extends Condition<?>> parts) {
        for (Condition<?> part : parts) {
            if (depth(part) >= MAX_DEPTH) {
                throw new IllegalArgumentException("a condition is nested at most " + MAX_DEPTH + " deep");
            }
        }
    }

    private static int depth(Condition<?> condition) {
        if (condition instanceof And<?> and) {
            return 1 + deepest(and.parts());
        } else if (condition instanceof Or<?> or) {
            return 1 + deepest(or.parts());
        } else if (condition instanceof Not<?> not) {
            return 1 + depth(not.part());
        } else if (condition instanceof Any<?, ?> any) {
            return 1 + depth(any.condition());
        } else if (condition instanceof Aggregated<?, ?> aggregated) {
            return 1 + depth(aggregated.where());
        }
        return 1;
    }

    private static int deepest(List<? extends Condition<?>> parts) {
        int deepest = 0;
        for (Condition<?> part : parts) {
            deepest = Math.max(deepest, depth(part));
        }
        return deepest;
    }

    private static void requireStored(Field<?, ?> field, Object value) {
        if (!field.type().kind().storedAs().isInstance(value)) {
            throw new IllegalArgumentException(
                    field.name() + " is " + field.type().kind() + ": "
                            + (field.isPersonal() ? "the value" : Quoted.of(String.valueOf(value))) + " is not");
        }
    }
}
