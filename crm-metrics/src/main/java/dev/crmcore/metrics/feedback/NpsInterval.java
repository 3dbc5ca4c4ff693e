package dev.crmcore.metrics.feedback;

/**
 * The intervals of a net score. With p and d the shares of promoters and detractors, the variance of one answer coded +1, 0
 * or -1 is v = p + d - (p - d)&sup2;.
 *
 * <p>Immutable and thread-safe.
 */
public enum NpsInterval {
    /**
     * The default: Wald on n + 3 answers, 3/4 of them promoters more, 3/4 detractors more and the rest passives (Rocks 2016).
     * Nominal coverage on average from n = 5, and the narrowest. It is centred on the adjusted score and can reach beyond
     * &plusmn;100.
     */
    ADJUSTED_WALD("adjusted Wald"),
    /** The textbook interval, &plusmn; z sqrt(v/n). Not to be used below about 50 answers: it has width 0 if all agree. */
    WALD("Wald"),
    /**
     * The score interval for the difference of two categories of a trinomial (Tango 1998). Keeps its least coverage best for
     * 20 answers and fewer, and is always within &plusmn;100.
     */
    TANGO("Tango score"),
    /** Wald with the square root of the chi-squared quantile with two degrees of freedom (Goodman 1964): simultaneous, wide. */
    GOODMAN("Goodman contrast"),
    /** The t interval of the mean of the codes. Needs two answers. */
    MEAN_T("Student t");

    private final String title;

    NpsInterval(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
