package dev.crmcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmcore.context.CallContext;
import dev.crmcore.context.TenantId;
import dev.crmcore.customer.Customer;
import dev.crmcore.internal.failure.FailurePlace;
import dev.crmcore.store.LogPosition;
import dev.crmcore.work.DueWork;
import dev.crmcore.work.UnfinishedWorkException;
import dev.crmcore.work.UnitOfWork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a host's code throws")
class HostCallbacksTest {

    private static final CallContext CONTEXT = CallContext.of("agent:7", "a test");

    private static DueWork work(String name, ToIntFunction<UnitOfWork> work) {
        return new DueWork() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public int run(UnitOfWork unitOfWork) {
                return work.applyAsInt(unitOfWork);
            }
        };
    }

    private static void register(Crm crm, String tenant) {
        crm.session(TenantId.of(tenant), CONTEXT).customers().register(Customer.named("Ann", "Lee"));
    }

    @Test
    @DisplayName("in due work is reported for its tenant, and the other tenants and works have their turn")
    void dueWork() {
        List<String> ran = new ArrayList<>();
        IllegalStateException boom = new IllegalStateException("ann@example.com");
        Crm crm = Crm.builder()
                .dueWork(work("first", unitOfWork -> {
                    String tenant = unitOfWork.call(work -> work.tenant().value());
                    ran.add("first of " + tenant);
                    if (tenant.equals("a")) {
                        throw boom;
                    }
                    return 2;
                }))
                .dueWork(work("second", unitOfWork -> {
                    ran.add("second");
                    return 3;
                }))
                .build();
        register(crm, "a");
        register(crm, "b");
        DueReport report = crm.runDue();
        assertThat(ran).containsExactly("first of a", "second", "first of b", "second");
        assertThat(report.done()).isEqualTo(2 + 3 + 3);
        assertThat(report.failures()).singleElement().satisfies(line -> {
            assertThat(line.tenant()).isEqualTo(TenantId.of("a"));
            assertThat(line.work()).isEqualTo("first");
            assertThat(line.done()).isZero();
            assertThat(line.failure()).containsSame(boom);
        });
    }

    @Test
    @DisplayName("in a part of due work leaves the count of what was done")
    void partOfDueWork() {
        IllegalStateException boom = new IllegalStateException("ann@example.com");
        Crm crm = Crm.builder()
                .dueWork(work("letters", unitOfWork -> {
                    throw new UnfinishedWorkException(4, 1, boom);
                }))
                .build();
        register(crm, "a");
        DueReport report = crm.runDue();
        assertThat(report.done()).isEqualTo(4);
        assertThat(report.failures())
                .singleElement()
                .satisfies(line -> assertThat(line.failure().orElseThrow())
                        .hasMessage("4 done and 1 failed, the first with java.lang.IllegalStateException")
                        .hasCause(boom));
    }

    @Test
    @DisplayName(
            "in a listener, errors too, harms neither the caller nor the other listeners: what is committed stands")
    void listeners() {
        List<String> heard = new ArrayList<>();
        Crm crm = Crm.builder()
                .listener((tenant, event) -> {
                    throw new AssertionError("no");
                })
                .listener((tenant, event) -> {
                    throw new StackOverflowError();
                })
                .listener((tenant, event) -> heard.add(event.type()))
                .build();
        register(crm, "a");
        assertThat(heard).containsExactly("customer.registered");
        assertThat(crm.session(TenantId.of("a"), CONTEXT).log().after(LogPosition.START, 9))
                .hasSize(1);
    }

    @Test
    @DisplayName("in an action after the commit, errors too, harms neither the caller nor the other actions")
    void afterCommit() {
        List<String> ran = new ArrayList<>();
        CrmSession desk = Crm.inMemory().session(TenantId.of("a"), CONTEXT);
        String result = desk.unitOfWork().call(work -> {
            work.store().afterCommit(() -> {
                throw new AssertionError("no");
            });
            work.store().afterCommit(() -> ran.add("second"));
            return "done";
        });
        assertThat(result).isEqualTo("done");
        assertThat(ran).containsExactly("second");
    }

    @Test
    @DisplayName("is logged by class and place, never by what it says")
    void place() {
        assertThat(FailurePlace.of(new IllegalStateException("ann@example.com")))
                .startsWith("java.lang.IllegalStateException at dev.crmcore.HostCallbacksTest.place(")
                .doesNotContain("ann");
        RuntimeException bare = new IllegalStateException();
        bare.setStackTrace(new StackTraceElement[0]);
        assertThat(FailurePlace.of(bare)).isEqualTo("java.lang.IllegalStateException at an unknown place");
    }
}
