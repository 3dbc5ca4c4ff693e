package dev.crmcore.insights;

import dev.crmcore.interaction.Interaction;
import dev.crmcore.interaction.Touchpoint;
import dev.crmcore.metrics.CustomerNumbers;
import dev.crmcore.metrics.journey.EventLog;
import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.store.RowCursor;
import dev.crmcore.work.Work;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Reads the steps of journeys customer by customer, each in the order of time: one scan of the interactions, after one of the
 * corrections and, where they are asked for, one of the touchpoints. What was corrected is no step; the correction is.
 */
final class JourneyReading {

    /** Receives the steps. */
    @FunctionalInterface
    interface Visitor {
        void visit(UUID customer, long micros, String step);
    }

    private final Work work;
    private final RecordScope<Interaction> scope;
    private final JourneyStep step;

    JourneyReading(Work work, RecordScope<Interaction> scope, JourneyStep step) {
        this.work = work;
        this.scope = scope;
        this.step = Objects.requireNonNull(step, "step");
    }

    EventLog log() {
        CustomerNumbers<UUID> cases = new CustomerNumbers<>();
        EventLog.Builder log = EventLog.builder();
        forEach((customer, micros, name) ->
                log.add(cases.of(customer), log.activity(name), Math.floorDiv(micros, 1_000L)));
        return log.build();
    }

    void forEach(Visitor visitor) {
        Set<UUID> corrected = corrected();
        Map<UUID, String> touchpoints = step == JourneyStep.TOUCHPOINT ? touchpoints() : Map.of();
        Query<Interaction> query = scope.query(work)
                .where(step.field().isPresent())
                .orderBy(Order.ascending(Interaction.CUSTOMER), Order.ascending(Interaction.OCCURRED_AT));
        try (RowCursor rows = work.store()
                .scan(
                        query,
                        List.of(
                                Interaction.TYPE.idField(),
                                Interaction.CUSTOMER,
                                Interaction.OCCURRED_AT,
                                step.field()))) {
            while (rows.next()) {
                if (!corrected.contains(rows.getId(0))) {
                    String name = step == JourneyStep.TOUCHPOINT
                            ? touchpoints.getOrDefault(
                                    rows.getId(3), rows.getId(3).toString())
                            : rows.getText(3);
                    visitor.visit(rows.getId(1), rows.getEpochMicros(2), name);
                }
            }
        }
    }

    private Set<UUID> corrected() {
        Set<UUID> ids = new HashSet<>();
        Query<Interaction> corrections = Query.of(Interaction.TYPE)
                .where(Interaction.CORRECTS.isPresent())
                .asOf(work.now());
        try (RowCursor rows = work.store().scan(corrections, List.of(Interaction.CORRECTS))) {
            while (rows.next()) {
                ids.add(rows.getId(0));
            }
        }
        return ids;
    }

    private Map<UUID, String> touchpoints() {
        Map<UUID, String> names = new HashMap<>();
        try (RowCursor rows = work.store()
                .scan(
                        Query.of(Touchpoint.TYPE).asOf(work.now()),
                        List.of(Touchpoint.TYPE.idField(), Touchpoint.NAME))) {
            while (rows.next()) {
                names.put(rows.getId(0), rows.getText(1));
            }
        }
        return names;
    }
}
