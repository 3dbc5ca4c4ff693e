package dev.crmcore.metrics.sales;

import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.SampleQuantiles;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far units got in a funnel. Steps are counted from 0; in a funnel of any order step i stands for i + 1 distinct steps.
 *
 * <p>Immutable and thread-safe.
 */
public final class FunnelResult {

    private final List<String> steps;
    private final long units;
    private final long[] reached;
    private final List<SampleQuantiles> times;

    FunnelResult(List<String> steps, long units, long[] reached, List<SampleQuantiles> times) {
        this.steps = steps;
        this.units = units;
        this.reached = reached;
        this.times = times;
    }

    /**
     * The steps.
     *
     * @return the activities, at least one; not modifiable
     */
    public List<String> steps() {
        return steps;
    }

    /**
     * How many units there are, with those that never began.
     *
     * @return the number of units, not negative
     */
    public long units() {
        return units;
    }

    /**
     * How many units reached a step.
     *
     * @param step the step, from 0
     * @return the number of units, not above that of the step before
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public long reached(int step) {
        return reached[Objects.checkIndex(step, reached.length)];
    }

    /**
     * The units that reached a step, of those that reached the step before; of all units for the first step.
     *
     * @param step the step, from 0
     * @return the proportion; its estimate has the Wilson interval
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public Proportion step(int step) {
        return Proportion.of(reached(step), step == 0 ? units : reached[step - 1]);
    }

    /**
     * The units that reached a step, of those that began.
     *
     * @param step the step, from 0
     * @return the proportion; its estimate has the Wilson interval
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public Proportion overall(int step) {
        return Proportion.of(reached(step), reached[0]);
    }

    /**
     * The units that reached the last step, of those that began.
     *
     * @return the proportion, which {@link Proportion#changeFrom} compares with that of another time or group
     */
    public Proportion conversion() {
        return overall(reached.length - 1);
    }

    /**
     * How many units got no further than a step.
     *
     * @param step the step, from 0; not the last
     * @return the number of units, not negative
     * @throws IndexOutOfBoundsException if there is no such step, or none after it
     */
    public long dropOff(int step) {
        Objects.checkIndex(step, reached.length - 1);
        return reached[step] - reached[step + 1];
    }

    /**
     * How long units took from the first step of their best attempt to a step.
     *
     * @param step the step, from 0
     * @return milliseconds, one for each unit that reached the step
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public SampleQuantiles timeTo(int step) {
        return times.get(step);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FunnelResult that
                && steps.equals(that.steps)
                && units == that.units
                && Arrays.equals(reached, that.reached)
                && times.equals(that.times);
    }

    @Override
    public int hashCode() {
        return Objects.hash(steps, units, Arrays.hashCode(reached));
    }

    /** Steps with the number of units that reached them. */
    @Override
    public String toString() {
        return "FunnelResult" + steps + Arrays.toString(reached) + " of " + units;
    }
}
