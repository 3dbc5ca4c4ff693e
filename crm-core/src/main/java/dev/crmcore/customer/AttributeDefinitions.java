package dev.crmcore.customer;

import dev.crmcore.context.NotFoundException;
import dev.crmcore.query.Query;
import dev.crmcore.store.EntityType;
import dev.crmcore.work.UnitOfWork;
import dev.crmcore.work.Work;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a tenant declares of the attributes of its customers and organizations.
 *
 * <p>Declarations take effect for what is registered or changed from then on; nothing that is stored is touched.
 *
 * <p>As thread-safe as its unit of work.
 */
public final class AttributeDefinitions {

    private final UnitOfWork unitOfWork;

    /**
     * Makes the service.
     *
     * @param unitOfWork where its calls run
     */
    public AttributeDefinitions(UnitOfWork unitOfWork) {
        this.unitOfWork = Objects.requireNonNull(unitOfWork, "unitOfWork");
    }

    /**
     * Declares an attribute, or says something else of one that is declared; a deprecated one is in use again.
     *
     * @param draft what is said
     * @return the definition as it is kept
     * @throws dev.crmcore.context.RuleViolationException if its parts contradict each other, or it was declared with
     *     another type
     */
    public AttributeDefinition declare(AttributeDefinition.Builder draft) {
        Objects.requireNonNull(draft, "draft");
        return unitOfWork.call(work -> {
            AttributeDefinition declared = draft.build(new AttributeDefinitionId(work.newId()));
            AttributeDefinition kept = find(work, draft.target(), draft.key())
                    .map(earlier -> write(work, earlier, declared.inPlaceOf(earlier)))
                    .orElseGet(() -> insert(work, declared));
            return kept;
        });
    }

    /**
     * Takes no new values of an attribute any more; those that are there stay.
     *
     * @param target the type whose records have it
     * @param key its key
     * @return the definition as it is kept; unchanged if it was deprecated before
     * @throws NotFoundException if it is not declared
     */
    public AttributeDefinition deprecate(EntityType<?> target, String key) {
        return unitOfWork.call(work -> {
            AttributeDefinition definition = find(work, target.name(), key)
                    .orElseThrow(
                            () -> new NotFoundException(AttributeDefinition.TYPE.name(), target.name() + "." + key));
            return write(work, definition, definition.deprecated(work.now()));
        });
    }

    /**
     * Finds a definition.
     *
     * @param target the type whose records have the attribute
     * @param key its key
     * @return the definition; empty if the attribute is not declared
     */
    public Optional<AttributeDefinition> find(EntityType<?> target, String key) {
        return unitOfWork.call(work -> find(work, target.name(), key));
    }

    /**
     * All definitions of a type, deprecated ones too.
     *
     * @param target the type whose records have the attributes
     * @return the definitions in the order of their keys
     */
    public List<AttributeDefinition> of(EntityType<?> target) {
        return unitOfWork.call(work -> AttributeRules.of(work, target).definitions());
    }

    private static Optional<AttributeDefinition> find(Work work, String target, String key) {
        return work
                .store()
                .list(Query.of(AttributeDefinition.TYPE)
                        .where(AttributeDefinition.TARGET.is(target).and(AttributeDefinition.KEY.is(key)))
                        .limit(1))
                .stream()
                .findFirst();
    }

    private static AttributeDefinition insert(Work work, AttributeDefinition declared) {
        AttributeDefinition kept =
                work.store().insert(AttributeDefinition.TYPE, List.of(declared)).get(0);
        work.record(AttributeDeclared.of(kept));
        return kept;
    }

    private static AttributeDefinition write(Work work, AttributeDefinition before, AttributeDefinition after) {
        if (after.equals(before)) {
            return before;
        }
        AttributeDefinition kept =
                work.store().update(AttributeDefinition.TYPE, List.of(after)).get(0);
        work.record(AttributeDeclared.of(kept));
        return kept;
    }
}
