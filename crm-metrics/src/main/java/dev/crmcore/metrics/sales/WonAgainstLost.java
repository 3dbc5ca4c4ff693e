package dev.crmcore.metrics.sales;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.internal.PeriodOfDay;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import dev.crmcore.metrics.retention.AalenJohansen;
import dev.crmcore.metrics.retention.CompetingTime;
import dev.crmcore.metrics.retention.CumulativeIncidence;
import java.time.LocalDate;

/**
 * The share of opportunities that are won, and that are lost, within so many days of their creation. Winning and losing compete:
 * what is lost will not be won any more, and what is open says only that neither has happened yet. So no cohort has to wait
 * until its last opportunity is closed, and slow losses do not make the win rate look good.
 *
 * <p>What happened after {@code asOf} was not known on that day: opportunities created later are left out, those closed later count
 * as open.
 *
 * <p>Byte form, version 1: i32 asOf in days since 1970, then the state of {@link AalenJohansen} with its i32 length.
 *
 * <p>Mutable, not thread-safe. State: 16 bytes for each distinct number of days and kind of end.
 */
public final class WonAgainstLost implements Accumulator<Opportunity, WonAgainstLost, CumulativeIncidence> {

    /** What the curves mean. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("won-against-lost", 1)
            .name("Won against lost")
            .kind(KpiKind.KEYED)
            .unit("share of opportunities, 0 to 1, by days since creation")
            .formula("Aalen-Johansen cumulative incidence of won and of lost as competing events, open ones censored at"
                    + " asOf")
            .emptyRule("undefined without an opportunity")
            .source("Aalen and Johansen 1978")
            .build();

    /** The cause under which the result has what was won. */
    public static final int WON = 1;

    /** The cause under which the result has what was lost. */
    public static final int LOST = 2;

    private static final int FORMAT = 1;
    private static final AccumulatorType<CompetingTime, AalenJohansen, CumulativeIncidence> CURVES =
            AalenJohansen.ofCauses(2);

    private final int asOf;
    private AalenJohansen curves = CURVES.create();

    private WonAgainstLost(int asOf) {
        this.asOf = asOf;
    }

    /**
     * The curves as of a day.
     *
     * @param asOf the last day of which the data know
     * @return how to begin, resume and collect
     * @throws IllegalArgumentException if the day is outside the years 1 to 9999
     */
    public static AccumulatorType<Opportunity, WonAgainstLost, CumulativeIncidence> asOf(LocalDate asOf) {
        int day = PeriodOfDay.checked(asOf.toEpochDay());
        return AccumulatorType.of(DEFINITION, () -> new WonAgainstLost(day), bytes -> fromBytes(bytes, day));
    }

    @Override
    public void add(Opportunity opportunity) {
        int created = PeriodOfDay.checked(opportunity.created().toEpochDay());
        int closed = opportunity
                .closed()
                .map(day -> PeriodOfDay.checked(day.toEpochDay()))
                .orElse(Integer.MAX_VALUE);
        if (created > asOf) {
            return;
        }
        if (closed > asOf) {
            curves.add(asOf - created, 0);
        } else {
            curves.add(closed - created, opportunity.isWon() ? WON : LOST);
        }
    }

    @Override
    public void merge(WonAgainstLost other) {
        if (asOf != other.asOf) {
            throw new IllegalArgumentException("opportunities as of " + LocalDate.ofEpochDay(asOf)
                    + " do not merge with those as of " + LocalDate.ofEpochDay(other.asOf));
        }
        curves.merge(other.curves);
    }

    @Override
    public CumulativeIncidence result() {
        return curves.result();
    }

    @Override
    public byte[] toBytes() {
        return new StateWriter(DEFINITION.id(), FORMAT)
                .putInt(asOf)
                .putBytes(curves.toBytes())
                .toBytes();
    }

    private static WonAgainstLost fromBytes(byte[] bytes, int asOf) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        int found = reader.getInt();
        if (found != asOf) {
            throw reader.malformed("opportunities as of day " + found + " since 1970");
        }
        WonAgainstLost read = new WonAgainstLost(asOf);
        read.curves = CURVES.fromBytes(reader.getBytes());
        reader.end();
        return read;
    }
}
