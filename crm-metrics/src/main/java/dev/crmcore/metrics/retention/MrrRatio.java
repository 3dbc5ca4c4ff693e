package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.internal.RatioMoments;
import java.util.Arrays;

/**
 * The ratios of recurring revenue, each with what a customer adds to its two sums. Their places are
 * part of the byte form of {@link Mrr}.
 */
enum MrrRatio {
    /** What those who paid at the start pay at the end. */
    NET_RETENTION(0) {
        @Override
        RatioMoments of(long start, long end, MrrMovements moved) {
            return RatioMoments.of(start == 0 ? 0 : end, start);
        }
    },
    /** The same, at most what each paid at the start. */
    GROSS_RETENTION(1) {
        @Override
        RatioMoments of(long start, long end, MrrMovements moved) {
            return RatioMoments.of(Math.min(start, end), start);
        }
    },
    /** What was lost of what was paid at the start. */
    GROSS_CHURN(2) {
        @Override
        RatioMoments of(long start, long end, MrrMovements moved) {
            return RatioMoments.of(moved.lost().parts(), start);
        }
    },
    /** The same, less what was regained. */
    NET_CHURN(3) {
        @Override
        RatioMoments of(long start, long end, MrrMovements moved) {
            return RatioMoments.of(moved.lost().minus(moved.regained()).parts(), start);
        }
    },
    /** What was gained for what was lost. */
    QUICK_RATIO(4) {
        @Override
        RatioMoments of(long start, long end, MrrMovements moved) {
            return RatioMoments.of(moved.gained().parts(), moved.lost().parts());
        }
    },
    /** What an account pays at the end. */
    ARPA(5) {
        @Override
        RatioMoments of(long start, long end, MrrMovements moved) {
            return RatioMoments.of(end, end == 0 ? 0 : 1);
        }
    },
    /** What a new account begins with. */
    ASP(6) {
        @Override
        RatioMoments of(long start, long end, MrrMovements moved) {
            return RatioMoments.of(
                    moved.amount(MrrMovementType.NEW_BUSINESS).parts(), moved.count(MrrMovementType.NEW_BUSINESS));
        }
    };

    private static final MrrRatio[] ALL = values();

    private final int place;

    MrrRatio(int place) {
        this.place = place;
    }

    /** Where the ratio is counted, in memory and in the byte form; never changes. */
    int place() {
        return place;
    }

    /** A customer's part, from both ends of the period and the movements of the activity view. */
    abstract RatioMoments of(long start, long end, MrrMovements moved);

    /** Nobody's parts. */
    static RatioMoments[] none() {
        return Arrays.stream(ALL).map(ratio -> new RatioMoments()).toArray(RatioMoments[]::new);
    }

    /** The parts of a customer whose sums these are. */
    static RatioMoments[] of(long[] sums) {
        MrrMovements moved = MrrMovements.in(sums, Mrr.ACTIVITY);
        RatioMoments[] parts = new RatioMoments[ALL.length];
        for (MrrRatio ratio : ALL) {
            parts[ratio.place] = ratio.of(sums[Mrr.START], sums[Mrr.END], moved);
        }
        return parts;
    }

    static RatioMoments[] sum(RatioMoments[] one, RatioMoments[] other) {
        RatioMoments[] sum = new RatioMoments[ALL.length];
        for (int i = 0; i < ALL.length; i++) {
            sum[i] = one[i].plus(other[i]);
        }
        return sum;
    }
}
