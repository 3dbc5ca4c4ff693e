package dev.crmcore.internal.id;

import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.crmcore.context.IdSource;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;

/**
 * Ids that begin with the time they were made at (UUID version 7, RFC 9562): 48 bits of milliseconds, then random bits that
 * are counted up within a millisecond. Each is greater than the one before, byte by byte, even if the clock is set back:
 * ids then go on from the latest millisecond seen. Times before 1970 count as 1970.
 *
 * <p>Thread-safe. The same clock readings and the same seed give the same ids.
 */
public final class TimeOrderedIds implements IdSource {
    private final InstantSource clock;
    private final TimeBasedEpochGenerator generator;
    private long latestMillis;

    /**
     * A source of ids.
     *
     * @param clock says when an id is made
     * @param random a {@link java.security.SecureRandom} where ids must not be guessed; a seeded one in tests
     */
    public TimeOrderedIds(InstantSource clock, Random random) {
        this.clock = clock;
        this.generator = new TimeBasedEpochGenerator(random);
    }

    @Override
    public synchronized UUID next() {
        latestMillis = Math.max(latestMillis, clock.millis());
        return generator.construct(latestMillis);
    }
}
