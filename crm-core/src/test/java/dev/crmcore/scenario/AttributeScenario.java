package dev.crmcore.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.NotFoundException;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.AttributeDefinition;
import dev.crmcore.customer.AttributeDefinitions;
import dev.crmcore.customer.AttributeType;
import dev.crmcore.customer.AttributeValue;
import dev.crmcore.customer.Attributes;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.DataClass;
import dev.crmcore.customer.Organization;
import dev.crmcore.value.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a tenant declared of its attributes holds for what is registered and changed from then on. */
public abstract class AttributeScenario extends Scenario {

    private AttributeDefinitions definitions() {
        return desk().attributeDefinitions();
    }

    private static AttributeDefinition.Builder plan() {
        return AttributeDefinition.of(Customer.TYPE, "plan", AttributeType.ENUM)
                .options("free", "gold")
                .classification(DataClass.PUBLIC);
    }

    private static void assertRefused(String rule, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.rule()).isEqualTo(rule));
    }

    @Test
    void aDefinitionComesBackAsItWasKept() {
        AttributeDefinition plan = definitions()
                .declare(plan().required()
                        .defaultValue(AttributeValue.of("free"))
                        .maxLength(10));
        AttributeDefinition budget = definitions()
                .declare(AttributeDefinition.of(Customer.TYPE, "budget", AttributeType.MONEY)
                        .minimum(BigDecimal.ZERO)
                        .maximum(new BigDecimal("1000.50"))
                        .defaultValue(AttributeValue.of(Money.of("10", "EUR")))
                        .classification(DataClass.SENSITIVE));
        AttributeDefinition rating =
                definitions().declare(AttributeDefinition.of(Organization.TYPE, "plan", AttributeType.INT));
        assertThat(definitions().of(Customer.TYPE)).containsExactly(budget, plan);
        assertThat(definitions().find(Organization.TYPE, "plan")).contains(rating);
        assertThat(definitions().find(Customer.TYPE, "other")).isEmpty();
        assertThat(otherDesk().attributeDefinitions().of(Customer.TYPE)).isEmpty();
        assertThat(events("attribute_definition.declared")).hasSize(3);
    }

    @Test
    void whatIsThereUnlessSaidIsThere() {
        definitions().declare(plan().required().defaultValue(AttributeValue.of("free")));
        assertThat(desk().customers().register(Customer.builder()).attributes().text("plan"))
                .contains("free");
        assertThat(desk().customers()
                        .register(Customer.builder().attribute("plan", "gold"))
                        .attributes()
                        .text("plan"))
                .contains("gold");
    }

    @Test
    void whatIsRequiredIsAskedForAndNotTakenAway() {
        Customer before = desk().customers().register(Customer.builder());
        definitions().declare(plan().required());
        assertRefused("attribute.required", () -> desk().customers().register(Customer.builder()));
        assertThat(desk().customers().tag(before.id(), "old").tags())
                .as("a change answers for what it changes")
                .containsExactly("old");
        Customer with = desk().customers().register(Customer.builder().attribute("plan", "gold"));
        assertRefused("attribute.required", () -> desk().customers().save(with.withoutAttribute("plan")));
    }

    @Test
    void valuesFitTheirDefinitionAndMessagesKeepSecrets() {
        definitions().declare(plan());
        definitions()
                .declare(AttributeDefinition.of(Customer.TYPE, "blood", AttributeType.ENUM)
                        .options("A", "B")
                        .classification(DataClass.SENSITIVE));
        assertThatThrownBy(() -> desk().customers().register(Customer.builder().attribute("plan", "platinum")))
                .isInstanceOfSatisfying(RuleViolationException.class, e -> {
                    assertThat(e.field()).contains("attributes.plan");
                    assertThat(e).hasMessageContaining("platinum").hasMessageContaining("[free, gold]");
                });
        assertThatThrownBy(() -> desk().customers().register(Customer.builder().attribute("blood", "secret")))
                .isInstanceOfSatisfying(RuleViolationException.class, e -> {
                    assertThat(e.value()).contains("secret");
                    assertThat(e).hasMessageNotContaining("secret");
                });
        assertThat(desk().customers()
                        .register(Customer.builder().attribute("undeclared", true))
                        .attributes()
                        .bool("undeclared"))
                .contains(true);
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(
                        AttributeType.STRING, AttributeValue.of("x".repeat(400)), AttributeValue.of("x".repeat(401))),
                Arguments.of(AttributeType.TEXT, AttributeValue.of("x".repeat(401)), AttributeValue.of(1)),
                Arguments.of(AttributeType.INT, AttributeValue.of(7), AttributeValue.of(new BigDecimal("7.5"))),
                Arguments.of(AttributeType.INT, AttributeValue.of(new BigDecimal("7.00")), AttributeValue.of("7")),
                Arguments.of(
                        AttributeType.DECIMAL,
                        AttributeValue.of(new BigDecimal("7.5")),
                        AttributeValue.of(Money.of("7.5", "EUR"))),
                Arguments.of(AttributeType.MONEY, AttributeValue.of(Money.of("7.5", "EUR")), AttributeValue.of(7)),
                Arguments.of(AttributeType.BOOL, AttributeValue.of(true), AttributeValue.of("true")),
                Arguments.of(
                        AttributeType.DATE,
                        AttributeValue.of(LocalDate.of(2024, 2, 29)),
                        AttributeValue.of("2024-02-29")),
                Arguments.of(
                        AttributeType.DATETIME, AttributeValue.of(START), AttributeValue.of(LocalDate.of(2024, 2, 29))),
                Arguments.of(
                        AttributeType.REF,
                        AttributeValue.of("0197f6a0-0000-7000-8000-000000000001"),
                        AttributeValue.of("1-2-3-4-5")),
                Arguments.of(AttributeType.GEO, AttributeValue.of("-90,180.0"), AttributeValue.of("90.5,0")),
                Arguments.of(AttributeType.GEO, AttributeValue.of("52.52,13.405"), AttributeValue.of("52.52 13.405")));
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyTypeTakesItsOwnValues(AttributeType type, AttributeValue good, AttributeValue bad) {
        definitions().declare(AttributeDefinition.of(Customer.TYPE, "key", type));
        Customer customer = desk().customers().register(Customer.builder().attribute("key", good));
        assertThat(desk().customers().require(customer.id()).attributes().get("key"))
                .contains(good);
        assertRefused("attribute.type", () -> desk().customers().save(customer.withAttribute("key", bad)));
        List<AttributeValue> two = List.of(good, type == AttributeType.BOOL ? AttributeValue.of(false) : bad);
        assertRefused(
                "attribute.single",
                () -> desk().customers()
                        .save(customer.toBuilder()
                                .attributes(customer.attributes().with("key", two))
                                .build()));
    }

    @Test
    void severalCanBeChosenWhereThatIsSaid() {
        definitions()
                .declare(AttributeDefinition.of(Customer.TYPE, "likes", AttributeType.MULTI_ENUM)
                        .options("tea", "rain"));
        List<AttributeValue> both = List.of(AttributeValue.of("tea"), AttributeValue.of("rain"));
        Customer customer = desk().customers()
                .register(Customer.builder().attributes(Attributes.none().with("likes", both)));
        assertThat(customer.attributes().texts("likes")).containsExactly("tea", "rain");
        assertRefused(
                "attribute.type",
                () -> desk().customers().save(customer.withAttribute("likes", AttributeValue.of("snow"))));
    }

    @Test
    void boundsHold() {
        definitions()
                .declare(AttributeDefinition.of(Customer.TYPE, "seats", AttributeType.INT)
                        .minimum(BigDecimal.ONE)
                        .maximum(BigDecimal.TEN));
        definitions()
                .declare(AttributeDefinition.of(Customer.TYPE, "code", AttributeType.STRING)
                        .maxLength(2));
        desk().customers()
                .register(Customer.builder().attribute("seats", 10).attribute("code", "\uD83D\uDE00\uD83D\uDE00"));
        assertRefused(
                "attribute.range",
                () -> desk().customers().register(Customer.builder().attribute("seats", 0)));
        assertRefused(
                "attribute.range",
                () -> desk().customers().register(Customer.builder().attribute("seats", 11)));
        assertRefused(
                "attribute.length",
                () -> desk().customers().register(Customer.builder().attribute("code", "abc")));
    }

    @Test
    void definitionsThatContradictThemselvesAreRefused() {
        assertRefused(
                "attribute.options",
                () -> definitions().declare(AttributeDefinition.of(Customer.TYPE, "k", AttributeType.ENUM)));
        assertRefused(
                "attribute.options",
                () -> definitions()
                        .declare(AttributeDefinition.of(Customer.TYPE, "k", AttributeType.INT)
                                .options("a")));
        assertRefused(
                "attribute.range",
                () -> definitions()
                        .declare(AttributeDefinition.of(Customer.TYPE, "k", AttributeType.DATE)
                                .minimum(BigDecimal.ONE)));
        assertRefused(
                "attribute.range",
                () -> definitions()
                        .declare(AttributeDefinition.of(Customer.TYPE, "k", AttributeType.INT)
                                .minimum(BigDecimal.TEN)
                                .maximum(BigDecimal.ONE)));
        assertRefused(
                "attribute.type",
                () -> definitions()
                        .declare(AttributeDefinition.of(Customer.TYPE, "k", AttributeType.INT)
                                .defaultValue(AttributeValue.of("x"))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AttributeDefinition.of(AttributeDefinition.TYPE, "k", AttributeType.INT));
        assertThat(definitions().of(Customer.TYPE)).isEmpty();
    }

    @Test
    void theTypeOfAnAttributeStays() {
        AttributeDefinition plan = definitions().declare(plan());
        assertRefused(
                "attribute.type.fixed",
                () -> definitions().declare(AttributeDefinition.of(Customer.TYPE, "plan", AttributeType.STRING)));
        AttributeDefinition wider = definitions().declare(plan().options("free", "gold", "platinum"));
        assertThat(wider.id()).isEqualTo(plan.id());
        assertThat(wider.version()).isEqualTo(2);
        assertThat(definitions().declare(plan().options("free", "gold", "platinum")))
                .as("said again")
                .isEqualTo(wider);
    }

    @Test
    void aDeprecatedAttributeKeepsItsValuesAndTakesNoNewOnes() {
        definitions().declare(plan().required().defaultValue(AttributeValue.of("free")));
        Customer gold = desk().customers().register(Customer.builder().attribute("plan", "gold"));
        AttributeDefinition deprecated = definitions().deprecate(Customer.TYPE, "plan");
        assertThat(deprecated.deprecatedAt()).contains(now());
        assertThat(definitions().deprecate(Customer.TYPE, "plan")).isEqualTo(deprecated);
        assertThat(desk().customers().register(Customer.builder()).attributes().has("plan"))
                .isFalse();
        assertRefused(
                "attribute.deprecated",
                () -> desk().customers().save(gold.withAttribute("plan", AttributeValue.of("free"))));
        assertThat(desk().customers().tag(gold.id(), "x").attributes().text("plan"))
                .contains("gold");
        assertThat(definitions().declare(plan()).deprecatedAt())
                .as("in use again")
                .isEmpty();
        assertThatThrownBy(() -> definitions().deprecate(Customer.TYPE, "nothing"))
                .isInstanceOf(NotFoundException.class);
    }
}
