package dev.crmcore.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneNumberTest {

    @ParameterizedTest
    @CsvSource({
        "+49 30 1234567, +49301234567, DE",
        "0049 30 1234567, +49301234567, DE",
        "+49 (0) 30 1234567, +49301234567, DE",
        "tel:+49-30-1234567, +49301234567, DE",
        "＋４９３０１２３４５６７, +49301234567, DE",
        "+1 (202) 555-0123, +12025550123, US",
        "+39 06 12345678, +390612345678, IT",
        "+800 1234 5678, +80012345678,",
    })
    void readsANumberWithItsCountryCode(String typed, String e164, String region) {
        PhoneNumber number = PhoneNumber.parse(" " + typed + " ");
        assertThat(number.asTyped()).isEqualTo(typed);
        assertThat(number.e164()).isEqualTo(e164).isEqualTo(number.normalized());
        assertThat(number.region().orElse(null)).isEqualTo(region);
        assertThat(PhoneNumber.parse(e164)).isEqualTo(number).hasSameHashCodeAs(number);
    }

    @ParameterizedTest
    @CsvSource({
        "030 1234567, DE, +49301234567",
        "(030) 12 34-567, DE, +49301234567",
        "٠٣٠١٢٣٤٥٦٧, DE, +49301234567",
        "202-555-0123, US, +12025550123",
        "011 49 30 1234567, US, +49301234567",
        "0049 30 1234567, US, +49301234567",
        "0049 30 1234567, DE, +49301234567",
        "+49 30 1234567, JP, +49301234567",
        "010 49 30 1234567, JP, +49301234567",
        "06 12345678, IT, +390612345678",
        "0800 1111, GB, +448001111",
    })
    void readsANumberAsWrittenInItsRegion(String typed, String region, String e164) {
        assertThat(PhoneNumber.parse(typed, region).e164()).isEqualTo(e164);
    }

    @Test
    void anExtensionIsPartOfTheNumber() {
        PhoneNumber desk = PhoneNumber.parse("(030) 1234567 ext. 7", "DE");
        assertThat(desk.e164()).isEqualTo("+49301234567");
        assertThat(desk.extension()).contains("7");
        assertThat(desk.normalized()).isEqualTo("+49301234567;ext=7");
        assertThat(desk)
                .isEqualTo(PhoneNumber.parse("+49 30 1234567 x7"))
                .isEqualTo(PhoneNumber.parse(desk.normalized()));
        assertThat(desk).isNotEqualTo(PhoneNumber.parse("+49 30 1234567"));
        assertThat(PhoneNumber.parse("+49 30 1234567").extension()).isEmpty();
    }

    @Test
    void tellsWhetherTheRangeIsAssigned() {
        assertThat(PhoneNumber.parse("+49 30 1234567").isAssigned()).isTrue();
        assertThat(PhoneNumber.parse("+1 111 555 0123").isAssigned()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'', is not a phone number",
        "secret, is not a phone number",
        "030 1234567, 'has no country code that exists, and no region is given'",
        "+999 1234567, 'has no country code that exists, and no region is given'",
        "+49 1, is too short",
        "+49 30 12345678901234567, is too long",
        "+1 555 0123, has no area code",
        "+1 202 555 01234, is too long for its country",
        "00, is not a phone number",
    })
    void whatIsNoNumberIsRefusedWithAReason(String text, String reason) {
        assertThatThrownBy(() -> PhoneNumber.parse(text)).isInstanceOfSatisfying(InvalidValueException.class, e -> {
            assertThat(e).hasMessage("phone number: " + reason);
            assertThat(e.value()).isEqualTo(text);
        });
    }

    @Test
    void theRegionHasToExistAndTheLengthIsLimited() {
        assertThatThrownBy(() -> PhoneNumber.parse("030 1234567", "de"))
                .hasMessage("region: is not a country code of ISO 3166-1 such as DE");
        assertThatThrownBy(() -> PhoneNumber.parse("1".repeat(1_000_000), "DE"))
                .hasMessage("phone number: is longer than 250 characters");
        assertThatThrownBy(() -> PhoneNumber.parse("+49 30 123\u00004567")).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void toStringShowsNothing() {
        assertThat(PhoneNumber.parse("+49 30 1234567")).hasToString("PhoneNumber[***]");
    }
}
