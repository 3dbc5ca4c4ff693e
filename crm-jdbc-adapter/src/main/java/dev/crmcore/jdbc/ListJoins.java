package dev.crmcore.jdbc;

import dev.crmcore.query.Comparison;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lists of values that a condition demands, as joins. H2 looks each value of a joined list up in an index; a list in
 * a condition it takes apart for each statement, or walks for each row.
 *
 * <p>Which side of a join H2 begins at follows from its statistics, and of a table that is still filling it has none or old
 * ones: it may then read the whole list again for each row of the table. Where each value names one row at most, the list
 * is therefore the outer side of an outer join, at which H2 always begins. A value without a row fails what the condition
 * asks of the tenant.
 *
 * @param <T> the record
 */
final class ListJoins<T> {

    /** Up to so many, a list is quick to take apart. */
    private static final int SHORT = 16;

    /** H2 has no longer arrays. */
    private static final int LONGEST = 65_536;

    private final Sql sql;
    private final ConditionSql.Scope scope;
    private final Columns columns;
    private final String alias;

    /** Whether a list is the outer side already: a second one would be walked for each value of the first. */
    private boolean begun;

    ListJoins(Sql sql, ConditionSql.Scope scope, Columns columns, String alias) {
        this.sql = sql;
        this.scope = scope;
        this.columns = columns;
        this.alias = alias;
    }

    /** Joins what can be joined and gives what is left of the condition. */
    Condition<T> join(Condition<T> condition) {
        List<Condition<T>> parts = parts(condition);
        List<Condition<T>> rest = new ArrayList<>();
        for (Condition<T> part : parts) {
            if (part instanceof Condition.In<T> in && isJoined(columns, in, parts)) {
                joinValues(in, restOfKey(columns, in, parts));
            } else if (part instanceof Condition.Any<T, ?> any
                    && hasJoined(columns.table(any.set()), parts(any.condition()))) {
                joinOwners(any);
            } else {
                rest.add(part);
            }
        }
        return new Condition.And<>(rest);
    }

    private static <E> List<Condition<E>> parts(Condition<E> condition) {
        return condition instanceof Condition.And<E> and
                ? and.parts().stream().flatMap(part -> parts(part).stream()).toList()
                : List.of(condition);
    }

    private static <E> boolean hasJoined(Columns columns, List<Condition<E>> parts) {
        return parts.stream().anyMatch(part -> part instanceof Condition.In<E> in && isJoined(columns, in, parts));
    }

    /** Short lists stay, apart from those that only together with other fields are found by a key. */
    private static <E> boolean isJoined(Columns columns, Condition.In<E> in, List<Condition<E>> parts) {
        int size = in.values().size();
        return size > SHORT
                ? size <= LONGEST
                : size > 1
                        && restOfKey(columns, in, parts)
                                .filter(rest -> !rest.isEmpty())
                                .isPresent();
    }

    /**
     * What else the condition says of a key that the list's field is one of: a single value for each of its other fields.
     * With them, every value of the list names one row at most. Empty where there is no such key.
     */
    private static <E> Optional<List<Condition.Compare<E>>> restOfKey(
            Columns columns, Condition.In<E> in, List<Condition<E>> parts) {
        for (List<? extends Field<?, ?>> key : columns.keys()) {
            List<Condition.Compare<E>> rest = new ArrayList<>();
            Set<Field<?, ?>> fixed = new HashSet<>(Set.of(in.field()));
            for (Condition<E> part : parts) {
                if (part instanceof Condition.Compare<E> compare
                        && compare.comparison() == Comparison.EQUAL
                        && key.contains(compare.field())
                        && fixed.add(compare.field())) {
                    rest.add(compare);
                }
            }
            if (key.contains(in.field()) && fixed.containsAll(key)) {
                return Optional.of(rest);
            }
        }
        return Optional.empty();
    }

    private void joinValues(Condition.In<T> in, Optional<List<Condition.Compare<T>>> restOfKey) {
        Column column = columns.column(in.field());
        String list = sql.newAlias();
        List<List<Object>> values =
                in.values().stream().distinct().<List<Object>>map(List::of).toList();
        boolean begins = begin(restOfKey.isPresent());
        scope.dialect().rows(sql, list, List.of(column), values);
        sql.add(" on " + scope.dialect().equal(column, alias) + " = " + list + ".k0");
        if (begins) {
            scope.ownRows(sql.add(" and "), alias);
            restOfKey.orElseThrow().forEach(part -> scope.add(sql.add(" and "), part, columns, alias));
        }
    }

    /** Begins a join with a list, which is its outer side if it may be. */
    private boolean begin(boolean mayBeOuter) {
        boolean begins = mayBeOuter && !begun;
        begun |= begins;
        sql.add(begins ? " right join " : " join ");
        return begins;
    }

    /** A record that has several such elements is found once. */
    private <E> void joinOwners(Condition.Any<T, E> any) {
        SetTable table = columns.table(any.set());
        String element = sql.newAlias();
        String owners = sql.newAlias();
        String owner = scope.dialect().quote("owner");
        boolean begins = begin(namesRows(table, parts(any.condition())));
        sql.add("(select distinct " + element + "." + owner + " k0 from " + table.name() + " " + element);
        scope.where(sql, any.condition(), table, element);
        sql.add(") " + owners + " on " + alias + "." + scope.dialect().quote("id") + " = " + owners + ".k0");
        if (begins) {
            scope.ownRows(sql.add(" and "), alias);
        }
    }

    private static <E> boolean namesRows(Columns columns, List<Condition<E>> parts) {
        return parts.stream()
                .anyMatch(part -> part instanceof Condition.In<E> in
                        && isJoined(columns, in, parts)
                        && restOfKey(columns, in, parts).isPresent());
    }
}
