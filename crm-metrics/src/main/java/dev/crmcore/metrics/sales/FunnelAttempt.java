package dev.crmcore.metrics.sales;

import java.util.Arrays;

/**
 * Finds the best attempt of one unit at a funnel. Events are places of distinct steps, or -1 for what is no step.
 *
 * <p>Ordered funnels take one pass of n events and k steps: for each step the latest first step from which it can be reached
 * is known, since a later first step leaves more of the window. Not thread-safe.
 */
final class FunnelAttempt {

    private static final long NEVER = Long.MIN_VALUE;

    private final FunnelOrder order;
    private final long window;
    private final int[] eventOfStep;
    private final long[] anchors;
    private final boolean[] isReachable;
    private final int[] seen;
    private final long[] times;
    private int level;

    /** {@code eventOfStep} says which distinct step each step is. */
    FunnelAttempt(FunnelOrder order, long window, int[] eventOfStep) {
        this.order = order;
        this.window = window;
        this.eventOfStep = eventOfStep;
        this.anchors = new long[eventOfStep.length];
        this.isReachable = new boolean[eventOfStep.length];
        this.seen = new int[eventOfStep.length];
        this.times = new long[eventOfStep.length];
    }

    /** How many steps the best attempt reaches; {@link #time} is of the earliest such attempt. */
    int best(int[] events, long[] millis, int from, int to) {
        level = 0;
        switch (order) {
            case ORDERED -> ordered(events, millis, from, to);
            case STRICT -> strict(events, millis, from, to);
            case ANY -> any(events, millis, from, to);
        }
        return level;
    }

    /** The time from the first step of the best attempt to a step that it reaches. */
    long time(int step) {
        return times[step];
    }

    private void ordered(int[] events, long[] millis, int from, int to) {
        Arrays.fill(isReachable, false);
        long end = NEVER;
        for (int i = from; i < to; i++) {
            // From the last step down, so that one event is not two steps of the same name
            for (int step = eventOfStep.length - 1; step > 0; step--) {
                if (events[i] == eventOfStep[step]
                        && isReachable[step - 1]
                        && millis[i] - anchors[step - 1] <= window) {
                    anchors[step] = anchors[step - 1];
                    isReachable[step] = true;
                    if (level <= step) {
                        level = step + 1;
                        end = millis[i];
                    }
                }
            }
            if (events[i] == eventOfStep[0]) {
                anchors[0] = millis[i];
                isReachable[0] = true;
                if (level == 0) {
                    level = 1;
                    end = millis[i];
                }
            }
        }
        if (level > 0) {
            follow(events, millis, from, end);
        }
    }

    /** The earliest first step from which the end is within the window is the first one to reach the level at all. */
    private void follow(int[] events, long[] millis, int from, long end) {
        int at = from;
        while (events[at] != eventOfStep[0] || end - millis[at] > window) {
            at++;
        }
        long start = millis[at];
        for (int step = 0; step < level; step++) {
            while (events[at] != eventOfStep[step]) {
                at++;
            }
            times[step] = millis[at++] - start;
        }
    }

    private void strict(int[] events, long[] millis, int from, int to) {
        for (int start = from; start < to; start++) {
            int reached = 0;
            while (reached < eventOfStep.length
                    && start + reached < to
                    && events[start + reached] == eventOfStep[reached]
                    && millis[start + reached] - millis[start] <= window) {
                reached++;
            }
            if (reached > level) {
                level = reached;
                for (int step = 0; step < reached; step++) {
                    times[step] = millis[start + step] - millis[start];
                }
            }
        }
    }

    private void any(int[] events, long[] millis, int from, int to) {
        Arrays.fill(seen, 0);
        int distinct = 0;
        int end = from;
        int best = from;
        for (int start = from; start < to; start++) {
            if (events[start] < 0) {
                end = Math.max(end, start + 1);
                continue;
            }
            while (end < to && millis[end] - millis[start] <= window) {
                distinct += events[end] >= 0 && seen[events[end]]++ == 0 ? 1 : 0;
                end++;
            }
            if (distinct > level) {
                level = distinct;
                best = start;
            }
            distinct -= --seen[events[start]] == 0 ? 1 : 0;
        }
        collect(events, millis, best);
    }

    private void collect(int[] events, long[] millis, int start) {
        Arrays.fill(seen, 0);
        int at = start;
        for (int step = 0; step < level; at++) {
            if (events[at] >= 0 && seen[events[at]]++ == 0) {
                times[step++] = millis[at] - millis[start];
            }
        }
    }
}
