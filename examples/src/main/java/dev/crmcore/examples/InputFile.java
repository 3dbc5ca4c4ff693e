package dev.crmcore.examples;

import dev.crmcore.exchange.RowSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** A CSV file with the name under which people know it. */
record InputFile(String name, Path path, boolean isBundled) implements AutoCloseable {

    static InputFile of(Path path) throws InvalidInputException {
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new InvalidInputException(path + ": there is no such file, or it cannot be read");
        }
        return new InputFile(path.toString(), path, false);
    }

    /** A file that comes with the quick start, laid where imports can read it. */
    static InputFile bundled(String name) throws IOException {
        Path copy = Files.createTempFile("crm-quickstart", ".csv");
        try (InputStream file = Objects.requireNonNull(InputFile.class.getResourceAsStream("data/" + name), name)) {
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        return new InputFile(name + " (bundled)", copy, true);
    }

    RowSource rows() {
        return RowSource.csv(path);
    }

    @Override
    public void close() throws IOException {
        if (isBundled) {
            Files.deleteIfExists(path);
        }
    }
}
