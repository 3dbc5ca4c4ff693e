package dev.crmcore.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

/**
 * The rules that hold in every module. The parent's build compiles this one source into each module's tests, where it
 * reads the module's own classes; the order of the packages inside a module is that module's own test.
 */
class HouseRulesTest {

    private static final Path HERE = Path.of(System.getProperty("basedir", ""));
    private static final JavaClasses ALL = compiled("target/classes", "target/test-classes");
    private static final JavaClasses MAIN = ALL.that(describe("are main classes", c -> !isTest(c)));
    private static final JavaClasses TESTS = ALL.that(describe("are tests", HouseRulesTest::isTest));

    private static final String[] PROGRAMS = {"dev.crmcore.examples..", "dev.crmcore.bench.."};
    private static final String KIT = "dev.crmcore.store.tck..";
    private static final String DOOR = "dev.crmcore";

    private static JavaClasses compiled(String... folders) {
        return new ClassFileImporter()
                .withImportOption(location -> !location.contains("jmh_generated"))
                .importPaths(Stream.of(folders)
                        .map(HERE::resolve)
                        .filter(Files::isDirectory)
                        .toList());
    }

    private static boolean isTest(JavaClass type) {
        return type.getSource().orElseThrow().getUri().getPath().contains("/test-classes/");
    }

    @Test
    void arrowsPointDownOnly() {
        check(
                MAIN,
                classes()
                        .that()
                        .resideInAPackage("dev.crmcore.metrics..")
                        .should()
                        .onlyDependOnClassesThat(
                                resideInAnyPackage("java..", "org.jspecify..", "dev.crmcore.metrics.."))
                        .because("metrics serve hosts that have no CRM, and cost them no library"));
        check(
                MAIN,
                noClasses()
                        .that(resideInAnyPackage("dev.crmcore.jdbc..", KIT))
                        .should()
                        .dependOnClassesThat(resideInAnyPackage("dev.crmcore.metrics..", "dev.crmcore.insights.."))
                        .because("adapter and kit stand on the domain alone"));
        check(
                MAIN,
                noClasses()
                        .that(resideInAPackage("dev.crmcore.insights.."))
                        .should()
                        .dependOnClassesThat(resideInAPackage("dev.crmcore.jdbc.."))
                        .because("figures are read through the port, from any store"));
    }

    @Test
    void whatIsInternalStaysInItsModule() {
        check(
                ALL,
                noClasses()
                        .should()
                        .dependOnClassesThat(resideInAPackage("dev.crmcore..internal..")
                                .and(describe(
                                        "belong to another module",
                                        c -> !MAIN.contain(
                                                c.getBaseComponentType().getName())))));
    }

    @Test
    void whatIsNotInternalIsExportedAndNothingElseIs() {
        Set<ModuleReference> modules =
                ModuleFinder.of(HERE.resolve("target/classes")).findAll();
        assertThat(modules).as("the module's own descriptor").hasSizeLessThanOrEqualTo(1);
        modules.stream()
                .map(ModuleReference::descriptor)
                .filter(module -> !module.isAutomatic() && !module.name().equals("dev.crmcore.examples"))
                .forEach(module -> {
                    assertThat(module.exports().stream()
                                    .filter(export -> !export.isQualified())
                                    .map(Exports::source))
                            .as("exported by " + module.name())
                            .containsExactlyInAnyOrderElementsOf(module.packages().stream()
                                    // folders of scripts and data count as packages too
                                    .filter(name -> name.startsWith("dev.crmcore") && !name.contains(".internal"))
                                    .toList());
                    assertThat(module.opens())
                            .as("opened to reflection by others than JUnit")
                            .allMatch(open -> open.targets().equals(Set.of("org.junit.platform.commons")));
                });
    }

    @Test
    void exportedSignaturesSpeakOfTheJdkAndOfUsOnly() {
        check(
                MAIN,
                classes()
                        .that(resideInAPackage("dev.crmcore.."))
                        .and(DescribedPredicate.not(resideInAnyPackage(PROGRAMS)))
                        .and(DescribedPredicate.not(resideInAPackage("..internal..")))
                        .and(describe("are open to callers", HouseRulesTest::isOpen))
                        .should(speakOnlyOf(describe(
                                "the JDK, JSpecify, CRM Core (and, in the kit, the tools of a test)",
                                HouseRulesTest::isSpeakable)))
                        .because("hosts run other versions of the libraries than we do"));
    }

    @Test
    void clockIsHandedIn() {
        check(
                ALL,
                noClasses()
                        .that(DescribedPredicate.not(resideInAnyPackage(PROGRAMS)))
                        .should()
                        .accessTargetWhere(target("the system's clock", HouseRulesTest::readsTheClock)));
        check(
                MAIN,
                noClasses()
                        .that()
                        .resideOutsideOfPackage(DOOR)
                        .and(DescribedPredicate.not(resideInAnyPackage(PROGRAMS)))
                        .should()
                        .accessTargetWhere(
                                target("the system's clock", t -> is(t, "java.time.InstantSource", "system")))
                        .because("the door alone picks the clock when the host names none"));
    }

    @Test
    void nothingDependsOnWhereTheMachineStands() {
        check(
                MAIN,
                noClasses()
                        .should()
                        .accessTargetWhere(target("the system's zone or locale", HouseRulesTest::asksTheMachine)));
        check(
                MAIN,
                noClasses()
                        .should()
                        .dependOnClassesThat(describe(
                                "are dates that carry the system's zone",
                                c -> Set.of(
                                                "java.util.Date",
                                                "java.util.Calendar",
                                                "java.sql.Date",
                                                "java.sql.Time",
                                                "java.sql.Timestamp")
                                        .contains(c.getName()))));
    }

    @Test
    void chanceIsSeeded() {
        check(ALL, noClasses().should().accessTargetWhere(target("unseeded chance", HouseRulesTest::throwsDice)));
    }

    @Test
    void namesAreTheTradesOwn() {
        check(
                ALL,
                noClasses()
                        .should()
                        .haveNameMatching(".*(Manager|Helper|Utils?|Impl)")
                        .because("a class is named after what it is"));
    }

    @Test
    void nothingIsReadByJavaSerialization() {
        check(
                ALL,
                noClasses()
                        .should()
                        .dependOnClassesThat(describe(
                                "read or write Java's serial form",
                                c -> c.getName().equals("java.io.ObjectInputStream")
                                        || c.getName().equals("java.io.ObjectOutputStream"))));
    }

    @Test
    void nothingLooksInsideObjects() {
        check(
                MAIN,
                noClasses()
                        .that(DescribedPredicate.not(resideInAPackage(KIT)))
                        .should()
                        .accessTargetWhere(target("reflection", HouseRulesTest::reflects)));
    }

    @Test
    void threadsAndStreamsAreTheHosts() {
        check(
                MAIN,
                noClasses()
                        .that(DescribedPredicate.not(resideInAnyPackage(PROGRAMS)))
                        .and(DescribedPredicate.not(resideInAPackage(KIT)))
                        .should()
                        .accessTargetWhere(target(
                                "a thread of its own",
                                t -> is(t, "java.lang.Thread", "<init>", "start")
                                        || is(t, "java.util.concurrent.Executors")
                                        || is(t, "java.util.concurrent.ForkJoinPool")
                                        || is(t, "java.util.Timer"))));
        check(
                MAIN,
                noClasses()
                        .that(DescribedPredicate.not(resideInAnyPackage(PROGRAMS)))
                        .should()
                        .accessField(System.class, "out")
                        .orShould()
                        .accessField(System.class, "err")
                        .orShould()
                        .accessTargetWhere(target("a trace on the standard error", t -> named(t, "printStackTrace")))
                        .orShould()
                        .dependOnClassesThat(resideInAPackage("java.util.logging")));
    }

    @Test
    void everyPackageSaysWhatMayBeAbsent() {
        Set<String> unmarked = MAIN.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.isEmpty())
                .filter(name -> !MAIN.getPackage(name).isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                .collect(Collectors.toSet());
        assertThat(unmarked).as("packages without @NullMarked").isEmpty();
    }

    @Test
    void testsAreFoundByTheirNames() {
        Set<String> hidden = TESTS.stream()
                .filter(c -> c.isTopLevelClass() && !c.isInterface())
                .filter(c -> !c.getModifiers().contains(JavaModifier.ABSTRACT))
                .filter(c -> !c.getSimpleName().endsWith("Test"))
                .filter(HouseRulesTest::hasCases)
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
        assertThat(hidden)
                .as("tests that the build would not run: their names do not end in Test")
                .isEmpty();
    }

    @Test
    void testsNeitherSleepNorStandAside() {
        check(ALL, noClasses().should().accessTargetWhere(target("a sleep", t -> named(t, "sleep"))));
        Set<String> disabled = TESTS.stream()
                .flatMap(c -> Stream.concat(
                        c.isAnnotatedWith(Disabled.class) ? Stream.of(c.getName()) : Stream.empty(),
                        c.getMethods().stream()
                                .filter(m -> m.isAnnotatedWith(Disabled.class))
                                .map(JavaMember::getFullName)))
                .collect(Collectors.toSet());
        assertThat(disabled).as("disabled tests").isEmpty();
    }

    @Test
    void everyModuleHasCases() {
        boolean hasCode = MAIN.stream()
                .anyMatch(c -> !c.getSimpleName().equals("package-info")
                        && !c.getPackageName().startsWith("dev.crmcore.bench"));
        boolean hasTests = ALL.stream().anyMatch(c -> !c.isEquivalentTo(HouseRulesTest.class) && hasCases(c));
        assertThat(hasTests || !hasCode)
                .as("a module with code has tests, or is made of them")
                .isTrue();
    }

    private static void check(JavaClasses classes, ArchRule rule) {
        rule.allowEmptyShould(true).check(classes);
    }

    private static DescribedPredicate<JavaAccess<?>> target(String what, Predicate<CodeUnitAccessTarget> predicate) {
        return describe(
                "is " + what,
                access -> access.getTarget() instanceof CodeUnitAccessTarget target && predicate.test(target));
    }

    private static boolean readsTheClock(CodeUnitAccessTarget t) {
        return is(t, "java.lang.System", "currentTimeMillis", "nanoTime")
                || (in(t, "java.time") && named(t, "now") && !takes(t, "java.time.Clock"))
                || (is(t, "java.time.Clock") && t.getName().matches("(system|tick).+"))
                || (is(t, "java.util.Date", "<init>") && takesNothing(t))
                || is(t, "java.util.Calendar", "getInstance")
                || is(t, "java.util.GregorianCalendar", "<init>");
    }

    private static boolean asksTheMachine(CodeUnitAccessTarget t) {
        return is(t, "java.time.ZoneId", "systemDefault")
                || is(t, "java.time.Clock", "systemDefaultZone")
                || is(t, "java.util.TimeZone", "getDefault")
                || is(t, "java.util.Locale", "getDefault")
                || is(t, "java.lang.String", "formatted")
                || (is(t, "java.lang.String", "toLowerCase", "toUpperCase") && takesNothing(t))
                || (formats(t) && !takes(t, "java.util.Locale"))
                || (is(t, "java.time.format.DateTimeFormatter") && t.getName().startsWith("ofLocalized"))
                || (in(t, "java.text") && t.getName().matches("get\\w*Instance") && !takes(t, "java.util.Locale"))
                || (is(t, "java.text.DecimalFormat", "<init>") && !takes(t, "java.text.DecimalFormatSymbols"));
    }

    private static boolean formats(CodeUnitAccessTarget t) {
        return is(t, "java.lang.String", "format")
                || is(t, "java.io.PrintStream", "format", "printf")
                || is(t, "java.io.PrintWriter", "format", "printf")
                || is(t, "java.util.Formatter", "<init>")
                || is(t, "java.time.format.DateTimeFormatter", "ofPattern")
                || is(t, "java.time.format.DateTimeFormatterBuilder", "toFormatter");
    }

    private static boolean reflects(CodeUnitAccessTarget t) {
        return in(t, "java.lang.reflect")
                || is(t, "java.lang.invoke.MethodHandles", "lookup")
                || (is(t, "java.lang.Class")
                        && t.getName().matches("forName|get(Declared)?(Method|Field|Constructor|RecordComponent)s?"));
    }

    private static boolean throwsDice(CodeUnitAccessTarget t) {
        return is(t, "java.lang.Math", "random")
                || is(t, "java.util.concurrent.ThreadLocalRandom", "current")
                || (takesNothing(t) && is(t, "java.util.Random", "<init>"))
                || (takesNothing(t) && is(t, "java.util.SplittableRandom", "<init>"));
    }

    private static boolean is(CodeUnitAccessTarget target, String owner, String... names) {
        return target.getOwner().getName().equals(owner) && (names.length == 0 || named(target, names));
    }

    private static boolean in(CodeUnitAccessTarget target, String packageName) {
        return target.getOwner().getPackageName().equals(packageName);
    }

    private static boolean named(CodeUnitAccessTarget target, String... names) {
        return Set.of(names).contains(target.getName());
    }

    private static boolean takesNothing(CodeUnitAccessTarget target) {
        return target.getRawParameterTypes().isEmpty();
    }

    private static boolean takes(CodeUnitAccessTarget target, String type) {
        return target.getRawParameterTypes().stream().anyMatch(t -> t.getName().equals(type));
    }

    private static boolean hasCases(JavaClass type) {
        return type.getAllMethods().stream().anyMatch(method -> method.isMetaAnnotatedWith(Testable.class))
                || ALL.stream()
                        .filter(c -> c.getEnclosingClass().filter(type::equals).isPresent())
                        .anyMatch(HouseRulesTest::hasCases);
    }

    private static boolean isOpen(JavaClass type) {
        return isOpen(type.getModifiers())
                && type.getEnclosingClass().map(HouseRulesTest::isOpen).orElse(true);
    }

    private static boolean isOpen(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static boolean isSpeakable(JavaClass type) {
        String home = type.getPackageName();
        boolean isKit = MAIN.containPackage("dev.crmcore.store.tck");
        return type.isPrimitive()
                || home.startsWith("java")
                || home.startsWith("org.jspecify.")
                || (home.startsWith("dev.crmcore") && !home.contains(".internal"))
                || (isKit && (home.startsWith("org.junit.") || home.startsWith("org.assertj.")));
    }

    private static ArchCondition<JavaClass> speakOnlyOf(DescribedPredicate<JavaClass> speakable) {
        return new ArchCondition<>("speak only of " + speakable.getDescription()) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream<JavaType> parents = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
                parents.flatMap(parent -> parent.getAllInvolvedRawTypes().stream())
                        .forEach(spoken -> judge(type.getName(), spoken, events));
                type.getMembers().stream()
                        .filter(member -> isOpen(member.getModifiers()))
                        .forEach(member -> member.getAllInvolvedRawTypes()
                                .forEach(spoken -> judge(member.getFullName(), spoken, events)));
            }

            private void judge(String speaker, JavaClass spoken, ConditionEvents events) {
                JavaClass type = spoken.getBaseComponentType();
                if (!speakable.test(type)) {
                    events.add(SimpleConditionEvent.violated(type, speaker + " speaks of " + type.getName()));
                }
            }
        };
    }
}
