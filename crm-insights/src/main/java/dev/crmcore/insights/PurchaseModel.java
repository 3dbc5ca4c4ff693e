package dev.crmcore.insights;

import dev.crmcore.metrics.value.BgNbd;
import dev.crmcore.metrics.value.MbgNbd;
import dev.crmcore.metrics.value.ModelFit;
import dev.crmcore.metrics.value.ParetoNbd;
import dev.crmcore.metrics.value.PurchaseHistories;
import dev.crmcore.metrics.value.RepeatPurchaseModel;
import java.util.Objects;
import java.util.function.Function;

/** How customers without a contract are taken to come back. Immutable and thread-safe. */
public enum PurchaseModel {
    /** Drops out at a purchase only, so that a one-time buyer is alive for certain; quickest to fit. */
    BG_NBD(BgNbd::fit),
    /** Drops out at a purchase, the first included. */
    MBG_NBD(MbgNbd::fit),
    /** Drops out at any time. */
    PARETO_NBD(ParetoNbd::fit);

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a static method
    private final Function<PurchaseHistories, ModelFit<? extends RepeatPurchaseModel>> fit;

    PurchaseModel(Function<PurchaseHistories, ModelFit<? extends RepeatPurchaseModel>> fit) {
        this.fit = fit;
    }

    /**
     * Fits the model.
     *
     * @param histories the histories of the customers
     * @return the fit, undefined where the histories cannot carry it
     */
    public ModelFit<? extends RepeatPurchaseModel> fit(PurchaseHistories histories) {
        return fit.apply(Objects.requireNonNull(histories, "histories"));
    }
}
