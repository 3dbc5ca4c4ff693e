package dev.crmcore.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/** Names in the database. */
final class Identifiers {

    private static final int MAX_LENGTH = 63;

    private Identifiers() {}

    /** A declared name as a column's, apart from the columns that every table has: {@code $} is in no declared name. */
    static String column(String declared, java.util.Set<String> taken) {
        return taken.contains(declared) ? declared + "$" : declared;
    }

    /** A name of several parts, cut where it would be too long, with a checksum of the whole so that it stays unique. */
    static String of(String... parts) {
        String name = String.join("_", parts).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_$]", "_");
        if (name.length() <= MAX_LENGTH) {
            return name;
        }
        CRC32 checksum = new CRC32();
        checksum.update(name.getBytes(StandardCharsets.UTF_8));
        return name.substring(0, MAX_LENGTH - 9) + "_" + String.format(Locale.ROOT, "%08x", checksum.getValue());
    }
}
