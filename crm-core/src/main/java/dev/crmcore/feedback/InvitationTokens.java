package dev.crmcore.feedback;

import java.security.SecureRandom;
import java.util.Base64;

/** Tokens that nobody can guess: 192 bits of secure randomness. Who has one may answer in the customer's name. */
final class InvitationTokens {

    private static final int BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private InvitationTokens() {}

    static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
