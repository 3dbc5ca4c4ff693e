package dev.crmcore.metrics.feedback.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ThemeShareTest implements AccumulatorLaws<RatedText, ThemeShare, ThemeShare.Result> {

    private static final ThemeTaxonomy THEMES =
            ThemeTaxonomy.builder().theme("one", "a", "b").theme("two", "b c").build();

    @Override
    public AccumulatorType<RatedText, ThemeShare, ThemeShare.Result> type() {
        return ThemeShare.on(THEMES, -1);
    }

    @Override
    public AccumulatorType<RatedText, ThemeShare, ThemeShare.Result> otherVariant() {
        return ThemeShare.on(
                ThemeTaxonomy.builder().theme("one", "a").theme("two", "b c").build(), -1);
    }

    @Override
    public List<RatedText> items(Random random, int size) {
        List<String> texts = List.of("a", "b c", "d", "a b c", "bc", "");
        return IntStream.range(0, size)
                .mapToObj(i -> new RatedText(texts.get(random.nextInt(texts.size())), random.nextInt(-40, 41) / 10.0))
                .toList();
    }

    @Override
    public List<RatedText> badItems() {
        return List.of(new RatedText("a", 1e101));
    }

    @Override
    public void assertSame(ThemeShare.Result actual, ThemeShare.Result expected) {
        assertThat(actual.texts()).isEqualTo(expected.texts());
        for (int i = 0; i < expected.themes().size(); i++) {
            ThemeShare.Theme one = actual.themes().get(i);
            ThemeShare.Theme other = expected.themes().get(i);
            assertThat(one.theme()).isEqualTo(other.theme());
            assertThat(one.share()).isEqualTo(other.share());
            assertThat(one.low()).isEqualTo(other.low());
            assertThat(one.rating().n()).isEqualTo(other.rating().n());
            assertThat(one.rating().sum()).isCloseTo(other.rating().sum(), within(1e-9));
            assertThat(one.rating().variance()).isCloseTo(other.rating().variance(), within(1e-9));
        }
    }

    @Test
    @DisplayName("equal ratings have no spread, no texts have no rating")
    void edges() {
        ThemeShare.Result result = ThemeShare.on(THEMES, 0)
                .of(List.of(new RatedText("a", 0.1), new RatedText("a", 0.1), new RatedText("a", 0.1)));
        assertThat(result.theme("one").rating().variance()).isZero();
        assertThat(result.theme("one").share().estimate().value()).isEqualTo(1);
        assertThat(result.theme("two").rating().estimate().isDefined()).isFalse();
        assertThat(result.theme("two").low().estimate().isDefined()).isFalse();
        assertThat(type().create().result().theme("one").share().estimate().isDefined())
                .isFalse();
        assertThatThrownBy(() -> result.theme("three")).hasMessageContaining("three");
        assertThatThrownBy(() -> ThemeShare.on(THEMES, Double.NaN)).hasMessageContaining("lowAtMost");
    }
}
