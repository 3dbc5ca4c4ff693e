package dev.crmcore.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.ConflictException;
import dev.crmcore.context.DuplicateException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Records are found by their ids. */
abstract class IdentityCases extends StoreCases {

    IdentityCases(StoreContract contract) {
        super(contract);
    }

    @Test
    @DisplayName("an id that nobody has is not found")
    void missing() {
        Member.Id nobody = new Member.Id(ids.next());
        run(tx -> {
            assertThat(tx.find(Member.TYPE, nobody)).isEmpty();
            assertThat(tx.lock(Member.TYPE, nobody)).isEmpty();
            assertThat(tx.findAll(Member.TYPE, List.of(nobody))).isEmpty();
        });
    }

    @Test
    @DisplayName("several are found in the order of the ids asked for, each once, without those that nobody has")
    void findAllKeepsTheOrderAskedFor() {
        List<Member> kept = insertAll(Member.TYPE, List.of(member(), member(), member()));
        Member.Id first = kept.get(0).id();
        Member.Id second = kept.get(1).id();
        Member.Id third = kept.get(2).id();
        Member.Id nobody = new Member.Id(ids.next());
        run(tx -> {
            assertThat(tx.findAll(Member.TYPE, List.of(third, first, nobody, third, second)))
                    .containsExactly(kept.get(2), kept.get(0), kept.get(1));
            assertThat(tx.findAll(Member.TYPE, List.<Member.Id>of())).isEmpty();
        });
    }

    @Test
    @DisplayName("two thousand are inserted and found at once")
    void manyAtOnce() {
        List<Member> members = Stream.generate(this::member).limit(2_000).toList();
        run(tx -> {
            List<Member> kept = tx.insert(Member.TYPE, members);
            assertThat(tx.findAll(Member.TYPE, members.stream().map(Member::id).toList()))
                    .isEqualTo(kept);
        });
    }

    @Test
    @DisplayName("a taken id is refused, and nothing of the batch is kept")
    void takenIdIsRefused() {
        Member first = insert(Member.TYPE, member(m -> m.value = "first"));
        Member second = Member.of(first.id().value()).with(m -> m.value = "second");
        assertThatThrownBy(() -> insertAll(Member.TYPE, List.of(member(), second)))
                .isInstanceOfSatisfying(DuplicateException.class, e -> {
                    assertThat(e.type()).isEqualTo("member");
                    assertThat(e.key()).isEqualTo("id");
                });
        assertThat(all(Member.TYPE)).containsExactly(first);
    }

    @Test
    @DisplayName("one id twice in a batch is refused, and nothing of the batch is kept")
    void sameIdTwiceInOneBatch() {
        UUID id = ids.next();
        assertThatThrownBy(() -> insertAll(Member.TYPE, List.of(Member.of(id), member(), Member.of(id))))
                .isInstanceOfSatisfying(
                        DuplicateException.class, e -> assertThat(e.key()).isEqualTo("id"));
        assertThat(all(Member.TYPE)).isEmpty();
    }

    @Test
    @DisplayName("records of two types may have one id")
    void typesApart() {
        UUID id = ids.next();
        Member member = insert(Member.TYPE, Member.of(id));
        Task task = insert(Task.TYPE, Task.of(id, NOW));
        run(tx -> {
            assertThat(tx.find(Member.TYPE, new Member.Id(id))).contains(member);
            assertThat(tx.find(Task.TYPE, new Task.Id(id))).contains(task);
            tx.delete(Member.TYPE, member.id(), 1);
            assertThat(tx.find(Task.TYPE, new Task.Id(id))).contains(task);
        });
    }

    @Test
    @DisplayName("a deleted record is gone, and its id and elements are free")
    void deleted() {
        Member member = insert(Member.TYPE, member(m -> m.tags = List.of("a", "b")));
        run(tx -> tx.delete(Member.TYPE, member.id(), 1));
        assertThat(lookUp(member)).isEmpty();
        assertThat(all(Member.TYPE)).isEmpty();
        Member again = insert(Member.TYPE, Member.of(member.id().value()));
        assertThat(again.version()).isEqualTo(1);
        assertThat(find(again).tags()).isEmpty();
    }

    @Test
    @DisplayName("a record that is deleted and inserted again in one transaction is the new one")
    void replacedInOneTransaction() {
        Member member = insert(Member.TYPE, member(m -> {
            m.value = "old";
            m.tags = List.of("old");
        }));
        Member newer = Member.of(member.id().value()).with(m -> m.value = "new");
        run(tx -> {
            tx.delete(Member.TYPE, member.id(), 1);
            assertThat(tx.find(Member.TYPE, member.id())).isEmpty();
            List<Member> inserted = tx.insert(Member.TYPE, List.of(newer));
            assertThat(tx.find(Member.TYPE, member.id())).contains(inserted.get(0));
        });
        assertThat(find(member)).isEqualTo(Member.TYPE.withVersion(newer, 1));
    }

    @Test
    @DisplayName("what does not exist cannot be updated or deleted")
    void missingCannotBeWritten() {
        Member nobody = Member.TYPE.withVersion(member(), 1);
        assertThatThrownBy(() -> update(Member.TYPE, nobody)).isInstanceOfSatisfying(ConflictException.class, e -> {
            assertThat(e.type()).isEqualTo("member");
            assertThat(e.id()).isEqualTo(nobody.id().value());
            assertThat(e.expectedVersion()).isEqualTo(1);
        });
        assertThatThrownBy(() -> run(tx -> tx.delete(Member.TYPE, nobody.id(), 1)))
                .isInstanceOf(ConflictException.class);
        assertThat(all(Member.TYPE)).isEmpty();
    }

    @Test
    @DisplayName("empty batches do nothing")
    void emptyBatches() {
        run(tx -> {
            assertThat(tx.insert(Member.TYPE, List.of())).isEmpty();
            assertThat(tx.insertIfAbsent(Member.TYPE, List.of(), Member.BY_CODE))
                    .isEmpty();
            assertThat(tx.update(Member.TYPE, List.of())).isEmpty();
            tx.append(List.of());
        });
        assertThat(all(Member.TYPE)).isEmpty();
    }
}
