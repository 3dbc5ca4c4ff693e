package dev.crmcore.metrics.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Writes an accumulator's state. The frame, all numbers big-endian:
 *
 * <pre>
 * "CRMS"  u16 length, KPI id in UTF-8  u16 format version  payload  u32 CRC-32 of everything before
 * </pre>
 *
 * Not thread-safe.
 */
public final class StateWriter {

    static final int MAGIC = 0x43524D53;

    private byte[] bytes = new byte[64];
    private int size;

    /**
     * Begins a frame.
     *
     * @param kpi the KPI's id
     * @param version the version of the payload's layout
     */
    public StateWriter(String kpi, int version) {
        putInt(MAGIC);
        putString(kpi);
        putShort(version);
    }

    /** Appends a number of 8 bits. */
    public StateWriter putByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** Appends a number of 16 bits. */
    public StateWriter putShort(int value) {
        return putByte(value >>> 8).putByte(value);
    }

    /** Appends a number of 32 bits. */
    public StateWriter putInt(int value) {
        return putShort(value >>> 16).putShort(value);
    }

    /** Appends a number of 64 bits. */
    public StateWriter putLong(long value) {
        reserve(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** Appends a floating-point number by its bits. */
    public StateWriter putDouble(double value) {
        return putLong(Double.doubleToLongBits(value));
    }

    /** Appends a text of at most 65,535 bytes with its length. */
    public StateWriter putString(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > 0xFFFF) {
            throw new IllegalArgumentException("a text of " + utf8.length + " bytes is too long for a state");
        }
        putShort(utf8.length);
        reserve(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
        return this;
    }

    /** Appends bytes with their number, such as a frame within this one. */
    public StateWriter putBytes(byte[] more) {
        putInt(more.length);
        reserve(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
        return this;
    }

    /** Ends the frame with its check sum. */
    public byte[] toBytes() {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, size);
        putInt((int) crc.getValue());
        return Arrays.copyOf(bytes, size);
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            int doubled = (int) Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L);
            bytes = Arrays.copyOf(bytes, Math.max(needed, doubled));
        }
    }
}
