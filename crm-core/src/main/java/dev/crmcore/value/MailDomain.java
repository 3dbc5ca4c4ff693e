package dev.crmcore.value;

import java.net.IDN;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The domain of an e-mail address in ASCII and lower case. The JDK's IDN is that of 2003, which takes {@code straße.de} for
 * {@code strasse.de}; since IDNA 2008 these are two domains of two owners, so labels with the letters that changed are
 * encoded here.
 */
final class MailDomain {
    private static final int MAX_LABEL = 63;
    private static final int MAX_DOMAIN = 253;
    private static final Pattern DOTS = Pattern.compile("[.\u3002\uFF0E\uFF61]");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

    private MailDomain() {}

    /**
     * Reads a domain.
     *
     * @param domain as typed
     * @return in ASCII and lower case
     * @throws IllegalArgumentException if it is none; the message is the reason
     */
    static String toAscii(String domain) {
        String[] labels = DOTS.split(domain, -1);
        if (labels.length < 2) {
            throw new IllegalArgumentException("has a domain without a dot");
        }
        List<String> ascii = new ArrayList<>(labels.length);
        for (String label : labels) {
            ascii.add(label(label));
        }
        String last = ascii.get(ascii.size() - 1);
        if (last.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("has a domain that ends in a number");
        }
        String joined = String.join(".", ascii);
        if (joined.length() > MAX_DOMAIN) {
            throw new IllegalArgumentException("has a domain longer than " + MAX_DOMAIN + " characters");
        }
        return joined;
    }

    private static String label(String label) {
        if (label.isEmpty()) {
            throw new IllegalArgumentException("has a domain with an empty part");
        }
        String ascii = isAscii(label) ? label.toLowerCase(Locale.ROOT) : encoded(label);
        if (ascii.length() > MAX_LABEL) {
            throw new IllegalArgumentException("has a domain with a part longer than " + MAX_LABEL + " characters");
        }
        if (!LABEL.matcher(ascii).matches()) {
            throw new IllegalArgumentException("has a domain with a character that is not allowed there");
        }
        return ascii;
    }

    private static String encoded(String label) {
        if (label.length() > MAX_LABEL) { // the code is longer than what is encoded
            throw new IllegalArgumentException("has a domain with a part longer than " + MAX_LABEL + " characters");
        }
        String mapped = Normalizer.normalize(label, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        mapped = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
        if (isAscii(mapped)) {
            return mapped;
        }
        String as2003;
        try {
            as2003 = IDN.toASCII(mapped, IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES)
                    .toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has a domain with a character that is not allowed there", e);
        }
        boolean changedSince = mapped.indexOf('ß') >= 0 || mapped.indexOf('ς') >= 0;
        return changedSince ? "xn--" + Punycode.encode(mapped) : as2003;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }
}
