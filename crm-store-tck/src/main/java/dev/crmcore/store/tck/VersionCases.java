package dev.crmcore.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.ConflictException;
import dev.crmcore.query.Query;
import dev.crmcore.store.Assignment;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Nobody overwrites what he has not read. */
abstract class VersionCases extends StoreCases {

    VersionCases(StoreContract contract) {
        super(contract);
    }

    @Test
    @DisplayName("versions begin at 1, whatever was given, and rise by 1 with every update")
    void versionsRise() {
        Member member = insert(Member.TYPE, Member.TYPE.withVersion(member(), 99));
        assertThat(member.version()).isEqualTo(1);
        for (long version = 2; version < 5; version++) {
            member = update(Member.TYPE, member);
            assertThat(member.version()).isEqualTo(version);
            assertThat(find(member)).isEqualTo(member);
        }
    }

    @Test
    @DisplayName("the second writer of the same version is refused, and nothing changes")
    void secondWriterIsRefused() {
        Member read = insert(Member.TYPE, member(m -> {
            m.value = "first";
            m.tags = List.of("first");
        }));
        Member kept = update(Member.TYPE, read.with(m -> m.value = "second"));
        assertThatThrownBy(() -> update(Member.TYPE, read.with(m -> {
                    m.value = "third";
                    m.tags = List.of("third");
                })))
                .isInstanceOfSatisfying(ConflictException.class, e -> {
                    assertThat(e.type()).isEqualTo("member");
                    assertThat(e.id()).isEqualTo(read.id().value());
                    assertThat(e.expectedVersion()).isEqualTo(1);
                });
        assertThat(find(read)).isEqualTo(kept);
    }

    @Test
    @DisplayName("a version that was never reached is refused too")
    void versionFromTheFuture() {
        Member read = insert(Member.TYPE, member());
        assertThatThrownBy(() -> update(Member.TYPE, Member.TYPE.withVersion(read, 2)))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> run(tx -> tx.delete(Member.TYPE, read.id(), 2)))
                .isInstanceOf(ConflictException.class);
        assertThat(find(read)).isEqualTo(read);
    }

    @Test
    @DisplayName("a stale delete is refused, and nothing changes")
    void staleDeleteIsRefused() {
        Member read = insert(Member.TYPE, member());
        Member kept = update(Member.TYPE, read.with(m -> m.value = "kept"));
        assertThatThrownBy(() -> run(tx -> tx.delete(Member.TYPE, read.id(), read.version())))
                .isInstanceOfSatisfying(
                        ConflictException.class,
                        e -> assertThat(e.id()).isEqualTo(read.id().value()));
        assertThat(find(read)).isEqualTo(kept);
    }

    @Test
    @DisplayName("an update of a record that was deleted meanwhile is refused")
    void updateAfterDelete() {
        Member read = insert(Member.TYPE, member());
        run(tx -> tx.delete(Member.TYPE, read.id(), 1));
        assertThatThrownBy(() -> update(Member.TYPE, read)).isInstanceOf(ConflictException.class);
        assertThat(all(Member.TYPE)).isEmpty();
    }

    @Test
    @DisplayName("of a batch that is stale in one place nothing is kept")
    void partlyStaleBatch() {
        List<Member> read = insertAll(Member.TYPE, List.of(member(), member(), member()));
        Member changed = update(Member.TYPE, read.get(1).with(m -> m.value = "changed"));
        assertThatThrownBy(() -> in(tx -> tx.update(
                        Member.TYPE,
                        read.stream()
                                .map(member -> member.with(m -> {
                                    m.value = "stale";
                                    m.tags = List.of("stale");
                                }))
                                .toList())))
                .isInstanceOfSatisfying(
                        ConflictException.class,
                        e -> assertThat(e.id()).isEqualTo(changed.id().value()));
        assertThat(all(Member.TYPE)).containsExactly(read.get(0), changed, read.get(2));
    }

    @Test
    @DisplayName("a batch gives its records at their next versions, in the order given")
    void batchKeepsItsOrder() {
        List<Member> read = insertAll(Member.TYPE, List.of(member(), member(), member()));
        Member ahead = update(Member.TYPE, read.get(2));
        List<Member> written = in(tx -> tx.update(Member.TYPE, List.of(ahead, read.get(0), read.get(1))));
        assertThat(written).extracting(Member::version).containsExactly(3L, 2L, 2L);
        assertThat(written)
                .extracting(Member::id)
                .containsExactly(ahead.id(), read.get(0).id(), read.get(1).id());
    }

    @Test
    @DisplayName("a record is updated again with what the first update gave, in the same transaction")
    void updatesInARow() {
        Member read = insert(Member.TYPE, member());
        Member last = in(tx -> {
            Member second = tx.update(Member.TYPE, List.of(read.with(m -> m.value = "a")))
                    .get(0);
            assertThatThrownBy(() -> tx.nested(() -> tx.update(Member.TYPE, List.of(read))))
                    .isInstanceOf(ConflictException.class);
            return tx.update(Member.TYPE, List.of(second.with(m -> m.value = "b")))
                    .get(0);
        });
        assertThat(last.version()).isEqualTo(3);
        assertThat(find(read)).isEqualTo(last);
    }

    @Test
    @DisplayName("what was read before a set-based update is stale after it")
    void setBasedUpdatesRaiseVersions() {
        Member read = insert(Member.TYPE, member());
        assertThat(updateAll(Query.of(Member.TYPE), Assignment.set(Member.VALUE, "all")))
                .isEqualTo(1);
        assertThatThrownBy(() -> update(Member.TYPE, read)).isInstanceOf(ConflictException.class);
        assertThat(find(read)).isEqualTo(read.with(m -> m.value = "all").withVersion(2));
    }

    @Test
    @DisplayName("an append-only record is neither updated nor deleted one by one")
    void appendOnly() {
        Member member = insert(Member.TYPE, member());
        Proof proof = insert(Proof.TYPE, Proof.of(ids.next(), member.id(), "yes", Instant.EPOCH));
        assertThatThrownBy(() -> update(Proof.TYPE, proof)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> run(tx -> tx.delete(Proof.TYPE, proof.id(), 1)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(all(Proof.TYPE)).containsExactly(proof);
    }

    @Test
    @DisplayName("append-only records are changed and deleted by query, for merge, erasure and retention")
    void appendOnlyByQuery() {
        Member member = insert(Member.TYPE, member());
        insert(Proof.TYPE, Proof.of(ids.next(), member.id(), "yes", NOW));
        Query<Proof> its = Query.of(Proof.TYPE).where(Proof.MEMBER.is(member.id()));
        long blankings = in(tx -> tx.updateAll(its, Proof.TYPE.blanking()));
        assertThat(blankings).isEqualTo(1);
        assertThat(all(Proof.TYPE)).singleElement().satisfies(blanked -> {
            assertThat(blanked.text()).isNull();
            assertThat(blanked.version()).isEqualTo(2);
        });
        assertThat(deleteAll(its)).isEqualTo(1);
        assertThat(all(Proof.TYPE)).isEmpty();
    }
}
