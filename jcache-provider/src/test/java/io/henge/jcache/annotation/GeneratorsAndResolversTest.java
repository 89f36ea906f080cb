package io.henge.jcache.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.Locale;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheInvocationParameter;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import javax.cache.annotation.GeneratedCacheKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Key generators and resolver factories of one's own, and what is found at deployment. */
class GeneratorsAndResolversTest {

  private static Container container;
  private static Library library;

  @BeforeAll
  static void start() {
    container = new Container(Library.class, Basket.class, Prefix.class, Elsewhere.class);
    library = container.bean(Library.class);
  }

  @AfterAll
  static void stop() {
    container.close();
  }

  @Test
  void aGeneratorMakesTheKeys() {
    library.lowerCase("ABC");
    library.lowerCase("abc");
    assertThat(container.calls("lowerCase")).isEqualTo(1);
    assertThat(container.cache("lower").get(new TextKey("abc"))).isEqualTo("found ABC");
  }

  @Test
  void theClassesGeneratorHoldsWhereTheMethodHasNoneAndMayBeABean() {
    library.byDefault("x");
    assertThat(container.cache("library").get(new TextKey("injected x"))).isEqualTo("default x");
  }

  @Test
  void aGeneratorSeesAllThatTheSpecificationPromises() {
    library.described("an id", "ignored", 42);
    String seen = container.cache("described").iterator().next().getKey().toString();
    assertThat(seen)
        .isEqualTo(
            "CachePut described describe(described) all=3 keys=[0:String:an id:[CacheKey]]"
                + " value=2:42 target=true unwrap=true");
  }

  @Test
  void aResolverFactoryChoosesTheCaches() {
    library.elsewhere("e");
    assertThat(container.stored("elsewhere of titles", "e")).isEqualTo("e");
    assertThatThrownBy(() -> library.failingElsewhere("f")).isInstanceOf(RuntimeException.class);
    assertThat(container.stored("failures elsewhere", "f")).isInstanceOf(RuntimeException.class);
  }

  @Test
  void aCacheThatWasDestroyedIsMadeAgain() {
    library.elsewhere("again");
    container.bean(CacheManager.class).destroyCache("elsewhere of titles");
    library.elsewhere("again");
    assertThat(container.stored("elsewhere of titles", "again")).isEqualTo("again");
  }

  @Test
  @DisabledIfSystemProperty(
      named = "cdi",
      matches = "openwebbeans",
      disabledReason = "OpenWebBeans tells the reason in its log only")
  void aPutWithoutAValueIsFoundAtDeployment() {
    assertThatThrownBy(() -> new Container(WithoutValue.class).close())
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("@CacheValue")
        .hasMessageContaining("WithoutValue.put");
  }

  @Test
  void aKeyOfNothingIsTheKeyOfAMethodWithoutParameters() {
    library.all();
    library.all();
    assertThat(container.calls("all")).isEqualTo(1);
  }

  @ApplicationScoped
  @CacheDefaults(cacheName = "library", cacheKeyGenerator = Prefix.class)
  public static class Library {

    @Inject private Calls calls;

    @CacheResult(cacheName = "lower", cacheKeyGenerator = LowerCase.class)
    public String lowerCase(String text) {
      calls.add("lowerCase");
      return "found " + text;
    }

    @CacheResult
    public String byDefault(String text) {
      return "default " + text;
    }

    @CachePut(cacheName = "described", cacheKeyGenerator = Describing.class)
    public void described(@CacheKey String id, String other, @CacheValue int value) {}

    @CacheResult(
        cacheName = "titles",
        cacheResolverFactory = Elsewhere.class,
        cacheKeyGenerator = DefaultCacheKeyGenerator.class)
    public String elsewhere(String key) {
      return key;
    }

    @CacheResult(
        cacheName = "titles",
        exceptionCacheName = "failures",
        cacheResolverFactory = Elsewhere.class,
        cacheKeyGenerator = DefaultCacheKeyGenerator.class)
    public String failingElsewhere(String key) {
      throw new IllegalStateException(key);
    }

    @CacheResult(cacheName = "all", cacheKeyGenerator = DefaultCacheKeyGenerator.class)
    public String all() {
      calls.add("all");
      return "all";
    }
  }

  /** Passivating: the container refuses it if the interceptors cannot be serialized. */
  @SessionScoped
  public static class Basket implements Serializable {
    private static final long serialVersionUID = 1L;

    @CacheResult(cacheName = "baskets")
    public String content(String key) {
      return key;
    }
  }

  @ApplicationScoped
  public static class WithoutValue {

    @CachePut(cacheName = "wrong")
    public void put(String key, String value) {}
  }

  private record TextKey(String text) implements GeneratedCacheKey {
    @Override
    public String toString() {
      return text;
    }
  }

  /** Neither a bean nor public. */
  static final class LowerCase implements CacheKeyGenerator {
    @Override
    public GeneratedCacheKey generateCacheKey(
        CacheKeyInvocationContext<? extends Annotation> call) {
      return new TextKey(call.getKeyParameters()[0].getValue().toString().toLowerCase(Locale.ROOT));
    }
  }

  /** A bean. */
  @ApplicationScoped
  public static class Prefix implements CacheKeyGenerator {

    @Inject private Calls calls;

    @Override
    public GeneratedCacheKey generateCacheKey(
        CacheKeyInvocationContext<? extends Annotation> call) {
      return new TextKey(
          (calls == null ? "" : "injected ") + call.getKeyParameters()[0].getValue());
    }
  }

  static final class Describing implements CacheKeyGenerator {
    @Override
    public GeneratedCacheKey generateCacheKey(
        CacheKeyInvocationContext<? extends Annotation> call) {
      CacheInvocationParameter value = call.getValueParameter();
      return new TextKey(
          call.getCacheAnnotation().annotationType().getSimpleName()
              + " "
              + call.getCacheName()
              + " "
              + (call.getAnnotations().contains(call.getCacheAnnotation()) ? "describe" : "?")
              + "("
              + call.getMethod().getName()
              + ") all="
              + call.getAllParameters().length
              + " keys="
              + Arrays.stream(call.getKeyParameters()).map(Describing::text).toList()
              + " value="
              + value.getParameterPosition()
              + ":"
              + value.getValue()
              + " target="
              + (call.getTarget() instanceof Library)
              + " unwrap="
              + (call.unwrap(CacheKeyInvocationContext.class) == call));
    }

    private static String text(CacheInvocationParameter parameter) {
      return parameter.getParameterPosition()
          + ":"
          + parameter.getRawType().getSimpleName()
          + ":"
          + parameter.getValue()
          + ":"
          + parameter.getAnnotations().stream()
              .map(each -> each.annotationType().getSimpleName())
              .toList();
    }
  }

  /** A bean with a cache for each method's cache. */
  @ApplicationScoped
  public static class Elsewhere implements CacheResolverFactory {

    @Inject private CacheManager manager;

    @Override
    public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> method) {
      return new DefaultCacheResolver(manager, "elsewhere of " + method.getCacheName());
    }

    @Override
    public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> method) {
      return new DefaultCacheResolver(
          manager, method.getCacheAnnotation().exceptionCacheName() + " elsewhere");
    }
  }
}
