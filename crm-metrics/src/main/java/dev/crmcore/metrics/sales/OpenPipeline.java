package dev.crmcore.metrics.sales;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.CountedValues;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.SampleQuantiles;
import dev.crmcore.metrics.internal.LongMoments;
import dev.crmcore.metrics.internal.LongTable;
import dev.crmcore.metrics.internal.NameTable;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums the open opportunities by stage and probability, for the {@link PipelineForecast}. Amounts are summed exactly within a
 * stage and probability and weighted at the end, so that any split of the work gives the same forecast.
 *
 * <p>Byte form, version 1: i32 stages, their names; i32 entries; for each i32 stage, the probability as a double, u64 deals, u64 sum
 * of their amounts and the sum of their squares in 128 bits.
 *
 * <p>Mutable, not thread-safe. State: about 100 bytes for each distinct pair of stage and probability.
 */
public final class OpenPipeline implements Accumulator<OpenDeal, OpenPipeline, PipelineForecast> {

    /** What the forecast means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("weighted-forecast", 1)
            .name("Weighted forecast")
            .kind(KpiKind.KEYED)
            .unit("minor units of a currency")
            .formula("sum of amount * probability over the open opportunities; sd = sqrt(sum of amount^2 p (1 - p))")
            .variant("deals independent; interval normal; number of wins Poisson-binomial")
            .emptyRule("0 without an open opportunity")
            .source("usual practice; Hong 2013 for the Poisson-binomial distribution")
            .build();

    /** How to begin, resume and collect. */
    public static final AccumulatorType<OpenDeal, OpenPipeline, PipelineForecast> TYPE =
            AccumulatorType.of(DEFINITION, OpenPipeline::new, OpenPipeline::fromBytes);

    /** How old the open opportunities are; an item is {@code asOf - created} in days. */
    public static final AccumulatorType<Long, CountedValues, SampleQuantiles> AGE =
            CountedValues.of(KpiDefinition.builder("pipeline-age", 1)
                    .name("Age of the open pipeline")
                    .kind(KpiKind.KEYED)
                    .unit("days")
                    .formula("as of - created, of the open opportunities")
                    .emptyRule("undefined without an open opportunity")
                    .source("usual practice")
                    .build());

    private static final int FORMAT = 1;
    private static final int ENTRY_BYTES = Integer.BYTES + 5 * Long.BYTES;

    private NameTable stages = new NameTable("stage");
    private final List<LongTable> entryOf = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private long deals;
    private long minorUnits;

    private OpenPipeline() {}

    /** The deals of one stage and probability. */
    private record Entry(int stage, double probability, LongMoments amounts) {}

    /**
     * Numbers a stage.
     *
     * @param name the stage's name, 1 to 1,000 characters
     * @return its number in this accumulator, from 0
     * @throws IllegalArgumentException if the name is empty, too long or no text
     */
    public int stage(String name) {
        return stages.number(name);
    }

    @Override
    public void add(OpenDeal deal) {
        requireRoom(1, deal.minorUnits());
        add(stage(deal.stage()), deal.minorUnits(), deal.probability());
    }

    /**
     * Counts one open opportunity.
     *
     * @param stage a number that {@link #stage} gave
     * @param amount what it would bring in minor units of the currency, not negative
     * @param probability how probably it will be won, 0 to 1
     * @throws IllegalArgumentException if the number is no stage's, the amount is negative or the probability is not 0 to 1
     * @throws ArithmeticException if the amounts together exceed 64 bits
     */
    public void add(int stage, long amount, double probability) {
        stages.require(stage);
        OpenDeal.check(amount, probability);
        requireRoom(1, amount);
        deals++;
        minorUnits += amount;
        entry(stage, probability).amounts().add(amount);
    }

    private Entry entry(int stage, double probability) {
        while (entryOf.size() <= stage) {
            entryOf.add(new LongTable());
        }
        // Adding 0 turns -0 into 0
        long bits = Double.doubleToLongBits(probability + 0.0);
        int known = (int) entryOf.get(stage).get(bits);
        if (known > 0) {
            return entries.get(known - 1);
        }
        Entry entry = new Entry(stage, probability + 0.0, new LongMoments());
        entries.add(entry);
        entryOf.get(stage).put(bits, entries.size());
        return entry;
    }

    /** No amount is negative, so what fits into the sum fits into every part of it. */
    private void requireRoom(long moreDeals, long moreMinorUnits) {
        Math.addExact(deals, moreDeals);
        Math.addExact(minorUnits, moreMinorUnits);
    }

    @Override
    public void merge(OpenPipeline other) {
        requireRoom(other.deals, other.minorUnits);
        deals += other.deals;
        minorUnits += other.minorUnits;
        int[] here = stages.numbersOf(other.stages);
        int count = other.entries.size();
        for (int i = 0; i < count; i++) {
            Entry entry = other.entries.get(i);
            entry(here[entry.stage()], entry.probability()).amounts().add(entry.amounts());
        }
    }

    @Override
    public PipelineForecast result() {
        int[] ranks = stages.ranks();
        return PipelineForecast.of(entries.stream()
                .sorted((a, b) -> a.stage() == b.stage()
                        ? Double.compare(a.probability(), b.probability())
                        : Integer.compare(ranks[a.stage()], ranks[b.stage()]))
                .map(entry -> new PipelineForecast.Group(
                        stages.name(entry.stage()),
                        entry.probability(),
                        entry.amounts().n(),
                        entry.amounts().sum(),
                        entry.amounts().mean()))
                .toList());
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT);
        stages.write(writer);
        writer.putInt(entries.size());
        for (Entry entry : entries) {
            writer.putInt(entry.stage()).putDouble(entry.probability());
            entry.amounts().write(writer);
        }
        return writer.toBytes();
    }

    private static OpenPipeline fromBytes(byte[] bytes) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        OpenPipeline read = new OpenPipeline();
        read.stages = NameTable.read("stage", reader);
        for (int left = reader.getSize(ENTRY_BYTES); left > 0; left--) {
            int stage = reader.getInt();
            double probability = reader.getFinite();
            LongMoments amounts = LongMoments.read(reader);
            if (stage < 0 || stage >= read.stages.size() || !(probability >= 0 && probability <= 1)) {
                throw reader.malformed("an entry of stage " + stage + " with probability " + probability);
            }
            Entry entry = read.entry(stage, probability);
            if (amounts.n() == 0 || amounts.sum() < 0 || entry.amounts().n() > 0) {
                throw reader.malformed("an entry without a deal or twice");
            }
            read.requireRoom(amounts.n(), amounts.sum());
            read.deals += amounts.n();
            read.minorUnits += amounts.sum();
            entry.amounts().add(amounts);
        }
        reader.end();
        return read;
    }
}
