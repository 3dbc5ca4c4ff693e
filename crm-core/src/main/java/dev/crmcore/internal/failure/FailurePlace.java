package dev.crmcore.internal.failure;

/** What may be logged of a failure in code of the host's: its message may be somebody's personal data. */
public final class FailurePlace {

    private FailurePlace() {}

    /**
     * The class and the place of a failure, enough to find it.
     *
     * @param failure what was thrown
     * @return for example {@code java.lang.IllegalStateException at host.Mail.send(Mail.java:12)}
     */
    public static String of(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return failure.getClass().getName() + " at " + (trace.length == 0 ? "an unknown place" : trace[0]);
    }
}
