package dev.crmcore.metrics;

import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was found in data, such as a fitted model or a tested trend, or the reason why nothing could be found.
 *
 * <pre>{@code
 * Finding<MannKendall> trend = MannKendall.test(RegularSeries.of(weekly));
 * if (trend.isDefined()) {
 *     trend.value().test().pValue();
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe if the value is.
 *
 * @param <T> what is looked for
 */
public final class Finding<T> {

    private final @Nullable T value;
    private final @Nullable Undefined undefined;

    private Finding(@Nullable T value, @Nullable Undefined undefined) {
        this.value = value;
        this.undefined = undefined;
    }

    /**
     * Something was found.
     *
     * @param <T> what was looked for
     * @param value what was found
     * @return the finding
     */
    public static <T> Finding<T> of(T value) {
        return new Finding<>(Objects.requireNonNull(value, "value"), null);
    }

    /**
     * Nothing was found.
     *
     * @param <T> what was looked for
     * @param reason why there is none
     * @return the finding
     */
    public static <T> Finding<T> undefined(Undefined reason) {
        return new Finding<>(null, Objects.requireNonNull(reason, "reason"));
    }

    /**
     * Whether something was found.
     *
     * @return whether {@link #value()} answers
     */
    public boolean isDefined() {
        return value != null;
    }

    /**
     * Why nothing was found.
     *
     * @return the reason, or empty if there is one
     */
    public Optional<Undefined> undefined() {
        return Optional.ofNullable(undefined);
    }

    /**
     * What was found.
     *
     * @return the value
     * @throws NoSuchElementException if there is none; the message is the reason
     */
    public T value() {
        if (value == null) {
            throw new NoSuchElementException(
                    Objects.requireNonNull(undefined, "undefined").message());
        }
        return value;
    }

    /** What was found, or the reason why there is none. */
    @Override
    public String toString() {
        return undefined == null ? String.valueOf(value) : "undefined: " + undefined.message();
    }
}
