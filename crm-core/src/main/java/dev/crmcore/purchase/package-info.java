/**
 * What customers buy and bring back: products, purchases with their lines, returns.
 *
 * <p>A purchase adds up to the minor unit of its currency: the total is the sum of its lines and the shipping. What is
 * returned never exceeds what was bought, also when two tills take the same thing back at once: the purchase is the
 * guard record that each return locks.
 *
 * <pre>{@code
 * Purchase purchase = desk.purchases().record(Purchase.by(ann.id()).at(placedAt)
 *         .line("SKU-1", 2, Money.of("14.50", "EUR"))
 *         .discount(Money.of("1.00", "EUR"))                 // spread over the lines without losing a cent
 *         .externalId("shop", "10017"));                     // delivered twice, it is one purchase
 * desk.purchases().takeBack(purchase.id(), Return.at(returnedAt).line(1, 1, "too small"));
 * }</pre>
 */
@NullMarked
package dev.crmcore.purchase;

import org.jspecify.annotations.NullMarked;
