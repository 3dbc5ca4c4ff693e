package dev.crmcore.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads UTF-8 and refuses what is none, with its line. What stands before it is read all the same: the JDK's readers would
 * either put another character in its place or lose the place.
 */
final class Utf8Reader extends Reader {

    private static final int BUFFER = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
    private final CharBuffer chars = CharBuffer.allocate(BUFFER).flip();
    private final String tail;
    private long line = 1;
    private boolean afterReturn;
    private boolean atStart = true;
    private boolean ended;
    private boolean malformed;

    /** Reads the stream to its end, and then the tail. */
    Utf8Reader(InputStream in, String tail) {
        this.in = in;
        this.tail = tail;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!chars.hasRemaining()) {
            if (malformed) {
                throw new ImportFormatException("line " + line + ": is not UTF-8");
            }
            if (ended) {
                return -1;
            }
            fill();
        }
        int count = Math.min(length, chars.remaining());
        chars.get(target, offset, count);
        return count;
    }

    /** A byte gives one character at most, so that there is room for all of them. */
    private void fill() throws IOException {
        boolean last = !readBytes();
        chars.clear();
        CoderResult result = decoder.decode(bytes, chars, last);
        malformed = result.isError();
        if (last && !malformed) {
            ended = true;
            decoder.flush(chars);
            chars.put(tail);
        }
        chars.flip();
        if (atStart && chars.hasRemaining()) {
            atStart = false;
            if (chars.get(chars.position()) == BYTE_ORDER_MARK) {
                chars.get();
            }
        }
        countLines();
    }

    /** Takes more bytes behind those that are left. Returns false at the end of the stream. */
    private boolean readBytes() throws IOException {
        bytes.compact();
        int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
        bytes.position(bytes.position() + Math.max(count, 0));
        bytes.flip();
        return count >= 0;
    }

    /** An end of a line is a line feed, a carriage return, or both. */
    private void countLines() {
        char[] text = chars.array();
        int end = chars.limit();
        for (int i = chars.position(); i < end; i++) {
            char c = text[i];
            if (c == '\r' || (c == '\n' && !afterReturn)) {
                line++;
            }
            afterReturn = c == '\r';
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
