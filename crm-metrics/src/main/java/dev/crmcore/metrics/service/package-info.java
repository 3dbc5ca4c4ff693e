/**
 * Service: how long customers wait, whether targets and promises are kept, and what is solved at the first contact.
 *
 * <p>Opening hours, holidays, pauses and clock changes come in as data ({@link dev.crmcore.metrics.service.OpeningTime}); one
 * {@link dev.crmcore.metrics.service.ServiceClock} answers both for due times and for reports. Instants and times are
 * milliseconds.
 *
 * <pre>{@code
 * ServiceClock clock = ServiceClock.started(open, createdAt).stopped(firstHumanReplyAt);
 * ServiceAttainment attainment = ServiceAttainment.FIRST_RESPONSE.create();
 * attainment.add(clock.target(3_600_000, asOf));
 * attainment.result().attainment().estimate();       // with what is open and overdue, and its interval
 * }</pre>
 */
@NullMarked
package dev.crmcore.metrics.service;

import org.jspecify.annotations.NullMarked;
