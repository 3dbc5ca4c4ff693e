package dev.crmcore.metrics.retention;

import java.util.Arrays;

/** Numbers the groups or strata of subjects from 0, by ascending label. */
final class Labels {

    private final int[] distinct;
    private final int[] indexes;

    private Labels(int[] distinct, int[] indexes) {
        this.distinct = distinct;
        this.indexes = indexes;
    }

    /** One group for all. */
    static Labels same(int subjects) {
        return new Labels(new int[1], new int[subjects]);
    }

    static Labels of(int[] labels) {
        int[] distinct = Arrays.stream(labels).sorted().distinct().toArray();
        int[] indexes = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            indexes[i] = Arrays.binarySearch(distinct, labels[i]);
        }
        return new Labels(distinct, indexes);
    }

    int size() {
        return distinct.length;
    }

    /** The group of a subject, from 0. */
    int index(int subject) {
        return indexes[subject];
    }

    int label(int index) {
        return distinct[index];
    }

    int[] labels() {
        return distinct.clone();
    }

    /** The group with a label, from 0. */
    int indexOf(int label, String what) {
        int index = Arrays.binarySearch(distinct, label);
        if (index < 0) {
            throw new IllegalArgumentException("there is no " + what + " " + label);
        }
        return index;
    }
}
