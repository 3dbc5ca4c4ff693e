package dev.crmcore.jdbc;

import dev.crmcore.query.Cursor;
import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A query's parts as SQL on one table.
 *
 * @param <T> the record
 */
final class QuerySql<T> {

    private final ConditionSql.Scope scope;
    private final EntityTable<T> table;
    private final Query<T> query;
    private final String alias;

    QuerySql(ConditionSql.Scope scope, EntityTable<T> table, Query<T> query, String alias) {
        this.scope = scope;
        this.table = table;
        this.query = query;
        this.alias = alias;
    }

    private Dialect dialect() {
        return scope.dialect();
    }

    private String id() {
        return alias + "." + dialect().quote("id");
    }

    /** The tenant's records that fulfil the condition, for a statement that changes them. */
    Sql whereAlone(Sql sql) {
        scope.ownRows(sql.add(" where "), alias);
        return scope.add(sql.add(" and "), query.where(), table, alias);
    }

    /** The tenant's records that fulfil the condition, for a select. */
    Sql where(Sql sql) {
        return scope.where(sql, query.where(), table, alias);
    }

    /** Of these, those after the cursor. */
    Sql whereAfter(Sql sql) {
        return after(where(sql));
    }

    /** Those after the cursor. */
    Sql after(Sql sql) {
        Optional<Cursor> after = query.after();
        if (after.isPresent()) {
            after(sql.add(" and "), after.get());
        }
        return sql;
    }

    private void after(Sql sql, Cursor cursor) {
        if (!query.orders().isEmpty()) {
            Order<T> first = query.orders().get(0);
            Column column = table.column(first.field());
            Object value = cursor.values().get(0);
            if (column.required() && value != null) {
                // What follows says it too, but as alternatives, in which databases find no beginning for an index
                bound(sql, column, first.descending() ? " <= " : " >= ", value).add(" and ");
            }
        }
        step(sql, cursor.values(), cursor.id(), 0);
    }

    private Sql bound(Sql sql, Column column, String symbol, Object value) {
        return sql.add(dialect().ordered(column, alias))
                .add(symbol)
                .add(dialect().ordered(column.kind(), value));
    }

    /** Later in this step of the order, or equal in it and later in the following ones. */
    private void step(Sql sql, List<@Nullable Object> values, UUID id, int step) {
        if (step == query.orders().size()) {
            sql.add(id() + (query.idDescending() ? " < " : " > ")).add(Binding.object(id));
            return;
        }
        Order<T> order = query.orders().get(step);
        Column column = table.column(order.field());
        Object value = values.get(step);
        sql.add("(");
        if (value == null) {
            sql.add(column.in(alias) + " is null and ");
            step(sql, values, id, step + 1);
        } else {
            bound(sql, column, order.descending() ? " < " : " > ", value);
            if (!column.required()) {
                sql.add(" or " + column.in(alias) + " is null");
            }
            bound(sql.add(" or ("), column, " = ", value).add(" and ");
            step(sql, values, id, step + 1);
            sql.add(")");
        }
        sql.add(")");
    }

    /** The query's order with the id as its last step. */
    Sql orderBy(Sql sql) {
        sql.add(" order by ");
        for (Order<T> order : query.orders()) {
            Column column = table.column(order.field());
            sql.add(dialect().ordered(column, alias) + (order.descending() ? " desc" : ""))
                    .add(column.required() ? ", " : " nulls last, ");
        }
        return sql.add(id() + (query.idDescending() ? " desc" : ""));
    }

    Sql limit(Sql sql) {
        return hasLimit() ? sql.add(" limit ").add(Binding.number(query.limit())) : sql;
    }

    boolean hasLimit() {
        return query.limit() < Integer.MAX_VALUE;
    }

    /** Whether only the condition counts. */
    static void requireUnordered(Query<?> query) {
        if (!query.orders().isEmpty() || query.after().isPresent() || query.limit() < Integer.MAX_VALUE) {
            throw new IllegalArgumentException("order, cursor and limit mean nothing here: " + query);
        }
    }
}
