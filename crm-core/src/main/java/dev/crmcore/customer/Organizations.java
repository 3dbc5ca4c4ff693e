package dev.crmcore.customer;

import dev.crmcore.context.ConflictException;
import dev.crmcore.context.NotFoundException;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.query.Order;
import dev.crmcore.query.Page;
import dev.crmcore.query.Query;
import dev.crmcore.value.ExternalId;
import dev.crmcore.value.SearchKey;
import dev.crmcore.work.UnitOfWork;
import dev.crmcore.work.Work;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The organizations of a tenant.
 *
 * <p>As thread-safe as its unit of work.
 */
public final class Organizations {

    private static final String CYCLE = "organization.parent.cycle";

    private final UnitOfWork unitOfWork;

    /**
     * Makes the service.
     *
     * @param unitOfWork where its calls run
     */
    public Organizations(UnitOfWork unitOfWork) {
        this.unitOfWork = Objects.requireNonNull(unitOfWork, "unitOfWork");
    }

    /**
     * Registers a new organization.
     *
     * @param draft what is known
     * @return the organization, with id, version 1 and the attributes that are there unless said
     * @throws RuleViolationException if a rule of the organization or of a declared attribute is broken
     * @throws dev.crmcore.context.DuplicateException if an external id is another organization's
     * @throws NotFoundException if the parent does not exist
     * @throws dev.crmcore.value.InvalidValueException if a text is blank, too long or not storable
     */
    public Organization register(Organization.Builder draft) {
        Objects.requireNonNull(draft, "draft");
        return unitOfWork.call(work -> {
            AttributeRules rules = AttributeRules.of(work, Organization.TYPE);
            Organization made = draft.build(new OrganizationId(work.newId()), work.now(), rules, work::newId);
            made.parent().ifPresent(parent -> lock(work, parent));
            Organization kept =
                    work.store().insert(Organization.TYPE, List.of(made)).get(0);
            work.record(new OrganizationRegistered(kept.id()));
            return kept;
        });
    }

    /**
     * Finds an organization.
     *
     * @param id the id
     * @return the organization; empty if there is none
     */
    public Optional<Organization> find(OrganizationId id) {
        Objects.requireNonNull(id, "id");
        return unitOfWork.call(work -> work.store().find(Organization.TYPE, id));
    }

    /**
     * Gives an organization that must be there.
     *
     * @param id the id
     * @return the organization
     * @throws NotFoundException if there is none
     */
    public Organization require(OrganizationId id) {
        return find(id).orElseThrow(() -> new NotFoundException(Organization.TYPE.name(), id));
    }

    /**
     * Finds which has an external id.
     *
     * @param externalId what another system calls it
     * @return the organization; empty if there is none
     */
    public Optional<Organization> findByExternalId(ExternalId externalId) {
        Query<Organization> query = Query.of(Organization.TYPE)
                .where(ExternalIds.contains(Organization.EXTERNAL_IDS, externalId))
                .limit(1);
        return unitOfWork.call(work -> work.store().list(query).stream().findFirst());
    }

    /**
     * Finds organizations by the beginning of their name, whatever case and accents.
     *
     * @param prefix the beginning; blank for all
     * @param limit how many at most, at least 1
     * @return the first of them in the order of their names without case and accents
     */
    public Page<Organization> findByName(String prefix, int limit) {
        return list(Query.of(Organization.TYPE)
                .where(Organization.NAME_KEY.startsWith(Texts.indexable(SearchKey.of(prefix))))
                .orderBy(Order.ascending(Organization.NAME_KEY))
                .limit(limit));
    }

    /**
     * Lists organizations, page by page.
     *
     * @param query which, in which order, from where, how many; relative time counts from now
     * @return a page
     */
    public Page<Organization> list(Query<Organization> query) {
        Objects.requireNonNull(query, "query");
        return unitOfWork.call(work -> work.page(query));
    }

    /**
     * Changes an organization, whatever the version: the record is held while the change is made.
     *
     * @param id which
     * @param change makes the changed copy; it runs once, in the transaction
     * @return the organization as it is kept; unchanged, and no event noted, where the change changes nothing
     * @throws NotFoundException if the organization or its parent does not exist
     * @throws RuleViolationException if a rule is broken, or the organization would be above itself
     * @throws dev.crmcore.context.DuplicateException if an external id is another organization's
     * @throws IllegalArgumentException if the change gives another organization
     */
    public Organization update(OrganizationId id, UnaryOperator<Organization> change) {
        Objects.requireNonNull(change, "change");
        return unitOfWork.call(work -> {
            Organization before = lock(work, id);
            Organization after = Objects.requireNonNull(change.apply(before), "changed organization");
            if (!after.id().equals(id) || after.version() != before.version()) {
                throw new IllegalArgumentException("the change of " + before + " gives another state: " + after);
            }
            return write(work, before, after);
        });
    }

    /**
     * Saves a changed copy.
     *
     * @param organization the copy, with the version at which the organization was read
     * @return the organization as it is kept; unchanged, and no event noted, where nothing was changed
     * @throws ConflictException if the organization was changed since it was read
     * @throws NotFoundException if the tenant has no such organization
     * @throws NotFoundException if the parent does not exist
     * @throws RuleViolationException if a rule is broken, or the organization would be above itself
     * @throws dev.crmcore.context.DuplicateException if an external id is another organization's
     */
    public Organization save(Organization organization) {
        Objects.requireNonNull(organization, "organization");
        return unitOfWork.call(work -> {
            Organization before = work.store()
                    .lock(Organization.TYPE, organization.id())
                    .orElseThrow(() -> new NotFoundException(Organization.TYPE.name(), organization.id()));
            if (before.version() != organization.version()) {
                throw new ConflictException(
                        Organization.TYPE.name(), organization.id().value(), organization.version());
            }
            return write(work, before, organization);
        });
    }

    private static Organization write(Work work, Organization before, Organization copy) {
        Organization after = copy.identified(work::newId);
        List<String> fields = Changes.between(Organization.TYPE, before, after);
        if (fields.isEmpty()) {
            return before;
        }
        if (!after.attributes().equals(before.attributes())) {
            AttributeRules.of(work, Organization.TYPE).checkChange(before.attributes(), after.attributes());
        }
        if (!after.parent().equals(before.parent())) {
            requireAcyclic(work, after);
        }
        Organization kept = work.store()
                .update(Organization.TYPE, List.of(after.changedAt(work.now())))
                .get(0);
        work.record(new OrganizationChanged(kept.id(), fields));
        return kept;
    }

    /** Holds every record on the way up, so that two who close one circle from both ends cannot both commit. */
    private static void requireAcyclic(Work work, Organization organization) {
        @Nullable OrganizationId above = organization.parent().orElse(null);
        while (above != null) {
            if (above.equals(organization.id())) {
                throw RuleViolationException.of(
                        CYCLE, "parent", organization.parent().orElseThrow().value(), "belongs to it already");
            }
            above = lock(work, above).parent().orElse(null);
        }
    }

    private static Organization lock(Work work, OrganizationId id) {
        return work.store()
                .lock(Organization.TYPE, id)
                .orElseThrow(() -> new NotFoundException(Organization.TYPE.name(), id));
    }
}
