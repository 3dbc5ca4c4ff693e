/**
 * Opening hours, and time as a business counts it.
 *
 * <p>A promise of four hours that is made on Friday at 17:30 is due on Monday, not at night. The calendar says when, in
 * the zone of the desk, over holidays and clock changes, and explains it to whoever doubts it:
 *
 * <pre>{@code
 * BusinessCalendar desk = BusinessCalendar.builder(ZoneId.of("Europe/Berlin"))
 *         .open(EnumSet.range(MONDAY, FRIDAY), OpeningHours.parse("10:00-18:00"))
 *         .holiday(LocalDate.of(2026, 12, 25), "Christmas Day")
 *         .build();
 * Instant due = desk.plus(receivedAt, Duration.ofHours(4));
 * Duration used = desk.between(receivedAt, answeredAt);
 * DueDate why = desk.explain(receivedAt, Duration.ofHours(4));
 * }</pre>
 */
@NullMarked
package dev.crmcore.calendar;

import org.jspecify.annotations.NullMarked;
