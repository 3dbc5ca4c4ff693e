package dev.crmcore.store.tck;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.Field;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.Reference;
import dev.crmcore.store.Reference.OnMerge;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a member said, as a proof about that very member: a merge leaves it where it is, an erasure blanks it. */
record Proof(
        Id id, long version, Member.Id member, @Nullable String text, Instant at) {

    record Id(UUID value) implements EntityId {}

    static final Field<Proof, Member.Id> MEMBER =
            Field.id("member", Member.Id::new, Proof::member).required().indexed();
    static final Field<Proof, String> TEXT = Field.text("text", Proof::text).personal();
    static final Field<Proof, Instant> AT = Field.instant("at", Proof::at).required();

    static final EntityType<Proof> TYPE = EntityType.define("proof", Proof.class)
            .id(Proof::id)
            .version(
                    Proof::version,
                    (proof, version) -> new Proof(proof.id, version, proof.member, proof.text, proof.at))
            .fields(MEMBER, TEXT, AT)
            .index(MEMBER, AT)
            .subject(Reference.of(MEMBER, "member", OnMerge.STAY))
            .timelineAt(AT)
            .appendOnly()
            .readBy(stored -> new Proof(
                    new Id(stored.id()),
                    stored.version(),
                    stored.require(MEMBER),
                    stored.get(TEXT),
                    stored.require(AT)));

    static Proof of(UUID id, Member.Id member, String text, Instant at) {
        return new Proof(new Id(id), 0, member, text, at);
    }
}
