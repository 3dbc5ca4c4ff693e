package dev.crmcore.interaction;

import dev.crmcore.context.DuplicateException;
import dev.crmcore.context.EntityId;
import dev.crmcore.context.NotFoundException;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.customer.Customers;
import dev.crmcore.query.Order;
import dev.crmcore.query.Page;
import dev.crmcore.query.Query;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.Inserted;
import dev.crmcore.value.ExternalId;
import dev.crmcore.work.UnitOfWork;
import dev.crmcore.work.Work;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happened between customers and the company, and where.
 *
 * <pre>{@code
 * Touchpoint hotline = interactions.declareTouchpoint("hotline", Channel.CALL, "support");
 * interactions.record(Interaction.with(ann.id(), "order question", Channel.CALL).inbound().touchpoint(hotline.id()));
 * }</pre>
 *
 * <p>Interactions may arrive in any order. As thread-safe as its unit of work.
 */
public final class Interactions {

    private final UnitOfWork unitOfWork;

    /**
     * Makes the service.
     *
     * @param unitOfWork where its calls run
     */
    public Interactions(UnitOfWork unitOfWork) {
        this.unitOfWork = Objects.requireNonNull(unitOfWork, "unitOfWork");
    }

    /**
     * Records an interaction.
     *
     * @param draft what happened
     * @return the interaction; the one that is there if it was recorded before under its external id
     * @throws NotFoundException if the customer, a customer who took part, the touchpoint or the corrected entry does not
     *     exist
     * @throws RuleViolationException if a rule of the interaction is broken, or the corrected entry is another customer's
     * @throws dev.crmcore.value.InvalidValueException if a text is blank, too long or not storable
     * @throws DuplicateException if the interaction that has the external id says something else
     */
    public Interaction record(Interaction.Builder draft) {
        return unitOfWork.call(work -> {
            Inserted<Interaction> outcome =
                    new Interactions(work).recordAll(List.of(draft)).get(0);
            Interaction kept = outcome.entity();
            if (!outcome.isNew() && !draft.isRecordedAs(kept)) {
                throw DuplicateException.ofOtherContent(
                        Interaction.TYPE.name(),
                        Interaction.EXTERNAL_ID_KEY.name(),
                        kept.id().value(),
                        kept.externalId().orElseThrow().system());
            }
            return kept;
        });
    }

    /**
     * Records several interactions, in a constant number of statements and batches.
     *
     * @param drafts what happened, in any order
     * @return for each draft, in order, the interaction that is recorded now or was there with its external id,
     *     be what that says the same or not
     * @throws NotFoundException if a customer, a touchpoint or a corrected entry does not exist; then none is recorded
     * @throws RuleViolationException if a rule is broken by one; then none is recorded
     * @throws dev.crmcore.value.InvalidValueException if a text is blank, too long or not storable
     */
    public List<Inserted<Interaction>> recordAll(List<Interaction.Builder> drafts) {
        List<Interaction.Builder> copy = drafts.stream()
                .map(draft -> Objects.requireNonNull(draft, "draft"))
                .toList();
        return unitOfWork.call(work -> {
            List<Interaction> made = copy.stream()
                    .map(draft -> draft.build(new InteractionId(work.newId()), work.now()))
                    .toList();
            requireReferences(work, made);
            List<Inserted<Interaction>> outcomes =
                    work.store().insertIfAbsent(Interaction.TYPE, made, Interaction.EXTERNAL_ID_KEY);
            outcomes.stream()
                    .filter(Inserted::isNew)
                    .forEach(outcome -> work.record(InteractionRecorded.of(outcome.entity())));
            return outcomes;
        });
    }

    private static void requireReferences(Work work, List<Interaction> made) {
        Set<CustomerId> customers = made.stream()
                .flatMap(i -> Stream.concat(
                        Stream.of(i.customer()),
                        i.participants().stream().map(Participant::customer).flatMap(Optional::stream)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        new Customers(work).requireAll(customers);
        found(work, Touchpoint.TYPE, ids(made.stream().map(Interaction::touchpoint)));
        Map<InteractionId, Interaction> corrected =
                found(work, Interaction.TYPE, ids(made.stream().map(Interaction::corrects)));
        for (Interaction interaction : made) {
            interaction.corrects().ifPresent(earlier -> {
                if (!Objects.requireNonNull(corrected.get(earlier)).customer().equals(interaction.customer())) {
                    throw RuleViolationException.of(
                            "interaction.correction", "corrects", earlier.value(), "is another customer's");
                }
            });
        }
    }

    private static <I extends EntityId> Set<I> ids(Stream<Optional<I>> ids) {
        return ids.flatMap(Optional::stream).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static <T, I extends EntityId> Map<I, T> found(Work work, EntityType<T> type, Set<I> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<UUID, T> byId =
                work.store().findAll(type, ids).stream().collect(Collectors.toMap(type::idOf, record -> record));
        return ids.stream().collect(Collectors.toMap(id -> id, id -> {
            T record = byId.get(id.value());
            if (record == null) {
                throw new NotFoundException(type.name(), id);
            }
            return record;
        }));
    }

    /**
     * Finds an interaction.
     *
     * @param id the id
     * @return the interaction; empty if there is none
     */
    public Optional<Interaction> find(InteractionId id) {
        Objects.requireNonNull(id, "id");
        return unitOfWork.call(work -> work.store().find(Interaction.TYPE, id));
    }

    /**
     * Gives an interaction that must be there.
     *
     * @param id the id
     * @return the interaction
     * @throws NotFoundException if there is none
     */
    public Interaction require(InteractionId id) {
        return find(id).orElseThrow(() -> new NotFoundException(Interaction.TYPE.name(), id));
    }

    /**
     * Finds which has an external id.
     *
     * @param externalId what the system that delivered it calls it
     * @return the interaction; empty if there is none
     */
    public Optional<Interaction> findByExternalId(ExternalId externalId) {
        Query<Interaction> query = Query.of(Interaction.TYPE)
                .where(Interaction.EXTERNAL_SYSTEM
                        .is(externalId.system())
                        .and(Interaction.EXTERNAL_VALUE.is(externalId.value())))
                .limit(1);
        return unitOfWork.call(work -> work.store().list(query).stream().findFirst());
    }

    /**
     * Lists interactions, page by page: the next page is the same query {@linkplain Query#after after} the cursor of this.
     *
     * @param query which, in which order, from where, how many; relative time counts from now
     * @return a page
     */
    public Page<Interaction> list(Query<Interaction> query) {
        Objects.requireNonNull(query, "query");
        return unitOfWork.call(work -> work.page(query));
    }

    /**
     * Declares a touchpoint, or says something else of the one of that name.
     *
     * @param name the name, 1 to 200 characters, compared exactly
     * @param channel by what way customers meet the company there
     * @param stage the host's key of the stage of their journey, 1 to 200 characters; null for any
     * @return the touchpoint as it is kept
     * @throws dev.crmcore.value.InvalidValueException if a text is blank, too long or not storable
     */
    public Touchpoint declareTouchpoint(String name, Channel channel, @Nullable String stage) {
        return unitOfWork.call(work -> {
            Touchpoint made = new Touchpoint(new TouchpointId(work.newId()), 0, name, channel, stage);
            Inserted<Touchpoint> outcome = work.store()
                    .insertIfAbsent(Touchpoint.TYPE, List.of(made), Touchpoint.NAME_KEY)
                    .get(0);
            Touchpoint kept = outcome.entity();
            if (!outcome.isNew()) {
                Touchpoint said = new Touchpoint(kept.id(), kept.version(), name, channel, stage);
                if (said.equals(kept)) {
                    return kept;
                }
                kept = work.store().update(Touchpoint.TYPE, List.of(said)).get(0);
            }
            work.record(new TouchpointDeclared(kept.id()));
            return kept;
        });
    }

    /**
     * Finds a touchpoint by its name.
     *
     * @param name the name, compared exactly
     * @return the touchpoint; empty if none is declared under that name
     */
    public Optional<Touchpoint> findTouchpoint(String name) {
        Query<Touchpoint> query =
                Query.of(Touchpoint.TYPE).where(Touchpoint.NAME.is(name)).limit(1);
        return unitOfWork.call(work -> work.store().list(query).stream().findFirst());
    }

    /**
     * All touchpoints.
     *
     * @return the touchpoints in the order of their names
     */
    public List<Touchpoint> touchpoints() {
        return unitOfWork.call(
                work -> work.store().list(Query.of(Touchpoint.TYPE).orderBy(Order.ascending(Touchpoint.NAME))));
    }
}
