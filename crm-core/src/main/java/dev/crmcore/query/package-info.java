/**
 * Questions as data: typed fields, conditions over them, ordered and paged queries.
 *
 * <p>A {@link dev.crmcore.query.Condition} is a value. It can be stored, validated, printed, sent as JSON, evaluated on
 * a record in memory and compiled to SQL, and every store gives the same answer:
 *
 * <ul>
 *   <li>conditions are two-valued: where a field is absent a comparison is false, and its negation therefore true;
 *   <li>absent values sort last, ascending and descending;
 *   <li>text compares by Unicode code point, UUIDs compare as unsigned numbers, decimals by value;
 *   <li>relative time is bound to an instant by {@link dev.crmcore.query.Query#asOf} before a store sees it.
 * </ul>
 *
 * <pre>{@code
 * Query<Customer> query = Query.of(Customer.TYPE)
 *         .where(Customer.STATUS.is(CustomerStatus.ACTIVE)
 *                 .and(Customer.TAGS.contains("vip"))
 *                 .and(Related.to(Customer.TYPE, Purchase.TYPE, Purchase.CUSTOMER)
 *                         .where(Purchase.PLACED_AT.withinLast(Duration.ofDays(30)))
 *                         .having(Aggregate.count(), Comparison.AT_LEAST, 2L)))
 *         .orderBy(Order.descending(Customer.CREATED_AT))
 *         .limit(50)
 *         .asOf(clock.instant());
 * }</pre>
 */
@NullMarked
package dev.crmcore.query;

import org.jspecify.annotations.NullMarked;
