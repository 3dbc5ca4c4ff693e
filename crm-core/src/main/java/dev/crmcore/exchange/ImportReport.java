package dev.crmcore.exchange;

import java.util.List;

/**
 * What became of the rows of a file: {@code read = created + updated + unchanged + duplicate + invalid}.
 *
 * @param read how many rows were read
 * @param created how many became new records, or lines of new ones
 * @param updated how many changed a record that was there
 * @param unchanged how many were known already, with the same content
 * @param duplicate how many repeat the id and the content of an earlier row of the same file
 * @param invalid how many were rejected
 * @param customersCreated how many customers were registered only because a row names them
 * @param rejects why rows were rejected, the first ones in the order of the file
 */
public record ImportReport(
        long read,
        long created,
        long updated,
        long unchanged,
        long duplicate,
        long invalid,
        long customersCreated,
        List<Reject> rejects) {

    /**
     * Copies the rejects.
     *
     * @param read how many rows were read
     * @param created how many became new records, or lines of new ones
     * @param updated how many changed a record that was there
     * @param unchanged how many were known already, with the same content
     * @param duplicate how many repeat the id and the content of an earlier row of the same file
     * @param invalid how many were rejected
     * @param customersCreated how many customers were registered only because a row names them
     * @param rejects why rows were rejected, the first ones in the order of the file
     * @throws IllegalArgumentException if the rows are not all accounted for
     */
    public ImportReport {
        rejects = List.copyOf(rejects);
        if (read != created + updated + unchanged + duplicate + invalid) {
            throw new IllegalArgumentException("rows are lost: " + read + " read, " + created + " created, " + updated
                    + " updated, " + unchanged + " unchanged, " + duplicate + " duplicate, " + invalid + " invalid");
        }
    }
}
