package dev.crmcore.store.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a sorted index in which the first columns are fixed and the next one may lie in a range, perhaps only
 * from a place on.
 *
 * @param index which index
 * @param columns its columns
 * @param fixed how many columns are fixed
 * @param values the fixed values at their positions
 * @param range the range of the next column, null for none
 * @param place where to begin, null for at the beginning
 */
@SuppressWarnings("ArrayRecordComponent") // lives while a query is planned, never compared
record OrderedStretch<T>(
        int index,
        SortedIndex.Columns<T> columns,
        int fixed,
        @Nullable Object[] values,
        @Nullable Bounds range,
        @Nullable Probe place) {

    AccessPath<T> path(boolean descending) {
        return descending ? descending() : ascending();
    }

    AccessPath<T> ascending() {
        Probe from = range != null && range.lower() != null
                ? bound(range.lower(), !range.lowerWithin())
                : Probe.before(values, fixed);
        return new AccessPath.Stretch<>(index, later(from), end(), false);
    }

    private AccessPath<T> descending() {
        Probe from = range != null && range.lower() != null
                ? bound(range.lower(), !range.lowerWithin())
                : Probe.before(values, fixed);
        if (fixed == columns.size() || range != null) {
            return new AccessPath.Stretch<>(index, from, earlier(end()), true);
        }
        // Absent values come last in this direction too
        Probe absent = bound(null, false);
        AccessPath<T> absentOnes = new AccessPath.Stretch<>(index, absent, earlier(end()), true);
        if (place != null && place.values[columns.position(fixed)] == null) {
            return absentOnes;
        }
        AccessPath<T> present = new AccessPath.Stretch<>(index, from, earlier(absent), true);
        return new AccessPath.Sequence<>(
                List.of(present, new AccessPath.Stretch<>(index, absent, Probe.after(values, fixed), true)));
    }

    private Probe end() {
        if (range == null) {
            return Probe.after(values, fixed);
        }
        return range.upper() != null ? bound(range.upper(), range.upperWithin()) : bound(null, false);
    }

    private Probe bound(@Nullable Object value, boolean after) {
        @Nullable Object[] at = values.clone();
        at[columns.position(fixed)] = value;
        return after ? Probe.after(at, fixed + 1) : Probe.before(at, fixed + 1);
    }

    private Probe later(Probe from) {
        return place != null && columns.compare(place, from) > 0 ? place : from;
    }

    private Probe earlier(Probe to) {
        return place != null && columns.compare(place, to) < 0 ? place : to;
    }
}
