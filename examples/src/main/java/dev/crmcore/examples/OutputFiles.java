package dev.crmcore.examples;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes files so that a reader finds the old ones or the new ones, never a half. */
final class OutputFiles {

    private OutputFiles() {}

    /** Writes each text whole beside its place, and only then puts all of them there. */
    static void write(Path directory, Map<String, String> textByName) throws IOException {
        Files.createDirectories(directory);
        List<Path> written = new ArrayList<>();
        try {
            for (Map.Entry<String, String> file : textByName.entrySet()) {
                Path whole = directory.resolve(file.getKey() + ".new");
                written.add(whole);
                Files.writeString(whole, file.getValue());
            }
            for (String name : textByName.keySet()) {
                move(directory.resolve(name + ".new"), directory.resolve(name));
            }
        } finally {
            for (Path whole : written) {
                Files.deleteIfExists(whole);
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
