package dev.crmcore.feedback;

import dev.crmcore.customer.CustomerId;
import dev.crmcore.event.DomainEvent;
import dev.crmcore.value.JsonObject;
import java.util.Objects;

/**
 * Something happened to an invitation: {@code survey_invitation.invited}, {@code .sent}, {@code .reminded}, {@code
 * .opened}, {@code .expired} or {@code .withdrawn}. That it was answered is told by the response.
 *
 * @param type what
 * @param subjectId to which
 * @param customer who is invited
 * @param survey the survey's key
 */
public record InvitationEvent(String type, InvitationId subjectId, CustomerId customer, String survey)
        implements DomainEvent {

    /**
     * Checks the parts.
     *
     * @param type what
     * @param subjectId to which
     * @param customer who is invited
     * @param survey the survey's key
     */
    public InvitationEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(subjectId, "subjectId");
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(survey, "survey");
    }

    static InvitationEvent of(String what, SurveyInvitation invitation) {
        return new InvitationEvent(
                "survey_invitation." + what, invitation.id(), invitation.customer(), invitation.surveyKey());
    }

    @Override
    public String subjectType() {
        return "survey_invitation";
    }

    @Override
    public JsonObject data() {
        return JsonObject.builder()
                .put("customer", customer.value().toString())
                .put("survey", survey)
                .build();
    }
}
