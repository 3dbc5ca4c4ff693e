/** Phone numbers as libphonenumber reads them, the one room that knows it. */
@NullMarked
package dev.crmcore.internal.phone;

import org.jspecify.annotations.NullMarked;
