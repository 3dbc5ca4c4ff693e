package dev.crmcore.value;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The country codes of ISO 3166-1, and XK: no code is assigned to Kosovo, and banks, posts and phones all use that one. */
final class Countries {
    private static final Set<String> CODES = codes();

    private Countries() {}

    private static Set<String> codes() {
        Set<String> codes = new TreeSet<>(Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2));
        codes.add("XK");
        return Set.copyOf(codes);
    }

    static String require(String field, String code) {
        if (!CODES.contains(code)) {
            throw new InvalidValueException(field, code, "is not a country code of ISO 3166-1 such as DE");
        }
        return code;
    }
}
