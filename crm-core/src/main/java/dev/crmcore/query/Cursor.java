package dev.crmcore.query;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place in an ordered list of records: the sort values and the id of one of them. A page after it begins with the
 * next record, whatever was inserted or deleted meanwhile.
 *
 * <p>Immutable and thread-safe.
 */
public final class Cursor {

    private final List<@Nullable Object> values;
    private final UUID id;

    private Cursor(List<@Nullable Object> values, UUID id) {
        this.values = Collections.unmodifiableList(new ArrayList<>(values));
        this.id = id;
    }

    /**
     * The place of a record in an order.
     *
     * @param <T> the record
     * @param type its type
     * @param orders the order
     * @param entity the record
     * @return its place
     */
    public static <T> Cursor at(RecordType<T> type, List<Order<T>> orders, T entity) {
        List<@Nullable Object> values = new ArrayList<>(orders.size());
        for (Order<T> order : orders) {
            values.add(order.field().getStored(entity));
        }
        return new Cursor(values, type.idOf(entity));
    }

    /**
     * The place of a record that is known by its sort values and id alone.
     *
     * @param values the stored forms in the order's sequence, null where absent
     * @param id the record's id
     * @return its place
     */
    public static Cursor of(List<? extends @Nullable Object> values, UUID id) {
        return new Cursor(new ArrayList<>(values), Objects.requireNonNull(id, "id"));
    }

    /**
     * The sort values.
     *
     * @return the stored forms in the order's sequence, null where absent
     */
    public List<@Nullable Object> values() {
        return values;
    }

    /**
     * The record's id, the last step of every order.
     *
     * @return the id
     */
    public UUID id() {
        return id;
    }

    /**
     * The place as text for a link or a request. It contains the sort values: where these are personal, so is the text.
     *
     * @param <T> the record
     * @param orders the order to which the place belongs
     * @return letters, digits, - and _
     */
    public <T> String toText(List<Order<T>> orders) {
        StringBuilder text = new StringBuilder(id.toString());
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            text.append('\n');
            if (value != null) {
                String shown = orders.get(i).field().type().toText(value);
                text.append('=').append(shown.replace("\\", "\\\\").replace("\n", "\\n"));
            }
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a place.
     *
     * @param <T> the record
     * @param orders the order to which the place belongs
     * @param text what {@link #toText} gave for the same order
     * @return the place
     * @throws IllegalArgumentException if the text is not a place in this order
     */
    public static <T> Cursor parse(List<Order<T>> orders, String text) {
        String[] lines;
        try {
            lines = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\n", -1);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a cursor", e);
        }
        if (lines.length != orders.size() + 1) {
            throw new IllegalArgumentException("the cursor belongs to another order");
        }
        List<@Nullable Object> values = new ArrayList<>(orders.size());
        for (int i = 0; i < orders.size(); i++) {
            String line = lines[i + 1];
            Field<T, ?> field = orders.get(i).field();
            values.add(line.isEmpty() ? null : field.type().fromText(field.name(), unescape(line.substring(1))));
        }
        return new Cursor(values, UUID.fromString(lines[0]));
    }

    private static String unescape(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                char next = text.charAt(++i);
                result.append(next == 'n' ? '\n' : next);
            } else {
                result.append(c);
            }
        }
        return result.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cursor that && id.equals(that.id) && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "Cursor[" + id + "]";
    }
}
