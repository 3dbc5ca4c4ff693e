package dev.crmcore.metrics.service;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.internal.IndexSort;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many requests were solved at the first contact, in the three usual variants, which differ widely on the same tickets.
 *
 * <p>A customer who comes back is seen only after some days, so the third variant judges only tickets that were resolved at least
 * so long before {@code asOf}. What happened after {@code asOf} was not known then.
 *
 * <pre>{@code
 * FirstContactResolution fcr = FirstContactResolution.of(
 *         tickets, asOf, Duration.ofDays(7), FirstContactResolution.RepeatContact.ANY_TICKET);
 * fcr.notReopened().estimate();
 * }</pre>
 *
 * @param oneReply (a) resolved with one reply of an agent, of those resolved
 * @param notReopened (b) the same and not reopened, of those resolved
 * @param noRepeat (c) the same and no repeat contact of the customer, of those resolved at least so long ago
 * @param reopened reopened, of those resolved
 */
public record FirstContactResolution(
        Proportion oneReply, Proportion notReopened, Proportion noRepeat, Proportion reopened) {

    /** Resolved with one reply. */
    public static final KpiDefinition ONE_REPLY = definition(
            "fcr-one-reply",
            "First-contact resolution, one reply",
            "resolved with one agent reply / resolved",
            "as of");
    /** Resolved with one reply and not reopened. */
    public static final KpiDefinition NOT_REOPENED = definition(
            "fcr-not-reopened",
            "First-contact resolution, not reopened",
            "resolved with one agent reply and not reopened / resolved",
            "as of; unlike the other figures it can fall later, as tickets are reopened");
    /** Resolved with one reply, not reopened, and the customer did not come back. */
    public static final KpiDefinition NO_REPEAT = definition(
            "fcr-no-repeat",
            "First-contact resolution, no repeat contact",
            "resolved with one agent reply, not reopened and no other ticket of the customer created after this one and within "
                    + "the window after its resolution / resolved at least the window before as of",
            "as of; the window, of which 7 days is usual; any other ticket, or only one that was resolved");

    /** Which other ticket of the customer is a repeat contact. */
    public enum RepeatContact {
        /** Any that was created in time. */
        ANY_TICKET,
        /** Only one that was itself resolved by now, which leaves out spam and what nobody has looked at. */
        RESOLVED_TICKET
    }

    /**
     * The rates from their counts.
     *
     * @param oneReply (a)
     * @param notReopened (b)
     * @param noRepeat (c)
     * @param reopened reopened, of those resolved
     */
    public FirstContactResolution {}

    /**
     * Counts tickets. Costs one sort of n tickets and one pass over them.
     *
     * @param tickets the tickets of all customers, in any order
     * @param asOf the instant of which the data know
     * @param window how long after a resolution another ticket is a repeat contact, inclusive; 7 days is usual
     * @param repeat which other ticket is one
     * @return the rates
     * @throws IllegalArgumentException if the window is negative
     */
    public static FirstContactResolution of(List<Ticket> tickets, Instant asOf, Duration window, RepeatContact repeat) {
        if (window.isNegative()) {
            throw new IllegalArgumentException("window must not be negative, not " + window);
        }
        int[] order = IndexSort.sorted(tickets.size(), (i, j) -> {
            int byCustomer =
                    Long.compare(tickets.get(i).customer(), tickets.get(j).customer());
            return byCustomer != 0
                    ? byCustomer
                    : tickets.get(i).createdAt().compareTo(tickets.get(j).createdAt());
        });
        Counting counting = new Counting(asOf, window, repeat);
        for (int i = order.length - 1; i >= 0; i--) {
            counting.count(tickets.get(order[i]));
        }
        return counting.result();
    }

    /** Takes the tickets customer by customer, each customer's last one first. */
    private static final class Counting {
        private final Instant asOf;
        private final Duration window;
        private final RepeatContact repeat;
        private @Nullable Ticket later;
        /** When the earliest repeat contact so far was created, and the earliest one after the ticket at hand. */
        private @Nullable Instant contactAt;

        private @Nullable Instant nextContactAt;
        private long resolved;
        private long oneReply;
        private long notReopened;
        private long reopened;
        private long mature;
        private long noRepeat;

        Counting(Instant asOf, Duration window, RepeatContact repeat) {
            this.asOf = asOf;
            this.window = window;
            this.repeat = repeat;
        }

        void count(Ticket ticket) {
            if (later == null || later.customer() != ticket.customer()) {
                contactAt = null;
                nextContactAt = null;
            } else if (later.createdAt().isAfter(ticket.createdAt())) {
                nextContactAt = contactAt;
            }
            boolean isResolved = isKnown(ticket.resolvedAt());
            if (isResolved) {
                judge(ticket);
            }
            if (isResolved || repeat == RepeatContact.ANY_TICKET) {
                contactAt = ticket.createdAt();
            }
            later = ticket;
        }

        private boolean isKnown(Optional<Instant> happened) {
            return happened.isPresent() && !happened.get().isAfter(asOf);
        }

        private void judge(Ticket ticket) {
            boolean isReopened = isKnown(ticket.reopenedAt());
            boolean isOneReply = ticket.agentReplies() == 1;
            Instant resolvedAt = ticket.resolvedAt().orElseThrow();
            resolved++;
            oneReply += isOneReply ? 1 : 0;
            notReopened += isOneReply && !isReopened ? 1 : 0;
            reopened += isReopened ? 1 : 0;
            if (Duration.between(resolvedAt, asOf).compareTo(window) >= 0) {
                mature++;
                noRepeat += isOneReply && !isReopened && !isRepeatedBy(resolvedAt) ? 1 : 0;
            }
        }

        private boolean isRepeatedBy(Instant resolvedAt) {
            return nextContactAt != null
                    && Duration.between(resolvedAt, nextContactAt).compareTo(window) <= 0;
        }

        FirstContactResolution result() {
            return new FirstContactResolution(
                    Proportion.of(oneReply, resolved),
                    Proportion.of(notReopened, resolved),
                    Proportion.of(noRepeat, mature),
                    Proportion.of(reopened, resolved));
        }
    }

    private static KpiDefinition definition(String id, String name, String formula, String variant) {
        return KpiDefinition.builder(id, 1)
                .name(name)
                .kind(KpiKind.BATCH)
                .unit("share of tickets, 0 to 1")
                .formula(formula)
                .variant(variant)
                .emptyRule("undefined without a ticket in the denominator")
                .source("usual practice; interval: Wilson 1927")
                .build();
    }
}
