package dev.crmcore.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.ConflictException;
import dev.crmcore.context.DuplicateException;
import dev.crmcore.context.TenantId;
import dev.crmcore.query.Query;
import dev.crmcore.query.ScalarType;
import dev.crmcore.store.Assignment;
import dev.crmcore.store.Inserted;
import dev.crmcore.store.StoreTransaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Random sequences of operations: the store and a plain map have the same in them after each. */
abstract class ModelCases extends StoreCases {

    private static final int SEQUENCES = 12;
    private static final int TRANSACTIONS = 8;
    private static final int OPERATIONS = 6;
    private static final int IDS = 12;
    private static final List<String> CODES = List.of("A", "B", "C", "D");

    ModelCases(StoreContract contract) {
        super(contract);
    }

    @Test
    @DisplayName("random operations with nested work, refusals and rollbacks: the store has what a plain map has")
    void randomOperations(TestReporter reporter) {
        long seed = Seed.reportedTo(reporter);
        for (int i = 0; i < SEQUENCES; i++) {
            new Sequence(newTenant(), seed + i).run();
        }
    }

    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final class Sequence {

        private final TenantId whose;
        private final Random random;
        private final List<String> story = new ArrayList<>();
        private Map<UUID, Member> model = new TreeMap<>(ScalarType.UNSIGNED_ORDER);

        Sequence(TenantId whose, long seed) {
            this.whose = whose;
            this.random = new Random(seed);
            story.add("seed " + seed);
        }

        void run() {
            for (int i = 0; i < TRANSACTIONS; i++) {
                Map<UUID, Member> before = model;
                model = copy(before);
                boolean rollsBack = random.nextInt(4) == 0;
                story.add("begin");
                try {
                    ModelCases.this.run(whose, tx -> {
                        operate(tx, 0);
                        if (rollsBack) {
                            throw new Undone();
                        }
                    });
                    story.add("commit");
                } catch (Undone e) {
                    story.add("rollback");
                    model = before;
                }
                ModelCases.this.run(whose, this::check);
            }
        }

        private void operate(StoreTransaction tx, int depth) {
            for (int i = 0; i < OPERATIONS; i++) {
                switch (random.nextInt(10)) {
                    case 0, 1 -> insert(tx);
                    case 2 -> insertIfAbsent(tx);
                    case 3, 4 -> update(tx);
                    case 5 -> delete(tx);
                    case 6 -> updateAll(tx);
                    case 7 -> deleteAll(tx);
                    default -> {
                        if (depth < 2) {
                            nested(tx, depth);
                        }
                    }
                }
            }
            check(tx);
        }

        private void nested(StoreTransaction tx, int depth) {
            Map<UUID, Member> before = model;
            model = copy(before);
            boolean undone = random.nextBoolean();
            story.add("nested");
            try {
                Boolean result = tx.nested(() -> {
                    operate(tx, depth + 1);
                    if (undone) {
                        throw new Undone();
                    }
                    return true;
                });
                assertThat(result).isTrue();
                story.add("end");
            } catch (Undone e) {
                story.add("undone");
                model = before;
            }
            check(tx);
        }

        private Member random(UUID id) {
            return Member.of(id).with(m -> {
                m.code = random.nextBoolean() ? CODES.get(random.nextInt(CODES.size())) : null;
                m.order = random.nextInt(3) == 0 ? null : (long) random.nextInt(5);
                m.tags = IntStream.range(0, random.nextInt(3))
                        .mapToObj(n -> "t" + n)
                        .toList();
            });
        }

        private UUID anyId() {
            return Ids.number(random.nextInt(IDS));
        }

        private void insert(StoreTransaction tx) {
            List<Member> batch = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                batch.add(random(anyId()));
            }
            story.add("insert " + batch);
            Map<UUID, Member> after = copy(model);
            boolean refused = false;
            for (Member member : batch) {
                refused |= after.containsKey(member.id().value()) || taken(after, member);
                after.put(member.id().value(), member.withVersion(1));
            }
            if (refused) {
                assertThatThrownBy(() -> tx.nested(() -> tx.insert(Member.TYPE, batch)))
                        .as(this::toString)
                        .isInstanceOf(DuplicateException.class);
            } else {
                assertThat(tx.insert(Member.TYPE, batch)).as(this::toString).hasSize(batch.size());
                model = after;
            }
        }

        private void insertIfAbsent(StoreTransaction tx) {
            Member member = random(Ids.number(IDS + random.nextInt(1_000)));
            if (model.containsKey(member.id().value())) {
                return;
            }
            story.add("insert if absent " + member);
            Member holder = holder(model, member.code(), member.id().value());
            Inserted<Member> outcome = tx.insertIfAbsent(Member.TYPE, List.of(member), Member.BY_CODE)
                    .get(0);
            if (holder == null) {
                model.put(member.id().value(), member.withVersion(1));
            }
            assertThat(outcome)
                    .as(this::toString)
                    .isEqualTo(
                            holder == null
                                    ? new Inserted<>(member.withVersion(1), true)
                                    : new Inserted<>(holder, false));
        }

        private void update(StoreTransaction tx) {
            UUID id = anyId();
            Member current = model.get(id);
            long version = current == null ? 1 : current.version() - (random.nextInt(5) == 0 ? 1 : 0);
            Member changed = random(id).withVersion(version);
            story.add("update " + changed);
            boolean stale = current == null || current.version() != version;
            if (stale || taken(model, changed)) {
                assertThatThrownBy(() -> tx.nested(() -> tx.update(Member.TYPE, List.of(changed))))
                        .as(this::toString)
                        .isInstanceOf(stale ? ConflictException.class : DuplicateException.class);
            } else {
                Member next = changed.withVersion(version + 1);
                assertThat(tx.update(Member.TYPE, List.of(changed)))
                        .as(this::toString)
                        .containsExactly(next);
                model.put(id, next);
            }
        }

        private void delete(StoreTransaction tx) {
            UUID id = anyId();
            Member current = model.get(id);
            story.add("delete " + id);
            if (current == null) {
                assertThatThrownBy(() -> tx.nested(() -> {
                            tx.delete(Member.TYPE, new Member.Id(id), 1);
                            return true;
                        }))
                        .as(this::toString)
                        .isInstanceOf(ConflictException.class);
            } else {
                tx.delete(Member.TYPE, current.id(), current.version());
                model.remove(id);
            }
        }

        private void updateAll(StoreTransaction tx) {
            long below = random.nextInt(5);
            long value = random.nextInt(5);
            story.add("set order = " + value + " where order < " + below);
            long changed = 0;
            for (Map.Entry<UUID, Member> entry : model.entrySet()) {
                Member member = entry.getValue();
                if (member.order() != null && member.order() < below) {
                    entry.setValue(member.with(m -> {
                                m.order = value;
                                m.tags = List.of();
                            })
                            .withVersion(member.version() + 1));
                    changed++;
                }
            }
            assertThat(tx.updateAll(
                            Query.of(Member.TYPE).where(Member.ORDER.lessThan(below)),
                            List.of(Assignment.set(Member.ORDER, value), Assignment.clear(Member.TAGS))))
                    .as(this::toString)
                    .isEqualTo(changed);
        }

        private void deleteAll(StoreTransaction tx) {
            long value = random.nextInt(5);
            story.add("delete where order = " + value);
            int before = model.size();
            model.values().removeIf(m -> Objects.equals(m.order(), value));
            assertThat(tx.deleteAll(Query.of(Member.TYPE).where(Member.ORDER.is(value))))
                    .as(this::toString)
                    .isEqualTo(before - model.size());
        }

        private void check(StoreTransaction tx) {
            assertThat(tx.list(Query.of(Member.TYPE))).as(this::toString).isEqualTo(List.copyOf(model.values()));
            List<Member> tagged =
                    model.values().stream().filter(m -> m.tags().contains("t0")).toList();
            assertThat(tx.list(Query.of(Member.TYPE).where(Member.TAGS.contains("t0"))))
                    .as(this::toString)
                    .isEqualTo(tagged);
            UUID id = anyId();
            assertThat(tx.find(Member.TYPE, new Member.Id(id)).orElse(null))
                    .as(this::toString)
                    .isEqualTo(model.get(id));
        }

        private static boolean taken(Map<UUID, Member> among, Member member) {
            return holder(among, member.code(), member.id().value()) != null;
        }

        private static @Nullable Member holder(Map<UUID, Member> among, @Nullable String code, UUID other) {
            return among.values().stream()
                    .filter(m -> code != null
                            && code.equals(m.code())
                            && !m.id().value().equals(other))
                    .findFirst()
                    .orElse(null);
        }

        private static Map<UUID, Member> copy(Map<UUID, Member> map) {
            Comparator<UUID> order = ScalarType.UNSIGNED_ORDER;
            Map<UUID, Member> copy = new TreeMap<>(order);
            copy.putAll(map);
            return copy;
        }

        @Override
        public String toString() {
            return String.join("\n", story);
        }
    }
}
