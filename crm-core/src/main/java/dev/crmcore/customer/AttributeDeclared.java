package dev.crmcore.customer;

import dev.crmcore.event.DomainEvent;
import dev.crmcore.value.JsonObject;
import java.util.Objects;

/**
 * An attribute was declared, or something else was said of it.
 *
 * @param definition which definition
 * @param target the stored name of the type whose records have the attribute
 * @param key the attribute's key
 */
public record AttributeDeclared(AttributeDefinitionId definition, String target, String key) implements DomainEvent {

    /**
     * Checks the parts.
     *
     * @param definition which definition
     * @param target the stored name of the type whose records have the attribute
     * @param key the attribute's key
     */
    public AttributeDeclared {
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(key, "key");
    }

    static AttributeDeclared of(AttributeDefinition definition) {
        return new AttributeDeclared(definition.id(), definition.target(), definition.key());
    }

    @Override
    public String type() {
        return "attribute_definition.declared";
    }

    @Override
    public String subjectType() {
        return AttributeDefinition.TYPE.name();
    }

    @Override
    public AttributeDefinitionId subjectId() {
        return definition;
    }

    @Override
    public JsonObject data() {
        return JsonObject.builder().put("target", target).put("key", key).build();
    }
}
