package dev.crmcore.store.memory;

import dev.crmcore.context.DuplicateException;
import dev.crmcore.store.EventRecord;
import dev.crmcore.store.LogPosition;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.LoggedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The committed events of a tenant in their order, found by position, record and actor. Changed under the tenant's write
 * lock, read under the read lock.
 */
final class EventLog {

    private final List<LoggedEvent> all = new ArrayList<>();
    private final Map<UUID, List<LoggedEvent>> bySubject = new HashMap<>();
    private final Map<String, List<LoggedEvent>> byActor = new HashMap<>();
    private final Set<UUID> ids = new HashSet<>();

    /** Refuses events of which one is in the log already, or comes twice. */
    void requireNew(List<EventRecord> events) {
        Set<UUID> others = new HashSet<>();
        for (EventRecord event : events) {
            if (ids.contains(event.id()) || !others.add(event.id())) {
                throw new DuplicateException("event", "id", event.id(), null);
            }
        }
    }

    void append(EventRecord event) {
        LoggedEvent logged = new LoggedEvent(new LogPosition(all.size() + 1L), event);
        all.add(logged);
        ids.add(event.id());
        bySubject
                .computeIfAbsent(event.subjectId(), subject -> new ArrayList<>(1))
                .add(logged);
        byActor.computeIfAbsent(event.actor(), actor -> new ArrayList<>()).add(logged);
    }

    List<LoggedEvent> read(LogQuery query) {
        List<LoggedEvent> events = candidates(query);
        List<LoggedEvent> found = new ArrayList<>();
        for (int i = firstAfter(events, query.after()); i < events.size() && found.size() < query.limit(); i++) {
            LoggedEvent logged = events.get(i);
            if (query.actor().map(logged.event().actor()::equals).orElse(true)) {
                found.add(logged);
            }
        }
        return found;
    }

    private List<LoggedEvent> candidates(LogQuery query) {
        Optional<UUID> subject = query.subject();
        if (subject.isPresent()) {
            return bySubject.getOrDefault(subject.get(), List.of());
        }
        return query.actor()
                .map(actor -> byActor.getOrDefault(actor, List.of()))
                .orElse(all);
    }

    private static int firstAfter(List<LoggedEvent> events, LogPosition after) {
        int low = 0;
        int high = events.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (events.get(middle).position().compareTo(after) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** All events so far, as a list of its own. */
    List<EventRecord> events() {
        return all.stream().map(LoggedEvent::event).toList();
    }
}
