/** Where ids of records come from, the one room that knows the UUID library. */
@NullMarked
package dev.crmcore.internal.id;

import org.jspecify.annotations.NullMarked;
