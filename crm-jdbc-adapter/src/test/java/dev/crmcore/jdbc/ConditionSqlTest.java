package dev.crmcore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The first text after all that begin with a prefix")
class ConditionSqlTest {

    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    @Test
    @DisplayName("ends in the next code point, which is never half a surrogate pair")
    void next() {
        assertThat(ConditionSql.afterAll("a")).isEqualTo("b");
        assertThat(ConditionSql.afterAll("ab")).isEqualTo("ac");
        assertThat(ConditionSql.afterAll("\uD7FF")).isEqualTo("\uE000");
        assertThat(ConditionSql.afterAll("\uFFFF")).isEqualTo("\uD800\uDC00");
        assertThat(ConditionSql.afterAll("x\uD83D\uDE00")).isEqualTo("x\uD83D\uDE01");
    }

    @Test
    @DisplayName("drops last code points that nothing follows, and is none where there are no others")
    void noNext() {
        assertThat(ConditionSql.afterAll("a" + LAST + LAST)).isEqualTo("b");
        assertThat(ConditionSql.afterAll(LAST)).isEmpty();
        assertThat(ConditionSql.afterAll("")).isEmpty();
    }
}
