package dev.crmcore.metrics.feedback;

/**
 * The tests of a change between the scores of two independent samples.
 *
 * <p>Immutable and thread-safe.
 */
public enum NpsChangeTest {
    /** The default: z on the adjusted values, (NPS~2 - NPS~1) / sqrt(v~1/n~1 + v~2/n~2) (MeasuringU 2021). */
    ADJUSTED_WALD("adjusted Wald"),
    /** z on the plain values. Not to be used below about 50 answers on either side. */
    WALD("Wald"),
    /** Welch's t on the answers coded +1, 0, -1. Needs two answers on either side. */
    WELCH_T("Welch t");

    private final String title;

    NpsChangeTest(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
