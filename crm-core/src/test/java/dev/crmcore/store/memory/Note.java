package dev.crmcore.store.memory;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.ElementType;
import dev.crmcore.query.Field;
import dev.crmcore.query.ScalarType;
import dev.crmcore.query.SetField;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.Reference;
import dev.crmcore.store.UniqueKey;
import dev.crmcore.value.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A record with a field of every kind, two sets, unique keys over fields and elements, and a body. */
final class Note {

    record NoteId(UUID value) implements EntityId {}

    record Channel(String kind, String address) {}

    static final Field<Note, String> EMAIL =
            Field.<Note>text("email", n -> n.email).indexed().personal();
    static final Field<Note, String> CODE = Field.text("code", n -> n.code);
    static final Field<Note, Long> RANK =
            Field.<Note>number("rank", n -> n.rank).indexed();
    static final Field<Note, BigDecimal> AMOUNT = Field.decimal("amount", n -> n.amount);
    static final Field<Note, Boolean> DONE = Field.bool("done", n -> n.done);
    static final Field<Note, Instant> AT = Field.instant("at", n -> n.at);
    static final Field<Note, LocalDate> DAY =
            Field.<Note>date("day", n -> n.day).indexed();
    static final Field<Note, NoteId> OWNER = Field.id("owner", NoteId::new, n -> n.owner);
    static final Field<Note, String> GROUP =
            Field.<Note>text("team", n -> n.team).indexed();

    static final SetField<Note, String> TAGS = SetField.ofValues("tags", ScalarType.TEXT, n -> n.tags);

    static final Field<Channel, String> KIND =
            Field.<Channel>text("kind", Channel::kind).required();
    static final Field<Channel, String> ADDRESS =
            Field.<Channel>text("address", Channel::address).required().indexed();
    static final SetField<Note, Channel> CHANNELS = SetField.of(
            "channels",
            ElementType.of("channel", v -> new Channel(v.require(KIND), v.require(ADDRESS)), KIND, ADDRESS),
            n -> n.channels);

    static final UniqueKey<Note> BY_CODE = UniqueKey.of("note_code", CODE);
    static final UniqueKey<Note> BY_CHANNEL = UniqueKey.ofElements("note_channel", CHANNELS, KIND, ADDRESS);

    static final EntityType<Note> TYPE = EntityType.define("note", Note.class)
            .id(n -> n.id)
            .version(n -> n.version, (n, v) -> n.with(c -> c.version = v))
            .fields(EMAIL, CODE, RANK, AMOUNT, DONE, AT, DAY, OWNER, GROUP)
            .sets(TAGS, CHANNELS)
            .unique(BY_CODE)
            .unique(BY_CHANNEL)
            .subject(Reference.of(OWNER, "note", Reference.OnMerge.FOLLOW))
            .timelineAt(AT)
            .claimable()
            .body(n -> n.body)
            .readBy(s -> note(s.id()).with(n -> {
                n.version = s.version();
                n.email = s.get(EMAIL);
                n.code = s.get(CODE);
                n.rank = s.get(RANK);
                n.amount = s.get(AMOUNT);
                n.done = s.get(DONE);
                n.at = s.get(AT);
                n.day = s.get(DAY);
                n.owner = s.get(OWNER);
                n.team = s.get(GROUP);
                n.tags = s.elements(TAGS);
                n.channels = s.elements(CHANNELS);
                n.body = s.body();
            }));

    NoteId id;
    long version;

    @Nullable
    String email;

    @Nullable
    String code;

    @Nullable
    Long rank;

    @Nullable
    BigDecimal amount;

    @Nullable
    Boolean done;

    @Nullable
    Instant at;

    @Nullable
    LocalDate day;

    @Nullable
    NoteId owner;

    @Nullable
    String team;

    List<String> tags = List.of();
    List<Channel> channels = List.of();
    JsonObject body = JsonObject.empty();

    private Note(NoteId id) {
        this.id = id;
    }

    static Note note(UUID id) {
        return new Note(new NoteId(id));
    }

    /** The note with this number as its id. */
    static Note note(long number) {
        return note(new UUID(0, number));
    }

    static NoteId id(long number) {
        return new NoteId(new UUID(0, number));
    }

    Note with(java.util.function.Consumer<Note> change) {
        Note copy = new Note(id);
        copy.version = version;
        copy.email = email;
        copy.code = code;
        copy.rank = rank;
        copy.amount = amount;
        copy.done = done;
        copy.at = at;
        copy.day = day;
        copy.owner = owner;
        copy.team = team;
        copy.tags = new ArrayList<>(tags);
        copy.channels = new ArrayList<>(channels);
        copy.body = body;
        change.accept(copy);
        return copy;
    }

    long number() {
        return id.value().getLeastSignificantBits();
    }

    static List<Note> notes(int from, int to, UnaryOperator<Note> each) {
        List<Note> list = new ArrayList<>();
        for (int i = from; i < to; i++) {
            list.add(each.apply(note(i)));
        }
        return list;
    }
}
