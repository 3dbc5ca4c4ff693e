package dev.crmcore.feedback;

import dev.crmcore.customer.CustomerId;
import dev.crmcore.event.DomainEvent;
import dev.crmcore.value.JsonObject;
import java.util.Objects;

/**
 * A customer has earned the incentive of a survey: {@code incentive.granted}, caused by the event of the response. It is
 * noted once for each customer and survey, so whoever hands the incentive out takes the grant's id for the delivery.
 *
 * @param subjectId which grant
 * @param survey for which survey
 * @param customer whose it is
 * @param incentive what
 */
public record IncentiveGranted(IncentiveGrantId subjectId, SurveyId survey, CustomerId customer, Incentive incentive)
        implements DomainEvent {

    /**
     * Checks the parts.
     *
     * @param subjectId which grant
     * @param survey for which survey
     * @param customer whose it is
     * @param incentive what
     */
    public IncentiveGranted {
        Objects.requireNonNull(subjectId, "subjectId");
        Objects.requireNonNull(survey, "survey");
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(incentive, "incentive");
    }

    static IncentiveGranted of(IncentiveGrant grant) {
        return new IncentiveGranted(grant.id(), grant.survey(), grant.customer(), grant.incentive());
    }

    @Override
    public String type() {
        return "incentive.granted";
    }

    @Override
    public String subjectType() {
        return "incentive_grant";
    }

    @Override
    public JsonObject data() {
        return JsonObject.builder()
                .put("survey", survey.value().toString())
                .put("customer", customer.value().toString())
                .put("kind", incentive.kind())
                .put("amount", incentive.amount())
                .build();
    }
}
