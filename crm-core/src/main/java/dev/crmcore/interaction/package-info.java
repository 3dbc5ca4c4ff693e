/**
 * What happened between customers and the company: interactions, the places where they meet, and the timeline of everything
 * that any package knows of a customer.
 *
 * <pre>{@code
 * interactions.record(Interaction.with(ann.id(), "order question", Channel.CALL).inbound()
 *         .lasting(Duration.ofMinutes(4)).externalId("pbx", "c-8812"));
 *
 * TimelinePage latest = timeline.of(ann.id()).newestFirst().page(20);
 * }</pre>
 */
@NullMarked
package dev.crmcore.interaction;

import org.jspecify.annotations.NullMarked;
