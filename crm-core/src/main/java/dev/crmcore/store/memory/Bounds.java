package dev.crmcore.store.memory;

import dev.crmcore.query.Condition;
import dev.crmcore.query.Field;
import java.util.Collections;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * A range of stored values of one field.
 *
 * @param field the field
 * @param lower the lower bound, null for none
 * @param lowerWithin whether the lower bound itself lies within
 * @param upper the upper bound, null for none
 * @param upperWithin whether the upper bound itself lies within
 */
record Bounds(
        Field<?, ?> field,
        @Nullable Object lower,
        boolean lowerWithin,
        @Nullable Object upper,
        boolean upperWithin) {

    private static final int FIRST_SURROGATE = 0xD800;
    private static final int AFTER_SURROGATES = 0xE000;

    /** The range that a condition demands of its field, null where it demands none or a single value. */
    static @Nullable Bounds of(Condition<?> condition) {
        if (condition instanceof Condition.Compare<?> compare) {
            Field<?, ?> field = compare.field();
            Object value = compare.value();
            return switch (compare.comparison()) {
                case EQUAL -> null;
                case LESS -> new Bounds(field, null, false, value, false);
                case AT_MOST -> new Bounds(field, null, false, value, true);
                case GREATER -> new Bounds(field, value, false, null, false);
                case AT_LEAST -> new Bounds(field, value, true, null, false);
            };
        } else if (condition instanceof Condition.Between<?> between) {
            return new Bounds(between.field(), between.lower(), true, between.upper(), true);
        } else if (condition instanceof Condition.StartsWith<?> starts) {
            return new Bounds(starts.field(), starts.prefix(), true, afterPrefix(starts.prefix()), false);
        }
        return null;
    }

    /** The least text above all that begin with a prefix, null where there is none. */
    static @Nullable String afterPrefix(String prefix) {
        int end = prefix.length();
        while (end > 0) {
            int last = prefix.codePointBefore(end);
            end -= Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                int next = last + 1 == FIRST_SURROGATE ? AFTER_SURROGATES : last + 1;
                return prefix.substring(0, end) + Character.toString(next);
            }
        }
        return null;
    }

    /** What lies in this range and in another of the same field. */
    Bounds and(Bounds other) {
        boolean otherLower = lower == null || (other.lower != null && isTighter(other.lower, lower, other.lowerWithin));
        boolean otherUpper = upper == null || (other.upper != null && isTighter(upper, other.upper, other.upperWithin));
        return new Bounds(
                field,
                otherLower ? other.lower : lower,
                otherLower ? other.lowerWithin : lowerWithin,
                otherUpper ? other.upper : upper,
                otherUpper ? other.upperWithin : upperWithin);
    }

    private boolean isTighter(Object greater, Object smaller, boolean within) {
        int compared = field.type().compareStored(greater, smaller);
        return compared > 0 || (compared == 0 && !within);
    }

    <V> NavigableMap<Object, V> in(NavigableMap<Object, V> map) {
        if (lower != null && upper != null) {
            return field.type().compareStored(lower, upper) > 0
                    ? Collections.emptyNavigableMap()
                    : map.subMap(lower, lowerWithin, upper, upperWithin);
        } else if (lower != null) {
            return map.tailMap(lower, lowerWithin);
        }
        return upper != null ? map.headMap(upper, upperWithin) : map;
    }
}
