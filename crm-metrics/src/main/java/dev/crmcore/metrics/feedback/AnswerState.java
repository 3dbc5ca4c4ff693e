package dev.crmcore.metrics.feedback;

/**
 * What became of a raw answer when it was held against its scale. Only {@link #VALID} answers are in any denominator.
 *
 * <p>Immutable and thread-safe.
 */
public enum AnswerState {
    /** A whole number on the scale. */
    VALID(0),
    /** Nothing was answered: skipped or dismissed. */
    BLANK(1),
    /** Something that is not a plain decimal number. */
    NOT_A_NUMBER(2),
    /** A number on the scale's range, but between its values, such as 8.5. */
    NOT_WHOLE(3),
    /** A number below or above the scale. */
    OUT_OF_RANGE(4);

    private final int position;

    AnswerState(int position) {
        this.position = position;
    }

    /** Where the state is counted, in memory and in the byte form; never changes. */
    int position() {
        return position;
    }
}
