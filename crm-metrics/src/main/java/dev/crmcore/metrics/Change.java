package dev.crmcore.metrics;

import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The change of a figure between two periods or groups, with the test that tells it from chance.
 *
 * <p>The difference is always later minus earlier (or second minus first). Immutable and thread-safe.
 */
public final class Change {

    private final Estimate difference;
    private final @Nullable TestResult test;
    private final @Nullable Undefined undefined;

    private Change(Estimate difference, @Nullable TestResult test, @Nullable Undefined undefined) {
        this.difference = Objects.requireNonNull(difference, "difference");
        this.test = test;
        this.undefined = undefined;
    }

    /**
     * A change that was tested.
     *
     * @param difference later minus earlier, in the figure's unit
     * @param test what the test found
     * @return the change
     * @throws IllegalArgumentException if the difference is undefined
     */
    public static Change of(Estimate difference, TestResult test) {
        Objects.requireNonNull(test, "test");
        if (!difference.isDefined()) {
            throw new IllegalArgumentException("difference must be defined where there is a test");
        }
        return new Change(difference, test, null);
    }

    /**
     * A change that cannot be tested: one side has no value, or nothing varies.
     *
     * @param difference later minus earlier, undefined if a side is
     * @param reason why there is no test
     * @return the change
     */
    public static Change untested(Estimate difference, Undefined reason) {
        return new Change(difference, null, Objects.requireNonNull(reason, "reason"));
    }

    /**
     * A change of which not even the difference is known.
     *
     * @param reason why there is no difference
     * @return the change, undefined and untested
     */
    public static Change undefined(Undefined reason) {
        return untested(Estimate.undefined(reason), reason);
    }

    /**
     * The difference, later minus earlier, with its interval.
     *
     * @return the difference; undefined if one of the two figures is
     */
    public Estimate difference() {
        return difference;
    }

    /**
     * Whether the change could be tested.
     *
     * @return whether {@link #test()} answers
     */
    public boolean isTested() {
        return test != null;
    }

    /**
     * Why the change could not be tested.
     *
     * @return the reason, or empty if it was tested
     */
    public Optional<Undefined> undefined() {
        return Optional.ofNullable(undefined);
    }

    /**
     * What the test found; its statistic is positive if the figure rose.
     *
     * @return the test's result
     * @throws NoSuchElementException if the change could not be tested; the message is the reason
     */
    public TestResult test() {
        if (test == null) {
            throw new NoSuchElementException(String.valueOf(undefined));
        }
        return test;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Change that
                && difference.equals(that.difference)
                && Objects.equals(test, that.test)
                && Objects.equals(undefined, that.undefined);
    }

    @Override
    public int hashCode() {
        return Objects.hash(difference, test, undefined);
    }

    /** The difference and the test, or the reason why there is none. */
    @Override
    public String toString() {
        return difference + ", " + (test == null ? "untested: " + undefined : test);
    }
}
