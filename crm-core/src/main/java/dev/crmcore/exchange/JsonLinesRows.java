package dev.crmcore.exchange;

import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.JsonObject;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of a file with one JSON object on each line. */
final class JsonLinesRows implements Rows {

    private static final int MAX_LINE = JsonObject.MAX_LENGTH;

    private final CountingInputStream bytes;
    private final Reader reader;
    private final char[] buffer = new char[1 << 13];
    private int position;
    private int limit;
    private long line;

    /** The columns of the row before, which most often are those of the next. */
    private Columns columns = Columns.of(List.of());

    JsonLinesRows(CountingInputStream bytes) {
        this.bytes = bytes;
        this.reader = new Utf8Reader(bytes, "");
    }

    @Override
    public Optional<List<String>> header() {
        return Optional.empty();
    }

    @Override
    public Optional<Row> next() throws IOException {
        String json = nextLine();
        while (json != null && json.isBlank()) {
            json = nextLine();
        }
        return Optional.ofNullable(json).map(this::row);
    }

    /** Null at the end. A line ends with a line feed; a carriage return before it is white space to JSON. */
    private @Nullable String nextLine() throws IOException {
        line++;
        StringBuilder text = new StringBuilder();
        while (position < limit || fill()) {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            if (text.length() + end - position > MAX_LINE) {
                throw new ImportFormatException("line " + line + ": is longer than " + MAX_LINE + " characters");
            }
            text.append(buffer, position, end - position);
            position = end + 1;
            if (end < limit) {
                return text.toString();
            }
        }
        return text.isEmpty() ? null : text.toString();
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(reader.read(buffer, 0, buffer.length), 0);
        return limit > 0;
    }

    private Row row(String json) {
        JsonObject object;
        try {
            object = JsonObject.parse(json);
        } catch (InvalidValueException e) {
            return Row.damaged(line, "is no JSON object: " + e.reason());
        }
        List<String> names = new ArrayList<>(object.names());
        if (!names.equals(columns.names())) {
            columns = Columns.of(names);
        }
        List<@Nullable String> values = new ArrayList<>(names.size());
        for (String name : names) {
            String value = scalar(object, name);
            if (value == null) {
                return Row.damaged(line, "has more than one value in '" + name + "'");
            }
            values.add(value);
        }
        return Row.of(line, columns, values);
    }

    /** Null for a list or an object. */
    private static @Nullable String scalar(JsonObject object, String name) {
        return switch (object.kind(name).orElseThrow()) {
            case TEXT -> object.requireText(name);
            case NUMBER -> object.requireDecimal(name).toPlainString();
            case BOOLEAN -> String.valueOf(object.requireBool(name));
            default -> null;
        };
    }

    @Override
    public long bytesRead() {
        return bytes.count();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
