package dev.crmcore.store.tck;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.Field;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.EntityType.OnErasure;
import dev.crmcore.store.Reference;
import dev.crmcore.store.Reference.OnMerge;
import dev.crmcore.store.UniqueKey;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A line of the ledger: points that left an account. Append-only, and kept when the member is erased. */
record Redemption(
        Id id,
        long version,
        Account.Id account,
        Member.Id member,
        long points,
        Instant at,
        @Nullable String source,
        @Nullable String externalId) {

    record Id(UUID value) implements EntityId {}

    static final Field<Redemption, Account.Id> ACCOUNT =
            Field.id("account", Account.Id::new, Redemption::account).required().indexed();
    static final Field<Redemption, Member.Id> MEMBER =
            Field.id("member", Member.Id::new, Redemption::member).required().indexed();
    static final Field<Redemption, Long> POINTS =
            Field.number("points", Redemption::points).required();
    static final Field<Redemption, Instant> AT =
            Field.instant("at", Redemption::at).required().indexed();
    static final Field<Redemption, String> SOURCE = Field.text("source", Redemption::source);
    static final Field<Redemption, String> EXTERNAL_ID = Field.text("external_id", Redemption::externalId);

    static final UniqueKey<Redemption> BY_EXTERNAL_ID = UniqueKey.of("redemption_external_id", SOURCE, EXTERNAL_ID);

    static final EntityType<Redemption> TYPE = EntityType.define("redemption", Redemption.class)
            .id(Redemption::id)
            .version(Redemption::version, Redemption::withVersion)
            .fields(ACCOUNT, MEMBER, POINTS, AT, SOURCE, EXTERNAL_ID)
            .unique(BY_EXTERNAL_ID)
            .references(Reference.of(ACCOUNT, "account", OnMerge.FOLLOW))
            .subject(Reference.of(MEMBER, "member", OnMerge.FOLLOW))
            .timelineAt(AT)
            .onErasure(OnErasure.KEEP)
            .appendOnly()
            .readBy(stored -> new Redemption(
                    new Id(stored.id()),
                    stored.version(),
                    stored.require(ACCOUNT),
                    stored.require(MEMBER),
                    stored.require(POINTS),
                    stored.require(AT),
                    stored.get(SOURCE),
                    stored.get(EXTERNAL_ID)));

    static Redemption of(UUID id, Account account, long points, Instant at) {
        return new Redemption(new Id(id), 0, account.id(), account.member(), points, at, null, null);
    }

    Redemption knownAs(String newSource, @Nullable String newExternalId) {
        return new Redemption(id, version, account, member, points, at, newSource, newExternalId);
    }

    private Redemption withVersion(long newVersion) {
        return new Redemption(id, newVersion, account, member, points, at, source, externalId);
    }
}
