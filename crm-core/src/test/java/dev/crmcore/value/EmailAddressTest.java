package dev.crmcore.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.value.EmailAddress.LocalPartPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "ann@example.com, ann@example.com",
                "Ann.LEE@Example.COM, ann.lee@example.com",
                "INFO@EXAMPLE.IN, info@example.in",
                "a@b.co, a@b.co",
                "o'neil+shop=1@sub.example-1.com, o'neil+shop=1@sub.example-1.com",
                "x@Bücher.example, x@xn--bcher-kva.example",
                "x@XN--BCHER-KVA.example, x@xn--bcher-kva.example",
                "x@BÜCHER。example, x@xn--bcher-kva.example",
                "x@straße.de, x@xn--strae-oqa.de",
                "x@STRAßE.de, x@xn--strae-oqa.de",
                "x@βόλος.com, x@xn--nxasmm1c.com",
                "x@例え.テスト, x@xn--r8jz45g.xn--zckzah",
                "x@ｅｘａｍｐｌｅ．com, x@example.com",
                "JØRGEN@example.dk, jørgen@example.dk",
                "用户@例子.公益, 用户@xn--fsqu00a.xn--55qw42g",
                "`\"Ann Lee\"@example.com`, `\"ann lee\"@example.com`",
                "`\"ann\"@example.com`, ann@example.com",
                "`\"a@b\"@example.com`, `\"a@b\"@example.com`",
                "`\"a\\\"\\b\"@example.com`, `\"a\\\"b\"@example.com`",
            })
    void comparesWithoutCaseAndInAscii(String typed, String normalized) {
        EmailAddress address = EmailAddress.parse("  " + typed + "\t");
        assertThat(address.asTyped()).isEqualTo(typed);
        assertThat(address.normalized()).isEqualTo(normalized);
        assertThat(EmailAddress.parse(address.normalized())).isEqualTo(address).hasSameHashCodeAs(address);
    }

    @Test
    void composedAndDecomposedLettersAreTheSame() {
        EmailAddress composed = EmailAddress.parse("ren\u00E9e@caf\u00E9.example");
        EmailAddress decomposed = EmailAddress.parse("rene\u0301e@cafe\u0301.example");
        assertThat(decomposed).isEqualTo(composed);
        assertThat(decomposed.asTyped()).isEqualTo("rene\u0301e@cafe\u0301.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "``;has no @",
                "ann;has no @",
                "ann.example.com;has no @",
                "@example.com;has nothing before the @",
                "ann@;has a domain without a dot",
                "ann@localhost;has a domain without a dot",
                "ann@example..com;has a domain with an empty part",
                "ann@.com;has a domain with an empty part",
                "ann@example.com.;has a domain with an empty part",
                "ann@192.0.2.1;has a domain that ends in a number",
                "ann@[192.0.2.1];has a domain with a character that is not allowed there",
                "ann@ex_ample.com;has a domain with a character that is not allowed there",
                "ann@-example.com;has a domain with a character that is not allowed there",
                "ann@example-.com;has a domain with a character that is not allowed there",
                "ann@exa mple.com;has a domain with a character that is not allowed there",
                "ann@\u200B.com;has a domain with a character that is not allowed there",
                "ann@ü ü.com;has a domain with a character that is not allowed there",
                "ann lee@example.com;has a character that is not allowed before the @",
                "ann@lee@example.com;has a character that is not allowed before the @",
                "ann\u200B@example.com;has a character that is not allowed before the @",
                "ann,bob@example.com;has a character that is not allowed before the @",
                "Ann <ann@example.com>;has a domain with a character that is not allowed there",
                ".ann@example.com;has a dot at an end of the part before the @, or two in a row",
                "ann.@example.com;has a dot at an end of the part before the @, or two in a row",
                "a..n@example.com;has a dot at an end of the part before the @, or two in a row",
                "`\"a\"b\"@example.com`;has a quote or backslash before the @ that no backslash precedes",
                "`\"\"@example.com`;has a character that is not allowed before the @",
            })
    void whatIsNoAddressIsRefusedWithAReason(String text, String reason) {
        assertThatThrownBy(() -> EmailAddress.parse(text)).isInstanceOfSatisfying(InvalidValueException.class, e -> {
            assertThat(e.what()).isEqualTo("e-mail address");
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e.value()).isEqualTo(text);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\u0000@example.com", "a\uD800@example.com", "a@\uDC00.example.com", "a\u0007@example.com"})
    void whatNoStoreKeepsIsRefused(String text) {
        assertThatThrownBy(() -> EmailAddress.parse(text))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.what()).isEqualTo("e-mail address"));
    }

    @Test
    void lengthsAreThoseOfRfc5321() {
        String local = "l".repeat(64);
        String domain = "d".repeat(63) + "." + "d".repeat(63) + "." + "d".repeat(58) + ".de";
        String longest = local + "@" + domain;
        assertThat(longest).hasSize(254);
        assertThat(EmailAddress.parse(longest).normalized()).isEqualTo(longest);
        assertThatThrownBy(() -> EmailAddress.parse("l" + longest))
                .hasMessage("e-mail address: has more than 64 bytes before the @");
        assertThatThrownBy(() -> EmailAddress.parse(local + "@d." + domain.replaceFirst("d\\.", ".")))
                .hasMessageStartingWith("e-mail address: is longer than 254 bytes");
        assertThatThrownBy(() -> EmailAddress.parse("a@" + "d".repeat(64) + ".de"))
                .hasMessage("e-mail address: has a domain with a part longer than 63 characters");
        assertThatThrownBy(() -> EmailAddress.parse("a@" + "ü".repeat(61) + ".de"))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> EmailAddress.parse("ü".repeat(33) + "@example.com"))
                .hasMessage("e-mail address: has more than 64 bytes before the @");
        assertThatThrownBy(() -> EmailAddress.parse("a@" + "b.".repeat(1_000_000) + "de"))
                .hasMessage("e-mail address: is longer than 254 bytes");
    }

    @Test
    void localPartsCompareAsThePolicySays() {
        EmailAddress address = EmailAddress.parse("Ann+Shop@Example.com");
        assertThat(address.localPart()).isEqualTo("Ann+Shop");
        assertThat(address.domain()).isEqualTo("example.com");
        assertThat(address.normalized(LocalPartPolicy.CASE_SENSITIVE)).isEqualTo("Ann+Shop@example.com");
        assertThat(address.normalized(LocalPartPolicy.IGNORE_CASE)).isEqualTo("ann+shop@example.com");
        assertThat(address.normalized(LocalPartPolicy.IGNORE_CASE_AND_TAG)).isEqualTo("ann@example.com");
        assertThat(EmailAddress.parse("+a@example.com").normalized(LocalPartPolicy.IGNORE_CASE_AND_TAG))
                .isEqualTo("+a@example.com");
        assertThat(EmailAddress.parse("\"a b+c\"@example.com").normalized(LocalPartPolicy.IGNORE_CASE_AND_TAG))
                .isEqualTo("\"a b+c\"@example.com");
    }

    @Test
    void toStringAndMessagesShowNothing() {
        assertThat(EmailAddress.parse("ann@example.com")).hasToString("EmailAddress[***]");
        assertThatThrownBy(() -> EmailAddress.parse("secret@@example.com"))
                .message()
                .doesNotContain("secret");
    }

    /** The samples of RFC 3492 section 7.1 whose letters need no case flags. */
    @ParameterizedTest
    @CsvSource({
        "ليهمابتكلموشعربي؟, egbpdaj6bu4bxfgehfvwxn",
        "他们为什么不说中文, ihqwcrb4cv8a8dqg056pqjye",
        "למההםפשוטלאמדבריםעברית, 4dbcagdahymbxekheh6e0a7fei0b",
        "почемужеонинеговорятпорусски, b1abfaaepdrnnbgefbadotcwatmq2g4l",
        "3年b組金八先生, 3b-ww4c5e180e575a65lsy2b",
        "安室奈美恵-with-super-monkeys, -with-super-monkeys-pc58ag80a8qai00g7n9n",
    })
    void punycodeIsThatOfTheRfc(String label, String code) {
        assertThat(Punycode.encode(label)).isEqualTo(code);
    }
}
