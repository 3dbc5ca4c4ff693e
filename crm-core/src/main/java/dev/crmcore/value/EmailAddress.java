package dev.crmcore.value;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail address: as typed, to write to, and normalised, to compare.
 *
 * <pre>{@code
 * EmailAddress typed = EmailAddress.parse("Ann.Lee@Bücher.example");
 * typed.asTyped();            // "Ann.Lee@Bücher.example"
 * typed.normalized();         // "ann.lee@xn--bcher-kva.example"
 * }</pre>
 *
 * <p>The form is that of RFC 5321 with Unicode (RFC 6531): a local part of at most 64 bytes, dotted or in quotes, and a
 * domain name with a dot; at most 254 bytes in all, counted in UTF-8. Names of domains are compared in ASCII (IDNA) and
 * lower case. Not accepted, though they may be mail: addresses at an IP number or at a name without a dot, which are slips
 * nearly always, and a name round the address. Whether there is such a mailbox only a mail can tell.
 *
 * <p>Two addresses are equal if they are when normalised, as typed or not. Immutable and thread-safe; {@code toString}
 * shows nothing of it.
 */
public final class EmailAddress {
    private static final String WHAT = "e-mail address";
    private static final int MAX_LOCAL_BYTES = 64;
    private static final int MAX_BYTES = 254;
    private static final String ATOM_SIGNS = "!#$%&'*+-/=?^_`{|}~";

    private final String asTyped;
    /** Without quotes where none are needed, in NFC, with its case. */
    private final String localPart;

    private final String domain;

    private EmailAddress(String asTyped, String localPart, String domain) {
        this.asTyped = asTyped;
        this.localPart = localPart;
        this.domain = domain;
    }

    /** How local parts compare. Only the mail server of the domain knows; nearly all of them ignore case. */
    public enum LocalPartPolicy {
        /** Upper and lower case are the same, in no particular language: the default. */
        IGNORE_CASE,
        /** Upper and lower case are different, as RFC 5321 has it. */
        CASE_SENSITIVE,
        /** As {@link #IGNORE_CASE}, and {@code ann+shop} is {@code ann}: to find duplicates, not to write to. */
        IGNORE_CASE_AND_TAG
    }

    /**
     * Reads an address.
     *
     * @param text one address; white space round it is dropped
     * @return the address
     * @throws InvalidValueException if it is none; the reason says what is missing
     */
    public static EmailAddress parse(String text) {
        Objects.requireNonNull(text, "text");
        try {
            return read(text.strip());
        } catch (InvalidValueException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(WHAT, text, String.valueOf(e.getMessage()));
        }
    }

    private static EmailAddress read(String typed) {
        if (typed.length() > 2 * MAX_BYTES) {
            throw new IllegalArgumentException("is longer than " + MAX_BYTES + " bytes");
        }
        StorableText.require(WHAT, typed);
        int at = typed.lastIndexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("has no @");
        }
        String domain = MailDomain.toAscii(typed.substring(at + 1));
        String local = localPart(Normalizer.normalize(typed.substring(0, at), Normalizer.Form.NFC));
        if (bytes(local) > MAX_LOCAL_BYTES) {
            throw new IllegalArgumentException("has more than " + MAX_LOCAL_BYTES + " bytes before the @");
        }
        if (bytes(local) + 1 + domain.length() > MAX_BYTES || bytes(typed) > MAX_BYTES) {
            throw new IllegalArgumentException("is longer than " + MAX_BYTES + " bytes");
        }
        return new EmailAddress(typed, local, domain);
    }

    private static String localPart(String local) {
        if (local.isEmpty()) {
            throw new IllegalArgumentException("has nothing before the @");
        }
        if (isDotted(local)) {
            return local;
        }
        if (local.length() > 2 && local.startsWith("\"") && local.endsWith("\"")) {
            String content = unquoted(local.substring(1, local.length() - 1));
            return isDotted(content) ? content : quoted(content);
        }
        throw new IllegalArgumentException(
                local.indexOf('.') >= 0 && isDotted(local.replace(".", ""))
                        ? "has a dot at an end of the part before the @, or two in a row"
                        : "has a character that is not allowed before the @");
    }

    private static boolean isDotted(String local) {
        boolean afterDot = true;
        for (int i = 0, c; i < local.length(); i += Character.charCount(c)) {
            c = local.codePointAt(i);
            if (c == '.' ? afterDot : !isAtomCharacter(c)) {
                return false;
            }
            afterDot = c == '.';
        }
        return !afterDot;
    }

    private static boolean isAtomCharacter(int c) {
        if (c < 128) {
            return Character.isLetterOrDigit(c) || ATOM_SIGNS.indexOf(c) >= 0;
        }
        return !Character.isISOControl(c) && !Character.isSpaceChar(c) && Character.getType(c) != Character.FORMAT;
    }

    private static String unquoted(String quoted) {
        StringBuilder content = new StringBuilder(quoted.length());
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c == '\\' && i + 1 < quoted.length()) {
                i++;
                c = quoted.charAt(i);
            } else if (c == '"' || c == '\\') {
                throw new IllegalArgumentException("has a quote or backslash before the @ that no backslash precedes");
            }
            if (Character.isISOControl(c)) {
                throw new IllegalArgumentException("has a control character before the @");
            }
            content.append(c);
        }
        return content.toString();
    }

    private static String quoted(String content) {
        return '"' + content.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * The address as it was typed, to show and to write to.
     *
     * @return without white space round it
     */
    public String asTyped() {
        return asTyped;
    }

    /**
     * The part before the {@code @}.
     *
     * @return with its case, without quotes where none are needed, in Unicode's form NFC
     */
    public String localPart() {
        return localPart;
    }

    /**
     * The part after the {@code @}.
     *
     * @return in ASCII (IDNA) and lower case
     */
    public String domain() {
        return domain;
    }

    /**
     * The form to compare and to find the address by.
     *
     * @return the local part as of {@link LocalPartPolicy#IGNORE_CASE}, and the domain
     */
    public String normalized() {
        return normalized(LocalPartPolicy.IGNORE_CASE);
    }

    /**
     * The form to compare the address by, where mailboxes follow a rule of their own.
     *
     * @param policy what is the same before the {@code @}
     * @return the local part as of the policy, and the domain
     */
    public String normalized(LocalPartPolicy policy) {
        return switch (policy) {
            case CASE_SENSITIVE -> localPart + "@" + domain;
            case IGNORE_CASE -> lowerCase(localPart) + "@" + domain;
            case IGNORE_CASE_AND_TAG -> lowerCase(withoutTag()) + "@" + domain;
        };
    }

    private String withoutTag() {
        int plus = localPart.indexOf('+');
        return plus > 0 && !localPart.startsWith("\"") ? localPart.substring(0, plus) : localPart;
    }

    private static String lowerCase(String local) {
        return Normalizer.normalize(local.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EmailAddress that && normalized().equals(that.normalized());
    }

    @Override
    public int hashCode() {
        return normalized().hashCode();
    }

    /** Nothing of the address. */
    @Override
    public String toString() {
        return "EmailAddress[***]";
    }
}
