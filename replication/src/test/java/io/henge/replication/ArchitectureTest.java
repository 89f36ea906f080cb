package io.henge.replication;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Holds the rooms apart (DESIGN section 2): who may use whom, and what a pure room must not touch.
 * Single methods that a pure room must not call are in {@code src/build/pure-rooms.txt}.
 */
@AnalyzeClasses(
    packagesOf = ArchitectureTest.class,
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = ArchitectureTest.class.getPackageName();

  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          entry("topology", Set.of()),
          entry("wire", Set.of("topology")),
          entry("ring", Set.of("topology")),
          entry("store", Set.of("wire", "topology")),
          entry("consensus", Set.of("wire", "topology")),
          entry("transport", Set.of("wire", "topology")),
          entry("routing", Set.of("topology")),
          entry("relay", Set.of("wire", "topology")),
          entry("partition", Set.of("store", "ring", "routing", "wire", "topology")),
          entry("membership", Set.of("consensus", "ring", "wire", "topology")),
          entry("insight", Set.of("membership", "store", "ring", "topology")),
          entry(
              "node",
              Set.of(
                  "transport",
                  "membership",
                  "insight",
                  "partition",
                  "routing",
                  "relay",
                  "consensus",
                  "ring",
                  "store",
                  "wire",
                  "topology")));

  private static final String[] PURE_ROOMS =
      Stream.of(
              "topology",
              "wire",
              "ring",
              "store",
              "routing",
              "relay",
              "consensus",
              "partition",
              "membership",
              "insight")
          .map(ArchitectureTest::packagesOf)
          .toArray(String[]::new);

  @ArchTest
  void everyClassIsInARoom(JavaClasses classes) {
    String[] rooms =
        MAY_USE.keySet().stream().map(ArchitectureTest::packagesOf).toArray(String[]::new);
    classes().should().resideInAnyPackage(rooms).check(classes);
  }

  @ArchTest
  void aRoomUsesOnlyTheRoomsBelowIt(JavaClasses classes) {
    MAY_USE.forEach(
        (room, below) -> {
          String[] others =
              MAY_USE.keySet().stream()
                  .filter(other -> !other.equals(room) && !below.contains(other))
                  .map(ArchitectureTest::packagesOf)
                  .toArray(String[]::new);
          noClasses()
              .that()
              .resideInAPackage(packagesOf(room))
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(others)
              .as("Room " + room + " uses no rooms but " + new TreeSet<>(below))
              .allowEmptyShould(true)
              .check(classes);
        });
  }

  @ArchTest
  void onlyTheTransportKnowsJGroups(JavaClasses classes) {
    noClasses()
        .that()
        .resideOutsideOfPackage(packagesOf("transport"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.jgroups..")
        .check(classes);
  }

  @ArchTest
  void theEngineKnowsNeitherJCacheNorJakarta(JavaClasses classes) {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "javax.cache..", "javax.enterprise..", "jakarta..", "org.eclipse.microprofile..")
        .check(classes);
  }

  @ArchTest
  void thePublicMethodsOfTheNodeDoNotShowJGroups(JavaClasses classes) {
    codeUnits()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .resideInAPackage(packagesOf("node"))
        .should(showNoTypeOf("org.jgroups"))
        .check(classes);
  }

  @ArchTest
  void pureRoomsHaveNoThreadsSocketsFilesOrRandomness(JavaClasses classes) {
    noClasses()
        .that()
        .resideInAnyPackage(PURE_ROOMS)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "java.net..",
                    "java.nio.channels..",
                    "java.nio.file..",
                    "java.util.concurrent.locks..",
                    "java.util.concurrent",
                    "java.util.random..",
                    "java.security..",
                    "javax.net..")
                .and(not(shareable()))
                .or(oneOf(Thread.class, ThreadLocal.class, Process.class, java.util.Timer.class))
                .or(oneOf(java.util.Random.class, java.util.SplittableRandom.class))
                .or(oneOf(java.io.File.class, java.io.FileInputStream.class))
                .or(oneOf(java.io.FileOutputStream.class, java.io.RandomAccessFile.class))
                .or(oneOf(java.io.FileReader.class, java.io.FileWriter.class)))
        .check(classes);
  }

  @ArchTest
  void amongPureRoomsOnlyThoseReadWithoutALockShareState(JavaClasses classes) {
    noClasses()
        .that()
        .resideInAnyPackage(PURE_ROOMS)
        .and()
        .resideOutsideOfPackages(
            packagesOf("store"), packagesOf("partition"), packagesOf("routing"))
        .should()
        .dependOnClassesThat(shareable().and(not(oneOf(java.util.concurrent.TimeUnit.class))))
        .check(classes);
  }

  @ArchTest
  void noStaticFieldIsAVariable(JavaClasses classes) {
    fields().that().areStatic().should().beFinal().allowEmptyShould(true).check(classes);
  }

  @ArchTest
  void everyPackageOfEveryModuleSaysWhatItIs(JavaClasses classes) throws IOException {
    try (Stream<Path> modules = Files.list(Path.of("..").toRealPath())) {
      List<Path> sources =
          modules
              .map(module -> module.resolve("src/main/java"))
              .filter(Files::isDirectory)
              .toList();
      assertThat(sources).isNotEmpty();
      for (Path source : sources) {
        assertThat(packagesWithoutInfo(source)).as("packages without package-info.java").isEmpty();
      }
    }
  }

  private static List<Path> packagesWithoutInfo(Path source) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(Path::getParent)
          .distinct()
          .filter(directory -> Files.notExists(directory.resolve("package-info.java")))
          .sorted()
          .toList();
    }
  }

  private static String packagesOf(String room) {
    return ROOT + "." + room + "..";
  }

  /** Types of java.util.concurrent that neither wait nor start anything. */
  private static DescribedPredicate<JavaClass> shareable() {
    return resideInAPackage("java.util.concurrent.atomic")
        .or(
            oneOf(
                java.util.concurrent.ConcurrentHashMap.class,
                java.util.concurrent.ConcurrentMap.class,
                java.util.concurrent.TimeUnit.class));
  }

  private static DescribedPredicate<JavaClass> oneOf(Class<?>... types) {
    Set<String> names = new TreeSet<>(Arrays.stream(types).map(Class::getName).toList());
    return describe("one of " + names, type -> names.contains(type.getName()));
  }

  private static ArchCondition<JavaCodeUnit> showNoTypeOf(String library) {
    Predicate<JavaClass> shown =
        type ->
            Stream.concat(
                    Stream.of(type),
                    Stream.concat(
                        type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream()))
                .anyMatch(each -> each.getPackageName().startsWith(library));
    return new ArchCondition<>("show no type of " + library) {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        Stream.concat(
                unit.getRawParameterTypes().stream(),
                Stream.concat(
                    Stream.of(unit.getRawReturnType()), unit.getExceptionTypes().stream()))
            .filter(shown)
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.violated(
                            unit, unit.getFullName() + " shows " + type.getName())));
      }
    };
  }
}
