package dev.crmcore.metrics.sales;

import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.internal.Durations;
import dev.crmcore.metrics.internal.NameTable;
import dev.crmcore.metrics.journey.Trace;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * The steps that customers take on the way to a goal, in which order, and within which time.
 *
 * <pre>{@code
 * Funnel funnel = Funnel.of(FunnelOrder.ORDERED, "visit", "signup", "purchase").within(Duration.ofDays(7));
 * FunnelCounts counts = funnel.type().create();
 * counts.add(Trace.of(List.of("visit", "page", "signup"), 0, 40_000, 95_000));
 * counts.result().step(1).estimate();         // share of visitors who signed up, with its interval
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class Funnel {

    /** Steps in order, other events between. */
    public static final KpiDefinition ORDERED = definition(
            "funnel-ordered",
            "Funnel, ordered",
            "units whose best attempt reaches the step: the steps before it in order, other events between, all within"
                    + " the window from the first step");
    /** Steps in order, nothing between. */
    public static final KpiDefinition STRICT = definition(
            "funnel-strict",
            "Funnel, strict order",
            "units whose best attempt reaches the step: the steps before it in order and nothing between, all within"
                    + " the window from the first step");
    /** Steps in any order. */
    public static final KpiDefinition ANY_ORDER = definition(
            "funnel-any-order",
            "Funnel, any order",
            "units with at least so many distinct steps within one window that begins at a step");

    /** No limit of the time from the first step. */
    static final long UNLIMITED = Long.MAX_VALUE;

    private static final int MOST_STEPS = 100;

    private final FunnelOrder order;
    private final List<String> steps;
    private final long window;

    private Funnel(FunnelOrder order, List<String> steps, long window) {
        this.order = order;
        this.steps = steps;
        this.window = window;
    }

    /**
     * A funnel without a limit of time.
     *
     * @param order in which order the steps must come
     * @param steps the activities that are its steps, 1 to 100; in any order they must differ
     * @return the funnel
     * @throws IllegalArgumentException if there is no step or too many, a name is malformed, or steps that come in any order
     *     are the same
     */
    public static Funnel of(FunnelOrder order, String... steps) {
        Objects.requireNonNull(order, "order");
        List<String> names = List.of(steps);
        if (names.isEmpty() || names.size() > MOST_STEPS) {
            throw new IllegalArgumentException("steps must be 1 to " + MOST_STEPS + ", not " + names.size());
        }
        names.forEach(name -> NameTable.check("step", name));
        if (order == FunnelOrder.ANY && new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException("steps that come in any order must differ, not " + names);
        }
        return new Funnel(order, names, UNLIMITED);
    }

    /**
     * The same funnel with a limit of time.
     *
     * @param newWindow how long after its first step an attempt may reach the last one, inclusive; not negative
     * @return a funnel with that window
     * @throws IllegalArgumentException if the window is negative, or beyond 64 bits of milliseconds
     */
    public Funnel within(Duration newWindow) {
        return new Funnel(order, steps, Durations.millis("newWindow", newWindow, Duration.ZERO));
    }

    /**
     * The order of the steps.
     *
     * @return the order
     */
    public FunnelOrder order() {
        return order;
    }

    /**
     * The steps.
     *
     * @return the activities, at least one; not modifiable
     */
    public List<String> steps() {
        return steps;
    }

    /** The window in milliseconds, {@link #UNLIMITED} if there is none. */
    long window() {
        return window;
    }

    /**
     * How to count units of this funnel.
     *
     * @return how to begin, resume and collect; an item is what one unit did
     */
    public AccumulatorType<Trace, FunnelCounts, FunnelResult> type() {
        return AccumulatorType.of(
                order.definition(), () -> new FunnelCounts(this), bytes -> FunnelCounts.fromBytes(bytes, this));
    }

    boolean isSameAs(Funnel other) {
        return order == other.order && steps.equals(other.steps) && window == other.window;
    }

    private static KpiDefinition definition(String id, String name, String formula) {
        return KpiDefinition.builder(id, 1)
                .name(name)
                .kind(KpiKind.KEYED)
                .unit("units (customers, visits), and share of the step before or of the first, 0 to 1")
                .formula(formula)
                .variant("steps and window; the window is inclusive; events of one instant in the order of the source")
                .emptyRule("undefined if nobody reached the step that a share refers to")
                .source("usual practice; interval: Wilson 1927")
                .build();
    }

    /** Order, steps and window. */
    @Override
    public String toString() {
        return order + " " + String.join(" > ", steps)
                + (window == UNLIMITED ? "" : " within " + Duration.ofMillis(window));
    }
}
