/** How what somebody gave us is quoted in a message. */
@NullMarked
package dev.crmcore.internal.text;

import org.jspecify.annotations.NullMarked;
