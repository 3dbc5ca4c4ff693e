package dev.crmcore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.EntityId;
import dev.crmcore.context.StoreException;
import dev.crmcore.context.TenantId;
import dev.crmcore.query.ElementType;
import dev.crmcore.query.Field;
import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.query.SetField;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.EntityCatalog;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.UniqueKey;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Tables follow from the types")
class SchemaTest {

    private record Id(UUID value) implements EntityId {}

    private record Thing(Id id, long version, String text, List<Thing> parts) {}

    /** A type with text fields and one set, all under the names given. */
    private static EntityType<Thing> type(String name, String set, String... names) {
        EntityType.Builder<Thing> builder = EntityType.define(name, Thing.class)
                .id(Thing::id)
                .version(Thing::version, (thing, version) -> new Thing(thing.id, version, thing.text, thing.parts));
        Field<Thing, String> last = Field.text("last", Thing::text);
        for (String field : names) {
            last = Field.text(field, Thing::text).indexed();
            builder.fields(last);
        }
        Field<Thing, String> text = last;
        Field<Thing, String> owner = Field.text("owner", Thing::text).indexed();
        ElementType<Thing> part = ElementType.of(
                "part",
                stored -> new Thing(new Id(new UUID(0, 0)), 0, stored.require(owner), List.of()),
                owner,
                Field.text("tenant", Thing::text),
                Field.text("ordinal", Thing::text));
        SetField<Thing, Thing> parts = SetField.of(set, part, Thing::parts);
        return builder.sets(parts)
                .unique(UniqueKey.ofElements("a key with a very long name, und mit Leerzeichen", parts, owner))
                .readBy(stored ->
                        new Thing(new Id(stored.id()), stored.version(), stored.require(text), stored.elements(parts)));
    }

    private static final String[] RESERVED = {
        "tenant",
        "body",
        "body_schema",
        "lease_owner",
        "lease_until",
        "value",
        "key",
        "day",
        "user",
        "order",
        "group",
        "select",
        "table",
        "position",
        "from",
        "a23456789_123456789_123456789_"
    };

    @ParameterizedTest
    @EnumSource
    @DisplayName("fields may have any name that the port allows, also those of the store's own columns")
    void names(TestDatabase database) {
        EntityType<Thing> type = type("a23456789_123456789_123456789_", "b23456789_123456789_123456789_", RESERVED);
        Thing part = new Thing(new Id(new UUID(0, 0)), 0, "part", List.of());
        Thing thing = new Thing(new Id(new UUID(1, 1)), 1, "text", List.of(part));
        try (CrmStore store = JdbcStore.open(database.create(), EntityCatalog.of(List.of(type)))) {
            store.inTransaction(TenantId.of("t"), tx -> tx.insert(type, List.of(thing)));
            for (Field<Thing, ?> field : type.fields()) {
                @SuppressWarnings("unchecked") // all fields of the type are text
                Field<Thing, String> text = (Field<Thing, String>) field;
                Query<Thing> query = Query.of(type).where(text.is("text")).orderBy(List.of(Order.ascending(text)));
                List<Thing> found = store.inTransaction(TenantId.of("t"), tx -> tx.list(query));
                assertThat(found).as(field.name()).containsExactly(thing);
            }
        }
    }

    @Test
    @DisplayName("two types that would share a table are refused")
    void collisions() {
        DataSource dataSource = TestDatabase.H2_MEMORY.create();
        EntityCatalog clash = EntityCatalog.of(List.of(type("a", "b_c", "x"), type("a_b", "c", "x")));
        assertThatThrownBy(() -> JdbcStore.open(dataSource, clash))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a_b.c would be kept in table crm_a_b_c, which is another's");
        EntityCatalog own = EntityCatalog.of(List.of(type("tenant", "c", "x")));
        assertThatThrownBy(() -> JdbcStore.open(dataSource, own)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("what is missing is created when a store is opened, also single columns, or refused, as one wishes")
    void policies(TestDatabase database) {
        DataSource dataSource = database.create();
        EntityCatalog former = EntityCatalog.of(List.of(type("thing", "parts", "x")));
        EntityType<Thing> newer = type("thing", "parts", "x", "y");
        EntityCatalog catalog = EntityCatalog.of(List.of(newer));
        assertThatThrownBy(() -> open(dataSource, catalog, SchemaPolicy.VALIDATE))
                .isInstanceOf(StoreException.class)
                .hasMessage("the database lacks crm_tenant, crm_event_log, crm_thing, crm_thing_parts");
        open(dataSource, former, SchemaPolicy.APPLY).close();
        assertThatThrownBy(() -> open(dataSource, catalog, SchemaPolicy.VALIDATE))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the database lacks crm_thing.y");
        open(dataSource, catalog, SchemaPolicy.NONE).close();
        open(dataSource, catalog, SchemaPolicy.APPLY).close();
        open(dataSource, catalog, SchemaPolicy.APPLY).close();
        try (CrmStore store = open(dataSource, catalog, SchemaPolicy.VALIDATE)) {
            Thing thing = new Thing(new Id(new UUID(1, 1)), 1, "text", List.of());
            assertThat(store.<List<Thing>>inTransaction(TenantId.of("t"), tx -> tx.insert(newer, List.of(thing))))
                    .containsExactly(thing);
        }
    }

    private static CrmStore open(DataSource dataSource, EntityCatalog catalog, SchemaPolicy policy) {
        return JdbcStore.builder(ConnectionProvider.of(dataSource), catalog)
                .schemaPolicy(policy)
                .open();
    }

    @Test
    @DisplayName("names longer than a database takes are cut and stay different")
    void longNames() {
        String a = Identifiers.of("crm", "x".repeat(60), "one");
        String b = Identifiers.of("crm", "x".repeat(60), "two");
        assertThat(a).hasSize(63).isNotEqualTo(b);
        assertThat(Identifiers.of("crm", "I\u0130", "a b")).isEqualTo("crm_ii__a_b");
    }
}
