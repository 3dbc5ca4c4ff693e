package dev.crmcore.metrics.value;

/**
 * The ten segments of the recency by frequency grid. Every pair of scores from 1 to 5 lies in exactly one of them:
 *
 * <pre>
 * R \ F   1                2                     3                     4                5
 * 5       New Customers    Potential Loyalists   Potential Loyalists   Champions        Champions
 * 4       Promising        Potential Loyalists   Potential Loyalists   Loyal Customers  Loyal Customers
 * 3       About To Sleep   About To Sleep        Need Attention        Loyal Customers  Loyal Customers
 * 2       Hibernating      Hibernating           At Risk               At Risk          Can't Lose Them
 * 1       Hibernating      Hibernating           At Risk               At Risk          Can't Lose Them
 * </pre>
 *
 * <p>The order of the constants is from best to worst as the trade lists them. Constants may be added. Immutable and
 * thread-safe.
 */
public enum RfmSegment {
    /** Bought just now, and often. */
    CHAMPIONS("Champions"),
    /** Buy often, the last time not long ago. */
    LOYAL_CUSTOMERS("Loyal Customers"),
    /** Bought recently and a few times. */
    POTENTIAL_LOYALISTS("Potential Loyalists"),
    /** Bought just now, for the first time or nearly so. */
    NEW_CUSTOMERS("New Customers"),
    /** Bought recently, but hardly ever. */
    PROMISING("Promising"),
    /** Average in both. */
    NEED_ATTENTION("Need Attention"),
    /** Bought rarely and not recently. */
    ABOUT_TO_SLEEP("About To Sleep"),
    /** Used to buy often, but not for a long time. */
    AT_RISK("At Risk"),
    /** Used to buy most often of all, but not for a long time. */
    CANT_LOSE_THEM("Can't Lose Them"),
    /** Bought rarely, and long ago. */
    HIBERNATING("Hibernating");

    private static final RfmSegment[][] GRID = {
        {HIBERNATING, HIBERNATING, AT_RISK, AT_RISK, CANT_LOSE_THEM},
        {HIBERNATING, HIBERNATING, AT_RISK, AT_RISK, CANT_LOSE_THEM},
        {ABOUT_TO_SLEEP, ABOUT_TO_SLEEP, NEED_ATTENTION, LOYAL_CUSTOMERS, LOYAL_CUSTOMERS},
        {PROMISING, POTENTIAL_LOYALISTS, POTENTIAL_LOYALISTS, LOYAL_CUSTOMERS, LOYAL_CUSTOMERS},
        {NEW_CUSTOMERS, POTENTIAL_LOYALISTS, POTENTIAL_LOYALISTS, CHAMPIONS, CHAMPIONS},
    };

    private final String label;

    RfmSegment(String label) {
        this.label = label;
    }

    /**
     * The name that the trade uses.
     *
     * @return the name, such as "Can't Lose Them"
     */
    public String label() {
        return label;
    }

    /**
     * The segment of a pair of scores.
     *
     * @param recency the recency score, 1 (long ago) to 5 (just now)
     * @param frequency the frequency score, 1 (rarely) to 5 (most often)
     * @return the segment
     * @throws IllegalArgumentException if a score is not 1 to 5
     */
    public static RfmSegment of(int recency, int frequency) {
        if (recency < 1 || recency > 5 || frequency < 1 || frequency > 5) {
            throw new IllegalArgumentException(
                    "scores must be 1 to 5, not recency " + recency + " and frequency " + frequency);
        }
        return GRID[recency - 1][frequency - 1];
    }
}
