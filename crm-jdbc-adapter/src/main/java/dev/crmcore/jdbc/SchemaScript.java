package dev.crmcore.jdbc;

import dev.crmcore.store.EntityCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A numbered script of SQL. Its file is named as Flyway names it, {@code V001__what_it_does.sql}, so that a host that has
 * Flyway points it at the same files.
 *
 * @param version the number, at least 1; scripts are applied in the order of their numbers
 * @param name what it does, in lower case with underscores
 * @param sql the statements, each ended by a semicolon
 */
public record SchemaScript(int version, String name, String sql) {

    private static final Pattern FILE = Pattern.compile("V(\\d+)__([a-z0-9_]+)\\.sql");

    /**
     * Checks the parts.
     *
     * @param version the number
     * @param name what it does
     * @param sql the statements
     * @throws IllegalArgumentException if the number is less than 1 or the name has other characters
     */
    public SchemaScript {
        Objects.requireNonNull(sql, "sql");
        if (version < 1 || !name.matches("[a-z0-9_]+")) {
            throw new IllegalArgumentException("not a script's version and name: " + version + ", '" + name + "'");
        }
    }

    /**
     * Writes a script that creates the tables of a catalog where they are missing, with the log of events. It is meant
     * for the types that a host adds: for those of the library scripts are shipped.
     *
     * @param database for which database
     * @param catalog the types
     * @param version the script's number
     * @param name what it does
     * @return the script
     * @throws IllegalArgumentException if two types would be kept in one table
     */
    public static SchemaScript creating(Database database, EntityCatalog catalog, int version, String name) {
        StringBuilder sql = new StringBuilder();
        for (TableDefinition table : new TableDefinitions(new Tables(database.dialect(), catalog)).all()) {
            table.create().forEach(statement -> sql.append(statement).append(";\n"));
            sql.append('\n');
        }
        return new SchemaScript(version, name, sql.toString());
    }

    /**
     * The scripts that are shipped for the library's own types. They lie on the class path in {@code db/crm/h2} and
     * {@code db/crm/postgresql}.
     *
     * @param database for which database
     * @return the scripts in the order of their numbers
     */
    public static List<SchemaScript> shipped(Database database) {
        String folder = "/db/crm/" + database.dialect().name() + "/";
        List<SchemaScript> scripts = new ArrayList<>();
        for (String file : resource(folder + "scripts.txt").lines().toList()) {
            Matcher matcher = FILE.matcher(file);
            if (!matcher.matches()) {
                throw new IllegalStateException("not a script's file name: '" + file + "'");
            }
            scripts.add(
                    new SchemaScript(Integer.parseInt(matcher.group(1)), matcher.group(2), resource(folder + file)));
        }
        return List.copyOf(scripts);
    }

    private static String resource(String path) {
        try (InputStream in = SchemaScript.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The name of its file.
     *
     * @return such as {@code V001__initial.sql}
     */
    public String fileName() {
        return String.format(Locale.ROOT, "V%03d__%s.sql", version, name);
    }

    /**
     * The statements, without their semicolons and without what is only a comment.
     *
     * @return the statements in order
     */
    public List<String> statements() {
        return StatementSplitter.split(sql);
    }

    /** Tells whether a script was changed; how its lines end makes no difference. */
    String checksum() {
        try {
            byte[] bytes = sql.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The file and not its text. */
    @Override
    public String toString() {
        return fileName();
    }
}
