package dev.crmcore.metrics.value;

import dev.crmcore.metrics.PeriodUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Purchase histories of customers of whom something more is known that does not change: the channel that brought them, the
 * amount of the first purchase. Customers with the same covariates form a group, in which equal histories are one row.
 *
 * <p>Each covariate is a number; a category of m values becomes m &minus; 1 covariates of 0 and 1. The parameters of a model
 * are those of a customer whose covariates are all 0, so it helps to centre the others.
 *
 * <pre>{@code
 * double[] byPartner = ...;      // 1 for customers brought by a partner, else 0
 * CovariateHistories histories = CovariateHistories.of(
 *         List.of("partner"), new double[][] {byPartner}, x, recencyWeeks, ageWeeks, PeriodUnit.WEEK);
 * CovariateModel<ParetoNbd> model = ParetoNbd.fit(histories).model();
 * model.forCustomer(1).probabilityAlive(ann);
 * }</pre>
 *
 * <p>Histories counted on many machines come in by {@link #ofGroups(List, Map)}. Immutable and thread-safe.
 */
public final class CovariateHistories {

    private final List<String> names;
    private final List<double[]> covariates;
    private final List<PurchaseHistories> groups;

    /** The group of each customer and the number within it, if the order of the customers is known. */
    private final int @Nullable [] groupOfCustomer;

    private CovariateHistories(
            List<String> names,
            List<double[]> covariates,
            List<PurchaseHistories> groups,
            int @Nullable [] groupOfCustomer) {
        this.names = List.copyOf(names);
        this.covariates = covariates;
        this.groups = groups;
        this.groupOfCustomer = groupOfCustomer;
        if (this.names.isEmpty() || this.names.stream().distinct().count() < this.names.size()) {
            throw new IllegalArgumentException("covariates must have different names, at least one, not " + names);
        }
    }

    /**
     * The histories of customers given as columns; entry i of each belongs to customer i. The arrays are copied.
     *
     * @param names the names of the covariates, at least one, all different
     * @param columns a column for each covariate
     * @param frequency x, the number of repeat purchases of each customer
     * @param recency t<sub>x</sub>, the time from the first to the last purchase
     * @param age T, the time from the first purchase to the end of the observation
     * @param unit the unit of both times
     * @return the histories in groups
     * @throws IllegalArgumentException if the columns differ in length or number, a covariate is not finite or an entry is no
     *     possible history; the message names the row
     */
    public static CovariateHistories of(
            List<String> names, double[][] columns, long[] frequency, double[] recency, double[] age, PeriodUnit unit) {
        Objects.requireNonNull(unit, "unit");
        int n = frequency.length;
        if (columns.length != names.size()) {
            throw new IllegalArgumentException(
                    "there must be a column for each of the " + names.size() + " covariates, not " + columns.length);
        }
        for (double[] column : columns) {
            if (column.length != n || recency.length != n || age.length != n) {
                throw new IllegalArgumentException("columns must have the same length, not " + n + ", " + recency.length
                        + ", " + age.length + " and " + column.length);
            }
        }
        int[] group = new int[n];
        List<double[]> covariates = distinct(names, columns, group);
        int[] size = new int[covariates.size()];
        for (int i = 0; i < n; i++) {
            check(i, frequency[i], recency[i], age[i]);
            size[group[i]]++;
        }
        List<long[]> x = new ArrayList<>();
        List<double[]> tx = new ArrayList<>();
        List<double[]> t = new ArrayList<>();
        for (int customers : size) {
            x.add(new long[customers]);
            tx.add(new double[customers]);
            t.add(new double[customers]);
        }
        int[] next = new int[size.length];
        for (int i = 0; i < n; i++) {
            int at = next[group[i]]++;
            x.get(group[i])[at] = frequency[i];
            tx.get(group[i])[at] = recency[i];
            t.get(group[i])[at] = age[i];
        }
        List<PurchaseHistories> groups = new ArrayList<>();
        for (int g = 0; g < size.length; g++) {
            groups.add(PurchaseHistories.of(x.get(g), tx.get(g), t.get(g), unit));
        }
        return new CovariateHistories(names, covariates, groups, group);
    }

    /** Numbers the distinct rows of the columns, into {@code group}. */
    private static List<double[]> distinct(List<String> names, double[][] columns, int[] group) {
        Map<List<Double>, Integer> known = new HashMap<>();
        List<double[]> covariates = new ArrayList<>();
        for (int i = 0; i < group.length; i++) {
            double[] row = new double[columns.length];
            for (int k = 0; k < columns.length; k++) {
                // -0.0 becomes 0.0
                row[k] = columns[k][i] + 0.0;
                if (!Double.isFinite(row[k])) {
                    throw new IllegalArgumentException(
                            "row " + i + ": covariate " + names.get(k) + " must be finite, not " + row[k]);
                }
            }
            Integer found = known.putIfAbsent(key(row), covariates.size());
            group[i] = found == null ? covariates.size() : found;
            if (found == null) {
                covariates.add(row);
            }
        }
        return covariates;
    }

    private static void check(int row, long x, double recency, double age) {
        try {
            PurchaseHistory.check(x, recency, age);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("row " + row + ": " + e.getMessage(), e);
        }
    }

    /**
     * Groups whose histories have been counted, perhaps on many machines, with {@link PurchaseHistoryCounts}.
     *
     * @param names the names of the covariates, at least one, all different
     * @param histories the histories of the customers with each combination of covariates; all in one unit
     * @return the groups, in ascending order of their covariates
     * @throws IllegalArgumentException if a combination has another number of covariates or one that is not finite, two
     *     groups differ in the sign of a zero alone, or the units differ
     */
    public static CovariateHistories ofGroups(List<String> names, Map<List<Double>, PurchaseHistories> histories) {
        List<double[]> covariates = new ArrayList<>();
        for (List<Double> key : histories.keySet()) {
            double[] row = key.stream().mapToDouble(value -> value + 0.0).toArray();
            if (row.length != names.size() || !Arrays.stream(row).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException(
                        "a group must have " + names.size() + " finite covariates, not " + key);
            }
            covariates.add(row);
        }
        covariates.sort(Arrays::compare);
        Map<List<Double>, PurchaseHistories> normal = new HashMap<>();
        histories.forEach((key, group) -> {
            if (normal.put(key.stream().map(value -> value + 0.0).toList(), group) != null) {
                throw new IllegalArgumentException("0 and -0 are one covariate, but two groups have it: " + key);
            }
        });
        List<PurchaseHistories> groups = new ArrayList<>();
        for (double[] row : covariates) {
            PurchaseHistories group = Objects.requireNonNull(normal.get(key(row)), "group");
            if (!groups.isEmpty() && groups.get(0).unit() != group.unit()) {
                throw new IllegalArgumentException(
                        "all groups must be in units of a " + groups.get(0).unit() + ", not " + group.unit());
            }
            groups.add(group);
        }
        return new CovariateHistories(names, covariates, groups, null);
    }

    private static List<Double> key(double[] row) {
        return Arrays.stream(row).boxed().toList();
    }

    /**
     * The names of the covariates.
     *
     * @return the names in order
     */
    public List<String> names() {
        return names;
    }

    /**
     * How many groups there are: distinct combinations of covariates.
     *
     * @return the number, 0 if there is no customer
     */
    public int groups() {
        return groups.size();
    }

    /**
     * The covariates of a group.
     *
     * @param group the group, from 0
     * @return a copy, in the order of the names
     */
    public double[] covariates(int group) {
        return covariates.get(group).clone();
    }

    /**
     * The histories of a group's customers.
     *
     * @param group the group, from 0
     * @return the histories
     */
    public PurchaseHistories histories(int group) {
        return groups.get(group);
    }

    /** All histories together, without the covariates. */
    PurchaseHistories all() {
        DistinctRows rows = new DistinctRows(64);
        for (PurchaseHistories group : groups) {
            for (int row = 0; row < group.size(); row++) {
                rows.add(group.frequency(row), group.recency(row), group.age(row), group.customers(row));
            }
        }
        return rows.sorted(groups.isEmpty() ? PeriodUnit.DAY : groups.get(0).unit(), null);
    }

    /** Gives each customer the value of the customer's row in the customer's group. */
    double[] spread(List<double[]> valuesOfGroups) {
        if (groupOfCustomer == null) {
            throw new IllegalStateException("counted histories do not know which customer each row came from");
        }
        List<double[]> spread = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            spread.add(groups.get(g).spread(valuesOfGroups.get(g)));
        }
        int[] next = new int[groups.size()];
        double[] values = new double[groupOfCustomer.length];
        for (int i = 0; i < values.length; i++) {
            int g = groupOfCustomer[i];
            values[i] = spread.get(g)[next[g]++];
        }
        return values;
    }

    /** The names and the number of groups. */
    @Override
    public String toString() {
        return "histories in " + groups.size() + " groups by " + names;
    }
}
