package dev.crmcore.interaction;

import dev.crmcore.customer.Customer;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Cursor;
import dev.crmcore.query.Field;
import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.query.ScalarType;
import dev.crmcore.store.EntityCatalog;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.Reference;
import dev.crmcore.work.UnitOfWork;
import dev.crmcore.work.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happened with a customer, from every package and of every type that a host adds, in one order.
 *
 * <p>What belongs here is said by the types alone: the {@linkplain EntityType#subject() subject} is a customer, and there
 * is an {@linkplain EntityType#timelineAt() instant on the timeline}. Entries stand in the order of their instants, those of
 * one instant in that of their ids.
 *
 * <pre>{@code
 * TimelinePage page = timeline.of(ann.id()).newestFirst().page(20);
 * for (TimelineEntry entry : page.entries()) {
 *     entry.as(Interaction.TYPE).ifPresent(interaction -> show(interaction));
 * }
 * page.next().ifPresent(place -> timeline.of(ann.id()).newestFirst().after(place).page(20));
 * }</pre>
 *
 * <p>A page costs one query for each type on the timeline, each for one record more than the page holds, however long the
 * timeline is. As thread-safe as its unit of work.
 */
public final class Timeline {

    private static final Comparator<TimelineEntry> OLDEST_FIRST =
            Comparator.comparing(TimelineEntry::at).thenComparing(TimelineEntry::id, ScalarType.UNSIGNED_ORDER);

    private final UnitOfWork unitOfWork;
    private final List<EntityType<?>> types;

    /**
     * Makes the service.
     *
     * @param unitOfWork where its calls run
     * @param catalog the types that the store keeps
     */
    public Timeline(UnitOfWork unitOfWork, EntityCatalog catalog) {
        this.unitOfWork = Objects.requireNonNull(unitOfWork, "unitOfWork");
        this.types = catalog.types().stream()
                .filter(type -> type.timelineAt().isPresent())
                .filter(type -> type.subject()
                        .map(Reference::target)
                        .filter(Customer.TYPE.name()::equals)
                        .isPresent())
                .toList();
    }

    /**
     * The types that stand on timelines of customers.
     *
     * @return the types in the order of the catalog
     */
    public List<EntityType<?>> types() {
        return types;
    }

    /**
     * The timeline of a customer, oldest first, from its beginning, with every type.
     *
     * @param customer whose; one that does not exist has an empty timeline
     * @return the view, of which pages are read
     */
    public View of(CustomerId customer) {
        return new View(this, Objects.requireNonNull(customer, "customer"), types, false, null, false);
    }

    private TimelinePage read(View view, int limit) {
        boolean descending = view.newestFirst != view.backwards;
        List<TimelineEntry> found = unitOfWork.call(work -> {
            List<TimelineEntry> all = new ArrayList<>();
            for (EntityType<?> type : view.types) {
                all.addAll(read(work, type, view, descending, limit == Integer.MAX_VALUE ? limit : limit + 1));
            }
            return all;
        });
        // Each type came in order: the sort finds these runs and merges them
        found.sort(descending ? OLDEST_FIRST.reversed() : OLDEST_FIRST);
        boolean more = found.size() > limit;
        List<TimelineEntry> entries = more ? found.subList(0, limit) : found;
        if (view.backwards) {
            Collections.reverse(entries);
            return new TimelinePage(entries, true, more);
        }
        return new TimelinePage(entries, more, view.place != null);
    }

    private static <T> List<TimelineEntry> read(
            Work work, EntityType<T> type, View view, boolean descending, int limit) {
        Field<T, Instant> at = type.timelineAt().orElseThrow();
        UUID customer = view.customer.value();
        Condition<T> whose = type.subject().orElseThrow().names(customer);
        Query<T> query = Query.of(type)
                .where(at.isRequired() ? whose : whose.and(at.isPresent()))
                .orderBy(descending ? Order.descending(at) : Order.ascending(at))
                .limit(limit);
        if (view.place != null) {
            query = query.after(Cursor.of(List.of(view.place.at()), view.place.id()));
        }
        return work.store().list(query).stream()
                .map(record -> TimelineEntry.of(type, record, Objects.requireNonNull(at.get(record))))
                .toList();
    }

    /**
     * A way to look at the timeline of a customer: in which direction, at which types, from where.
     *
     * <p>Immutable; as thread-safe as the timeline's unit of work.
     */
    public static final class View {

        private final Timeline timeline;
        private final CustomerId customer;
        private final List<EntityType<?>> types;
        private final boolean newestFirst;
        private final @Nullable TimelinePosition place;
        private final boolean backwards;

        private View(
                Timeline timeline,
                CustomerId customer,
                List<EntityType<?>> types,
                boolean newestFirst,
                @Nullable TimelinePosition place,
                boolean backwards) {
            this.timeline = timeline;
            this.customer = customer;
            this.types = types;
            this.newestFirst = newestFirst;
            this.place = place;
            this.backwards = backwards;
        }

        /**
         * The newest entry first.
         *
         * @return a copy, from the newest entry on
         */
        public View newestFirst() {
            return new View(timeline, customer, types, true, null, false);
        }

        /**
         * The oldest entry first, as unless said.
         *
         * @return a copy, from the oldest entry on
         */
        public View oldestFirst() {
            return new View(timeline, customer, types, false, null, false);
        }

        /**
         * Entries of these types alone.
         *
         * @param only the types, which stand on timelines of customers
         * @return a copy
         * @throws IllegalArgumentException if one does not stand on timelines of customers
         */
        public View ofTypes(EntityType<?>... only) {
            for (EntityType<?> type : only) {
                if (!timeline.types.contains(type)) {
                    throw new IllegalArgumentException(type.name() + " does not stand on timelines of customers");
                }
            }
            List<EntityType<?>> chosen = List.of(only);
            return new View(
                    timeline,
                    customer,
                    timeline.types.stream().filter(chosen::contains).toList(),
                    newestFirst,
                    place,
                    backwards);
        }

        /**
         * The entries that come after a place in this view's direction.
         *
         * @param position the place, such as {@link TimelinePage#next()}
         * @return a copy
         */
        public View after(TimelinePosition position) {
            return new View(timeline, customer, types, newestFirst, Objects.requireNonNull(position), false);
        }

        /**
         * The entries that come just before a place in this view's direction; still in that direction.
         *
         * @param position the place, such as {@link TimelinePage#previous()}
         * @return a copy
         */
        public View before(TimelinePosition position) {
            return new View(timeline, customer, types, newestFirst, Objects.requireNonNull(position), true);
        }

        /**
         * Reads a page.
         *
         * @param limit how many entries at most, at least 1
         * @return the page; empty where nothing happened
         * @throws IllegalArgumentException if the limit is less than 1
         */
        public TimelinePage page(int limit) {
            if (limit < 1) {
                throw new IllegalArgumentException("limit must be at least 1: " + limit);
            }
            return timeline.read(this, limit);
        }
    }
}
