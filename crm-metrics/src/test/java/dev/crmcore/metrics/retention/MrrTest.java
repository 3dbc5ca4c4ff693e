package dev.crmcore.metrics.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.CalendarPeriod;
import dev.crmcore.metrics.CustomerNumbers;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.SampleMean;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Amounts within 1e-9 of the reference's major units, ratios within 1e-12. */
class MrrTest implements AccumulatorLaws<CustomerSubscriptions, Mrr, MrrPeriod> {

    private static final JsonNode GOLDEN = Golden.json("kpi/mrr_movements.json");
    private static final Instant FROM = Instant.parse("2025-03-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2025-06-01T00:00:00Z");
    private static final CustomerNumbers<String> CUSTOMERS = new CustomerNumbers<>();
    private static final List<SubscriptionChange> CHANGES = Golden.csv("kpi/revenue/subscriptions.csv").stream()
            .map(row -> new SubscriptionChange(
                    CUSTOMERS.of(row[1]),
                    Long.parseLong(row[2].substring(1)),
                    day(row[0]),
                    new BigDecimal(row[3]).movePointRight(2).longValueExact(),
                    switch (row[4]) {
                        case "month" -> BillingInterval.MONTHLY;
                        case "quarter" -> BillingInterval.QUARTERLY;
                        case "year" -> BillingInterval.YEARLY;
                        default -> throw new IllegalStateException(row[4]);
                    }))
            .toList();

    static Stream<JsonNode> months() {
        return StreamSupport.stream(GOLDEN.get("months").spliterator(), false);
    }

    private static Instant day(String date) {
        return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    @Override
    public AccumulatorType<CustomerSubscriptions, Mrr, MrrPeriod> type() {
        return Mrr.over(FROM, TO);
    }

    @Override
    public AccumulatorType<CustomerSubscriptions, Mrr, MrrPeriod> otherVariant() {
        return Mrr.over(FROM, TO.plusSeconds(1));
    }

    @Override
    public List<CustomerSubscriptions> items(Random random, int size) {
        BillingInterval[] intervals = {
            BillingInterval.MONTHLY, BillingInterval.YEARLY, BillingInterval.ofWeeks(2), BillingInterval.ofMonths(7)
        };
        return IntStream.range(0, size)
                .mapToObj(customer -> CustomerSubscriptions.of(IntStream.range(0, 1 + random.nextInt(6))
                        .mapToObj(i -> new SubscriptionChange(
                                customer,
                                random.nextInt(2),
                                FROM.plusSeconds(86_400L * (random.nextInt(200) - 60))
                                        .plusMillis(i),
                                random.nextInt(3) == 0 ? 0 : random.nextInt(10_000),
                                intervals[random.nextInt(intervals.length)]))
                        .toList()))
                .toList();
    }

    @Override
    public List<CustomerSubscriptions> badItems() {
        return List.of();
    }

    @ParameterizedTest
    @MethodSource("months")
    @DisplayName("every figure of every month equals the reference, in both views")
    void months(JsonNode reference) {
        CalendarPeriod month = CalendarPeriod.of(
                PeriodUnit.MONTH, LocalDate.parse(reference.get("month").textValue() + "-01"));
        MrrPeriod mrr = Mrr.over(month, ZoneOffset.UTC).of(CustomerSubscriptions.grouped(CHANGES));
        assertMoney(mrr.start(), reference.get("start_mrr"));
        assertMoney(mrr.end(), reference.get("end_mrr"));
        assertThat(mrr.startCustomers())
                .isEqualTo(reference.get("start_customers").longValue());
        assertThat(mrr.endCustomers()).isEqualTo(reference.get("end_customers").longValue());
        assertMovements(mrr.activity(), reference.get("activity_view"), "activities");
        assertMovements(mrr.netPerCustomer(), reference.get("net_per_customer_view"), "customers");
        assertThat(mrr.start().plus(mrr.activity().total())).isEqualTo(mrr.end());
        assertThat(mrr.start().plus(mrr.netPerCustomer().total())).isEqualTo(mrr.end());
        assertRatio(mrr.grossChurnRate(), reference.get("gross_mrr_churn_rate"));
        assertRatio(mrr.netChurnRate(), reference.get("net_mrr_churn_rate"));
        assertRatio(mrr.grossRevenueRetention(), reference.get("grr_snapshot"));
        assertRatio(mrr.netRevenueRetention(), reference.get("nrr_snapshot"));
        assertRatio(mrr.logoChurn().estimate(), reference.get("logo_churn_rate"));
        assertRatio(mrr.quickRatio(), reference.get("quick_ratio"));
        assertMoney(mrr.averageRevenuePerAccount(), reference.get("arpa_end"));
        assertMoney(mrr.averageSalePrice(), reference.get("asp_new_business"));
        assertMoney(mrr.annualRecurringRevenue(), reference.get("arr_end"));
    }

    @Test
    @DisplayName("retention over the last twelve months equals the reference")
    void lastTwelveMonths() {
        JsonNode reference = GOLDEN.get("last_12_months");
        MrrPeriod year = Mrr.over(
                        day(reference.get("from").textValue()),
                        day(reference.get("to").textValue()))
                .of(CustomerSubscriptions.grouped(CHANGES));
        assertMoney(year.start(), reference.get("start_mrr"));
        assertRatio(year.netRevenueRetention(), reference.get("nrr"));
        assertRatio(year.grossRevenueRetention(), reference.get("grr"));
        assertThat(1 - year.logoChurn().estimate().value())
                .isCloseTo(reference.get("logo_retention").doubleValue(), within(1e-12));
        // In one year some left and came back: the two views differ, and both add up
        assertThat(year.activity()).isNotEqualTo(year.netPerCustomer());
        assertThat(year.activity().total()).isEqualTo(year.netPerCustomer().total());
    }

    @Test
    @DisplayName("every single movement equals the reference, whatever the order of the changes")
    void movements() {
        List<SubscriptionChange> shuffled = new ArrayList<>(CHANGES);
        Collections.shuffle(shuffled, new Random(3));
        List<MrrMovement> movements = CustomerSubscriptions.grouped(shuffled).stream()
                .flatMap(customer -> customer.movements().stream())
                .sorted(Comparator.comparing(MrrMovement::at).thenComparing(m -> CUSTOMERS.key(m.customer())))
                .toList();
        assertThat(movements).hasSize(GOLDEN.get("movements").size());
        for (int i = 0; i < movements.size(); i++) {
            assertMovement(movements.get(i), GOLDEN.get("movements").get(i));
            assertThat(CUSTOMERS.key(movements.get(i).customer()))
                    .isEqualTo(GOLDEN.get("movements").get(i).get("customer").textValue());
        }
    }

    @Test
    @DisplayName("the example of ChartMogul's documentation")
    void documentationExample() {
        CustomerSubscriptions syncalytics = CustomerSubscriptions.of(List.of(
                change(1, "2025-01-01", 2_000_00, BillingInterval.YEARLY),
                change(2, "2025-01-05", 60_00, BillingInterval.MONTHLY),
                change(2, "2025-01-19", 0, BillingInterval.MONTHLY),
                change(1, "2026-01-01", 0, BillingInterval.YEARLY),
                change(3, "2026-03-01", 150_00, BillingInterval.MONTHLY)));
        JsonNode expected = GOLDEN.get("documentation_example").get("movements");
        assertThat(syncalytics.movements()).hasSize(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertMovement(syncalytics.movements().get(i), expected.get(i));
        }
    }

    @Test
    @DisplayName("bought together is one movement, an equal switch none, and a change at the end comes too late")
    void instants() {
        CustomerSubscriptions customer = CustomerSubscriptions.of(List.of(
                change(1, "2025-03-01", 100, BillingInterval.MONTHLY),
                change(2, "2025-03-01", 100, BillingInterval.MONTHLY),
                change(2, "2025-03-01", 100, BillingInterval.MONTHLY),
                change(1, "2025-04-01", 0, BillingInterval.MONTHLY),
                change(3, "2025-04-01", 1_200, BillingInterval.YEARLY),
                change(2, "2025-06-01", 0, BillingInterval.MONTHLY)));
        assertThat(customer.movements())
                .extracting(MrrMovement::type)
                .containsExactly(MrrMovementType.NEW_BUSINESS, MrrMovementType.CONTRACTION);
        MrrPeriod spring = Mrr.over(FROM, TO).of(List.of(customer));
        assertThat(spring.end().minorUnits()).isEqualTo(200);
        assertThat(spring.activity().count(MrrMovementType.NEW_BUSINESS)).isEqualTo(1);
        assertThat(spring.activity().count(MrrMovementType.CONTRACTION)).isZero();
        assertThat(customer.before(FROM)).isEqualTo(MonthlyAmount.ZERO);
    }

    @Test
    @DisplayName("a month begins in the zone of the business, also where the clock changes")
    void zone() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        CustomerSubscriptions lateOnTheLastDay = CustomerSubscriptions.of(List.of(
                new SubscriptionChange(1, 1, Instant.parse("2025-03-31T22:30:00Z"), 100, BillingInterval.MONTHLY)));
        CalendarPeriod march = CalendarPeriod.of(PeriodUnit.MONTH, LocalDate.of(2025, 3, 1));
        assertThat(Mrr.over(march, ZoneOffset.UTC).of(List.of(lateOnTheLastDay)).endCustomers())
                .isEqualTo(1);
        assertThat(Mrr.over(march, berlin).of(List.of(lateOnTheLastDay)).endCustomers())
                .isZero();
    }

    @Test
    @DisplayName("without customers everything is zero or undefined")
    void empty() {
        MrrPeriod nothing = Mrr.over(FROM, TO).create().result();
        assertThat(nothing.end()).isEqualTo(MonthlyAmount.ZERO);
        assertThat(nothing.annualRecurringRevenue().value()).isZero();
        for (Estimate undefined : List.of(
                nothing.averageRevenuePerAccount(),
                nothing.averageSalePrice(),
                nothing.grossChurnRate(),
                nothing.netChurnRate(),
                nothing.netRevenueRetention(),
                nothing.grossRevenueRetention(),
                nothing.logoChurn().estimate(),
                nothing.quickRatio())) {
            assertThat(undefined.isDefined()).isFalse();
        }
    }

    @Test
    @DisplayName("each rate has the interval of a ratio estimator over the accounts, worked out one by one here")
    void intervals() {
        List<CustomerSubscriptions> customers = CustomerSubscriptions.grouped(CHANGES);
        Instant from = day("2025-11-01");
        Instant to = day("2026-04-01");
        MrrPeriod mrr = Mrr.over(from, to).of(customers);
        double[] start = new double[customers.size()];
        double[] end = new double[customers.size()];
        double[] kept = new double[customers.size()];
        double[] lost = new double[customers.size()];
        double[] gained = new double[customers.size()];
        for (int i = 0; i < start.length; i++) {
            start[i] = customers.get(i).before(from).minorUnits();
            end[i] = customers.get(i).before(to).minorUnits();
            kept[i] = start[i] == 0 ? 0 : end[i];
            for (MrrMovement movement : customers.get(i).movements()) {
                if (!movement.at().isBefore(from) && movement.at().isBefore(to)) {
                    double delta = movement.delta().minorUnits();
                    lost[i] -= Math.min(0, delta);
                    gained[i] += Math.max(0, delta);
                }
            }
        }
        assertInterval(mrr.netRevenueRetention(), kept, start);
        double[] capped = IntStream.range(0, start.length)
                .mapToDouble(i -> Math.min(start[i], end[i]))
                .toArray();
        assertInterval(mrr.grossRevenueRetention(), capped, start);
        assertInterval(mrr.grossChurnRate(), lost, start);
        double[] paying = Arrays.stream(end).map(Math::signum).toArray();
        assertInterval(mrr.averageRevenuePerAccount(), end, paying);
        // A mean over accounts is the t interval of a mean
        double[] payers = Arrays.stream(end).filter(x -> x > 0).toArray();
        Interval mean = SampleMean.of(payers).estimate().interval().orElseThrow();
        assertThat(mrr.averageRevenuePerAccount().interval().orElseThrow().lower())
                .isCloseTo(mean.lower(), within(1e-6));
        // On the logarithm
        double ratio = mrr.quickRatio().value();
        double half = half(gained, lost) / ratio;
        assertThat(mrr.quickRatio().interval().orElseThrow().upper()).isCloseTo(ratio * Math.exp(half), within(1e-9));
        assertThat(mrr.netChurnRate()
                        .interval()
                        .orElseThrow()
                        .contains(mrr.netChurnRate().value()))
                .isTrue();
        assertThat(mrr.averageSalePrice().interval()).isPresent();
        assertThat(mrr.annualRecurringRevenue().interval()).isEmpty();
    }

    private static void assertInterval(Estimate estimate, double[] y, double[] x) {
        Interval interval = estimate.interval().orElseThrow();
        double half = half(y, x);
        assertThat(interval.upper()).isCloseTo(estimate.value() + half, within(1e-9 * (1 + half)));
        assertThat(interval.lower()).isCloseTo(estimate.value() - half, within(1e-9 * (1 + half)));
        assertThat(interval.method()).contains("ratio estimator");
    }

    /** Cochran 1977, section 6.4, with Student's quantile from tables of the reference. */
    private static double half(double[] y, double[] x) {
        double ratio = Arrays.stream(y).sum() / Arrays.stream(x).sum();
        double squares = 0;
        long n = 0;
        for (int i = 0; i < x.length; i++) {
            squares += Math.pow(y[i] - ratio * x[i], 2);
            n += x[i] != 0 || y[i] != 0 ? 1 : 0;
        }
        double error = Math.sqrt(squares * n / (n - 1.0)) / Arrays.stream(x).sum();
        Interval unit = new SampleMean(n, 0, n).interval(0.95).orElseThrow();
        return unit.upper() * error;
    }

    @Test
    @DisplayName("of many samples of accounts, the interval of the net retention holds the true one in about 95 %")
    void coverage() {
        Random random = new Random(20);
        int held = 0;
        int samples = 1_000;
        for (int sample = 0; sample < samples; sample++) {
            Mrr mrr = type().create();
            for (int customer = 0; customer < 200; customer++) {
                long before = Math.round(10_000 * Math.exp(0.5 * random.nextGaussian()));
                // A tenth leave, the others grow by 5 % on average, whatever they pay
                long after = random.nextInt(10) == 0 ? 0 : Math.round(before * (0.85 + 0.4 * random.nextDouble()));
                mrr.add(CustomerSubscriptions.of(List.of(
                        new SubscriptionChange(customer, 1, FROM.minusSeconds(1), before, BillingInterval.MONTHLY),
                        new SubscriptionChange(customer, 1, FROM.plusSeconds(1), after, BillingInterval.MONTHLY))));
            }
            Interval interval = mrr.result().netRevenueRetention().interval().orElseThrow();
            held += interval.contains(0.9 * 1.05) ? 1 : 0;
        }
        assertThat(held).isBetween(930, 970);
    }

    @Test
    @DisplayName("one account, or accounts of which none changed, tell nothing of the spread")
    void noInterval() {
        CustomerSubscriptions one = CustomerSubscriptions.of(List.of(
                change(1, "2025-01-01", 500, BillingInterval.MONTHLY),
                change(1, "2025-04-01", 400, BillingInterval.MONTHLY)));
        CustomerSubscriptions steady =
                CustomerSubscriptions.of(List.of(change(1, "2025-01-01", 700, BillingInterval.MONTHLY)));
        MrrPeriod alone = type().of(List.of(one));
        assertThat(alone.netRevenueRetention().value()).isEqualTo(0.8);
        assertThat(alone.netRevenueRetention().interval()).isEmpty();
        MrrPeriod unchanged = type().of(List.of(steady, steady, steady));
        assertThat(unchanged.netRevenueRetention().value()).isEqualTo(1);
        assertThat(unchanged.netRevenueRetention().interval()).isEmpty();
        assertThat(unchanged.quickRatio().isDefined()).isFalse();
        MrrPeriod both = type().of(List.of(one, steady));
        assertThat(both.grossRevenueRetention().interval().orElseThrow().upper())
                .isEqualTo(1);
        assertThat(both.grossChurnRate().interval().orElseThrow().lower()).isZero();
    }

    @Test
    @DisplayName("amounts are exact, overflow is an error, and what is ambiguous or impossible is refused")
    void exactAndRefused() {
        MonthlyAmount third = MonthlyAmount.of(100, BillingInterval.QUARTERLY);
        assertThat(third.plus(third).plus(third)).isEqualTo(MonthlyAmount.of(100, BillingInterval.MONTHLY));
        assertThat(third.rounded(2)).isEqualTo(new BigDecimal("33.33"));
        assertThat(MonthlyAmount.of(-1, BillingInterval.ofMonths(2)).rounded(0)).isEqualTo(new BigDecimal("-1"));
        // Thirteen weeks in three months
        assertThat(MonthlyAmount.of(300, BillingInterval.ofWeeks(1)).minorUnits())
                .isEqualTo(1_300);
        assertThatThrownBy(() -> MonthlyAmount.of(Long.MAX_VALUE, BillingInterval.MONTHLY))
                .isInstanceOf(ArithmeticException.class);
        MonthlyAmount huge = new MonthlyAmount(Long.MAX_VALUE);
        assertThatThrownBy(() -> huge.plus(third)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> BillingInterval.ofMonths(13)).hasMessageContaining("13");
        assertThatThrownBy(() -> BillingInterval.ofMonths(0)).hasMessageContaining("months");
        assertThatThrownBy(() -> BillingInterval.ofWeeks(32)).hasMessageContaining("32");
        assertThatThrownBy(() -> change(1, "2025-01-01", -1, BillingInterval.MONTHLY))
                .hasMessageContaining("amount");
        assertThatThrownBy(() -> CustomerSubscriptions.of(List.of(
                        change(1, "2025-01-01", 1, BillingInterval.MONTHLY),
                        change(1, "2025-01-01", 2, BillingInterval.MONTHLY))))
                .hasMessageContaining("two at 2025-01-01");
        assertThatThrownBy(() -> CustomerSubscriptions.of(List.of())).hasMessageContaining("changes");
        assertThatThrownBy(() -> CustomerSubscriptions.of(CHANGES)).hasMessageContaining("one customer");
        assertThatThrownBy(() -> Mrr.over(TO, FROM)).hasMessageContaining("to must be after");
    }

    @Test
    @DisplayName("sums that overflow leave the accumulator as it was")
    void overflow() {
        CustomerSubscriptions rich = CustomerSubscriptions.of(List.of(
                new SubscriptionChange(1, 1, FROM, Long.MAX_VALUE / MonthlyAmount.PARTS, BillingInterval.MONTHLY)));
        Mrr mrr = type().create();
        mrr.add(rich);
        byte[] before = mrr.toBytes();
        assertThatThrownBy(() -> mrr.add(rich)).isInstanceOf(ArithmeticException.class);
        assertThat(mrr.toBytes()).isEqualTo(before);
    }

    private static SubscriptionChange change(long subscription, String date, long amount, BillingInterval interval) {
        return new SubscriptionChange(0, subscription, day(date), amount, interval);
    }

    private static void assertMovement(MrrMovement actual, JsonNode expected) {
        assertThat(actual.at()).isEqualTo(day(expected.get("date").textValue()));
        assertThat(actual.type().name().toLowerCase(Locale.ROOT))
                .isEqualTo(expected.get("type").textValue());
        assertMoney(actual.delta(), expected.get("delta_mrr"));
    }

    private static void assertMovements(MrrMovements actual, JsonNode view, String counts) {
        for (MrrMovementType type : MrrMovementType.values()) {
            String name = type.name().toLowerCase(Locale.ROOT);
            assertMoney(actual.amount(type), view.get("amount").get(name));
            assertThat(actual.count(type)).isEqualTo(view.get(counts).get(name).longValue());
        }
    }

    private static void assertMoney(MonthlyAmount actual, JsonNode expected) {
        assertThat(actual.minorUnits() / 100).isCloseTo(expected.doubleValue(), within(1e-9));
    }

    private static void assertMoney(Estimate actual, JsonNode expected) {
        assertThat(actual.isDefined()).isEqualTo(expected != null && !expected.isNull());
        if (actual.isDefined()) {
            assertThat(actual.value() / 100).isCloseTo(expected.doubleValue(), within(1e-9));
        }
    }

    private static void assertRatio(Estimate actual, JsonNode expected) {
        assertThat(actual.isDefined()).isEqualTo(expected != null && !expected.isNull());
        if (actual.isDefined()) {
            assertThat(actual.value()).isCloseTo(expected.doubleValue(), within(1e-12));
        }
    }
}
