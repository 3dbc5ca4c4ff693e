package dev.crmcore.query;

import dev.crmcore.internal.text.Quoted;
import dev.crmcore.value.InvalidValueException;
import java.util.Objects;
import java.util.regex.Pattern;

/** The rule for stored names: they are column and table names too, in any database. */
final class Names {

    private static final Pattern STORED_NAME = Pattern.compile("[a-z][a-z0-9_]{0,29}");

    private Names() {}

    static String check(String name) {
        return check("stored name", name);
    }

    static String check(String what, String name) {
        Objects.requireNonNull(name, what);
        if (!STORED_NAME.matcher(name).matches()) {
            throw new InvalidValueException(
                    what, name, "is not 1 to 30 of a-z, 0-9 and _ that begin with a letter: " + Quoted.of(name));
        }
        return name;
    }
}
