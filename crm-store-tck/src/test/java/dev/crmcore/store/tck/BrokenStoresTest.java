package dev.crmcore.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;

import dev.crmcore.context.DuplicateException;
import dev.crmcore.context.EntityId;
import dev.crmcore.context.TenantId;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Field;
import dev.crmcore.query.Query;
import dev.crmcore.store.Assignment;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.EntityCatalog;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.EventRecord;
import dev.crmcore.store.Lease;
import dev.crmcore.store.LogPosition;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.LoggedEvent;
import dev.crmcore.store.RowCursor;
import dev.crmcore.store.StoreTransaction;
import dev.crmcore.store.memory.MemoryStore;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The kit finds what is wrong with a store: stores that break one promise each are rejected, by the case meant for it. */
class BrokenStoresTest {

    private static UnaryOperator<CrmStore> breakage = UnaryOperator.identity();

    /** The contract on a broken store; run by the test below only. */
    static final class Subject extends StoreContract {
        @Override
        protected CrmStore newStore(EntityCatalog catalog) {
            return breakage.apply(MemoryStore.create());
        }
    }

    private static Arguments broken(String how, UnaryOperator<CrmStore> breaking, Class<?> group, String rejectedBy) {
        return arguments(how, breaking, group, rejectedBy);
    }

    private static Arguments brokenWork(
            String how, UnaryOperator<StoreTransaction> breaking, Class<?> group, String rejectedBy) {
        return arguments(
                how,
                (UnaryOperator<CrmStore>) right -> new ForwardingStore(right) {
                    @Override
                    StoreTransaction wrap(TenantId tenant, StoreTransaction tx) {
                        return breaking.apply(tx);
                    }
                },
                group,
                rejectedBy);
    }

    static Stream<Arguments> brokenStores() {
        return Stream.of(
                brokenWork("loses updates", LosesUpdates::new, StoreContract.Versions.class, "secondWriterIsRefused"),
                broken("leaks tenants", LeaksTenants::new, StoreContract.Tenants.class, "strangersReadNothing"),
                broken(
                        "gives log positions when appending",
                        GivesPositionsTooEarly::new,
                        StoreContract.Log.class,
                        "firstBegunCommitsLast"),
                broken("logs what was undone", LogsAtOnce::new, StoreContract.Log.class, "undoneEvents"),
                broken(
                        "leaves out events that it has",
                        LeavesOutKnownEvents::new,
                        StoreContract.Log.class,
                        "idsAreTakenOnce"),
                broken(
                        "keeps the caller's lists",
                        KeepsTheCallersLists::new,
                        StoreContract.RoundTrip.class,
                        "noAliasing"),
                brokenWork(
                        "cannot index the longest texts",
                        IndexesShorterTexts::new,
                        StoreContract.RoundTrip.class,
                        "longIndexedTexts"),
                brokenWork(
                        "leaves out records whose texts are too long",
                        LeavesOutTooLongTexts::new,
                        StoreContract.RoundTrip.class,
                        "tooLongIndexedTexts"),
                brokenWork(
                        "leaves out changes of many whose texts are too long",
                        LeavesOutTooLongChanges::new,
                        StoreContract.RoundTrip.class,
                        "tooLongIndexedTexts"),
                brokenWork("puts absent first", PutsAbsentFirst::new, StoreContract.Queries.class, "absentComesLast"),
                brokenWork("skips ties between pages", SkipsTies::new, StoreContract.Queries.class, "pages"),
                brokenWork(
                        "answers with three values",
                        AnswersWithThreeValues::new,
                        StoreContract.Queries.class,
                        "conditionsAreTwoValued"),
                brokenWork(
                        "swallows taken keys",
                        SwallowsTakenKeys::new,
                        StoreContract.UniqueKeys.class,
                        "takenKeyOverAField"),
                brokenWork(
                        "leaves nested work",
                        LeavesNestedWork::new,
                        StoreContract.Transactions.class,
                        "nestedRollback"),
                broken("commits what failed", CommitsWhatFailed::new, StoreContract.Transactions.class, "rollback"),
                broken(
                        "reads the uncommitted",
                        ReadsDirt::new,
                        StoreContract.Transactions.class,
                        "uncommittedIsInvisible"),
                brokenWork("acts before the commit", ActsAtOnce::new, StoreContract.Transactions.class, "afterCommit"),
                brokenWork("locks nothing", LocksNothing::new, StoreContract.Concurrency.class, "lockWaitsForLock"),
                brokenWork("claims twice", ClaimsTwice::new, StoreContract.Claims.class, "leasesExclude"),
                brokenWork(
                        "ends leases in changes of many",
                        EndsLeasesOfMany::new,
                        StoreContract.Claims.class,
                        "changesOfManyKeepTheLease"),
                brokenWork("opens cursors late", OpensLate::new, StoreContract.Scans.class, "cursorsSeeTheirOpening"),
                brokenWork(
                        "assigns one after the other",
                        AssignsOneByOne::new,
                        StoreContract.SetBased.class,
                        "assignmentsBelongTogether"),
                brokenWork(
                        "forgets elements in a merge",
                        tx -> new Forgets(tx, Assignment.ReplaceInSet.class),
                        StoreContract.HardOperations.class,
                        "merge"),
                brokenWork(
                        "forgets elements in an erasure",
                        tx -> new Forgets(tx, Assignment.ClearSet.class),
                        StoreContract.HardOperations.class,
                        "erasure"));
    }

    @ParameterizedTest(name = "a store that {0}")
    @MethodSource("brokenStores")
    @DisplayName("is rejected by the case meant for it")
    void isRejected(String how, UnaryOperator<CrmStore> breaking, Class<?> group, String rejectedBy) {
        breakage = breaking;
        try {
            List<String> failed = failedCases(group);
            assertThat(failed).as("cases that reject a store that " + how).contains(rejectedBy);
        } finally {
            breakage = UnaryOperator.identity();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {StoreContract.Transactions.class, StoreContract.Log.class, StoreContract.Claims.class})
    @DisplayName("the same way of running finds nothing wrong with a right store")
    void rightStoreIsNotRejected(Class<?> group) {
        assertThat(failedCases(group)).isEmpty();
    }

    private static List<String> failedCases(Class<?> group) {
        List<String> failed = new ArrayList<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectNestedClass(List.of(Subject.class), group))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                                    test.getSource()
                                            .map(BrokenStoresTest::nameOf)
                                            .ifPresent(failed::add);
                                }
                            }
                        });
        return failed;
    }

    private static String nameOf(TestSource source) {
        return source instanceof org.junit.platform.engine.support.descriptor.MethodSource method
                ? method.getMethodName()
                : source.toString();
    }

    private static EntityId id(UUID value) {
        return () -> value;
    }

    private record Key(TenantId tenant, EntityType<?> type, UUID id) {}

    private static final class LosesUpdates extends ForwardingTransaction {
        LosesUpdates(StoreTransaction right) {
            super(right);
        }

        @Override
        public <T> List<T> update(EntityType<T> type, List<T> entities) {
            return super.update(
                    type, entities.stream().map(e -> atNewest(type, e)).toList());
        }

        private <T> T atNewest(EntityType<T> type, T entity) {
            return right.find(type, id(type.idOf(entity)))
                    .map(newest -> type.withVersion(entity, type.versionOf(newest)))
                    .orElse(entity);
        }
    }

    private static final class LeaksTenants extends ForwardingStore {
        private final Set<TenantId> all = ConcurrentHashMap.newKeySet();

        LeaksTenants(CrmStore right) {
            super(right);
        }

        @Override
        StoreTransaction wrap(TenantId tenant, StoreTransaction tx) {
            all.add(tenant);
            return new ForwardingTransaction(tx) {
                @Override
                public <T> Optional<T> find(EntityType<T> type, EntityId id) {
                    return super.find(type, id)
                            .or(() -> all.stream()
                                    .flatMap(
                                            other -> LeaksTenants.this
                                                    .right
                                                    .<Optional<T>>inTransaction(other, that -> that.find(type, id))
                                                    .stream())
                                    .findFirst());
                }
            };
        }
    }

    /** Positions in the order of appending, readable when committed: what a sequence in a database gives. */
    private static final class GivesPositionsTooEarly extends ForwardingStore {
        private final AtomicLong last = new AtomicLong();
        private final Map<TenantId, ConcurrentSkipListMap<Long, EventRecord>> logs = new ConcurrentHashMap<>();

        GivesPositionsTooEarly(CrmStore right) {
            super(right);
        }

        private ConcurrentSkipListMap<Long, EventRecord> log(TenantId tenant) {
            return logs.computeIfAbsent(tenant, key -> new ConcurrentSkipListMap<>());
        }

        @Override
        StoreTransaction wrap(TenantId tenant, StoreTransaction tx) {
            return new ForwardingTransaction(tx) {
                @Override
                public void append(List<EventRecord> events) {
                    for (EventRecord event : events) {
                        long position = last.incrementAndGet();
                        right.afterCommit(() -> log(tenant).put(position, event));
                    }
                }
            };
        }

        @Override
        public List<LoggedEvent> readLog(TenantId tenant, LogQuery query) {
            return log(tenant).tailMap(query.after().value(), false).entrySet().stream()
                    .map(e -> new LoggedEvent(new LogPosition(e.getKey()), e.getValue()))
                    .limit(query.limit())
                    .toList();
        }
    }

    private static final class LogsAtOnce extends ForwardingStore {
        LogsAtOnce(CrmStore right) {
            super(right);
        }

        @Override
        StoreTransaction wrap(TenantId tenant, StoreTransaction tx) {
            return new ForwardingTransaction(tx) {
                @Override
                public void append(List<EventRecord> events) {
                    Boolean done = LogsAtOnce.this.right.<Boolean>inTransaction(tenant, other -> {
                        other.append(events);
                        return true;
                    });
                    assertThat(done).isTrue();
                }
            };
        }
    }

    /** What an insert that ignores taken keys does: the work of a repeated delivery is done again, without its event. */
    private static final class LeavesOutKnownEvents extends ForwardingStore {
        private final Map<TenantId, Set<UUID>> known = new ConcurrentHashMap<>();

        LeavesOutKnownEvents(CrmStore right) {
            super(right);
        }

        @Override
        StoreTransaction wrap(TenantId tenant, StoreTransaction tx) {
            Set<UUID> ids = known.computeIfAbsent(tenant, key -> ConcurrentHashMap.newKeySet());
            return new ForwardingTransaction(tx) {
                @Override
                public void append(List<EventRecord> events) {
                    super.append(
                            events.stream().filter(event -> ids.add(event.id())).toList());
                }
            };
        }
    }

    private static final class IndexesShorterTexts extends ForwardingTransaction {
        private static final int LIMIT = EntityType.MAX_INDEXED_BYTES - 1;

        IndexesShorterTexts(StoreTransaction right) {
            super(right);
        }

        @Override
        public <T> List<T> insert(EntityType<T> type, List<T> entities) {
            for (Field<T, ?> field : type.fields()) {
                if (field.isIndexed() && entities.stream().anyMatch(e -> isTooLong(field.getStored(e)))) {
                    throw new IllegalArgumentException(type.name() + "." + field.name() + ": does not fit the index");
                }
            }
            return super.insert(type, entities);
        }

        private static boolean isTooLong(Object value) {
            return value instanceof String text && text.getBytes(StandardCharsets.UTF_8).length > LIMIT;
        }
    }

    private static final class LeavesOutTooLongTexts extends ForwardingTransaction {
        LeavesOutTooLongTexts(StoreTransaction right) {
            super(right);
        }

        @Override
        public <T> List<T> insert(EntityType<T> type, List<T> entities) {
            try {
                return right.nested(() -> right.insert(type, entities));
            } catch (IllegalArgumentException e) {
                return entities;
            }
        }
    }

    private static final class LeavesOutTooLongChanges extends ForwardingTransaction {
        LeavesOutTooLongChanges(StoreTransaction right) {
            super(right);
        }

        @Override
        public <T> long updateAll(Query<T> query, List<Assignment<T>> changes) {
            try {
                return right.nested(() -> right.updateAll(query, changes));
            } catch (IllegalArgumentException e) {
                return 0;
            }
        }
    }

    private static final class KeepsTheCallersLists extends ForwardingStore {
        private final Map<Key, Object> given = new ConcurrentHashMap<>();

        KeepsTheCallersLists(CrmStore right) {
            super(right);
        }

        @Override
        StoreTransaction wrap(TenantId tenant, StoreTransaction tx) {
            return new ForwardingTransaction(tx) {
                @Override
                public <T> List<T> insert(EntityType<T> type, List<T> entities) {
                    entities.forEach(e -> given.put(new Key(tenant, type, type.idOf(e)), e));
                    return super.insert(type, entities);
                }

                @Override
                public <T> Optional<T> find(EntityType<T> type, EntityId id) {
                    return super.find(type, id)
                            .map(kept -> type.withVersion(
                                    type.javaType().cast(given.getOrDefault(new Key(tenant, type, id.value()), kept)),
                                    type.versionOf(kept)));
                }
            };
        }
    }

    private static final class PutsAbsentFirst extends ForwardingTransaction {
        PutsAbsentFirst(StoreTransaction right) {
            super(right);
        }

        @Override
        public <T> List<T> list(Query<T> query) {
            List<T> found = super.list(query);
            if (query.orders().isEmpty()) {
                return found;
            }
            Field<T, ?> first = query.orders().get(0).field();
            return found.stream()
                    .sorted(Comparator.comparing(e -> first.get(e) != null))
                    .toList();
        }
    }

    private static final class SkipsTies extends ForwardingTransaction {
        SkipsTies(StoreTransaction right) {
            super(right);
        }

        @Override
        public <T> List<T> list(Query<T> query) {
            List<T> found = super.list(query);
            if (query.orders().isEmpty() || query.after().isEmpty()) {
                return found;
            }
            Field<T, ?> first = query.orders().get(0).field();
            Object place = query.after().get().values().get(0);
            return found.stream()
                    .filter(e -> !Objects.equals(first.getStored(e), place))
                    .toList();
        }
    }

    private static final class AnswersWithThreeValues extends ForwardingTransaction {
        AnswersWithThreeValues(StoreTransaction right) {
            super(right);
        }

        @Override
        public <T> List<T> list(Query<T> query) {
            return query.where() instanceof Condition.Not<T> not && not.part() instanceof Condition.Compare<T> compare
                    ? super.list(query.where(compare.field().isPresent()))
                    : super.list(query);
        }
    }

    private static final class SwallowsTakenKeys extends ForwardingTransaction {
        SwallowsTakenKeys(StoreTransaction right) {
            super(right);
        }

        @Override
        public <T> List<T> insert(EntityType<T> type, List<T> entities) {
            try {
                return right.nested(() -> right.insert(type, entities));
            } catch (DuplicateException e) {
                return entities;
            }
        }
    }

    private static final class LeavesNestedWork extends ForwardingTransaction {
        LeavesNestedWork(StoreTransaction right) {
            super(right);
        }

        @Override
        public <R> R nested(Supplier<R> work) {
            return work.get();
        }
    }

    private static final class CommitsWhatFailed extends ForwardingStore {
        CommitsWhatFailed(CrmStore right) {
            super(right);
        }

        @Override
        public <R> R inTransaction(TenantId tenant, Function<? super StoreTransaction, ? extends R> work) {
            AtomicReference<RuntimeException> failure = new AtomicReference<>();
            Optional<R> result = right.inTransaction(tenant, tx -> {
                try {
                    return Optional.of(work.apply(tx));
                } catch (RuntimeException e) {
                    failure.set(e);
                    return Optional.<R>empty();
                }
            });
            return result.orElseThrow(failure::get);
        }
    }

    private static final class ReadsDirt extends ForwardingStore {
        private final Map<Key, Object> dirt = new ConcurrentHashMap<>();

        ReadsDirt(CrmStore right) {
            super(right);
        }

        @Override
        StoreTransaction wrap(TenantId tenant, StoreTransaction tx) {
            return new ForwardingTransaction(tx) {
                @Override
                public <T> List<T> insert(EntityType<T> type, List<T> entities) {
                    List<T> inserted = super.insert(type, entities);
                    inserted.forEach(e -> dirt.put(new Key(tenant, type, type.idOf(e)), e));
                    return inserted;
                }

                @Override
                public <T> Optional<T> find(EntityType<T> type, EntityId id) {
                    return super.find(type, id)
                            .or(() -> Optional.ofNullable(dirt.get(new Key(tenant, type, id.value())))
                                    .map(type.javaType()::cast));
                }
            };
        }
    }

    private static final class ActsAtOnce extends ForwardingTransaction {
        ActsAtOnce(StoreTransaction right) {
            super(right);
        }

        @Override
        public boolean afterCommit(Runnable action) {
            action.run();
            return true;
        }
    }

    private static final class LocksNothing extends ForwardingTransaction {
        LocksNothing(StoreTransaction right) {
            super(right);
        }

        @Override
        public <T> Optional<T> lock(EntityType<T> type, EntityId id) {
            return right.find(type, id);
        }
    }

    private static final class ClaimsTwice extends ForwardingTransaction {
        ClaimsTwice(StoreTransaction right) {
            super(right);
        }

        @Override
        public <T> List<T> claim(Query<T> query, Lease lease) {
            return right.list(query);
        }
    }

    /** What a store does that changes many by updating each. */
    private static final class EndsLeasesOfMany extends ForwardingTransaction {
        EndsLeasesOfMany(StoreTransaction right) {
            super(right);
        }

        @Override
        public <T> long updateAll(Query<T> query, List<Assignment<T>> changes) {
            EntityType<T> type = EntityType.of(query);
            List<EntityId> ids =
                    right.list(query).stream().map(e -> id(type.idOf(e))).toList();
            long changed = right.updateAll(query, changes);
            right.update(type, right.findAll(type, ids));
            return changed;
        }
    }

    private static final class OpensLate extends ForwardingTransaction {
        OpensLate(StoreTransaction right) {
            super(right);
        }

        @Override
        public <T> RowCursor scan(Query<T> query, List<Field<T, ?>> columns) {
            AtomicReference<RowCursor> rows = new AtomicReference<>();
            return (RowCursor) Proxy.newProxyInstance(
                    RowCursor.class.getClassLoader(), new Class<?>[] {RowCursor.class}, (proxy, method, arguments) -> {
                        if (rows.get() == null) {
                            rows.set(right.scan(query, columns));
                        }
                        return method.invoke(rows.get(), arguments);
                    });
        }
    }

    private static final class AssignsOneByOne extends ForwardingTransaction {
        AssignsOneByOne(StoreTransaction right) {
            super(right);
        }

        @Override
        public <T> long updateAll(Query<T> query, List<Assignment<T>> changes) {
            return changes.stream()
                    .mapToLong(change -> right.updateAll(query, List.of(change)))
                    .max()
                    .orElse(0);
        }
    }

    /** Leaves assignments of one kind away, as an adapter without side tables in mind would. */
    private static final class Forgets extends ForwardingTransaction {
        private final Class<?> kind;

        Forgets(StoreTransaction right, Class<?> kind) {
            super(right);
            this.kind = kind;
        }

        @Override
        public <T> long updateAll(Query<T> query, List<Assignment<T>> changes) {
            List<Assignment<T>> rest =
                    changes.stream().filter(change -> !kind.isInstance(change)).toList();
            return rest.isEmpty() ? right.count(query) : right.updateAll(query, rest);
        }
    }
}
