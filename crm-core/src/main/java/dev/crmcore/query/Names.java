package dev.crmcore.query;

import java.util.Objects;
import java.util.regex.Pattern;

/** The rule for stored names: they are column and table names too, in any database. */
final class Names {

    private static final Pattern STORED_NAME = Pattern.compile("[a-z][a-z0-9_]{0,29}");

    private Names() {}

    static String check(String name) {
        Objects.requireNonNull(name, "name");
        if (!STORED_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a stored name is 1 to 30 of a-z, 0-9 and _ and begins with a letter: '" + name + "'");
        }
        return name;
    }
}
