/** JSON text to and from plain maps, the one room that knows Jackson. */
@NullMarked
package dev.crmcore.internal.json;

import org.jspecify.annotations.NullMarked;
