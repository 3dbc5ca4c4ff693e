package dev.crmcore.insights;

import dev.crmcore.feedback.FollowUp;
import dev.crmcore.feedback.FollowUpStatus;
import dev.crmcore.metrics.CountedValues;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.SampleQuantiles;
import dev.crmcore.metrics.feedback.Recovery;
import dev.crmcore.metrics.service.ServiceAttainment;
import dev.crmcore.metrics.service.ServiceTarget;
import dev.crmcore.metrics.service.ServiceTimes;
import dev.crmcore.store.RowCursor;
import dev.crmcore.work.Work;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * How the loop with dissatisfied customers is closed: how soon somebody talks with them, how soon the matter is settled, and
 * who is won back. Read from the store by one scan of five columns.
 *
 * <p>Immutable and thread-safe.
 */
public final class FollowUpFigures {

    private final SampleQuantiles firstContact;
    private final SampleQuantiles resolution;
    private final ServiceAttainment.Result contactInTime;
    private final Proportion recovered;

    private FollowUpFigures(Reading reading) {
        this.firstContact = reading.contacted.result();
        this.resolution = reading.resolved.result();
        this.contactInTime = reading.inTime.result();
        this.recovered = Recovery.of(reading.recovered, reading.lost).rate();
    }

    static FollowUpFigures read(Work work, RecordScope<FollowUp> scope) {
        Reading reading = new Reading(ChronoUnit.MICROS.between(Instant.EPOCH, work.now()));
        try (RowCursor rows = work.store()
                .scan(
                        scope.query(work),
                        List.of(
                                FollowUp.OPENED_AT,
                                FollowUp.DUE_AT,
                                FollowUp.CONTACTED_AT,
                                FollowUp.RESOLVED_AT,
                                FollowUp.STATUS))) {
            while (rows.next()) {
                reading.add(rows);
            }
        }
        return new FollowUpFigures(reading);
    }

    /**
     * How long it took until somebody talked with the customer, of those with whom somebody did.
     *
     * @return wall-clock milliseconds since the follow-up was opened; undefined figures without a contact
     */
    public SampleQuantiles timeToFirstContact() {
        return firstContact;
    }

    /**
     * How long it took until the matter was settled, of those that are.
     *
     * @return wall-clock milliseconds since the follow-up was opened; undefined figures without a resolution
     */
    public SampleQuantiles timeToResolution() {
        return resolution;
    }

    /**
     * How many customers were talked with before the due time that the rule set, in its own business hours. What was given up
     * without a contact is missed, as is what is open and overdue.
     *
     * @return the counts; {@link ServiceAttainment.Result#attainment()} is undefined while nothing is decided
     */
    public ServiceAttainment.Result contactInTime() {
        return contactInTime;
    }

    /**
     * How many customers were won back, see {@link Recovery}.
     *
     * @return those won back, of those of whom it is known; undefined while it is known of none
     */
    public Proportion recovered() {
        return recovered;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "FollowUpFigures[%d contacted, %d resolved, %d of %d recovered]",
                firstContact.n(),
                resolution.n(),
                recovered.successes(),
                recovered.trials());
    }

    /** The counts while they grow. */
    private static final class Reading {

        private final long now;
        private final CountedValues contacted = ServiceTimes.FIRST_RESPONSE.create();
        private final CountedValues resolved = ServiceTimes.RESOLUTION.create();
        private final ServiceAttainment inTime = ServiceAttainment.FIRST_RESPONSE.create();
        private long recovered;
        private long lost;

        Reading(long now) {
            this.now = now;
        }

        void add(RowCursor rows) {
            long opened = rows.getEpochMicros(0);
            if (!rows.isNull(2)) {
                contacted.add(millis(opened, rows.getEpochMicros(2)));
            }
            if (!rows.isNull(3)) {
                resolved.add(millis(opened, rows.getEpochMicros(3)));
            }
            FollowUpStatus status = FollowUpStatus.valueOf(rows.getText(4));
            inTime.add(target(rows, status));
            recovered += status == FollowUpStatus.RECOVERED ? 1 : 0;
            lost += status == FollowUpStatus.LOST ? 1 : 0;
        }

        private ServiceTarget target(RowCursor rows, FollowUpStatus status) {
            long due = rows.getEpochMicros(1);
            if (!rows.isNull(2)) {
                return rows.getEpochMicros(2) <= due ? ServiceTarget.MET : ServiceTarget.BREACHED_LATE;
            }
            return status == FollowUpStatus.LOST || now > due ? ServiceTarget.BREACHED_OPEN : ServiceTarget.RUNNING;
        }

        private static long millis(long from, long to) {
            return Math.floorDiv(Math.subtractExact(to, from), 1_000L);
        }
    }
}
