package dev.crmcore.feedback;

import java.util.EnumSet;
import java.util.Set;

/** How far an invitation is. The names are part of the stored form. */
public enum InvitationStatus {
    /** Not sent yet. */
    WAITING,
    /** Sent, not opened yet. */
    SENT,
    /** The customer has opened the survey. */
    OPENED,
    /** The customer has handed in the response. */
    ANSWERED,
    /** Its time was up. */
    EXPIRED,
    /** Taken back. */
    WITHDRAWN;

    /** Those that can still be answered. */
    static final Set<InvitationStatus> OPEN_ONES = EnumSet.of(WAITING, SENT, OPENED);
}
