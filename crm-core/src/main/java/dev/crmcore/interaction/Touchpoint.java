package dev.crmcore.interaction;

import dev.crmcore.query.Field;
import dev.crmcore.store.EntityRecord;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.UniqueKey;
import dev.crmcore.value.StorableText;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A named place where customers and the company meet: the hotline, the checkout page, the shop in Lund.
 *
 * <p>Immutable and thread-safe.
 */
public final class Touchpoint {

    /** The name. */
    public static final Field<Touchpoint, String> NAME =
            Field.text("name", Touchpoint::name).required();

    /** By what way customers meet the company there. */
    public static final Field<Touchpoint, Channel> CHANNEL =
            Field.enumerated("channel", Channel.class, Touchpoint::channel).required();

    /** At which stage of their journey. */
    public static final Field<Touchpoint, String> STAGE = Field.text("stage", t -> t.stage);

    /** No two touchpoints have one name. */
    public static final UniqueKey<Touchpoint> NAME_KEY = UniqueKey.of("touchpoint_name", NAME);

    /** How touchpoints are kept. */
    public static final EntityType<Touchpoint> TYPE = EntityType.define("touchpoint", Touchpoint.class)
            .id(Touchpoint::id)
            .version(Touchpoint::version, Touchpoint::withVersion)
            .fields(NAME, CHANNEL, STAGE)
            .unique(NAME_KEY)
            .onErasure(EntityType.OnErasure.KEEP)
            .readBy(Touchpoint::read);

    private static final int MAX_KEY = 200;

    private final TouchpointId id;
    private final long version;
    private final String name;
    private final Channel channel;
    private final @Nullable String stage;

    Touchpoint(TouchpointId id, long version, String name, Channel channel, @Nullable String stage) {
        this.id = Objects.requireNonNull(id, "id");
        this.version = version;
        this.name = StorableText.requireLine("touchpoint", name, MAX_KEY);
        this.channel = Objects.requireNonNull(channel, "channel");
        this.stage = stage == null ? null : StorableText.requireLine("stage", stage, MAX_KEY);
    }

    /**
     * The id.
     *
     * @return the id
     */
    public TouchpointId id() {
        return id;
    }

    /**
     * How often the record was written.
     *
     * @return the version at which this was read, from 1
     */
    public long version() {
        return version;
    }

    /**
     * The name.
     *
     * @return the name, unique within the tenant
     */
    public String name() {
        return name;
    }

    /**
     * By what way customers meet the company there.
     *
     * @return the channel
     */
    public Channel channel() {
        return channel;
    }

    /**
     * At which stage of their journey customers come there.
     *
     * @return the host's key of the stage; empty if at any
     */
    public Optional<String> stage() {
        return Optional.ofNullable(stage);
    }

    private Touchpoint withVersion(long newVersion) {
        return new Touchpoint(id, newVersion, name, channel, stage);
    }

    private static Touchpoint read(EntityRecord<Touchpoint> stored) {
        return new Touchpoint(
                new TouchpointId(stored.id()),
                stored.version(),
                stored.require(NAME),
                stored.require(CHANNEL),
                stored.get(STAGE));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Touchpoint that
                && id.equals(that.id)
                && version == that.version
                && name.equals(that.name)
                && channel == that.channel
                && Objects.equals(stage, that.stage);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "Touchpoint[" + name + "]";
    }
}
