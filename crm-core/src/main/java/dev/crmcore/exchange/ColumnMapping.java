package dev.crmcore.exchange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a file calls the columns that an import knows: by their own names unless said otherwise. */
final class ColumnMapping {

    private final Map<String, String> inFile;

    private ColumnMapping(Map<String, String> inFile) {
        this.inFile = inFile;
    }

    static ColumnMapping of(List<String> known) {
        Map<String, String> inFile = new LinkedHashMap<>();
        known.forEach(column -> inFile.put(column, column));
        return new ColumnMapping(inFile);
    }

    ColumnMapping with(String column, String nameInFile) {
        if (!inFile.containsKey(column)) {
            throw new IllegalArgumentException("the import knows no column '" + column + "', but " + inFile.keySet());
        }
        Map<String, String> copy = new LinkedHashMap<>(inFile);
        copy.put(column, nameInFile);
        return new ColumnMapping(copy);
    }

    /** The same with one more column than the import knew so far. */
    ColumnMapping adding(String column, String nameInFile) {
        Map<String, String> copy = new LinkedHashMap<>(inFile);
        copy.put(column, nameInFile);
        return new ColumnMapping(copy);
    }

    String inFile(String column) {
        return inFile.getOrDefault(column, column);
    }

    /** Refuses a file whose header has nothing of what the import knows. */
    void requireAnyIn(List<String> header) {
        if (inFile.values().stream().noneMatch(header::contains)) {
            throw new ImportFormatException(
                    "the file has none of the columns " + inFile.values() + "; it has " + header);
        }
    }

    Optional<String> text(Row row, String column) {
        return row.text(inFile(column));
    }

    /** Refuses a file whose header lacks what every row needs. */
    void requireIn(List<String> header, List<String> required) {
        for (String column : required) {
            if (!header.contains(inFile(column))) {
                throw new ImportFormatException("the file has no column '" + inFile(column) + "'; it has " + header);
            }
        }
    }
}
