package dev.crmcore.exchange;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How far an import is.
 *
 * @param rows how many rows were read
 * @param bytes how many bytes were taken from the file
 * @param size how large the file is, where it is known
 */
public record ImportProgress(long rows, long bytes, OptionalLong size) {

    /**
     * The share of the file that was read.
     *
     * @return from 0 to 1, where the size is known
     */
    public OptionalDouble share() {
        return size.isEmpty() || size.getAsLong() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.min(1, (double) bytes / size.getAsLong()));
    }

    /** Hears of progress, on the importing thread, after each batch and at the end. */
    @FunctionalInterface
    public interface Listener {

        /**
         * Hears of progress.
         *
         * @param progress how far the import is
         */
        void on(ImportProgress progress);
    }
}
