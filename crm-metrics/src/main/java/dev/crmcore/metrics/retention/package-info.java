/**
 * Who comes back and what it brings: repeat-purchase rate, cohort retention, revenue by cohort, churn by inactivity, survival,
 * recurring revenue with its movements.
 *
 * <p>Most of these KPIs are keyed: their state holds each customer once, not each event. Customers are numbers
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
 */
@NullMarked
package dev.crmcore.metrics.retention;

import org.jspecify.annotations.NullMarked;
