package dev.crmcore.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes one JSON object as an unmodifiable tree of {@code Map}, {@code List}, {@code String}, {@code Boolean},
 * {@code Long} and {@code BigDecimal}. Thread-safe; streaming only, no type is ever chosen by the input.
 */
public final class JsonText {
    private static final int MAX_NUMBER_LENGTH = 2_000;

    private final int maxDepth;
    private final Values values;
    private final JsonFactory factory;

    /** What the reader makes of the scalars it meets. A refusal is an {@link IllegalArgumentException} without the value. */
    public interface Values {
        /**
         * Accepts a member name or a text.
         *
         * @param text as unescaped
         * @return what to keep
         */
        String text(String text);

        /**
         * Accepts a number that is no {@code long}.
         *
         * @param number exact, as written
         * @return what to keep: {@code Long} or {@code BigDecimal}
         */
        Number number(BigDecimal number);
    }

    /**
     * A codec with limits.
     *
     * @param maxLength characters in a document
     * @param maxDepth objects and arrays within each other
     * @param values what scalars become
     */
    public JsonText(int maxLength, int maxDepth, Values values) {
        this.maxDepth = maxDepth;
        this.values = values;
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxDocumentLength(maxLength)
                        .maxStringLength(maxLength)
                        .maxNameLength(maxLength)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .maxNestingDepth(maxDepth)
                        .build())
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .build())
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
    }

    /**
     * Reads one object. Members that are {@code null} are absent from the result.
     *
     * @param json the text
     * @return the tree, in the order of the text
     * @throws JsonSyntaxException if the text is no single JSON object, repeats a name, has a null in an array, or is
     *     beyond a limit
     */
    public Map<String, Object> read(String json) throws JsonSyntaxException {
        try (JsonParser parser = factory.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw refused(parser, "not a JSON object");
            }
            Map<String, Object> object = readObject(parser);
            if (parser.nextToken() != null) {
                throw refused(parser, "text after the JSON object");
            }
            return object;
        } catch (JsonEOFException e) {
            throw refused(e, "JSON ends too early");
        } catch (StreamConstraintsException e) {
            throw refused(
                    e,
                    "JSON deeper than " + maxDepth + " levels, or a number longer than " + MAX_NUMBER_LENGTH
                            + " characters,");
        } catch (JsonProcessingException e) {
            throw refused(e, "not valid JSON");
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a String does not fail to be read
        }
    }

    private Map<String, Object> readObject(JsonParser parser) throws IOException, JsonSyntaxException {
        Map<String, Object> members = new LinkedHashMap<>();
        Set<String> nulls = new HashSet<>(0);
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (members.containsKey(name) || nulls.contains(name)) {
                throw refused(parser, "a member name appears twice");
            }
            name = accepted(parser, name);
            Object value = readValue(parser, parser.nextToken());
            if (value == null) {
                nulls.add(name);
            } else {
                members.put(name, value);
            }
        }
        return Collections.unmodifiableMap(members);
    }

    private List<Object> readArray(JsonParser parser) throws IOException, JsonSyntaxException {
        List<Object> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            Object value = readValue(parser, token);
            if (value == null) {
                throw refused(parser, "null in an array");
            }
            elements.add(value);
        }
        return Collections.unmodifiableList(elements);
    }

    private @Nullable Object readValue(JsonParser parser, JsonToken token) throws IOException, JsonSyntaxException {
        return switch (token) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> accepted(parser, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> readNumber(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw refused(parser, "not valid JSON");
        };
    }

    private Number readNumber(JsonParser parser) throws IOException, JsonSyntaxException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return parser.getLongValue();
        }
        try {
            return values.number(parser.getDecimalValue());
        } catch (IllegalArgumentException e) {
            throw refused(parser, String.valueOf(e.getMessage()));
        }
    }

    private String accepted(JsonParser parser, String text) throws JsonSyntaxException {
        try {
            return values.text(text);
        } catch (IllegalArgumentException e) {
            throw refused(parser, String.valueOf(e.getMessage()));
        }
    }

    private static JsonSyntaxException refused(JsonParser parser, String reason) {
        return refused(parser.currentTokenLocation(), reason);
    }

    private static JsonSyntaxException refused(JsonProcessingException e, String reason) {
        JsonLocation at = e.getLocation();
        return refused(at == null ? JsonLocation.NA : at, reason);
    }

    private static JsonSyntaxException refused(JsonLocation at, String reason) {
        return new JsonSyntaxException(reason, at.getLineNr(), at.getColumnNr());
    }

    /**
     * Writes a tree without white space, in the order of its maps.
     *
     * @param members of the kinds that {@link #read} gives
     * @return JSON text
     */
    public String write(Map<String, Object> members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = factory.createGenerator(text)) {
            writeValue(generator, members);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter does not fail
        }
        return text.toString();
    }

    private static void writeValue(JsonGenerator generator, Object value) throws IOException {
        if (value instanceof String text) {
            generator.writeString(text);
        } else if (value instanceof Long number) {
            generator.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            generator.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value instanceof Map<?, ?> object) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> member : object.entrySet()) {
                generator.writeFieldName((String) member.getKey());
                writeValue(generator, member.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof List<?> array) {
            generator.writeStartArray();
            for (Object element : array) {
                writeValue(generator, element);
            }
            generator.writeEndArray();
        } else {
            throw new IllegalArgumentException("no JSON form for " + value.getClass());
        }
    }
}
