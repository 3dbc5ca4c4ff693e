package dev.crmcore.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {
    private static final Instant AT = Instant.parse("2026-03-01T09:30:00.123456789Z");

    private static JsonObject order() {
        return JsonObject.builder()
                .put("number", "10017 \"ü\" 😀 \n")
                .put("quantity", 3)
                .put("total", new BigDecimal("29.90"))
                .put("paid", true)
                .put("placedAt", AT)
                .put("due", LocalDate.of(2026, 3, 31))
                .put("shipTo", JsonObject.builder().put("city", "Köln").build())
                .putTexts("tags", List.of("b", "a"))
                .putObjects(
                        "lines",
                        List.of(
                                JsonObject.empty(),
                                JsonObject.builder().put("sku", "S").build()))
                .build();
    }

    @Test
    void readsBackWhatWasPut() {
        for (JsonObject json : List.of(order(), JsonObject.parse(order().toJson()))) {
            assertThat(json.requireText("number")).isEqualTo("10017 \"ü\" 😀 \n");
            assertThat(json.requireLong("quantity")).isEqualTo(3);
            assertThat(json.requireDecimal("quantity")).isEqualTo(new BigDecimal("3"));
            assertThat(json.requireDecimal("total")).isEqualByComparingTo("29.9");
            assertThat(json.requireBool("paid")).isTrue();
            assertThat(json.requireInstant("placedAt")).isEqualTo(AT);
            assertThat(json.requireDate("due")).isEqualTo("2026-03-31");
            assertThat(json.requireObject("shipTo").requireText("city")).isEqualTo("Köln");
            assertThat(json.texts("tags")).containsExactly("b", "a");
            assertThat(json.objects("lines")).containsExactly(JsonObject.empty(), JsonObject.parse("{\"sku\":\"S\"}"));
            assertThat(json).isEqualTo(order()).hasSameHashCodeAs(order());
        }
    }

    @Test
    void writesMembersInOrderOfInsertion() {
        assertThat(order().toJson())
                .isEqualTo("{\"number\":\"10017 \\\"ü\\\" 😀 \\n\",\"quantity\":3,\"total\":29.9,\"paid\":true,"
                        + "\"placedAt\":\"2026-03-01T09:30:00.123456789Z\",\"due\":\"2026-03-31\","
                        + "\"shipTo\":{\"city\":\"Köln\"},\"tags\":[\"b\",\"a\"],\"lines\":[{},{\"sku\":\"S\"}]}");
        assertThat(JsonObject.empty().toJson()).isEqualTo("{}");
    }

    @Test
    void equalityForgetsTheOrderOfMembersButNotOfElements() {
        assertThat(JsonObject.parse("{\"a\":1,\"b\":2}")).isEqualTo(JsonObject.parse(" {\"b\":2,\n\"a\":1} "));
        assertThat(JsonObject.parse("{\"a\":[1,2]}")).isNotEqualTo(JsonObject.parse("{\"a\":[2,1]}"));
        assertThat(JsonObject.parse("{\"a\":\"1\"}")).isNotEqualTo(JsonObject.parse("{\"a\":1}"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1.0, 1",
        "1e0, 1",
        "-0, 0",
        "-0.000, 0",
        "0e2147483647, 0",
        "1E3, 1000",
        "0.10, 0.1",
        "1e-7, 1E-7",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, 9223372036854775808",
        "-9223372036854775809, -9223372036854775809",
        "123456789012345678901234567890.12300, 123456789012345678901234567890.123",
    })
    void numbersHaveOneForm(String written, String kept) {
        JsonObject parsed = JsonObject.parse("{\"n\":" + written + "}");
        JsonObject put = JsonObject.builder().put("n", new BigDecimal(written)).build();
        assertThat(parsed).isEqualTo(put).hasSameHashCodeAs(put);
        assertThat(parsed.toJson()).isEqualTo("{\"n\":" + kept + "}");
        assertThat(parsed.requireDecimal("n")).isEqualByComparingTo(new BigDecimal(written));
    }

    @Test
    void aWholeNumberEqualsTheSameLong() {
        assertThat(JsonObject.builder().put("n", new BigDecimal("5.00")).build())
                .isEqualTo(JsonObject.builder().put("n", 5).build());
        assertThat(JsonObject.parse("{\"n\":" + Long.MIN_VALUE + "}").requireLong("n"))
                .isEqualTo(Long.MIN_VALUE);
        assertThatThrownBy(() -> JsonObject.parse("{\"n\":9223372036854775808}").longValue("n"))
                .hasMessage("member \"n\": is not a whole number of 64 bits");
        assertThatThrownBy(() -> JsonObject.parse("{\"n\":0.5}").longValue("n"))
                .hasMessage("member \"n\": is not a whole number of 64 bits");
    }

    @Test
    void hugeNumbersAreRefusedBeforeTheyAreExpanded() {
        for (String number : List.of(
                "1e501", "1e999999999", "1e-501", "-1e2147483647", "10e2147483647", "1e-2147483647", "1e99999999999")) {
            assertThatThrownBy(() -> JsonObject.parse("{\"n\":" + number + "}"))
                    .isInstanceOf(InvalidValueException.class);
        }
        assertThatThrownBy(() -> JsonObject.parse("{\"n\":" + "9".repeat(100_000) + "}"))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> JsonObject.builder().put("n", new BigDecimal("1e501")))
                .hasMessage("n: has more than 500 digits before or after the point");
        String largest = "9".repeat(500) + "." + "9".repeat(500);
        JsonObject kept = JsonObject.builder().put("n", new BigDecimal(largest)).build();
        assertThat(JsonObject.parse(kept.toJson())).isEqualTo(kept);
    }

    @Test
    void absentAndNullAreTheSame() {
        JsonObject json = JsonObject.parse("{\"a\":null,\"b\":{\"c\":null}}");
        assertThat(json.names()).containsExactly("b");
        assertThat(json.has("a")).isFalse();
        assertThat(json.kind("a")).isEmpty();
        assertThat(json.text("a")).isEmpty();
        assertThat(json.longValue("a")).isEmpty();
        assertThat(json.decimal("a")).isEmpty();
        assertThat(json.bool("a")).isEmpty();
        assertThat(json.instant("a")).isEmpty();
        assertThat(json.date("a")).isEmpty();
        assertThat(json.object("a")).isEmpty();
        assertThat(json.texts("a")).isEmpty();
        assertThat(json.objects("a")).isEmpty();
        assertThat(json.requireObject("b")).isEqualTo(JsonObject.empty());
        assertThat(JsonObject.builder()
                        .putIfPresent("a", (String) null)
                        .putIfPresent("a", (Long) null)
                        .putIfPresent("a", (BigDecimal) null)
                        .putIfPresent("a", (Boolean) null)
                        .putIfPresent("a", (Instant) null)
                        .putIfPresent("a", (LocalDate) null)
                        .putIfPresent("a", (JsonObject) null)
                        .build())
                .isEqualTo(JsonObject.empty());
    }

    @Test
    void whatHasToBeThereIsNamed() {
        JsonObject json = JsonObject.empty();
        assertThatThrownBy(() -> json.requireText("city")).hasMessage("member \"city\": is absent");
        assertThatThrownBy(() -> json.requireLong("city")).hasMessage("member \"city\": is absent");
        assertThatThrownBy(() -> json.requireDecimal("city")).hasMessage("member \"city\": is absent");
        assertThatThrownBy(() -> json.requireBool("city")).hasMessage("member \"city\": is absent");
        assertThatThrownBy(() -> json.requireInstant("city")).hasMessage("member \"city\": is absent");
        assertThatThrownBy(() -> json.requireDate("city")).hasMessage("member \"city\": is absent");
        assertThatThrownBy(() -> json.requireObject("city")).hasMessage("member \"city\": is absent");
    }

    @Test
    void anotherKindIsNamedAndTheValueIsNotInTheMessage() {
        JsonObject json = JsonObject.parse("{\"t\":\"secret\",\"n\":1,\"b\":true,\"o\":{},\"l\":[\"x\",{}]}");
        assertThatThrownBy(() -> json.longValue("t")).isInstanceOfSatisfying(InvalidValueException.class, e -> {
            assertThat(e).hasMessage("member \"t\": is a text, expected a number");
            assertThat(e.value()).isEqualTo("secret");
            assertThat(e.reason()).isEqualTo("is a text, expected a number");
            assertThat(e.what()).isEqualTo("member \"t\"");
        });
        assertThatThrownBy(() -> json.text("n")).hasMessage("member \"n\": is a number, expected a text");
        assertThatThrownBy(() -> json.bool("o")).hasMessage("member \"o\": is an object, expected a boolean");
        assertThatThrownBy(() -> json.object("l")).hasMessage("member \"l\": is a list, expected an object");
        assertThatThrownBy(() -> json.texts("b")).hasMessage("member \"b\": is a boolean, expected a list");
        assertThatThrownBy(() -> json.texts("l")).hasMessage("member \"l[1]\": is an object, expected a text");
        assertThatThrownBy(() -> json.objects("l")).hasMessage("member \"l[0]\": is a text, expected an object");
        assertThatThrownBy(() -> json.instant("t"))
                .hasMessage("member \"t\": is not an ISO 8601 instant such as 2026-03-01T09:30:00Z");
        assertThatThrownBy(() -> json.date("t")).hasMessage("member \"t\": is not an ISO 8601 date such as 2026-03-01");
        assertThat(json.names().stream().map(json::kind).map(kind -> kind.orElseThrow()))
                .containsExactly(
                        JsonObject.Kind.TEXT,
                        JsonObject.Kind.NUMBER,
                        JsonObject.Kind.BOOLEAN,
                        JsonObject.Kind.OBJECT,
                        JsonObject.Kind.LIST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"a\":2}          | JSON: a member name appears twice at line 1, column 8",
                "{\"a\":null,\"a\":2}       | JSON: a member name appears twice at line 1, column 11",
                "{\"a\":1,\"a\":null}       | JSON: a member name appears twice at line 1, column 8",
                "[1]                        | JSON: not a JSON object at line 1, column 1",
                "`secret`                   | JSON: not valid JSON at line 1, column 1",
                "{\"a\":secret}             | JSON: not valid JSON at line 1, column 6",
                "{\"a\":1} {}               | JSON: text after the JSON object at line 1, column 9",
                "{\"a\":[1,null]}           | JSON: null in an array at line 1, column 9",
                "{\"a\":\"\\u0000\"}        | JSON: text: has U+0000 at index 0 at line 1, column 6",
                "{\"a\":\"x\\ud800\"}       | JSON: text: has an unpaired surrogate at index 1 at line 1, column 6",
                "{\"\\ud800\":1}            | JSON: not valid JSON at line 1, column 9",
                "{\"a\":1e501}              | JSON: number: has more than 500 digits before or after the point at line 1, column 6",
            })
    void whatIsNoObjectIsRefusedWithItsPosition(String json, String message) {
        assertThatThrownBy(() -> JsonObject.parse(json))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\"", "{\"a\":", "{\"a\":[1", "{\"a\":\"secret"})
    void jsonThatIsCutOffIsRefused(String json) {
        assertThatThrownBy(() -> JsonObject.parse(json))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageMatching("JSON: JSON ends too early at line \\d+, column \\d+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n"})
    void textWithoutJsonIsRefusedWithoutAPositionThatItDoesNotHave(String json) {
        assertThatThrownBy(() -> JsonObject.parse(json))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("JSON: not a JSON object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'a':1}",
                "{a:1}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":NaN}",
                "{\"a\":1,}",
                "{\"a\":.5}",
                "{\"a\":\"\t\"}",
                "{\"a\":1}//",
                "\uFEFF{}",
                "{\"a\":TRUE}"
            })
    void onlyStrictJsonIsRead(String json) {
        assertThatThrownBy(() -> JsonObject.parse(json)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void depthIsLimitedBothWays() {
        JsonObject deep = JsonObject.empty();
        for (int level = 2; level <= JsonObject.MAX_DEPTH; level++) {
            deep = JsonObject.builder().put("o", deep).build();
        }
        assertThat(JsonObject.parse(deep.toJson())).isEqualTo(deep);
        JsonObject deepest = deep;
        assertThatThrownBy(() -> JsonObject.builder().put("o", deepest).build())
                .hasMessage("JSON: deeper than 64 levels");
        String tooDeep = "{\"o\":".repeat(64) + "{}" + "}".repeat(64);
        assertThatThrownBy(() -> JsonObject.parse(tooDeep))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("JSON: JSON deeper than 64 levels");
        assertThatThrownBy(() -> JsonObject.parse("{\"a\":" + "[".repeat(100_000)))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void lengthIsLimitedBothWays() {
        String text = "x".repeat(JsonObject.MAX_LENGTH - "{\"t\":\"\"}".length());
        JsonObject longest = JsonObject.builder().put("t", text).build();
        assertThat(JsonObject.parse(longest.toJson())).isEqualTo(longest);
        JsonObject tooLong = JsonObject.builder().put("t", text + "x").build();
        assertThatThrownBy(tooLong::toJson).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> JsonObject.parse(longest.toJson() + " "))
                .hasMessage("JSON: longer than 16777216 characters");
    }

    @Test
    void listsOfAnyKindsAreKept() {
        String json = "{\"l\":[1,\"a\",[true,[]],{\"x\":0.5}]}";
        assertThat(JsonObject.parse(json).toJson()).isEqualTo(json);
    }

    @Test
    void aBuilderReplacesRemovesAndRenames() {
        JsonObject before = JsonObject.parse("{\"a\":1,\"b\":[2],\"c\":3}");
        JsonObject.Builder builder =
                before.toBuilder().put("a", "x").rename("b", "list").remove("c").remove("none");
        JsonObject after = builder.rename("none", "z").build();
        assertThat(after.toJson()).isEqualTo("{\"a\":\"x\",\"list\":[2]}");
        builder.put("later", 1);
        assertThat(after.has("later")).isFalse();
        assertThat(before.toJson()).isEqualTo("{\"a\":1,\"b\":[2],\"c\":3}");
    }

    @Test
    void textThatNoStoreKeepsIsRefused() {
        JsonObject.Builder builder = JsonObject.builder();
        assertThatThrownBy(() -> builder.put("t", "a\u0000")).hasMessage("t: has U+0000 at index 1");
        assertThatThrownBy(() -> builder.put("\uDC00", 1))
                .hasMessage("member name: has an unpaired surrogate at index 0");
        assertThatThrownBy(() -> builder.putTexts("t", List.of("ok", "\uD800x")))
                .hasMessage("t: has an unpaired surrogate at index 0");
        assertThat(builder.build()).isEqualTo(JsonObject.empty());
    }

    @Test
    void nothingInsideCanBeChanged() {
        JsonObject json = JsonObject.parse("{\"l\":[\"a\"],\"o\":[{}]}");
        assertThatThrownBy(() -> json.names().remove("l")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> json.texts("l").set(0, "b")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> json.objects("o").clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> JsonObject.builder().putTexts("t", java.util.Arrays.asList("a", null)))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void toStringPrintsNamesOnly() {
        assertThat(order())
                .hasToString("JsonObject[number, quantity, total, paid, placedAt, due, shipTo, tags, lines]");
    }

    @Test
    void anyTreeSurvivesItsText() {
        Random random = new Random(20260301);
        for (int i = 0; i < 500; i++) {
            JsonObject tree = tree(random, 4);
            JsonObject back = JsonObject.parse(tree.toJson());
            assertThat(back).isEqualTo(tree).hasSameHashCodeAs(tree);
            assertThat(back.toJson()).isEqualTo(tree.toJson());
        }
    }

    private static JsonObject tree(Random random, int depth) {
        JsonObject.Builder builder = JsonObject.builder();
        for (int i = random.nextInt(6); i > 0; i--) {
            String name = text(random);
            switch (random.nextInt(depth == 0 ? 4 : 6)) {
                case 0 -> builder.put(name, text(random));
                case 1 -> builder.put(name, random.nextLong());
                case 2 -> builder.put(name, BigDecimal.valueOf(random.nextLong(), random.nextInt(40) - 20));
                case 3 -> builder.putTexts(name, List.of(text(random), text(random)));
                case 4 -> builder.put(name, tree(random, depth - 1));
                default -> builder.putObjects(name, List.of(tree(random, depth - 1), tree(random, depth - 1)));
            }
        }
        return builder.build();
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(8), 1, Character.MAX_CODE_POINT)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .map(c -> random.nextBoolean() ? 1 + c % 0x250 : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void storableTextIsKeptAsItIs() {
        assertThat(Map.of(
                        "", true,
                        "e\u0301 😀\uFFFF", true,
                        "\u0000", false,
                        "\uD83D", false,
                        "\uDE00\uD83D", false,
                        "\uD83D\uD83D\uDE00", false))
                .allSatisfy((text, storable) ->
                        assertThat(StorableText.isStorable(text)).isEqualTo(storable));
        assertThat(StorableText.require("note", " a ")).isEqualTo(" a ");
    }
}
