package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.RatioMoments;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collector;

/**
 * Who answered of those who were asked. Customers with no delivered invitation are in neither number; two invitations to one
 * customer are one customer.
 *
 * <p>Byte form, version 1: i32 customers; for each, in the order of their ids, the id as text and u64 invitations, bounces,
 * complete and partial responses.
 *
 * <p>Mutable, not thread-safe. State: four counts for each customer.
 */
public final class ResponseRate implements Accumulator<ResponseRate.Contact, ResponseRate, ResponseRate.Result> {

    /** What the rate means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("response-rate", 1)
            .name("Survey response rate")
            .kind(KpiKind.KEYED)
            .unit("share, 0 to 1")
            .formula("distinct invited customers with a response / distinct customers with a delivered invitation")
            .variant("complete responses only (RR1) or partial ones too (RR2)")
            .emptyRule("undefined without a delivered invitation")
            .source("AAPOR Standard Definitions")
            .build();

    /** How to begin, resume and collect. */
    public static final AccumulatorType<Contact, ResponseRate, Result> TYPE =
            AccumulatorType.of(DEFINITION, ResponseRate::create, ResponseRate::fromBytes);

    private static final int FORMAT = 1;
    private static final int LONGEST_ID = 1_000;
    private static final int KINDS = ContactKind.values().length;
    private static final int LEAST_ENTRY_BYTES = Short.BYTES + KINDS * Long.BYTES;

    private final Map<String, long[]> byCustomer = new HashMap<>();

    private ResponseRate() {}

    /** What can happen between a survey and a customer. */
    public enum ContactKind {
        /** An invitation was sent. */
        INVITED(0),
        /** An invitation came back undelivered. */
        BOUNCED(1),
        /** A complete response arrived. */
        COMPLETED(2),
        /** A response arrived that leaves required questions open. */
        PARTIAL(3);

        private final int position;

        ContactKind(int position) {
            this.position = position;
        }

        /** Where it is counted, in memory and in the byte form; never changes. */
        int position() {
            return position;
        }
    }

    /**
     * One thing that happened. The text form leaves out the customer.
     *
     * @param customer the customer's id, 1 to 1,000 characters
     * @param kind what happened
     */
    public record Contact(String customer, ContactKind kind) {
        /**
         * Checks that both parts are given.
         *
         * @param customer the customer's id
         * @param kind what happened
         * @throws IllegalArgumentException if the id is empty or too long
         */
        public Contact {
            Objects.requireNonNull(kind, "kind");
            if (customer.isEmpty() || customer.length() > LONGEST_ID) {
                throw new IllegalArgumentException(
                        "customer must have 1 to " + LONGEST_ID + " characters, not " + customer.length());
            }
        }

        /** The kind only. */
        @Override
        public String toString() {
            return "Contact[" + kind + "]";
        }
    }

    /**
     * The rates. Immutable and thread-safe.
     *
     * @param completed invited customers with a complete response, of those with a delivered invitation (RR1)
     * @param completedOrPartial the same with any response (RR2)
     * @param responses how many responses arrived, complete or partial, from whomever
     * @param invitations how many invitations were sent, delivered or not
     * @param responsesPerInvitation responses / invitations, which may exceed 1, with the 95 % interval of a ratio estimator over
     *     the customers (Cochran 1977); undefined without an invitation
     */
    public record Result(
            Proportion completed,
            Proportion completedOrPartial,
            long responses,
            long invitations,
            Estimate responsesPerInvitation) {

        /** Fewer responders than this are no more than an indication. */
        public static final int INDICATIVE_BELOW = 30;

        /**
         * The rates from their counts.
         *
         * @param completed invited customers with a complete response (RR1)
         * @param completedOrPartial invited customers with any response (RR2)
         * @param responses how many responses arrived
         * @param invitations how many invitations were sent
         * @param responsesPerInvitation responses / invitations
         */
        public Result {
            Objects.requireNonNull(completed, "completed");
            Objects.requireNonNull(completedOrPartial, "completedOrPartial");
            Objects.requireNonNull(responsesPerInvitation, "responsesPerInvitation");
        }

        /**
         * The share of invited customers with a complete response (RR1), with its 95 % Wilson interval.
         *
         * @return the share, 0 to 1; undefined without a delivered invitation
         */
        public Estimate estimate() {
            return completed.estimate();
        }

        /**
         * Of the invited customers who responded, those who completed the survey.
         *
         * @return the proportion, whose {@code estimate()} has Wilson's interval; the others responded in part only
         */
        public Proportion completion() {
            return Proportion.of(completed.successes(), completedOrPartial.successes());
        }

        /**
         * Whether a score of these responders is no more than an indication.
         *
         * @return whether fewer than {@link #INDICATIVE_BELOW} invited customers responded
         */
        public boolean isIndicative() {
            return completedOrPartial.successes() < INDICATIVE_BELOW;
        }
    }

    /**
     * Begins.
     *
     * @return an accumulator without contacts
     */
    public static ResponseRate create() {
        return new ResponseRate();
    }

    /**
     * The rate as a collector.
     *
     * @return a collector of contacts
     */
    public static Collector<Contact, ?, Result> collector() {
        return TYPE.collector();
    }

    /**
     * Resumes from a byte form.
     *
     * @param bytes what {@link #toBytes()} returned
     * @return an accumulator with that state
     * @throws IllegalArgumentException if the bytes are not such a state
     */
    public static ResponseRate fromBytes(byte[] bytes) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        ResponseRate rate = new ResponseRate();
        for (int left = reader.getSize(LEAST_ENTRY_BYTES); left > 0; left--) {
            String customer = reader.getString();
            long[] counts = new long[KINDS];
            for (int kind = 0; kind < KINDS; kind++) {
                counts[kind] = reader.getCount();
            }
            if (rate.byCustomer.put(customer, counts) != null) {
                throw reader.malformed("a customer occurs twice");
            }
        }
        reader.end();
        return rate;
    }

    @Override
    public void add(Contact contact) {
        byCustomer
                .computeIfAbsent(contact.customer(), customer -> new long[KINDS])[
                contact.kind().position()]++;
    }

    @Override
    public void merge(ResponseRate other) {
        other.byCustomer.forEach((customer, counts) -> byCustomer.merge(customer, counts.clone(), ResponseRate::sum));
    }

    @Override
    public Result result() {
        long invited = 0;
        long completed = 0;
        long answered = 0;
        RatioMoments responses = new RatioMoments();
        for (long[] counts : byCustomer.values()) {
            long invitations = counts[ContactKind.INVITED.position()];
            long complete = counts[ContactKind.COMPLETED.position()];
            long any = Math.addExact(complete, counts[ContactKind.PARTIAL.position()]);
            responses.add(any, invitations);
            if (invitations > counts[ContactKind.BOUNCED.position()]) {
                invited++;
                completed += complete > 0 ? 1 : 0;
                answered += any > 0 ? 1 : 0;
            }
        }
        return new Result(
                Proportion.of(completed, invited),
                Proportion.of(answered, invited),
                responses.numerator(),
                responses.denominator(),
                perInvitation(responses));
    }

    private static Estimate perInvitation(RatioMoments responses) {
        if (responses.denominator() == 0) {
            return Estimate.undefined(Undefined.noData("no invitation"));
        }
        Estimate ratio = Estimate.ratio(
                (double) responses.numerator(), (double) responses.denominator(), responses.denominator());
        return responses
                .interval(Interval.DEFAULT_LEVEL)
                .map(interval -> ratio.withInterval(interval.clampedTo(0, Double.POSITIVE_INFINITY)))
                .orElse(ratio);
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT).putInt(byCustomer.size());
        new TreeMap<>(byCustomer).forEach((customer, counts) -> {
            writer.putString(customer);
            for (long count : counts) {
                writer.putLong(count);
            }
        });
        return writer.toBytes();
    }

    private static long[] sum(long[] left, long[] right) {
        long[] sum = new long[KINDS];
        Arrays.setAll(sum, kind -> Math.addExact(left[kind], right[kind]));
        return sum;
    }
}
