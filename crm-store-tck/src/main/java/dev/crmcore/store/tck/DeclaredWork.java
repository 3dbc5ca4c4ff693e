package dev.crmcore.store.tck;

import dev.crmcore.query.Cursor;
import dev.crmcore.query.Field;
import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.query.RecordType;
import dev.crmcore.store.EntityCatalog;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.Reference;
import dev.crmcore.store.Reference.OnMerge;
import dev.crmcore.store.StoreTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Merge, erasure and timeline as services build them: from the declarations of the types alone. */
final class DeclaredWork {

    private final StoreTransaction tx;
    private final EntityCatalog catalog;

    DeclaredWork(StoreTransaction tx, EntityCatalog catalog) {
        this.tx = tx;
        this.catalog = catalog;
    }

    // --- merge

    /**
     * What one reference of one type had named before a merge.
     *
     * @param reference the reference
     * @param type the type that declares it
     * @param ids the records that were moved
     * @param <T> the record
     */
    record Moved<T>(EntityType<T> type, Reference<T> reference, List<UUID> ids) {}

    /** Makes all that names one record name another, and says what was moved. */
    List<Moved<?>> merge(RecordType<?> target, UUID from, UUID to) {
        List<Moved<?>> moved = new ArrayList<>();
        for (EntityType<?> type : catalog.types()) {
            moved.addAll(repoint(type, target, from, to));
        }
        return moved;
    }

    private <T> List<Moved<T>> repoint(EntityType<T> type, RecordType<?> target, UUID from, UUID to) {
        List<Moved<T>> moved = new ArrayList<>();
        for (Reference<T> reference : type.references()) {
            if (reference.target().equals(target.name()) && reference.onMerge() == OnMerge.FOLLOW) {
                Query<T> query = Query.of(type).where(reference.names(from));
                List<UUID> ids = Rows.ids(tx, query);
                if (!ids.isEmpty()) {
                    long changed = tx.updateAll(query, List.of(reference.repoint(from, to)));
                    if (changed != ids.size()) {
                        throw new AssertionError(reference + ": " + changed + " changed of " + ids.size());
                    }
                    moved.add(new Moved<>(type, reference, ids));
                }
            }
        }
        return moved;
    }

    /** Takes a merge back: what was moved names the former again, what came later does not. */
    void undo(List<Moved<?>> moved, UUID from, UUID to) {
        moved.forEach(one -> moveBack(one, from, to));
    }

    private <T> void moveBack(Moved<T> moved, UUID from, UUID to) {
        EntityType<T> type = moved.type();
        long changed = tx.updateAll(
                Query.of(type).where(type.idField().in(moved.ids())),
                List.of(moved.reference().repoint(to, from)));
        if (changed != moved.ids().size()) {
            throw new AssertionError(moved.reference() + ": " + changed + " moved back");
        }
    }

    // --- erasure

    /** Erases a record and what is about it. */
    <S> void erase(EntityType<S> subject, UUID id) {
        for (EntityType<?> type : catalog.types()) {
            eraseAbout(type, subject, id);
        }
        tx.updateAll(Query.of(subject).where(subject.idField().is(id)), subject.blanking());
    }

    private <T> void eraseAbout(EntityType<T> type, EntityType<?> subject, UUID id) {
        Optional<Reference<T>> about = type.subject().filter(r -> r.target().equals(subject.name()));
        if (about.isEmpty()) {
            return;
        }
        Query<T> query = Query.of(type).where(about.get().names(id));
        switch (type.onErasure()) {
            case DELETE -> tx.deleteAll(query);
            case BLANK -> {
                if (!type.blanking().isEmpty()) {
                    tx.updateAll(query, type.blanking());
                }
            }
            case KEEP -> {}
        }
    }

    // --- timeline

    /** Something on a timeline. */
    record Moment(Instant at, String type, UUID id) {

        /** The newest first; at one moment by type, then as the store orders them. */
        static final Comparator<Moment> NEWEST_FIRST =
                Comparator.comparing(Moment::at).reversed().thenComparing(Moment::type);
    }

    /** Everything about a record, the newest first, read in pages of one size from every type. */
    List<Moment> timeline(RecordType<?> subject, UUID id, int pageSize) {
        Map<String, Cursor> places = new HashMap<>();
        List<Moment> timeline = new ArrayList<>();
        while (true) {
            List<Placed> candidates = new ArrayList<>();
            for (EntityType<?> type : catalog.types()) {
                candidates.addAll(candidates(type, subject, id, places.get(type.name()), pageSize));
            }
            candidates.sort(Comparator.comparing(Placed::moment, Moment.NEWEST_FIRST));
            List<Placed> page = candidates.subList(0, Math.min(pageSize, candidates.size()));
            if (page.isEmpty()) {
                return timeline;
            }
            for (Placed placed : page) {
                timeline.add(placed.moment());
                places.put(placed.moment().type(), placed.place());
            }
        }
    }

    private record Placed(Moment moment, Cursor place) {}

    private <T> List<Placed> candidates(
            EntityType<T> type, RecordType<?> subject, UUID id, @Nullable Cursor after, int limit) {
        Optional<Reference<T>> about = type.subject().filter(r -> r.target().equals(subject.name()));
        Optional<Field<T, Instant>> at = type.timelineAt();
        if (about.isEmpty() || at.isEmpty()) {
            return List.of();
        }
        Field<T, Instant> instant = at.get();
        Query<T> query = Query.of(type).where(about.get().names(id)).orderBy(Order.descending(instant));
        Query<T> page = (after == null ? query : query.after(after)).limit(limit);
        List<Placed> placed = new ArrayList<>();
        for (T record : tx.list(page)) {
            Instant when = Objects.requireNonNull(instant.get(record));
            placed.add(new Placed(new Moment(when, type.name(), type.idOf(record)), query.cursorAt(record)));
        }
        return placed;
    }
}
