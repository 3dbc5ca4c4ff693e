package dev.crmcore.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;

/** A file as a source of rows. */
record FileSource(Path file, Format format) implements RowSource {

    /** How bytes become rows. */
    @FunctionalInterface
    interface Format {
        Rows rows(CountingInputStream bytes) throws IOException;
    }

    FileSource {
        Objects.requireNonNull(file, "file");
    }

    @Override
    public Rows open() throws IOException {
        CountingInputStream bytes = new CountingInputStream(Files.newInputStream(file));
        try {
            return format.rows(bytes);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    @Override
    public OptionalLong size() throws IOException {
        return OptionalLong.of(Files.size(file));
    }
}
