/**
 * The ways customers go: what follows what and after how long, which journeys are frequent, and how healthy an account looks.
 *
 * <p>Rows of an event log become traces ({@link dev.crmcore.metrics.journey.EventLog}); counting them is mergeable and needs no
 * more than one trace at a time ({@link dev.crmcore.metrics.journey.DirectlyFollows},
 * {@link dev.crmcore.metrics.journey.Variants}). Times are milliseconds since 1970.
 *
 * <pre>{@code
 * EventLog log = EventLog.builder()
 *         .add(1, "visit", Instant.parse("2025-03-01T08:00:00Z"))
 *         .add(1, "signup", Instant.parse("2025-03-01T09:00:00Z"))
 *         .build();
 * log.graph().edge("visit", "signup").orElseThrow().millis().estimate();   // mean time between, with its interval
 * }</pre>
 */
@NullMarked
package dev.crmcore.metrics.journey;

import org.jspecify.annotations.NullMarked;
