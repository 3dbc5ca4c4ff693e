package dev.crmcore.metrics.journey;

import dev.crmcore.metrics.Proportion;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often each sequence of activities occurred.
 *
 * <p>Immutable and thread-safe.
 */
public final class VariantCounts {

    private final List<Variant> variants;
    private final long cases;

    private VariantCounts(List<Variant> variants, long cases) {
        this.variants = variants;
        this.cases = cases;
    }

    /** The sequences in their order; the sort by frequency keeps it where frequencies are equal. */
    static VariantCounts of(List<Variant> inOrder) {
        return new VariantCounts(
                inOrder.stream()
                        .sorted(Comparator.comparingLong(Variant::cases).reversed())
                        .toList(),
                inOrder.stream().mapToLong(Variant::cases).sum());
    }

    /**
     * A sequence of activities and the cases that went this way.
     *
     * @param activities the activities in order
     * @param cases how many cases went this way
     */
    public record Variant(List<String> activities, long cases) {
        /**
         * A variant.
         *
         * @param activities the activities in order
         * @param cases how many cases went this way
         */
        public Variant {
            activities = List.copyOf(activities);
        }
    }

    /**
     * The variants.
     *
     * @return most frequent first, equally frequent ones by their activities' names; not modifiable
     */
    public List<Variant> variants() {
        return variants;
    }

    /**
     * How many cases there are.
     *
     * @return the number of cases, not negative
     */
    public long cases() {
        return cases;
    }

    /**
     * The cases that went the way of a variant.
     *
     * @param variant a variant of this result
     * @return those cases, of all; its estimate has the Wilson interval
     */
    public Proportion share(Variant variant) {
        return Proportion.of(variant.cases(), cases);
    }

    /**
     * How many of the most frequent variants it takes to cover a share of the cases.
     *
     * @param share the share, above 0 and up to 1, taken as the decimal fraction that was written
     * @return the number of variants; 0 without cases
     * @throws IllegalArgumentException if the share is out of range
     */
    public int covering(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be above 0 and at most 1, not " + share);
        }
        BigDecimal wanted = BigDecimal.valueOf(share).multiply(BigDecimal.valueOf(cases));
        long covered = 0;
        int taken = 0;
        while (BigDecimal.valueOf(covered).compareTo(wanted) < 0) {
            covered += variants.get(taken++).cases();
        }
        return taken;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VariantCounts that && variants.equals(that.variants);
    }

    @Override
    public int hashCode() {
        return variants.hashCode();
    }

    /** How many variants and cases there are. */
    @Override
    public String toString() {
        return "VariantCounts[" + variants.size() + " variants, " + cases + " cases]";
    }
}
