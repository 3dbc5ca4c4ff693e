package dev.crmcore.metrics.feedback;

/**
 * The intervals of a net score. With p and d the shares of promoters and detractors, the variance of one answer coded +1, 0
 * or -1 is v = p + d - (p - d)&sup2;. Where no method is asked for, up to 10 answers have {@link #TANGO}, whose coverage holds
 * there best, and more have {@link #ADJUSTED_WALD}.
 *
 * <p>Immutable and thread-safe.
 */
public enum NpsInterval {
    /**
     * The default from 11 answers on: Wald on n + 3 answers, 3/4 of them promoters more, 3/4 detractors more and the rest passives (Rocks 2016).
     * Nominal coverage on average from n = 5, and the narrowest. It is centred on the adjusted score and can reach beyond
     * &plusmn;100.
     */
    ADJUSTED_WALD("adjusted Wald"),
    /** The textbook interval, &plusmn; z sqrt(v/n). Not to be used below about 50 answers: it has width 0 if all agree. */
    WALD("Wald"),
    /**
     * The default up to 10 answers: the score interval for the difference of two categories of a trinomial (Tango 1998). Keeps its least coverage best for
     * 20 answers and fewer, and is always within &plusmn;100.
     */
    TANGO("Tango score"),
    /** Wald with the square root of the chi-squared quantile with two degrees of freedom (Goodman 1964): simultaneous, wide. */
    GOODMAN("Goodman contrast"),
    /** The t interval of the mean of the codes. Needs two answers. */
    MEAN_T("Student t");

    private static final int FEW_ANSWERS = 10;

    private final String title;

    NpsInterval(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** What so many answers get where no method is asked for; with weights, the effective number of them. */
    static NpsInterval usualFor(double answers) {
        return answers <= FEW_ANSWERS ? TANGO : ADJUSTED_WALD;
    }
}
