package dev.crmcore.insights;

import dev.crmcore.store.RowCursor;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The days of moments on the clocks of a zone, in days since 1970. */
final class ZoneDays {

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final ZoneId zone;
    private final boolean isUtc;

    ZoneDays(ZoneId zone) {
        this.zone = zone;
        this.isUtc = zone.normalized().equals(ZoneOffset.UTC);
    }

    /** The day of the moment in a column of the current row. */
    int day(RowCursor rows, int column) {
        return Math.toIntExact(
                isUtc
                        ? Math.floorDiv(rows.getEpochMicros(column), MICROS_PER_DAY)
                        : LocalDate.ofInstant(rows.getInstant(column), zone).toEpochDay());
    }
}
