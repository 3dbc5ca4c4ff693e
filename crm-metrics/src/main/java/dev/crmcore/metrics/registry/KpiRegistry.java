package dev.crmcore.metrics.registry;

import dev.crmcore.metrics.CountedValues;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.churn.ChurnEvaluation;
import dev.crmcore.metrics.feedback.Ces;
import dev.crmcore.metrics.feedback.Csat;
import dev.crmcore.metrics.feedback.Nps;
import dev.crmcore.metrics.feedback.PairedNps;
import dev.crmcore.metrics.feedback.Recovery;
import dev.crmcore.metrics.feedback.ResponseRate;
import dev.crmcore.metrics.feedback.ScaleReliability;
import dev.crmcore.metrics.feedback.ScaleScore;
import dev.crmcore.metrics.feedback.StarRating;
import dev.crmcore.metrics.feedback.WeightedNps;
import dev.crmcore.metrics.feedback.text.Keyness;
import dev.crmcore.metrics.feedback.text.SentimentSummary;
import dev.crmcore.metrics.feedback.text.TermCounter;
import dev.crmcore.metrics.feedback.text.TfIdf;
import dev.crmcore.metrics.feedback.text.ThemeShare;
import dev.crmcore.metrics.journey.DirectlyFollows;
import dev.crmcore.metrics.journey.HealthScore;
import dev.crmcore.metrics.journey.HealthValidation;
import dev.crmcore.metrics.journey.Variants;
import dev.crmcore.metrics.marketing.Attribution;
import dev.crmcore.metrics.marketing.CampaignReturn;
import dev.crmcore.metrics.marketing.ConversionPaths;
import dev.crmcore.metrics.marketing.CustomerAcquisitionCost;
import dev.crmcore.metrics.marketing.Holdout;
import dev.crmcore.metrics.marketing.HoldoutUplift;
import dev.crmcore.metrics.marketing.TimeDecay;
import dev.crmcore.metrics.marketing.UnitEconomics;
import dev.crmcore.metrics.marketing.UpliftRanking;
import dev.crmcore.metrics.retention.AalenJohansen;
import dev.crmcore.metrics.retention.Arpu;
import dev.crmcore.metrics.retention.AverageOrderValue;
import dev.crmcore.metrics.retention.ChurnRate;
import dev.crmcore.metrics.retention.CohortRetention;
import dev.crmcore.metrics.retention.CohortRevenue;
import dev.crmcore.metrics.retention.Concordance;
import dev.crmcore.metrics.retention.CoxRegression;
import dev.crmcore.metrics.retention.CustomerMovement;
import dev.crmcore.metrics.retention.InactivityChurn;
import dev.crmcore.metrics.retention.InterpurchaseTimes;
import dev.crmcore.metrics.retention.KaplanMeier;
import dev.crmcore.metrics.retention.LogRank;
import dev.crmcore.metrics.retention.Mrr;
import dev.crmcore.metrics.retention.MrrPeriod;
import dev.crmcore.metrics.retention.ProportionalHazards;
import dev.crmcore.metrics.retention.RepeatPurchaseRate;
import dev.crmcore.metrics.retention.RestrictedMean;
import dev.crmcore.metrics.retention.RollingRetention;
import dev.crmcore.metrics.retention.SurvivalCurve;
import dev.crmcore.metrics.retention.TimeToSecondPurchase;
import dev.crmcore.metrics.sales.Funnel;
import dev.crmcore.metrics.sales.OpenPipeline;
import dev.crmcore.metrics.sales.SalesFigures;
import dev.crmcore.metrics.sales.SalesForecastError;
import dev.crmcore.metrics.sales.SalesPeriod;
import dev.crmcore.metrics.sales.StageConversion;
import dev.crmcore.metrics.sales.WonAgainstLost;
import dev.crmcore.metrics.series.ChangePoints;
import dev.crmcore.metrics.series.ControlChart;
import dev.crmcore.metrics.series.Cusum;
import dev.crmcore.metrics.series.Decomposition;
import dev.crmcore.metrics.series.ExponentialSmoothing;
import dev.crmcore.metrics.series.ForecastAccuracy;
import dev.crmcore.metrics.series.GeneralizedEsd;
import dev.crmcore.metrics.series.LinearTrend;
import dev.crmcore.metrics.series.MannKendall;
import dev.crmcore.metrics.series.Pettitt;
import dev.crmcore.metrics.series.RobustFourier;
import dev.crmcore.metrics.series.RobustZ;
import dev.crmcore.metrics.series.RollingMedian;
import dev.crmcore.metrics.series.TheilSen;
import dev.crmcore.metrics.series.TukeyFences;
import dev.crmcore.metrics.service.FirstContactResolution;
import dev.crmcore.metrics.service.ServiceAttainment;
import dev.crmcore.metrics.service.ServiceTimes;
import dev.crmcore.metrics.stats.ApproximateDistinct;
import dev.crmcore.metrics.stats.ApproximateQuantiles;
import dev.crmcore.metrics.stats.BayesianComparison;
import dev.crmcore.metrics.stats.Cuped;
import dev.crmcore.metrics.stats.RunningMean;
import dev.crmcore.metrics.stats.SampleRatio;
import dev.crmcore.metrics.value.BetaDiscreteWeibull;
import dev.crmcore.metrics.value.BgBb;
import dev.crmcore.metrics.value.BgNbd;
import dev.crmcore.metrics.value.ContractModel;
import dev.crmcore.metrics.value.ContractTenureCounts;
import dev.crmcore.metrics.value.CovariateModel;
import dev.crmcore.metrics.value.FrequencyCheck;
import dev.crmcore.metrics.value.GammaGamma;
import dev.crmcore.metrics.value.HoldoutCheck;
import dev.crmcore.metrics.value.LifetimeValue;
import dev.crmcore.metrics.value.LikelihoodRatio;
import dev.crmcore.metrics.value.MbgNbd;
import dev.crmcore.metrics.value.Nbd;
import dev.crmcore.metrics.value.ParetoNbd;
import dev.crmcore.metrics.value.PurchaseHistoryCounts;
import dev.crmcore.metrics.value.RepeatPurchaseModel;
import dev.crmcore.metrics.value.RevenueConcentration;
import dev.crmcore.metrics.value.RfmAccumulator;
import dev.crmcore.metrics.value.RfmHoldout;
import dev.crmcore.metrics.value.ShiftedBetaGeometric;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Every KPI of the library with its definition, by rooms. The page {@code docs/kpis.md} is made from it, and a test holds it to be
 * complete.
 *
 * <p>Stateless and thread-safe.
 */
public final class KpiRegistry {

    private static final Map<String, List<KpiDefinition>> BY_ROOM = byRooms();

    private KpiRegistry() {}

    /**
     * All definitions.
     *
     * @return the definitions, in the order of the rooms; unmodifiable
     */
    public static List<KpiDefinition> all() {
        return BY_ROOM.values().stream().flatMap(List::stream).toList();
    }

    /**
     * The definitions by the room in which their code is.
     *
     * @return the definitions by the title of the room; unmodifiable
     */
    public static Map<String, List<KpiDefinition>> byRoom() {
        return BY_ROOM;
    }

    /**
     * Finds the latest version of a definition.
     *
     * @param id the stable id
     * @return the definition, empty if there is none of that id
     */
    public static Optional<KpiDefinition> find(String id) {
        Objects.requireNonNull(id, "id");
        return all().stream().filter(kpi -> kpi.id().equals(id)).max(Comparator.comparingInt(KpiDefinition::version));
    }

    /**
     * Finds a version of a definition.
     *
     * @param id the stable id
     * @param version the version of the meaning
     * @return the definition, empty if there is none of that id and version
     */
    public static Optional<KpiDefinition> find(String id, int version) {
        Objects.requireNonNull(id, "id");
        return all().stream()
                .filter(kpi -> kpi.id().equals(id) && kpi.version() == version)
                .findFirst();
    }

    private static Map<String, List<KpiDefinition>> byRooms() {
        Map<String, List<KpiDefinition>> rooms = new LinkedHashMap<>();
        rooms.put("Any numbers", anyNumbers());
        rooms.put("Feedback", feedback());
        rooms.put("Texts", texts());
        rooms.put("Retention, survival and revenue", retention());
        rooms.put("Customer value", value());
        rooms.put("Sales", sales());
        rooms.put("Service", service());
        rooms.put("Marketing", marketing());
        rooms.put("Journeys", journeys());
        rooms.put("Series", series());
        rooms.put("Churn prediction", churnPrediction());
        rooms.put("Experiments and sketches", experiments());
        return Collections.unmodifiableMap(rooms);
    }

    private static List<KpiDefinition> anyNumbers() {
        return List.of(CountedValues.DEFINITION);
    }

    private static List<KpiDefinition> feedback() {
        return List.of(
                Ces.DEFINITION,
                Csat.DEFINITION,
                Nps.DEFINITION,
                PairedNps.DEFINITION,
                Recovery.RATE,
                ResponseRate.DEFINITION,
                ScaleReliability.DEFINITION,
                ScaleScore.DEFINITION,
                StarRating.BAYESIAN_AVERAGE,
                StarRating.WILSON_LOWER_BOUND,
                StarRating.DIRICHLET_LOWER_BOUND,
                WeightedNps.DEFINITION);
    }

    private static List<KpiDefinition> texts() {
        return List.of(
                Keyness.DEFINITION,
                SentimentSummary.DEFINITION,
                TermCounter.DEFINITION,
                TfIdf.DEFINITION,
                ThemeShare.DEFINITION);
    }

    private static List<KpiDefinition> retention() {
        return List.of(
                AalenJohansen.DEFINITION,
                Arpu.DEFINITION,
                AverageOrderValue.DEFINITION,
                ChurnRate.ANNUAL,
                CohortRetention.DEFINITION,
                CohortRevenue.DEFINITION,
                Concordance.DEFINITION,
                CoxRegression.DEFINITION,
                CustomerMovement.CHURN_RATE,
                CustomerMovement.RETENTION_RATE,
                CustomerMovement.CHURN_RATE_AVERAGE_BASE,
                CustomerMovement.CHURN_PER_EXPOSURE,
                CustomerMovement.SUM_OF_DAILY_RATES,
                InactivityChurn.DEFINITION,
                InterpurchaseTimes.DEFINITION,
                KaplanMeier.DEFINITION,
                LogRank.DEFINITION,
                Mrr.DEFINITION,
                MrrPeriod.ARR,
                MrrPeriod.ARPA,
                MrrPeriod.ASP,
                MrrPeriod.GROSS_CHURN,
                MrrPeriod.NET_CHURN,
                MrrPeriod.NRR,
                MrrPeriod.GRR,
                MrrPeriod.LOGO_CHURN,
                MrrPeriod.QUICK_RATIO,
                ProportionalHazards.DEFINITION,
                RepeatPurchaseRate.BY_PURCHASE_DAYS.definition(),
                RepeatPurchaseRate.BY_TRANSACTIONS.definition(),
                RestrictedMean.DEFINITION,
                RollingRetention.DEFINITION,
                SurvivalCurve.CUMULATIVE_HAZARD,
                SurvivalCurve.QUANTILE,
                TimeToSecondPurchase.DEFINITION);
    }

    private static List<KpiDefinition> value() {
        return List.of(
                BetaDiscreteWeibull.DEFINITION,
                BgBb.DEFINITION,
                BgNbd.DEFINITION,
                ContractModel.SURVIVAL,
                ContractModel.RETENTION_RATE,
                ContractModel.EXPECTED_LIFETIME,
                ContractModel.DISCOUNTED_LIFETIME,
                ContractModel.DISCOUNTED_RESIDUAL_LIFETIME,
                ContractTenureCounts.DEFINITION,
                CovariateModel.DEFINITION,
                FrequencyCheck.DEFINITION,
                GammaGamma.DEFINITION,
                GammaGamma.EXPECTED_SPEND,
                HoldoutCheck.DEFINITION,
                LifetimeValue.DEFINITION,
                LikelihoodRatio.DEFINITION,
                MbgNbd.DEFINITION,
                Nbd.DEFINITION,
                ParetoNbd.DEFINITION,
                PurchaseHistoryCounts.DEFINITION,
                RepeatPurchaseModel.PROBABILITY_ALIVE,
                RepeatPurchaseModel.EXPECTED_PURCHASES,
                RepeatPurchaseModel.PURCHASE_DISTRIBUTION,
                RepeatPurchaseModel.DISCOUNTED_RESIDUAL_PURCHASES,
                RepeatPurchaseModel.TRACKING_CURVE,
                RevenueConcentration.GINI,
                RevenueConcentration.UNBIASED_GINI,
                RevenueConcentration.TOP_SHARE,
                RevenueConcentration.CUSTOMERS_BRINGING,
                RevenueConcentration.LORENZ,
                RevenueConcentration.HHI,
                RevenueConcentration.THEIL,
                RfmAccumulator.DEFINITION,
                RfmHoldout.DEFINITION,
                ShiftedBetaGeometric.DEFINITION);
    }

    private static List<KpiDefinition> sales() {
        return List.of(
                Funnel.ORDERED,
                Funnel.STRICT,
                Funnel.ANY_ORDER,
                OpenPipeline.DEFINITION,
                OpenPipeline.AGE.definition(),
                SalesFigures.WIN_RATE,
                SalesFigures.WIN_RATE_BY_VALUE,
                SalesFigures.WIN_RATE_CREATED,
                SalesFigures.WIN_RATE_CREATED_CLOSED,
                SalesFigures.WON_AMOUNT,
                SalesFigures.SALES_CYCLE,
                SalesFigures.VELOCITY,
                SalesForecastError.DEFINITION,
                SalesPeriod.DEFINITION,
                StageConversion.DEFINITION,
                WonAgainstLost.DEFINITION);
    }

    private static List<KpiDefinition> service() {
        return List.of(
                FirstContactResolution.ONE_REPLY,
                FirstContactResolution.NOT_REOPENED,
                FirstContactResolution.NO_REPEAT,
                ServiceAttainment.FIRST_RESPONSE_ATTAINMENT,
                ServiceAttainment.RESOLUTION_ATTAINMENT,
                ServiceAttainment.PROMISE_KEEPING,
                ServiceTimes.FIRST_RESPONSE_TIME,
                ServiceTimes.RESOLUTION_TIME);
    }

    private static List<KpiDefinition> marketing() {
        return List.of(
                Attribution.FIRST_TOUCH,
                Attribution.LAST_TOUCH,
                Attribution.LAST_NON_DIRECT,
                Attribution.LINEAR,
                Attribution.LINEAR_BY_CHANNEL,
                Attribution.POSITION_BASED,
                Attribution.MARKOV,
                Attribution.SHAPLEY_RATE,
                CampaignReturn.ROAS,
                CampaignReturn.ROI,
                CampaignReturn.ROMI,
                CampaignReturn.INCREMENTAL_ROMI,
                CampaignReturn.BREAK_EVEN,
                ConversionPaths.DEFINITION,
                CustomerAcquisitionCost.BLENDED,
                CustomerAcquisitionCost.PAID,
                Holdout.DEFINITION,
                HoldoutUplift.ROMI,
                TimeDecay.DEFINITION,
                UnitEconomics.PAYBACK,
                UnitEconomics.LIFETIME,
                UnitEconomics.LTV,
                UnitEconomics.LTV_REVENUE,
                UnitEconomics.LTV_WITHIN,
                UnitEconomics.LTV_DISCOUNTED,
                UnitEconomics.LTV_DISCOUNTED_IN_ADVANCE,
                UnitEconomics.LTV_EXPANDING,
                UnitEconomics.LTV_TO_CAC,
                UpliftRanking.UPLIFT_AT_TOP,
                UpliftRanking.UPLIFT_AT_TOP_OF_EACH_GROUP,
                UpliftRanking.QINI,
                UpliftRanking.UPLIFT_AREA,
                UpliftRanking.AUUC,
                UpliftRanking.WEIGHTED_UPLIFT);
    }

    private static List<KpiDefinition> journeys() {
        return List.of(
                DirectlyFollows.DEFINITION,
                HealthScore.DEFINITION,
                HealthValidation.AUC,
                HealthValidation.KOLMOGOROV_SMIRNOV,
                Variants.DEFINITION);
    }

    private static List<KpiDefinition> series() {
        return List.of(
                ChangePoints.DEFINITION,
                ControlChart.INDIVIDUALS_DEFINITION,
                ControlChart.EWMA_DEFINITION,
                ControlChart.PROPORTIONS_DEFINITION,
                ControlChart.LANEY_DEFINITION,
                Cusum.DEFINITION,
                Decomposition.STRENGTH_OF_TREND_DEFINITION,
                Decomposition.STRENGTH_OF_SEASON_DEFINITION,
                ExponentialSmoothing.DEFINITION,
                ForecastAccuracy.MAE_DEFINITION,
                ForecastAccuracy.RMSE_DEFINITION,
                ForecastAccuracy.BIAS_DEFINITION,
                ForecastAccuracy.WAPE_DEFINITION,
                ForecastAccuracy.MAPE_DEFINITION,
                ForecastAccuracy.SMAPE_DEFINITION,
                ForecastAccuracy.MASE_DEFINITION,
                GeneralizedEsd.DEFINITION,
                LinearTrend.DEFINITION,
                MannKendall.DEFINITION,
                Pettitt.DEFINITION,
                RobustFourier.DEFINITION,
                RobustZ.DEFINITION,
                RollingMedian.DEFINITION,
                TheilSen.DEFINITION,
                TukeyFences.DEFINITION);
    }

    private static List<KpiDefinition> churnPrediction() {
        return List.of(
                ChurnEvaluation.AUC_DEFINITION,
                ChurnEvaluation.BRIER_DEFINITION,
                ChurnEvaluation.LOG_LOSS_DEFINITION,
                ChurnEvaluation.AVERAGE_PRECISION_DEFINITION,
                ChurnEvaluation.CALIBRATION_ERROR_DEFINITION,
                ChurnEvaluation.LIFT_DEFINITION);
    }

    private static List<KpiDefinition> experiments() {
        return List.of(
                ApproximateDistinct.DEFINITION,
                ApproximateQuantiles.DEFINITION,
                BayesianComparison.PROBABILITY_TO_BE_BEST,
                BayesianComparison.EXPECTED_LOSS,
                Cuped.DEFINITION,
                RunningMean.DEFINITION,
                SampleRatio.DEFINITION);
    }
}
