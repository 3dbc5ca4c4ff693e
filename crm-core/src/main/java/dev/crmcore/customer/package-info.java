/**
 * Who the customers are: people and organizations, how they are reached, what they are called elsewhere, and whatever else
 * a host keeps of them.
 *
 * <pre>{@code
 * Customer ann = customers.register(Customer.named("Ann", "Lee")
 *         .email("ann@example.com").phone("+49 30 1234567").externalId("shop", "4711").attribute("plan", "gold"));
 *
 * customers.findByContact(ContactPoint.email("ANN@example.com"));         // Ann
 * customers.list(Query.of(Customer.TYPE)
 *         .where(Customer.attribute("plan").is("gold").and(Customer.TAGS.contains("vip"))).limit(50));
 * customers.update(ann.id(), customer -> customer.tagged("vip"));
 * }</pre>
 */
@NullMarked
package dev.crmcore.customer;

import org.jspecify.annotations.NullMarked;
