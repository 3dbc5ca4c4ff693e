package dev.crmcore.feedback;

import dev.crmcore.customer.CustomerId;
import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.store.Inserted;
import dev.crmcore.work.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What follows from scores, in the transaction in which they are noted. A batch costs one question for the rules, and
 * where a rule speaks, one for the follow-ups of its customers, one insert and one update, however many scores there
 * are. Only the follow-ups that the batch decides are locked one by one, each of them once in its life.
 */
final class ClosedLoop {

    private final Work work;

    /** One for a rule and a customer; several where customers were merged. */
    private final Map<Key, List<FollowUp>> undecided;

    private final Map<Key, FollowUp> opened = new LinkedHashMap<>();
    private final List<FollowUp> decided = new ArrayList<>();

    private ClosedLoop(Work work, Map<Key, List<FollowUp>> undecided) {
        this.work = work;
        this.undecided = undecided;
    }

    private record Key(FeedbackRuleId rule, CustomerId customer) {}

    static void noted(Work work, List<Verdict> verdicts) {
        List<Ruling> rulings = rulings(work, verdicts);
        if (rulings.isEmpty()) {
            return;
        }
        ClosedLoop loop = new ClosedLoop(work, undecided(work, rulings));
        rulings.forEach(loop::apply);
        loop.keepDecided();
        loop.openAll();
    }

    /** A rule that has something to say about a verdict. */
    private record Ruling(FeedbackRule rule, Verdict verdict) {

        Key key() {
            return new Key(rule.id(), verdict.customer());
        }

        boolean isBad() {
            return rule.isAlarmedBy(verdict.score());
        }
    }

    private static List<Ruling> rulings(Work work, List<Verdict> verdicts) {
        if (verdicts.isEmpty()) {
            return List.of();
        }
        List<FeedbackRule> rules = work.store()
                .list(Query.of(FeedbackRule.TYPE)
                        .where(FeedbackRule.ACTIVE.is(true))
                        .orderBy(Order.ascending(FeedbackRule.CREATED_AT)));
        List<Ruling> rulings = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            for (FeedbackRule rule : rules) {
                if (rule.concerns(verdict)
                        && (rule.isAlarmedBy(verdict.score()) || rule.isSatisfiedBy(verdict.score()))) {
                    rulings.add(new Ruling(rule, verdict));
                }
            }
        }
        return rulings;
    }

    private static Map<Key, List<FollowUp>> undecided(Work work, List<Ruling> rulings) {
        Map<Key, Instant> scored = new HashMap<>();
        rulings.forEach(ruling -> scored.merge(ruling.key(), ruling.verdict.at(), ClosedLoop::later));
        Set<CustomerId> customers = scored.keySet().stream().map(Key::customer).collect(Collectors.toSet());
        List<FollowUp> seen = new ArrayList<>(work.store()
                .list(Query.of(FollowUp.TYPE)
                        .where(FollowUp.CUSTOMER.in(customers).and(FollowUp.STATUS.in(FollowUpStatus.UNDECIDED)))));
        seen.sort(Comparator.comparing(followUp -> followUp.id().value()));
        Map<Key, List<FollowUp>> found = new HashMap<>();
        for (FollowUp followUp : seen) {
            Key key = new Key(followUp.rule(), followUp.customer());
            Instant last = scored.get(key);
            if (last != null) {
                current(work, followUp, last)
                        .ifPresent(current -> found.computeIfAbsent(key, each -> new ArrayList<>())
                                .add(current));
            }
        }
        return found;
    }

    /**
     * What a score will decide is locked, because somebody may decide it by hand at the same time: all of it before any
     * is changed, and in the order of the ids, so that two batches about the same customers wait for one another but
     * never in a circle.
     */
    private static Optional<FollowUp> current(Work work, FollowUp seen, Instant lastScore) {
        return seen.wasResolvedBy(lastScore)
                ? work.store()
                        .lock(FollowUp.TYPE, seen.id())
                        .filter(followUp -> FollowUpStatus.UNDECIDED.contains(followUp.status()))
                : Optional.of(seen);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void apply(Ruling ruling) {
        Instant at = ruling.verdict.at();
        List<FollowUp> mine = undecided.getOrDefault(ruling.key(), new ArrayList<>());
        List<FollowUp> settled =
                mine.stream().filter(followUp -> followUp.wasResolvedBy(at)).toList();
        settled.forEach(followUp -> decide(followUp, ruling));
        mine.removeAll(settled);
        if (ruling.isBad() && mine.isEmpty()) {
            opened.computeIfAbsent(
                    ruling.key(), key -> FollowUp.open(new FollowUpId(work.newId()), ruling.rule, ruling.verdict));
        }
    }

    private void decide(FollowUp settled, Ruling ruling) {
        FollowUpStatus end = ruling.isBad() ? FollowUpStatus.LOST : FollowUpStatus.RECOVERED;
        decided.add(changed(work, settled, end, ruling.verdict.at(), null));
    }

    /** Before others are opened: what is decided holds the key of its customer no longer. */
    private void keepDecided() {
        if (!decided.isEmpty()) {
            work.store().update(FollowUp.TYPE, decided);
        }
    }

    private void openAll() {
        if (opened.isEmpty()) {
            return;
        }
        List<FollowUp> all = List.copyOf(opened.values());
        for (Inserted<FollowUp> outcome : work.store().insertIfAbsent(FollowUp.TYPE, all, FollowUp.BY_PENDING_KEY)) {
            if (outcome.isNew()) {
                work.record(FollowUpEvent.of("opened", outcome.entity()));
            }
        }
    }

    static FollowUp change(Work work, FollowUp followUp, FollowUpStatus next, Instant at, @Nullable String outcome) {
        return work.store()
                .update(FollowUp.TYPE, List.of(changed(work, followUp, next, at, outcome)))
                .get(0);
    }

    private static FollowUp changed(
            Work work, FollowUp followUp, FollowUpStatus next, Instant at, @Nullable String outcome) {
        FollowUp changed = followUp.become(next, at, outcome);
        work.record(FollowUpEvent.of(next.name().toLowerCase(Locale.ROOT), changed));
        return changed;
    }
}
