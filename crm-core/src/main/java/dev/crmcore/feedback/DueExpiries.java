package dev.crmcore.feedback;

import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.store.Lease;
import dev.crmcore.work.DueWork;
import dev.crmcore.work.UnitOfWork;
import dev.crmcore.work.Work;
import java.time.Duration;
import java.util.List;

/**
 * Notes that the time of invitations is up. That they cannot be answered any more does not wait for it. Thread-safe.
 */
public final class DueExpiries implements DueWork {

    private static final int BATCH = 200;

    /** Makes the work. */
    public DueExpiries() {}

    @Override
    public String name() {
        return "feedback.expiries";
    }

    @Override
    public int run(UnitOfWork unitOfWork) {
        int done = 0;
        for (int noted = unitOfWork.call(this::note); noted > 0; noted = unitOfWork.call(this::note)) {
            done += noted;
        }
        return done;
    }

    /** Claimed and noted in one transaction: the claim keeps other workers off, and ends with the update. */
    private int note(Work work) {
        Query<SurveyInvitation> due = Query.of(SurveyInvitation.TYPE)
                .where(SurveyInvitation.STATUS
                        .in(InvitationStatus.OPEN_ONES)
                        .and(SurveyInvitation.EXPIRES_AT.atMost(work.now())))
                .orderBy(Order.ascending(SurveyInvitation.EXPIRES_AT))
                .limit(BATCH);
        Lease lease =
                new Lease(name() + "/" + work.newId(), work.now(), work.now().plus(Duration.ofMinutes(1)));
        List<SurveyInvitation> expired = work.store().claim(due, lease).stream()
                .map(SurveyInvitation::expired)
                .toList();
        work.store().update(SurveyInvitation.TYPE, expired);
        expired.forEach(invitation -> work.record(InvitationEvent.of("expired", invitation)));
        return expired.size();
    }
}
