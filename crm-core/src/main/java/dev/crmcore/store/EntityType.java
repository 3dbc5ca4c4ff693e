package dev.crmcore.store;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.ElementType;
import dev.crmcore.query.Field;
import dev.crmcore.query.FieldValues;
import dev.crmcore.query.Query;
import dev.crmcore.query.RecordType;
import dev.crmcore.query.ScalarKind;
import dev.crmcore.query.ScalarType;
import dev.crmcore.query.SetField;
import dev.crmcore.value.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a kind of record is kept, and what it is to the rest of the library.
 *
 * <p>A constant of the record's class declares it once:
 *
 * <pre>{@code
 * public static final EntityType<Account> TYPE = EntityType.define("account", Account.class)
 *         .id(Account::id)
 *         .version(Account::version, Account::withVersion)
 *         .fields(CUSTOMER, POINTS, OPENED_AT)
 *         .unique(UniqueKey.of("account_customer", CUSTOMER))
 *         .references(Reference.of(CUSTOMER, "customer", OnMerge.FOLLOW))
 *         .readBy(stored -> new Account(new AccountId(stored.id()), stored.version(), ...));
 * }</pre>
 *
 * <p>Merge, erasure, export, the timeline and the checks between tenants work from these declarations, so that a new
 * type takes part in all of them by being declared. What is read from fields must be enough, together with the {@link
 * Builder#body body}, to make the record again.
 *
 * <p>Immutable and thread-safe. Equality is identity: a type is a constant.
 *
 * @param <T> the record
 */
public final class EntityType<T> implements RecordType<T> {

    /** What becomes of a record when the one that it is about is erased. */
    public enum OnErasure {
        /** It goes. */
        DELETE,
        /** It stays without its personal fields, elements and body. */
        BLANK,
        /** It stays as it is: it has nothing personal, or a law demands it. */
        KEEP
    }

    /**
     * How many bytes in UTF-8 a text may have that stands in an index or a unique key; 400 characters of any script take
     * no more, if those beyond the basic plane count as two. What every database's index takes, with {@value
     * #MAX_INDEXED_TEXTS} of them in one.
     */
    public static final int MAX_INDEXED_BYTES = 1_200;

    /** How many texts may stand in one index or unique key. */
    public static final int MAX_INDEXED_TEXTS = 2;

    private final String name;
    private final Class<T> javaType;
    private final Function<T, ? extends EntityId> id;
    private final Function<T, Long> version;
    private final BiFunction<T, Long, T> withVersion;
    private final Field<T, UUID> idField;
    private final Set<Field<?, ?>> indexedTexts;
    private final List<Field<T, ?>> fields;
    private final IdentityHashMap<Field<T, ?>, Integer> positions;
    private final List<SetField<T, ?>> sets;
    private final List<UniqueKey<T>> uniqueKeys;
    private final List<List<Field<T, ?>>> indexes;
    private final List<Reference<T>> references;
    private final @Nullable Reference<T> subject;
    private final @Nullable Field<T, Instant> timelineAt;
    private final OnErasure onErasure;
    private final boolean personalBody;
    private final boolean appendOnly;
    private final boolean claimable;
    private final @Nullable Function<T, JsonObject> body;
    private final int schema;
    private final Map<Integer, UnaryOperator<JsonObject>> upcasts;
    private final Function<EntityRecord<T>, T> reader;

    private EntityType(Builder<T> builder, Function<EntityRecord<T>, T> reader) {
        this.name = builder.name;
        this.javaType = builder.javaType;
        this.id = Objects.requireNonNull(builder.id, "id");
        this.version = Objects.requireNonNull(builder.version, "version");
        this.withVersion = Objects.requireNonNull(builder.withVersion, "withVersion");
        Function<T, ? extends EntityId> idGetter = this.id;
        this.idField = Field.<T, UUID>of(
                        "id",
                        ScalarType.UUID_VALUE,
                        entity -> idGetter.apply(entity).value())
                .required()
                .indexed();
        this.fields = List.copyOf(builder.fields);
        this.positions = new IdentityHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            positions.put(fields.get(i), i);
        }
        this.sets = List.copyOf(builder.sets);
        this.uniqueKeys = List.copyOf(builder.uniqueKeys);
        this.indexes = List.copyOf(builder.indexes);
        this.references = List.copyOf(builder.references);
        this.subject = builder.subject;
        this.timelineAt = builder.timelineAt;
        this.onErasure = builder.onErasure;
        this.personalBody = builder.personalBody;
        this.appendOnly = builder.appendOnly;
        this.claimable = builder.claimable;
        this.body = builder.body;
        this.schema = builder.schema;
        this.upcasts = Map.copyOf(builder.upcasts);
        this.reader = Objects.requireNonNull(reader, "reader");
        checkDeclarations();
        this.indexedTexts = Collections.newSetFromMap(new IdentityHashMap<>());
        indexed().forEach(this::addIndexedTexts);
    }

    /** The fields of each index and each unique key. */
    private Stream<List<? extends Field<?, ?>>> indexed() {
        Stream<List<? extends Field<?, ?>>> keys = uniqueKeys.stream().map(key -> {
            UniqueKey.ElementKey<T, ?> elements = key.elements();
            return elements == null ? key.fields() : elements.fields();
        });
        Stream<Field<?, ?>> alone =
                Stream.concat(fields.stream(), sets.stream().flatMap(set -> set.element().fields().stream()));
        return Stream.of(keys, indexes.stream(), alone.filter(Field::isIndexed).map(List::of))
                .flatMap(each -> each);
    }

    private void addIndexedTexts(List<? extends Field<?, ?>> together) {
        List<? extends Field<?, ?>> texts = together.stream()
                .filter(field -> field.type().kind() == ScalarKind.TEXT)
                .toList();
        if (texts.size() > MAX_INDEXED_TEXTS) {
            throw new IllegalArgumentException(
                    name + ": more than " + MAX_INDEXED_TEXTS + " texts in one index or unique key: " + texts);
        }
        indexedTexts.addAll(texts);
    }

    /**
     * Begins the declaration of a type.
     *
     * @param <T> the record
     * @param name the stored name: 1 to 30 of a-z, 0-9 and _, beginning with a letter; it never changes
     * @param javaType the record's class
     * @return the builder; id, version and reader are still to be said
     */
    public static <T> Builder<T> define(String name, Class<T> javaType) {
        return new Builder<>(name, javaType);
    }

    /**
     * The stored type that a query asks for.
     *
     * @param <T> the record
     * @param query the query
     * @return its type
     * @throws IllegalArgumentException if the query is not about stored records
     */
    public static <T> EntityType<T> of(Query<T> query) {
        if (query.type() instanceof EntityType<T> type) {
            return type;
        }
        throw new IllegalArgumentException(query.type().name() + " is not a stored type");
    }

    private void checkDeclarations() {
        List<String> names = new ArrayList<>(Field.names(fields));
        sets.forEach(set -> names.add(set.name()));
        names.add("id");
        names.add("version");
        if (names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException(name + ": a field's name comes twice or is reserved in " + names);
        }
        for (UniqueKey<T> key : uniqueKeys) {
            requireDeclared(key.fields());
            UniqueKey.ElementKey<T, ?> elements = key.elements();
            if (elements != null && !sets.contains(elements.set())) {
                throw new IllegalArgumentException(name + " does not declare set '" + elements.set() + "'");
            }
        }
        indexes.forEach(this::requireDeclared);
        requireDeclared(timelineAt == null ? List.of() : List.of(timelineAt));
        requireDeclared(references.stream()
                .<Field<T, ?>>mapMulti((reference, out) -> {
                    if (reference.field() != null) {
                        out.accept(reference.field());
                    }
                })
                .toList());
        if (subject != null && !references.contains(subject)) {
            throw new IllegalArgumentException(name + ": the subject is one of the references");
        }
        if (timelineAt != null && subject == null) {
            throw new IllegalArgumentException(name + ": on a timeline there is a subject");
        }
        for (Field<T, ?> field : fields) {
            if (field.isPersonal() && field.isRequired() && onErasure == OnErasure.BLANK) {
                throw new IllegalArgumentException(name + "." + field + ": what is blanked cannot be required");
            }
        }
        for (int from = 1; from < schema; from++) {
            if (!upcasts.containsKey(from)) {
                throw new IllegalArgumentException(name + ": no upcast from schema " + from);
            }
        }
    }

    private void requireDeclared(Collection<? extends Field<T, ?>> used) {
        for (Field<T, ?> field : used) {
            if (!positions.containsKey(field)) {
                throw new IllegalArgumentException(name + " does not declare field '" + field + "'");
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * The record's class.
     *
     * @return the class
     */
    public Class<T> javaType() {
        return javaType;
    }

    @Override
    public List<Field<T, ?>> fields() {
        return fields;
    }

    @Override
    public List<SetField<T, ?>> sets() {
        return sets;
    }

    /**
     * The id as a field named {@code id}, to ask, order and scan by; not one of {@link #fields()}.
     *
     * @return the field
     */
    public Field<T, UUID> idField() {
        return idField;
    }

    @Override
    public Field<T, ?> field(String fieldName) {
        return fieldName.equals("id") ? idField : RecordType.super.field(fieldName);
    }

    /**
     * Where a field stands in {@link #fields()} and in {@link StoredRecord#values()}.
     *
     * @param field a declared field; not the id
     * @return its position from 0
     * @throws IllegalArgumentException if the type does not declare it
     */
    public int position(Field<T, ?> field) {
        Integer position = positions.get(field);
        if (position == null) {
            throw new IllegalArgumentException(name + " does not declare field '" + field + "'");
        }
        return position;
    }

    @Override
    public UUID idOf(T entity) {
        return id.apply(entity).value();
    }

    /**
     * The version that a record carries.
     *
     * @param entity the record
     * @return its version
     */
    public long versionOf(T entity) {
        return version.apply(entity);
    }

    /**
     * The same record at another version.
     *
     * @param entity the record
     * @param newVersion the version
     * @return a copy
     */
    public T withVersion(T entity, long newVersion) {
        return withVersion.apply(entity, newVersion);
    }

    /**
     * The unique keys.
     *
     * @return the keys
     */
    public List<UniqueKey<T>> uniqueKeys() {
        return uniqueKeys;
    }

    /**
     * The indexes over several fields; those over one are said at the field.
     *
     * @return for each index its fields in order
     */
    public List<List<Field<T, ?>>> indexes() {
        return indexes;
    }

    /**
     * The fields that name other records.
     *
     * @return the references
     */
    public List<Reference<T>> references() {
        return references;
    }

    /**
     * Whose record it is.
     *
     * @return the reference that says so, if there is one
     */
    public Optional<Reference<T>> subject() {
        return Optional.ofNullable(subject);
    }

    /**
     * Where it stands on the timeline of its subject.
     *
     * @return the field that says so, empty where it does not stand there
     */
    public Optional<Field<T, Instant>> timelineAt() {
        return Optional.ofNullable(timelineAt);
    }

    /**
     * What becomes of it when its subject is erased.
     *
     * @return the policy
     */
    public OnErasure onErasure() {
        return onErasure;
    }

    /**
     * What is assigned when it is {@linkplain OnErasure#BLANK blanked}: personal fields become absent, set-valued fields
     * with a personal field and a personal body go.
     *
     * @return the changes, none where it has nothing personal
     */
    public List<Assignment<T>> blanking() {
        List<Assignment<T>> changes = new ArrayList<>();
        fields.stream().filter(Field::isPersonal).forEach(field -> changes.add(Assignment.clear(field)));
        sets.stream()
                .filter(set -> set.element().fields().stream().anyMatch(Field::isPersonal))
                .forEach(set -> changes.add(Assignment.clear(set)));
        if (personalBody) {
            changes.add(Assignment.clearBody());
        }
        return changes;
    }

    /**
     * Whether records are never updated or deleted one by one.
     *
     * @return whether the type is append-only
     */
    public boolean isAppendOnly() {
        return appendOnly;
    }

    /**
     * Whether records are work that one worker at a time takes under a lease.
     *
     * @return whether they can be claimed
     */
    public boolean isClaimable() {
        return claimable;
    }

    /**
     * Whether records have a body beside their columns.
     *
     * @return whether there is a body
     */
    public boolean hasBody() {
        return body != null;
    }

    /**
     * The record in the form in which stores exchange it.
     *
     * @param entity the record
     * @return its stored form
     * @throws IllegalArgumentException if a value cannot be stored, also a text of more than {@value
     *     #MAX_INDEXED_BYTES} bytes in UTF-8 in an index or a unique key; the message names the field
     */
    public StoredRecord toStored(T entity) {
        @Nullable Object[] values = new @Nullable Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = stored(fields.get(i), entity);
        }
        List<List<@Nullable Object[]>> elements = new ArrayList<>(sets.size());
        for (SetField<T, ?> set : sets) {
            elements.add(storedElements(set, entity));
        }
        String text = body == null ? null : body.apply(entity).toJson();
        return new StoredRecord(idOf(entity), versionOf(entity), values, elements, text, schema);
    }

    private @Nullable Object stored(Field<T, ?> field, T entity) {
        try {
            return fitting(field, field.getStored(entity));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + "." + e.getMessage(), e);
        }
    }

    /** Lets a stored value pass that the index takes in which its field stands, if it stands in one. */
    private @Nullable Object fitting(Field<?, ?> field, @Nullable Object value) {
        return value instanceof String text && indexedTexts.contains(field)
                ? requireIndexable(field.name(), text)
                : value;
    }

    static String requireIndexable(String field, String text) {
        if (text.length() > MAX_INDEXED_BYTES / 3) {
            int bytes = text.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_INDEXED_BYTES) {
                throw new IllegalArgumentException(field + ": a text of " + bytes
                        + " bytes in UTF-8 is too long for an index, which takes " + MAX_INDEXED_BYTES);
            }
        }
        return text;
    }

    /**
     * Lets a change pass whose value every store can keep. Stores ask before they change many records at once.
     *
     * @param change the change
     * @throws IllegalArgumentException if its text is longer than {@value #MAX_INDEXED_BYTES} bytes in UTF-8 and stands
     *     in an index or a unique key; the message names the field
     */
    public void requireStorable(Assignment<T> change) {
        try {
            Object unused = change instanceof Assignment.SetValue<T> set
                    ? fitting(set.field(), set.value())
                    : change instanceof Assignment.ReplaceInSet<T, ?> replace
                            ? fitting(replace.field(), replace.to())
                            : null;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + "." + e.getMessage(), e);
        }
    }

    private <E> List<@Nullable Object[]> storedElements(SetField<T, E> set, T entity) {
        List<Field<E, ?>> columns = set.element().fields();
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (E element : set.get(entity)) {
            @Nullable Object[] row = new @Nullable Object[columns.size()];
            for (int i = 0; i < row.length; i++) {
                try {
                    row[i] = fitting(columns.get(i), columns.get(i).getStored(element));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(name + "." + set + "." + e.getMessage(), e);
                }
            }
            rows.add(row);
        }
        return rows;
    }

    /**
     * Makes the record from its stored form.
     *
     * @param stored the stored form, its body of this or an older schema
     * @return the record
     * @throws IllegalStateException if the body is of a newer schema than this version of the library knows
     */
    public T fromStored(StoredRecord stored) {
        return reader.apply(new Reading<>(this, stored));
    }

    private JsonObject upcast(@Nullable String text, int from) {
        if (from > schema) {
            throw new IllegalStateException(
                    name + " was written with schema " + from + "; this version knows " + schema);
        }
        JsonObject json = text == null ? JsonObject.empty() : JsonObject.parse(text);
        for (int step = from; step < schema; step++) {
            json = Objects.requireNonNull(upcasts.get(step)).apply(json);
        }
        return json;
    }

    @Override
    public String toString() {
        return name;
    }

    private record Reading<T>(EntityType<T> type, StoredRecord stored) implements EntityRecord<T> {

        @Override
        public UUID id() {
            return stored.id();
        }

        @Override
        public long version() {
            return stored.version();
        }

        @Override
        public <V> @Nullable V get(Field<T, V> field) {
            Object value = stored.values()[type.position(field)];
            return value == null ? null : field.type().decode(value);
        }

        @Override
        public <E> List<E> elements(SetField<T, E> set) {
            int index = type.sets.indexOf(set);
            if (index < 0) {
                throw new IllegalArgumentException(type.name + " does not declare set '" + set + "'");
            }
            ElementType<E> element = set.element();
            List<E> elements = new ArrayList<>();
            for (@Nullable Object[] row : stored.sets().get(index)) {
                elements.add(element.read(new ElementValues<>(element, row)));
            }
            return List.copyOf(elements);
        }

        @Override
        public JsonObject body() {
            return type.upcast(stored.body(), stored.schema());
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // a view of one row while it is read, never compared
    private record ElementValues<E>(
            ElementType<E> type, @Nullable Object[] row) implements FieldValues<E> {

        @Override
        public <V> @Nullable V get(Field<E, V> field) {
            int position = type.fields().indexOf(field);
            if (position < 0) {
                throw new IllegalArgumentException(type.name() + " does not declare field '" + field + "'");
            }
            Object value = row[position];
            return value == null ? null : field.type().decode(value);
        }
    }

    /**
     * Declares a type. Not thread-safe.
     *
     * @param <T> the record
     */
    public static final class Builder<T> {

        private final String name;
        private final Class<T> javaType;
        private @Nullable Function<T, ? extends EntityId> id;
        private @Nullable Function<T, Long> version;
        private @Nullable BiFunction<T, Long, T> withVersion;
        private final List<Field<T, ?>> fields = new ArrayList<>();
        private final List<SetField<T, ?>> sets = new ArrayList<>();
        private final List<UniqueKey<T>> uniqueKeys = new ArrayList<>();
        private final List<List<Field<T, ?>>> indexes = new ArrayList<>();
        private final List<Reference<T>> references = new ArrayList<>();
        private @Nullable Reference<T> subject;
        private @Nullable Field<T, Instant> timelineAt;
        private OnErasure onErasure = OnErasure.BLANK;
        private boolean personalBody;
        private boolean appendOnly;
        private boolean claimable;
        private @Nullable Function<T, JsonObject> body;
        private int schema = 1;
        private final Map<Integer, UnaryOperator<JsonObject>> upcasts = new HashMap<>();

        private Builder(String name, Class<T> javaType) {
            // The rule for stored names stands at ElementType and Field; a type's name follows the same one
            this.name = ElementType.requireStoredName("name of a type", name);
            this.javaType = Objects.requireNonNull(javaType, "javaType");
        }

        /**
         * Says how a record's id is read.
         *
         * @param getter reads it
         * @return this builder
         */
        public Builder<T> id(Function<T, ? extends EntityId> getter) {
            this.id = Objects.requireNonNull(getter, "getter");
            return this;
        }

        /**
         * Says how a record's version is read and copied.
         *
         * @param getter reads it
         * @param copy gives the record at another version
         * @return this builder
         */
        public Builder<T> version(Function<T, Long> getter, BiFunction<T, Long, T> copy) {
            this.version = Objects.requireNonNull(getter, "getter");
            this.withVersion = Objects.requireNonNull(copy, "copy");
            return this;
        }

        /**
         * Adds fields.
         *
         * @param more the fields
         * @return this builder
         */
        @SafeVarargs
        @SuppressWarnings("varargs") // the array is only read
        public final Builder<T> fields(Field<T, ?>... more) {
            fields.addAll(List.of(more));
            return this;
        }

        /**
         * Adds set-valued fields.
         *
         * @param more the set-valued fields
         * @return this builder
         */
        @SafeVarargs
        @SuppressWarnings("varargs") // the array is only read
        public final Builder<T> sets(SetField<T, ?>... more) {
            sets.addAll(List.of(more));
            return this;
        }

        /**
         * Adds a unique key.
         *
         * @param key the key
         * @return this builder
         */
        public Builder<T> unique(UniqueKey<T> key) {
            uniqueKeys.add(Objects.requireNonNull(key, "key"));
            return this;
        }

        /**
         * Adds an index over several fields, such as a customer and an instant.
         *
         * @param columns the fields in order
         * @return this builder
         */
        @SafeVarargs
        @SuppressWarnings("varargs") // the array is only read
        public final Builder<T> index(Field<T, ?>... columns) {
            indexes.add(List.of(columns));
            return this;
        }

        /**
         * Adds a reference to another record.
         *
         * @param reference the reference
         * @return this builder
         */
        public Builder<T> references(Reference<T> reference) {
            references.add(Objects.requireNonNull(reference, "reference"));
            return this;
        }

        /**
         * Adds the reference that says whose record it is.
         *
         * @param reference the reference
         * @return this builder
         */
        public Builder<T> subject(Reference<T> reference) {
            this.subject = reference;
            return references(reference);
        }

        /**
         * Puts the records on the timeline of their subject.
         *
         * @param field when they happened
         * @return this builder
         */
        public Builder<T> timelineAt(Field<T, Instant> field) {
            this.timelineAt = Objects.requireNonNull(field, "field");
            return this;
        }

        /**
         * Says what becomes of a record when its subject is erased; {@link OnErasure#BLANK} unless said.
         *
         * @param policy the policy
         * @return this builder
         */
        public Builder<T> onErasure(OnErasure policy) {
            this.onErasure = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Says that records are never updated or deleted one by one.
         *
         * @return this builder
         */
        public Builder<T> appendOnly() {
            this.appendOnly = true;
            return this;
        }

        /**
         * Says that records are work that one worker at a time takes under a lease.
         *
         * @return this builder
         */
        public Builder<T> claimable() {
            this.claimable = true;
            return this;
        }

        /**
         * Says what else is kept, without a column.
         *
         * @param writer gives it
         * @return this builder
         */
        public Builder<T> body(Function<T, JsonObject> writer) {
            this.body = Objects.requireNonNull(writer, "writer");
            return this;
        }

        /**
         * Says what else is kept, without a column, and that it is personal data.
         *
         * @param writer gives it
         * @return this builder
         */
        public Builder<T> personalBody(Function<T, JsonObject> writer) {
            this.personalBody = true;
            return body(writer);
        }

        /**
         * Raises the schema number of the body by one.
         *
         * @param upcast makes a body of the new schema from one of the former
         * @return this builder
         */
        public Builder<T> nextSchema(UnaryOperator<JsonObject> upcast) {
            upcasts.put(schema, Objects.requireNonNull(upcast, "upcast"));
            schema++;
            return this;
        }

        /**
         * Says how a record is made from its stored values, and ends the declaration.
         *
         * @param reader makes the record
         * @return the type
         * @throws IllegalArgumentException if the declarations contradict each other
         * @throws NullPointerException if id or version were not said
         */
        public EntityType<T> readBy(Function<EntityRecord<T>, T> reader) {
            return new EntityType<>(this, reader);
        }
    }
}
