package dev.crmcore.metrics.retention;

/**
 * How much each event time counts in a log-rank test. Weights that fall make early differences count more.
 *
 * <p>Immutable and thread-safe.
 */
public final class LogRankWeight {

    /** All times count alike: the log-rank test (Mantel 1966, Cox 1972), best where hazards are proportional. */
    public static final LogRankWeight LOG_RANK = new LogRankWeight("log-rank", (atRisk, survival, peto) -> 1);

    /** By the number at risk: the test of Gehan 1965 and Breslow 1970, which generalises Wilcoxon's. */
    public static final LogRankWeight GEHAN = new LogRankWeight("Gehan-Breslow", (atRisk, survival, peto) -> atRisk);

    /** By the square root of the number at risk (Tarone and Ware 1977). */
    public static final LogRankWeight TARONE_WARE =
            new LogRankWeight("Tarone-Ware", (atRisk, survival, peto) -> Math.sqrt(atRisk));

    /**
     * By an estimate of survival, the product of 1 &minus; events / (at risk + 1) up to and with the time (Peto and Peto 1972):
     * like Gehan's, but not moved by when subjects are censored.
     */
    public static final LogRankWeight PETO = new LogRankWeight("Peto-Peto", (atRisk, survival, peto) -> peto);

    /** The weight of one event time. */
    interface Function {
        double at(double atRisk, double survivalBefore, double petoSurvival);
    }

    private final String name;
    private final Function function;

    private LogRankWeight(String name, Function function) {
        this.name = name;
        this.function = function;
    }

    /**
     * By a power of the Kaplan&ndash;Meier survival just before the time: the G-rho family of Harrington and Fleming 1982.
     *
     * @param rho the power, finite and not negative; 0 is the log-rank test, 1 is near {@link #PETO}
     * @return the weight
     * @throws IllegalArgumentException if the power is out of range
     */
    public static LogRankWeight gRho(double rho) {
        return flemingHarrington(rho, 0);
    }

    /**
     * By S<sup>p</sup> (1 &minus; S)<sup>q</sup>, S being the Kaplan&ndash;Meier survival just before the time (Fleming and
     * Harrington 1991). With p = 0 and q = 1 late differences count most.
     *
     * @param p the power of survival, finite and not negative
     * @param q the power of its complement, finite and not negative
     * @return the weight
     * @throws IllegalArgumentException if a power is out of range
     */
    public static LogRankWeight flemingHarrington(double p, double q) {
        requirePower(p, "p");
        requirePower(q, "q");
        return new LogRankWeight(
                "Fleming-Harrington(" + p + ", " + q + ")",
                (atRisk, survival, peto) -> Math.pow(survival, p) * Math.pow(1 - survival, q));
    }

    /**
     * The test's name.
     *
     * @return the name, such as "Gehan-Breslow"
     */
    public String name() {
        return name;
    }

    double at(double atRisk, double survivalBefore, double petoSurvival) {
        return function.at(atRisk, survivalBefore, petoSurvival);
    }

    private static void requirePower(double power, String name) {
        if (!(power >= 0 && power <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(name + " must be finite and not negative, not " + power);
        }
    }

    /** The test's name. */
    @Override
    public String toString() {
        return name;
    }
}
