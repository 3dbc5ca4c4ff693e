package dev.crmcore.jdbc;

import dev.crmcore.query.Condition;
import java.util.ArrayList;
import java.util.List;

/**
 * Long lists of values that a condition demands, as joins. H2 looks each value of a joined list up in an index; a list in
 * a condition it takes apart for each statement, or walks for each row.
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

    ListJoins(Sql sql, ConditionSql.Scope scope, Columns columns, String alias) {
        this.sql = sql;
        this.scope = scope;
        this.columns = columns;
        this.alias = alias;
    }

    /** Joins what can be joined and gives what is left of the condition. */
    Condition<T> join(Condition<T> condition) {
        if (condition instanceof Condition.And<T> and) {
            List<Condition<T>> rest = new ArrayList<>();
            for (Condition<T> part : and.parts()) {
                rest.add(join(part));
            }
            return new Condition.And<>(rest);
        } else if (condition instanceof Condition.In<T> in && isLong(in)) {
            joinValues(in);
            return new Condition.And<>(List.of());
        } else if (condition instanceof Condition.Any<T, ?> any && hasLong(any.condition())) {
            joinOwners(any);
            return new Condition.And<>(List.of());
        }
        return condition;
    }

    private static boolean isLong(Condition.In<?> in) {
        return in.values().size() > SHORT && in.values().size() <= LONGEST;
    }

    private static <E> boolean hasLong(Condition<E> condition) {
        return condition instanceof Condition.In<E> in
                ? isLong(in)
                : condition instanceof Condition.And<E> and
                        && and.parts().stream().anyMatch(ListJoins::hasLong);
    }

    private void joinValues(Condition.In<T> in) {
        Column column = columns.column(in.field());
        String list = sql.newAlias();
        scope.dialect()
                .rows(
                        sql.add(" join "),
                        list,
                        List.of(column),
                        in.values().stream()
                                .distinct()
                                .<List<Object>>map(List::of)
                                .toList());
        sql.add(" on " + scope.dialect().equal(column, alias) + " = " + list + ".k0");
    }

    /** A record that has several such elements is found once. */
    private <E> void joinOwners(Condition.Any<T, E> any) {
        SetTable table = columns.table(any.set());
        String element = sql.newAlias();
        String owners = sql.newAlias();
        String owner = scope.dialect().quote("owner");
        sql.add(" join (select distinct " + element + "." + owner + " k0 from " + table.name() + " " + element);
        scope.where(sql, any.condition(), table, element);
        sql.add(") " + owners + " on " + alias + "." + scope.dialect().quote("id") + " = " + owners + ".k0");
    }
}
