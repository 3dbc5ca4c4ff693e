/**
 * What the services promise, told as scenarios over whatever store a module has: each module's tests run them by
 * extending them with a way to open its store.
 */
@NullMarked
package dev.crmcore.scenario;

import org.jspecify.annotations.NullMarked;
