package dev.crmcore.metrics;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Which of the usual meanings of "the p-quantile of a sample" is meant. Reports that leave it open differ: of 202 first
 * response times the 90 % quantile may be 14,748 s by the one and 14,820 s by the other.
 *
 * <p>Immutable and thread-safe.
 */
public enum QuantileDefinition {
    /**
     * Linear interpolation between order statistics at position (n - 1) p, counted from 0: type 7 of Hyndman and Fan 1996,
     * the default of R, numpy and most spreadsheets.
     */
    TYPE_7("type 7"),
    /** The least value that at least a share p of the sample does not exceed: the order statistic of rank ceil(p n). */
    NEAREST_RANK("nearest rank");

    private final String title;

    QuantileDefinition(String title) {
        this.title = title;
    }

    /**
     * The name in the trade.
     *
     * @return the name, such as "type 7"
     */
    public String title() {
        return title;
    }

    /** The rank ceil(p n), at least 1, where p is the decimal fraction that was written: 0.1 of 30 is 3 and not 4. */
    static long nearestRank(double p, long n) {
        BigDecimal rank = BigDecimal.valueOf(p).multiply(BigDecimal.valueOf(n));
        return Math.max(1, rank.setScale(0, RoundingMode.CEILING).longValueExact());
    }
}
