package dev.crmcore.metrics.feedback;

/**
 * The three groups of the Net Promoter Score.
 *
 * <p>Immutable and thread-safe.
 */
public enum NpsCategory {
    /** 9 or 10. */
    PROMOTER(1, 0),
    /** 7 or 8. */
    PASSIVE(0, 1),
    /** 0 to 6. */
    DETRACTOR(-1, 2);

    private final int code;
    private final int position;

    NpsCategory(int code, int position) {
        this.code = code;
        this.position = position;
    }

    /**
     * The group of an answer.
     *
     * @param answer an answer, 0 to 10
     * @return the group
     * @throws IllegalArgumentException if the answer is not 0 to 10
     */
    public static NpsCategory of(int answer) {
        if (!Nps.SCALE.contains(answer)) {
            throw new IllegalArgumentException("answer must be on the scale " + Nps.SCALE + ", not " + answer);
        }
        if (Nps.SCALE.isTop(answer)) {
            return PROMOTER;
        }
        return Nps.SCALE.isBottom(answer) ? DETRACTOR : PASSIVE;
    }

    /** +1, 0 or -1. */
    int code() {
        return code;
    }

    /** Where the group is counted, in memory and in byte forms; never changes. */
    int position() {
        return position;
    }
}
