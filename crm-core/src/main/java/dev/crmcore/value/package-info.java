/**
 * The values that a CRM is made of: money, addresses, phone numbers, names, ids of other systems.
 *
 * <p>Each is immutable and checked when it is made, so whoever holds one need not check again. What a person typed is
 * kept as typed; what is compared is normalised beside it. Text that is refused comes back as
 * {@link dev.crmcore.value.InvalidValueException} with the reason in words. No {@code toString} here prints personal data.
 *
 * <pre>{@code
 * JsonObject settings = JsonObject.parse("{\"theme\": \"dark\", \"pageSize\": 50}");
 * long pageSize = settings.longValue("pageSize").orElse(20);
 * }</pre>
 */
@NullMarked
package dev.crmcore.value;

import org.jspecify.annotations.NullMarked;
