package dev.crmcore.jdbc;

import dev.crmcore.query.ScalarKind;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * H2 2.x. It sorts text by UTF-16 unit, which differs from code points where surrogates stand; the bytes of UTF-8 sort
 * as code points do. A text that an index or a unique key needs therefore has its bytes in a generated column beside it.
 */
final class H2Dialect extends Dialect {

    static final String MIGRATION_ROW = "crm_migration_row";

    private static final int MIGRATION_SECONDS = 600;
    private static final int MAX_PAIRS = 1_024;
    private static final Pattern VIOLATED = Pattern.compile("\"(?:[^\". ]+\\.)?([^\". ]+)(?: INDEX [^ ]+)? ON ");

    @Override
    String name() {
        return "h2";
    }

    @Override
    String quote(String identifier) {
        return '"' + identifier.toUpperCase(Locale.ROOT) + '"';
    }

    @Override
    String typeOf(ScalarKind kind) {
        return switch (kind) {
            case TEXT -> "character varying";
            case LONG -> "bigint";
            case DECIMAL -> "numeric(38, 10)";
            case BOOLEAN -> "boolean";
            case INSTANT -> "timestamp(6) with time zone";
            case DATE -> "date";
            case ID -> "uuid";
        };
    }

    @Override
    String bodyType() {
        return "character varying";
    }

    @Override
    boolean hasTextKeys() {
        return true;
    }

    @Override
    String textKeyDefinition(String column) {
        return "varbinary generated always as (stringtoutf8(" + column + "))";
    }

    @Override
    String whereNoPosition(String positionColumn) {
        return "";
    }

    @Override
    boolean hasTransactionalDdl() {
        return false;
    }

    @Override
    String ordered(Column column, String alias) {
        if (column.kind() != ScalarKind.TEXT) {
            return column.in(alias);
        }
        return column.keyName() != null ? alias + "." + column.keyName() : "stringtoutf8(" + column.in(alias) + ")";
    }

    @Override
    String equal(Column column, String alias) {
        return column.keyName() != null ? alias + "." + column.keyName() : column.in(alias);
    }

    @Override
    boolean isEqualOrdered(Column column) {
        return column.kind() != ScalarKind.TEXT || column.keyName() != null;
    }

    @Override
    String fromOrdered(ScalarKind kind, String expression) {
        return kind == ScalarKind.TEXT ? "utf8tostring(" + expression + ")" : expression;
    }

    @Override
    void bindOrdered(PreparedStatement statement, int index, ScalarKind kind, Object value) throws SQLException {
        if (kind == ScalarKind.TEXT) {
            statement.setBytes(index, utf8(value));
        } else {
            bind(statement, index, kind, value);
        }
    }

    private static byte[] utf8(Object text) {
        return ((String) text).getBytes(StandardCharsets.UTF_8);
    }

    /** H2 uses an index over tenant and column for a list of pairs, and for no other form of a list of values. */
    @Override
    Sql in(Sql sql, ConditionSql.Scope scope, String alias, Column column, List<?> values) {
        boolean ordered = isEqualOrdered(column);
        if (values.size() > MAX_PAIRS) {
            return sql.add(equal(column, alias) + " = any(")
                    .add(Binding.object(array(column.kind(), ordered, values)))
                    .add(")");
        }
        String separator = "(" + alias + "." + scope.tables().log().tenant() + ", " + equal(column, alias) + ") in ((";
        for (int i = 0; i < roundedUp(values.size()); i++) {
            Object value = values.get(Math.min(i, values.size() - 1));
            sql.add(separator)
                    .add(Binding.text(scope.tenant()))
                    .add(", ")
                    .add(ordered ? ordered(column.kind(), value) : value(column.kind(), value));
            separator = "), (";
        }
        return sql.add("))");
    }

    /** Few lengths of lists make few statements to be parsed: the next power of two. */
    private static int roundedUp(int size) {
        return size == 1 ? 1 : Integer.highestOneBit(size - 1) << 1;
    }

    @Override
    Sql among(Sql sql, ConditionSql.Scope scope, String table, String alias, Column id, List<?> ids) {
        rows(sql, "v", List.of(id), ids.stream().<List<Object>>map(List::of).toList());
        return scope.ownRows(sql.add(" join " + table + " " + alias + " on "), alias)
                .add(" and " + id.in(alias) + " = v.k0");
    }

    @Override
    boolean joinsLists() {
        return true;
    }

    private String elementType(ScalarKind kind, boolean ordered) {
        return kind == ScalarKind.TEXT && ordered ? "varbinary" : typeOf(kind);
    }

    private static Object[] array(ScalarKind kind, boolean ordered, List<?> values) {
        return values.stream().map(value -> element(kind, ordered, value)).toArray();
    }

    private static Object element(ScalarKind kind, boolean ordered, Object value) {
        return switch (kind) {
            case TEXT -> ordered ? utf8(value) : value;
            case INSTANT -> utc((Instant) value);
            default -> value;
        };
    }

    @Override
    void rows(Sql sql, String alias, List<Column> columns, List<List<Object>> rows) {
        sql.add("unnest(");
        for (int i = 0; i < columns.size(); i++) {
            int position = i;
            ScalarKind kind = columns.get(i).kind();
            boolean ordered = isEqualOrdered(columns.get(i));
            Object[] array = array(
                    kind, ordered, rows.stream().map(row -> row.get(position)).toList());
            sql.add(i == 0 ? "cast(" : ", cast(")
                    .add(Binding.object(array))
                    .add(" as " + elementType(kind, ordered) + " array)");
        }
        sql.add(") " + alias
                + IntStream.range(0, columns.size())
                        .mapToObj(i -> "k" + i)
                        .collect(Collectors.joining(", ", "(", ")")));
    }

    /** H2 keeps what it has parsed of a select and not of a union: parsing one takes longer than running it. */
    @Override
    String repeated(String union) {
        return "select * from (" + union + ") u";
    }

    @Override
    String returning(String update, String column) {
        return "select " + column + " from final table (" + update + ")";
    }

    @Override
    String insertTenant(LogTables log) {
        return "insert into " + log.tenants() + " (" + log.tenant() + ", " + log.position()
                + ") select v.t, 0 from (values (cast(? as character varying))) v(t) where not exists (select 1 from "
                + log.tenants() + " x where x." + log.tenant() + " = v.t)";
    }

    @Override
    void positionEvents(Sql sql, LogTables log, String tenant, long last) {
        sql.add("merge into " + log.events() + " e using (select t." + log.sequence()
                        + " s, row_number() over (order by t." + log.sequence() + ") n from " + log.events()
                        + " t where t." + log.tenant() + " = ")
                .add(Binding.text(tenant))
                .add(" and t." + log.position() + " is null) w on e." + log.tenant() + " = ")
                .add(Binding.text(tenant))
                .add(" and e." + log.sequence() + " = w.s when matched then update set " + log.position() + " = ")
                .add(Binding.number(last))
                .add(" + w.n");
    }

    @Override
    boolean locksWithinLimit() {
        return false;
    }

    @Override
    boolean survivesFailure() {
        return true;
    }

    @Override
    boolean hasOnConflict() {
        return false;
    }

    @Override
    boolean holdsMigrationRow(String url) {
        return url.startsWith("jdbc:h2:tcp:") || url.startsWith("jdbc:h2:ssl:");
    }

    @Override
    String createMigrationTable() {
        return "create table if not exists " + quote(MIGRATION_ROW) + " (" + quote("id") + " integer primary key)";
    }

    @Override
    String createMigrationRow() {
        return "insert into " + quote(MIGRATION_ROW) + " values (1)";
    }

    @Override
    String holdMigrationRow() {
        return "select " + quote("id") + " from " + quote(MIGRATION_ROW) + " for update wait " + MIGRATION_SECONDS;
    }

    @Override
    @Nullable
    String violated(SQLException refusal) {
        // "SCHEMA.INDEX ON SCHEMA.TABLE(columns) VALUES (...)": what follows ON may quote values and is not looked at
        Matcher matcher = VIOLATED.matcher(String.valueOf(refusal.getMessage()));
        return matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : null;
    }

    @Override
    boolean isTransient(SQLException e) {
        // Lock time-out, deadlock, concurrent update, connection broken, statement timed out or cancelled
        return super.isTransient(e)
                || List.of(50200, 40001, 90131, 90067, 57014, 90121).contains(e.getErrorCode());
    }
}
