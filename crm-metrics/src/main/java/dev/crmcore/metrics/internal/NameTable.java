package dev.crmcore.metrics.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers names (channels, activities, stages) from 0 in the order in which they are seen.
 *
 * <p>Not thread-safe.
 */
public final class NameTable {

    private static final int LONGEST = 1_000;
    private static final int LEAST_ENTRY_BYTES = Short.BYTES + 1;

    private final String kind;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    /** An empty table; {@code kind} says in errors what the names are of. */
    public NameTable(String kind) {
        this.kind = kind;
    }

    /** How many names there are. */
    public int size() {
        return names.size();
    }

    /** The number of a name, a new one if it was not seen before. */
    public int number(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        check(kind, name);
        int number = names.size();
        numbers.put(name, number);
        names.add(name);
        return number;
    }

    /** The number of a name, or -1. */
    public int find(String name) {
        return numbers.getOrDefault(name, -1);
    }

    /** The name of a number. */
    public String name(int number) {
        return names.get(number);
    }

    /** Refuses a number that was not given. */
    public void require(int number) {
        if (number < 0 || number >= names.size()) {
            throw new IllegalArgumentException(
                    kind + " must be a number from 0 to below " + names.size() + ", not " + number);
        }
    }

    /** All names by their numbers. */
    public List<String> names() {
        return List.copyOf(names);
    }

    /** For each number its place in the order of the names by Unicode code point. */
    public int[] ranks() {
        int[] order = IndexSort.sorted(names.size(), (i, j) -> compare(names.get(i), names.get(j)));
        int[] ranks = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            ranks[order[i]] = i;
        }
        return ranks;
    }

    private static int compare(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                return Integer.compare(moved(a.charAt(i)), moved(b.charAt(i)));
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** Moves the units of surrogate pairs behind all others, where their code points are. */
    private static int moved(char unit) {
        return unit < Character.MIN_SURROGATE ? unit : unit <= Character.MAX_SURROGATE ? unit + 0x2000 : unit - 0x800;
    }

    /** For each number of another table the number of that name here, new ones for new names. */
    public int[] numbersOf(NameTable other) {
        int[] here = new int[other.size()];
        for (int i = 0; i < here.length; i++) {
            here[i] = number(other.name(i));
        }
        return here;
    }

    /** Appends the names. */
    public void write(StateWriter writer) {
        writer.putInt(names.size());
        names.forEach(writer::putString);
    }

    /** Reads what {@link #write} appended. */
    public static NameTable read(String kind, StateReader reader) {
        NameTable table = new NameTable(kind);
        int size = reader.getSize(LEAST_ENTRY_BYTES);
        for (int i = 0; i < size; i++) {
            if (table.number(reader.getString()) != i) {
                throw reader.malformed("a name that is there twice");
            }
        }
        return table;
    }

    /** Refuses a name that is empty, too long or cannot be written in UTF-8, which would not survive the byte form. */
    public static void check(String kind, String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            throw new IllegalArgumentException(
                    kind + " must have 1 to " + LONGEST + " characters, not " + name.length());
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new IllegalArgumentException(kind + " must be text, not half a surrogate pair");
        }
    }
}
