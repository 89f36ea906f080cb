package io.henge.jcache.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.jcache.injection.CacheInjectionExtension;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.net.InetAddress;
import manager.CacheNameOnEachMethodBlogManagerImpl;
import manager.ClassLevelCacheConfigBlogManagerImpl;
import manager.UsingDefaultCacheNameBlogManagerImpl;
import org.jsr107.tck.annotation.InterceptionCacheNameOnEachMethodTest;
import org.jsr107.tck.annotation.InterceptionUsingCacheConfigTest;
import org.jsr107.tck.annotation.InterceptionUsingDefaultCacheNameTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.runner.JUnitCore;
import org.junit.runner.Result;

/** The annotation tests of the JSR-107 TCK, in a CDI container, on a real member. */
class AnnotationTckIT {

  private static final int TESTS = 12;

  private static SeContainer container;

  @BeforeAll
  static void start() {
    System.setProperty("henge.cluster.name", "annotation-tck-" + ProcessHandle.current().pid());
    System.setProperty("henge.cluster.bootstrap", "single");
    System.setProperty(
        "henge.transport.bind-address", InetAddress.getLoopbackAddress().getHostAddress());
    container =
        SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addExtensions(new CacheAnnotationsExtension(), new CacheInjectionExtension())
            .addBeanClasses(
                CacheNameOnEachMethodBlogManagerImpl.class,
                ClassLevelCacheConfigBlogManagerImpl.class,
                UsingDefaultCacheNameBlogManagerImpl.class)
            .initialize();
  }

  @AfterAll
  static void stop() {
    container.close();
    System.clearProperty("henge.cluster.name");
    System.clearProperty("henge.cluster.bootstrap");
    System.clearProperty("henge.transport.bind-address");
  }

  @Test
  void theTestsOfTheSpecificationPassAndReallyRun() {
    int askedBefore = ContainerBeanProvider.ASKED.get();
    Result result =
        new JUnitCore()
            .run(
                InterceptionCacheNameOnEachMethodTest.class,
                InterceptionUsingCacheConfigTest.class,
                InterceptionUsingDefaultCacheNameTest.class);
    assertThat(result.getFailures()).isEmpty();
    assertThat(result.getRunCount()).isEqualTo(TESTS);
    assertThat(result.getIgnoreCount()).isZero();
    assertThat(ContainerBeanProvider.ASKED.get() - askedBefore).isGreaterThanOrEqualTo(TESTS);
  }
}
