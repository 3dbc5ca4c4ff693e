package dev.crmcore.exchange;

import java.util.List;

/** What the rows of one file are known by. Part of one run; not thread-safe. */
final class RowIds {

    /** How a row with an id of its own stands to the rows further up. */
    enum Standing {
        /** None has this id. */
        FIRST,
        /** The first with this id says the same. */
        REPEATED,
        /** The first with this id says something else. */
        CONTRADICTING
    }

    private final Fingerprint fingerprint = new Fingerprint();
    private final Occurrences occurrences = new Occurrences();

    /** The content in short, for {@link #byContent} and {@link #byId}. */
    String content(List<String> values) {
        return Fingerprint.text(fingerprint.of(values));
    }

    /** An id for a row that has none: the same whenever the file comes, and another for the next equal row. */
    String byContent(String content) {
        return "row:" + content + ":" + occurrences.next(fingerprint.number("row", content));
    }

    Standing byId(String id, String content) {
        long alike = fingerprint.number("id", id, content);
        long any = fingerprint.number("id", id);
        if (occurrences.has(any)) {
            return occurrences.has(alike) ? Standing.REPEATED : Standing.CONTRADICTING;
        }
        occurrences.next(any);
        occurrences.next(alike);
        return Standing.FIRST;
    }
}
