package dev.crmcore.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesAndAddressesTest {
    private static final PersonName FULL = PersonName.builder()
            .prefix("Dr.")
            .given("Ann")
            .additional("Mary")
            .family("Lée")
            .suffix("Jr.")
            .phoneticGiven("an")
            .phoneticFamily("li")
            .build();

    @Test
    void aNameIsShownFromItsParts() {
        assertThat(FULL.display()).isEqualTo("Dr. Ann Mary Lée Jr.");
        assertThat(FULL.searchKey()).isEqualTo("ann mary lee");
        assertThat(PersonName.of(" Ann ", "").display()).isEqualTo("Ann");
        assertThat(PersonName.of("", "Lee").searchKey()).isEqualTo("lee");
        PersonName sato =
                PersonName.builder().family("佐藤").given("陽子").formatted("佐藤 陽子").build();
        assertThat(sato.display()).isEqualTo("佐藤 陽子");
        assertThat(PersonName.ofFormatted("Madonna").display()).isEqualTo("Madonna");
        assertThat(PersonName.ofFormatted("Zoë B.").searchKey()).isEqualTo("zoe b.");
    }

    @Test
    void theReadersOfANameGiveItsParts() {
        assertThat(FULL.prefix()).contains("Dr.");
        assertThat(FULL.given()).contains("Ann");
        assertThat(FULL.additional()).contains("Mary");
        assertThat(FULL.family()).contains("Lée");
        assertThat(FULL.suffix()).contains("Jr.");
        assertThat(FULL.formatted()).isEmpty();
        assertThat(FULL.phoneticGiven()).contains("an");
        assertThat(FULL.phoneticFamily()).contains("li");
        assertThat(FULL.toBuilder().build()).isEqualTo(FULL).hasSameHashCodeAs(FULL);
        assertThat(FULL.toBuilder().suffix(" ").build()).isNotEqualTo(FULL);
        assertThat(FULL.toBuilder().formatted("Ann").build().toBuilder()
                        .formatted(null)
                        .build())
                .isEqualTo(FULL);
    }

    @Test
    void aNameHasAName() {
        assertThatThrownBy(() -> PersonName.of(" ", ""))
                .hasMessage("name of a person: has neither given, family nor formatted name");
        assertThatThrownBy(() -> PersonName.builder().prefix("Dr.").build()).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> PersonName.of("a".repeat(1_001), "b"))
                .hasMessage("given name: is longer than 1000 characters");
        assertThatThrownBy(() -> PersonName.of("a", "b\u0000")).hasMessage("family name: has U+0000 at index 1");
    }

    @Test
    void anAddressKeepsItsParts() {
        PostalAddress address = PostalAddress.builder()
                .poBox("12")
                .extended("c/o Lee")
                .street("Hauptstraße 5\nHinterhaus")
                .locality(" Berlin ")
                .region("Berlin")
                .regionCode("DE-BE")
                .postalCode("10827")
                .country("DE")
                .build();
        assertThat(address.poBox()).contains("12");
        assertThat(address.extended()).contains("c/o Lee");
        assertThat(address.street()).contains("Hauptstraße 5\nHinterhaus");
        assertThat(address.locality()).contains("Berlin");
        assertThat(address.region()).contains("Berlin");
        assertThat(address.regionCode()).contains("DE-BE");
        assertThat(address.postalCode()).contains("10827");
        assertThat(address.country()).contains("DE");
        assertThat(address.toBuilder().build()).isEqualTo(address).hasSameHashCodeAs(address);
        assertThat(address.toBuilder().poBox(null).build()).isNotEqualTo(address);
        assertThat(address.normalized()).isEqualTo("12|c/o lee|hauptstrasse 5 hinterhaus|berlin|berlin|de-be|10827|de");
    }

    @Test
    void partsOfAnAddressDoNotRunTogether() {
        assertThat(PostalAddress.builder().street("a|b").build().normalized()).isEqualTo("||a/b|||||");
        assertThat(PostalAddress.builder().street("HAUPTSTRASSE  5").build().normalized())
                .isEqualTo(
                        PostalAddress.builder().street("Hauptstraße 5").build().normalized());
    }

    @Test
    void countriesAndRegionsHaveCodes() {
        PostalAddress.Builder builder = PostalAddress.builder().locality("x");
        assertThat(builder.country("XK").build().country()).contains("XK");
        assertThatThrownBy(() -> builder.country("UK").build())
                .hasMessage("country: is not a country code of ISO 3166-1 such as DE");
        assertThatThrownBy(() -> builder.country("de").build()).isInstanceOf(InvalidValueException.class);
        builder.country("DE");
        assertThatThrownBy(() -> builder.regionCode("BE").build())
                .hasMessage("region code: has not the form of ISO 3166-2 such as DE-BE");
        assertThatThrownBy(() -> builder.regionCode("AT-9").build())
                .hasMessage("region code: is not of the country of the address");
        assertThatThrownBy(() -> builder.country(null).regionCode("DE-BE").build())
                .hasMessage("region code: is not of the country of the address");
        assertThatThrownBy(() -> PostalAddress.builder().street("  ").build())
                .hasMessage("postal address: has no part");
    }

    @Test
    void externalIdsAreComparedAsTheyAre() {
        assertThat(ExternalId.of("shop", "a")).isEqualTo(new ExternalId("shop", "a"));
        assertThat(ExternalId.of("shop", "a")).isNotEqualTo(ExternalId.of("shop", "A"));
        assertThat(ExternalId.of("shop", " a ").value()).isEqualTo(" a ");
        assertThat(ExternalId.of("shop", "card-123")).hasToString("ExternalId[shop]");
        assertThatThrownBy(() -> ExternalId.of(" ", "a")).hasMessage("system of an external id: is blank");
        assertThatThrownBy(() -> ExternalId.of("shop", "")).hasMessage("value of an external id: is blank");
        assertThatThrownBy(() -> ExternalId.of("s".repeat(101), "a"))
                .hasMessage("system of an external id: is longer than 100 characters");
        assertThatThrownBy(() -> ExternalId.of("s", "a".repeat(401)))
                .hasMessage("value of an external id: is longer than 400 characters");
        assertThatThrownBy(() -> ExternalId.of("s", "\uD800")).isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest
    @CsvSource({"de, de", "PT-br, pt-BR", "zh-hant-tw, zh-Hant-TW", "i-klingon, tlh", "sl-rozaj, sl-rozaj"})
    void languagesAreTaggedAsUsual(String tag, String canonical) {
        assertThat(LanguageTag.of(tag)).hasToString(canonical).isEqualTo(LanguageTag.of(canonical));
        assertThat(LanguageTag.of(tag).locale()).isEqualTo(Locale.forLanguageTag(canonical));
        assertThat(LanguageTag.of(tag)).hasSameHashCodeAs(LanguageTag.of(canonical));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "und", "german!", "de_DE", "-", "x-private"})
    void whatIsNoLanguageIsRefused(String tag) {
        assertThatThrownBy(() -> LanguageTag.of(tag))
                .hasMessage("language: is not a language tag of BCP 47 such as pt-BR");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T09:30:00.123456789Z, 2026-03-01T09:30:00.123456Z",
        "2026-03-01T09:30:00Z, 2026-03-01T09:30:00Z",
        "1969-12-31T23:59:59.999999999Z, 1969-12-31T23:59:59.999999Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999Z",
    })
    void instantsAreCutNotRounded(String instant, String kept) {
        assertThat(Microseconds.of(Instant.parse(instant))).isEqualTo(kept);
    }

    @Test
    void instantsThatSomeStoreCannotKeepAreRefused() {
        assertThatThrownBy(() -> Microseconds.of(Instant.MAX)).hasMessage("instant: is not in the years 1 to 9999");
        assertThatThrownBy(() ->
                        Microseconds.of(Instant.parse("0001-01-01T00:00:00Z").minusNanos(1)))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void toStringShowsNothing() {
        assertThat(FULL).hasToString("PersonName[***]");
        assertThat(PostalAddress.builder().street("Secret 1").build()).hasToString("PostalAddress[***]");
    }
}
