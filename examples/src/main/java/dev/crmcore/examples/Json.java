package dev.crmcore.examples;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Writes maps, lists, texts, numbers and booleans as indented JSON, in the order in which they come. */
final class Json {

    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();

    private Json() {}

    static String pretty(Object value) {
        Json json = new Json();
        json.write(value, "\n");
        return json.text.append('\n').toString();
    }

    private void write(Object value, String newLine) {
        if (value instanceof Map<?, ?> members) {
            writeObject(members, newLine);
        } else if (value instanceof List<?> items) {
            writeArray(items, newLine);
        } else if (value instanceof BigDecimal number) {
            text.append(number.toPlainString());
        } else if (value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else {
            writeText(value.toString());
        }
    }

    private void writeObject(Map<?, ?> members, String newLine) {
        String separator = "";
        text.append('{');
        for (Map.Entry<?, ?> member : members.entrySet()) {
            text.append(separator).append(newLine).append(INDENT);
            writeText(String.valueOf(member.getKey()));
            text.append(": ");
            write(member.getValue(), newLine + INDENT);
            separator = ",";
        }
        text.append(members.isEmpty() ? "" : newLine).append('}');
    }

    /** Numbers stand beside each other, objects below each other. */
    private void writeArray(List<?> items, String newLine) {
        boolean beside = items.stream().allMatch(Number.class::isInstance);
        String separator = "";
        text.append('[');
        for (Object item : items) {
            text.append(separator).append(beside ? "" : newLine + INDENT);
            write(item, newLine + INDENT);
            separator = beside ? ", " : ",";
        }
        text.append(beside ? "" : newLine).append(']');
    }

    private void writeText(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char each = value.charAt(i);
            if (each == '"' || each == '\\') {
                text.append('\\').append(each);
            } else if (each < ' ') {
                text.append("\\u00").append(HexFormat.of().toHexDigits((byte) each));
            } else {
                text.append(each);
            }
        }
        text.append('"');
    }
}
