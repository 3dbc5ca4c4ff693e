/** How what others throw gets into our log without what it says. */
@NullMarked
package dev.crmcore.internal.failure;

import org.jspecify.annotations.NullMarked;
