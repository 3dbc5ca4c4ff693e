package dev.crmcore.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.store.Assignment;
import dev.crmcore.store.tck.Member.Contact;
import dev.crmcore.value.JsonObject;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Many records are changed or deleted at once. */
abstract class SetBasedCases extends StoreCases {

    SetBasedCases(StoreContract contract) {
        super(contract);
    }

    /** Assignments of every kind, among them to fields on which the condition may look. */
    static List<Assignment<Member>> everythingChanges() {
        return List.of(
                Assignment.set(Member.ORDER, 77L),
                Assignment.clear(Member.VALUE),
                Assignment.set(Member.KEY, new BigDecimal("0.5")),
                Assignment.replace(Member.CONTACTS, Contact.CHANNEL, Contact.Channel.EMAIL, Contact.Channel.POST),
                Assignment.clear(Member.TAGS),
                Assignment.clear(Member.SPONSOR),
                Assignment.clearBody());
    }

    /** What {@link #everythingChanges} makes of a member. */
    static Member changed(Member member) {
        return member.with(m -> {
                    m.order = 77L;
                    m.value = null;
                    m.key = new BigDecimal("0.5");
                    m.contacts = member.contacts().stream()
                            .map(c -> new Contact(
                                    c.channel() == Contact.Channel.EMAIL ? Contact.Channel.POST : c.channel(),
                                    c.value(),
                                    c.source(),
                                    c.externalId(),
                                    c.verifiedAt(),
                                    c.weight()))
                            .toList();
                    m.tags = List.of();
                    m.sponsor = null;
                    m.notes = JsonObject.empty();
                })
                .withVersion(member.version() + 1);
    }

    @Test
    @DisplayName("a change reaches what the query finds, raises versions by one and says how many")
    void updateAll() {
        Member one = insert(Member.TYPE, member(m -> m.order = 1L));
        Member two = update(Member.TYPE, insert(Member.TYPE, member(m -> m.order = 1L)));
        Member other = insert(Member.TYPE, member(m -> m.order = 2L));
        Query<Member> ones = Query.of(Member.TYPE).where(Member.ORDER.is(1L));
        assertThat(updateAll(ones, Assignment.set(Member.VALUE, "x"), Assignment.set(Member.USER, true)))
                .isEqualTo(2);
        assertThat(all(Member.TYPE))
                .containsExactly(
                        one.with(m -> {
                                    m.value = "x";
                                    m.user = true;
                                })
                                .withVersion(2),
                        two.with(m -> {
                                    m.value = "x";
                                    m.user = true;
                                })
                                .withVersion(3),
                        other);
        assertThat(updateAll(Query.of(Member.TYPE).where(Member.ORDER.is(9L)), Assignment.clear(Member.VALUE)))
                .isZero();
    }

    @Test
    @DisplayName("several changes are one, also when the first changes what the condition looks at")
    void assignmentsBelongTogether() {
        Member member = insert(Member.TYPE, member(m -> {
            m.order = 1L;
            m.tags = List.of("a");
            m.contacts = List.of(Contact.known("shop", "1"));
        }));
        assertThat(updateAll(
                        Query.of(Member.TYPE).where(Member.ORDER.is(1L)),
                        Assignment.set(Member.ORDER, 2L),
                        Assignment.clear(Member.TAGS),
                        Assignment.set(Member.VALUE, "x")))
                .isEqualTo(1);
        assertThat(find(member))
                .isEqualTo(member.with(m -> {
                            m.order = 2L;
                            m.tags = List.of();
                            m.value = "x";
                        })
                        .withVersion(2));
        assertThat(updateAll(
                        Query.of(Member.TYPE).where(Member.CONTACTS.any(Contact.SOURCE.is("shop"))),
                        Assignment.replace(Member.CONTACTS, Contact.SOURCE, "shop", "web"),
                        Assignment.replace(Member.CONTACTS, Contact.EXTERNAL_ID, "1", "2"),
                        Assignment.set(Member.VALUE, "y")))
                .isEqualTo(1);
        assertThat(find(member))
                .isEqualTo(member.with(m -> {
                            m.order = 2L;
                            m.tags = List.of();
                            m.value = "y";
                            m.contacts = List.of(Contact.known("web", "2"));
                        })
                        .withVersion(3));
    }

    @Test
    @DisplayName("in elements a value is replaced wherever it stands and nowhere else; a record without it counts too")
    void replaceInElements() {
        UUID none = ids.next();
        Member member = insert(Member.TYPE, member(m -> {
            m.contacts =
                    List.of(Contact.email("a"), Contact.email("b"), Contact.known("shop", "1"), Contact.email("a"));
            m.group = none;
        }));
        Member without = insert(Member.TYPE, member(m -> m.contacts = List.of(Contact.email("c"))));
        assertThat(updateAll(Query.of(Member.TYPE), Assignment.replace(Member.CONTACTS, Contact.VALUE, "a", "z")))
                .isEqualTo(2);
        assertThat(find(member).contacts())
                .containsExactly(
                        Contact.email("z"), Contact.email("b"), Contact.known("shop", "1"), Contact.email("z"));
        assertThat(find(without)).isEqualTo(without.withVersion(2));
    }

    @Test
    @DisplayName("values of every kind are assigned and cleared")
    void everyKindIsAssigned() {
        Member from = member(m -> {
            m.value = "\uD83D\uDE00";
            m.order = Long.MIN_VALUE;
            m.key = new BigDecimal("-0.0000000001");
            m.user = false;
            m.from = NOW.plusNanos(1_000);
            m.day = LocalDate.of(1, 1, 1);
            m.group = new UUID(-1, -1);
            m.level = Member.Level.BRONZE;
            m.sponsor = new Member.Id(new UUID(-1, 0));
        });
        Member bare = insert(Member.TYPE, member());
        assertThat(updateAll(
                        Query.of(Member.TYPE),
                        Assignment.set(Member.VALUE, "\uD83D\uDE00"),
                        Assignment.set(Member.ORDER, Long.MIN_VALUE),
                        Assignment.set(Member.KEY, new BigDecimal("-0.0000000001")),
                        Assignment.set(Member.USER, false),
                        Assignment.set(Member.FROM, NOW.plusNanos(1_999)),
                        Assignment.set(Member.DAY, LocalDate.of(1, 1, 1)),
                        Assignment.set(Member.GROUP, new UUID(-1, -1)),
                        Assignment.set(Member.LEVEL, Member.Level.BRONZE),
                        Assignment.set(Member.SPONSOR, new Member.Id(new UUID(-1, 0)))))
                .isEqualTo(1);
        Member full = find(bare);
        assertThat(Member.TYPE.toStored(full).values())
                .isEqualTo(Member.TYPE.toStored(from).values());
        assertThat(full.version()).isEqualTo(2);
        List<Assignment<Member>> clearing = Member.TYPE.fields().stream()
                .<Assignment<Member>>map(Assignment::clear)
                .toList();
        run(tx -> assertThat(tx.updateAll(Query.of(Member.TYPE), clearing)).isEqualTo(1));
        assertThat(find(bare)).isEqualTo(bare.withVersion(3));
    }

    @Test
    @DisplayName("records are deleted with their elements, and their keys and ids are free")
    void deleteAllTakesElements() {
        Member gone = insert(Member.TYPE, member(m -> {
            m.code = "A";
            m.tags = List.of("x");
            m.contacts = List.of(Contact.known("shop", "1"));
        }));
        Member kept = insert(Member.TYPE, member(m -> m.tags = List.of("y")));
        assertThat(deleteAll(Query.of(Member.TYPE).where(Member.TAGS.contains("x"))))
                .isEqualTo(1);
        assertThat(all(Member.TYPE)).containsExactly(kept);
        Member again = insert(Member.TYPE, Member.of(gone.id().value()).with(m -> {
            m.code = "A";
            m.contacts = List.of(Contact.known("shop", "1"));
        }));
        assertThat(find(again)).isEqualTo(again);
        assertThat(again.tags()).isEmpty();
        assertThat(deleteAll(Query.of(Member.TYPE))).isEqualTo(2);
        assertThat(deleteAll(Query.of(Member.TYPE))).isZero();
    }

    @Test
    @DisplayName("order, cursor and limit are not allowed, and nothing changes")
    void onlyConditionsAreAllowed() {
        Member member = insert(Member.TYPE, member());
        Query<Member> ordered = Query.of(Member.TYPE).orderBy(Order.ascending(Member.ORDER));
        for (Query<Member> query : List.of(
                ordered,
                Query.of(Member.TYPE).limit(1),
                Query.of(Member.TYPE).after(Query.of(Member.TYPE).cursorAt(member)))) {
            assertThatThrownBy(() -> updateAll(query, Assignment.set(Member.VALUE, "x")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> deleteAll(query)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> updateAll(Query.of(Member.TYPE))).isInstanceOf(IllegalArgumentException.class);
        assertThat(all(Member.TYPE)).containsExactly(member);
    }
}
