package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.CalendarPeriod;
import dev.crmcore.metrics.PeriodUnit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Which answers of one customer count. The policy is a declared part of a score: the same answers give other figures under
 * another one.
 *
 * <p>A policy is applied after the answers were checked, in the order of (time, id), whatever order they come in. It needs all
 * answers at once, so it is a batch function: time n log n, memory in proportion to the answers.
 *
 * <p>Immutable and thread-safe.
 */
public final class DuplicatePolicy {

    /** Every answer counts. */
    public static final DuplicatePolicy ALL = new DuplicatePolicy("ALL", List::copyOf);

    /** The last answer of each customer counts. */
    public static final DuplicatePolicy LATEST_PER_CUSTOMER =
            new DuplicatePolicy("LATEST_PER_CUSTOMER", sorted -> latest(sorted, SurveyAnswer::customer));

    /** The first answer of each customer counts. */
    public static final DuplicatePolicy FIRST_PER_CUSTOMER =
            new DuplicatePolicy("FIRST_PER_CUSTOMER", sorted -> first(sorted, SurveyAnswer::customer));

    private final String name;
    private final Function<List<SurveyAnswer>, List<SurveyAnswer>> choice;

    private DuplicatePolicy(String name, Function<List<SurveyAnswer>, List<SurveyAnswer>> choice) {
        this.name = name;
        this.choice = choice;
    }

    /**
     * The last answer of each customer in each calendar period counts.
     *
     * @param unit the reporting period
     * @param zone the zone in which the business counts its days
     * @return the policy
     */
    public static DuplicatePolicy latestPerCustomerIn(PeriodUnit unit, ZoneId zone) {
        return new DuplicatePolicy(
                "LATEST_PER_CUSTOMER_AND_" + unit + "(" + zone + ")", sorted -> latest(sorted, window(unit, zone)));
    }

    /**
     * The first answer of each customer in each calendar period counts.
     *
     * @param unit the reporting period
     * @param zone the zone in which the business counts its days
     * @return the policy
     */
    public static DuplicatePolicy firstPerCustomerIn(PeriodUnit unit, ZoneId zone) {
        return new DuplicatePolicy(
                "FIRST_PER_CUSTOMER_AND_" + unit + "(" + zone + ")", sorted -> first(sorted, window(unit, zone)));
    }

    /**
     * An answer counts if the customer's answer that counted before it is at least some days of 24 hours older.
     *
     * @param days the length of the quarantine, at least 1
     * @return the policy
     * @throws IllegalArgumentException if {@code days} is below 1
     */
    public static DuplicatePolicy quarantine(int days) {
        if (days < 1) {
            throw new IllegalArgumentException("days must be at least 1, not " + days);
        }
        return new DuplicatePolicy("QUARANTINE_" + days + "_DAYS", sorted -> spaced(sorted, Duration.ofDays(days)));
    }

    /**
     * The policy's name, to be printed beside the score.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Chooses the answers that count.
     *
     * @param answers checked answers in any order
     * @return those that count, ordered by time and id, immutable
     */
    public List<SurveyAnswer> apply(Collection<SurveyAnswer> answers) {
        List<SurveyAnswer> sorted = new ArrayList<>(answers);
        sorted.sort(SurveyAnswer.BY_TIME);
        return choice.apply(sorted);
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }

    private static List<SurveyAnswer> first(List<SurveyAnswer> sorted, Function<SurveyAnswer, Object> key) {
        Map<Object, SurveyAnswer> chosen = new HashMap<>();
        return sorted.stream()
                .filter(answer -> chosen.putIfAbsent(key.apply(answer), answer) == null)
                .toList();
    }

    private static List<SurveyAnswer> latest(List<SurveyAnswer> sorted, Function<SurveyAnswer, Object> key) {
        Map<Object, Integer> last = new HashMap<>();
        for (int i = 0; i < sorted.size(); i++) {
            last.put(key.apply(sorted.get(i)), i);
        }
        return last.values().stream().sorted().map(sorted::get).toList();
    }

    private static List<SurveyAnswer> spaced(List<SurveyAnswer> sorted, Duration quarantine) {
        Map<String, Instant> accepted = new HashMap<>();
        List<SurveyAnswer> chosen = new ArrayList<>();
        for (SurveyAnswer answer : sorted) {
            Instant before = accepted.get(answer.customer());
            if (before == null || Duration.between(before, answer.at()).compareTo(quarantine) >= 0) {
                accepted.put(answer.customer(), answer.at());
                chosen.add(answer);
            }
        }
        return List.copyOf(chosen);
    }

    private static Function<SurveyAnswer, Object> window(PeriodUnit unit, ZoneId zone) {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(zone, "zone");
        record Window(String customer, CalendarPeriod period) {}
        return answer -> new Window(answer.customer(), CalendarPeriod.of(unit, answer.at(), zone));
    }
}
