package dev.crmcore.feedback;

import dev.crmcore.internal.failure.FailurePlace;
import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.store.Lease;
import dev.crmcore.work.DueWork;
import dev.crmcore.work.UnfinishedWorkException;
import dev.crmcore.work.UnitOfWork;
import dev.crmcore.work.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends invitations and reminders that are due. Each is claimed, the claim is committed, the host's sender is called, and
 * what was sent is noted; a message that the sender refuses counts as a failure of the run, stays claimed until its lease
 * ends, and is then tried again under the same delivery id.
 *
 * <p>Thread-safe as far as the sender is.
 */
public final class DueInvitations implements DueWork {

    /** Minutes for which a message is one worker's alone: {@value}. */
    public static final int LEASE_MINUTES = 15;

    private static final Logger LOG = LoggerFactory.getLogger(DueInvitations.class);
    private static final int BATCH = 20;

    private final InvitationSender sender;

    /**
     * Makes the work.
     *
     * @param sender how messages reach customers
     */
    public DueInvitations(InvitationSender sender) {
        this.sender = Objects.requireNonNull(sender, "sender");
    }

    @Override
    public String name() {
        return "feedback.invitations";
    }

    /**
     * {@inheritDoc}
     *
     * @throws UnfinishedWorkException if the sender failed on some messages; the others were sent
     */
    @Override
    public int run(UnitOfWork unitOfWork) {
        int done = 0;
        List<RuntimeException> failures = new ArrayList<>();
        for (List<InvitationDelivery> taken = take(unitOfWork); !taken.isEmpty(); taken = take(unitOfWork)) {
            for (InvitationDelivery delivery : taken) {
                if (send(delivery, failures)) {
                    note(unitOfWork, delivery);
                    done++;
                }
            }
        }
        if (!failures.isEmpty()) {
            throw new UnfinishedWorkException(done, failures.size(), failures.get(0));
        }
        return done;
    }

    /** Takes messages until some are to be sent, or none is due any more. */
    private List<InvitationDelivery> take(UnitOfWork unitOfWork) {
        List<InvitationDelivery> deliveries = new ArrayList<>();
        boolean more = true;
        while (deliveries.isEmpty() && more) {
            more = unitOfWork.call(work -> claim(work, deliveries)) > 0;
        }
        return deliveries;
    }

    private int claim(Work work, List<InvitationDelivery> deliveries) {
        Query<SurveyInvitation> due = Query.of(SurveyInvitation.TYPE)
                .where(SurveyInvitation.SEND_AT
                        .atMost(work.now())
                        .and(SurveyInvitation.STATUS.in(InvitationStatus.OPEN_ONES))
                        .and(SurveyInvitation.EXPIRES_AT.greaterThan(work.now()))
                        .and(SurveyInvitation.TOKEN.isPresent()))
                .orderBy(Order.ascending(SurveyInvitation.SEND_AT))
                .limit(BATCH);
        Lease lease =
                new Lease(name() + "/" + work.newId(), work.now(), work.now().plus(Duration.ofMinutes(LEASE_MINUTES)));
        List<SurveyInvitation> claimed = work.store().claim(due, lease);
        Map<SurveyId, Survey> surveys = surveysOf(work, claimed);
        for (SurveyInvitation invitation : claimed) {
            Survey survey = Objects.requireNonNull(surveys.get(invitation.survey()));
            if (survey.status() == SurveyStatus.PUBLISHED) {
                deliveries.add(new InvitationDelivery(
                        work.tenant(), invitation, invitation.token().orElseThrow()));
            } else {
                withdraw(work, invitation);
            }
        }
        return claimed.size();
    }

    private static Map<SurveyId, Survey> surveysOf(Work work, List<SurveyInvitation> invitations) {
        List<SurveyId> ids =
                invitations.stream().map(SurveyInvitation::survey).distinct().toList();
        return work.store().findAll(Survey.TYPE, ids).stream()
                .collect(Collectors.toMap(Survey::id, Function.identity()));
    }

    /** Nobody is asked to answer what is closed. */
    private static void withdraw(Work work, SurveyInvitation invitation) {
        SurveyInvitation withdrawn = invitation.withdrawn();
        work.store().update(SurveyInvitation.TYPE, List.of(withdrawn));
        work.record(InvitationEvent.of("withdrawn", withdrawn));
    }

    @SuppressWarnings("CatchingUnchecked") // whatever a sender throws, the other messages go out
    private boolean send(InvitationDelivery delivery, List<RuntimeException> failures) {
        try {
            sender.send(delivery);
            return true;
        } catch (RuntimeException e) {
            LOG.warn("delivery {} failed and is tried again: {}", delivery.id(), FailurePlace.of(e));
            failures.add(e);
            return false;
        }
    }

    private static void note(UnitOfWork unitOfWork, InvitationDelivery delivery) {
        unitOfWork.call(work -> {
            // answered or erased meanwhile, or noted by who took it over: the count of deliveries tells
            work.store()
                    .lock(SurveyInvitation.TYPE, delivery.invitation())
                    .filter(invitation -> invitation.deliveries() == delivery.number())
                    .ifPresent(invitation -> note(work, invitation, delivery));
            return delivery;
        });
    }

    private static void note(Work work, SurveyInvitation invitation, InvitationDelivery delivery) {
        SurveyInvitation next = invitation.delivered(work.now());
        work.store().update(SurveyInvitation.TYPE, List.of(next));
        work.record(InvitationEvent.of(delivery.isReminder() ? "reminded" : "sent", next));
    }
}
