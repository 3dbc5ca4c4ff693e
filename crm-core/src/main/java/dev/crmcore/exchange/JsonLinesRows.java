package dev.crmcore.exchange;

import dev.crmcore.value.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of a file with one JSON object on each line. */
final class JsonLinesRows implements Rows {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final CountingInputStream bytes;
    private final BufferedReader reader;
    private long line;

    JsonLinesRows(CountingInputStream bytes) {
        this.bytes = bytes;
        this.reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public Optional<List<String>> header() {
        return Optional.empty();
    }

    @Override
    public Optional<Row> next() throws IOException {
        String text = reader.readLine();
        while (text != null) {
            line++;
            String json = line == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
            if (!json.isBlank()) {
                return Optional.of(row(json));
            }
            text = reader.readLine();
        }
        return Optional.empty();
    }

    private Row row(String json) {
        try {
            JsonObject object = JsonObject.parse(json);
            List<String> columns = new ArrayList<>(object.names());
            List<@Nullable String> values = new ArrayList<>(columns.size());
            for (String column : columns) {
                values.add(scalar(object, column));
            }
            return Row.of(line, List.copyOf(columns), values);
        } catch (IllegalArgumentException e) {
            return Row.damaged(line, "is no JSON object of single values");
        }
    }

    private static String scalar(JsonObject object, String column) {
        return switch (object.kind(column).orElseThrow()) {
            case TEXT -> object.requireText(column);
            case NUMBER -> object.requireDecimal(column).toPlainString();
            case BOOLEAN -> String.valueOf(object.requireBool(column));
            default -> throw new IllegalArgumentException(column + " is no single value");
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
