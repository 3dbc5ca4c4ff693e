package dev.crmcore.internal.text;

/** What somebody gave us, in a message: in quotes and never long. For what is not personal. */
public final class Quoted {

    /** So many characters are quoted at most; what is longer is cut. */
    public static final int MAX_LENGTH = 80;

    private Quoted() {}

    /**
     * A text in single quotes.
     *
     * @param text the text, of any length
     * @return the text in quotes; of a longer one the first characters, three dots and how long it is
     */
    public static String of(String text) {
        if (text.length() <= MAX_LENGTH) {
            return "'" + text + "'";
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return "'" + text.substring(0, end) + "...' (" + text.length() + " characters)";
    }
}
