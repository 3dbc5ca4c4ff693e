package dev.crmcore.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The libraries as a modular host meets them: on the module path, each found by its {@code requires} alone. */
class ModulePathTest {

    private static final ModuleFinder MODULE_PATH =
            ModuleFinder.of(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Path::of)
                    .filter(Files::exists)
                    .filter(entry -> !entry.endsWith("test-classes"))
                    .toArray(Path[]::new));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.crmcore.core",
                "dev.crmcore.metrics",
                "dev.crmcore.insights",
                "dev.crmcore.jdbc",
                "dev.crmcore.store.tck",
                "dev.crmcore.examples"
            })
    void everyExportedClassLoadsWithWhatItsModuleRequires(String name) throws Exception {
        ModuleLayer layer = layerOf(name);
        Module module = layer.findModule(name).orElseThrow();
        ResolvedModule resolved = layer.configuration().findModule(name).orElseThrow();
        for (String className : exportedClasses(resolved.reference())) {
            Class<?> type = Class.forName(className, true, module.getClassLoader());
            assertThat(type.getModule()).isEqualTo(module);
            // Resolves each type that a signature names
            assertThat(type.getMethods()).isNotNull();
            assertThat(type.getConstructors()).isNotNull();
            assertThat(type.getFields()).isNotNull();
        }
    }

    @Test
    void metricsBringNothingAlong() {
        assertThat(layerOf("dev.crmcore.metrics").configuration().modules())
                .extracting(ResolvedModule::name)
                .containsExactly("dev.crmcore.metrics");
    }

    private static ModuleLayer layerOf(String module) {
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration = boot.configuration().resolve(MODULE_PATH, ModuleFinder.of(), Set.of(module));
        return boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
    }

    private static List<String> exportedClasses(ModuleReference module) throws IOException {
        Set<String> exported = module.descriptor().exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        try (ModuleReader reader = module.open()) {
            return reader.list()
                    .filter(entry -> entry.endsWith(".class") && entry.contains("/"))
                    .map(entry -> entry.substring(0, entry.length() - ".class".length())
                            .replace('/', '.'))
                    .filter(name -> !name.endsWith("package-info"))
                    .filter(name -> exported.contains(name.substring(0, name.lastIndexOf('.'))))
                    .toList();
        }
    }
}
