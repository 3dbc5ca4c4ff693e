package dev.crmcore.store.tck;

import org.junit.jupiter.api.TestReporter;

/** The seed of generated cases: the same in every run, unless a system property says otherwise. */
final class Seed {

    /** The name of the system property that sets another seed. */
    static final String PROPERTY = "crmcore.tck.seed";

    private static final long USUAL = 20_260_301L;

    private Seed() {}

    static long reportedTo(TestReporter reporter) {
        long seed = Long.getLong(PROPERTY, USUAL);
        reporter.publishEntry(PROPERTY, Long.toString(seed));
        return seed;
    }
}
