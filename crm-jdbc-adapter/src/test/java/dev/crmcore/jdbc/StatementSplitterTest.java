package dev.crmcore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A script is split at the semicolons that end statements")
class StatementSplitterTest {

    @Test
    @DisplayName("not at those in texts and names, doubled quotes or not")
    void quotes() {
        assertThat(StatementSplitter.split("insert into \"a;b\" values (';', 'it''s; ok');\nselect 1;"))
                .containsExactly("insert into \"a;b\" values (';', 'it''s; ok')", "select 1");
    }

    @Test
    @DisplayName("not at those in dollar quotes, with or without a tag")
    void dollarQuotes() {
        String function =
                "create function f() returns int as $body$ begin; return $$a;$$; end; $body$ language plpgsql";
        assertThat(StatementSplitter.split(function + ";select $1;select \"VALUE$KEY\", a$b from t; do $$;$$"))
                .containsExactly(function, "select $1", "select \"VALUE$KEY\", a$b from t", "do $$;$$");
    }

    @Test
    @DisplayName("comments go, be they to the end of the line or nested, and quotes in them open nothing")
    void comments() {
        assertThat(StatementSplitter.split("-- it's a comment; really\nselect 1 /* ; /* ' */ ; */ + 2;\n-- the end"))
                .containsExactly("select 1   + 2");
    }

    @Test
    @DisplayName(
            "empty statements are none, the last one needs no semicolon, and what is not closed ends with the script")
    void edges() {
        assertThat(StatementSplitter.split("")).isEmpty();
        assertThat(StatementSplitter.split(" ;; \n;")).isEmpty();
        assertThat(StatementSplitter.split("select 1")).containsExactly("select 1");
        assertThat(StatementSplitter.split("select 'a; b")).containsExactly("select 'a; b");
        assertThat(StatementSplitter.split("select $x$ ;")).containsExactly("select $x$ ;");
        assertThat(StatementSplitter.split("select 1 /* ; ")).containsExactly("select 1");
    }
}
