package dev.crmcore.feedback;

/**
 * How a host brings an invitation or a reminder to the customer: by mail, by message, on a screen. Implemented by the
 * host, called by due work outside of any transaction.
 *
 * <p>What it throws is taken as "not delivered": the same delivery, with the same id, is handed over again when the lease
 * on it has ended, {@value DueInvitations#LEASE_MINUTES} minutes after it was taken; the run reports it. The same happens when the process
 * dies between sending and noting, so a sender that must not send twice remembers the ids. Whether the customer agreed to
 * be written to is the sender's to ask. An implementation is thread-safe.
 */
@FunctionalInterface
public interface InvitationSender {

    /**
     * Delivers an invitation or a reminder.
     *
     * @param delivery what is to be delivered
     */
    void send(InvitationDelivery delivery);
}
