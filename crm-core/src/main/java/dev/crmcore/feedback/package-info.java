/**
 * What customers say, and what is done about it: surveys, invitations, responses, reviews, and the closed loop.
 *
 * <pre>{@code
 * Survey nps = desk.feedback().define(Survey.nps("nps", "How likely are you to recommend us?"));
 * desk.feedback().publish(nps.id());
 * desk.followUps().define(FeedbackRule.onSurvey("nps", ScoreScale.NPS, 6)          // 6 or worse
 *         .owner("team:care").within(Duration.ofHours(4), deskHours));
 *
 * desk.feedback().submit(nps.id(), ann.id(), 3, "nobody called back");             // opens a follow-up
 * desk.followUps().overdue(50, null);
 * }</pre>
 *
 * <p>A survey is a row of editions: what was published is never changed, a revision is the next edition, and each response
 * says which edition it answers. Answers are kept as given; which of several by one person counts is for the figures to
 * decide. A response that a {@link dev.crmcore.feedback.FeedbackRule} finds bad opens a {@link
 * dev.crmcore.feedback.FollowUp} in the same transaction.
 */
@NullMarked
package dev.crmcore.feedback;

import org.jspecify.annotations.NullMarked;
