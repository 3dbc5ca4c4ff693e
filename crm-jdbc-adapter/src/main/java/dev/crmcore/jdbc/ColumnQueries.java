package dev.crmcore.jdbc;

import dev.crmcore.query.Aggregate;
import dev.crmcore.query.Field;
import dev.crmcore.query.Query;
import dev.crmcore.query.ScalarKind;
import dev.crmcore.query.SetField;
import java.util.ArrayList;
import java.util.List;

/**
 * Queries for columns without records.
 *
 * @param <T> the record
 */
final class ColumnQueries<T> {

    private final ConditionSql.Scope scope;
    private final EntityTable<T> table;
    private final Query<T> query;
    private final QuerySql<T> parts;

    ColumnQueries(ConditionSql.Scope scope, EntityTable<T> table, Query<T> query) {
        this.scope = scope;
        this.table = table;
        this.query = query;
        this.parts = new QuerySql<>(scope, table, query, "t");
    }

    /**
     * A statement and what its columns are.
     *
     * @param sql the statement
     * @param shapes its columns
     */
    record Columnar(Sql sql, List<ResultCursor.Shape> shapes) {}

    private static <E> void select(
            Sql sql, List<ResultCursor.Shape> shapes, Columns columns, String alias, List<Field<E, ?>> fields) {
        for (Field<E, ?> field : fields) {
            Column column = columns.column(field);
            sql.add(shapes.isEmpty() ? "select " : ", ").add(column.in(alias));
            shapes.add(new ResultCursor.Shape(column.kind(), false));
        }
    }

    private static void requireSome(List<?> columns) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a scan reads at least one column");
        }
    }

    Columnar scan(List<Field<T, ?>> columns) {
        requireSome(columns);
        Sql sql = new Sql();
        List<ResultCursor.Shape> shapes = new ArrayList<>();
        select(sql, shapes, table, "t", columns);
        parts.limit(parts.orderBy(parts.whereAfter(sql.add(" from " + table.name() + " t"))));
        return new Columnar(sql, shapes);
    }

    <E> Columnar scanElements(SetField<T, E> set, List<Field<T, ?>> columns, List<Field<E, ?>> elementColumns) {
        requireSome(elementColumns);
        SetTable side = table.table(set);
        Dialect dialect = scope.dialect();
        Sql sql = new Sql();
        List<ResultCursor.Shape> shapes = new ArrayList<>();
        select(sql, shapes, table, "t", columns);
        select(sql, shapes, side, "s", elementColumns);
        String join =
                " join " + side.name() + " s on s." + dialect.quote("owner") + " = t." + dialect.quote("id") + " and ";
        if (parts.hasLimit()) {
            sql.add(" from (select t.* from " + table.name() + " t");
            parts.limit(parts.orderBy(parts.whereAfter(sql)));
            scope.ownRows(sql.add(") t" + join), "s");
        } else {
            scope.ownRows(sql.add(" from " + table.name() + " t" + join), "s");
            parts.whereAfter(sql);
        }
        parts.orderBy(sql).add(", s." + dialect.quote("ordinal"));
        return new Columnar(sql, shapes);
    }

    Columnar group(List<Field<T, ?>> keys, List<Aggregate<T>> aggregates) {
        QuerySql.requireUnordered(query);
        Sql sql = new Sql();
        List<ResultCursor.Shape> shapes = new ArrayList<>();
        select(sql, shapes, table, "t", keys);
        for (Aggregate<T> aggregate : aggregates) {
            sql.add(shapes.isEmpty() ? "select " : ", ").add(figure(aggregate));
            shapes.add(shape(aggregate));
        }
        sql.add(shapes.isEmpty() ? "select count(*)" : "").add(" from " + table.name() + " t");
        parts.where(sql);
        if (!keys.isEmpty()) {
            groupBy(sql, keys);
        }
        return new Columnar(sql, shapes);
    }

    private String figure(Aggregate<T> aggregate) {
        String figure = ConditionSql.figure(scope.dialect(), aggregate, table, "t");
        return switch (aggregate.function()) {
            case MIN, MAX -> scope.dialect().fromOrdered(aggregate.kind(), figure);
            case COUNT, COUNT_DISTINCT, SUM -> figure;
        };
    }

    private static ResultCursor.Shape shape(Aggregate<?> aggregate) {
        boolean wideSum = aggregate.function() == Aggregate.Function.SUM && aggregate.kind() == ScalarKind.LONG;
        return new ResultCursor.Shape(aggregate.kind(), wideSum);
    }

    private void groupBy(Sql sql, List<Field<T, ?>> keys) {
        List<String> grouped = new ArrayList<>();
        List<String> ordered = new ArrayList<>();
        for (Field<T, ?> key : keys) {
            Column column = table.column(key);
            String order = scope.dialect().ordered(column, "t");
            grouped.add(column.in("t"));
            if (!order.equals(column.in("t"))) {
                grouped.add(order); // the same groups, but only what is grouped by may be ordered by
            }
            ordered.add(order + (column.required() ? "" : " nulls last"));
        }
        sql.add(" group by " + String.join(", ", grouped) + " order by " + String.join(", ", ordered));
    }
}
