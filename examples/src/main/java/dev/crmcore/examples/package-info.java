/**
 * A small host application, to try the library with and to learn from.
 *
 * <p>{@link dev.crmcore.examples.QuickStart} brings a purchase log and survey answers into a store and reports on them. It
 * uses what the libraries export and nothing else: {@code StoreLocation} opens a store, {@code Inputs} checks and imports
 * files, {@code Report} reads the figures. {@link dev.crmcore.examples.TwentyLines} is the shortest tour.
 */
@NullMarked
package dev.crmcore.examples;

import org.jspecify.annotations.NullMarked;
