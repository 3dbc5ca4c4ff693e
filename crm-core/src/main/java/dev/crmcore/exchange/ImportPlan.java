package dev.crmcore.exchange;

import dev.crmcore.work.Work;
import java.util.List;

/**
 * What the rows of a file are, and how they become records.
 *
 * <p>Immutable and thread-safe.
 */
public abstract sealed class ImportPlan permits CustomerImport, InteractionImport, PurchaseImport, ResponseImport {

    ImportPlan() {}

    /** What the file must have, for the check of its header. */
    abstract void checkHeader(List<String> header);

    /** Begins to take rows. */
    abstract Intake begin();

    /** Takes rows and makes records of them: the state of one run. Not thread-safe. */
    interface Intake {

        /**
         * Reads a row into the batch.
         *
         * @throws RowReading.RejectedRow if it is bad
         */
        void take(Row row, Tally tally);

        /** Hears of a row that could not be taken apart. */
        default void damaged() {}

        /** The first line that belongs to what waits for rows to come; where nothing does, a line after all. */
        default long openSince() {
            return Long.MAX_VALUE;
        }

        /** How many records wait to be written. */
        int pending();

        /** Says that no further row will follow, so that what waits for its end is complete. */
        void end(Tally tally);

        /** Writes what waits, in the transaction of the work. What it counts is counted anew when it is run again. */
        void write(Work work, Tally tally);

        /**
         * Counts what writing would do, in a work that is undone; a plan that can tell it from looking alone does not
         * write.
         */
        default void rehearse(Work work, Tally tally) {
            write(work, tally);
        }

        /** Forgets what was written. */
        void clear();
    }
}
