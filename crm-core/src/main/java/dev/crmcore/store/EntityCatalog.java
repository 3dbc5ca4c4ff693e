package dev.crmcore.store;

import dev.crmcore.internal.text.Quoted;
import dev.crmcore.query.Condition;
import dev.crmcore.query.RecordType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All types that a store keeps: those of the library and those that a host adds.
 *
 * <p>Immutable and thread-safe.
 */
public final class EntityCatalog {

    private final Map<String, EntityType<?>> types;

    private EntityCatalog(Map<String, EntityType<?>> types) {
        this.types = Collections.unmodifiableMap(types);
    }

    /**
     * Lists types.
     *
     * @param types the types
     * @return the catalog, in the same order
     * @throws IllegalArgumentException if two have one name, or one refers to a type that is not listed
     */
    public static EntityCatalog of(Collection<? extends EntityType<?>> types) {
        Map<String, EntityType<?>> byName = new LinkedHashMap<>();
        for (EntityType<?> type : types) {
            if (byName.putIfAbsent(type.name(), type) != null) {
                throw new IllegalArgumentException("two types are named '" + type.name() + "'");
            }
        }
        for (EntityType<?> type : types) {
            for (Reference<?> reference : type.references()) {
                if (!byName.containsKey(reference.target())) {
                    throw new IllegalArgumentException(
                            type.name() + " refers to '" + reference.target() + "', which is not in the catalog");
                }
            }
        }
        return new EntityCatalog(byName);
    }

    /**
     * This catalog and more types.
     *
     * @param more the other types
     * @return a copy with them at the end
     * @throws IllegalArgumentException if two have one name, or one refers to a type that is not listed
     */
    public EntityCatalog plus(Collection<? extends EntityType<?>> more) {
        List<EntityType<?>> all = new ArrayList<>(types.values());
        all.addAll(more);
        return of(all);
    }

    /**
     * The types in their order.
     *
     * @return the types
     */
    public List<EntityType<?>> types() {
        return List.copyOf(types.values());
    }

    /**
     * Finds a type by its stored name.
     *
     * @param name the name
     * @return the type
     * @throws IllegalArgumentException if there is none of that name
     */
    public EntityType<?> type(String name) {
        EntityType<?> type = types.get(name);
        if (type == null) {
            throw new IllegalArgumentException("no type is named " + Quoted.of(name));
        }
        return type;
    }

    /**
     * Reads a condition that may ask about related records of the catalog's types.
     *
     * @param <T> the record
     * @param type the type of the records that the condition is about
     * @param json what {@link Condition#toJson()} gave
     * @return the condition
     * @throws IllegalArgumentException if the text is not a condition on this type
     */
    public <T> Condition<T> parseCondition(RecordType<T> type, String json) {
        return Condition.parse(type, this::type, json);
    }
}
