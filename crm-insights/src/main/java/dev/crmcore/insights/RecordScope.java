package dev.crmcore.insights;

import dev.crmcore.feedback.FollowUp;
import dev.crmcore.feedback.Review;
import dev.crmcore.feedback.ReviewStatus;
import dev.crmcore.feedback.SurveyInvitation;
import dev.crmcore.interaction.Interaction;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Field;
import dev.crmcore.query.Query;
import dev.crmcore.store.EntityType;
import dev.crmcore.work.Work;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;

/**
 * Which interactions, invitations, reviews or follow-ups a figure is about, and in which zone the business counts its days.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <T> the record
 */
public final class RecordScope<T> {

    private final EntityType<T> type;
    private final Field<T, Instant> at;
    private final ZoneId zone;
    private final Condition<T> where;

    private RecordScope(EntityType<T> type, Field<T, Instant> at, ZoneId zone, Condition<T> where) {
        this.type = type;
        this.at = at;
        this.zone = Objects.requireNonNull(zone, "zone");
        this.where = where;
    }

    /**
     * All interactions, by when they happened.
     *
     * @param zone the zone in which the business counts its days
     * @return the scope
     */
    public static RecordScope<Interaction> interactions(ZoneId zone) {
        return new RecordScope<>(Interaction.TYPE, Interaction.OCCURRED_AT, zone, Condition.always());
    }

    /**
     * All invitations that were sent or handed over, by when they first were.
     *
     * @param zone the zone in which the business counts its days
     * @return the scope
     */
    public static RecordScope<SurveyInvitation> invitations(ZoneId zone) {
        return new RecordScope<>(
                SurveyInvitation.TYPE, SurveyInvitation.SENT_AT, zone, SurveyInvitation.SENT_AT.isPresent());
    }

    /**
     * All reviews that are published, by when they were written.
     *
     * @param zone the zone in which the business counts its days
     * @return the scope
     */
    public static RecordScope<Review> reviews(ZoneId zone) {
        return new RecordScope<>(Review.TYPE, Review.REVIEWED_AT, zone, Review.STATUS.is(ReviewStatus.PUBLISHED));
    }

    /**
     * All follow-ups, by when they were opened.
     *
     * @param zone the zone in which the business counts its days
     * @return the scope
     */
    public static RecordScope<FollowUp> followUps(ZoneId zone) {
        return new RecordScope<>(FollowUp.TYPE, FollowUp.OPENED_AT, zone, Condition.always());
    }

    /**
     * Of these, the records from a day on.
     *
     * @param first the first day
     * @return a copy
     */
    public RecordScope<T> from(LocalDate first) {
        return where(at.atLeast(first.atStartOfDay(zone).toInstant()));
    }

    /**
     * Of these, the records up to a day.
     *
     * @param last the last day, with all its hours in the zone
     * @return a copy
     */
    public RecordScope<T> until(LocalDate last) {
        return where(at.lessThan(last.plusDays(1).atStartOfDay(zone).toInstant()));
    }

    /**
     * Of these, the records that also fulfil a condition, such as a channel or a survey.
     *
     * @param condition the condition
     * @return a copy
     */
    public RecordScope<T> where(Condition<T> condition) {
        return new RecordScope<>(type, at, zone, where.and(condition));
    }

    /**
     * The zone in which the business counts its days.
     *
     * @return the zone
     */
    public ZoneId zone() {
        return zone;
    }

    /** When a record counts. */
    Field<T, Instant> at() {
        return at;
    }

    /** The question for these records, asked now. */
    Query<T> query(Work work) {
        return Query.of(type).where(where).asOf(work.now());
    }

    @Override
    public String toString() {
        return "RecordScope[" + type.name() + " where " + where + " in " + zone + "]";
    }
}
