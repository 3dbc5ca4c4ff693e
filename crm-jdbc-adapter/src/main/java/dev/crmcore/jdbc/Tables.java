package dev.crmcore.jdbc;

import dev.crmcore.query.RecordType;
import dev.crmcore.store.EntityCatalog;
import dev.crmcore.store.EntityType;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The tables of a catalog in one dialect. Immutable and thread-safe. */
final class Tables {

    private final Dialect dialect;
    private final List<EntityTable<?>> all;
    private final IdentityHashMap<EntityType<?>, EntityTable<?>> byType = new IdentityHashMap<>();
    private final LogTables log;

    Tables(Dialect dialect, EntityCatalog catalog) {
        this.dialect = dialect;
        this.log = LogTables.of(dialect);
        for (EntityType<?> type : catalog.types()) {
            byType.put(type, new EntityTable<>(dialect, type));
        }
        this.all = catalog.types().stream().<EntityTable<?>>map(this::required).toList();
        requireDifferentNames();
    }

    private void requireDifferentNames() {
        Set<String> names = new HashSet<>(Set.of(LogTables.EVENTS, LogTables.TENANTS, SchemaMigration.HISTORY));
        for (EntityTable<?> table : all) {
            requireNew(names, table.tableName(), table.type().name());
            table.sets()
                    .forEach(set -> requireNew(
                            names,
                            set.tableName(),
                            table.type().name() + "." + set.set().name()));
        }
    }

    private static void requireNew(Set<String> names, String name, String what) {
        if (!names.add(name)) {
            throw new IllegalArgumentException(what + " would be kept in table " + name + ", which is another's");
        }
    }

    Dialect dialect() {
        return dialect;
    }

    LogTables log() {
        return log;
    }

    List<EntityTable<?>> all() {
        return all;
    }

    @SuppressWarnings("unchecked") // under each type lies its own table
    <T> EntityTable<T> of(RecordType<T> type) {
        return (EntityTable<T>) required(type);
    }

    private EntityTable<?> required(RecordType<?> type) {
        EntityTable<?> table = byType.get(type);
        if (table == null) {
            throw new IllegalArgumentException(type.name() + " is not in the catalog of this store");
        }
        return table;
    }
}
