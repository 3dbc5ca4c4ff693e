package dev.crmcore.jdbc;

import dev.crmcore.query.Field;
import dev.crmcore.query.ScalarType;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.Inserted;
import dev.crmcore.store.UniqueKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Inserts the records whose unique key is free. The holders of the keys are looked up first; who takes a key between the
 * look and the insert is met there, waited for, and found by the next look.
 *
 * @param <T> the record
 */
final class InsertIfAbsent<T> {

    /** Each further round needs another transaction that takes a key, or frees it, at the worst moment. */
    private static final int MAX_ROUNDS = 20;

    private final Records<T> records;
    private final Connection connection;
    private final UniqueKey<T> key;
    private final List<Row<T>> rows;
    private final Failures failures;
    private final EntityType<T> type;
    private final List<? extends ScalarType<?>> keyTypes;
    private final List<List<List<Object>>> values = new ArrayList<>();
    private final @Nullable Inserted<T>[] outcomes;

    @SuppressWarnings("unchecked") // an array of outcomes and nothing else
    InsertIfAbsent(Records<T> records, Connection connection, UniqueKey<T> key, List<Row<T>> rows, Failures failures) {
        this.records = records;
        this.connection = connection;
        this.key = key;
        this.rows = rows;
        this.failures = failures;
        this.type = records.table().type();
        this.outcomes = (@Nullable Inserted<T>[]) new Inserted<?>[rows.size()];
        UniqueKey.ElementKey<T, ?> elements = key.elements();
        List<? extends Field<?, ?>> fields = elements == null ? key.fields() : elements.fields();
        this.keyTypes = fields.stream().map(Field::type).toList();
        rows.forEach(row -> values.add(key.valuesOf(row.entity())));
    }

    List<Inserted<T>> run() throws SQLException {
        SQLException met = null;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Map<List<Object>, T> held = holders();
            List<Integer> fresh = decide(held);
            if (!fresh.isEmpty()) {
                met = insert(fresh);
            }
            if (isComplete()) {
                List<Inserted<T>> all = new ArrayList<>(outcomes.length);
                for (Inserted<T> outcome : outcomes) {
                    all.add(Objects.requireNonNull(outcome));
                }
                return List.copyOf(all);
            }
        }
        throw met != null ? met : new SQLException("unique key is contended", "40001");
    }

    private boolean isComplete() {
        for (Inserted<T> outcome : outcomes) {
            if (outcome == null) {
                return false;
            }
        }
        return true;
    }

    private Map<List<Object>, T> holders() throws SQLException {
        Set<List<Object>> wanted = new LinkedHashSet<>();
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == null) {
                wanted.addAll(values.get(i));
            }
        }
        Map<List<Object>, UUID> ids = records.holders(key, List.copyOf(wanted));
        Map<UUID, T> byId = new HashMap<>();
        records.findAll(ids.values().stream().distinct().toList())
                .forEach(entity -> byId.put(type.idOf(entity), entity));
        Map<List<Object>, T> held = new HashMap<>();
        ids.forEach((value, id) -> {
            T holder = byId.get(id);
            if (holder != null) {
                held.put(value, holder);
            }
        });
        return held;
    }

    /** Settles those whose key is held and gives the positions of the first of each free key. */
    private List<Integer> decide(Map<List<Object>, T> held) {
        List<Integer> fresh = new ArrayList<>();
        Set<List<Object>> taken = new HashSet<>();
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] != null) {
                continue;
            }
            T holder = first(held, values.get(i));
            if (holder != null) {
                outcomes[i] = new Inserted<>(holder, false);
            } else if (values.get(i).stream().noneMatch(taken::contains)) {
                taken.addAll(values.get(i));
                fresh.add(i);
            }
        }
        return fresh;
    }

    private @Nullable T first(Map<List<Object>, T> held, List<List<Object>> wanted) {
        for (List<Object> value : wanted) {
            T holder = held.get(value);
            if (holder != null) {
                return holder;
            }
        }
        return null;
    }

    /** Inserts and settles; what met another transaction's key stays open. */
    private @Nullable SQLException insert(List<Integer> fresh) throws SQLException {
        fresh.sort(Comparator.comparing(values::get, this::compareKeys));
        List<Row<T>> batch = fresh.stream().map(rows::get).toList();
        if (records.hasOnConflict() && key.elements() == null) {
            Set<UUID> inserted = records.insertWithout(key, batch);
            settle(fresh.stream()
                    .filter(i -> inserted.contains(rows.get(i).id()))
                    .toList());
            return null;
        }
        Savepoint savepoint = connection.setSavepoint();
        try {
            records.insert(batch);
        } catch (SQLException e) {
            SQLException refusal = failures.duplicate(e);
            if (refusal == null || !key.name().equals(records.keyRefused(refusal))) {
                throw e;
            }
            connection.rollback(savepoint);
            return e;
        }
        connection.releaseSavepoint(savepoint);
        settle(fresh);
        return null;
    }

    /**
     * An order of keys, the same for all who deliver the same records: where each takes them in it, none waits for one
     * who waits for him.
     */
    private int compareKeys(List<List<Object>> a, List<List<Object>> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            for (int part = 0; part < keyTypes.size(); part++) {
                int compared = keyTypes.get(part)
                        .compareStored(a.get(i).get(part), b.get(i).get(part));
                if (compared != 0) {
                    return compared;
                }
            }
        }
        return Integer.compare(b.size(), a.size());
    }

    private void settle(List<Integer> inserted) {
        Map<List<Object>, T> now = new HashMap<>();
        for (int i : inserted) {
            T entity = type.withVersion(rows.get(i).entity(), 1);
            outcomes[i] = new Inserted<>(entity, true);
            values.get(i).forEach(value -> now.put(value, entity));
        }
        for (int i = 0; i < outcomes.length; i++) {
            T holder = outcomes[i] == null ? first(now, values.get(i)) : null;
            if (holder != null) {
                outcomes[i] = new Inserted<>(holder, false);
            }
        }
    }
}
