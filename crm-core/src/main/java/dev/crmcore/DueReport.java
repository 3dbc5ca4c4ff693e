package dev.crmcore;

import dev.crmcore.context.TenantId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run of due work did.
 *
 * @param lines one line for each tenant and kind of work
 */
public record DueReport(List<Line> lines) {

    /**
     * Copies the lines.
     *
     * @param lines one line for each tenant and kind of work
     */
    public DueReport {
        lines = List.copyOf(lines);
    }

    /**
     * How many items were done in all.
     *
     * @return the sum over the lines
     */
    public int done() {
        return lines.stream().mapToInt(Line::done).sum();
    }

    /**
     * The lines that failed.
     *
     * @return the lines with a failure
     */
    public List<Line> failures() {
        return lines.stream().filter(line -> line.failure().isPresent()).toList();
    }

    /**
     * What was done for one tenant by one kind of work.
     *
     * @param tenant the tenant
     * @param work the name of the work
     * @param done how many items were done
     * @param failure why it stopped or at what it failed, empty where all was well; from code of the
     *     host's it is what that threw, be it of the library's kinds or not
     */
    public record Line(TenantId tenant, String work, int done, Optional<RuntimeException> failure) {

        /**
         * Checks the parts.
         *
         * @param tenant the tenant
         * @param work the name of the work
         * @param done how many items were done
         * @param failure why it stopped or at what it failed, empty where all was well; from code of the
         *     host's it is what that threw, be it of the library's kinds or not
         */
        public Line {
            Objects.requireNonNull(tenant, "tenant");
            Objects.requireNonNull(work, "work");
            Objects.requireNonNull(failure, "failure");
        }
    }
}
