package dev.crmcore.customer;

import dev.crmcore.query.Field;
import dev.crmcore.query.SetField;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.StoredRecord;
import dev.crmcore.value.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** By what names two states of one record differ. */
final class Changes {

    /** What follows from other fields, or from the change itself. */
    private static final Set<String> DERIVED = Set.of("name_key", "family_key", "updated_at");

    private Changes() {}

    static <T> List<String> between(EntityType<T> type, T before, T after) {
        StoredRecord old = type.toStored(before);
        StoredRecord now = type.toStored(after);
        List<String> names = new ArrayList<>();
        List<Field<T, ?>> fields = type.fields();
        for (int i = 0; i < fields.size(); i++) {
            if (!Objects.equals(old.values()[i], now.values()[i])
                    && !DERIVED.contains(fields.get(i).name())) {
                names.add(fields.get(i).name());
            }
        }
        for (SetField<T, ?> set : type.sets()) {
            names.addAll(inSet(set, before, after));
        }
        names.addAll(inBody(old.body(), now.body()));
        return names;
    }

    private static <T, E> List<String> inSet(SetField<T, E> set, T before, T after) {
        List<E> old = set.get(before);
        List<E> now = set.get(after);
        if (old.equals(now)) {
            return List.of();
        }
        if (set.element() != Attribute.ELEMENT) {
            return List.of(set.name());
        }
        Set<E> changed = new LinkedHashSet<>(old);
        changed.addAll(now);
        Set<E> both = new HashSet<>(old);
        both.retainAll(now);
        changed.removeAll(both);
        return changed.stream()
                .map(element -> set.name() + "." + ((Attribute) element).key())
                .distinct()
                .toList();
    }

    private static List<String> inBody(@Nullable String old, @Nullable String now) {
        if (Objects.equals(old, now)) {
            return List.of();
        }
        JsonObject before = old == null ? JsonObject.empty() : JsonObject.parse(old);
        JsonObject after = now == null ? JsonObject.empty() : JsonObject.parse(now);
        Set<String> names = new LinkedHashSet<>(before.names());
        names.addAll(after.names());
        return names.stream()
                .filter(name -> !before.text(name).equals(after.text(name)))
                .toList();
    }
}
