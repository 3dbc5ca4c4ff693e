package dev.crmcore.metrics.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * Reads what {@link StateWriter} wrote. The bytes may come from anywhere, so nothing in them is believed: lengths are held
 * against what is left before anything is allocated, and whatever does not fit is an {@link IllegalArgumentException}.
 *
 * <p>Not thread-safe.
 */
public final class StateReader {

    private static final int CHECK_SUM_BYTES = Integer.BYTES;

    private final String kpi;
    private final ByteBuffer buffer;
    private final int version;

    private StateReader(String kpi, byte[] bytes, int newestVersion) {
        this.kpi = kpi;
        this.buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < CHECK_SUM_BYTES) {
            throw malformed("truncated at " + bytes.length + " bytes");
        }
        buffer.limit(bytes.length - CHECK_SUM_BYTES);
        if (getInt() != StateWriter.MAGIC) {
            throw malformed("not a state of an accumulator");
        }
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, buffer.limit());
        if ((int) crc.getValue() != ByteBuffer.wrap(bytes).getInt(buffer.limit())) {
            throw malformed("truncated or damaged: the check sum does not match");
        }
        String found = getString();
        if (!found.equals(kpi)) {
            throw malformed("a state of another KPI, \"" + found + "\"");
        }
        this.version = getShort();
        if (version < 1 || version > newestVersion) {
            throw malformed("unknown format version " + version + ", the newest known one is " + newestVersion);
        }
    }

    /**
     * Opens a frame.
     *
     * @param bytes the whole frame
     * @param kpi the id of the KPI that it must belong to
     * @param newestVersion the newest known version of the payload's layout
     * @throws IllegalArgumentException if the bytes are not such a frame
     */
    public static StateReader open(byte[] bytes, String kpi, int newestVersion) {
        Objects.requireNonNull(bytes, "bytes");
        return new StateReader(kpi, bytes, newestVersion);
    }

    /** The version of the payload's layout, from 1 to the newest known one. */
    public int version() {
        return version;
    }

    /** The next 8 bits, 0 to 255. */
    public int getByte() {
        return need(1).get() & 0xFF;
    }

    /** The next 16 bits, 0 to 65,535. */
    public int getShort() {
        return need(Short.BYTES).getShort() & 0xFFFF;
    }

    /** The next 32 bits. */
    public int getInt() {
        return need(Integer.BYTES).getInt();
    }

    /** The next 64 bits. */
    public long getLong() {
        return need(Long.BYTES).getLong();
    }

    /** The next 64 bits, which must be a count: not negative. */
    public long getCount() {
        long count = getLong();
        if (count < 0) {
            throw malformed("negative count " + count);
        }
        return count;
    }

    /** The next floating-point number, which must be finite. */
    public double getFinite() {
        double value = need(Double.BYTES).getDouble();
        if (!Double.isFinite(value)) {
            throw malformed("number " + value + " is not finite");
        }
        return value;
    }

    /** The next 32 bits, which must be a number of entries for which there are bytes left. */
    public int getSize(int bytesOfOneEntry) {
        int count = getInt();
        if (count < 0 || (long) count * bytesOfOneEntry > buffer.remaining()) {
            throw malformed(count + " entries of " + bytesOfOneEntry + " bytes in " + buffer.remaining() + " bytes");
        }
        return count;
    }

    /** The next text. */
    public String getString() {
        byte[] utf8 = new byte[checkedLength(getShort())];
        buffer.get(utf8);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(malformed("text is not UTF-8").getMessage(), e);
        }
    }

    /** The next bytes with their number. */
    public byte[] getBytes() {
        byte[] more = new byte[getSize(1)];
        buffer.get(more);
        return more;
    }

    /** Checks that nothing is left. */
    public void end() {
        if (buffer.hasRemaining()) {
            throw malformed(buffer.remaining() + " bytes too many");
        }
    }

    /** What to throw if the content makes no sense. */
    public IllegalArgumentException malformed(String what) {
        return new IllegalArgumentException("state of \"" + kpi + "\": " + what);
    }

    private int checkedLength(int length) {
        need(length);
        return length;
    }

    private ByteBuffer need(int bytes) {
        if (buffer.remaining() < bytes) {
            throw malformed("truncated: " + bytes + " bytes expected, " + buffer.remaining() + " left");
        }
        return buffer;
    }
}
