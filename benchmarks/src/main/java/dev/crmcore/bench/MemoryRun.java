package dev.crmcore.bench;

import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.value.BgNbd;
import dev.crmcore.metrics.value.GroupedRfm;
import dev.crmcore.metrics.value.PurchaseHistories;
import dev.crmcore.metrics.value.RfmAccumulator;
import dev.crmcore.metrics.value.RfmObservation;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the purchases of a stream leave in memory: {@code MemoryRun grouped|any [PURCHASES]}. Simulated purchases, 100 million
 * unless said, are added one by one and never kept; the heap is read before and after, each time collected.
 *
 * <p>{@code grouped}: all purchases of a customer in a row, into {@link GroupedRfm}; runs with {@code -Xmx256m}. {@code any}: in the
 * order of a busy shop, where each purchase is of anybody, into {@link RfmAccumulator}.
 */
public final class MemoryRun {

    private static final int DAYS = 3 * 365;
    private static final int PURCHASES_OF_A_CUSTOMER = 20;
    private static final double WEEKLY_RATE = 0.2;
    private static final double STAYING = 20;
    private static final long SEED = 20_250_301L;
    private static final LocalDate END = LocalDate.of(2024, 12, 31);
    private static final int LAST_DAY = (int) END.toEpochDay();
    private static final int FIRST_DAY = LAST_DAY - DAYS + 1;
    private static final RfmObservation OBSERVATION =
            RfmObservation.until(END, ZoneOffset.UTC).by(PeriodUnit.WEEK);

    private final long purchases;
    private final SplittableRandom random = new SplittableRandom(SEED);

    private MemoryRun(long purchases) {
        this.purchases = purchases;
    }

    /**
     * Streams the purchases and prints what they left.
     *
     * @param args the order of the purchases, and how many
     */
    public static void main(String[] args) {
        MemoryRun run = new MemoryRun(args.length > 1 ? Long.parseLong(args[1]) : 100_000_000L);
        switch (args.length > 0 ? args[0] : "grouped") {
            case "grouped" -> run.measure("grouped by customer", run::grouped, GroupedRfm::histories);
            case "any" ->
                run.measure("in any order", run::inAnyOrder, rfm -> rfm.result().histories(PeriodUnit.WEEK));
            default -> throw new IllegalArgumentException("grouped or any, not " + args[0]);
        }
    }

    private <S> void measure(String order, Supplier<S> stream, Function<S, PurchaseHistories> historiesOf) {
        long before = heap();
        long begin = System.nanoTime();
        S state = stream.get();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        long kept = heap() - before;
        PurchaseHistories histories = historiesOf.apply(state);
        System.out.printf(
                Locale.ROOT,
                "%,d purchases %s: %.1f s, %.1f MB kept, %,d distinct (x, t_x, T) of %,d customers%n",
                purchases,
                order,
                took.toMillis() / 1e3,
                kept / 1e6,
                histories.size(),
                histories.customers());
        System.out.println("BG/NBD " + BgNbd.fit(histories).parameters());
    }

    /** Customers as BG/NBD has them: each buys at a rate of his own, and after each purchase may have gone for good. */
    private GroupedRfm grouped() {
        GroupedRfm rfm = GroupedRfm.over(OBSERVATION, PeriodUnit.WEEK, 2);
        long left = purchases;
        for (long customer = 0; left > 0; customer++) {
            double daysBetween = 7 / (WEEKLY_RATE * exponential());
            double leaving = 1 - Math.pow(random.nextDouble(), 1 / STAYING);
            double day = FIRST_DAY + random.nextInt(DAYS);
            do {
                rfm.add(customer, (int) day, amount());
                left--;
                day += daysBetween * exponential();
            } while (left > 0 && day < LAST_DAY + 1 && random.nextDouble() > leaving);
        }
        rfm.end();
        return rfm;
    }

    private double exponential() {
        return -Math.log1p(-random.nextDouble());
    }

    private RfmAccumulator inAnyOrder() {
        RfmAccumulator rfm = RfmAccumulator.over(OBSERVATION).create();
        long customers = Math.max(purchases / PURCHASES_OF_A_CUSTOMER, 1);
        for (long i = 0; i < purchases; i++) {
            // days follow each other, customers do not
            rfm.add(random.nextLong(customers), FIRST_DAY + (int) (i * DAYS / purchases), amount());
        }
        return rfm;
    }

    private long amount() {
        return 100L + 50L * random.nextInt(200);
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
