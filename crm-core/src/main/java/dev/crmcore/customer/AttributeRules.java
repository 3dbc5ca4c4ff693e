package dev.crmcore.customer;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.store.EntityType;
import dev.crmcore.work.Work;
import java.util.List;

/** What a tenant declared of the attributes of one type of record, applied to a registration or a change. */
final class AttributeRules {

    private final List<AttributeDefinition> definitions;

    private AttributeRules(List<AttributeDefinition> definitions) {
        this.definitions = definitions;
    }

    /** One query. */
    static AttributeRules of(Work work, EntityType<?> target) {
        return new AttributeRules(work.store()
                .list(Query.of(AttributeDefinition.TYPE)
                        .where(AttributeDefinition.TARGET.is(target.name()))
                        .orderBy(Order.ascending(AttributeDefinition.KEY))));
    }

    static AttributeRules of(List<AttributeDefinition> definitions) {
        return new AttributeRules(List.copyOf(definitions));
    }

    List<AttributeDefinition> definitions() {
        return definitions;
    }

    /** The attributes of a new record, with what is there unless said. */
    Attributes complete(Attributes given) {
        Attributes complete = given;
        for (AttributeDefinition definition : definitions) {
            String key = definition.key();
            if (given.has(key)) {
                checkNew(definition, given.all(key));
            } else if (definition.deprecatedAt().isEmpty()) {
                if (definition.defaultValue().isPresent()) {
                    complete = complete.with(key, definition.defaultValue().get());
                } else if (definition.isRequired()) {
                    throw missing(definition);
                }
            }
        }
        return complete;
    }

    /** A change answers for what it changes, not for what was there before the definition. */
    void checkChange(Attributes before, Attributes after) {
        for (AttributeDefinition definition : definitions) {
            List<AttributeValue> values = after.all(definition.key());
            if (values.equals(before.all(definition.key()))) {
                continue;
            }
            if (!values.isEmpty()) {
                checkNew(definition, values);
            } else if (definition.isRequired() && definition.deprecatedAt().isEmpty()) {
                throw missing(definition);
            }
        }
    }

    private static void checkNew(AttributeDefinition definition, List<AttributeValue> values) {
        if (definition.deprecatedAt().isPresent()) {
            throw RuleViolationException.of(
                    "attribute.deprecated", definition.field() + " takes no new values any more");
        }
        definition.check(values);
    }

    private static RuleViolationException missing(AttributeDefinition definition) {
        return RuleViolationException.of("attribute.required", definition.field() + " is required");
    }
}
