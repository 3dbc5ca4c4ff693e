/**
 * What customers say, as figures: NPS, CSAT, CES, star ratings, survey scales of several items, response rates and the
 * rate of customers won back, each with its interval and its test of change.
 *
 * <p>A {@link dev.crmcore.metrics.feedback.RatingScale} says which answers there are, which way is up and which answers
 * count as good and bad; answers of two scales never mix. Answers are checked first
 * ({@link dev.crmcore.metrics.feedback.RatingScale#check(CharSequence)}), then a named
 * {@link dev.crmcore.metrics.feedback.DuplicatePolicy} decides which answers of one customer count, then a score is made:
 *
 * <pre>{@code
 * List<SurveyAnswer> counted = DuplicatePolicy.LATEST_PER_CUSTOMER.apply(answers);
 * NpsScore score = counted.stream().map(SurveyAnswer::score).collect(Nps.collector());
 *
 * score.estimate();                         // value, P - D, n, interval; or why there is none
 * score.changeFrom(lastQuarter).test();     // z and p-value
 * }</pre>
 */
@NullMarked
package dev.crmcore.metrics.feedback;

import org.jspecify.annotations.NullMarked;
