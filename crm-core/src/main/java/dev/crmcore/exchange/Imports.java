package dev.crmcore.exchange;

import dev.crmcore.context.StoreException;
import dev.crmcore.work.UnitOfWork;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Brings files into a tenant's records.
 *
 * <p>As thread-safe as the unit of work that it runs in.
 */
public final class Imports {

    private final UnitOfWork unitOfWork;

    /**
     * Opens the imports.
     *
     * @param unitOfWork where its batches run: each is a call of its own
     */
    public Imports(UnitOfWork unitOfWork) {
        this.unitOfWork = Objects.requireNonNull(unitOfWork, "unitOfWork");
    }

    /**
     * Imports a file. Bad rows are rejected one by one and the others taken; who wants all or nothing makes a dry run
     * first. When the import stops with an exception, the batches before it stand, and importing the file again goes on
     * where it stopped.
     *
     * <p>Time grows with the number of rows and statements with that of batches. Memory holds one batch and, for each row
     * without an id of its own, 24 to 48 bytes, for each with one twice that; what a plan holds beyond it says.
     *
     * @param plan what the rows are
     * @param source where they come from
     * @param options how to run
     * @return what became of the rows
     * @throws ImportFormatException if the file as a whole cannot be read as what the plan says
     * @throws StoreException if the file cannot be read at all
     */
    public ImportReport run(ImportPlan plan, RowSource source, ImportOptions options) {
        try (Rows rows = source.open()) {
            Optional<List<String>> header = rows.header();
            header.ifPresent(plan::checkHeader);
            return new Run(plan.begin(), rows, source.size(), options).all();
        } catch (IOException e) {
            throw new StoreException("the file cannot be read", false, e);
        }
    }

    /** One import under way. */
    private final class Run {

        private final ImportPlan.Intake intake;
        private final Rows rows;
        private final OptionalLong size;
        private final ImportOptions options;
        private final Tally tally;
        private long rejectedBefore;

        Run(ImportPlan.Intake intake, Rows rows, OptionalLong size, ImportOptions options) {
            this.intake = intake;
            this.rows = rows;
            this.size = size;
            this.options = options;
            this.tally = new Tally(options);
        }

        ImportReport all() throws IOException {
            Optional<Row> row = rows.next();
            while (row.isPresent()) {
                take(row.get());
                if (intake.pending() + tally.rejected() - rejectedBefore >= options.batchSize()) {
                    writeBatch();
                }
                row = rows.next();
            }
            intake.end(tally);
            writeBatch();
            return tally.report();
        }

        private void take(Row row) {
            tally.read();
            if (row.damage().isPresent()) {
                intake.damaged();
                tally.reject(new Reject(row.line(), "", "", row.damage().get()));
                return;
            }
            try {
                intake.take(row, tally);
            } catch (RowReading.RejectedRow e) {
                tally.reject(e.reject());
            }
        }

        private void writeBatch() {
            if (intake.pending() > 0) {
                if (options.isDryRun()) {
                    rehearse();
                } else {
                    unitOfWork.call(work -> {
                        intake.write(work, tally);
                        return tally;
                    });
                }
                intake.clear();
            }
            tally.tellBefore(intake.openSince());
            rejectedBefore = tally.rejected();
            options.progress().on(new ImportProgress(tally.rows(), rows.bytesRead(), size));
        }

        /** Even within an open call, what a transact throws leaves nothing behind. */
        private void rehearse() {
            try {
                unitOfWork.transact(undone -> undone.call(work -> {
                    intake.rehearse(work, tally);
                    throw new Undo();
                }));
            } catch (Undo e) {
                // what may have been written is undone; what was counted stands
            }
        }
    }

    /** Ends a call so that nothing of it remains. */
    private static final class Undo extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Undo() {
            super("dry run", null, false, false);
        }
    }
}
