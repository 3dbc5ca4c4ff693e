package dev.crmcore.exchange;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns of a file in their order, found by name without looking through them. */
record Columns(List<String> names, Map<String, Integer> positions) {

    static Columns of(List<String> names) {
        Map<String, Integer> positions = new HashMap<>();
        for (String name : names) {
            positions.put(name, positions.size());
        }
        return new Columns(List.copyOf(names), positions);
    }

    /** The position from 0; -1 where there is no such column. */
    int position(String name) {
        return positions.getOrDefault(name, -1);
    }
}
