package dev.crmcore.examples;

import dev.crmcore.CrmSession;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.ExternalIds;
import dev.crmcore.insights.CustomerSpend;
import dev.crmcore.insights.CustomerValues;
import dev.crmcore.insights.FeedbackScope;
import dev.crmcore.insights.Insights;
import dev.crmcore.insights.PurchaseLog;
import dev.crmcore.insights.PurchaseModel;
import dev.crmcore.insights.PurchaseScope;
import dev.crmcore.insights.PurchaseTiming;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TimeSpan;
import dev.crmcore.metrics.feedback.CesScore;
import dev.crmcore.metrics.feedback.CsatScore;
import dev.crmcore.metrics.feedback.NpsScore;
import dev.crmcore.metrics.feedback.text.SentimentSummary;
import dev.crmcore.metrics.feedback.text.Vader;
import dev.crmcore.metrics.retention.CohortTable;
import dev.crmcore.metrics.retention.RollingTable;
import dev.crmcore.metrics.value.LifetimeValue;
import dev.crmcore.metrics.value.ModelFit;
import dev.crmcore.metrics.value.PurchaseHistories;
import dev.crmcore.metrics.value.RfmScores;
import dev.crmcore.metrics.value.RfmScoring;
import dev.crmcore.metrics.value.RfmSegment;
import dev.crmcore.metrics.value.RfmSummary;
import dev.crmcore.query.Query;
import dev.crmcore.store.RowCursor;
import dev.crmcore.value.Money;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** All figures of a run, read from the store at once. Days are those of UTC. */
final class Report {

    /** The best customers whose part of the revenue is told. */
    static final double TOP = 0.2;

    /** Who bought again within these days came back soon. */
    static final int SOON_DAYS = 90;

    /** Who did not buy for more than these days is taken to have left. */
    static final int SILENT_DAYS = 180;

    /** The windows after the first purchase in which customers come back. */
    static final int WINDOW_DAYS = 30;

    private static final int WINDOWS = 13;
    private static final ZoneId ZONE = ZoneOffset.UTC;

    private final Optional<LocalDate> asOf;
    private final PeriodUnit unit;
    private final String currency;
    private final int horizon;
    private final PurchaseLog purchases;
    private final CohortTable cohorts;
    private final RfmSummary rfm;
    private final RfmScores scores;
    private final PurchaseTiming timing;
    private final CustomerSpend spend;
    private final CustomerValues values;
    private final Map<PurchaseModel, ModelFit<?>> otherModels;
    private final NpsScore nps;
    private final CsatScore csat;
    private final CesScore ces;
    private final SentimentSummary.Result sentiment;
    private final Map<UUID, String> customerIds;

    private Report(CrmSession session, Arguments arguments, String currency, Optional<LocalDate> lastDay) {
        Insights insights = Insights.of(session);
        PurchaseScope all = PurchaseScope.in(currency, ZONE);
        this.asOf = arguments
                .until()
                .or(() -> lastDay)
                .or(() -> insights.purchases(all).lastDay());
        this.unit = arguments.unit();
        this.currency = currency;
        this.horizon = arguments.horizon();
        // without a purchase no figure asks for the day
        LocalDate until = asOf.orElse(LocalDate.EPOCH);
        this.purchases = insights.purchases(all.until(until));
        this.cohorts = purchases.cohorts(PeriodUnit.MONTH, until);
        this.rfm = purchases.rfm(until);
        this.scores = RfmScoring.byValueEdges().score(rfm);
        this.values = CustomerValues.of(
                purchases, rfm, unit, LifetimeValue.over(horizon, TimeSpan.of(1, unit), arguments.discount()));
        this.timing = purchases.timing(until);
        this.spend = purchases.spend();
        this.otherModels = otherModels(rfm.histories(unit));
        FeedbackScope answers = FeedbackScope.in(ZONE);
        // the last purchase ends the observation of purchases; what customers say after it is not lost
        FeedbackScope counted = arguments.until().map(answers::until).orElse(answers);
        this.nps = insights.nps(counted.survey("nps"));
        this.csat = insights.csat(counted.survey("csat"));
        this.ces = insights.ces(counted.survey("ces"));
        this.sentiment = insights.comments(counted).sentiment(Vader.english());
        this.customerIds = customerIds(session);
    }

    private static Map<PurchaseModel, ModelFit<?>> otherModels(PurchaseHistories histories) {
        Map<PurchaseModel, ModelFit<?>> fits = new EnumMap<>(PurchaseModel.class);
        for (PurchaseModel model : List.of(PurchaseModel.MBG_NBD, PurchaseModel.PARETO_NBD)) {
            fits.put(model, model.fit(histories));
        }
        return fits;
    }

    /** Reads the figures, in one transaction. */
    static Report read(CrmSession session, Arguments arguments, Inputs.Facts facts) {
        return session.compute(tx -> new Report(tx, arguments, facts.currency(), facts.lastDay()));
    }

    private static Map<UUID, String> customerIds(CrmSession session) {
        return session.unitOfWork().call(work -> {
            Map<UUID, String> ids = new HashMap<>();
            try (RowCursor rows = work.store()
                    .scanElements(
                            Query.of(Customer.TYPE),
                            Customer.EXTERNAL_IDS,
                            List.of(Customer.TYPE.idField()),
                            List.of(ExternalIds.SYSTEM, ExternalIds.VALUE))) {
                while (rows.next()) {
                    if (rows.getText(1).equals(Inputs.SOURCE)) {
                        ids.putIfAbsent(rows.getId(0), rows.getText(2));
                    }
                }
            }
            return ids;
        });
    }

    /** The last day that is in the figures; empty where there is no purchase to tell it by. */
    Optional<LocalDate> asOf() {
        return asOf;
    }

    /** The unit of the models as the command line names it. */
    String unitName() {
        return unit.name().toLowerCase(Locale.ROOT);
    }

    String currency() {
        return currency;
    }

    int horizon() {
        return horizon;
    }

    PurchaseLog purchases() {
        return purchases;
    }

    /** By months. */
    CohortTable cohorts() {
        return cohorts;
    }

    RfmSummary rfm() {
        return rfm;
    }

    RfmScores scores() {
        return scores;
    }

    /** When customers come back. */
    PurchaseTiming timing() {
        return timing;
    }

    /** Who comes back in which window after the first purchase. */
    RollingTable rollingRetention() {
        return timing.rollingRetention(Duration.ofDays(WINDOW_DAYS), WINDOWS, PeriodUnit.MONTH);
    }

    /** What customers spend. */
    CustomerSpend spend() {
        return spend;
    }

    CustomerValues values() {
        return values;
    }

    /** What the purchase models beside BG/NBD make of the same histories. */
    ModelFit<?> otherModel(PurchaseModel model) {
        return Objects.requireNonNull(otherModels.get(model));
    }

    NpsScore nps() {
        return nps;
    }

    CsatScore csat() {
        return csat;
    }

    CesScore ces() {
        return ces;
    }

    /** How the comments sound, of all surveys. */
    SentimentSummary.Result sentiment() {
        return sentiment;
    }

    /** What the customers of each segment have spent, also of those that are empty. */
    Map<RfmSegment, Money> revenueBySegment() {
        Map<RfmSegment, Long> sums = new EnumMap<>(RfmSegment.class);
        for (int row = 0; row < rfm.size(); row++) {
            sums.merge(scores.segment(row), rfm.totalMinorUnits(row), Math::addExact);
        }
        Map<RfmSegment, Money> revenue = new EnumMap<>(RfmSegment.class);
        for (RfmSegment segment : RfmSegment.values()) {
            revenue.put(segment, purchases.money(sums.getOrDefault(segment, 0L)));
        }
        return revenue;
    }

    /** What the file calls the customer of a row of the summary. */
    String customerId(int row) {
        UUID id = purchases.customer(rfm.customer(row)).value();
        return customerIds.getOrDefault(id, id.toString());
    }

    /** The rows of the summary in the order of their customers' ids. */
    List<Integer> rowsByCustomerId() {
        return IntStream.range(0, rfm.size())
                .boxed()
                .sorted(Comparator.comparing(this::customerId))
                .toList();
    }
}
