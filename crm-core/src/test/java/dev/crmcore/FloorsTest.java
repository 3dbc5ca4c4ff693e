package dev.crmcore;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages of the domain stand on each other in one order, and nothing reaches up. */
class FloorsTest {

    /** From the ground up; a package may use those before it. */
    private static final List<String> FLOORS = List.of(
            "dev.crmcore.context",
            "dev.crmcore.value",
            "dev.crmcore.calendar",
            "dev.crmcore.query",
            "dev.crmcore.store",
            "dev.crmcore.store.memory",
            "dev.crmcore.event",
            "dev.crmcore.work",
            "dev.crmcore.customer",
            "dev.crmcore.consent",
            "dev.crmcore.identity",
            "dev.crmcore.interaction",
            "dev.crmcore.purchase",
            "dev.crmcore.feedback",
            "dev.crmcore.sales",
            "dev.crmcore.support",
            "dev.crmcore.loyalty",
            "dev.crmcore.marketing",
            "dev.crmcore.journey",
            "dev.crmcore.automation",
            "dev.crmcore.privacy",
            "dev.crmcore.exchange",
            "dev.crmcore");

    private static final String CELLAR = "dev.crmcore.internal";

    private static final JavaClasses CLASSES =
            new ClassFileImporter().importPath(Path.of(System.getProperty("basedir", ""), "target", "classes"));

    static Stream<String> floors() {
        return FLOORS.stream();
    }

    @ParameterizedTest
    @MethodSource("floors")
    void nothingReachesUp(String floor) {
        List<String> above = FLOORS.subList(FLOORS.indexOf(floor) + 1, FLOORS.size());
        noClasses()
                .that()
                .resideInAPackage(floor)
                .should()
                .dependOnClassesThat(resideInAnyPackage(above.toArray(String[]::new)))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void everyPackageHasItsFloor() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName).filter(name -> !name.isEmpty()))
                .allMatch(name -> FLOORS.contains(name) || name.startsWith(CELLAR));
    }

    @Test
    void noTwoPackagesNeedEachOther() {
        slices().matching("dev.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void librariesThatHostsRunInOtherVersionsAreUsedInTheCellarAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CELLAR + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.google.common..", "com.fasterxml.jackson.."))
                .allowEmptyShould(true)
                .check(CLASSES);
    }
}
