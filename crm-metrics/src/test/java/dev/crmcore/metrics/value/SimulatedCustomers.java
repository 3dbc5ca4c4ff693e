package dev.crmcore.metrics.value;

import dev.crmcore.metrics.PeriodUnit;
import java.util.SplittableRandom;

/** Customers who behave as the models say, in weeks. */
final class SimulatedCustomers {

    private SimulatedCustomers() {}

    /** Customers who may leave with each repeat purchase. */
    static PurchaseHistoryCounts bgNbd(
            SplittableRandom random, int customers, double r, double alpha, double a, double b) {
        PurchaseHistoryCounts counts = PurchaseHistoryCounts.in(PeriodUnit.WEEK).create();
        for (int i = 0; i < customers; i++) {
            double age = 26 + random.nextInt(90) / 7.0;
            double rate = gamma(random, r) / alpha;
            double p1 = gamma(random, a);
            double p = p1 / (p1 + gamma(random, b));
            long x = 0;
            double last = 0;
            for (double t = wait(random, rate); t < age; t += wait(random, rate)) {
                x++;
                last = t;
                if (random.nextDouble() < p) {
                    break;
                }
            }
            counts.add(x, last, age);
        }
        return counts;
    }

    /** Customers who may leave with each purchase, the first included. */
    static PurchaseHistoryCounts mbgNbd(
            SplittableRandom random, int customers, double r, double alpha, double a, double b) {
        PurchaseHistoryCounts counts = PurchaseHistoryCounts.in(PeriodUnit.WEEK).create();
        for (int i = 0; i < customers; i++) {
            double age = 26 + random.nextInt(90) / 7.0;
            double rate = gamma(random, r) / alpha;
            double p1 = gamma(random, a);
            double p = p1 / (p1 + gamma(random, b));
            long x = 0;
            double last = 0;
            double t = wait(random, rate);
            while (random.nextDouble() >= p && t < age) {
                x++;
                last = t;
                t += wait(random, rate);
            }
            counts.add(x, last, age);
        }
        return counts;
    }

    /** Customers who may die at any time. */
    static PurchaseHistoryCounts paretoNbd(
            SplittableRandom random, int customers, double r, double alpha, double s, double beta) {
        PurchaseHistoryCounts counts = PurchaseHistoryCounts.in(PeriodUnit.WEEK).create();
        for (int i = 0; i < customers; i++) {
            double age = 26 + random.nextInt(90) / 7.0;
            double rate = gamma(random, r) / alpha;
            double end = Math.min(age, wait(random, gamma(random, s) / beta));
            long x = 0;
            double last = 0;
            for (double t = wait(random, rate); t < end; t += wait(random, rate)) {
                x++;
                last = t;
            }
            counts.add(x, last, age);
        }
        return counts;
    }

    /** Customers who never leave, observed for 40 weeks, with rates of mean 0.3. */
    static PurchaseHistoryCounts immortal(SplittableRandom random, int customers) {
        PurchaseHistoryCounts counts = PurchaseHistoryCounts.in(PeriodUnit.WEEK).create();
        for (int i = 0; i < customers; i++) {
            double rate = gamma(random, 1) * 0.3;
            long x = 0;
            double last = 0;
            for (double t = wait(random, rate); t < 40; t += wait(random, rate)) {
                x++;
                last = t;
            }
            counts.add(x, last, 40);
        }
        return counts;
    }

    static double wait(SplittableRandom random, double rate) {
        return -Math.log(1 - random.nextDouble()) / rate;
    }

    /** Marsaglia and Tsang 2000. */
    static double gamma(SplittableRandom random, double shape) {
        if (shape < 1) {
            return gamma(random, shape + 1) * Math.pow(1 - random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        while (true) {
            double z = random.nextGaussian();
            double v = Math.pow(1 + z / Math.sqrt(9 * d), 3);
            if (v > 0 && Math.log(1 - random.nextDouble()) < 0.5 * z * z + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
