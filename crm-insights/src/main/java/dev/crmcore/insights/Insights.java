package dev.crmcore.insights;

import dev.crmcore.CrmSession;
import dev.crmcore.feedback.ScoreScale;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.feedback.Ces;
import dev.crmcore.metrics.feedback.CesScore;
import dev.crmcore.metrics.feedback.Csat;
import dev.crmcore.metrics.feedback.CsatScore;
import dev.crmcore.metrics.feedback.Nps;
import dev.crmcore.metrics.feedback.NpsScore;
import dev.crmcore.metrics.feedback.ScoreAccumulator;
import dev.crmcore.work.UnitOfWork;
import java.util.Objects;

/**
 * The figures of a tenant, read from its store by scans and groups.
 *
 * <p>Each call reads one state of the store, in a transaction of its own or in the session's. As thread-safe as the session.
 */
public final class Insights {

    private final UnitOfWork unitOfWork;

    private Insights(UnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    /**
     * Opens the figures.
     *
     * @param session whose records
     * @return the figures
     */
    public static Insights of(CrmSession session) {
        return new Insights(Objects.requireNonNull(session, "session").unitOfWork());
    }

    /**
     * Reads the purchases of a scope, from which revenue, repeat rate, cohorts, RFM and customer values come. One scan of
     * four columns, whatever the figures.
     *
     * @param scope which purchases
     * @return the purchases as columns
     */
    public PurchaseLog purchases(PurchaseScope scope) {
        return unitOfWork.call(work -> PurchaseLog.read(work, scope));
    }

    /**
     * The Net Promoter Score of a scope: of the answers on the scale {@link ScoreScale#NPS}.
     *
     * @param scope which answers
     * @return the score with its counts; {@link NpsScore#estimate()} says why where there is none
     */
    public NpsScore nps(FeedbackScope scope) {
        return score(scope, ScoreScale.NPS, Nps.TYPE);
    }

    /**
     * Customer satisfaction in a scope: of the answers on the scale {@link ScoreScale#CSAT_5}, of which 4 and 5 are
     * satisfied.
     *
     * @param scope which answers
     * @return the share of the satisfied with the answers behind it
     */
    public CsatScore csat(FeedbackScope scope) {
        return score(scope, ScoreScale.CSAT_5, Csat.on(Csat.FIVE_POINT));
    }

    /**
     * The Customer Effort Score 2.0 of a scope: of the answers on the scale {@link ScoreScale#CES_2_0_7}, where more is
     * better. Answers to version 1.0 are another scale and have no part in it.
     *
     * @param scope which answers
     * @return the mean with the answers behind it
     */
    public CesScore ces(FeedbackScope scope) {
        return score(scope, ScoreScale.CES_2_0_7, Ces.on(Ces.VERSION_2));
    }

    private <A extends ScoreAccumulator<A, R>, R> R score(
            FeedbackScope scope, ScoreScale scale, AccumulatorType<Integer, A, R> figure) {
        return unitOfWork.call(work -> new ScoreReading(work, scope, scale).into(figure));
    }
}
