package dev.crmcore.store.tck;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.Field;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.EntityType.OnErasure;
import dev.crmcore.store.Reference;
import dev.crmcore.store.Reference.OnMerge;
import java.util.UUID;

/** A member's points: the guard record that every redemption locks. */
record Account(Id id, long version, Member.Id member, long points) {

    record Id(UUID value) implements EntityId {}

    static final Field<Account, Member.Id> MEMBER =
            Field.id("member", Member.Id::new, Account::member).required().indexed();
    static final Field<Account, Long> POINTS =
            Field.number("points", Account::points).required();

    static final EntityType<Account> TYPE = EntityType.define("account", Account.class)
            .id(Account::id)
            .version(Account::version, Account::withVersion)
            .fields(MEMBER, POINTS)
            .subject(Reference.of(MEMBER, "member", OnMerge.FOLLOW))
            .onErasure(OnErasure.KEEP)
            .readBy(stored ->
                    new Account(new Id(stored.id()), stored.version(), stored.require(MEMBER), stored.require(POINTS)));

    static Account of(UUID id, Member.Id member, long points) {
        return new Account(new Id(id), 0, member, points);
    }

    Account withPoints(long newPoints) {
        return new Account(id, version, member, newPoints);
    }

    Account withVersion(long newVersion) {
        return new Account(id, newVersion, member, points);
    }
}
