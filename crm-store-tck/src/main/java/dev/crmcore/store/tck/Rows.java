package dev.crmcore.store.tck;

import dev.crmcore.query.Field;
import dev.crmcore.query.Query;
import dev.crmcore.query.ScalarKind;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.RowCursor;
import dev.crmcore.store.StoreTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads rows of a cursor into lists, for comparison. */
final class Rows {

    private Rows() {}

    /** Reads all rows and closes the cursor. */
    static List<List<@Nullable Object>> all(RowCursor rows, List<ScalarKind> kinds) {
        try (rows) {
            List<List<@Nullable Object>> all = new ArrayList<>();
            while (rows.next()) {
                all.add(row(rows, kinds));
            }
            return all;
        }
    }

    static List<@Nullable Object> row(RowCursor rows, List<ScalarKind> kinds) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            row.add(rows.isNull(i) ? null : value(rows, i, kinds.get(i)));
        }
        return row;
    }

    private static Object value(RowCursor rows, int column, ScalarKind kind) {
        return switch (kind) {
            case TEXT -> rows.getText(column);
            case LONG -> rows.getLong(column);
            case DECIMAL -> rows.getDecimal(column);
            case BOOLEAN -> rows.getBoolean(column);
            case INSTANT -> rows.getInstant(column);
            case DATE -> rows.getDate(column);
            case ID -> rows.getId(column);
        };
    }

    static List<ScalarKind> kinds(List<? extends Field<?, ?>> fields) {
        return fields.stream().<ScalarKind>map(field -> field.type().kind()).toList();
    }

    static <T> List<UUID> ids(StoreTransaction tx, Query<T> query) {
        List<UUID> ids = new ArrayList<>();
        try (RowCursor rows = tx.scan(query, List.of(EntityType.of(query).idField()))) {
            while (rows.next()) {
                ids.add(rows.getId(0));
            }
        }
        return ids;
    }
}
