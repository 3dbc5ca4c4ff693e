package dev.crmcore.metrics.sales;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.CountedValues;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.internal.LongMoments;
import dev.crmcore.metrics.internal.PeriodOfDay;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import dev.crmcore.metrics.internal.WideSum;
import java.time.LocalDate;

/**
 * What was won and lost in a period, how fast, and what that makes of the opportunities at hand. Give it every opportunity of
 * which the period knows: those created, open or closed in it; others change nothing.
 *
 * <p>Byte form, version 1: i32 first day and i32 day after the last, in days since 1970; u64 opportunities open in the period, u64
 * created in it, u64 of these won, u64 of these lost; number, sum and sum of squares (u64, u64, 128 bits) of the amounts won and of
 * those lost in the period; sum of amount times days of those won (128 bits); and, each in a frame of its own with its i32 length,
 * amounts won and days to win.
 *
 * <p>Mutable, not thread-safe. State: 16 bytes for each distinct amount won and each distinct number of days.
 */
public final class SalesPeriod implements Accumulator<Opportunity, SalesPeriod, SalesFigures> {

    /** What is counted; the figures of {@link SalesFigures} have definitions of their own. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("sales-period", 1)
            .name("Sales of a period")
            .kind(KpiKind.KEYED)
            .unit("opportunities, days, and minor units of a currency")
            .formula(
                    "opportunities created, open, won and lost in the period, amounts and days from creation to closing")
            .variant("the period: from its first day up to, not including, the day after its last")
            .emptyRule("counts of 0")
            .source("usual practice")
            .build();

    private static final int FORMAT = 1;

    private final int from;
    private final int to;
    private long openInPeriod;
    private long created;
    private long createdWon;
    private long createdLost;
    private LongMoments won = new LongMoments();
    private LongMoments lost = new LongMoments();
    private WideSum amountDays = new WideSum();
    private CountedValues wonAmounts = CountedValues.of(SalesFigures.WON_AMOUNT).create();
    private CountedValues wonDays = CountedValues.of(SalesFigures.SALES_CYCLE).create();

    private SalesPeriod(int from, int to) {
        this.from = from;
        this.to = to;
    }

    /**
     * The figures of a period.
     *
     * @param from its first day
     * @param to the day after its last, later than {@code from}
     * @return how to begin, resume and collect
     * @throws IllegalArgumentException if the period is empty, or a day is outside the years 1 to 9999
     */
    public static AccumulatorType<Opportunity, SalesPeriod, SalesFigures> between(LocalDate from, LocalDate to) {
        int first = PeriodOfDay.checked(from.toEpochDay());
        int end = PeriodOfDay.checked(to.toEpochDay());
        if (first >= end) {
            throw new IllegalArgumentException("to must be after from on " + from + ", not " + to);
        }
        return AccumulatorType.of(DEFINITION, () -> new SalesPeriod(first, end), bytes -> fromBytes(bytes, first, end));
    }

    @Override
    public void add(Opportunity opportunity) {
        int createdDay = PeriodOfDay.checked(opportunity.created().toEpochDay());
        if (opportunity.closed().isEmpty()) {
            addOpen(createdDay);
        } else {
            addClosed(
                    createdDay, opportunity.closed().get().toEpochDay(), opportunity.isWon(), opportunity.minorUnits());
        }
    }

    /**
     * Counts an opportunity that is open.
     *
     * @param createdDay when it was created, in days since 1970-01-01, in the years 1 to 9999
     * @throws IllegalArgumentException if the day is out of range
     */
    public void addOpen(long createdDay) {
        int day = PeriodOfDay.checked(createdDay);
        created += isIn(day) ? 1 : 0;
        openInPeriod += day < to ? 1 : 0;
    }

    /**
     * Counts an opportunity that was won or lost.
     *
     * @param createdDay when it was created, in days since 1970-01-01, in the years 1 to 9999
     * @param closedDay when it was closed, not before it was created
     * @param isWon whether it was won
     * @param minorUnits what it is worth in minor units of the currency, not negative
     * @throws IllegalArgumentException if a day is out of range, the days are crossed, or the amount is negative
     * @throws ArithmeticException if the amounts together exceed 64 bits
     */
    public void addClosed(long createdDay, long closedDay, boolean isWon, long minorUnits) {
        int start = PeriodOfDay.checked(createdDay);
        int end = PeriodOfDay.checked(closedDay);
        if (end < start || minorUnits < 0) {
            throw new IllegalArgumentException(
                    "an opportunity must not be closed before it is created, nor be worth less " + "than 0: "
                            + LocalDate.ofEpochDay(start) + " to " + LocalDate.ofEpochDay(end) + ", " + minorUnits);
        }
        if (isIn(end)) {
            requireRoom(minorUnits);
            (isWon ? won : lost).add(minorUnits);
            if (isWon) {
                wonAmounts.add(minorUnits);
                wonDays.add(end - start);
                amountDays.addProduct(minorUnits, end - start);
            }
        }
        openInPeriod += start < to && end >= from ? 1 : 0;
        if (isIn(start)) {
            created++;
            createdWon += isWon ? 1 : 0;
            createdLost += isWon ? 0 : 1;
        }
    }

    private boolean isIn(int day) {
        return from <= day && day < to;
    }

    /** No amount is negative, so what fits into the sum fits into every part of it. */
    private void requireRoom(long more) {
        Math.addExact(Math.addExact(won.sum(), lost.sum()), more);
    }

    @Override
    public void merge(SalesPeriod other) {
        if (from != other.from || to != other.to) {
            throw new IllegalArgumentException("sales from " + LocalDate.ofEpochDay(from) + " to "
                    + LocalDate.ofEpochDay(to) + " do not merge with sales from " + LocalDate.ofEpochDay(other.from)
                    + " to " + LocalDate.ofEpochDay(other.to));
        }
        requireRoom(Math.addExact(other.won.sum(), other.lost.sum()));
        Math.addExact(seen(), other.seen());
        openInPeriod += other.openInPeriod;
        created += other.created;
        createdWon += other.createdWon;
        createdLost += other.createdLost;
        won.add(other.won);
        lost.add(other.lost);
        amountDays.add(other.amountDays);
        wonAmounts.merge(other.wonAmounts);
        wonDays.merge(other.wonDays);
    }

    /** At least as many as any count. */
    private long seen() {
        return Math.addExact(Math.addExact(openInPeriod, created), Math.addExact(won.n(), lost.n()));
    }

    @Override
    public SalesFigures result() {
        return new SalesFigures(
                openInPeriod,
                new long[] {created, createdWon, createdLost},
                won.mean(),
                lost.mean(),
                amountDays.doubleValue(),
                wonAmounts.result(),
                wonDays.result());
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT)
                .putInt(from)
                .putInt(to)
                .putLong(openInPeriod)
                .putLong(created)
                .putLong(createdWon)
                .putLong(createdLost);
        won.write(writer);
        lost.write(writer);
        amountDays.write(writer);
        return writer.putBytes(wonAmounts.toBytes()).putBytes(wonDays.toBytes()).toBytes();
    }

    private static SalesPeriod fromBytes(byte[] bytes, int from, int to) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        int foundFrom = reader.getInt();
        int foundTo = reader.getInt();
        if (foundFrom != from || foundTo != to) {
            throw reader.malformed("sales from day " + foundFrom + " to day " + foundTo + " since 1970");
        }
        SalesPeriod read = new SalesPeriod(from, to);
        read.openInPeriod = reader.getCount();
        read.created = reader.getCount();
        read.createdWon = reader.getCount();
        read.createdLost = reader.getCount();
        read.won = LongMoments.read(reader);
        read.lost = LongMoments.read(reader);
        read.amountDays = WideSum.read(reader);
        read.wonAmounts = CountedValues.of(SalesFigures.WON_AMOUNT).fromBytes(reader.getBytes());
        read.wonDays = CountedValues.of(SalesFigures.SALES_CYCLE).fromBytes(reader.getBytes());
        reader.end();
        read.requirePossible(reader);
        return read;
    }

    private void requirePossible(StateReader reader) {
        boolean negative = won.sum() < 0 || lost.sum() < 0 || amountDays.value().signum() < 0;
        if (negative
                || Math.addExact(createdWon, createdLost) > created
                || wonAmounts.result().n() != won.n()
                || wonDays.result().n() != won.n()
                || wonDays.result().min().asOptional().orElse(0) < 0) {
            throw reader.malformed("counts that no opportunities have");
        }
        Math.addExact(won.sum(), lost.sum());
        seen();
    }
}
