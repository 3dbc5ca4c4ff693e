package dev.crmcore.store.memory;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** What a snapshot needs of a file system; in tests, one that fails. */
interface SnapshotDisk {

    /** The disk of the process. */
    SnapshotDisk REAL = new SnapshotDisk() {};

    /** Makes an empty file beside another, readable by nobody else where the file system can say so. */
    default Path createBeside(Path target) throws IOException {
        Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent(), "a file stands in a folder");
        return Files.createTempFile(folder, target.getFileName() + ".", ".tmp");
    }

    /** Opens a file for writing; what was written is on the disk when closing returns. */
    default OutputStream open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        return new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16) {

            @Override
            public void close() throws IOException {
                try (channel) {
                    flush();
                    channel.force(true);
                }
            }
        };
    }

    /** Puts a file in the place of another in one step. */
    default void replace(Path file, Path target) throws IOException {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Takes away what a failed attempt has left. */
    default void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }
}
