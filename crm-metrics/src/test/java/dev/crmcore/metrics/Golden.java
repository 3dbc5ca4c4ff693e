package dev.crmcore.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads the reference files and their inputs; provenance is in the README beside them. */
public final class Golden {

    private Golden() {}

    /** A reference file, such as {@code kpi/nps.json}. */
    public static JsonNode json(String path) {
        try (InputStream in = open("/golden/" + path)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of an input without its header; no field of these files is quoted. */
    public static List<String[]> csv(String path) {
        return rows(path, ",");
    }

    /** The rows of an input of tab-separated fields without its header. */
    public static List<String[]> tsv(String path) {
        return rows(path, "\t");
    }

    private static List<String[]> rows(String path, String separator) {
        try (InputStream in = open("/data/" + path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(separator, -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static long[] longs(JsonNode array) {
        List<Long> values = new ArrayList<>();
        array.forEach(value -> values.add(value.longValue()));
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    /** Both bounds within the tolerance of a reference [low, high]. */
    public static void assertInterval(Interval actual, JsonNode expected, double tolerance) {
        assertThat(actual.lower()).isCloseTo(expected.get(0).doubleValue(), absolute(tolerance));
        assertThat(actual.upper()).isCloseTo(expected.get(1).doubleValue(), absolute(tolerance));
    }

    public static org.assertj.core.data.Offset<Double> absolute(double tolerance) {
        return org.assertj.core.data.Offset.offset(tolerance);
    }

    private static InputStream open(String resource) {
        return Objects.requireNonNull(Golden.class.getResourceAsStream(resource), resource);
    }
}
