/**
 * Who calls, for whom and why, and what can go wrong.
 *
 * <p>Every call into the library happens for one {@link dev.crmcore.context.TenantId tenant} and under one
 * {@link dev.crmcore.context.CallContext}; both are handed in explicitly, never kept in a thread.
 *
 * <pre>{@code
 * TenantId acme = TenantId.of("acme");
 * CallContext call = CallContext.of("agent:7", "phone order").correlatedWith("req-8812");
 * }</pre>
 *
 * <p>The exceptions are few and carry their facts as readable fields: {@link dev.crmcore.context.CrmException} is
 * their root. A caller's slip (a null, a blank name) is a {@code NullPointerException} or an
 * {@code IllegalArgumentException} as anywhere in Java.
 *
 * @serial exclude
 */
@NullMarked
package dev.crmcore.context;

import org.jspecify.annotations.NullMarked;
