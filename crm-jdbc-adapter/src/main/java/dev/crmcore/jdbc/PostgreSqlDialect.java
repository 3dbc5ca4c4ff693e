package dev.crmcore.jdbc;

import dev.crmcore.query.ScalarKind;
import java.sql.Array;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL 14 and newer. Text has the collation {@code C}, which is the order of code points in a UTF-8 database. */
final class PostgreSqlDialect extends Dialect {

    private static final Pattern QUOTED =
            Pattern.compile("[\"\u00AB\u201E\u201C\u2018\u300C]([a-z0-9_$]+)[\"\u00BB\u201C\u201D\u2019\u300D]");

    @Override
    String name() {
        return "postgresql";
    }

    @Override
    String quote(String identifier) {
        return '"' + identifier + '"';
    }

    @Override
    String typeOf(ScalarKind kind) {
        return switch (kind) {
            case TEXT -> "text";
            case LONG -> "bigint";
            case DECIMAL -> "numeric";
            case BOOLEAN -> "boolean";
            case INSTANT -> "timestamptz";
            case DATE -> "date";
            case ID -> "uuid";
        };
    }

    @Override
    String columnType(ScalarKind kind) {
        return kind == ScalarKind.TEXT ? "text collate \"C\"" : typeOf(kind);
    }

    @Override
    String bodyType() {
        return "text";
    }

    @Override
    boolean hasTextKeys() {
        return false;
    }

    @Override
    String textKeyDefinition(String column) {
        throw new IllegalStateException("text has no key column");
    }

    @Override
    String whereNoPosition(String positionColumn) {
        return " where " + positionColumn + " is null";
    }

    @Override
    boolean hasTransactionalDdl() {
        return true;
    }

    @Override
    Sql in(Sql sql, ConditionSql.Scope scope, String alias, Column column, List<?> values) {
        return sql.add(column.in(alias) + " = any(")
                .add(array(column.kind(), values))
                .add(")");
    }

    @Override
    Sql among(Sql sql, ConditionSql.Scope scope, String table, String alias, Column id, List<?> ids) {
        scope.ownRows(sql.add(table + " " + alias + " where "), alias).add(" and ");
        return in(sql, scope, alias, id, ids);
    }

    @Override
    boolean joinsLists() {
        return false;
    }

    private Binding array(ScalarKind kind, List<?> values) {
        Object[] elements = values.stream()
                .map(value -> kind == ScalarKind.LONG || kind == ScalarKind.BOOLEAN ? value : value.toString())
                .toArray();
        return (statement, index) -> {
            Array array = statement.getConnection().createArrayOf(typeOf(kind), elements);
            statement.setArray(index, array);
        };
    }

    @Override
    void rows(Sql sql, String alias, List<Column> columns, List<List<Object>> rows) {
        sql.add("unnest(");
        for (int i = 0; i < columns.size(); i++) {
            int position = i;
            ScalarKind kind = columns.get(i).kind();
            sql.add(i == 0 ? "" : ", ")
                    .add(array(kind, rows.stream().map(row -> row.get(position)).toList()));
        }
        sql.add(") " + alias
                + IntStream.range(0, columns.size())
                        .mapToObj(i -> "k" + i)
                        .collect(Collectors.joining(", ", "(", ")")));
    }

    @Override
    String returning(String update, String column) {
        return update + " returning " + column;
    }

    @Override
    String insertTenant(LogTables log) {
        return "insert into " + log.tenants() + " (" + log.tenant() + ", " + log.position()
                + ") values (?, 0) on conflict do nothing";
    }

    @Override
    void positionEvents(Sql sql, LogTables log, String tenant, long last) {
        sql.add("update " + log.events() + " e set " + log.position() + " = ")
                .add(Binding.number(last))
                .add(" + w.n from (select t." + log.sequence() + " s, row_number() over (order by t." + log.sequence()
                        + ") n from " + log.events() + " t where t." + log.tenant() + " = ")
                .add(Binding.text(tenant))
                .add(" and t." + log.position() + " is null) w where e." + log.tenant() + " = ")
                .add(Binding.text(tenant))
                .add(" and e." + log.sequence() + " = w.s");
    }

    @Override
    boolean locksWithinLimit() {
        return true;
    }

    @Override
    boolean survivesFailure() {
        return false;
    }

    @Override
    boolean hasOnConflict() {
        return true;
    }

    @Override
    String migrationLock() {
        return "select pg_advisory_xact_lock(7166451018)";
    }

    @Override
    @Nullable
    String violated(SQLException refusal) {
        // The first line names the constraint in quotes of the server's language; the next may quote values
        String message = String.valueOf(refusal.getMessage());
        int end = message.indexOf('\n');
        Matcher matcher = QUOTED.matcher(end < 0 ? message : message.substring(0, end));
        return matcher.find() ? matcher.group(1) : null;
    }
}
