package dev.crmcore.store.tck;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.Field;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.EntityType.OnErasure;
import dev.crmcore.store.Reference;
import dev.crmcore.store.Reference.OnMerge;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Work that one worker at a time takes under a lease. It goes when its member is erased. */
record Task(
        Id id,
        long version,
        Member.@Nullable Id member,
        Instant dueAt,
        State state,
        @Nullable String doneBy) {

    record Id(UUID value) implements EntityId {}

    enum State {
        OPEN,
        DONE
    }

    static final Field<Task, Member.Id> MEMBER =
            Field.id("member", Member.Id::new, Task::member).indexed();
    static final Field<Task, Instant> DUE_AT =
            Field.instant("due_at", Task::dueAt).required().indexed();
    static final Field<Task, State> STATE =
            Field.enumerated("state", State.class, Task::state).required();
    static final Field<Task, String> DONE_BY = Field.text("done_by", Task::doneBy);

    static final EntityType<Task> TYPE = EntityType.define("task", Task.class)
            .id(Task::id)
            .version(
                    Task::version,
                    (task, version) -> new Task(task.id, version, task.member, task.dueAt, task.state, task.doneBy))
            .fields(MEMBER, DUE_AT, STATE, DONE_BY)
            .subject(Reference.of(MEMBER, "member", OnMerge.FOLLOW))
            .timelineAt(DUE_AT)
            .onErasure(OnErasure.DELETE)
            .claimable()
            .readBy(stored -> new Task(
                    new Id(stored.id()),
                    stored.version(),
                    stored.get(MEMBER),
                    stored.require(DUE_AT),
                    stored.require(STATE),
                    stored.get(DONE_BY)));

    static Task of(UUID id, Instant dueAt) {
        return new Task(new Id(id), 0, null, dueAt, State.OPEN, null);
    }

    Task about(Member.Id newMember) {
        return new Task(id, version, newMember, dueAt, state, doneBy);
    }

    Task done(String worker) {
        return new Task(id, version, member, dueAt, State.DONE, worker);
    }
}
