package dev.crmcore.feedback;

import dev.crmcore.customer.CustomerId;
import dev.crmcore.query.Query;
import dev.crmcore.store.Inserted;
import dev.crmcore.work.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Grants what surveys promise, in the transaction in which responses are noted. A batch costs one question and one insert,
 * and nothing at all where no survey promises anything.
 */
final class Incentives {

    private Incentives() {}

    private record Key(SurveyId survey, CustomerId customer) {

        static Key of(IncentiveGrant grant) {
            return new Key(grant.survey(), grant.customer());
        }
    }

    /**
     * Grants to those who have not earned it before.
     *
     * @param responses each with the event that notes it
     */
    static void noted(Work work, Map<SurveyId, Survey> surveys, Map<SurveyResponse, UUID> responses) {
        Map<ResponseId, UUID> causes = new HashMap<>();
        List<IncentiveGrant> earned = new ArrayList<>();
        responses.forEach((response, event) -> Objects.requireNonNull(surveys.get(response.survey()))
                .incentiveFor(response)
                .ifPresent(incentive -> {
                    causes.put(response.id(), event);
                    earned.add(IncentiveGrant.of(new IncentiveGrantId(work.newId()), response, incentive, work.now()));
                }));
        if (earned.isEmpty()) {
            return;
        }
        Set<Key> known = known(work, earned);
        List<IncentiveGrant> first =
                earned.stream().filter(grant -> known.add(Key.of(grant))).toList();
        // Where two responses come at once neither is known yet, and the key lets one of them through
        for (Inserted<IncentiveGrant> outcome :
                work.store().insertIfAbsent(IncentiveGrant.TYPE, first, IncentiveGrant.BY_RESPONDENT)) {
            if (outcome.isNew()) {
                IncentiveGrant grant = outcome.entity();
                work.record(IncentiveGranted.of(grant), causes.get(grant.response()));
            }
        }
    }

    /** By customer, not by respondent: what somebody had earned who was merged into the customer counts. */
    private static Set<Key> known(Work work, List<IncentiveGrant> earned) {
        Query<IncentiveGrant> query = Query.of(IncentiveGrant.TYPE)
                .where(IncentiveGrant.CUSTOMER
                        .in(earned.stream().map(IncentiveGrant::customer).collect(Collectors.toSet()))
                        .and(IncentiveGrant.SURVEY.in(
                                earned.stream().map(IncentiveGrant::survey).collect(Collectors.toSet()))));
        return work.store().list(query).stream().map(Key::of).collect(Collectors.toCollection(HashSet::new));
    }
}
