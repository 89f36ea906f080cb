package io.henge.jcache;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.henge.jcache", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {

  @ArchTest
  static final ArchRule chaptersDependDownwardOnly =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.henge.jcache..")
          .layer("provider")
          .definedBy("io.henge.jcache")
          .layer("processor")
          .definedBy("io.henge.jcache.processor")
          .layer("integration")
          .definedBy("io.henge.jcache.integration")
          .layer("event")
          .definedBy("io.henge.jcache.event")
          .layer("management")
          .definedBy("io.henge.jcache.management")
          .layer("expiry")
          .definedBy("io.henge.jcache.expiry")
          .layer("configuration")
          .definedBy("io.henge.jcache.configuration")
          .layer("codec")
          .definedBy("io.henge.jcache.codec")
          .layer("witness")
          .definedBy("io.henge.jcache.witness")
          .layer("console")
          .definedBy("io.henge.jcache.console")
          .layer("annotation")
          .definedBy("io.henge.jcache.annotation")
          .layer("injection")
          .definedBy("io.henge.jcache.injection")
          .layer("server")
          .definedBy("io.henge.jcache.server")
          .whereLayer("witness")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("console")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("injection")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("annotation")
          .mayOnlyBeAccessedByLayers("injection")
          .whereLayer("server")
          .mayOnlyBeAccessedByLayers("injection")
          .whereLayer("provider")
          .mayOnlyBeAccessedByLayers("server")
          .whereLayer("processor")
          .mayOnlyBeAccessedByLayers("provider")
          .whereLayer("event")
          .mayOnlyBeAccessedByLayers("provider")
          .whereLayer("integration")
          .mayOnlyBeAccessedByLayers("provider", "processor")
          .whereLayer("management")
          .mayOnlyBeAccessedByLayers("provider", "processor")
          .whereLayer("expiry")
          .mayOnlyBeAccessedByLayers("provider", "processor", "integration")
          .whereLayer("configuration")
          .mayOnlyBeAccessedByLayers(
              "provider",
              "event",
              "processor",
              "integration",
              "management",
              "witness",
              "console",
              "annotation",
              "injection")
          .whereLayer("codec")
          .mayOnlyBeAccessedByLayers(
              "provider", "event", "processor", "integration", "configuration");

  @ArchTest
  static final ArchRule onlyTheStarterKnowsTheEnginesImplementation =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.henge.jcache.EngineStarter")
          .and()
          .resideOutsideOfPackages("io.henge.jcache.witness", "io.henge.jcache.console")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.henge.replication.node.HengeNode");

  @ArchTest
  static final ArchRule theProviderKnowsNeitherTheTransportNorTheProtocol =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.jgroups..",
              "io.henge.replication.transport..",
              "io.henge.replication.consensus..",
              "io.henge.replication.partition..",
              "io.henge.replication.store..",
              "io.henge.replication.ring..");

  @ArchTest
  static final ArchRule microProfileIsMentionedInOnePlace =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.henge.jcache.configuration.MicroProfileSource")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.microprofile..");

  @ArchTest
  static final ArchRule theProviderWorksWithoutJakarta =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.henge.jcache.annotation", "io.henge.jcache.injection")
          .and()
          .doNotHaveFullyQualifiedName("io.henge.jcache.codec.JsonbCodec")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta..");
}
