package dev.crmcore.insights;

import dev.crmcore.CrmSession;
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
}
