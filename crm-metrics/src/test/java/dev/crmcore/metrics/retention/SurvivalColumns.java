package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** An input of the survival tests, by the names of its columns. */
final class SurvivalColumns {

    private final List<String> names;
    private final List<String[]> rows;

    private SurvivalColumns(List<String> names, List<String[]> rows) {
        this.names = names;
        this.rows = rows;
    }

    static SurvivalColumns waltons() {
        return of("waltons.csv", "T", "E", "group");
    }

    static SurvivalColumns rossi() {
        return of("rossi.csv", "week", "arrest", "fin", "age", "race", "wexp", "mar", "paro", "prio");
    }

    static SurvivalColumns aids() {
        return of("multicenter_aids_cohort.csv", "AIDSY", "W", "T", "D");
    }

    static SurvivalColumns of(String file, String... names) {
        return new SurvivalColumns(Arrays.asList(names), Golden.csv("kpi/survival/" + file));
    }

    static SurvivalColumns of(List<String> names, List<String[]> rows) {
        return new SurvivalColumns(names, rows);
    }

    SurvivalColumns where(Predicate<String[]> kept) {
        return new SurvivalColumns(names, rows.stream().filter(kept).toList());
    }

    /** The rows in which a column says this. */
    SurvivalColumns where(String column, String value) {
        int at = names.indexOf(column);
        return where(row -> row[at].equals(value));
    }

    double[] doubles(String column) {
        int at = names.indexOf(column);
        return rows.stream().mapToDouble(row -> Double.parseDouble(row[at])).toArray();
    }

    int[] ints(String column) {
        int at = names.indexOf(column);
        return rows.stream().mapToInt(row -> (int) Double.parseDouble(row[at])).toArray();
    }

    String[] texts(String column) {
        int at = names.indexOf(column);
        return rows.stream().map(row -> row[at]).toArray(String[]::new);
    }

    boolean[] are(String column, int value) {
        int[] found = ints(column);
        boolean[] flags = new boolean[found.length];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = found[i] == value;
        }
        return flags;
    }

    SurvivalTimes times(String time, String event) {
        return SurvivalTimes.of(doubles(time), are(event, 1));
    }
}
