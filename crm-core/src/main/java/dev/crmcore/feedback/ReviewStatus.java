package dev.crmcore.feedback;

import java.util.Set;

/** How far a review is. The names are part of the stored form. */
public enum ReviewStatus {
    /** Handed in, not looked at yet. */
    PENDING,
    /** For everybody to see. */
    PUBLISHED,
    /** Not to be seen, by decision of the shop. */
    REJECTED,
    /** Taken back by who wrote it. */
    WITHDRAWN;

    /**
     * Whether a review may move on to another status.
     *
     * @param next the other status
     * @return whether it may
     */
    public boolean mayBecome(ReviewStatus next) {
        return switch (this) {
            case PENDING -> Set.of(PUBLISHED, REJECTED, WITHDRAWN).contains(next);
            case PUBLISHED -> Set.of(REJECTED, WITHDRAWN).contains(next);
            case REJECTED -> Set.of(PUBLISHED, WITHDRAWN).contains(next);
            case WITHDRAWN -> false;
        };
    }
}
