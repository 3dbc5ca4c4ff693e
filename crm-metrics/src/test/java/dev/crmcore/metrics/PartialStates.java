package dev.crmcore.metrics;

import dev.crmcore.metrics.feedback.Nps;
import dev.crmcore.metrics.marketing.ConversionPath;
import dev.crmcore.metrics.marketing.ConversionPaths;
import dev.crmcore.metrics.marketing.Holdout;
import dev.crmcore.metrics.marketing.HoldoutCustomer;
import dev.crmcore.metrics.retention.Arpu;
import dev.crmcore.metrics.retention.BillingInterval;
import dev.crmcore.metrics.retention.CohortRetention;
import dev.crmcore.metrics.retention.CustomerAmount;
import dev.crmcore.metrics.retention.CustomerDay;
import dev.crmcore.metrics.retention.CustomerSubscriptions;
import dev.crmcore.metrics.retention.KaplanMeier;
import dev.crmcore.metrics.retention.Mrr;
import dev.crmcore.metrics.retention.RepeatPurchaseRate;
import dev.crmcore.metrics.retention.SubscriptionChange;
import dev.crmcore.metrics.retention.SurvivalTime;
import dev.crmcore.metrics.stats.ApproximateDistinct;
import dev.crmcore.metrics.stats.ApproximateQuantiles;
import dev.crmcore.metrics.stats.Cuped;
import dev.crmcore.metrics.stats.CupedObservation;
import dev.crmcore.metrics.stats.RunningMean;
import dev.crmcore.metrics.value.NamedRfmAccumulator;
import dev.crmcore.metrics.value.NamedRfmPurchase;
import dev.crmcore.metrics.value.PurchaseHistory;
import dev.crmcore.metrics.value.PurchaseHistoryCounts;
import dev.crmcore.metrics.value.RfmAccumulator;
import dev.crmcore.metrics.value.RfmObservation;
import dev.crmcore.metrics.value.RfmPurchase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A program that counts its part of some items and leaves the states as files: one worker of a distributed computation. */
final class PartialStates {

    private static final int ITEMS = 2_000;
    private static final LocalDate DAY = LocalDate.of(2024, 1, 1);

    private PartialStates() {}

    /**
     * Writes the states of one part.
     *
     * @param args which part, of how many, and the folder to write to
     */
    public static void main(String[] args) throws IOException {
        int part = Integer.parseInt(args[0]);
        int parts = Integer.parseInt(args[1]);
        Path folder = Path.of(args[2]);
        List<Figure<?, ?, ?>> figures = figures();
        for (int i = 0; i < figures.size(); i++) {
            Files.write(file(folder, i, part), figures.get(i).part(part, parts).toBytes());
        }
    }

    static Path file(Path folder, int figure, int part) {
        return folder.resolve(figure + "-" + part + ".state");
    }

    /** A KPI with its items, the same in every process. */
    record Figure<T, A extends Accumulator<T, A, R>, R>(AccumulatorType<T, A, R> type, List<T> items) {

        A part(int part, int parts) {
            A accumulator = type.create();
            IntStream.range(0, items.size()).filter(i -> i % parts == part).forEach(i -> accumulator.add(items.get(i)));
            return accumulator;
        }

        /** The result of all parts, merged from their bytes. */
        R merged(List<byte[]> states) {
            A all = type.create();
            states.forEach(state -> all.merge(type.fromBytes(state)));
            return all.result();
        }

        R inOnePass() {
            return type.of(items);
        }
    }

    static List<Figure<?, ?, ?>> figures() {
        Random random = new Random(1);
        RfmObservation year = RfmObservation.until(DAY.plusDays(400), ZoneOffset.UTC);
        return List.of(
                figure(Nps.TYPE, i -> random.nextInt(11)),
                figure(
                        RepeatPurchaseRate.BY_PURCHASE_DAYS,
                        i -> new CustomerDay(random.nextInt(500), DAY.plusDays(random.nextInt(300)))),
                figure(
                        CohortRetention.by(PeriodUnit.MONTH, ZoneId.of("Europe/Berlin")),
                        i -> new CustomerDay(random.nextInt(500), DAY.plusDays(random.nextInt(300)))),
                figure(
                        RfmAccumulator.over(year),
                        i -> new RfmPurchase(
                                random.nextInt(500), DAY.plusDays(random.nextInt(300)), random.nextInt(10_000))),
                figure(
                        NamedRfmAccumulator.over(year),
                        i -> new NamedRfmPurchase(
                                "müşteri-" + random.nextInt(500),
                                DAY.plusDays(random.nextInt(300)),
                                random.nextInt(10_000))),
                figure(PurchaseHistoryCounts.in(PeriodUnit.WEEK), i -> history(random)),
                figure(KaplanMeier.TYPE, i -> SurvivalTime.of(random.nextInt(60), random.nextBoolean())),
                figure(Arpu.TYPE, i -> new CustomerAmount(random.nextInt(500), random.nextInt(10_000) - 500)),
                figure(
                        Mrr.over(CalendarPeriod.of(PeriodUnit.QUARTER, DAY), ZoneId.of("America/Santiago")),
                        i -> subscriptions(i, random)),
                figure(
                        Holdout.TYPE,
                        i -> new HoldoutCustomer(random.nextBoolean(), random.nextBoolean(), random.nextInt(10_000))),
                figure(
                        ConversionPaths.TYPE,
                        i -> new ConversionPath(
                                List.of("çevrimiçi", "mail-" + random.nextInt(5)), 1 + random.nextInt(3), 100, 1)),
                figure(
                        Cuped.TYPE,
                        i -> new CupedObservation(random.nextBoolean(), random.nextGaussian(), random.nextGaussian())),
                figure(RunningMean.TYPE, i -> random.nextGaussian()),
                figure(CountedValues.TYPE, i -> (long) random.nextInt(1_000)),
                figure(ApproximateDistinct.TYPE, i -> (long) random.nextInt(100_000)),
                figure(ApproximateQuantiles.TYPE, i -> random.nextLong() >> random.nextInt(60)));
    }

    private static <T, A extends Accumulator<T, A, R>, R> Figure<T, A, R> figure(
            AccumulatorType<T, A, R> type, IntFunction<T> item) {
        return new Figure<>(type, IntStream.range(0, ITEMS).mapToObj(item).toList());
    }

    private static PurchaseHistory history(Random random) {
        int age = 1 + random.nextInt(40);
        int frequency = random.nextInt(4);
        return PurchaseHistory.of(frequency, frequency == 0 ? 0 : 1 + random.nextInt(age), age, PeriodUnit.WEEK);
    }

    private static CustomerSubscriptions subscriptions(int customer, Random random) {
        return CustomerSubscriptions.of(IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> new SubscriptionChange(
                        customer,
                        i % 2,
                        DAY.minusDays(60 - 40L * i).atStartOfDay(ZoneOffset.UTC).toInstant(),
                        random.nextInt(3) * 1_000L,
                        BillingInterval.YEARLY))
                .toList());
    }
}
