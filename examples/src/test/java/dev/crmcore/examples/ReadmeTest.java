package dev.crmcore.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Path MODULE = Path.of(System.getProperty("basedir", ""));

    @Test
    void theExampleOfTheReadmeIsTheOneThatCompiles() throws IOException {
        String source = Files.readString(MODULE.resolve("src/main/java/dev/crmcore/examples/TwentyLines.java"));
        String example = source.substring(
                        source.indexOf("// begin\n") + "// begin\n".length(), source.indexOf("        // end"))
                .lines()
                .map(line -> line.isEmpty() ? line : line.substring("        ".length()))
                .collect(Collectors.joining("\n"));

        assertThat(Files.readString(MODULE.toAbsolutePath().resolve("../README.md")))
                .contains(example);
    }

    @Test
    void theExamplePrintsATimelineAndAScore() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TwentyLines.run(new PrintStream(bytes, true, StandardCharsets.UTF_8));

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .startsWith("purchase", "survey_response")
                .anySatisfy(line -> assertThat(line).contains("100"));
    }
}
