package dev.crmcore.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The content of a row in short: the same for the same values, whatever the order of columns or spaces in the file. */
final class Fingerprint {

    private final MessageDigest digest;
    private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);

    Fingerprint() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** 128 bits of the SHA-256 of the values, told apart by their lengths. */
    byte[] of(List<String> values) {
        digest.reset();
        for (String value : values) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            digest.update(length.putInt(0, bytes.length).array());
            digest.update(bytes);
        }
        return Arrays.copyOf(digest.digest(), 16);
    }

    /** 64 bits of the same. */
    long number(String... values) {
        return number(of(List.of(values)));
    }

    static long number(byte[] fingerprint) {
        return ByteBuffer.wrap(fingerprint).getLong();
    }

    static String text(byte[] fingerprint) {
        return HexFormat.of().formatHex(fingerprint);
    }
}
