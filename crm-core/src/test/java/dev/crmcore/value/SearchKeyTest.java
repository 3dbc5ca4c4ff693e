package dev.crmcore.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchKeyTest {

    @ParameterizedTest
    @CsvSource({
        "Ann, ann",
        "'  Ann \u00A0\t Lee ', ann lee",
        "Zoë, zoe",
        "Zoe\u0308, zoe",
        "Łódź, lodz",
        "STRASSE, strasse",
        "Straße, strasse",
        "STRAẞE, strasse",
        "Ærø, aero",
        "Đorđević, dordevic",
        "ıI İi, ii ii",
        "Þór, thor",
        "ΌΔΥΣΣΕΎΣ, οδυσσευσ",
        "Οδυσσεύς, οδυσσευσ",
        "Ёлка, елка",
        "ﬁn Ⅳ ｗｉｄｅ 𝐀, fin iv wide a",
        "佐藤, 佐藤",
        "हिन्दी, हिन्दी",
        "O'Neil-Müller, o'neil-muller",
        "'', ''",
        "'\u0301 ', ''",
    })
    void foldsWhatPeopleDoNotType(String text, String key) {
        assertThat(SearchKey.of(text)).isEqualTo(key);
    }

    @Test
    void hangulSyllablesBeginWithTheirLetters() {
        assertThat(SearchKey.of("한국")).startsWith(SearchKey.of("하"));
    }

    @Test
    void aKeyIsItsOwnKeyAndBeginningsStayBeginnings() {
        Random random = new Random(11);
        for (int i = 0; i < 3_000; i++) {
            int[] points = random.ints(1 + random.nextInt(10), 0, 7)
                    .map(kind -> switch (kind) {
                        case 0 -> ' ' + random.nextInt(95);
                        case 1 -> 0xA0 + random.nextInt(0x1B0);
                        case 2 -> 0x300 + random.nextInt(0x4F);
                        case 3 -> 0x370 + random.nextInt(0x90);
                        case 4 -> 0x400 + random.nextInt(0x80);
                        case 5 -> 0x1E00 + random.nextInt(0x200);
                        default -> 0x2000 + random.nextInt(0x200);
                    })
                    .toArray();
            String text = new String(points, 0, points.length);
            String key = SearchKey.of(text);
            assertThat(SearchKey.of(key)).isEqualTo(key);
            for (int end = 0; end <= points.length; end++) {
                assertThat(key).startsWith(SearchKey.of(new String(points, 0, end)));
            }
        }
    }
}
