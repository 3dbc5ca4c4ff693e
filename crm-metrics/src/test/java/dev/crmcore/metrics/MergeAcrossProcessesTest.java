package dev.crmcore.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmcore.metrics.PartialStates.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster does: parts are counted in other virtual machines, whose states are merged here. */
class MergeAcrossProcessesTest {

    private static final int PARTS = 2;
    private static final String[][] PLACES = {
        {"-Duser.timezone=Asia/Tokyo", "-Duser.language=th", "-Duser.country=TH", "-Dfile.encoding=ISO-8859-1"},
        {"-Duser.timezone=America/St_Johns", "-Duser.language=ar", "-Duser.country=EG", "-Dfile.encoding=UTF-8"}
    };

    @Test
    @DisplayName(
            "states from other processes, with other zones, languages and encodings, merge to the result of one pass")
    void mergesWhatOtherProcessesCounted(@TempDir Path folder) throws Exception {
        List<Process> workers = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            workers.add(start(part, folder));
        }
        for (int part = 0; part < PARTS; part++) {
            assertThat(workers.get(part).waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(workers.get(part).exitValue()).as(() -> output(folder)).isZero();
        }
        List<Figure<?, ?, ?>> figures = PartialStates.figures();
        for (int i = 0; i < figures.size(); i++) {
            List<byte[]> states = new ArrayList<>();
            for (int part = PARTS - 1; part >= 0; part--) {
                states.add(Files.readAllBytes(PartialStates.file(folder, i, part)));
            }
            assertSame(figures.get(i), states);
        }
    }

    private static void assertSame(Figure<?, ?, ?> figure, List<byte[]> states) {
        assertThat((Object) figure.merged(states))
                .as(figure.type().toString())
                .usingRecursiveComparison()
                .withEqualsForType(
                        (a, b) -> Double.compare(a, b) == 0 || Math.abs(a - b) <= 1e-11 * Math.max(1, Math.abs(b)),
                        Double.class)
                .isEqualTo(figure.inOnePass());
    }

    private static Process start(int part, Path folder) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of(PLACES[part]));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(PartialStates.class.getName());
        command.addAll(List.of(Integer.toString(part), Integer.toString(PARTS), folder.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("output.txt").toFile()))
                .start();
    }

    private static String output(Path folder) {
        try {
            return Files.readString(folder.resolve("output.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
