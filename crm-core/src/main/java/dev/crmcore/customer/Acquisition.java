package dev.crmcore.customer;

import dev.crmcore.value.Microseconds;
import dev.crmcore.value.Money;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a customer was won: through which channel, by which campaign, at what cost.
 *
 * <pre>{@code
 * Acquisition.through("search").byCampaign("spring-2026").costing(Money.of("4.20", "EUR"))
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class Acquisition {

    private final String channel;
    private final @Nullable String campaign;
    private final @Nullable Money cost;
    private final @Nullable Instant acquiredAt;

    Acquisition(String channel, @Nullable String campaign, @Nullable Money cost, @Nullable Instant acquiredAt) {
        this.channel = Texts.key("acquisition channel", channel);
        this.campaign = campaign == null ? null : Texts.key("acquisition campaign", campaign);
        if (cost != null && cost.isNegative()) {
            throw new IllegalArgumentException("acquisition cost must not be negative: " + cost);
        }
        this.cost = cost;
        this.acquiredAt = acquiredAt == null ? null : Microseconds.of(acquiredAt);
    }

    /**
     * Won through a channel.
     *
     * @param channel the host's key of the channel, 1 to 200 characters
     * @return the acquisition
     * @throws IllegalArgumentException if the channel is blank, too long or not storable
     */
    public static Acquisition through(String channel) {
        return new Acquisition(channel, null, null, null);
    }

    /**
     * The same, owed to a campaign.
     *
     * @param key the host's key of the campaign, 1 to 200 characters
     * @return a copy
     * @throws IllegalArgumentException if the key is blank, too long or not storable
     */
    public Acquisition byCampaign(String key) {
        return new Acquisition(channel, Objects.requireNonNull(key, "key"), cost, acquiredAt);
    }

    /**
     * The same, at this cost.
     *
     * @param amount what winning this customer cost, not negative
     * @return a copy
     * @throws IllegalArgumentException if the cost is negative
     */
    public Acquisition costing(Money amount) {
        return new Acquisition(channel, campaign, Objects.requireNonNull(amount, "amount"), acquiredAt);
    }

    /**
     * The same, won at this moment, where it is another than that of the registration.
     *
     * @param instant when; cut to microseconds
     * @return a copy
     */
    public Acquisition at(Instant instant) {
        return new Acquisition(channel, campaign, cost, Objects.requireNonNull(instant, "instant"));
    }

    /**
     * The channel.
     *
     * @return the host's key
     */
    public String channel() {
        return channel;
    }

    /**
     * The campaign.
     *
     * @return the host's key; empty if there was none
     */
    public Optional<String> campaign() {
        return Optional.ofNullable(campaign);
    }

    /**
     * The cost.
     *
     * @return what winning this customer cost; empty if not known
     */
    public Optional<Money> cost() {
        return Optional.ofNullable(cost);
    }

    /**
     * When the customer was won.
     *
     * @return the moment; empty where it is that of the registration
     */
    public Optional<Instant> acquiredAt() {
        return Optional.ofNullable(acquiredAt);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Acquisition that
                && channel.equals(that.channel)
                && Objects.equals(campaign, that.campaign)
                && Objects.equals(cost, that.cost)
                && Objects.equals(acquiredAt, that.acquiredAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(channel, campaign, cost, acquiredAt);
    }

    @Override
    public String toString() {
        return "Acquisition[" + channel + (campaign == null ? "" : ", " + campaign) + "]";
    }
}
