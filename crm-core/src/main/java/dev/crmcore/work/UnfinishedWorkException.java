package dev.crmcore.work;

import dev.crmcore.context.CrmException;
import java.io.Serial;

/**
 * What {@link DueWork} throws at its end when it did some items and failed at others; both counts go into the report.
 * The message names the class of the first failure and nothing that the failure says.
 */
public final class UnfinishedWorkException extends CrmException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int done;
    private final int failed;

    /**
     * Makes an exception.
     *
     * @param done how many items were done, at least 0
     * @param failed at how many the work failed, at least 1
     * @param first the first failure
     * @throws IllegalArgumentException if a count is too small
     */
    public UnfinishedWorkException(int done, int failed, RuntimeException first) {
        super(
                done + " done and " + failed + " failed, the first with "
                        + first.getClass().getName(),
                first);
        if (done < 0 || failed < 1) {
            throw new IllegalArgumentException(
                    "done must be at least 0 and failed at least 1: " + done + ", " + failed);
        }
        this.done = done;
        this.failed = failed;
    }

    /**
     * How many items were done.
     *
     * @return at least 0
     */
    public int done() {
        return done;
    }

    /**
     * At how many items the work failed.
     *
     * @return at least 1
     */
    public int failed() {
        return failed;
    }
}
