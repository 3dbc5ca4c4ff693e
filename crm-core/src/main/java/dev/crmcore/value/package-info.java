/**
 * The values that a CRM is made of: money, addresses, phone numbers, names, ids of other systems.
 *
 * <p>Each is immutable and checked when it is made, so whoever holds one need not check again. What a person typed is
 * kept as typed; what is compared is normalised beside it. Text that is refused comes back as
 * {@link dev.crmcore.value.InvalidValueException} with the reason in words. No {@code toString} here prints personal data.
 *
 * <pre>{@code
 * Money total = Money.of("14.50", "EUR").times(2);                        // 29.00 EUR
 * EmailAddress mail = EmailAddress.parse("Ann@Example.com");              // compares as ann@example.com
 * PhoneNumber phone = PhoneNumber.parse("(030) 1234567", "DE");           // +49301234567
 * PersonName name = PersonName.of("Zoë", "Łukasz");                       // found as "zoe lukasz"
 * JsonObject settings = JsonObject.parse("{\"theme\": \"dark\"}");
 * }</pre>
 */
@NullMarked
package dev.crmcore.value;

import org.jspecify.annotations.NullMarked;
