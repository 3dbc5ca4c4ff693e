package dev.crmcore.exchange;

import dev.crmcore.customer.CustomerId;
import dev.crmcore.interaction.Channel;
import dev.crmcore.interaction.Direction;
import dev.crmcore.interaction.Interaction;
import dev.crmcore.interaction.Interactions;
import dev.crmcore.interaction.Touchpoint;
import dev.crmcore.interaction.TouchpointId;
import dev.crmcore.query.Query;
import dev.crmcore.query.ScalarType;
import dev.crmcore.store.Inserted;
import dev.crmcore.value.ExternalId;
import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.StorableText;
import dev.crmcore.work.Work;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows are interactions: who, when, by what way, what about.
 *
 * <pre>{@code
 * InteractionImport plan = InteractionImport.from("helpdesk").channel(Channel.EMAIL).createMissingCustomers();
 * ImportReport report = desk.imports().run(plan, RowSource.jsonLines(file), ImportOptions.defaults());
 * }</pre>
 *
 * <p>A row with a message id is known by it: further down, and when the file comes again, the same id is a duplicate or
 * unchanged when it says the same and invalid when it does not, since what was recorded stays. A row without one is known by
 * its content and its occurrence.
 *
 * <p>Immutable and thread-safe.
 */
public final class InteractionImport extends ImportPlan {

    /** Whose it is: the customer's id in the other system. Required. */
    public static final String CUSTOMER_ID = "customer_id";

    /** When it began: a day, a local time or an instant, in ISO 8601. Required. */
    public static final String OCCURRED_AT = "occurred_at";

    /** By what way: a name of {@link Channel}, in upper or lower case. Required unless the import names one. */
    public static final String CHANNEL = "channel";

    /** What it was, by the host's key. Required unless the import names one. */
    public static final String TYPE = "type";

    /** Who turned to whom: {@code inbound} or {@code outbound}. */
    public static final String DIRECTION = "direction";

    /** The subject line. */
    public static final String SUBJECT = "subject";

    /** Where the host keeps the body. */
    public static final String BODY_REF = "body_ref";

    /** How long it lasted: seconds, such as {@code 90} or {@code 1.5}, or as in ISO 8601, such as {@code PT4M}. */
    public static final String DURATION = "duration";

    /** How the customer felt, from -1 to 1. */
    public static final String SENTIMENT = "sentiment";

    /** Where it was: the name of a declared touchpoint. */
    public static final String TOUCHPOINT = "touchpoint";

    /** The interaction's id in the other system. */
    public static final String MESSAGE_ID = "message_id";

    private static final List<String> REQUIRED = List.of(CUSTOMER_ID, OCCURRED_AT);
    private static final List<String> KNOWN = List.of(
            CUSTOMER_ID,
            OCCURRED_AT,
            CHANNEL,
            TYPE,
            DIRECTION,
            SUBJECT,
            BODY_REF,
            DURATION,
            SENTIMENT,
            TOUCHPOINT,
            MESSAGE_ID);

    private final String source;
    private final ColumnMapping columns;
    private final ZoneId zone;
    private final @Nullable Channel channel;
    private final @Nullable String type;
    private final boolean createCustomers;

    private InteractionImport(
            String source,
            ColumnMapping columns,
            ZoneId zone,
            @Nullable Channel channel,
            @Nullable String type,
            boolean createCustomers) {
        this.source = source;
        this.columns = columns;
        this.zone = zone;
        this.channel = channel;
        this.type = type;
        this.createCustomers = createCustomers;
    }

    /**
     * Begins a plan: days and times in UTC, no channel and type but the file's, customers must exist.
     *
     * @param source the system whose ids the file has; customers are found under it, and interactions are kept under it
     * @return the plan
     */
    public static InteractionImport from(String source) {
        return new InteractionImport(
                Objects.requireNonNull(source, "source"), ColumnMapping.of(KNOWN), ZoneOffset.UTC, null, null, false);
    }

    /**
     * The same, where the file calls a column otherwise.
     *
     * @param column one of the constants of this class
     * @param nameInFile what the file calls it
     * @return a copy
     * @throws IllegalArgumentException if there is no such column
     */
    public InteractionImport column(String column, String nameInFile) {
        return new InteractionImport(source, columns.with(column, nameInFile), zone, channel, type, createCustomers);
    }

    /**
     * The same, with days and local times in a zone. A day is its first moment.
     *
     * @param days the zone
     * @return a copy
     */
    public InteractionImport zone(ZoneId days) {
        return new InteractionImport(
                source, columns, Objects.requireNonNull(days, "zone"), channel, type, createCustomers);
    }

    /**
     * The same, with a channel for rows that name none.
     *
     * @param otherwise the channel
     * @return a copy
     */
    public InteractionImport channel(Channel otherwise) {
        return new InteractionImport(
                source, columns, zone, Objects.requireNonNull(otherwise, "channel"), type, createCustomers);
    }

    /**
     * The same, with a type for rows that name none.
     *
     * @param otherwise the host's key of the type, such as {@code order question}; 1 to {@value Interaction#MAX_TYPE}
     *     characters
     * @return a copy
     * @throws InvalidValueException if it is blank, too long or not storable
     */
    public InteractionImport type(String otherwise) {
        String key = limited(StorableText.require("type", otherwise).strip(), Interaction.MAX_TYPE);
        if (key.isEmpty()) {
            throw new InvalidValueException("type", otherwise, "is blank");
        }
        return new InteractionImport(source, columns, zone, channel, key, createCustomers);
    }

    /**
     * The same, where customers that a row names and nobody knows are registered by their id alone.
     *
     * @return a copy
     */
    public InteractionImport createMissingCustomers() {
        return new InteractionImport(source, columns, zone, channel, type, true);
    }

    @Override
    void checkHeader(List<String> header) {
        columns.requireIn(
                header,
                Stream.of(
                                REQUIRED.stream(),
                                channel == null ? Stream.of(CHANNEL) : Stream.<String>empty(),
                                type == null ? Stream.of(TYPE) : Stream.<String>empty())
                        .flatMap(each -> each)
                        .toList());
    }

    @Override
    Intake begin() {
        return new InteractionIntake();
    }

    /** What one row says. */
    private record Parsed(
            RowReading reading,
            ExternalId customer,
            Instant occurredAt,
            Channel channel,
            String type,
            Optional<Direction> direction,
            Optional<String> subject,
            Optional<String> bodyRef,
            Optional<Duration> duration,
            Optional<BigDecimal> sentiment,
            Optional<String> touchpoint,
            Optional<String> ownId) {

        List<String> content() {
            return Stream.of(
                            customer.value(),
                            occurredAt,
                            channel,
                            type,
                            direction,
                            subject,
                            bodyRef,
                            duration,
                            sentiment,
                            touchpoint)
                    .map(Object::toString)
                    .toList();
        }

        Interaction.Builder draft(CustomerId by, @Nullable TouchpointId place, ExternalId externalId) {
            Interaction.Builder draft = Interaction.with(by, type, channel)
                    .at(occurredAt)
                    .externalId(externalId.system(), externalId.value());
            direction.ifPresent(side -> {
                Interaction.Builder unused = side == Direction.INBOUND ? draft.inbound() : draft.outbound();
            });
            subject.ifPresent(draft::subject);
            bodyRef.ifPresent(draft::bodyRef);
            duration.ifPresent(draft::lasting);
            sentiment.ifPresent(draft::sentiment);
            if (place != null) {
                draft.touchpoint(place);
            }
            return draft;
        }

        boolean isRecordedAs(Interaction recorded, CustomerId by, @Nullable TouchpointId place) {
            return recorded.customer().equals(by)
                    && recorded.occurredAt().equals(occurredAt)
                    && recorded.channel() == channel
                    && recorded.type().equals(type)
                    && recorded.direction().equals(direction)
                    && recorded.subject().equals(subject)
                    && recorded.bodyRef().equals(bodyRef)
                    && recorded.duration().equals(duration)
                    && recorded.sentiment().equals(sentiment)
                    && recorded.touchpoint().equals(Optional.ofNullable(place));
        }
    }

    /** An interaction that waits to be written, and what it is known by. */
    private record Ready(Parsed parsed, ExternalId externalId) implements NamedCustomers.Named {

        @Override
        public ExternalId customer() {
            return parsed.customer;
        }
    }

    private final class InteractionIntake implements Intake, NamedCustomers.Refusals<Ready> {

        private final RowIds ids = new RowIds();
        private final NamedCustomers<Ready> customers = new NamedCustomers<>(
                createCustomers,
                new NamedCustomers.Records<>(
                        Interaction.TYPE, Interaction.EXTERNAL_SYSTEM, Interaction.EXTERNAL_VALUE));
        private final List<Ready> ready = new ArrayList<>();

        @Override
        public void take(Row row, Tally tally) {
            Parsed parsed = parse(new RowReading(row, columns));
            String content = ids.content(parsed.content());
            if (parsed.ownId.isEmpty()) {
                ready.add(new Ready(parsed, ExternalId.of(source, ids.byContent(content))));
                return;
            }
            String id = parsed.ownId.get();
            switch (ids.byId(id, content)) {
                case FIRST -> ready.add(new Ready(parsed, ExternalId.of(source, id)));
                case REPEATED -> tally.duplicate(1);
                case CONTRADICTING ->
                    throw parsed.reading.refuse(MESSAGE_ID, id, "stands further up with other content");
            }
        }

        private Parsed parse(RowReading reading) {
            return new Parsed(
                    reading,
                    reading.require(CUSTOMER_ID, text -> ExternalId.of(source, text)),
                    reading.requireInstant(OCCURRED_AT, zone),
                    reading.find(CHANNEL, text -> named(Channel.class, text))
                            .or(() -> Optional.ofNullable(channel))
                            .orElseThrow(() -> reading.refuse(CHANNEL, "", "is missing, and the import names none")),
                    reading.find(TYPE, text -> limited(text, Interaction.MAX_TYPE))
                            .or(() -> Optional.ofNullable(type))
                            .orElseThrow(() -> reading.refuse(TYPE, "", "is missing, and the import names none")),
                    reading.find(DIRECTION, text -> named(Direction.class, text)),
                    reading.find(SUBJECT, text -> limited(text, Interaction.MAX_LINE)),
                    reading.find(BODY_REF, text -> limited(text, Interaction.MAX_LINE)),
                    reading.find(DURATION, InteractionImport::duration),
                    reading.find(SENTIMENT, InteractionImport::sentiment),
                    reading.text(TOUCHPOINT),
                    reading.find(MESSAGE_ID, text -> ExternalId.of(source, text).value()));
        }

        @Override
        public int pending() {
            return ready.size();
        }

        @Override
        public void end(Tally tally) {
            // a row never waits for the next one
        }

        @Override
        public void write(Work work, Tally tally) {
            Map<String, TouchpointId> places = touchpoints(work);
            List<NamedCustomers.Resolved<Ready>> resolved = customers.resolve(work, placed(places, tally), this, tally);
            List<Inserted<Interaction>> outcomes = new Interactions(work)
                    .recordAll(resolved.stream()
                            .map(each -> each.row()
                                    .parsed
                                    .draft(each.customer(), place(each.row(), places), each.row().externalId))
                            .toList());
            for (int i = 0; i < outcomes.size(); i++) {
                count(tally, resolved.get(i), places, outcomes.get(i));
            }
        }

        /** The rows without those whose touchpoint nobody declared. */
        private List<Ready> placed(Map<String, TouchpointId> places, Tally tally) {
            List<Ready> placed = new ArrayList<>();
            for (Ready each : ready) {
                Optional<String> place = each.parsed.touchpoint;
                if (place.isPresent() && !places.containsKey(place.get())) {
                    reject(tally, each.parsed, TOUCHPOINT, place.get(), "is no declared touchpoint");
                } else {
                    placed.add(each);
                }
            }
            return placed;
        }

        private static @Nullable TouchpointId place(Ready row, Map<String, TouchpointId> places) {
            return row.parsed.touchpoint.map(places::get).orElse(null);
        }

        @Override
        public void recorded(Ready row, Tally tally) {
            row.parsed.ownId.ifPresentOrElse(
                    id -> reject(tally, row.parsed, MESSAGE_ID, id, "is recorded with other content"),
                    () -> tally.unchanged(1));
        }

        @Override
        public void unknown(Ready row, String reason, Tally tally) {
            reject(tally, row.parsed, CUSTOMER_ID, row.customer().value(), reason);
        }

        private Map<String, TouchpointId> touchpoints(Work work) {
            Set<String> names = ready.stream()
                    .flatMap(each -> each.parsed.touchpoint.stream())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            Map<String, TouchpointId> found = new HashMap<>();
            if (!names.isEmpty()) {
                work.store()
                        .list(Query.of(Touchpoint.TYPE).where(Touchpoint.NAME.in(names)))
                        .forEach(touchpoint -> found.put(touchpoint.name(), touchpoint.id()));
            }
            return found;
        }

        private void count(
                Tally tally,
                NamedCustomers.Resolved<Ready> written,
                Map<String, TouchpointId> places,
                Inserted<Interaction> outcome) {
            Ready row = written.row();
            if (outcome.isNew()) {
                tally.created(1);
            } else if (row.parsed.isRecordedAs(outcome.entity(), written.customer(), place(row, places))) {
                tally.unchanged(1);
            } else {
                recorded(row, tally);
            }
        }

        private void reject(Tally tally, Parsed parsed, String column, String value, String reason) {
            tally.reject(parsed.reading.refuse(column, value, reason).reject());
        }

        @Override
        public void clear() {
            ready.clear();
        }
    }

    private static <E extends Enum<E>> E named(Class<E> names, String text) {
        String name = text.toUpperCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
        return Arrays.stream(names.getEnumConstants())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(
                        "name", text, "is none of " + Arrays.toString(names.getEnumConstants())));
    }

    private static String limited(String text, int most) {
        if (text.length() > most) {
            throw new InvalidValueException("text", text, "is longer than " + most + " characters");
        }
        return text;
    }

    /** In whole milliseconds, as interactions keep it. */
    private static Duration duration(String text) {
        String what = "is neither a number of seconds nor a duration such as PT4M";
        Duration duration;
        try {
            duration = text.startsWith("P")
                    ? Duration.parse(text)
                    : Duration.ofMillis(RowReading.decimal(text)
                            .movePointRight(3)
                            .toBigInteger()
                            .longValueExact());
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidValueException("duration", text, what);
        }
        if (duration.isNegative()) {
            throw new InvalidValueException("duration", text, "is negative");
        }
        return Duration.ofMillis(duration.toMillis());
    }

    private static BigDecimal sentiment(String text) {
        BigDecimal sentiment = (BigDecimal) ScalarType.DECIMAL.encode("sentiment", RowReading.decimal(text));
        if (sentiment.abs().compareTo(BigDecimal.ONE) > 0) {
            throw new InvalidValueException("sentiment", text, "is not from -1 to 1");
        }
        return sentiment;
    }
}
