/**
 * What customers write, as figures: the sentiment of their words and the themes they speak of.
 *
 * <p>{@link dev.crmcore.metrics.feedback.text.Vader} scores any English text by rules and says which word did what;
 * {@link dev.crmcore.metrics.feedback.text.SentimentModel} learns from a host's own rated texts how its customers put it.
 * {@link dev.crmcore.metrics.feedback.text.ThemeTaxonomy} finds themes by keywords,
 * {@link dev.crmcore.metrics.feedback.text.Keyness} the words that set two groups of texts apart.
 *
 * <pre>{@code
 * Vader.english().score("The refund took 3 weeks!!! UNACCEPTABLE.").compound();   // -0.6817
 * }</pre>
 */
@NullMarked
package dev.crmcore.metrics.feedback.text;

import org.jspecify.annotations.NullMarked;
