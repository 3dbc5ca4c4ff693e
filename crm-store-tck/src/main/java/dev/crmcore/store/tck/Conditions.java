package dev.crmcore.store.tck;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.Aggregate;
import dev.crmcore.query.Aggregation;
import dev.crmcore.query.Comparison;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Field;
import dev.crmcore.query.RecordType;
import dev.crmcore.query.Related;
import dev.crmcore.query.ScalarKind;
import dev.crmcore.query.SetField;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Generated conditions of every kind, nested, with values that occur in the population and such that do not. */
final class Conditions {

    private final Population population;
    private final Random random;

    Conditions(Population population) {
        this.population = population;
        this.random = population.random();
    }

    Condition<Member> onMembers(int depth) {
        return any(Member.TYPE, Member.TYPE.idField(), population.all(Member.TYPE), depth, this::memberRelated);
    }

    Condition<Sale> onSales(int depth) {
        return any(Sale.TYPE, Sale.TYPE.idField(), population.all(Sale.TYPE), depth, null);
    }

    Condition<Task> onTasks(int depth) {
        return any(Task.TYPE, Task.TYPE.idField(), population.all(Task.TYPE), depth, null);
    }

    private Condition<Member> memberRelated(int depth) {
        return switch (random.nextInt(4)) {
            case 0, 1 -> related(Sale.TYPE, Sale.MEMBER, onSales(depth));
            case 2 -> related(Task.TYPE, Task.MEMBER, onTasks(depth));
            default -> related(Member.TYPE, Member.SPONSOR, onMembers(depth));
        };
    }

    private <R> Condition<Member> related(RecordType<R> type, Field<R, ? extends EntityId> by, Condition<R> where) {
        Related<Member, R> related = Related.to(Member.TYPE, type, by);
        Related<Member, R> some = random.nextInt(3) == 0 ? related : related.where(where);
        if (random.nextInt(5) == 0) {
            return some.exists();
        }
        Condition.Having<R> first = having(type);
        Condition.Aggregated<Member, R> condition = some.having(first.aggregate(), first.comparison(), first.value());
        for (int more = random.nextInt(3); more > 0; more--) {
            Condition.Having<R> next = having(type);
            condition = condition.having(next.aggregate(), next.comparison(), next.value());
        }
        return condition;
    }

    /** A relation to what a figure is over a few records, so that such relations are not all true or all false. */
    private <R> Condition.Having<R> having(RecordType<R> type) {
        Aggregate<R> aggregate = aggregate(type);
        Aggregation<R> aggregation = new Aggregation<>(aggregate);
        for (int i = random.nextInt(4); i >= 0; i--) {
            aggregation.add(population.one(population.all(type)));
        }
        Object figure = aggregation.result();
        return figure == null
                ? new Condition.Having<>(Aggregate.count(), comparison(), (long) random.nextInt(4))
                : new Condition.Having<>(aggregate, comparison(), figure);
    }

    <R> Aggregate<R> aggregate(RecordType<R> type) {
        Field<R, ?> field = population.one(type.fields());
        ScalarKind kind = field.type().kind();
        boolean summed = kind == ScalarKind.LONG || kind == ScalarKind.DECIMAL;
        boolean ordered = kind != ScalarKind.ID && kind != ScalarKind.BOOLEAN;
        return switch (random.nextInt(6)) {
            case 0, 1 -> Aggregate.count();
            case 2 -> summed ? Aggregate.sum(field) : Aggregate.countDistinct(field);
            case 3 -> ordered ? Aggregate.min(field) : Aggregate.count();
            case 4 -> ordered ? Aggregate.max(field) : Aggregate.count();
            default -> Aggregate.countDistinct(field);
        };
    }

    private Comparison comparison() {
        return population.one(Comparison.values());
    }

    private interface ByDepth<T> {
        Condition<T> make(int depth);
    }

    private <T> Condition<T> any(
            RecordType<T> type, @Nullable Field<T, ?> id, List<T> examples, int depth, @Nullable ByDepth<T> related) {
        if (depth <= 0) {
            return leaf(type, id, examples);
        }
        int choice = random.nextInt(10);
        return switch (choice) {
            case 0, 1 -> any(type, id, examples, depth - 1, related).not();
            case 2, 3 -> joined(Condition::allOf, type, id, examples, depth, related);
            case 4, 5 -> joined(Condition::anyOf, type, id, examples, depth, related);
            case 6, 7 -> related == null ? leaf(type, id, examples) : related.make(depth - 1);
            case 8 ->
                type.sets().isEmpty()
                        ? leaf(type, id, examples)
                        : element(population.one(type.sets()), examples, depth - 1);
            default -> leaf(type, id, examples);
        };
    }

    private interface Joining<T> {
        Condition<T> of(List<Condition<T>> parts);
    }

    private <T> Condition<T> joined(
            Joining<T> joining,
            RecordType<T> type,
            @Nullable Field<T, ?> id,
            List<T> examples,
            int depth,
            @Nullable ByDepth<T> related) {
        List<Condition<T>> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            parts.add(any(type, id, examples, depth - 1, related));
        }
        return joining.of(parts);
    }

    private <T, E> Condition<T> element(SetField<T, E> set, List<T> examples, int depth) {
        List<E> elements = examples.stream().flatMap(e -> set.get(e).stream()).toList();
        return switch (random.nextInt(5)) {
            case 0 -> set.isNotEmpty();
            case 1 -> set.any(leaf(set.element(), null, elements).not());
            default -> set.any(any(set.element(), null, elements, depth, null));
        };
    }

    private <T> Condition<T> leaf(RecordType<T> type, @Nullable Field<T, ?> id, List<T> examples) {
        Field<T, ?> field = population.one(
                Stream.concat(type.fields().stream(), Stream.ofNullable(id)).toList());
        BiFunction<Field<T, ?>, List<T>, @Nullable Object> value = this::value;
        Object a = value.apply(field, examples);
        Object b = value.apply(field, examples);
        if (a == null || b == null) {
            return random.nextBoolean() ? field.isPresent() : field.isAbsent();
        }
        return switch (random.nextInt(12)) {
            case 0, 1 -> field.isPresent();
            case 2, 3 -> new Condition.Between<>(field, a, b);
            case 4 -> new Condition.In<>(field, Stream.of(a, b).distinct().toList());
            case 5 -> new Condition.In<>(field, List.of());
            case 6, 7 ->
                field.type().kind() == ScalarKind.TEXT
                        ? field.startsWith(prefix((String) a))
                        : new Condition.Compare<>(field, Comparison.EQUAL, a);
            default -> new Condition.Compare<>(field, comparison(), a);
        };
    }

    private String prefix(String text) {
        return text.substring(0, text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length()) + 1)));
    }

    private <T> @Nullable Object value(Field<T, ?> field, List<T> examples) {
        for (int attempt = 0; attempt < 20; attempt++) {
            Object value = field.getStored(population.one(examples));
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** What the oracle finds: the records of the population in their order that fulfil the condition. */
    <T> List<T> matching(RecordType<T> type, Condition<T> condition) {
        return Objects.requireNonNull(population.all(type)).stream()
                .filter(record -> condition.matches(record, population))
                .toList();
    }
}
