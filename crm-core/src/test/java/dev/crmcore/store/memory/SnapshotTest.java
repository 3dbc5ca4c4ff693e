package dev.crmcore.store.memory;

import static dev.crmcore.store.memory.Note.id;
import static dev.crmcore.store.memory.Note.note;
import static dev.crmcore.store.memory.Note.notes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.StoreException;
import dev.crmcore.context.TenantId;
import dev.crmcore.query.Query;
import dev.crmcore.store.EntityCatalog;
import dev.crmcore.store.EventRecord;
import dev.crmcore.store.Lease;
import dev.crmcore.store.LogPosition;
import dev.crmcore.store.LogQuery;
import dev.crmcore.value.JsonObject;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {

    private static final TenantId ACME = TenantId.of("acme");
    private static final TenantId OTHER = TenantId.of("other");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.000001Z");
    private static final EntityCatalog CATALOG = EntityCatalog.of(List.of(Note.TYPE));
    private static final EventRecord CHANGED = changed(new UUID(7, 7));

    @TempDir
    private Path folder;

    private static Note full() {
        return note(1).with(n -> {
            n.email = "ann@example.com";
            n.code = "line\nbreak \uD83D\uDE00";
            n.rank = Long.MIN_VALUE;
            n.amount = new BigDecimal("-14.5");
            n.done = false;
            n.at = NOON;
            n.day = LocalDate.of(2024, 2, 29);
            n.owner = id(2);
            n.team = "";
            n.tags = List.of("b", "a", "b");
            n.channels = List.of(new Note.Channel("mail", "ann@example.com"));
            n.body = JsonObject.builder().put("text", "x").build();
        });
    }

    private static MemoryStore filled() {
        MemoryStore store = MemoryStore.create();
        store.inTransaction(ACME, tx -> {
            tx.insert(Note.TYPE, List.of(full(), note(2), note(3)));
            tx.append(List.of(CHANGED));
            return true;
        });
        store.inTransaction(
                ACME,
                tx -> tx.claim(
                        Query.of(Note.TYPE).where(Note.TYPE.idField().is(new UUID(0, 2))),
                        new Lease("w1", NOON, NOON.plusSeconds(60))));
        store.inTransaction(OTHER, tx -> tx.insert(Note.TYPE, List.of(note(1))));
        store.inTransaction(TenantId.of("reader"), tx -> tx.count(Query.of(Note.TYPE)));
        return store;
    }

    private static Note find(MemoryStore store, long number) {
        return store.inTransaction(ACME, tx -> tx.find(Note.TYPE, id(number)).orElseThrow());
    }

    private static EventRecord changed(UUID id) {
        return EventRecord.builder(id, "note.changed", NOON)
                .about("note", new UUID(0, 1))
                .causedBy("agent:1", "because")
                .correlationId("request")
                .causationId(new UUID(8, 8))
                .data(JsonObject.builder().put("k", 1).build())
                .build();
    }

    @Test
    void whatIsRestoredIsWhatWasKept() throws IOException {
        Path file = folder.resolve("crm.snapshot");
        filled().snapshot(file);
        MemoryStore restored = MemoryStore.restore(file, CATALOG);

        assertThat(restored.tenants()).containsExactly(ACME, OTHER);
        Note expected = find(filled(), 1);
        assertThat(find(restored, 1)).usingRecursiveComparison().isEqualTo(expected);
        assertThat(find(restored, 1))
                .usingRecursiveComparison()
                .ignoringFields("version")
                .isEqualTo(full());
        assertThat(find(restored, 2).version).as("raised by the claim").isEqualTo(2);
        assertThat(restored
                        .inTransaction(
                                ACME,
                                tx -> tx.claim(
                                        Query.of(Note.TYPE),
                                        new Lease("w2", NOON.plusSeconds(59), NOON.plusSeconds(99))))
                        .stream()
                        .map(Note::number))
                .as("a lease goes on")
                .containsExactly(1L, 3L);
        assertThat(restored.readLog(ACME, LogQuery.after(LogPosition.START, 9)))
                .extracting(logged -> logged.event())
                .containsExactly(CHANGED);
        assertThat(restored.inTransaction(
                                ACME, tx -> tx.list(Query.of(Note.TYPE).where(Note.EMAIL.is("ann@example.com"))))
                        .size())
                .isEqualTo(1);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void oneStateGivesOneFile() throws IOException {
        filled().snapshot(folder.resolve("a"));
        filled().snapshot(folder.resolve("b"));
        MemoryStore.restore(folder.resolve("a"), CATALOG).snapshot(folder.resolve("c"));
        assertThat(folder.resolve("b")).hasSameBinaryContentAs(folder.resolve("a"));
        assertThat(folder.resolve("c")).hasSameBinaryContentAs(folder.resolve("a"));
    }

    @Test
    void anEmptyStoreIsASnapshotToo() {
        MemoryStore.create().snapshot(folder.resolve("empty"));
        assertThat(MemoryStore.restore(folder.resolve("empty"), CATALOG).tenants())
                .isEmpty();
    }

    /** A disk that stops at the n-th thing asked of it. */
    private static final class FailingDisk implements SnapshotDisk {

        private int left;

        FailingDisk(int steps) {
            this.left = steps;
        }

        private void step() throws IOException {
            if (left-- == 0) {
                throw new IOException("no space left");
            }
        }

        boolean isUsedUp() {
            return left < 0;
        }

        @Override
        public Path createBeside(Path target) throws IOException {
            step();
            return SnapshotDisk.super.createBeside(target);
        }

        @Override
        public OutputStream open(Path file) throws IOException {
            step();
            return new FilterOutputStream(SnapshotDisk.super.open(file)) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    step();
                    out.write(bytes, offset, length);
                }

                @Override
                public void write(int b) throws IOException {
                    step();
                    out.write(b);
                }

                @Override
                public void close() throws IOException {
                    out.close();
                    step();
                }
            };
        }

        @Override
        public void replace(Path file, Path target) throws IOException {
            step();
            SnapshotDisk.super.replace(file, target);
        }
    }

    @Test
    void wheneverTheDiskFailsTheOldFileStays() throws IOException {
        Path file = folder.resolve("crm.snapshot");
        filled().snapshot(file);
        byte[] old = Files.readAllBytes(file);
        MemoryStore changed = filled();
        changed.inTransaction(ACME, tx -> tx.insert(Note.TYPE, List.of(note(9))));
        int failures = 0;
        while (true) {
            FailingDisk disk = new FailingDisk(failures);
            if (succeeds(changed, file, disk)) {
                break;
            }
            failures++;
            assertThat(file).hasBinaryContent(old);
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).containsExactly(file);
            }
        }
        assertThat(failures).isGreaterThan(100);
        assertThat(find(MemoryStore.restore(file, CATALOG), 9).version).isEqualTo(1);
    }

    private static boolean succeeds(MemoryStore store, Path file, FailingDisk disk) {
        if (disk.left > 10_000) {
            throw new IllegalStateException("never succeeds");
        }
        try {
            store.snapshot(file, disk);
            return true;
        } catch (StoreException e) {
            assertThat(disk.isUsedUp()).isTrue();
            assertThat(e).hasRootCauseMessage("no space left");
            assertThat(e.isTransient()).isFalse();
            return false;
        }
    }

    @Test
    void aTornOrChangedFileIsRefused() throws IOException {
        Path file = folder.resolve("crm.snapshot");
        filled().snapshot(file);
        byte[] whole = Files.readAllBytes(file);
        Path broken = folder.resolve("broken");
        for (int length = 0; length < whole.length; length++) {
            Files.write(broken, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> MemoryStore.restore(broken, CATALOG)).isInstanceOf(StoreException.class);
        }
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 4;
            Files.write(broken, changed);
            assertThatThrownBy(() -> MemoryStore.restore(broken, CATALOG))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("broken");
        }
        Files.write(broken, Arrays.copyOf(whole, whole.length + 1));
        assertThatThrownBy(() -> MemoryStore.restore(broken, CATALOG)).hasMessageContaining("cut off or changed");
        assertThatThrownBy(() -> MemoryStore.restore(folder.resolve("none"), CATALOG))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void aTypeThatTheCatalogLacksIsRefused() {
        Path file = folder.resolve("crm.snapshot");
        filled().snapshot(file);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemoryStore.restore(file, EntityCatalog.of(List.of())))
                .withMessageContaining("note");
    }

    @Test
    void aSnapshotShowsWholeTransactionsWhileWritersGoOn() throws InterruptedException {
        MemoryStore store = MemoryStore.create();
        CountDownLatch some = new CountDownLatch(20);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 200; i++) {
                int from = 10 * i + 1;
                store.inTransaction(ACME, tx -> {
                    tx.append(List.of(changed(new UUID(7, from))));
                    return tx.insert(Note.TYPE, notes(from, from + 10, n -> n));
                });
                some.countDown();
            }
        });
        CompletableFuture<Void> heard =
                writing.whenComplete((done, failure) -> LongStream.range(0, 20).forEach(i -> some.countDown()));
        some.await();
        Path file = folder.resolve("crm.snapshot");
        for (int i = 0; i < 5; i++) {
            store.snapshot(file);
            MemoryStore seen = MemoryStore.restore(file, CATALOG);
            long count = seen.inTransaction(ACME, tx -> tx.count(Query.of(Note.TYPE)));
            assertThat(count).isGreaterThanOrEqualTo(200);
            assertThat(seen.readLog(ACME, LogQuery.after(LogPosition.START, 1_000)))
                    .hasSize((int) count / 10);
            assertThat(count % 10).isZero();
        }
        heard.join();
    }
}
