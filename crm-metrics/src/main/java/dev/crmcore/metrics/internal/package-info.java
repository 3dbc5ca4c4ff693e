/** Special functions, optimisers, primitive collections and the byte form of states; not exported. */
@NullMarked
package dev.crmcore.metrics.internal;

import org.jspecify.annotations.NullMarked;
