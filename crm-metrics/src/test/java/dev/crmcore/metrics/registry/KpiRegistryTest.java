package dev.crmcore.metrics.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KpiRegistryTest {

    private static final Path PAGE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("../docs/kpis.md");

    @Test
    void everyDefinitionOfTheLibraryIsListed() throws ReflectiveOperationException {
        Set<KpiDefinition> listed = new HashSet<>(KpiRegistry.all());
        List<String> forgotten = new ArrayList<>();
        for (JavaField field : staticFields()) {
            KpiDefinition definition = definitionIn(field);
            if (!listed.contains(definition)) {
                forgotten.add(field.getFullName());
            }
        }
        assertThat(forgotten).isEmpty();
    }

    @Test
    void anIdWithItsVersionIsOneMeaning() {
        List<String> names =
                KpiRegistry.all().stream().map(KpiDefinition::toString).toList();

        assertThat(names).doesNotHaveDuplicates();
        assertThat(KpiRegistry.all())
                .allSatisfy(kpi ->
                        assertThat(KpiRegistry.find(kpi.id(), kpi.version())).containsSame(kpi));
    }

    @Test
    void theLatestVersionIsFoundById() {
        assertThat(KpiRegistry.find("nps")).map(KpiDefinition::version).contains(1);
        assertThat(KpiRegistry.find("no-such-kpi")).isEmpty();
        assertThat(KpiRegistry.find("nps", 99)).isEmpty();
    }

    /** Run with {@code -Dcrm.docs.write=true} to write the page anew. */
    @Test
    void thePageIsMadeFromTheRegistry() throws IOException {
        String page = page();
        if (Boolean.getBoolean("crm.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static List<JavaField> staticFields() {
        List<JavaField> fields = new ArrayList<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.crmcore.metrics")) {
            for (JavaField field : type.getFields()) {
                boolean says = field.getRawType().isEquivalentTo(KpiDefinition.class)
                        || field.getRawType().isEquivalentTo(AccumulatorType.class);
                if (says && field.getModifiers().contains(JavaModifier.STATIC)) {
                    fields.add(field);
                }
            }
        }
        assertThat(fields).isNotEmpty();
        return fields;
    }

    private static KpiDefinition definitionIn(JavaField field) throws ReflectiveOperationException {
        Field reflected = field.reflect();
        reflected.setAccessible(true);
        Object value = reflected.get(null);
        return value instanceof AccumulatorType<?, ?, ?> type ? type.definition() : (KpiDefinition) value;
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # KPIs

                Every figure of `crm-metrics`, made from its definition in the code. An id with its version is one meaning for ever. Kind:
                *mergeable* figures have a state of fixed size that merges, *keyed* ones a state that grows with the customers (or other keys) and
                merges, *batch* ones need the whole input at once.
                """);
        for (Map.Entry<String, List<KpiDefinition>> room : KpiRegistry.byRoom().entrySet()) {
            page.append("\n## ").append(room.getKey()).append('\n');
            room.getValue().forEach(kpi -> append(page, kpi));
        }
        return page.toString();
    }

    private static void append(StringBuilder page, KpiDefinition kpi) {
        page.append("\n### ").append(kpi.name());
        page.append("\n`").append(kpi).append("`, ").append(kpi.kind().name().toLowerCase(Locale.ROOT));
        if (!kpi.variant().isEmpty()) {
            page.append("\n- Variant: ").append(kpi.variant());
        }
        page.append("\n- Unit: ").append(kpi.unit());
        page.append("\n- Formula: ").append(kpi.formula());
        page.append("\n- Nothing to count: ").append(kpi.emptyRule());
        page.append("\n- Source: ").append(kpi.source()).append('\n');
    }
}
