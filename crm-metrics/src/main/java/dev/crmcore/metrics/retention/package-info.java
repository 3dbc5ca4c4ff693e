/**
 * Who comes back, who leaves, when, and what it brings: repeat-purchase rate, cohorts by calendar and by rolling windows,
 * revenue by cohort, churn by its named variants, survival, recurring revenue with its movements.
 *
 * <p>What is counted by customer is keyed: the state holds each customer once, not each event. Customers are numbers
 * ({@link dev.crmcore.metrics.CustomerNumbers} makes them from other keys), days are days of the zone in which the business
 * counts. Give each KPI everything that ever happened, not only the reporting window: a cohort is made of first events.
 *
 * <pre>{@code
 * CohortRetention retention = CohortRetention.by(PeriodUnit.MONTH, ZoneId.of("Europe/Berlin")).create();
 * retention.add(customers, epochDays, 0, customers.length);       // columns: nothing is allocated per event
 * CohortTable table = retention.result(LocalDate.of(1998, 6, 30));
 *
 * CalendarPeriod january = CalendarPeriod.of(PeriodUnit.MONTH, LocalDate.of(1997, 1, 1));
 * table.retention(january, 3);      // share of January's customers who were active in April, with its interval
 *
 * MrrPeriod revenue = Mrr.over(january, zone).of(CustomerSubscriptions.grouped(changes));
 * revenue.netRevenueRetention();    // what those who paid before pay now
 * }</pre>
 *
 * <p>Survival is for times that are not all over when the data ends: contracts, open deals, customers who may yet return.
 * {@link dev.crmcore.metrics.retention.SurvivalTimes} holds how long each subject was observed and whether that ended with the
 * event; {@link dev.crmcore.metrics.retention.KaplanMeier} draws the curve, {@link dev.crmcore.metrics.retention.LogRank}
 * compares groups, {@link dev.crmcore.metrics.retention.CoxRegression} says what shortens or lengthens the time, and
 * {@link dev.crmcore.metrics.retention.AalenJohansen} tells events apart that exclude one another.
 *
 * <pre>{@code
 * SurvivalTimes contracts = SurvivalTimes.of(months, cancelled);
 * KaplanMeier.curve(contracts).survivalAt(12);                    // share still there after a year, with its interval
 * LogRank.test(contracts, plan).test().pValue();                  // does it differ between plans?
 * }</pre>
 */
@NullMarked
package dev.crmcore.metrics.retention;

import org.jspecify.annotations.NullMarked;
