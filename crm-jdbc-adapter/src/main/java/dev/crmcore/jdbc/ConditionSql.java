package dev.crmcore.jdbc;

import dev.crmcore.query.Aggregate;
import dev.crmcore.query.Comparison;
import dev.crmcore.query.Condition;
import dev.crmcore.query.ConditionVisitor;
import dev.crmcore.query.Field;
import dev.crmcore.query.ScalarKind;
import java.math.BigDecimal;
import java.util.List;

/**
 * Compiles a condition to SQL with bound values.
 *
 * <p>SQL has three truth values, conditions have two. A negation is therefore pushed down to the single comparisons,
 * where absence is told apart: {@code not(x = 5)} is {@code (x is null or x <> 5)}. What is not negated may come out as
 * unknown, which a {@code where} takes for false, and only and-s and or-s stand above it.
 *
 * @param <T> the record
 */
final class ConditionSql<T> implements ConditionVisitor<T, Sql> {

    private final Sql sql;
    private final Scope scope;
    private final Columns columns;
    private final String alias;
    private final boolean negated;

    /** The tables and the tenant of a statement. */
    record Scope(Tables tables, String tenant) {

        Dialect dialect() {
            return tables.dialect();
        }

        /** {@code alias.tenant = ?}. */
        Sql ownRows(Sql sql, String alias) {
            return sql.add(alias + "." + tables.log().tenant() + " = ").add(Binding.text(tenant));
        }

        <T> Sql add(Sql sql, Condition<T> condition, Columns columns, String alias) {
            return condition.accept(new ConditionSql<>(sql, this, columns, alias, false));
        }

        /** What follows a table in a select: the tenant's rows that fulfil the condition. */
        <T> Sql where(Sql sql, Condition<T> condition, Columns columns, String alias) {
            Condition<T> rest =
                    dialect().joinsLists() ? new ListJoins<T>(sql, this, columns, alias).join(condition) : condition;
            ownRows(sql.add(" where "), alias);
            return add(sql.add(" and "), rest, columns, alias);
        }
    }

    private ConditionSql(Sql sql, Scope scope, Columns columns, String alias, boolean negated) {
        this.sql = sql;
        this.scope = scope;
        this.columns = columns;
        this.alias = alias;
        this.negated = negated;
    }

    private Dialect dialect() {
        return scope.dialect();
    }

    // And, or, not

    @Override
    public Sql and(Condition.And<T> condition) {
        return join(condition.parts(), !negated);
    }

    @Override
    public Sql or(Condition.Or<T> condition) {
        return join(condition.parts(), negated);
    }

    private Sql join(List<Condition<T>> parts, boolean all) {
        if (parts.isEmpty()) {
            return truth(all);
        }
        String separator = "(";
        for (Condition<T> part : parts) {
            sql.add(separator);
            part.accept(this);
            separator = all ? " and " : " or ";
        }
        return sql.add(")");
    }

    private Sql truth(boolean value) {
        return sql.add(value ? "1 = 1" : "1 = 0");
    }

    @Override
    public Sql not(Condition.Not<T> condition) {
        return condition.part().accept(new ConditionSql<>(sql, scope, columns, alias, !negated));
    }

    // One column

    @Override
    public Sql compare(Condition.Compare<T> condition) {
        Column column = columns.column(condition.field());
        open(column);
        compare(column, symbol(condition.comparison()), condition.value());
        return close(column);
    }

    private String symbol(Comparison comparison) {
        if (!negated) {
            return comparison.symbol();
        }
        return switch (comparison) {
            case EQUAL -> "<>";
            case LESS -> ">=";
            case AT_MOST -> ">";
            case GREATER -> "<=";
            case AT_LEAST -> "<";
        };
    }

    private void compare(Column column, String symbol, Object value) {
        boolean equality = symbol.equals("=") || symbol.equals("<>");
        boolean ordered = !equality || dialect().isEqualOrdered(column);
        sql.add(equality ? dialect().equal(column, alias) : dialect().ordered(column, alias))
                .add(" " + symbol + " ")
                .add(
                        ordered
                                ? dialect().ordered(column.kind(), value)
                                : dialect().value(column.kind(), value));
    }

    /** Begins a negated comparison: an absent value makes it true. */
    private void open(Column column) {
        if (negated && !column.required()) {
            sql.add("(" + column.in(alias) + " is null or ");
        }
    }

    private Sql close(Column column) {
        return negated && !column.required() ? sql.add(")") : sql;
    }

    @Override
    public Sql between(Condition.Between<T> condition) {
        return range(columns.column(condition.field()), condition.lower(), "<=", condition.upper());
    }

    /** From the lower bound, within, to the upper one. */
    private Sql range(Column column, Object lower, String upperSymbol, Object upper) {
        open(column);
        sql.add("(");
        compare(column, negated ? "<" : ">=", lower);
        sql.add(negated ? " or " : " and ");
        compare(column, negated ? (upperSymbol.equals("<=") ? ">" : ">=") : upperSymbol, upper);
        sql.add(")");
        return close(column);
    }

    @Override
    public Sql in(Condition.In<T> condition) {
        Column column = columns.column(condition.field());
        if (condition.values().isEmpty()) {
            return truth(negated);
        }
        open(column);
        if (condition.values().size() == 1) {
            compare(column, negated ? "<>" : "=", condition.values().get(0));
        } else {
            sql.add(negated ? "not (" : "(");
            dialect().in(sql, scope, alias, column, condition.values()).add(")");
        }
        return close(column);
    }

    @Override
    public Sql startsWith(Condition.StartsWith<T> condition) {
        Column column = columns.column(condition.field());
        if (condition.prefix().isEmpty()) {
            return presence(column);
        }
        String end = afterAll(condition.prefix());
        if (!end.isEmpty()) {
            return range(column, condition.prefix(), "<", end);
        }
        open(column);
        compare(column, negated ? "<" : ">=", condition.prefix());
        return close(column);
    }

    /** The first text after all that begin with a prefix; empty where nothing comes after them. */
    static String afterAll(String prefix) {
        int end = prefix.length();
        while (end > 0) {
            int last = prefix.codePointBefore(end);
            end -= Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
                return prefix.substring(0, end) + Character.toString(next);
            }
        }
        return "";
    }

    @Override
    public Sql present(Condition.Present<T> condition) {
        return presence(columns.column(condition.field()));
    }

    private Sql presence(Column column) {
        return sql.add(column.in(alias) + (negated ? " is null" : " is not null"));
    }

    @Override
    public Sql relative(Condition.Relative<T> condition) {
        throw new IllegalArgumentException("relative time must be bound by asOf(now) first: " + condition);
    }

    // Other tables

    @Override
    public Sql any(Condition.Any<T, ?> condition) {
        return element(condition);
    }

    private <E> Sql element(Condition.Any<T, E> condition) {
        SetTable table = columns.table(condition.set());
        String element = sql.newAlias();
        String owner = element + "." + dialect().quote("owner");
        related(table.name(), element, owner);
        scope.add(sql.add(" and "), condition.condition(), table, element);
        return sql.add(")");
    }

    /**
     * Begins a subquery on the rows that name the record, to be closed by a parenthesis. Where there is such a row, the
     * ids are asked for, so that databases begin at the rows; where there is none, each record is looked up.
     */
    private void related(String table, String other, String owner) {
        String id = alias + "." + dialect().quote("id");
        if (negated) {
            sql.add("not exists (select 1 from " + table + " " + other + " where " + owner + " = " + id + " and ");
        } else {
            sql.add(id + " in (select " + owner + " from " + table + " " + other + " where ");
        }
        scope.ownRows(sql, other);
    }

    @Override
    public Sql aggregated(Condition.Aggregated<T, ?> condition) {
        return figures(condition);
    }

    private <R> Sql figures(Condition.Aggregated<T, R> condition) {
        EntityTable<R> table = scope.tables().of(condition.type());
        // A record that nothing names is in no group. Where it would fulfil the figures, those that do not are excluded
        boolean withoutRows = condition.having().stream().allMatch(ConditionSql::holdsForNone);
        ConditionSql<T> side = withoutRows ? new ConditionSql<>(sql, scope, columns, alias, !negated) : this;
        String other = sql.newAlias();
        String by = table.column(condition.by()).in(other);
        side.related(table.name(), other, by);
        scope.add(sql.add(" and "), condition.where(), table, other);
        if (isExistence(condition)) {
            return sql.add(" and " + by + " is not null)");
        }
        sql.add(" and " + by + " is not null group by " + by + " having ");
        String separator = withoutRows ? "not (" : "(";
        for (Condition.Having<R> having : condition.having()) {
            sql.add(separator);
            having(having, table, other);
            separator = " and ";
        }
        return sql.add("))");
    }

    private static boolean holdsForNone(Condition.Having<?> having) {
        Aggregate.Function function = having.aggregate().function();
        return (function == Aggregate.Function.COUNT || function == Aggregate.Function.COUNT_DISTINCT)
                && having.comparison().holds(Long.compare(0, (Long) having.value()));
    }

    private static boolean isExistence(Condition.Aggregated<?, ?> condition) {
        Condition.Having<?> having = condition.having().get(0);
        return condition.having().size() == 1
                && having.aggregate().function() == Aggregate.Function.COUNT
                && having.comparison() == Comparison.AT_LEAST
                && having.value().equals(1L);
    }

    private <R> void having(Condition.Having<R> having, EntityTable<R> table, String other) {
        Aggregate<R> aggregate = having.aggregate();
        ScalarKind kind = aggregate.kind();
        // A sum of whole numbers may leave their range before it is compared
        Binding value = aggregate.function() == Aggregate.Function.SUM && kind == ScalarKind.LONG
                ? dialect().value(ScalarKind.DECIMAL, BigDecimal.valueOf((Long) having.value()))
                : dialect().ordered(kind, having.value());
        sql.add(figure(dialect(), aggregate, table, other))
                .add(" " + having.comparison().symbol() + " ")
                .add(value);
    }

    /** The figure as an expression that compares as the contract says. */
    static <R> String figure(Dialect dialect, Aggregate<R> aggregate, Columns columns, String alias) {
        Field<R, ?> field = aggregate.field();
        if (field == null) {
            return "count(*)";
        }
        Column column = columns.column(field);
        return switch (aggregate.function()) {
            case COUNT -> "count(" + column.in(alias) + ")";
            case COUNT_DISTINCT -> "count(distinct " + column.in(alias) + ")";
            case SUM -> "sum(" + column.in(alias) + ")";
            case MIN -> "min(" + dialect.ordered(column, alias) + ")";
            case MAX -> "max(" + dialect.ordered(column, alias) + ")";
        };
    }
}
