package dev.crmcore.feedback;

import dev.crmcore.context.TenantId;
import dev.crmcore.customer.CustomerId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One message to be brought to a customer: an invitation, or a reminder of it.
 *
 * <p>Immutable and thread-safe; {@code toString} leaves the token out.
 */
public final class InvitationDelivery {

    private final TenantId tenant;
    private final InvitationId invitation;
    private final int number;
    private final SurveyId survey;
    private final String surveyKey;
    private final CustomerId customer;
    private final String token;
    private final Instant expiresAt;
    private final @Nullable String channel;

    InvitationDelivery(TenantId tenant, SurveyInvitation invitation, String token) {
        this.tenant = tenant;
        this.invitation = invitation.id();
        this.number = invitation.deliveries();
        this.survey = invitation.survey();
        this.surveyKey = invitation.surveyKey();
        this.customer = invitation.customer();
        this.token = token;
        this.expiresAt = invitation.expiresAt();
        this.channel = invitation.channel().orElse(null);
    }

    /**
     * The id of this delivery: the same whenever and on whatever node it is tried again, another for each reminder.
     *
     * @return the id of the invitation, a slash and {@link #number()}
     */
    public String id() {
        return invitation.value() + "/" + number;
    }

    /**
     * Whose customer.
     *
     * @return the tenant
     */
    public TenantId tenant() {
        return tenant;
    }

    /**
     * Which invitation.
     *
     * @return the invitation
     */
    public InvitationId invitation() {
        return invitation;
    }

    /**
     * The how manieth message it is.
     *
     * @return 0 for the invitation, from 1 on for its reminders
     */
    public int number() {
        return number;
    }

    /**
     * Whether it is a reminder.
     *
     * @return whether the invitation was delivered before
     */
    public boolean isReminder() {
        return number > 0;
    }

    /**
     * To which survey.
     *
     * @return the survey
     */
    public SurveyId survey() {
        return survey;
    }

    /**
     * The key of the survey.
     *
     * @return the key
     */
    public String surveyKey() {
        return surveyKey;
    }

    /**
     * To whom.
     *
     * @return the customer
     */
    public CustomerId customer() {
        return customer;
    }

    /**
     * What the link to the survey carries. Who has it may answer in the customer's name: do not log it.
     *
     * @return the token: letters, digits, - and _
     */
    public String token() {
        return token;
    }

    /**
     * Until when it can be answered.
     *
     * @return the first instant at which it no longer can
     */
    public Instant expiresAt() {
        return expiresAt;
    }

    /**
     * Through which channel.
     *
     * @return the channel, if the invitation names one
     */
    public Optional<String> channel() {
        return Optional.ofNullable(channel);
    }

    @Override
    public String toString() {
        return "InvitationDelivery[" + id() + "]";
    }
}
