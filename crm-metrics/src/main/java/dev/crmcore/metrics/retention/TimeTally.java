package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;

/**
 * How many subjects left at each time, by how they left (0: censored), and how many came in late. The state of the
 * Kaplan&ndash;Meier and Aalen&ndash;Johansen curves, which need no more.
 *
 * <p>Not thread-safe.
 */
final class TimeTally {

    private final TimeColumn[] exits;
    private TimeColumn entries = new TimeColumn();

    TimeTally(int kinds) {
        exits = new TimeColumn[kinds];
        for (int kind = 0; kind < kinds; kind++) {
            exits[kind] = new TimeColumn();
        }
    }

    /** Counts one subject, whose times are checked. */
    void add(double entry, double time, int kind) {
        if (entry > 0) {
            entries.add(entry);
        }
        exits[kind].add(time);
    }

    /** Makes room for some more subjects at once. */
    void expect(int more) {
        for (TimeColumn exit : exits) {
            exit.expect(more / exits.length);
        }
    }

    void merge(TimeTally other) {
        Math.addExact(total(), other.total());
        entries.merge(other.entries);
        for (int kind = 0; kind < exits.length; kind++) {
            exits[kind].merge(other.exits[kind]);
        }
    }

    private long total() {
        long total = 0;
        for (TimeColumn exit : exits) {
            total = Math.addExact(total, exit.total());
        }
        return total;
    }

    void write(StateWriter writer) {
        entries.write(writer);
        for (TimeColumn exit : exits) {
            exit.write(writer);
        }
    }

    static TimeTally read(StateReader reader, int kinds) {
        TimeTally tally = new TimeTally(kinds);
        tally.entries = TimeColumn.read(reader);
        for (int kind = 0; kind < kinds; kind++) {
            tally.exits[kind] = TimeColumn.read(reader);
        }
        RiskTable table = tally.table();
        for (int row = 0; row < table.size(); row++) {
            if (table.atRisk(row) < table.leaving(row)) {
                throw reader.malformed("more subjects leave at time " + table.time(row) + " than are there");
            }
        }
        return tally;
    }

    /** Who was at risk at each time at which somebody left. */
    RiskTable table() {
        long n = total();
        long late = entries.total();
        int capacity = 0;
        for (TimeColumn exit : exits) {
            capacity = Math.addExact(capacity, exit.size());
        }
        RiskTable table = new RiskTable(capacity, exits.length, n);
        int[] next = new int[exits.length];
        int entered = 0;
        long atRisk = n - late;
        for (double time = earliest(next); time < Double.POSITIVE_INFINITY; time = earliest(next)) {
            while (entered < entries.size() && entries.time(entered) < time) {
                atRisk += entries.count(entered++);
            }
            int row = table.begin(time, atRisk);
            for (int kind = 0; kind < exits.length; kind++) {
                if (next[kind] < exits[kind].size() && exits[kind].time(next[kind]) == time) {
                    long left = exits[kind].count(next[kind]++);
                    table.set(row, kind, left);
                    atRisk -= left;
                }
            }
        }
        return table;
    }

    private double earliest(int[] next) {
        double earliest = Double.POSITIVE_INFINITY;
        for (int kind = 0; kind < exits.length; kind++) {
            if (next[kind] < exits[kind].size()) {
                earliest = Math.min(earliest, exits[kind].time(next[kind]));
            }
        }
        return earliest;
    }
}
