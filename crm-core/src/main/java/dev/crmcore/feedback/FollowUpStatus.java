package dev.crmcore.feedback;

import java.util.EnumSet;
import java.util.Set;

/** How far a follow-up is. The names are part of the stored form. */
public enum FollowUpStatus {
    /** Nobody has talked with the customer yet. */
    OPEN,
    /** Somebody has. */
    CONTACTED,
    /** The matter is settled; whether the customer is won back will show. */
    RESOLVED,
    /** The customer is won back. */
    RECOVERED,
    /** The customer is not won back. */
    LOST;

    /** Those in which somebody is at it, so that another bad score opens nothing. */
    static final Set<FollowUpStatus> PENDING = EnumSet.of(OPEN, CONTACTED);

    /** Those that another score can still change. */
    static final Set<FollowUpStatus> UNDECIDED = EnumSet.of(OPEN, CONTACTED, RESOLVED);

    /**
     * Whether a follow-up may move on to another status. One step after the other; given up as lost at any time.
     *
     * @param next the other status
     * @return whether it may
     */
    public boolean mayBecome(FollowUpStatus next) {
        return switch (this) {
            case OPEN -> next == CONTACTED || next == LOST;
            case CONTACTED -> next == RESOLVED || next == LOST;
            case RESOLVED -> next == RECOVERED || next == LOST;
            case RECOVERED, LOST -> false;
        };
    }
}
