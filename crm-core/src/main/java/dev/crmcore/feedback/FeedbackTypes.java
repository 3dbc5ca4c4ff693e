package dev.crmcore.feedback;

import dev.crmcore.store.EntityType;
import java.util.List;

/** The stored types of this package, for the catalog of a store. */
public final class FeedbackTypes {

    private FeedbackTypes() {}

    /**
     * All of them.
     *
     * @return the types
     */
    public static List<EntityType<?>> all() {
        return List.of(
                Survey.TYPE,
                SurveyInvitation.TYPE,
                SurveyResponse.TYPE,
                IncentiveGrant.TYPE,
                Review.TYPE,
                FeedbackRule.TYPE,
                FollowUp.TYPE);
    }
}
